//! `rig reach`: calls every operation of the server in this process, and prints which were reached and
//! which calls ended as the document says. `rig serve PORT`: serves. `rig call URL`: calls every operation
//! of another server. The exit code is 1 if a call did not end as it should.

mod calls;
mod handlers;

use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use api::client::{Client, Error, InProcess, Response as Reply};
use api::runtime::server::{ApiKey, BasicCredentials, BearerToken};
use axum::response::{IntoResponse, Response};

/// What is shown for every security scheme.
pub const SECRET: &str = "secret-of-the-rig";

/// How a call ended: with a declared outcome of this status, or not.
pub type Ended = Result<u16, String>;

/// A call of an operation.
pub struct Call {
    pub id: &'static str,
    pub is_served: bool,
    pub call: fn(&Client) -> Pin<Box<dyn Future<Output = Ended> + Send + '_>>,
}

/// A server that knows which of its operations were reached.
#[derive(Clone, Default)]
pub struct Stub {
    reached: Arc<Mutex<Vec<&'static str>>>,
}

/// Notes that an operation was reached, and answers.
pub fn answer<T>(
    stub: &Stub,
    id: &'static str,
    answer: impl FnOnce() -> Result<T, String>,
) -> Ready<Result<T, Undeclared>> {
    stub.reached.lock().expect("the list").push(id);
    ready(answer().map_err(Undeclared))
}

/// Why there is no answer.
pub struct Undeclared(String);

impl From<api::server::Problem> for Undeclared {
    fn from(problem: api::server::Problem) -> Self {
        Self(problem.detail().to_owned())
    }
}

impl IntoResponse for Undeclared {
    fn into_response(self) -> Response {
        (http::StatusCode::NOT_IMPLEMENTED, self.0).into_response()
    }
}

/// A value of JSON.
pub fn made<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = api::runtime::json::from_slice(text.as_bytes());
    value.map_err(|error| format!("a made value was refused: {error}: {text}"))
}

/// Headers with one more, which has a value of JSON.
pub fn with_header(
    mut headers: http::HeaderMap,
    name: &'static str,
    style: api::runtime::param::Style,
    text: &str,
) -> Result<http::HeaderMap, String> {
    let value: serde_json::Value = made(text)?;
    let done = api::runtime::headers::set(&mut headers, name, style, &value);
    done.map_err(|error| error.to_string())?;
    Ok(headers)
}

/// How a call ended.
pub fn ended<T>(result: Result<Reply<T>, Error>) -> Ended {
    match result {
        Ok(reply) => Ok(reply.status.as_u16()),
        Err(Error::Unexpected(raw)) => Err(format!(
            "{}: {}",
            raw.status,
            String::from_utf8_lossy(&raw.body)
        )),
        Err(error) => Err(error.to_string()),
    }
}

/// What a client shows for a security scheme.
pub trait Shown {
    fn is_secret(&self) -> bool;
}

impl Shown for ApiKey<'_> {
    fn is_secret(&self) -> bool {
        self.expose() == SECRET
    }
}

impl Shown for BearerToken<'_> {
    fn is_secret(&self) -> bool {
        self.expose() == SECRET
    }
}

impl Shown for BasicCredentials<'_> {
    fn is_secret(&self) -> bool {
        let decoded = self.decode();
        decoded.is_some_and(|(_, password)| password.expose() == SECRET)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["reach"] => reach().await,
        ["serve", port] => serve(port).await,
        ["call", url] => call(url).await,
        _ => {
            eprintln!("Usage: rig reach | serve PORT | call URL");
            ExitCode::from(2)
        }
    }
}

async fn reach() -> ExitCode {
    let stub = Stub::default();
    let client = calls::builder("http://localhost")
        .transport(InProcess::new(handlers::router(stub.clone())))
        .build()
        .expect("a client");
    let (mut all, mut reached, mut declared) = (0, 0, 0);
    for call in calls::CALLS.iter().copied().flatten().filter(|it| it.is_served) {
        all += 1;
        stub.reached.lock().expect("the list").clear();
        let ended = (call.call)(&client).await;
        let got_there = *stub.reached.lock().expect("the list") == [call.id];
        reached += usize::from(got_there);
        match ended {
            Ok(_) => declared += 1,
            Err(problem) if got_there => println!("{}: reached, but {problem}", call.id),
            Err(problem) => println!("{}: NOT REACHED: {problem}", call.id),
        }
    }
    println!("{all} operations, {reached} reached, {declared} answered as declared");
    ExitCode::from(u8::from(reached < all || declared < all))
}

async fn serve(port: &str) -> ExitCode {
    let address = format!("127.0.0.1:{port}");
    let listener = match tokio::net::TcpListener::bind(&address).await {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("error: {address}: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("serving {address}");
    match axum::serve(listener, handlers::router(Stub::default())).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

async fn call(url: &str) -> ExitCode {
    let client = calls::builder(url).build().expect("a client");
    let (mut all, mut declared) = (0, 0);
    for call in calls::CALLS.iter().copied().flatten() {
        all += 1;
        match (call.call)(&client).await {
            Ok(_) => declared += 1,
            Err(problem) => println!("{}: {problem}", call.id),
        }
    }
    println!("{all} operations called, {declared} answered as declared");
    ExitCode::from(u8::from(declared < all))
}
