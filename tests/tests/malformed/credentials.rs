//! Credentials.

use super::{Row, check_table};

const CREDENTIALS: &[Row<'_>] = &[
    ("POST /pets", "", b"", 401),
    ("POST /pets", "content-type: text/plain\r\n", b"S3CR3T", 401),
    ("DELETE /pets/%zz", "", b"", 401),
    ("DELETE /pets/a", "x-key:\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: S3CR3T\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: good\r\nx-key: good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: good, good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: GOOD\r\n", b"", 401),
    ("DELETE /pets/a", "key: good\r\n", b"", 401),
    ("DELETE /pets/a?x-key=good", "", b"", 401),
    ("DELETE /pets/a", "cookie: x-key=good\r\n", b"", 401),
    ("DELETE /pets/a", "authorization: Bearer good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: known\r\n", b"", 403),
    ("POST /pets", "authorization: Bearer\r\n", b"", 401),
    ("POST /pets", "authorization: Bearer \r\n", b"", 401),
    ("POST /pets", "authorization: good\r\n", b"", 401),
    ("POST /pets", "authorization: Token good\r\n", b"", 401),
    ("POST /pets", "authorization: Basic Z29vZA==\r\n", b"", 401),
    (
        "POST /pets",
        "authorization: Bearer good, good\r\n",
        b"",
        401,
    ),
    (
        "POST /pets",
        "authorization: Bearer good\r\nauthorization: Bearer good\r\n",
        b"",
        401,
    ),
    ("POST /pets", "authorization: Bearer known\r\n", b"", 403),
    (
        "PATCH /pets/a",
        "authorization: Bearer S3CR3T\r\n",
        b"{}",
        401,
    ),
    ("PUT /keepers/1/visits/2024-01-01", "", b"", 401),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "x-key: good\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Bearer good\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/x/visits/x",
        "authorization: Basic %%%\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic Z29vZA\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic Z29vZA==\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic /////w==\r\n",
        b"",
        401,
    ),
];

#[tokio::test]
async fn credentials() {
    check_table(CREDENTIALS).await;
}
