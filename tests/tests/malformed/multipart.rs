//! Bodies of several parts, against the server of `cases/multipart`.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use conformance::cases::multipart::operations::{
    CreateFileResponse, MixResponse, PostAnythingResponse, SetAvatarBody, SetAvatarResponse,
    SetProfileResponse, UploadResponse,
};
use conformance::cases::multipart::server::{Api, FilePart, router};
use conformance::cases::multipart::types::{CreateFileRequest, Profile, Seen, UploadForm};
use conformance::raw::serve_router;

use super::{Row, check_rows, exchange};

/// Counts the calls of its handlers.
#[derive(Clone, Default)]
struct Service(Arc<AtomicUsize>);

impl Service {
    fn calls(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn call(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Api for Service {
    type Error = Infallible;

    async fn upload(&self, _: UploadForm) -> Result<UploadResponse, Infallible> {
        self.call();
        Ok(UploadResponse::Ok(Seen { files: Vec::new() }))
    }

    async fn create_file(&self, _: CreateFileRequest) -> Result<CreateFileResponse, Infallible> {
        self.call();
        Ok(CreateFileResponse::NoContent)
    }

    async fn set_avatar(&self, _: Option<SetAvatarBody>) -> Result<SetAvatarResponse, Infallible> {
        self.call();
        Ok(SetAvatarResponse::NoContent)
    }

    async fn set_profile(&self, body: Profile) -> Result<SetProfileResponse, Infallible> {
        self.call();
        Ok(SetProfileResponse::Ok(body))
    }

    async fn mix(&self, body: Vec<FilePart>) -> Result<MixResponse, Infallible> {
        self.call();
        Ok(MixResponse::Ok(body))
    }

    async fn post_anything(
        &self,
        _: Vec<(String, FilePart)>,
    ) -> Result<PostAnythingResponse, Infallible> {
        self.call();
        Ok(PostAnythingResponse::NoContent)
    }
}

/// Headers of a form, and the status of an answer to a body that would be fine without them.
const HEADERS: &[(&str, u16)] = &[
    ("", 400),
    ("content-type: multipart/form-data\r\n", 400),
    ("content-type: multipart/form-data; boundary=\r\n", 400),
    ("content-type: multipart/form-data; boundary=\"\"\r\n", 400),
    ("content-type: multipart/form-data; boundary=\"B\r\n", 400),
    (
        "content-type: multipart/form-data; boundary=B; boundary=C\r\n",
        400,
    ),
    ("content-type: multipart/form-data; boundary=C\r\n", 400),
    (
        "content-type: multipart/form-data; boundary=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\r\n",
        400,
    ),
    (
        "content-type: multipart/form-data; boundary=\"B\x07\"\r\n",
        400,
    ),
    ("content-type: multipart/mixed; boundary=B\r\n", 415),
    ("content-type: multipart; boundary=B\r\n", 415),
    ("content-type: application/x-www-form-urlencoded\r\n", 415),
    ("content-type: application/json\r\n", 415),
];

/// A form that is fine.
const FINE: &str = "--B\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n\
    --B\r\nContent-Disposition: form-data; name=purpose\r\n\r\nbatch\r\n--B--\r\n";

/// What comes of a form that is fine when one text in it is replaced by another.
const CHANGES: &[(&str, &str)] = &[
    // All of it.
    (FINE, ""),
    (FINE, "S3CR3T"),
    (FINE, "--B--"),
    (FINE, "--B"),
    (FINE, "{}"),
    // The boundaries.
    ("--B--\r\n", ""),
    ("--B--\r\n", "--B"),
    ("--B--\r\n", "--B-"),
    ("--B--\r\n", "--B\r\n"),
    ("--B--\r\n", "--C--\r\n"),
    ("\r\n--B--\r\n", ""),
    ("x\r\n--B\r\n", "x\r\n--BS3CR3T\r\n"),
    ("x\r\n--B\r\n", "x\n--B\n"),
    ("--B\r\n", "--B\n"),
    ("\r\n", "\n"),
    // The headers.
    ("\r\n\r\nx", "\r\nx"),
    ("\r\n\r\nx", ""),
    ("Content-Disposition: form-data; name=file", "S3CR3T"),
    ("Content-Disposition: form-data; name=file", ""),
    ("Content-Disposition: form-data; name=file", ": x"),
    ("Content-Disposition: form-data; name=file", "A\0B: x"),
    ("Content-Disposition", "Content Disposition"),
    ("name=file", "name=\"file"),
    ("name=file", "name=\"file\"S3CR3T"),
    ("name=file", "name"),
    ("name=file", "name=file; name=file"),
    ("name=file", "name=file; filename=\"a\tb\""),
    ("name=file", "name=file; filename*=UTF-8''%zz"),
    ("name=file", "name=file; filename*=UTF-8''%FF"),
    ("name=file", "name=file; filename*=UTF-8''%0D%0AS3CR3T"),
    ("name=file", "name=file; filename*=S3CR3T''a"),
    (
        "name=file",
        "name=file\r\nContent-Disposition: form-data; name=file",
    ),
    (
        "name=file",
        "name=file\r\nContent-Type: a/b\r\nContent-Type: a/b",
    ),
    // The fields.
    ("name=file", "name=File"),
    ("name=file", "name=\"\""),
    ("name=purpose", "name=S3CR3T"),
    ("name=purpose", "name=file"),
    ("batch", "S3CR3T"),
    ("batch", ""),
    ("batch", "\"batch\""),
    (
        "batch",
        "batch\r\n--B\r\nContent-Disposition: form-data; name=purpose\r\n\r\nbatch",
    ),
    (
        "name=purpose\r\n",
        "name=purpose\r\nContent-Type: application/json\r\n",
    ),
    (
        "name=purpose\r\n",
        "name=purpose\r\nContent-Type: text/plain; charset=utf-16\r\n",
    ),
];

const FORM: &str = "content-type: multipart/form-data; boundary=B\r\n";

#[tokio::test]
async fn parts() {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    let fine = format!(
        "POST /files HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n{FORM}\r\n{FINE}",
        FINE.len()
    );
    let answer = exchange(address, fine.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    assert_eq!(service.calls(), 1);
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    let headers = HEADERS.iter().copied();
    let rows: Vec<Row<'_>> = headers
        .map(|(headers, status)| ("POST /files", headers, FINE.as_bytes(), status))
        .collect();
    check_rows(address, || service.calls(), &rows).await;
    let changed = CHANGES.iter().map(|(from, to)| {
        assert!(FINE.contains(from), "{from:?}");
        FINE.replacen(from, to, if *from == "\r\n" { usize::MAX } else { 1 })
    });
    let changed: Vec<String> = changed.collect();
    let not_utf8 = FINE.replace("batch", "b\u{e9}").into_bytes();
    let not_utf8: Vec<u8> = not_utf8.into_iter().filter(|byte| *byte != 0xa9).collect();
    let bodies = changed.iter().map(String::as_bytes).chain([&not_utf8[..]]);
    let rows: Vec<Row<'_>> = bodies
        .map(|body| ("POST /files", FORM, body, 400))
        .collect();
    check_rows(address, || service.calls(), &rows).await;
}

#[tokio::test]
async fn parts_without_measure() {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    let part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
    let many = format!("{}--B--", part.repeat(1_001));
    let long = FINE.replace(
        "name=file",
        &format!("name=file\r\nX: {}", "a".repeat(9_000)),
    );
    let large = FINE.replace(
        "\r\nx\r\n",
        &format!("\r\n{}\r\n", "a".repeat((8 << 20) + 1)),
    );
    check_rows(
        address,
        || service.calls(),
        &[
            ("POST /files", FORM, many.as_bytes(), 400),
            ("POST /anything", FORM, many.as_bytes(), 400),
            ("POST /files", FORM, long.as_bytes(), 400),
            ("POST /files", FORM, large.as_bytes(), 413),
            ("POST /anything", FORM, b"--B\r\n\r\nx\r\n--B--", 400),
        ],
    )
    .await;
}
