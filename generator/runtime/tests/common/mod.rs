//! Servers that send what they are told to and record what they get, byte for byte.
#![allow(dead_code, reason = "each test file uses a part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use oarlock_runtime::client::{Client, ClientBuilder, Credential, Timeouts};
use oarlock_runtime::operation::{Operation, Requirement};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const KEY: &str = "K-SECRET-0123456789";

pub(crate) static ROTATE: Operation = Operation {
    id: "rotate",
    method: "POST",
    path: "/v1/hooks/{id}/rotate",
    security: &[&[Requirement::new("key", &[])]],
};

pub(crate) static OPEN: Operation = Operation {
    id: "open",
    method: "GET",
    path: "/open",
    security: &[],
};

/// A builder with an API key for [`ROTATE`].
pub(crate) fn builder(base_url: &str) -> ClientBuilder {
    let key = Credential::ApiKeyHeader {
        name: "x-api-key",
        key: KEY.into(),
    };
    ClientBuilder::new(base_url).credential("key", key)
}

pub(crate) fn short() -> Timeouts {
    let short = Duration::from_millis(300);
    Timeouts {
        connect: short,
        read: short,
        total: short * 4,
    }
}

pub(crate) fn client(base_url: &str) -> Client {
    builder(base_url)
        .timeouts(short())
        .build()
        .expect("a client")
}

/// A server that handles each connection in one way.
pub(crate) struct Raw {
    pub(crate) base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What a server does after it has read the head of a request.
#[derive(Clone)]
pub(crate) enum Then {
    /// Sends these bytes and closes.
    Send(String),
    /// Sends these bytes and nothing more, but keeps the connection.
    Hang(String),
    /// Sends these bytes, and then chunks without an end.
    Flood(String),
}

impl Raw {
    pub(crate) async fn start(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, then.clone(), Arc::clone(&seen)));
            }
        });
        Self { base_url, requests }
    }

    pub(crate) async fn json(status: &str, body: &str) -> Self {
        Self::start(Then::Send(response(status, body))).await
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the requests").clone()
    }
}

pub(crate) fn response(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

async fn serve(mut stream: TcpStream, then: Then, seen: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    seen.lock()
        .expect("the requests")
        .push(String::from_utf8_lossy(&head).into_owned());
    let (Then::Send(text) | Then::Hang(text) | Then::Flood(text)) = &then;
    let _ = stream.write_all(text.as_bytes()).await;
    match then {
        Then::Send(_) => {}
        Then::Hang(_) => tokio::time::sleep(Duration::from_secs(5)).await,
        Then::Flood(_) => {
            let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
            while stream.write_all(chunk.as_bytes()).await.is_ok() {}
        }
    }
}
