//! The program itself: its commands and its server, as a user runs them.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anchor_webhooks::client::Client;
use tempfile::TempDir;
use webhook_service::clock::SystemClock;
use webhook_service::store::Store;

use super::{KEY, folder, open};

/// How long a test waits for what takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until something is there.
pub(crate) fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what} does not happen");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A database that the program works on.
pub(crate) struct Program {
    folder: TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self { folder: folder() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("db")
    }

    /// The database, as another process sees it.
    pub(crate) fn store(&self) -> Arc<Store> {
        open(&self.path(), Arc::new(SystemClock))
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-service"));
        command
            .env("WEBHOOK_SERVICE_KEY", KEY)
            .env("WEBHOOK_SERVICE_DB", self.path())
            .env_remove("WEBHOOK_SERVICE_CLOCK_FILE")
            .env_remove("WEBHOOK_SERVICE_LOG");
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command().args(arguments).output();
        output.expect("the program starts")
    }

    /// What a command that succeeds prints.
    pub(crate) fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("it prints text")
    }

    /// What a command that fails says.
    pub(crate) fn failure(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
        String::from_utf8(output.stderr).expect("it prints text")
    }

    /// The id of a new project, and its API key.
    pub(crate) fn project(&self) -> (String, String) {
        let printed = self.stdout(&["project", "create", "Test"]);
        (value(&printed, "project"), value(&printed, "api-key"))
    }

    /// The id of a new webhook, and its secret.
    pub(crate) fn webhook(&self, project: &str, url: &str) -> (String, String) {
        let printed = self.stdout(&[
            "webhook",
            "create",
            "--allow-http-loopback",
            "--project",
            project,
            "--url",
            url,
            "--event",
            "task.completed",
        ]);
        (value(&printed, "webhook"), value(&printed, "secret"))
    }

    /// Starts the server, with more in its environment.
    pub(crate) fn serve(&self, environment: &[(&str, &str)]) -> Server {
        let mut process = self
            .command()
            .args(["serve", "--listen", "127.0.0.1:0", "--allow-http-loopback"])
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = process.stderr.take().expect("it is piped");
        let reader = std::thread::spawn({
            let log = log.clone();
            move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.push_str(&line);
                    log.push('\n');
                }
            }
        });
        let mut line = String::new();
        let mut stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        stdout.read_line(&mut line).expect("it says where it is");
        let Some(url) = line.trim().strip_prefix("listening http://") else {
            panic!("{line:?}: {log:?}");
        };
        Server {
            address: url.parse().expect("it is an address"),
            process,
            log,
            reader: Some(reader),
        }
    }
}

/// The value of a line that starts with this name.
pub(crate) fn value(printed: &str, name: &str) -> String {
    let mut lines = printed.lines().filter_map(|line| line.split_once(' '));
    let found = lines.find(|(it, _)| *it == name);
    let (_, value) = found.unwrap_or_else(|| panic!("there is no {name} in {printed:?}"));
    value.to_owned()
}

/// A running server, which is killed when dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn client(&self, key: &str) -> Client {
        let url = format!("http://{}", self.address);
        let builder = Client::builder().base_url(url).api_key(key);
        builder.build().expect("the settings are fine")
    }

    pub(crate) fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Kills it with SIGKILL, so that nothing of it runs any more; gives its log.
    pub(crate) fn kill(mut self) -> String {
        self.process.kill().expect("it is running");
        self.process.wait().expect("it ends");
        self.read_all()
    }

    /// Tells it to stop, and waits until it has; gives its log.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        let id = self.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("there is such a command").success());
        let status = self.process.wait().expect("it ends");
        (status, self.read_all())
    }

    fn read_all(&mut self) -> String {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("it reads to the end");
        }
        self.log()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
