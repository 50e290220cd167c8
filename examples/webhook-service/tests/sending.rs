//! The client that delivers: where it connects to, and what it does on the way.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{any, post};
use bytes::Bytes;
use http::HeaderMap;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use webhook_service::egress::{
    ATTEMPT_LIMIT, Answer, MAX_ANSWER, Policy, Refused, SendError, Sender, check_url,
};

const STRICT: Policy = Policy {
    allow_http_loopback: false,
};
const LOOPBACK: Policy = Policy {
    allow_http_loopback: true,
};

/// Says that every name has these addresses, and counts how often it is asked.
#[derive(Clone)]
struct Fake {
    addresses: Vec<SocketAddr>,
    asked: Arc<AtomicUsize>,
}

impl Fake {
    fn new(addresses: impl IntoIterator<Item = SocketAddr>) -> Self {
        Self {
            addresses: addresses.into_iter().collect(),
            asked: Arc::default(),
        }
    }
}

impl Resolve for Fake {
    fn resolve(&self, _: Name) -> Resolving {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let addresses = self.addresses.clone();
        Box::pin(async move { Ok(Box::new(addresses.into_iter()) as Addrs) })
    }
}

/// A receiver that counts its connections, and closes each.
async fn counter() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = listener().await;
    let address = listener.local_addr().expect("it has an address");
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, connections)
}

async fn listener() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    listener.expect("there is a free port")
}

async fn post_to(sender: &Sender, url: &str, policy: Policy) -> Result<Answer, SendError> {
    let target = check_url(url, &policy).expect(url);
    sender
        .post(&target, HeaderMap::new(), Bytes::from_static(b"{}"))
        .await
}

/// A name whose first address is public and whose second is this machine. As a resolver may choose
/// the port where the URL has none, the second leads to a listener, which must see nothing.
#[tokio::test]
async fn one_private_address_is_enough_to_refuse_a_name() {
    let (private, connections) = counter().await;
    let public = SocketAddr::from(([8, 8, 8, 8], 443));
    for addresses in [vec![public, private], vec![private, public], vec![private]] {
        let fake = Fake::new(addresses);
        let sender = Sender::with_resolver(LOOPBACK, Arc::new(fake.clone())).expect("it is set up");
        let answer = post_to(&sender, "https://hooks.example.com/", LOOPBACK).await;
        assert!(
            matches!(answer, Err(SendError::Refused(Refused::Address(it))) if it == private.ip()),
            "{answer:?}"
        );
        assert_eq!(fake.asked.load(Ordering::SeqCst), 1);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(connections.load(Ordering::SeqCst), 0);

    // Were the address allowed, there would be a connection: the same one for the one name that may
    // have it. It is asked for once, and what was checked is what is connected to.
    let fake = Fake::new([private]);
    let sender = Sender::with_resolver(LOOPBACK, Arc::new(fake.clone())).expect("it is set up");
    let sender = sender.limit(Duration::from_millis(500));
    let answer = post_to(&sender, "http://localhost/", LOOPBACK).await;
    assert!(
        matches!(answer, Err(SendError::Transport(_) | SendError::Timeout)),
        "{answer:?}"
    );
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    assert_eq!(fake.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn localhost_must_be_loopback() {
    let fake = Fake::new([SocketAddr::from(([10, 0, 0, 1], 80))]);
    let sender = Sender::with_resolver(LOOPBACK, Arc::new(fake)).expect("it is set up");
    let answer = post_to(&sender, "http://localhost/", LOOPBACK).await;
    assert!(
        matches!(answer, Err(SendError::Refused(Refused::Address(_)))),
        "{answer:?}"
    );
}

#[tokio::test]
async fn the_url_is_checked_again_when_it_is_called() {
    let (address, connections) = counter().await;
    let sender = Sender::new(STRICT).expect("it is set up");
    // It was allowed when it was made.
    let answer = post_to(&sender, &format!("http://{address}/"), LOOPBACK).await;
    assert!(
        matches!(answer, Err(SendError::Refused(Refused::Scheme))),
        "{answer:?}"
    );
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

async fn serve(app: Router) -> SocketAddr {
    let listener = listener().await;
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn sender() -> Sender {
    Sender::new(LOOPBACK).expect("it is set up")
}

#[tokio::test]
async fn what_is_posted_arrives_as_it_was() {
    let echo = |headers: HeaderMap, body: Bytes| async move {
        let agent = headers
            .get("user-agent")
            .is_some_and(|it| it == "Anchor-Webhooks/1.0");
        let own = headers
            .get("anchor-event")
            .is_some_and(|it| it == "task.completed");
        if agent && own && body == b"{\r\n\0\xff}".as_slice() {
            StatusCode::ACCEPTED
        } else {
            StatusCode::BAD_REQUEST
        }
    };
    let address = serve(Router::new().route("/hook", post(echo))).await;
    let target = check_url(&format!("http://{address}/hook"), &LOOPBACK).expect("it is allowed");
    let mut headers = HeaderMap::new();
    headers.insert(
        "anchor-event",
        "task.completed".parse().expect("it is a value"),
    );
    let body = Bytes::from_static(b"{\r\n\0\xff}");
    let answer = sender()
        .post(&target, headers, body)
        .await
        .expect("there is an answer");
    assert_eq!(
        (answer.status, answer.retry_after),
        (StatusCode::ACCEPTED, None)
    );
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (elsewhere, connections) = counter().await;
    let redirect = move || async move { Redirect::temporary(&format!("http://{elsewhere}/")) };
    let address = serve(Router::new().route("/", any(redirect))).await;
    let answer = post_to(&sender(), &format!("http://{address}/"), LOOPBACK).await;
    let status = answer.expect("there is an answer").status;
    assert_eq!(status, StatusCode::TEMPORARY_REDIRECT);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn retry_after_is_read() {
    let moments = [
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT"),
    ];
    let app = Router::new()
        .route(
            "/seconds",
            post(|| async { ([("retry-after", "30")], StatusCode::TOO_MANY_REQUESTS) }),
        )
        .route(
            "/moment",
            post(move || async move { (moments, StatusCode::SERVICE_UNAVAILABLE) }),
        )
        .route(
            "/past",
            post(|| async { ([("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], "") }),
        )
        .route(
            "/other",
            post(|| async { ([("retry-after", "-5")], "soon") }),
        );
    let address = serve(app).await;
    let sender = sender();
    for (path, seconds) in [
        ("seconds", Some(30)),
        ("moment", Some(120)),
        ("past", Some(0)),
        ("other", None),
    ] {
        let answer = post_to(&sender, &format!("http://{address}/{path}"), LOOPBACK).await;
        let after = answer.expect("there is an answer").retry_after;
        assert_eq!(after, seconds.map(Duration::from_secs), "{path}");
    }
}

/// An answer that never ends, of which the receiver gets rid only as far as somebody reads it. What
/// fits into the buffers of the connection comes on top of the limit.
#[tokio::test]
async fn a_large_answer_is_cut() {
    let listener = listener().await;
    let address = listener.local_addr().expect("it has an address");
    let receiver = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        let mut written = 0;
        while written < 1 << 30 && stream.write_all(&[b'x'; 16 * 1024]).await.is_ok() {
            written += 16 * 1024;
        }
        io::Result::Ok(written)
    });
    let started = Instant::now();
    let answer = post_to(&sender(), &format!("http://{address}/"), LOOPBACK).await;
    assert_eq!(answer.expect("there is an answer").status, StatusCode::OK);
    let written = receiver.await.expect("it ends").expect("it was called");
    assert!(written >= MAX_ANSWER, "{written}");
    assert!(written < 32 << 20, "{written}");
    assert!(started.elapsed() < ATTEMPT_LIMIT / 2);
}

/// A receiver that answers its first request with this much, and then does nothing.
async fn stuck_after(answer: &'static str) -> SocketAddr {
    let listener = listener().await;
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let _ = stream.read(&mut [0; 4096]).await?;
        stream.write_all(answer.as_bytes()).await?;
        std::future::pending::<io::Result<()>>().await
    });
    address
}

#[tokio::test]
async fn a_slow_receiver_ends_at_the_limit() {
    assert_eq!(ATTEMPT_LIMIT, Duration::from_secs(10));
    let limit = Duration::from_millis(300);
    let sender = sender().limit(limit);
    let slow = [
        ("", None),
        ("HTTP/1.1 201 Cre", None),
        // It has said what it had to, and the rest does not matter.
        (
            "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nabc",
            Some(201),
        ),
    ];
    for (answer, status) in slow {
        let address = stuck_after(answer).await;
        let started = Instant::now();
        let result = post_to(&sender, &format!("http://{address}/"), LOOPBACK).await;
        let took = started.elapsed();
        assert!(took >= limit && took < limit * 10, "{answer:?}: {took:?}");
        match status {
            Some(status) => assert_eq!(result.expect("there is an answer").status, status),
            None => assert!(matches!(result, Err(SendError::Timeout)), "{result:?}"),
        }
    }
}

#[tokio::test]
async fn errors_tell_nothing_of_the_url() {
    let closed = listener().await.local_addr().expect("it has an address");
    let url = format!("http://{closed}/?token=s3cret");
    let error = post_to(&sender(), &url, LOOPBACK)
        .await
        .expect_err("nobody listens");
    assert!(matches!(error, SendError::Transport(_)), "{error:?}");
    let text = format!("{error} {error:?}");
    assert!(!text.contains("s3cret"), "{text}");
}
