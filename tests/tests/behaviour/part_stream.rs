//! `cases/part_stream`: forms that a server reads part by part.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use conformance::cases::part_stream::client::{Body, Client, FilePart, InProcess};
use conformance::cases::part_stream::operations::{AddNotesResponse, UploadResponse};
use conformance::cases::part_stream::server::{Api, PartStream, Problem, Settings, router_with};
use conformance::cases::part_stream::types::{UploadForm, UploadFormMeta};
use futures_core::{Stream, ready};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::ready::ready as at_once;

/// Tells what it sees.
#[derive(Clone, Default)]
struct Service {
    seen: Arc<Mutex<Vec<String>>>,
    /// The most bytes of a film that came in one piece.
    largest: Arc<Mutex<usize>>,
}

impl Service {
    fn see(&self, what: impl Into<String>) {
        self.seen.lock().expect("a lock").push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().expect("a lock"))
    }

    async fn film(&self, mut film: Body) -> Result<i64, Problem> {
        let mut size = 0;
        while let Some(frame) = film.frame().await {
            let frame = frame.map_err(|_| Problem::bad_request("The film broke off."))?;
            let piece = frame.into_data().unwrap_or_default();
            let mut largest = self.largest.lock().expect("a lock");
            *largest = piece.len().max(*largest);
            size += i64::try_from(piece.len()).expect("a size");
        }
        Ok(size)
    }
}

impl Api for Service {
    type Error = Problem;

    async fn upload(&self, mut body: PartStream) -> Result<UploadResponse, Problem> {
        let mut bytes = 0;
        let mut later = None;
        while let Some(part) = body.next().await? {
            match part.name() {
                Some("meta") => {
                    let meta: UploadFormMeta = part.value().await?;
                    self.see(format!("meta {}", meta.title));
                }
                Some("size") => self.see(format!("size {}", part.value::<i64>().await?)),
                Some("film") => {
                    let film = part.into_file();
                    let media_type = film.content_type().unwrap_or_default().to_owned();
                    let name = film.filename.clone().unwrap_or_default();
                    bytes += self.film(film.body).await?;
                    self.see(format!("film {name} {media_type}"));
                }
                Some("later") => {
                    later = Some(tokio::spawn(part.into_file().bytes()));
                    // The other task begins to read, and waits for more.
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                name => self.see(format!("skipped {}", name.unwrap_or_default())),
            }
        }
        if let Some(later) = later {
            let is_lost = later.await.expect("it does not panic").is_err();
            self.see(if is_lost { "later, lost" } else { "later" });
        }
        Ok(UploadResponse::Ok(bytes))
    }

    async fn add_notes(&self, body: Option<PartStream>) -> Result<AddNotesResponse, Problem> {
        let Some(mut body) = body else {
            self.see("none");
            return Ok(AddNotesResponse::NoContent);
        };
        let mut kept = Vec::new();
        while let Some(part) = body.next().await? {
            kept.push(part.into_file());
        }
        // Whoever keeps a part and asks for the next one has lost what is in it.
        for part in kept {
            let is_lost = part.bytes().await.is_err();
            self.see(if is_lost { "lost" } else { "kept" });
        }
        Ok(AddNotesResponse::NoContent)
    }
}

fn client(service: &Service) -> Client {
    let settings = Settings::new().max_form_bytes(10, 100);
    let transport = InProcess::new(router_with(service.clone(), settings));
    let client = Client::builder().transport(transport).build();
    client.expect("a client")
}

fn form(film: impl Into<FilePart>) -> UploadForm {
    UploadForm {
        size: Some(7),
        ..UploadForm::new(
            UploadFormMeta {
                title: "Alien".to_owned(),
            },
            film.into(),
        )
    }
}

#[tokio::test]
async fn parts_arrive_as_they_were_sent() {
    let service = Service::default();
    let client = client(&service);
    let film = FilePart::new("\r\n--film\r\n").with_filename("a.mov");
    let sent = UploadForm {
        cover: Some(FilePart::new("PNG")),
        ..form(film)
    };
    let bytes = client.upload(sent).send().await.expect("it is taken");
    assert_eq!(bytes, 10);
    let film = "film a.mov application/octet-stream";
    let seen = ["meta Alien", "size 7", film, "skipped cover"];
    assert_eq!(service.take(), seen);
}

#[tokio::test]
async fn nothing_is_held_of_a_large_part() {
    let service = Service::default();
    let piece = Bytes::from(vec![b'\r'; 64 << 10]);
    let pieces = at_once(vec![piece; 1024].into_iter().map(Ok::<_, std::io::Error>));
    let sent = form(FilePart::new(Body::from_stream(pieces)));
    let bytes = client(&service).upload(sent).send().await;
    assert_eq!(bytes.expect("it is taken"), 64 << 20);
    let largest = *service.largest.lock().expect("a lock");
    assert!(largest <= 65 << 10, "{largest} bytes at once");
}

#[tokio::test]
async fn a_body_may_be_absent_and_a_part_that_is_left_is_lost() {
    let service = Service::default();
    let client = client(&service);
    client.add_notes().send().await.expect("it is taken");
    let notes = vec![FilePart::new("a"), FilePart::new("b")];
    let notes = client.add_notes().body(notes);
    notes.send().await.expect("it is taken");
    assert_eq!(service.take(), ["none", "lost", "lost"]);
}

/// Gives its pieces one after the other, with some time between them.
struct Slow(Vec<&'static str>, Pin<Box<tokio::time::Sleep>>);

impl Stream for Slow {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        ready!(self.1.as_mut().poll(cx));
        let soon = tokio::time::Instant::now() + Duration::from_millis(20);
        self.1.as_mut().reset(soon);
        Poll::Ready(self.0.pop().map(Ok))
    }
}

#[tokio::test]
async fn who_still_reads_a_part_takes_nothing_of_the_next() {
    let service = Service::default();
    let head = "--B\r\nContent-Disposition: form-data; name=later\r\n\r\nabc";
    let next = "def\r\n--B\r\nContent-Disposition: form-data; name=size\r\n\r\n";
    let pieces = vec!["34\r\n--B--", "12", next, head];
    let slow = Slow(pieces, Box::pin(tokio::time::sleep(Duration::ZERO)));
    let request = http::Request::post("/uploads")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=B")
        .body(axum::body::Body::from_stream(slow))
        .expect("a request");
    let answer = router_with(service.clone(), Settings::new()).oneshot(request);
    let answer = tokio::time::timeout(Duration::from_secs(60), answer).await;
    let answer = answer
        .expect("it does not wait for ever")
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(service.take(), ["size 1234", "later, lost"]);
}

/// What is answered to a form of this text, in pieces of so many bytes.
async fn answer(service: &Service, text: &str, size: usize) -> StatusCode {
    let pieces = text.as_bytes().chunks(size).map(Bytes::copy_from_slice);
    let pieces = at_once(pieces.map(Ok::<_, std::io::Error>));
    let request = http::Request::post("/uploads")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=B")
        .body(axum::body::Body::from_stream(pieces))
        .expect("a request");
    let settings = Settings::new().max_form_bytes(10, 100);
    let answer = router_with(service.clone(), settings)
        .oneshot(request)
        .await;
    answer.expect("an answer").status()
}

#[tokio::test]
async fn a_form_means_the_same_in_whatever_pieces_it_arrives() {
    let head = |name: &str| format!("Content-Disposition: form-data; name=\"{name}\"\r\n");
    let png = format!("{}Content-Type: image/png\r\n", head("cover"));
    let gif = format!("{}Content-Type: image/gif\r\n", head("cover"));
    let json = format!("{}Content-Type: application/json\r\n", head("meta"));
    let film = format!("--B\r\n{}\r\n--\r\n-\r\r\n--C\r\n--B", head("film"));
    let long = "1".repeat(101);
    let whole = [
        (
            format!("before\r\n{film}\t\r\n{png}\r\n--B--\r\nafter"),
            200,
        ),
        (
            format!(
                "{film}\r\n{json}\r\n{{\"title\":\"x\"}}\r\n--B\r\n{}\r\n12\r\n--B--",
                head("size")
            ),
            200,
        ),
        (format!("{film}\r\n{gif}\r\nGIF\r\n--B--"), 400),
        (format!("{film}\r\n{}\r\nten\r\n--B--", head("size")), 400),
        (
            format!("{film}\r\n{}\r\n{long}\r\n--B--", head("size")),
            413,
        ),
        (format!("{film}\r\n{json}\r\n{{}}\r\n--B--"), 400),
        ("no parts".to_owned(), 400),
        ("--Bx\r\n".to_owned(), 400),
        (format!("{film}\r\nno header\r\n\r\n--B--"), 400),
        (film.clone(), 400),
        (format!("{film}\r\n{}\r\nabc", head("film")), 400),
        (format!("{film}\r\n{}", head("film")), 400),
        (format!("{film}\r\n{}\r\n", "X: y\r\n".repeat(2_000)), 400),
        (
            format!(
                "{}--",
                format!("--B\r\n{}\r\n\r\n", head("x")).repeat(1_001)
            ),
            400,
        ),
    ];
    let service = Service::default();
    for (text, status) in whole {
        let at_once = answer(&service, &text, text.len()).await;
        assert_eq!(at_once.as_u16(), status, "{}", text.escape_debug());
        let seen = service.take();
        let most = if text.len() > 1_000 { 3 } else { 40 };
        for size in (1..most).filter(|size| text.len() < 1_000 || *size > 1) {
            assert_eq!(
                answer(&service, &text, size).await,
                at_once,
                "{size}: {text}"
            );
            assert_eq!(service.take(), seen, "{size}: {text}");
        }
    }
}
