//! `cases/multipart`: bodies of several parts.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use conformance::cases::multipart::client::{
    Body, Client, ClientBuilder, Error, FilePart, InProcess, Recorder, ReqwestTransport, Timeouts,
};
use conformance::cases::multipart::operations::{
    CreateFileResponse, MixResponse, PostAnythingResponse, SetAvatarBody, SetAvatarResponse,
    SetProfileResponse, UploadResponse,
};
use conformance::cases::multipart::server::{Api, FormLimits, router};
use conformance::cases::multipart::types::{
    Avatar, AvatarForm, CreateFileRequest, CreateFileRequestPurpose, Meta, Profile, Seen,
    UploadForm,
};
use conformance::raw::serve_router;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use proptest::prelude::*;
use tower::ServiceExt;

/// A file, as the other end saw it.
type File = (Option<String>, Option<String>, Bytes);

/// Keeps what came last.
#[derive(Clone, Default)]
struct Service {
    form: Arc<Mutex<Option<UploadForm>>>,
    parts: Arc<Mutex<Vec<(String, FilePart)>>>,
}

/// What came, in words.
async fn seen(part: FilePart) -> String {
    let name = part.filename.clone();
    let media_type = part.content_type().map(str::to_owned);
    let headers: Vec<String> = part
        .headers
        .iter()
        .map(|(name, value)| format!("{name}={value:?}"))
        .collect();
    let bytes = part.bytes().await.expect("all of it is there");
    let (name, media_type) = (name.unwrap_or_default(), media_type.unwrap_or_default());
    let text = String::from_utf8_lossy(&bytes);
    format!("{name}|{media_type}|{}|{text}", headers.join(","))
}

impl Api for Service {
    type Error = Infallible;

    async fn upload(&self, body: UploadForm) -> Result<UploadResponse, Infallible> {
        *self.form.lock().expect("a lock") = Some(body);
        Ok(UploadResponse::Ok(Seen { files: Vec::new() }))
    }

    async fn create_file(&self, body: CreateFileRequest) -> Result<CreateFileResponse, Infallible> {
        assert_eq!(body.purpose, CreateFileRequestPurpose::Batch);
        assert_eq!(seen(body.file).await, "a.txt|text/plain||hello");
        Ok(CreateFileResponse::NoContent)
    }

    async fn set_avatar(
        &self,
        body: Option<SetAvatarBody>,
    ) -> Result<SetAvatarResponse, Infallible> {
        match body {
            Some(SetAvatarBody::Multipart(form)) => {
                assert_eq!(seen(form.image).await, "|image/jpeg|x-size=\"9\"|JPEG");
                let thumbnail = form.thumbnail.expect("a thumbnail");
                assert_eq!(seen(thumbnail).await, "|image/png||PNG");
            }
            Some(SetAvatarBody::Json(avatar)) => assert_eq!(avatar, Avatar::new("text")),
            None => {}
        }
        Ok(SetAvatarResponse::NoContent)
    }

    async fn set_profile(&self, body: Profile) -> Result<SetProfileResponse, Infallible> {
        Ok(SetProfileResponse::Ok(body))
    }

    async fn mix(&self, body: Vec<FilePart>) -> Result<MixResponse, Infallible> {
        Ok(MixResponse::Ok(body))
    }

    async fn post_anything(
        &self,
        body: Vec<(String, FilePart)>,
    ) -> Result<PostAnythingResponse, Infallible> {
        *self.parts.lock().expect("a lock") = body;
        Ok(PostAnythingResponse::NoContent)
    }
}

fn in_process(service: Service) -> Client {
    let builder = Client::builder().transport(InProcess::new(router(service)));
    builder.build().expect("a client")
}

fn recorded(recorder: &Recorder) -> Client {
    let builder = Client::builder().transport(recorder.clone());
    builder.build().expect("a client")
}

fn meta(title: &str) -> Meta {
    Meta {
        sizes: Some(vec![1, 2]),
        ..Meta::new(title)
    }
}

fn form() -> UploadForm {
    let file = FilePart::new("GIF").with_filename("a \"b\" \u{e9}.gif");
    UploadForm {
        n: Some(5),
        tags: Some(vec!["[1]".to_owned(), String::new()]),
        parts: Some(vec![meta("x"), meta("\u{e9}")]),
        key: Some(vec![0, 255].into()),
        note: Some("null".to_owned()),
        more: Some(vec![
            FilePart::new("1").with_content_type("text/csv"),
            FilePart::from("2"),
        ]),
        ..UploadForm::new(file, meta("m"))
    }
}

#[tokio::test]
async fn a_form_is_read_as_it_was_written() {
    let service = Service::default();
    let client = in_process(service.clone());
    client.upload(form()).send().await.expect("it is taken");
    let got = service.form.lock().expect("a lock").take().expect("a form");
    let sent = form();
    assert_eq!(got.file.filename, sent.file.filename);
    assert_eq!(
        (&got.meta, got.n, &got.tags, &got.parts, &got.key, &got.note),
        (
            &sent.meta,
            sent.n,
            &sent.tags,
            &sent.parts,
            &sent.key,
            &sent.note
        )
    );
    let more = got.more.expect("two files").into_iter();
    let mut texts = Vec::new();
    for part in more {
        texts.push(seen(part).await);
    }
    assert_eq!(texts, ["|text/csv||1", "|application/octet-stream||2"]);
    let least = UploadForm::new(FilePart::new(""), Meta::new("m"));
    client.upload(least).send().await.expect("it is taken");
    let got = service.form.lock().expect("a lock").take().expect("a form");
    assert!(got.n.is_none() && got.tags.is_none() && got.more.is_none());
}

#[tokio::test]
async fn what_is_sent() {
    let recorder = Recorder::new().json(200, r#"{"files":[]}"#);
    let client = recorded(&recorder);
    client.upload(form()).send().await.expect("it is taken");
    let sent = &recorder.requests()[0];
    let media_type = sent.headers[CONTENT_TYPE].to_str().expect("text");
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    assert_eq!(boundary.len(), 32);
    let text = std::str::from_utf8(&sent.body).expect("text");
    let part = |name: &str, more: &str, text: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n")
    };
    let json = "\r\nContent-Type: application/json";
    let octets = "\r\nContent-Type: application/octet-stream";
    let file = format!("; filename=\"a \\\"b\\\" \u{e9}.gif\"{octets}");
    let expected = [
        part("file", &file, "GIF"),
        part("meta", json, r#"{"title":"m","sizes":[1,2]}"#),
        part("n", "", "5"),
        part("tags", "", "[1]"),
        part("tags", "", ""),
        part("parts", json, r#"{"title":"x","sizes":[1,2]}"#),
        part("parts", json, r#"{"title":"\u00e9","sizes":[1,2]}"#),
        part("key", "", "AP8="),
        part("note", "", "null"),
        part("more", "\r\nContent-Type: text/csv", "1"),
        part("more", octets, "2"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(text.replace(boundary, "B"), expected.concat());
}

#[tokio::test]
async fn boundaries_differ() {
    let recorder = Recorder::new();
    let client = recorded(&recorder);
    for _ in 0..3 {
        let _ = client.mix(Vec::new()).send().await;
    }
    let sent = recorder.requests();
    assert_eq!(sent.len(), 3);
    assert_ne!(sent[0].headers[CONTENT_TYPE], sent[1].headers[CONTENT_TYPE]);
    assert_ne!(sent[1].headers[CONTENT_TYPE], sent[2].headers[CONTENT_TYPE]);
}

#[tokio::test]
async fn what_cannot_be_sent_is_not() {
    let recorder = Recorder::new();
    let client = recorded(&recorder);
    let file = || FilePart::new("x");
    let anything = |name: &str, part: FilePart| {
        let call = client.post_anything(vec![(name.to_owned(), part)]);
        async move { call.send().await.map_err(|error| error.to_string()) }
    };
    let mut headers = file();
    headers
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("a/b"));
    for (name, part, problem) in [
        (
            "a\r\nX: y",
            file(),
            "`a\\r\\nX: y`: its name cannot be sent",
        ),
        ("a\0", file(), "`a\\0`: its name cannot be sent"),
        (
            "a",
            file().with_filename("b\r\n\r\nc"),
            "`a`: its filename cannot be sent",
        ),
        (
            "a",
            file().with_filename("b\n"),
            "`a`: its filename cannot be sent",
        ),
        (
            "a",
            file().with_content_type("a/b\r\nX: y"),
            "`a`: it is of a media type that is not declared",
        ),
        ("a", headers, "`a`: a header says what the part says itself"),
    ] {
        let error = anything(name, part).await.expect_err("it cannot be sent");
        let expected = format!("postAnything (POST /anything): the form: {problem}");
        assert_eq!(error, expected);
    }
    let avatar = |image: FilePart| client.set_avatar().body(AvatarForm::new(image)).send();
    for (image, problem) in [
        (file(), "it does not say which of its media types it is"),
        (
            file().with_content_type("image/gif"),
            "it is of a media type that is not declared",
        ),
    ] {
        let error = avatar(image).await.expect_err("it cannot be sent");
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert!(error.to_string().ends_with(problem), "{error}");
    }
    let empty = UploadForm {
        tags: Some(Vec::new()),
        ..UploadForm::new(file(), meta("m"))
    };
    // An optional list without items is as good as none.
    assert!(!matches!(
        client.upload(empty).send().await,
        Err(Error::InvalidRequest(_))
    ));
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test]
async fn media_types_and_headers_of_parts() {
    let client = in_process(Service::default());
    let mut image = FilePart::new("JPEG").with_content_type("image/jpeg");
    let size = HeaderName::from_static("x-size");
    image.headers.insert(size, HeaderValue::from_static("9"));
    let form = AvatarForm {
        thumbnail: Some(FilePart::new("PNG")),
        ..AvatarForm::new(image)
    };
    let sent = client.set_avatar().body(form).send().await;
    sent.expect("it is taken");
    let sent = client.set_avatar().body(Avatar::new("text")).send().await;
    sent.expect("it is taken");
    client.set_avatar().send().await.expect("it is taken");
}

fn profile() -> Profile {
    Profile {
        bio: Some("# \u{e9}".to_owned()),
        age: Some(Some(5)),
        links: Some(vec!["[]".to_owned()]),
        home: Some([("x".to_owned(), 1)].into()),
        ..Profile::new("Ann")
    }
}

/// The request is JSON, which comes first, and the answer a form.
#[tokio::test]
async fn an_answer_may_be_a_form() {
    let client = in_process(Service::default());
    let got = client.set_profile(&profile()).send().await;
    assert_eq!(got.expect("a profile"), profile());
    let least = Profile::new("Ann");
    let got = client.set_profile(&least).send().await;
    assert_eq!(got.expect("a profile"), least);
    for (media_type, body) in [
        ("multipart/form-data; boundary=B", "--B\r\n\r\n"),
        ("multipart/form-data", "--B--"),
        ("multipart/form-data; boundary=B", "--B--"),
    ] {
        let mut response = http::Response::new(Body::from(body));
        let media_type = HeaderValue::from_static(media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        let client = recorded(&Recorder::new().response(response));
        let got = client.set_profile(&least).send().await;
        assert!(matches!(got, Err(Error::Decode(_))), "{body}");
    }
}

#[tokio::test]
async fn parts_as_they_are() {
    let service = Service::default();
    let client = in_process(service.clone());
    let named = ["b", "a", "b"].map(|name| (name.to_owned(), FilePart::new(name)));
    let sent = client.post_anything(named).send().await;
    sent.expect("they are taken");
    let got = std::mem::take(&mut *service.parts.lock().expect("a lock"));
    let names: Vec<String> = got.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "a", "b"]);
    let parts = vec![
        FilePart::new("{}").with_content_type("application/json"),
        FilePart::new("\r\n--x\r\n").with_filename("a.bin"),
    ];
    let got = client.mix(parts).send().await.expect("the same");
    let mut texts = Vec::new();
    for part in got {
        texts.push(seen(part).await);
    }
    assert_eq!(
        texts,
        [
            "|application/json||{}",
            "a.bin|application/octet-stream||\r\n--x\r\n"
        ]
    );
    let none = client.mix(Vec::new()).send().await;
    assert!(none.expect("the same").is_empty());
}

/// The status of the answer to a form, and the form.
async fn post(path: &str, body: impl Into<axum::body::Body>) -> (u16, Option<UploadForm>) {
    let service = Service::default();
    let mut request = http::Request::new(body.into());
    *request.uri_mut() = path.parse().expect("a path");
    *request.method_mut() = http::Method::POST;
    let media_type = HeaderValue::from_static("Multipart/Form-Data; charset=x; Boundary=\"a b\"");
    request.headers_mut().insert(CONTENT_TYPE, media_type);
    let answer = router(service.clone()).oneshot(request).await;
    let form = service.form.lock().expect("a lock").take();
    (answer.expect("an answer").status().as_u16(), form)
}

fn parts(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| {
        let (head, text) = part.split_once('|').expect("a part");
        format!("--a b\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
    });
    format!("{}--a b--", parts.collect::<String>())
}

#[tokio::test]
async fn forms_of_others() {
    let file = "name=file|x";
    let meta = "name=meta|{\"title\": \"m\"}";
    for (form, status) in [
        // The order is free, and JSON may call itself text.
        (vec![meta, file], 200),
        (
            vec![
                "name=\"unknown\"; filename=\"x\"|1",
                "name=n|1",
                file,
                meta,
                "name=n2|",
            ],
            200,
        ),
        (
            vec![
                file,
                "name=meta\r\nContent-Type: application/json; charset=UTF-8|{\"title\":\"m\"}",
            ],
            200,
        ),
        (
            vec![
                file,
                "name=meta\r\nContent-Type: text/plain;charset=latin1|{\"title\":\"m\"}",
            ],
            400,
        ),
        (
            vec![file, "name=meta\r\nContent-Type: application/json|{"],
            400,
        ),
        (vec![file, "name=meta|{\"title\":\"\"}"], 400),
        (vec![file, "name=meta|title"], 400),
        (
            vec![
                file,
                meta,
                "name=parts\r\nContent-Type: application/json|{\"title\":\"m\"}",
            ],
            200,
        ),
        (
            vec![
                file,
                meta,
                "name=parts\r\nContent-Type: application/json|[{\"title\":\"m\"}]",
            ],
            200,
        ),
        (vec![file, meta, "name=tags|a", "name=tags|b"], 200),
        (vec![file, meta, "name=tags|123456789"], 400),
        (vec![file, meta, "name=n|0"], 400),
        (vec![file, meta, "name=n|x"], 400),
        (vec![file, meta, "name=n|1", "name=n|1"], 400),
        (vec![file, meta, "name=key|***"], 400),
        (vec![file, meta, "name=more|1", "name=more|2"], 200),
        (
            vec![file, meta, "name=more|1", "name=more|2", "name=more|3"],
            400,
        ),
        (vec![file, file, meta], 400),
        (vec![file], 400),
        (vec![meta], 400),
        (vec![], 400),
    ] {
        assert_eq!(post("/upload", parts(&form)).await.0, status, "{form:?}");
    }
    let preamble = format!("before\r\n{}\r\nafter", parts(&[file, meta]));
    assert_eq!(post("/upload", preamble).await.0, 200);
    let padded = parts(&[file, meta]).replace("--a b\r\n", "--a b \t\r\n");
    assert_eq!(post("/upload", padded).await.0, 200);
    let name = |head: &str| {
        let form = parts(&[&format!("name=file; {head}|x"), meta]);
        async { post("/upload", form).await.1.map(|form| form.file.filename) }
    };
    for (head, filename) in [
        ("filename=\"C:\\temp\\x\"", "C:\\temp\\x"),
        ("filename=\"a\\\"b\\\\\"", "a\"b\\"),
        ("filename=\"na\u{ef}ve\"", "na\u{ef}ve"),
        ("filename=plain", "plain"),
        ("filename=x; filename*=UTF-8'en'na%C3%AFve", "na\u{ef}ve"),
    ] {
        assert_eq!(name(head).await, Some(Some(filename.to_owned())), "{head}");
    }
    for head in [
        "filename*=latin1''x",
        "filename*=UTF-8''%0D%0AX",
        "filename*=x",
        "filename=\"x",
    ] {
        assert_eq!(name(head).await, None, "{head}");
    }
}

/// A client over a socket, and its server.
async fn over_socket(limits: FormLimits) -> (Client, Service) {
    let service = Service::default();
    let routes = router(service.clone()).layer(axum::Extension(limits));
    let address = serve_router(routes).await;
    let transport = ReqwestTransport::new(Timeouts::default()).expect("a transport");
    let builder = ClientBuilder::new(format!("http://{address}")).transport(transport);
    (builder.build().expect("a client"), service)
}

#[tokio::test]
async fn limits_over_a_socket() {
    let limits = FormLimits {
        part: 100_000,
        total: 150_000,
    };
    let (client, service) = over_socket(limits).await;
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
    let (client, service) = over_socket(FormLimits::default()).await;
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

fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

fn file() -> impl Strategy<Value = File> {
    let name = proptest::option::of("[^\\p{Cc}]{0,12}");
    let media_type =
        proptest::sample::select(vec!["image/png", "text/plain; charset=\"x\"", "a/b"]);
    let bytes = proptest::collection::vec(any::<u8>(), 0..64);
    let hard = proptest::sample::select(vec!["\r\n", "--", "\r\n--", "\r", "\r\n\r\n"]);
    let hard = (bytes, hard).prop_map(|(mut bytes, hard)| {
        bytes.extend_from_slice(hard.as_bytes());
        Bytes::from(bytes)
    });
    (name, proptest::option::of(media_type), hard)
        .prop_map(|(name, media_type, bytes)| (name, media_type.map(str::to_owned), bytes))
}

fn part((filename, media_type, bytes): &File) -> FilePart {
    let mut part = FilePart::new(bytes.clone());
    part.filename.clone_from(filename);
    match media_type {
        Some(media_type) => part.with_content_type(media_type.as_str()),
        None => part,
    }
}

fn unpart(part: FilePart) -> File {
    let filename = part.filename.clone();
    let media_type = part.content_type().map(str::to_owned);
    (filename, media_type, now(part.bytes()).expect("bytes"))
}

/// What arrives of a file, which is bytes of any kind if it does not say more.
fn arrived((filename, media_type, bytes): &File) -> File {
    let media_type = media_type.as_deref().unwrap_or("application/octet-stream");
    (filename.clone(), Some(media_type.to_owned()), bytes.clone())
}

proptest! {
    #[test]
    fn any_form_arrives(
        file in file(),
        more in proptest::collection::vec(file(), 1..3),
        title in "\\PC{1,6}",
        sizes in proptest::option::of(proptest::collection::vec(any::<i64>(), 1..3)),
        n in proptest::option::of(1..i64::MAX),
        tags in proptest::option::of(proptest::collection::vec("(?s).{0,8}", 1..3)),
        key in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)),
        note in proptest::option::of("(?s).{0,9}"),
    ) {
        let service = Service::default();
        let meta = Meta { title, sizes };
        let sent = UploadForm {
            n,
            tags: tags.clone(),
            parts: Some(vec![meta.clone(), meta.clone()]),
            key: key.clone().map(Into::into),
            note: note.clone(),
            more: Some(more.iter().map(part).collect()),
            ..UploadForm::new(part(&file), meta.clone())
        };
        now(in_process(service.clone()).upload(sent).send()).expect("it is taken");
        let got = service.form.lock().expect("a lock").take().expect("a form");
        prop_assert_eq!(unpart(got.file), arrived(&file));
        let files: Vec<File> = got.more.expect("files").into_iter().map(unpart).collect();
        prop_assert_eq!(files, more.iter().map(arrived).collect::<Vec<_>>());
        prop_assert_eq!(got.parts, Some(vec![meta.clone(), meta.clone()]));
        prop_assert_eq!(
            (got.meta, got.n, got.tags, got.key.map(Vec::from), got.note),
            (meta, n, tags, key, note)
        );
    }

    #[test]
    fn any_name_arrives(name in "[^\\p{Cc}]{0,12}", file in file()) {
        let service = Service::default();
        let parts = vec![(name.clone(), part(&file))];
        now(in_process(service.clone()).post_anything(parts).send()).expect("they are taken");
        let got = std::mem::take(&mut *service.parts.lock().expect("a lock"));
        let got: Vec<(String, File)> = got.into_iter().map(|(name, it)| (name, unpart(it))).collect();
        prop_assert_eq!(got, vec![(name, arrived(&file))]);
    }
}

/// What other software says of forms: `curl` sends one to the server, and the reader of mail in Python
/// reads what the client sends. A machine without them is told, and nothing is tried.
mod others {
    use std::process::{Command, Stdio};

    use super::*;

    /// Whether a program is there.
    fn has(program: &str) -> bool {
        let found = Command::new(program).arg("--version").output().is_ok();
        if !found {
            eprintln!("skipped: there is no {program}");
        }
        found
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn curl_sends_a_form() {
        if !has("curl") {
            return;
        }
        let service = Service::default();
        let address = serve_router(router(service.clone())).await;
        let sent = tokio::task::spawn_blocking(move || {
            let fields = [
                "meta={\"title\":\"m\"};type=application/json",
                "n=5",
                "tags=a",
                "tags=b c",
                "file=@-;filename=\"a b \u{e9}.gif\";type=image/gif",
                "other=1",
            ];
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--show-error", "--noproxy", "*"]);
            curl.args(["--output", "/dev/null", "--write-out", "%{http_code}"]);
            curl.args(fields.iter().flat_map(|field| ["--form", field]));
            let url = format!("http://{address}/upload");
            let mut curl = curl
                .arg(url)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("it starts");
            let mut input = curl.stdin.take().expect("it reads");
            std::io::Write::write_all(&mut input, b"GIF\r\n--\0").expect("it reads");
            drop(input);
            curl.wait_with_output().expect("it ends")
        });
        let sent = sent.await.expect("it ends");
        assert_eq!(String::from_utf8_lossy(&sent.stdout), "200");
        let form = service.form.lock().expect("a lock").take().expect("a form");
        assert_eq!(form.meta, Meta::new("m"));
        assert_eq!(form.n, Some(5));
        assert_eq!(form.tags, Some(vec!["a".to_owned(), "b c".to_owned()]));
        assert_eq!(
            seen(form.file).await,
            "a b \u{e9}.gif|image/gif||GIF\r\n--\0"
        );
    }

    /// Reads a form as mail, and prints a line for each of its parts.
    const PYTHON: &str = r#"
import sys, email, email.policy
whole = sys.stdin.buffer.read()
form = email.message_from_bytes(whole, policy=email.policy.HTTP)
assert form.is_multipart() and not form.defects, form.defects
for part in form.iter_parts():
    assert not part.defects, part.defects
    name = part.get_param('name', header='content-disposition')
    filename = part.get_param('filename', header='content-disposition')
    body = part.get_payload(decode=True)
    print(ascii((name, filename, part.get_content_type(), body)))
"#;

    #[tokio::test]
    async fn python_reads_a_form() {
        if !has("python3") {
            return;
        }
        let recorder = Recorder::new();
        let file = FilePart::new("GIF\r\n--\0").with_filename("a \"b\" \\c.gif");
        let form = UploadForm {
            tags: Some(vec!["a".to_owned(), " b\r\n".to_owned()]),
            ..UploadForm::new(file, Meta::new("m"))
        };
        let _ = recorded(&recorder).upload(form).send().await;
        let sent = &recorder.requests()[0];
        let media_type = sent.headers[CONTENT_TYPE].to_str().expect("text");
        let mut python = Command::new("python3")
            .args(["-c", PYTHON])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut input = python.stdin.take().expect("it reads");
        let head = format!("MIME-Version: 1.0\r\nContent-Type: {media_type}\r\n\r\n");
        std::io::Write::write_all(&mut input, head.as_bytes()).expect("it reads");
        std::io::Write::write_all(&mut input, &sent.body).expect("it reads");
        drop(input);
        let output = python.wait_with_output().expect("it ends");
        let expected = [
            r#"('file', 'a "b" \\c.gif', 'application/octet-stream', b'GIF\r\n--\x00')"#,
            r#"('meta', None, 'application/json', b'{"title":"m"}')"#,
            "('tags', None, 'text/plain', b'a')",
            r"('tags', None, 'text/plain', b' b\r\n')",
        ];
        let shown = String::from_utf8_lossy(&output.stdout);
        let shown: Vec<&str> = shown.lines().collect();
        assert_eq!(shown, expected);
    }
}
