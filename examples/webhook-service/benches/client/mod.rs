//! A client that costs next to nothing, so that what is measured is the server: it writes bytes that
//! were made before, and reads no more of an answer than its status and where it ends.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Requests for a server, which all have the same status as answer.
pub(crate) struct Requests {
    pub(crate) address: SocketAddr,
    pub(crate) requests: Vec<Arc<[u8]>>,
    pub(crate) status: u16,
}

/// The bytes of a request. `head` is further headers, each with its end of line.
pub(crate) fn request(path: &str, head: &str, body: &[u8]) -> Arc<[u8]> {
    let length = body.len();
    let start = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\n{head}");
    let start =
        format!("{start}content-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    [start.as_bytes(), body].concat().into()
}

/// Makes one request, and gives the status.
pub(crate) async fn call(address: SocketAddr, request: &[u8]) -> io::Result<u16> {
    Connection::open(address).await?.call(request).await
}

/// Makes all requests over so many connections; gives the time of all of it, and of each.
pub(crate) async fn run(
    service: &Requests,
    connections: usize,
) -> io::Result<(Duration, Vec<Duration>)> {
    let mut tasks = JoinSet::new();
    let start = Instant::now();
    for chunk in service
        .requests
        .chunks(service.requests.len().div_ceil(connections))
    {
        let (requests, address, status) = (chunk.to_vec(), service.address, service.status);
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut latencies = Vec::with_capacity(requests.len());
            for request in requests {
                let start = Instant::now();
                let found = connection.call(&request).await?;
                latencies.push(start.elapsed());
                if found != status {
                    return Err(io::Error::other(format!("the answer is {found}")));
                }
            }
            io::Result::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(task) = tasks.join_next().await {
        latencies.extend(task??);
    }
    Ok((start.elapsed(), latencies))
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let buffer = Vec::with_capacity(4096);
        Ok(Self { stream, buffer })
    }

    async fn call(&mut self, request: &[u8]) -> io::Result<u16> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if let Some((status, length)) = head(&self.buffer)
                && self.buffer.len() >= length
            {
                return Ok(status);
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// The status of an answer and the length of all of it, once its head is there.
fn head(answer: &[u8]) -> Option<(u16, usize)> {
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let head = str::from_utf8(&answer[..end]).ok()?;
    let status = head.get(9..12)?.parse().ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(Some(0), |it| it.parse().ok())?;
    Some((status, end + length))
}
