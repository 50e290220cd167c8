//! The commands, as a person or a script runs them.

mod common;

use std::fs;

use common::program::{Program, value};

const URL: &str = "https://example.com/hooks";

fn create(program: &Program, project: &str, more: &[&str]) -> Result<String, String> {
    let arguments = [&["webhook", "create", "--project", project], more].concat();
    let output = program.run(&arguments);
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    if output.status.success() {
        Ok(text(output.stdout))
    } else {
        assert_eq!(output.stdout, b"");
        Err(text(output.stderr))
    }
}

#[test]
fn a_project_has_a_key_and_a_webhook_has_a_secret() {
    let program = Program::new();
    let (project, key) = program.project();
    assert_eq!(project.len(), 36);
    assert!(key.starts_with("ak_") && key.len() == 67, "{key}");
    let (webhook, secret) = program.webhook(&project, URL);
    assert!(webhook.starts_with("wh_"), "{webhook}");
    let digits = secret
        .bytes()
        .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    assert!(secret.len() == 64 && digits, "{secret}");
}

#[test]
fn what_is_printed_once_is_never_the_same() {
    let program = Program::new();
    let (first, second) = (program.project(), program.project());
    assert!(first.0 != second.0 && first.1 != second.1);
    let (one, two) = (
        program.webhook(&first.0, URL),
        program.webhook(&first.0, URL),
    );
    assert!(one.0 != two.0 && one.1 != two.1);
}

#[test]
fn webhooks_are_listed_by_project_and_shown_without_their_secrets() {
    let program = Program::new();
    let (ours, _) = program.project();
    let (theirs, _) = program.project();
    let (first, _) = program.webhook(&ours, URL);
    let more = [
        "--url",
        "https://example.com/second?a=1",
        "--event",
        "task.failed",
        "--event",
        "batch.completed",
        "--description",
        "Naïve\u{301}",
    ];
    let printed = create(&program, &ours, &more).expect("it is made");
    let second = value(&printed, "webhook");
    let (third, _) = program.webhook(&theirs, URL);

    let line = |id: &str, project: &str, url: &str| format!("{id} {project} enabled {url}\n");
    let list = [
        line(&first, &ours, URL),
        line(&second, &ours, "https://example.com/second?a=1"),
        line(&third, &theirs, URL),
    ];
    assert_eq!(program.stdout(&["webhook", "list"]), list.concat());
    let ours_only = program.stdout(&["webhook", "list", "--project", &ours]);
    assert_eq!(ours_only, list[..2].concat());

    let shown = program.stdout(&["webhook", "show", &second]);
    let names: Vec<_> = shown
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let expected = [
        "webhook",
        "project",
        "url",
        "description",
        "events",
        "enabled",
        "created",
        "updated",
    ];
    assert_eq!(names, expected);
    assert_eq!(value(&shown, "events"), "task.failed batch.completed");
    assert_eq!(value(&shown, "description"), "Naïve\u{301}");
    assert_eq!(value(&shown, "enabled"), "true");
}

#[test]
fn what_the_document_does_not_allow_is_refused() {
    let program = Program::new();
    let (project, _) = program.project();
    let (event, url) = (["--event", "task.completed"], ["--url", URL]);
    let long = "é".repeat(257);
    let refused = [
        (["--url", "http://example.com/"], event, vec![]),
        (["--url", "http://127.0.0.1:1/"], event, vec![]),
        (["--url", "https://127.0.0.1/"], event, vec![]),
        (["--url", "https://user:word@example.com/"], event, vec![]),
        (["--url", "not a URL"], event, vec![]),
        (url, ["--event", "task.unheard"], vec![]),
        (url, event, vec!["--description", &long]),
    ];
    for (url, event, more) in refused {
        let more = [&url[..], &event[..], &more].concat();
        let error = create(&program, &project, &more).expect_err("it is refused");
        assert!(error.starts_with("error: "), "{more:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{more:?}: {error}");
    }
    let (event, url) = (&event[..], &url[..]);
    let unknown = "00000000-0000-4000-8000-000000000000";
    let error = create(&program, unknown, &[url, event].concat());
    assert_eq!(error, Err("error: there is no such project\n".to_owned()));
    assert!(create(&program, &project, url).is_err(), "no events");
    assert_eq!(program.stdout(&["webhook", "list"]), "", "nothing was made");

    let longest = "é".repeat(256);
    let allowed = [url, event, &["--description", &longest]].concat();
    create(&program, &project, &allowed).expect("it is just short enough");
}

#[test]
fn nothing_is_sent_to_a_webhook_that_is_disabled() {
    let program = Program::new();
    let (project, _) = program.project();
    let (webhook, _) = program.webhook(&project, URL);
    let (other, _) = program.webhook(&project, URL);
    program.stdout(&["webhook", "test", &webhook]);
    assert_eq!(program.stdout(&["webhook", "disable", &webhook]), "");
    let shown = program.stdout(&["webhook", "show", &webhook]);
    assert_eq!(value(&shown, "enabled"), "false");
    let events = program.stdout(&["events", "--webhook", &webhook]);
    assert!(
        events.ends_with("failed 0 - the webhook is disabled\n"),
        "{events}"
    );
    let error = program.failure(&["webhook", "test", &webhook]);
    assert_eq!(error, "error: the webhook is disabled\n");

    let published = program.stdout(&["publish", &project, "task.completed"]);
    assert_eq!(value(&published, "webhooks"), "1");
    let event = value(&published, "event");
    let events = program.stdout(&["events", "--webhook", &other]);
    assert!(events.contains(&event), "{events}");
    assert!(events.ends_with("pending 0 - -\n"), "{events}");

    program.stdout(&["webhook", "enable", &webhook]);
    let published = program.stdout(&["publish", &project, "task.completed"]);
    assert_eq!(value(&published, "webhooks"), "2");
    let published = program.stdout(&["publish", &project, "task.failed"]);
    assert_eq!(value(&published, "webhooks"), "0");
}

#[test]
fn what_is_not_there_is_said_not_to_be() {
    let program = Program::new();
    let (project, _) = program.project();
    for command in ["show", "disable", "enable", "test"] {
        let error = program.failure(&["webhook", command, "wh_unknown"]);
        assert_eq!(error, "error: there is no such webhook\n", "{command}");
    }
    let error = program.failure(&["publish", &project, "task.unheard"]);
    assert_eq!(error, "error: there is no such type of event\n");
}

#[test]
fn the_key_is_the_one_that_the_database_is_sealed_with() {
    let program = Program::new();
    program.project();
    let with_key = |key: Option<&str>| {
        let mut command = program.command();
        match key {
            Some(key) => command.env("WEBHOOK_SERVICE_KEY", key),
            None => command.env_remove("WEBHOOK_SERVICE_KEY"),
        };
        let output = command.args(["webhook", "list"]).output();
        let output = output.expect("the program starts");
        assert!(!output.status.success());
        String::from_utf8(output.stderr).expect("it prints text")
    };
    let error = with_key(Some(&"ab".repeat(32)));
    assert!(error.contains("sealed with another key"), "{error}");
    let error = with_key(Some("short"));
    assert!(error.contains("64 hexadecimal digits"), "{error}");
    assert!(!error.contains("short"), "{error}");
    let error = with_key(None);
    assert!(error.contains("WEBHOOK_SERVICE_KEY"), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let program = Program::new();
    fs::write(
        program.path(),
        "These are words of a person, and no database.",
    )
    .expect("there is room");
    let error = program.failure(&["webhook", "list"]);
    assert!(error.contains("not a database"), "{error}");
    let left = fs::read_to_string(program.path()).expect("it is there");
    assert!(left.starts_with("These are words"), "{left}");
}

#[test]
fn there_is_one_server_for_a_database() {
    let program = Program::new();
    let server = program.serve(&[]);
    // Were it not for the database, it would fail for the address.
    let address = server.address.to_string();
    let error = program.failure(&["serve", "--listen", &address]);
    assert_eq!(error, "error: another server uses this database\n");
    server.kill();
    let (status, log) = program.serve(&[]).stop();
    assert!(status.success(), "{log}");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_database() {
    use std::os::unix::fs::PermissionsExt;

    let program = Program::new();
    program.project();
    let server = program.serve(&[]);
    for ending in ["", "-wal", "-shm"] {
        let path = format!("{}{ending}", program.path().display());
        let mode = fs::metadata(&path).expect(&path).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
    server.kill();
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let program = Program::new();
    let path = program.path().join("nowhere").display().to_string();
    let error = program.failure(&["webhook", "list", "--db", &path]);
    assert!(error.contains("the database cannot be made"), "{error}");
}
