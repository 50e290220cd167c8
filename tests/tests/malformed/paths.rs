//! Paths and methods.

use super::{Row, check_table};

const PATHS: &[Row<'_>] = &[
    ("GET /pets/%zz", "", b"", 400),
    ("GET /pets/%", "", b"", 400),
    ("GET /pets/%4", "", b"", 400),
    ("GET /pets/a%", "", b"", 400),
    ("GET /pets/%4g", "", b"", 400),
    ("GET /pets/%+1", "", b"", 400),
    ("GET /pets/%00", "", b"", 400),
    ("GET /pets/S3CR3T%00", "", b"", 400),
    ("GET /pets/%ff", "", b"", 400),
    ("GET /pets/%c3%28", "", b"", 400),
    ("GET /pets/%c0%af", "", b"", 400),
    ("GET /pets/%ed%a0%80", "", b"", 400),
    ("GET /pets/%f5%80%80%80", "", b"", 400),
    ("GET /pets/%e2%82", "", b"", 400),
    ("GET /", "", b"", 404),
    ("GET /pets/", "", b"", 404),
    ("GET /pets//S3CR3T", "", b"", 404),
    ("GET //pets/a", "", b"", 404),
    ("GET /Pets/a", "", b"", 404),
    ("GET /%70ets/a", "", b"", 404),
    ("GET /pets/a/", "", b"", 404),
    ("GET /pets/a/b", "", b"", 404),
    ("GET /pets/../pets/a", "", b"", 404),
    ("GET /./pets/a", "", b"", 404),
    ("GET /pets%2Fa", "", b"", 404),
    ("GET /keepers/1/visits", "", b"", 404),
    ("OPTIONS *", "", b"", 404),
    ("PUT /pets/a", "", b"", 405),
    ("POST /pets/a", "", b"", 405),
    ("GET /pets", "", b"", 405),
    ("HEAD /pets", "", b"", 405),
    ("DELETE /pets", "", b"", 405),
    ("TRACE /pets/a", "", b"", 405),
    ("BREW /pets/a", "", b"", 405),
    ("post /pets", "", b"", 405),
    ("GET /keepers/1/visits/2024-01-01", "", b"", 405),
];

#[tokio::test]
async fn paths_and_methods() {
    check_table(PATHS).await;
}
