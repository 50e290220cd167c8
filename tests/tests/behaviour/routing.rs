//! The router against a naive matcher: it tries all templates as regular expressions, one after the
//! other, the most specific first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use conformance::cases::routes::runtime::operation::Operation;
use conformance::cases::routes::runtime::param::Style;
use conformance::cases::routes::runtime::percent;
use conformance::cases::routes::runtime::server::{Incoming, Problem, Routes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use regex::Regex;
use tower::ServiceExt;

const SEGMENTS: &[&str] = &[
    "",
    "a",
    "b",
    "ab",
    "a.b",
    "%C3%B6",
    "{x}",
    "{x}.a",
    "a{x}",
    "{x}:b",
    "{x}a{y}",
    "{x}..{y}",
    "{x}b{y}.a",
    "{x}{y}",
];
/// What only the end of a path can be: all that is left of it.
const ENDS: &[&str] = &["", "", "/{+z}"];
const TEXTS: &[&str] = &[
    "", "a", "b", "ab", "a.b", "%C3%B6", "%c3%b6", "a:b", "aab", "a..b", "a...b", "bb.a", "%zz",
    "aba.a", "%3Ab", "ba",
];

/// Operations at a few paths, so that some share one.
fn operations() -> impl Strategy<Value = Vec<&'static Operation>> {
    let paths = vec((vec(select(SEGMENTS), 1..4), select(ENDS)), 1..6);
    let query = select(&["", "", "?q", "?q=1", "?q=1&r"][..]);
    let method = select(&["GET", "HEAD", "POST", "COPY"][..]);
    let operations = vec((any::<Index>(), query, method), 1..12);
    (paths, operations).prop_map(|(paths, operations)| {
        let operations = operations.into_iter();
        let operations =
            operations.map(|(index, query, method)| operation(index.get(&paths), query, method));
        operations.collect()
    })
}

/// An operation, whose parameters have a name each. Those of a crate are `static`, too.
fn operation(
    (segments, end): &(Vec<&'static str>, &'static str),
    query: &str,
    method: &'static str,
) -> &'static Operation {
    let mut path = String::new();
    for (index, segment) in segments.iter().enumerate() {
        let segment = segment.replace("{x}", &format!("{{x{index}}}"));
        path.push_str(&format!(
            "/{}",
            segment.replace("{y}", &format!("{{y{index}}}"))
        ));
    }
    Box::leak(Box::new(Operation {
        id: "",
        method,
        path: Box::leak(format!("{path}{end}{query}").into_boxed_str()),
        security: &[],
    }))
}

fn names(path: &str) -> Vec<&str> {
    let names = path.split('{').skip(1);
    let names = names.filter_map(|it| it.split('}').next());
    names.map(|it| it.trim_start_matches('+')).collect()
}

/// An expression for a template, with a group for each parameter. It is lazy, as the router is.
fn expression(path: &str) -> Regex {
    let mut text = String::from("^");
    let literal = |literal: &str| {
        let either_case = literal.replace("%C3%B6", "%[cC]3%[bB]6");
        either_case.replace('.', "\\.")
    };
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(&literal(before));
        text.push_str(if after.starts_with('+') {
            "(.+)"
        } else {
            "([^/]+?)"
        });
        rest = after.split_once('}').expect("a brace").1;
    }
    text.push_str(&literal(rest));
    Regex::new(&format!("{text}$")).expect("an expression")
}

/// How specific a template is, from segment to segment: fixed text, then what has most of it, then all that
/// is left.
fn specificity(path: &str) -> Vec<(u8, Reverse<usize>, String)> {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with("{+") {
            return (2, Reverse(0), String::new());
        }
        let (mut shape, mut inside) = (String::new(), false);
        for character in segment.chars() {
            inside &= character != '}';
            if !inside {
                shape.push(character);
            }
            inside |= character == '{';
        }
        let is_pattern = shape.contains('{');
        let length = if is_pattern {
            shape.replace("{}", "").len()
        } else {
            0
        };
        let text = if is_pattern { shape } else { String::new() };
        (u8::from(is_pattern), Reverse(length), text)
    });
    segments.collect()
}

/// What answers: an operation with the texts of its parameters, or none, and the methods there are.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Operation(*const Operation, Vec<Option<String>>),
    Methods(BTreeSet<String>),
}

fn naive(operations: &[&'static Operation], method: &str, path: &str, query: &str) -> Found {
    let mut sorted: Vec<(&Operation, &str, Vec<&str>)> = Vec::new();
    for operation in operations {
        let (path, query) = operation
            .path
            .split_once('?')
            .unwrap_or((operation.path, ""));
        let query = query.split('&').filter(|it| !it.is_empty());
        sorted.push((operation, path, query.collect()));
    }
    sorted.sort_by_key(|(_, path, query)| (specificity(path), Reverse(query.len())));
    let pairs: Vec<&str> = query.split('&').collect();
    sorted.retain(|(_, template, asked)| {
        expression(template).is_match(path) && asked.iter().all(|it| pairs.contains(it))
    });
    let is_taken = |it: &&(&Operation, &str, Vec<&str>), wanted: &str| it.0.method == wanted;
    for (_, template, _) in &sorted {
        // Those of the same paths are asked together, since HEAD is better than GET.
        let same = || {
            let key = specificity(template);
            sorted.iter().filter(move |it| specificity(it.1) == key)
        };
        let get = || same().find(|it| method == "HEAD" && is_taken(it, "GET"));
        if let Some((operation, template, _)) = same().find(|it| is_taken(it, method)).or_else(get)
        {
            let captures = expression(template).captures(path).expect("it fits");
            let values = captures.iter().skip(1).flatten();
            let values = values.map(|it| percent::decode(it.as_str()));
            return Found::Operation(*operation, values.collect());
        }
    }
    let methods = sorted
        .iter()
        .map(|(operation, ..)| operation.method.to_owned());
    let mut methods: BTreeSet<String> = methods.collect();
    if methods.contains("GET") {
        methods.insert("HEAD".to_owned());
    }
    Found::Methods(methods)
}

/// Answers with the values of the parameters.
async fn handle(operation: &'static Operation, request: Request) -> Result<Response, Problem> {
    let incoming = Incoming::new(operation, request);
    let path = operation.path.split('?').next().unwrap_or_default();
    let values = names(path)
        .into_iter()
        .map(|name| incoming.path::<String>(name, Style::SIMPLE).ok());
    let values: Vec<Option<String>> = values.collect();
    Ok(serde_json::to_string(&values)
        .expect("JSON")
        .into_response())
}

async fn routed(operations: &[&'static Operation], method: &str, target: &str) -> Found {
    let mut routes = Routes::new(());
    for operation in operations {
        routes = routes.on(operation, |_, request| handle(operation, request));
    }
    let request = Request::builder().method(method).uri(target);
    let request = request.body(Body::empty()).expect("a request");
    let router = routes.into_router(Problem::respond_as_problem);
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    if let Some(operation) = parts.extensions.get::<&'static Operation>() {
        // An answer to HEAD has no body to read the values from.
        let body = to_bytes(body, 1 << 16).await.expect("a body");
        let values = serde_json::from_slice(&body).unwrap_or_default();
        return Found::Operation(*operation, values);
    }
    let allow = parts
        .headers
        .get("allow")
        .map(|it| it.to_str().expect("text"));
    assert_eq!(parts.status, if allow.is_some() { 405 } else { 404 });
    Found::Methods(
        allow
            .unwrap_or_default()
            .split(", ")
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_request_goes_where_a_naive_matcher_sends_it(
        operations in operations(),
        path in vec(select(TEXTS), 1..4),
        query in select(&["", "q", "q=1", "r&q=1", "q=2&r"][..]),
        method in select(&["GET", "HEAD", "POST", "COPY", "PUT"][..]),
    ) {
        let path = path.iter().map(|it| format!("/{it}")).collect::<String>();
        let target = format!("{path}?{query}");
        let mut expected = naive(&operations, method, &path, query);
        if let (Found::Operation(_, values), "HEAD") = (&mut expected, method) {
            values.clear();
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let found = runtime.block_on(routed(&operations, method, &target));
        prop_assert_eq!(found, expected, "{} {} {:?}", method, target, operations);
    }
}
