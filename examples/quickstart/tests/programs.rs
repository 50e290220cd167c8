//! Runs the two programs against each other, as a user would.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A running server on a free port, which ends with the test.
struct Server {
    process: Child,
    /// Kept open, because the server goes on to print.
    _stdout: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_server"))
            .arg("0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut line = String::new();
        let read = stdout.read_line(&mut line);
        read.expect("the server says where it listens");
        let url = line.trim().strip_prefix("Listening on ");
        let url = url.expect("its first line is the address").to_owned();
        Self {
            process,
            _stdout: stdout,
            url,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn client(base_url: &str, key: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_client"))
        .env("ANCHOR_BASE_URL", base_url)
        .env("ANCHOR_API_KEY", key)
        .output()
        .expect("the client runs")
}

#[test]
fn the_client_talks_to_the_server() {
    let server = Server::start();
    let output = client(&server.url, "local-key");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("it prints text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "send: Secret([redacted]) of wh_1",
            "send: 64 characters",
            "send_response: 200 OK, Some(\"application/json\")",
            "send_response: WebhookPublic { id: \"wh_1\", \
             project_id: 5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197, \
             url: \"https://example.com/hooks\", description: None, \
             subscribed_events: [TaskCompleted], enabled: true, \
             created_at: None, updated_at: None }",
        ]
    );
    assert_eq!(
        lines[4..],
        ["send_outcome: not found, There is no such webhook."]
    );
}

#[test]
fn a_wrong_key_and_a_missing_server_are_errors() {
    let server = Server::start();
    let output = client(&server.url, "wrong-key");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: rotateWebhookSecret (POST /v1/webhooks/{id}/rotate-secret) answered \
         401 Unauthorized, which the document does not declare\n"
    );
    assert_eq!(output.status.code(), Some(1));

    let url = server.url.clone();
    drop(server);
    let output = client(&url, "local-key");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: rotateWebhookSecret (POST /v1/webhooks/{id}/rotate-secret): \
         cannot connect to the server (another try may help)\n"
    );
}
