//! Forms as others write them: in other orders, with other headers, and with mistakes.

use tower::ServiceExt;

use super::*;

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
