//! `cases/media`: bodies that are not JSON, in one process and over a socket.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use conformance::cases::media::client::{
    Body, Client, ClientBuilder, Error, InProcess, Recorder, ReqwestTransport, Timeouts,
};
use conformance::cases::media::operations::{
    DoAnythingResponse, FollowMeResponse, GetAnythingResponse, GetPhotoResponse, HeadPhotoResponse,
    PutPhotoResponse, RestoreResponse, SetMoodResponse, SetMottoResponse, SetVolumeResponse,
};
use conformance::cases::media::server::{Api, router};
use conformance::cases::media::types::{Mood, Problem};
use http::StatusCode;
use http_body::{Body as _, Frame};
use http_body_util::BodyExt;

/// So many chunks of so many bytes.
struct Chunks {
    left: usize,
    size: usize,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![7; self.size])))))
    }
}

fn chunks(left: usize, size: usize) -> Body {
    Body::stream(Chunks { left, size })
}

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn put_photo(&self, id: String, body: Body) -> Result<PutPhotoResponse, Infallible> {
        let kind = body.content_type().unwrap_or("none").to_owned();
        let bytes = body.bytes_up_to(10).await;
        Ok(match bytes {
            Ok(bytes) if id == "1" => {
                assert_eq!((&*kind, &*bytes), ("image/gif", &b"GIF89a"[..]));
                PutPhotoResponse::NoContent
            }
            Ok(_) => PutPhotoResponse::NotFound(format!("no \u{e9}t\u{e9} in {kind}")),
            Err(error) => PutPhotoResponse::NotFound(error.to_string()),
        })
    }

    async fn get_photo(&self, id: String) -> Result<GetPhotoResponse, Infallible> {
        Ok(match id.as_str() {
            "1" => GetPhotoResponse::Ok(chunks(4, 1 << 20)),
            "gif" => GetPhotoResponse::Ok(Body::from("GIF").with_content_type("image/gif")),
            _ => GetPhotoResponse::NotFound(Problem {
                message: "none".to_owned(),
            }),
        })
    }

    async fn head_photo(&self, _: String) -> Result<HeadPhotoResponse, Infallible> {
        Ok(HeadPhotoResponse::Ok)
    }

    async fn restore(&self, body: Option<Body>) -> Result<RestoreResponse, Infallible> {
        let Some(mut body) = body else {
            return Ok(RestoreResponse::Ok(-1));
        };
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            let frame = frame.expect("the body is whole");
            length += frame.into_data().map_or(0, |data| data.len());
        }
        Ok(RestoreResponse::Ok(
            i64::try_from(length).expect("a length"),
        ))
    }

    async fn set_motto(&self, body: String) -> Result<SetMottoResponse, Infallible> {
        Ok(SetMottoResponse::Ok(body))
    }

    async fn set_mood(&self, body: Mood) -> Result<SetMoodResponse, Infallible> {
        Ok(SetMoodResponse::Ok(body))
    }

    async fn set_volume(&self, body: Option<i64>) -> Result<SetVolumeResponse, Infallible> {
        Ok(SetVolumeResponse::Ok(body.into_iter().collect()))
    }

    async fn follow_me(&self) -> Result<FollowMeResponse, Infallible> {
        Ok(FollowMeResponse::Found)
    }

    async fn get_anything(&self) -> Result<GetAnythingResponse, Infallible> {
        Ok(GetAnythingResponse::Success {
            status: StatusCode::ACCEPTED,
            body: Body::from("a,b").with_content_type("text/csv"),
        })
    }

    async fn do_anything(&self) -> Result<DoAnythingResponse, Infallible> {
        Ok(DoAnythingResponse::Default {
            status: StatusCode::BAD_GATEWAY,
            body: "%PDF".into(),
        })
    }
}

fn in_process() -> Client {
    let builder = Client::builder().transport(InProcess::new(router(Service)));
    builder.build().expect("a client")
}

/// A client of a server behind a socket.
async fn over_a_socket() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router(Service)).await });
    let transport = ReqwestTransport::new(Timeouts::default()).expect("a transport");
    let builder = ClientBuilder::new(format!("http://{address}")).transport(transport);
    builder.build().expect("a client")
}

async fn clients() -> [Client; 2] {
    [in_process(), over_a_socket().await]
}

#[tokio::test]
async fn bytes_are_sent_as_what_they_are() {
    for client in clients().await {
        let photo = Body::from(&b"GIF89a"[..]).with_content_type("image/gif");
        client
            .put_photo("1", photo)
            .send()
            .await
            .expect("it is kept");
        let error = client.put_photo("2", Body::from("x").with_content_type("image/png"));
        match error.send().await {
            Err(Error::Api(error)) => assert_eq!(error.body, "no \u{e9}t\u{e9} in image/png"),
            other => panic!("{other:?}"),
        }
        let large = chunks(2, 8).with_content_type("image/png");
        match client.put_photo("1", large).send().await {
            Err(Error::Api(error)) => assert_eq!(error.body, "the body is too large"),
            other => panic!("{other:?}"),
        }
        let other = Body::from("x").with_content_type("text/plain");
        let error = client.put_photo("1", other).send().await;
        assert!(matches!(error, Err(Error::InvalidRequest(_))));
        // Without a word about it the bytes are an octet stream, which is no image.
        let error = client.put_photo("1", "x").send().await;
        assert_eq!(
            error.expect_err("415").status(),
            Some(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        );
    }
}

#[tokio::test]
async fn large_bodies_are_streams() {
    for client in clients().await {
        let length = client.restore().body(chunks(64, 1 << 20)).send().await;
        assert_eq!(length.expect("it is read"), 64 << 20);
        let length = client.restore().send().await.expect("it is none");
        assert_eq!(length, -1);
        let response = client
            .get_photo("1")
            .send_response()
            .await
            .expect("a photo");
        assert_eq!(response.body.content_type(), Some("image/png"));
        assert!(!response.body.is_end_stream(), "it is not read yet");
        let bytes = response.into_body().bytes().await.expect("it is whole");
        assert_eq!(bytes.len(), 4 << 20);
        // Errors are read beside a stream.
        match client.get_photo("2").send().await {
            Err(Error::Api(error)) => assert_eq!(error.body.message, "none"),
            other => panic!("{other:?}"),
        }
        // The server answers with what is declared or not at all.
        let error = client.get_photo("gif").send().await;
        let error = error.expect_err("the document names no GIF");
        assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    }
}

#[tokio::test]
async fn texts_are_values() {
    for client in clients().await {
        let motto = client.set_motto("\"\u{e9}\"").send().await;
        assert_eq!(motto.expect("a motto"), "\"\u{e9}\"");
        assert_eq!(client.set_motto("").send().await.expect("a motto"), "");
        let long = client.set_motto("x".repeat(21)).send().await;
        assert_eq!(
            long.expect_err("it is too long").status(),
            Some(StatusCode::BAD_REQUEST)
        );
        let mood = client.set_mood(&Mood::Wild).send().await.expect("a mood");
        assert_eq!(mood, Mood::Wild);
        let odd = client.set_mood(&Mood::from("odd")).send().await;
        assert_eq!(
            odd.expect_err("no such mood").status(),
            Some(StatusCode::BAD_REQUEST)
        );
        assert_eq!(
            client
                .set_volume()
                .body(&-5)
                .send()
                .await
                .expect("it is set"),
            [-5]
        );
        assert_eq!(
            client.set_volume().send().await.expect("it is not set"),
            [0; 0]
        );
    }
}

#[tokio::test]
async fn no_success_need_be_declared() {
    for client in clients().await {
        client.head_photo("1").send().await.expect("it is there");
        let response = client
            .follow_me()
            .send_response()
            .await
            .expect("it is no error");
        assert_eq!(response.status, StatusCode::FOUND);
        let response = client
            .get_anything()
            .send_response()
            .await
            .expect("a success");
        assert_eq!(response.status, StatusCode::ACCEPTED);
        assert_eq!(response.body.content_type(), Some("text/csv"));
        assert_eq!(response.body.bytes().await.expect("it is whole"), "a,b");
        match client.do_anything().send().await {
            Err(Error::Api(error)) => {
                assert_eq!(error.status, StatusCode::BAD_GATEWAY);
                assert_eq!(error.body.bytes().await.expect("it is whole"), "%PDF");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_sent_and_read() {
    let reply = |text: &'static [u8]| http::Response::new(Body::from(text));
    let recorder = Recorder::new()
        .response(reply(b"5"))
        .response(reply(b"5\xFF"))
        .response(reply(b"five"))
        .response(reply(b"[1]"));
    let client = Client::builder()
        .transport(recorder.clone())
        .build()
        .expect("a client");
    assert_eq!(
        client.restore().body("abc").send().await.expect("a number"),
        5
    );
    for problem in ["the text is not UTF-8", "the text is no value of the type"] {
        match client.restore().send().await {
            Err(Error::Decode(error)) => assert_eq!(error.error.problem(), problem),
            other => panic!("{other:?}"),
        }
    }
    let volume = client.set_volume().body(&5).send().await;
    assert_eq!(volume.expect("JSON, whatever the header says"), [1]);
    let seen: Vec<_> = recorder
        .requests()
        .into_iter()
        .map(|it| {
            let header = |name| {
                it.headers
                    .get(name)
                    .map(|it| it.to_str().expect("ASCII").to_owned())
            };
            (header("content-type"), header("accept"), it.body)
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    let bytes = (
        text("application/octet-stream"),
        text("text/plain"),
        Bytes::from("abc"),
    );
    assert_eq!(seen[0], bytes);
    assert_eq!(seen[1], (None, text("text/plain"), Bytes::new()));
    assert_eq!(
        seen[3],
        (
            text("text/plain; charset=utf-8"),
            text("*/*"),
            Bytes::from("5")
        )
    );
}
