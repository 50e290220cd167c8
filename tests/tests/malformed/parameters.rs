//! Parameters.

use super::{LOGIN, Row, check_table};

const PARAMETERS: &[Row<'_>] = &[
    ("PUT /keepers/x/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/S3CR3T/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1.5/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1e3/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/0x1/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/%201/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1,2/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/2147483648/visits/2024-01-01", LOGIN, b"", 400),
    (
        "PUT /keepers/-2147483649/visits/2024-01-01",
        LOGIN,
        b"",
        400,
    ),
    ("PUT /keepers/%D9%A1/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/today", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/2024-13-01", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/2024-02-30", LOGIN, b"", 400),
    (
        "PUT /keepers/1/visits/2024-01-01T00:00:00Z",
        LOGIN,
        b"",
        400,
    ),
    ("PUT /keepers/1/visits/20240101", LOGIN, b"", 400),
];

/// `go` and `od`, so a known user.

#[tokio::test]
async fn parameters() {
    check_table(PARAMETERS).await;
}
