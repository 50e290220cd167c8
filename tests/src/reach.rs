//! Whether the requests of a client get where they belong: the routes of any document, without
//! compiling its crate.
//!
//! Routing and the making of paths are fixed code, so the IR of a document is enough. Every operation
//! that a server has goes into one router, and the client of the runtime sends a request for each, with
//! made values in its path. `cargo run -p conformance --bin reach` is the way in.

mod values;

use std::fmt;
use std::ops::AddAssign;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::IntoResponse;
use camino::Utf8Path;
use http::StatusCode;
use oarlock::config::Config;
use oarlock::source::{Sources, decode};
use oarlock::{Phase, cli};
use oarlock_runtime::client::{Client, ClientBuilder};
use oarlock_runtime::in_process::InProcess;
use oarlock_runtime::operation::Operation;
use oarlock_runtime::param::Style;
use oarlock_runtime::server::Routes;
use serde_json::Value;

use crate::registry::block_on;

/// How many members of an enum are tried. Where a member is spelt like the literal of another template,
/// as in `/{kind}/{id}` beside `/sparse/{id}`, the request is for the other one, as OpenAPI has it.
const TURNS: usize = 3;

/// What became of the operations of a document, or of several.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The operations that the document declares.
    pub declared: usize,
    /// Those that are generated. The generator warns of the others.
    pub generated: usize,
    /// Those of them that only a client has, because a server cannot tell their requests from those of
    /// another operation (T10). The generator warns of these, too.
    pub client_only: usize,
    /// Those that the request of a client reached.
    pub reached: usize,
    /// Those that it did not reach, and why.
    pub lost: Vec<String>,
}

impl AddAssign for Reached {
    fn add_assign(&mut self, other: Self) {
        self.declared += other.declared;
        self.generated += other.generated;
        self.client_only += other.client_only;
        self.reached += other.reached;
        self.lost.extend(other.lost);
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            declared,
            generated,
            client_only,
            reached,
            lost,
        } = self;
        write!(
            f,
            "{reached} reached, {} not, {client_only} of clients only; {generated} of {declared} generated",
            lost.len()
        )
    }
}

/// Calls every operation of a document once.
///
/// # Errors
///
/// The document cannot be read, or the generator finds errors in it that leave nothing to go on with:
/// their text.
pub fn reach(path: &Utf8Path) -> Result<Reached, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let text = decode(path.as_str(), bytes)?;
    let sources = cli::add_referred(Sources::new(path.as_str(), text), path);
    let config = Config {
        keep_going: true,
        ..Config::default()
    };
    let api = oarlock::inspect(&sources, &config, Phase::Lower)
        .map_err(|findings| findings.render(&sources, false))?;
    let api: Value = serde_json::from_str(&api).map_err(|error| error.to_string())?;
    Ok(call_each(&api))
}

/// The operation that the last request got to.
type Last = Mutex<Option<&'static Operation>>;

fn call_each(api: &Value) -> Reached {
    let operations = api["operations"].as_array().into_iter().flatten();
    // A webhook goes to a URL that somebody gave.
    let operations: Vec<&Value> = operations.filter(|it| it["hook"].is_null()).collect();
    let all = operations.len();
    let served: Vec<(&Value, &'static Operation)> = operations
        .into_iter()
        .filter(|it| it["client_only"] != true)
        .map(|it| (it, operation(it)))
        .collect();
    let last: Arc<Last> = Arc::default();
    let mut routes = Routes::new(Arc::clone(&last));
    for (_, operation) in &served {
        let operation = *operation;
        routes = routes.on(operation, move |last: Arc<Arc<Last>>, _| async move {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(operation);
            Ok(StatusCode::NO_CONTENT.into_response())
        });
    }
    let router = routes.into_router(|problem| problem.respond("application/json", &Value::Null));
    let client = ClientBuilder::new("http://localhost")
        .transport(InProcess::new(router))
        .build();
    let mut reached = Reached {
        declared: count(&api["declared_operations"]),
        generated: all,
        client_only: all - served.len(),
        ..Reached::default()
    };
    let client = match client {
        Ok(client) => client,
        Err(error) => {
            reached.lost.push(error.to_string());
            return reached;
        }
    };
    for (declared, operation) in served {
        let mut tries = (0..TURNS).map(|turn| {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = None;
            let outcome = call(&client, api, declared, operation, turn);
            let last = *last.lock().unwrap_or_else(PoisonError::into_inner);
            verdict(operation, outcome, last)
        });
        let first = tries.next().unwrap_or(Ok(()));
        match first.or_else(|problem| tries.find_map(Result::ok).ok_or(problem)) {
            Ok(()) => reached.reached += 1,
            Err(problem) => reached.lost.push(problem),
        }
    }
    reached
}

/// Whether a request got to its operation, or why not.
fn verdict(
    operation: &'static Operation,
    outcome: Result<u16, String>,
    last: Option<&'static Operation>,
) -> Result<(), String> {
    match (outcome, last) {
        (Ok(_), Some(it)) if std::ptr::eq(it, operation) => Ok(()),
        (Ok(_), Some(it)) => Err(format!("{operation} is taken for {it}")),
        (Ok(status), None) => Err(format!("{operation} is answered with {status}")),
        (Err(problem), _) => Err(format!("{operation} is not sent: {problem}")),
    }
}

/// Sends the request of an operation, and gives the status of the answer.
fn call(
    client: &Client,
    api: &Value,
    declared: &Value,
    operation: &'static Operation,
    turn: usize,
) -> Result<u16, String> {
    let mut call = client.call(operation);
    for parameter in declared["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = values::of(api, &parameter["ty"], turn);
        call.path(name, style(&parameter["style"]), &value);
    }
    match block_on(call.send()) {
        Ok(reply) => Ok(reply.status()),
        Err(error) => Err(error.to_string()),
    }
}

/// An operation for as long as the process lives, which is that of a program or a test.
fn operation(declared: &Value) -> &'static Operation {
    let leak = |value: &Value| -> &'static str {
        String::leak(value.as_str().unwrap_or_default().to_owned())
    };
    let (method, path) = (leak(&declared["method"]), leak(&declared["path"]));
    let id = match &declared["id"] {
        Value::Null => path,
        id => leak(id),
    };
    Box::leak(Box::new(Operation {
        id,
        method,
        path,
        security: &[],
    }))
}

/// The style of a path parameter.
fn style(declared: &Value) -> Style {
    let kind = declared["kind"].as_str().unwrap_or_default();
    let style = match (kind, declared["explode"] == true) {
        ("Label", false) => Style::LABEL,
        ("Label", true) => Style::LABEL_EXPLODED,
        ("Matrix", false) => Style::MATRIX,
        ("Matrix", true) => Style::MATRIX_EXPLODED,
        ("Json", _) => Style::JSON,
        (_, true) => Style::SIMPLE_EXPLODED,
        (_, false) => Style::SIMPLE,
    };
    if declared["reserved"] == true {
        style.reserved()
    } else {
        style
    }
}

fn count(value: &Value) -> usize {
    let count = value.as_u64().unwrap_or_default();
    usize::try_from(count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use camino::Utf8PathBuf;

    use super::{Reached, reach};
    use crate::project::root;

    fn case(name: &str) -> Reached {
        let path: Utf8PathBuf = root().join("tests/cases").join(name).join("openapi.yaml");
        reach(&path).expect("the document is right")
    }

    #[test]
    fn every_operation_of_a_case_is_reached() {
        for name in ["routes", "parameters", "service", "tags"] {
            let case = case(name);
            assert_eq!(case.lost, Vec::<String>::new(), "{name}");
            assert!(case.reached > 0, "{name}");
        }
    }

    /// A judge that never complains proves nothing.
    #[test]
    fn an_operation_that_is_hidden_is_lost() {
        let api = serde_json::json!({
            "declared_operations": 2,
            "operations": [
                { "id": "first", "method": "GET", "path": "/a/{x}", "parameters": [parameter("x")] },
                { "id": "second", "method": "GET", "path": "/a/{y}", "parameters": [parameter("y")] },
            ],
        });
        let reached = super::call_each(&api);
        assert_eq!(reached.reached, 1);
        assert_eq!(
            reached.lost,
            ["second (GET /a/{y}) is taken for first (GET /a/{x})"]
        );
    }

    fn parameter(name: &str) -> serde_json::Value {
        serde_json::json!({ "name": name, "ty": { "kind": { "String": "Plain" } } })
    }
}
