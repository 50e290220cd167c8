//! Servers that send the bytes they are told to and record the bytes they get, and a client that
//! sends bytes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server does once it has read the head of a request.
#[derive(Debug, Clone)]
pub enum Then {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes one by one and closes.
    Drip(Vec<u8>),
    /// Sends these bytes and nothing more, for as long as the client waits.
    Hang(Vec<u8>),
    /// Sends these bytes, and then chunks of spaces for as long as the client reads.
    Flood(Vec<u8>),
}

/// A server that treats each connection in the same way.
#[derive(Debug)]
pub struct Raw {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    then: Mutex<Then>,
    requests: Mutex<Vec<Vec<u8>>>,
    connections: AtomicUsize,
}

impl Raw {
    /// Starts a server on a port of its own.
    ///
    /// # Panics
    ///
    /// There is no port.
    pub async fn start(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            then: Mutex::new(then),
            requests: Mutex::default(),
            connections: AtomicUsize::new(0),
        });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { address, state }
    }

    /// Starts a server that answers with a status, headers and a body.
    pub async fn answer(status: &str, headers: &str, body: &str) -> Self {
        Self::start(Then::Send(response(status, headers, body))).await
    }

    /// What clients call it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it does from now on.
    pub fn then(&self, then: Then) {
        *lock(&self.state.then) = then;
    }

    /// The requests so far, from the first byte to the last.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let requests = lock(&self.state.requests);
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        requests.iter().map(text).collect()
    }

    /// How many connections there have been, with or without a request.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A response after which the connection is closed.
#[must_use]
pub fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let index = {
        let mut requests = lock(&state.requests);
        requests.push(head);
        requests.len() - 1
    };
    let then = lock(&state.then).clone();
    let (Then::Send(bytes) | Then::Drip(bytes) | Then::Hang(bytes) | Then::Flood(bytes)) = &then;
    if let Then::Drip(bytes) = &then {
        let _ = stream.set_nodelay(true);
        for byte in bytes {
            if stream.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
    } else if stream.write_all(bytes).await.is_err() {
        return;
    }
    match then {
        Then::Send(_) | Then::Drip(_) => {
            let _ = stream.shutdown().await;
        }
        Then::Hang(_) => {}
        Then::Flood(_) => {
            let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
            while stream.write_all(chunk.as_bytes()).await.is_ok() {}
        }
    }
    // Whatever a client sends behind the head would be a body, or a second request.
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    if let Some(request) = lock(&state.requests).get_mut(index) {
        request.extend(rest);
    }
}

/// Serves a router on a port of its own, and gives its address.
///
/// # Panics
///
/// There is no port.
pub async fn serve_router(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends a request as it is written, and gives all of the response. The request must ask for the
/// connection to be closed.
///
/// # Panics
///
/// There is no server.
pub async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
}
