//! What other software says of forms: `curl` sends one to the server, and the reader of mail in Python
//! reads what the client sends. A machine without them is told, and nothing is tried.

use std::process::{Command, Stdio};

use conformance::raw::serve_router;

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
