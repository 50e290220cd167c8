//! The responses of an operation: which the client takes for declared, and which the server gives.

use std::collections::BTreeMap;

use anchor_webhooks::client::{Body, Client, Recorder};
use axum::body::to_bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use openapiv3::{OpenAPI, ReferenceOr, Response};
use serde_json::Value;

use super::operations::Subject;
use super::requests::{Headers, send};
use super::{Mismatches, values};
use crate::registry::{Arguments, Called, Codec, OperationEntry, block_on, operations};
use crate::shape::Shape;
use crate::stub::{KEY, Stub, UNDECLARED};

/// What a header of a response is set to.
const HEADER: &str = "7";

/// Checks every status, and the responses that are declared. Requests with the headers `let_in`
/// reach the handler.
pub(super) fn check(subject: &Subject<'_>, let_in: &Headers, mismatches: &mut Mismatches) {
    let place = subject.place();
    let responses = &subject.operation.responses;
    if responses.default.is_some() {
        mismatches.add(&place, "a response `default` is not compared");
    }
    let mut declared = BTreeMap::new();
    for (status, response) in &responses.responses {
        match (status, response) {
            (openapiv3::StatusCode::Code(status), ReferenceOr::Item(response)) => {
                declared.insert(*status, response);
            }
            _ => mismatches.add(&place, format!("the response `{status}` is not compared")),
        }
    }
    for status in 200..600 {
        let place = format!("{place} {status}");
        match declared.get(&status) {
            Some(response) => {
                check_received(subject, &place, status, response, mismatches);
                check_served(subject, &place, status, response, let_in, mismatches);
            }
            None => {
                let called = call(subject.entry, status, &HeaderMap::new(), "{}");
                if called != Called::Unexpected {
                    let problem = format!("the client takes it for declared: {called:?}");
                    mismatches.add(place, problem);
                }
            }
        }
    }
}

fn check_received(
    subject: &Subject<'_>,
    place: &str,
    status: u16,
    response: &Response,
    mismatches: &mut Mismatches,
) {
    let (_, shape) = match body(subject.document, response) {
        Ok(body) => body,
        Err(problem) => return mismatches.add(place, problem),
    };
    let sample = shape.sample();
    let headers = headers(response);
    match call(subject.entry, status, &headers, &sample.to_string()) {
        Called::Success(body, found) | Called::Failure(body, found) if body == sample => {
            for (name, value) in &headers {
                if found.get(name) != Some(value) {
                    mismatches.add(place, format!("the client loses the header `{name}`"));
                }
            }
        }
        other => mismatches.add(place, format!("the client gives {other:?}")),
    }
    let codec = client_codec(subject.entry.id, status);
    values::check(place, &shape, &codec, mismatches);
}

/// Every header of a response, with some value.
fn headers(response: &Response) -> HeaderMap {
    let names = response.headers.keys();
    let name = |name: &String| HeaderName::try_from(name.as_str()).expect("the name of a header");
    names
        .map(|text| (name(text), HeaderValue::from_static(HEADER)))
        .collect()
}

/// The only body of a response: its media type and what it is.
fn body<'d>(document: &'d OpenAPI, response: &'d Response) -> Result<(&'d str, Shape), String> {
    let mut content = response.content.iter();
    let (Some((media_type, media)), None) = (content.next(), content.next()) else {
        let count = response.content.len();
        return Err(format!("a response with {count} bodies is not compared"));
    };
    let schema = media
        .schema
        .as_ref()
        .ok_or("a body without a schema is not compared")?;
    Ok((media_type, Shape::read(document, schema)?))
}

/// Calls an operation that is answered in this way.
fn call(entry: &OperationEntry, status: u16, headers: &HeaderMap, body: &str) -> Called {
    let mut response = http::Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response.headers_mut().extend(headers.clone());
    let client = Client::builder()
        .api_key(KEY)
        .transport(Recorder::new().response(response))
        .build()
        .expect("the settings are right");
    let arguments: Arguments = entry
        .parameters
        .iter()
        .map(|name| ((*name).to_owned(), "x".to_owned()))
        .collect();
    (entry.call)(&client, &arguments)
}

/// The client as a codec: it reads the response, and what it gives is written again.
fn client_codec(id: &'static str, status: u16) -> Codec {
    let entry = operations().into_iter().find(|entry| entry.id == id);
    let entry = entry.expect("the operation is in the registry");
    Codec {
        recode: Box::new(move |value| {
            let is_success = (200..300).contains(&status);
            match call(&entry, status, &HeaderMap::new(), &value.to_string()) {
                Called::Success(body, _) if is_success => Ok(body),
                Called::Failure(body, _) if !is_success => Ok(body),
                other => Err(format!("{other:?}")),
            }
        }),
        violations: None,
    }
}

fn check_served(
    subject: &Subject<'_>,
    place: &str,
    status: u16,
    response: &Response,
    let_in: &Headers,
    mismatches: &mut Mismatches,
) {
    // What is wrong with the schema has been said.
    let Ok((media_type, shape)) = body(subject.document, response) else {
        return;
    };
    let sample = shape.sample();
    let stub = Stub::new(status, sample.clone());
    let target = subject.path.replace(['{', '}'], "x");
    let served = send(&stub.router(), &subject.method, &target, let_in);
    let (parts, body) = served.into_parts();
    let body = block_on(to_bytes(body, usize::MAX)).expect("a body in memory");
    if parts.status.as_u16() == UNDECLARED {
        let problem = String::from_utf8_lossy(&body);
        return mismatches.add(place, format!("the server cannot answer so: {problem}"));
    }
    if parts.status.as_u16() != status {
        mismatches.add(place, format!("the server answers {}", parts.status));
    }
    if parts
        .headers
        .get("content-type")
        .is_none_or(|found| found != media_type)
    {
        mismatches.add(
            place,
            format!("the server does not answer with {media_type}"),
        );
    }
    if serde_json::from_slice::<Value>(&body).ok().as_ref() != Some(&sample) {
        mismatches.add(place, "the server answers with another body");
    }
    let headers = headers(response);
    for name in headers
        .keys()
        .filter(|name| !parts.headers.contains_key(*name))
    {
        mismatches.add(place, format!("the server cannot send the header `{name}`"));
    }
}
