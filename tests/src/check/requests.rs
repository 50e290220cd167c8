//! The requests of an operation: what the client sends, and what the server takes.

use anchor_webhooks::client::{Client, Recorded, Recorder};
use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use openapiv3::{Parameter, ParameterSchemaOrContent, PathItem};
use serde_json::Value;
use tower::ServiceExt;

use super::Mismatches;
use super::operations::Subject;
use super::security::Carrier;
use crate::registry::{self, Arguments, block_on};
use crate::shape::{Kind, Shape};
use crate::stub::{KEY, Seen, Stub};

/// Text that is fine in a path only when it is encoded.
const AWKWARD: &str = "a/b ?#%2e\u{e9}";

/// The headers of a request: names and values.
pub(super) type Headers = Vec<(String, String)>;

/// Checks the requests of an operation. Gives the headers that let a request in, unless requests
/// are not made as the document says.
pub(super) fn check(subject: &Subject<'_>, mismatches: &mut Mismatches) -> Option<Headers> {
    let place = subject.place();
    let before = mismatches.0.len();
    if subject.operation.request_body.is_some() {
        mismatches.add(&place, "the crate sends no request body");
    }
    let carrier = Carrier::of(subject);
    let arguments = arguments(subject);
    let (carrier, arguments) = match (carrier, arguments) {
        (Ok(carrier), Ok(arguments)) => (carrier, arguments),
        (carrier, arguments) => {
            let problems = [carrier.err(), arguments.err()];
            for problem in problems.into_iter().flatten() {
                mismatches.add(&place, problem);
            }
            return None;
        }
    };
    check_client(subject, &carrier, &arguments, mismatches);
    check_server(subject, &carrier, &arguments, mismatches);
    (mismatches.0.len() == before).then(|| carrier.headers(KEY))
}

/// A value for each parameter. All of them are in the path, for now.
fn arguments(subject: &Subject<'_>) -> Result<Arguments, String> {
    let mut arguments = Arguments::new();
    for parameter in &subject.parameters {
        let data = parameter.parameter_data_ref();
        let name = &data.name;
        let Parameter::Path { .. } = parameter else {
            return Err(format!(
                "the client has no parameter `{name}` outside of the path"
            ));
        };
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return Err(format!(
                "the parameter `{name}` with a media type is not compared"
            ));
        };
        let shape = Shape::read(subject.document, schema)
            .map_err(|problem| format!("the parameter `{name}`: {problem}"))?;
        match &shape.kind {
            Kind::Text { format, values, .. } if format.is_empty() && values.is_empty() => {}
            other => {
                return Err(format!(
                    "the crate takes any text for `{name}`, not {other:?}"
                ));
            }
        }
        arguments.insert(name.clone(), format!("{name} {AWKWARD}"));
    }
    let ours = subject.entry.parameters;
    if arguments.len() != ours.len() || !ours.iter().all(|name| arguments.contains_key(*name)) {
        let declared: Vec<_> = arguments.keys().collect();
        return Err(format!(
            "the parameters are {declared:?}, but the client has {ours:?}"
        ));
    }
    Ok(arguments)
}

/// The path with its arguments, by the document.
fn path(subject: &Subject<'_>, arguments: &Arguments) -> String {
    let mut path = subject.path.to_owned();
    for (name, value) in arguments {
        path = path.replace(&format!("{{{name}}}"), &encode(value));
    }
    path
}

/// RFC 3986, by hand: the crate's own encoder is what is checked.
fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn check_client(
    subject: &Subject<'_>,
    carrier: &Carrier,
    arguments: &Arguments,
    mismatches: &mut Mismatches,
) {
    let place = subject.place();
    let recorder = Recorder::new();
    let mut builder = Client::builder().transport(recorder.clone());
    if let Carrier::Header { scheme, .. } = carrier {
        let Some(with_key) = registry::credential(scheme) else {
            return mismatches.add(place, format!("the client takes no key for `{scheme}`"));
        };
        builder = with_key(builder, KEY);
    } else {
        // A key that the client happens to have is not for operations that anybody may call.
        builder = builder.api_key(KEY);
    }
    let client = builder.build().expect("the settings are right");
    (subject.entry.call)(&client, arguments);
    let [request] = recorder
        .requests()
        .try_into()
        .unwrap_or_else(|requests: Vec<_>| {
            panic!("{} requests for one call", requests.len());
        });
    let base = subject
        .document
        .servers
        .first()
        .map_or("", |server| &server.url);
    let expected = format!("{base}{}", path(subject, arguments));
    if request.uri.to_string() != expected {
        let problem = format!("the client asks for {}, not {expected}", request.uri);
        mismatches.add(&place, problem);
    }
    if request.method.as_str() != subject.method {
        mismatches.add(&place, format!("the client sends a {}", request.method));
    }
    if !request.body.is_empty() {
        mismatches.add(&place, "the client sends a body that is not declared");
    }
    check_headers(subject, carrier, &request, mismatches);
}

fn check_headers(
    subject: &Subject<'_>,
    carrier: &Carrier,
    request: &Recorded,
    mismatches: &mut Mismatches,
) {
    let place = subject.place();
    let mut expected = carrier.headers(KEY);
    let mut accepted: Vec<&str> = Vec::new();
    for response in subject.operation.responses.responses.values() {
        let types = response
            .as_item()
            .into_iter()
            .flat_map(|one| one.content.keys());
        types.for_each(|one| {
            if !accepted.contains(&one.as_str()) {
                accepted.push(one);
            }
        });
    }
    expected.push(("accept".to_owned(), accepted.join(", ")));
    for (name, value) in &expected {
        let found: Vec<_> = request.headers.get_all(name).iter().collect();
        if found.len() != 1 || found[0] != value.as_str() {
            let problem = format!("the client does not send `{name}: {value}` once");
            mismatches.add(&place, problem);
        }
    }
    for (name, value) in &request.headers {
        let is_key = value.as_bytes() == KEY.as_bytes();
        if is_key
            && expected
                .iter()
                .all(|(expected, _)| name != expected.as_str())
        {
            mismatches.add(&place, format!("the client sends its key as `{name}`"));
        }
    }
}

fn check_server(
    subject: &Subject<'_>,
    carrier: &Carrier,
    arguments: &Arguments,
    mismatches: &mut Mismatches,
) {
    let place = subject.place();
    let target = path(subject, arguments);
    let stub = Stub::new(0, Value::Null);
    for (what, headers) in carrier.refused() {
        let status = send(&stub.router(), &subject.method, &target, &headers).status();
        if status != StatusCode::UNAUTHORIZED || !stub.seen().is_empty() {
            mismatches.add(&place, format!("the server answers {status} {what}"));
        }
    }
    let headers = carrier.headers(KEY);
    let status = send(&stub.router(), &subject.method, &target, &headers).status();
    let expected = Seen {
        operation: subject.entry.id,
        arguments: arguments.clone(),
    };
    if stub.seen() != [expected] {
        let seen = stub.seen();
        let problem = format!("the server answers {status}, and the handler saw {seen:?}");
        mismatches.add(&place, problem);
    }
}

/// The response to a request that is made by hand.
pub(super) fn send(
    router: &Router,
    method: &str,
    target: &str,
    headers: &[(String, String)],
) -> http::Response<Body> {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::empty()).expect("a request");
    match block_on(router.clone().oneshot(request)) {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Every method that a path does not have is answered with the ones that it has.
pub(super) fn check_methods(path: &str, item: &PathItem, mismatches: &mut Mismatches) {
    let mut allowed: Vec<String> = item
        .iter()
        .map(|(method, _)| method.to_uppercase())
        .collect();
    // Whoever answers GET answers HEAD too.
    if allowed.iter().any(|method| method == "GET") && allowed.iter().all(|one| one != "HEAD") {
        allowed.push("HEAD".to_owned());
    }
    allowed.sort();
    let target = path.replace(['{', '}'], "x");
    let router = Stub::new(0, Value::Null).router();
    for method in [
        "GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "TRACE", "OPTIONS", "BREW",
    ] {
        if allowed.iter().any(|one| one == method) {
            continue;
        }
        let expected = match method {
            "OPTIONS" => StatusCode::NO_CONTENT,
            _ => StatusCode::METHOD_NOT_ALLOWED,
        };
        let response = send(&router, method, &target, &[]);
        let allow = response.headers().get("allow");
        let allow = allow
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut found: Vec<_> = allow.split(',').map(str::trim).collect();
        found.sort_unstable();
        if response.status() != expected || found != allowed {
            let status = response.status();
            let problem = format!("{method} is answered with {status} and `Allow: {allow}`");
            mismatches.add(path, problem);
        }
    }
}
