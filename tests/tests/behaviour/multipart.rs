//! `cases/multipart`: bodies of several parts.

mod arbitrary;
mod foreign;
mod programs;
mod sockets;

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use conformance::cases::multipart::client::{Body, Client, Error, FilePart, InProcess, Recorder};
use conformance::cases::multipart::operations::{
    CreateFileResponse, MixResponse, PostAnythingResponse, SetAvatarBody, SetAvatarResponse,
    SetProfileResponse, UploadResponse,
};
use conformance::cases::multipart::server::{Api, router};
use conformance::cases::multipart::types::{
    Avatar, AvatarForm, CreateFileRequest, CreateFileRequestPurpose, Meta, Profile, Seen,
    UploadForm,
};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};

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
