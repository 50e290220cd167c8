//! Forms over a socket: limits, streams, and what is said of their length.

use conformance::cases::multipart::client::{ClientBuilder, ReqwestTransport, Timeouts};
use conformance::cases::multipart::server::{Settings, router_with};
use conformance::raw::serve_router;
use futures_core::Stream;

use super::*;

/// A client over a socket, and its server.
async fn over_socket(settings: Settings) -> (Client, Service) {
    let service = Service::default();
    let address = serve_router(router_with(service.clone(), settings)).await;
    let transport = ReqwestTransport::new(Timeouts::default()).expect("a transport");
    let builder = ClientBuilder::new(format!("http://{address}")).transport(transport);
    (builder.build().expect("a client"), service)
}

#[tokio::test]
async fn limits_over_a_socket() {
    let settings = Settings::new().max_form_bytes(150_000, 100_000);
    let (client, service) = over_socket(settings).await;
    let send = |file: usize, more: usize| {
        let form = UploadForm {
            more: Some(vec![FilePart::new(vec![b'-'; more])]),
            ..UploadForm::new(FilePart::new(vec![b'\r'; file]), meta("m"))
        };
        let call = client.upload(form);
        async { call.send().await.map_err(|error| error.status()) }
    };
    assert!(send(100_000, 40_000).await.is_ok());
    let form = service.form.lock().expect("a lock").take().expect("a form");
    let bytes = form.file.bytes().await.expect("bytes");
    assert!(bytes.len() == 100_000 && bytes.iter().all(|byte| *byte == b'\r'));
    let too_large = Err(Some(StatusCode::PAYLOAD_TOO_LARGE));
    assert_eq!(send(100_001, 1).await.map(drop), too_large);
    assert_eq!(send(90_000, 70_000).await.map(drop), too_large);
    assert!(service.form.lock().expect("a lock").is_none());
}

/// Bytes that nobody counted.
struct Endless(usize);

impl Stream for Endless {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return std::task::Poll::Ready(None);
        }
        self.0 -= 1;
        std::task::Poll::Ready(Some(Ok(Bytes::from_static(&[7; 1 << 16]))))
    }
}

#[tokio::test]
async fn a_stream_is_a_file() {
    let (client, service) = over_socket(Settings::new()).await;
    let file = FilePart::new(Body::from_stream(Endless(64)));
    let sent = client.upload(UploadForm::new(file, meta("m"))).send().await;
    sent.expect("it is taken");
    let form = service.form.lock().expect("a lock").take().expect("a form");
    assert_eq!(form.file.bytes().await.expect("bytes").len(), 64 << 16);
}

/// What is in memory says how long it is, whether it is one piece or several.
#[tokio::test]
async fn lengths_are_said() {
    for size in [10, 1 << 20] {
        let raw = conformance::raw::Raw::start(conformance::raw::Then::Send(
            b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
        ))
        .await;
        let transport = ReqwestTransport::new(Timeouts::default()).expect("a transport");
        let builder = ClientBuilder::new(raw.url()).transport(transport);
        let client = builder.build().expect("a client");
        let form = CreateFileRequest {
            file: FilePart::new(vec![b'x'; size]),
            purpose: CreateFileRequestPurpose::Vision,
        };
        let _ = client.create_file(form).send().await;
        let head = raw.requests()[0].to_lowercase();
        assert!(head.contains(CONTENT_LENGTH.as_str()), "{head}");
        assert!(!head.contains("chunked"), "{head}");
    }
}
