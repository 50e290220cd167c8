//! Deliveries of the running service, verified by code in other languages that shares nothing with
//! this one. A language that is not installed is left out, and the test prints that it was.

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use http::StatusCode;
use webhook_service::secret::SigningSecret;
use webhook_service::signature::sign;

use common::hooks::{Hooks, Received};
use common::program::{Program, eventually};

/// The programs that verify, each with its script.
const VERIFIERS: [(&str, &str); 2] = [
    (
        "python3",
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verifiers/verify.py"),
    ),
    (
        "node",
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verifiers/verify.js"),
    ),
];

/// The verifiers that there are.
fn verifiers() -> Vec<(&'static str, &'static str)> {
    let there = |(program, _): &(&str, &str)| {
        let version = Command::new(program).arg("--version").output();
        let there = version.is_ok_and(|it| it.status.success());
        if !there {
            println!("skipped: there is no {program}");
        }
        there
    };
    VERIFIERS.into_iter().filter(there).collect()
}

/// What a verifier says.
fn ask(
    (program, script): (&str, &str),
    secret: &str,
    signature: &str,
    timestamp: &str,
    body: &[u8],
) -> bool {
    let mut process = Command::new(program)
        .args([script, secret, signature, timestamp])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect(program);
    let mut stdin = process.stdin.take().expect("it is piped");
    stdin.write_all(body).expect("it reads");
    drop(stdin);
    let output = process.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{program}: {output:?}");
    match output.stdout.trim_ascii() {
        b"yes" => true,
        b"no" => false,
        other => panic!("{program} says {other:?}"),
    }
}

/// Two deliveries of the program: before a rotation, and after it.
async fn deliveries() -> ([String; 2], [Received; 2]) {
    let hooks = Hooks::start(StatusCode::NO_CONTENT, std::time::Duration::ZERO).await;
    let program = Program::new();
    let (project, key) = program.project();
    let (webhook, old) = program.webhook(&project, &hooks.url);
    let server = program.serve(&[]);
    let send = |count| {
        program.stdout(&["webhook", "test", &webhook]);
        eventually("a delivery", || hooks.received().get(count).cloned())
    };
    let before = send(0);
    let client = server.client(&key);
    let rotated = client.rotate_webhook_secret(&webhook).send().await;
    let new = rotated.expect("it is rotated").secret;
    let after = send(1);
    ([old, new.expose().to_owned()], [before, after])
}

#[tokio::test(flavor = "multi_thread")]
async fn others_verify_what_the_service_sends() {
    let verifiers = verifiers();
    if verifiers.is_empty() {
        return;
    }
    let ([old, new], [before, after]) = deliveries().await;
    for verifier in verifiers {
        let check = |secret: &str, delivery: &Received| {
            let signature = delivery.header("anchor-signature");
            let timestamp = delivery.header("anchor-timestamp");
            let genuine = ask(verifier, secret, signature, timestamp, &delivery.body);
            let mut body = delivery.body.to_vec();
            body.push(b' ');
            let changed = ask(verifier, secret, signature, timestamp, &body);
            assert!(!changed, "{} accepts another body", verifier.0);
            genuine
        };
        assert!(check(&old, &before), "{}: old, before", verifier.0);
        assert!(!check(&new, &before), "{}: new, before", verifier.0);
        // For a day after the rotation, either secret will do.
        assert!(check(&old, &after), "{}: old, after", verifier.0);
        assert!(check(&new, &after), "{}: new, after", verifier.0);
        let third = "0".repeat(64);
        assert!(!check(&third, &after), "{}: another", verifier.0);
    }
}

/// Bodies that no event has, but that are bytes like all others.
#[test]
fn others_sign_the_bytes_as_they_are() {
    let secret = SigningSecret::mint().expect("there is randomness");
    for verifier in verifiers() {
        for body in [
            b"".as_slice(),
            b"\0",
            b"a\r\nb\n",
            b"\xff\xfe\xc3",
            "ü".as_bytes(),
        ] {
            let signature = sign(&[&secret], 1_716_544_084, body);
            let answer = ask(verifier, secret.expose(), &signature, "1716544084", body);
            assert!(answer, "{}: {body:?}", verifier.0);
        }
    }
}
