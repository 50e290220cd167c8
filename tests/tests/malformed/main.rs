//! Malformed requests, byte by byte, against the server of `cases/service`, of `cases/parameters` where the
//! styles of parameters are what is malformed, and of `cases/multipart` where parts are: each is answered with
//! the right status, nothing internal shows, and no handler is called.

mod bodies;
mod bytes;
mod credentials;
mod multipart;
mod parameters;
mod paths;
mod service;
mod styles;

use std::net::SocketAddr;

use conformance::cases::service::server::router;
use conformance::raw::serve_router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use service::Service;

/// What must not be in an answer: what the server is made of, and what was sent.
const INTERNAL: &[&str] = &[
    "src/", ".rs", "panicked", "serde", "axum", "hyper", "at line", "column", "S3CR3T", "Error(",
];

/// A request in three parts, and the status of its answer.
pub(crate) type Row<'a> = (&'a str, &'a str, &'a [u8], u16);

/// The headers of a caller with a key, who sends JSON.
pub(crate) const KEY: &str = "x-key: good\r\ncontent-type: application/json\r\n";

/// The header of a caller who is logged in.
pub(crate) const LOGIN: &str = "authorization: Basic Z286b2Q=\r\n";

/// Sends bytes, ends the request there, and gives the answer.
pub(crate) async fn exchange(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = send(address, request).await;
    let _ = stream.shutdown().await;
    answer(stream).await
}

/// Sends a request that says how long it is. The sending side stays open, because a server takes its end for
/// that of a caller who does not wait for the answer.
async fn exchange_whole(address: SocketAddr, request: &[u8]) -> String {
    answer(send(address, request).await).await
}

async fn send(address: SocketAddr, request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // A server may answer, and close, before it has read all of it.
    let _ = stream.write_all(request).await;
    stream
}

async fn answer(mut stream: TcpStream) -> String {
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
}

/// Checks the answer to one request, which no handler may see.
#[track_caller]
pub(crate) fn check(response: &str, name: &str, status: u16) {
    assert!(
        response.starts_with(&format!("HTTP/1.1 {status} ")),
        "{name}: {response:?} is not {status}"
    );
    for word in INTERNAL {
        assert!(
            !response.contains(word),
            "{name}: {response:?} shows {word:?}"
        );
    }
}

/// Checks the answers to the requests of a table.
pub(crate) async fn check_table(rows: &[Row<'_>]) {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    check_rows(address, || service.calls(), rows).await;
}

/// Checks the answers of any server to the requests of a table. `calls` tells how many were handled.
pub(crate) async fn check_rows(address: SocketAddr, calls: impl Fn() -> usize, rows: &[Row<'_>]) {
    for (line, headers, body, status) in rows {
        let length = body.len();
        let mut request = format!(
            "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        let response = exchange_whole(address, &request).await;
        let name = format!("{line} {headers:?} {:?}", String::from_utf8_lossy(body));
        check(&response, &name, *status);
        assert_eq!(calls(), 0, "{name} is handled");
    }
}

/// The table would mean nothing if no request reached a handler.
#[tokio::test]
async fn what_is_not_malformed_is_handled() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    let requests = [
        "GET /pets/a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(),
        format!(
            "PUT /keepers/1/visits/2024-01-01 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{LOGIN}\r\n"
        ),
        format!(
            "POST /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 27\r\n{KEY}\r\n{{\"name\":\"a\",\"kind\":\"cat\"}}  "
        ),
    ];
    for request in requests {
        let response = exchange(address, request.as_bytes()).await;
        assert!(response.starts_with("HTTP/1.1 2"), "{response}");
    }
    assert_eq!(service.calls(), 3);
}
