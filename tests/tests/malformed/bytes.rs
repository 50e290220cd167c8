//! Requests that are no HTTP, or too large, or that end too soon.

use conformance::cases::service::server::router;
use conformance::raw::serve_router;

use super::service::Service;
use super::{check, exchange};

#[tokio::test]
async fn bytes() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    let deep = "[".repeat(10_000);
    let long = "a".repeat(70_000);
    let post = "POST /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-key: good\r\n";
    let chunked = format!("{post}transfer-encoding: chunked\r\n");
    let flood = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000)).repeat(3);
    let requests = [
        (
            "a space in the path",
            "GET /pets/a b HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a control in the path",
            "GET /pets/\u{1} HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        ("no path", "GET HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), 400),
        (
            "no method",
            " /pets/a HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a strange method",
            "G@T /pets/a HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no such version",
            "GET /pets/a HTTP/7.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no version",
            "GET /pets/a\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no colon",
            "GET /pets/a HTTP/1.1\r\nhost\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a space before the colon",
            "GET /pets/a HTTP/1.1\r\nhost : x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a NUL in a header",
            "GET /pets/a HTTP/1.1\r\nhost: \0\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a length that is none",
            format!("{post}content-length: two\r\n\r\n{{}}"),
            400,
        ),
        (
            "a length below zero",
            format!("{post}content-length: -2\r\n\r\n{{}}"),
            400,
        ),
        (
            "two lengths",
            format!("{post}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}"),
            400,
        ),
        (
            "an absurd length",
            format!("{post}content-length: 99999999999\r\n\r\n{{}}"),
            413,
        ),
        (
            "more than any length",
            format!("{post}content-length: {}\r\n\r\n", "9".repeat(40)),
            400,
        ),
        (
            "a body that breaks off",
            format!("{post}content-length: 90\r\n\r\n{{\"name\":"),
            400,
        ),
        (
            "an unknown coding",
            format!("{post}transfer-encoding: x\r\n\r\n{{}}"),
            400,
        ),
        (
            "a chunk without a length",
            format!("{chunked}\r\nxyz\r\n{{}}\r\n0\r\n\r\n"),
            400,
        ),
        (
            "chunks that break off",
            format!("{chunked}\r\n2\r\n{{}}\r\n"),
            400,
        ),
        (
            "a flood of chunks",
            format!("{chunked}\r\n{flood}0\r\n\r\n"),
            413,
        ),
        (
            "a deep body",
            format!("{post}content-length: 10000\r\n\r\n{deep}"),
            400,
        ),
        (
            "a long path",
            format!("GET /pets/{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
            414,
        ),
        (
            "a long query",
            format!("GET /pets/a?{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
            414,
        ),
        (
            "a huge header",
            format!("{post}x: {}\r\n\r\n", long.repeat(8)),
            431,
        ),
        (
            "many headers",
            format!("{post}{}\r\n", "x: y\r\n".repeat(200)),
            431,
        ),
    ];
    for (name, request, status) in requests {
        let response = exchange(address, request.as_bytes()).await;
        check(&response, name, status);
        assert_eq!(service.calls(), 0, "{name} is handled");
    }
}
