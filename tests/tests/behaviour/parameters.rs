//! `cases/parameters`: what a client passes is what the handler gets, in every style and place. What is no value
//! never gets there, as `tests/malformed` shows.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use conformance::cases::parameters::client::{Client, Error, InProcess, Recorder};
use conformance::cases::parameters::operations::{
    ReadHeadsResponse, ReadPathResponse, SearchResponse, SearchRestResponse,
};
use conformance::cases::parameters::server::{Api, router};
use conformance::cases::parameters::types::{
    Filter, FilterInner, ReadHeadsParams, Rgb, SearchExpand, SearchKind, SearchParams,
    SearchRestParams, Validate,
};
use proptest::prelude::*;
use tower::ServiceExt;
use uuid::Uuid;

/// What a handler got.
#[derive(Debug, Clone, PartialEq)]
enum Got {
    Path(String, Vec<i64>, Rgb, Vec<String>),
    Search(Box<SearchParams>),
    Rest(SearchRestParams),
    Heads(Box<ReadHeadsParams>),
}

#[derive(Clone, Default)]
struct Service(Arc<Mutex<Vec<Got>>>);

impl Service {
    fn note(&self, got: Got) {
        self.0.lock().expect("the log").push(got);
    }

    fn last(&self) -> Option<Got> {
        self.0.lock().expect("the log").pop()
    }

    fn client(&self) -> Client {
        let router = InProcess::new(router(self.clone()));
        let builder = Client::builder("http://localhost").transport(router);
        builder.build().expect("a client")
    }

    fn router(&self) -> Router {
        router(self.clone())
    }
}

impl Api for Service {
    type Error = Infallible;

    async fn read_path(
        &self,
        simple: String,
        list: Vec<i64>,
        label: Rgb,
        matrix: Vec<String>,
    ) -> Result<ReadPathResponse, Infallible> {
        self.note(Got::Path(simple, list, label, matrix));
        Ok(ReadPathResponse::NoContent)
    }

    async fn search(&self, params: SearchParams) -> Result<SearchResponse, Infallible> {
        self.note(Got::Search(Box::new(params)));
        Ok(SearchResponse::NoContent)
    }

    async fn search_rest(
        &self,
        params: SearchRestParams,
    ) -> Result<SearchRestResponse, Infallible> {
        self.note(Got::Rest(params));
        Ok(SearchRestResponse::NoContent)
    }

    async fn read_heads(&self, params: ReadHeadsParams) -> Result<ReadHeadsResponse, Infallible> {
        self.note(Got::Heads(Box::new(params)));
        Ok(ReadHeadsResponse::NoContent)
    }
}

const RGB: Rgb = Rgb {
    r: 100,
    g: 200,
    b: 150,
};

/// The request line and the headers of what a client sends.
async fn sent<T, E>(call: impl AsyncFnOnce(Client) -> Result<T, E>) -> (String, String) {
    let mut answer = http::Response::new(conformance::cases::parameters::client::Body::empty());
    *answer.status_mut() = http::StatusCode::NO_CONTENT;
    let recorder = Recorder::new().response(answer);
    let builder = Client::builder("http://localhost").transport(recorder.clone());
    assert!(call(builder.build().expect("a client")).await.is_ok());
    let requests = recorder.requests();
    let request = requests.first().expect("a request");
    let cookie = request.headers.get("cookie");
    let cookie = cookie.map(|it| it.to_str().expect("a text").to_owned());
    let uri = request.uri.path_and_query().expect("a path").to_string();
    (uri, cookie.unwrap_or_default())
}

#[tokio::test]
async fn the_bytes_are_those_of_the_table() {
    let (uri, _) = sent(async |client: Client| {
        let matrix = vec!["blue".to_owned(), "a;b=c".to_owned()];
        client
            .read_path("a/b c", vec![1, -2], RGB, matrix)
            .send()
            .await
    })
    .await;
    assert_eq!(
        uri,
        "/a%2Fb%20c/1,-2/.R=100.G=200.B=150/;matrix=blue;matrix=a%3Bb%3Dc"
    );
    let (uri, _) = sent(async |client: Client| {
        let filter = Filter {
            name: Some("n".to_owned()),
            sizes: Some(vec![1.0, 2.5]),
            inner: None,
        };
        client
            .search("x&y")
            .ids(vec![1, 2])
            .joined(vec!["a,b".to_owned(), "c".to_owned()])
            .piped(vec![3, 4])
            .filter(filter.clone())
            .color(RGB)
            .json(filter)
            .path("a/b?c&d")
            .send()
            .await
    })
    .await;
    assert_eq!(
        uri,
        "/search?q=x%26y&ids=1&ids=2&joined=a%2Cb,c&piped=3%7C4&filter%5Bname%5D=n\
         &filter%5Bsizes%5D%5B%5D=1&filter%5Bsizes%5D%5B%5D=2.5&R=100&G=200&B=150\
         &json=%7B%22name%22%3A%22n%22%2C%22sizes%22%3A%5B1%2C2.5%5D%7D&path=a/b?c%26d"
    );
    let (_, cookie) = sent(async |client: Client| {
        let call = client
            .read_heads(Uuid::nil())
            .session("a b")
            .ids(vec![1, 2]);
        call.color(RGB).send().await
    })
    .await;
    assert_eq!(cookie, "session=a%20b; ids=1,2; R=100; G=200; B=150");
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_before_it_is() {
    let service = Service::default();
    let client = service.client();
    for simple in ["", ".", "..", "a\0b"] {
        let call = client.read_path(simple, vec![1], RGB, vec!["m".to_owned()]);
        let error = call.send().await.expect_err("refused");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    let call = client.read_path("s", Vec::new(), RGB, vec!["m".to_owned()]);
    assert!(matches!(call.send().await, Err(Error::InvalidRequest(_))));
    for list in ["a,b", " a", "\u{e4}", "\n"] {
        let call = client.read_heads(Uuid::nil()).x_list(vec![list.to_owned()]);
        assert!(
            matches!(call.send().await, Err(Error::InvalidRequest(_))),
            "{list:?}"
        );
    }
    let call = client.search("q").score(f64::NAN);
    assert!(matches!(call.send().await, Err(Error::InvalidRequest(_))));
    assert_eq!(service.last(), None);
}

async fn status(service: &Service, uri: &str) -> (u16, String) {
    let request = Request::get(uri).body(Body::empty()).expect("a request");
    let response = service.router().oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 1 << 16).await;
    (
        status,
        String::from_utf8_lossy(&body.expect("a body")).into_owned(),
    )
}

#[tokio::test]
async fn every_violation_is_told() {
    let service = Service::default();
    let (status, body) = status(&service, "/search?q=&limit=1000").await;
    assert_eq!(status, 400);
    assert!(body.contains("/limit") && body.contains("/q"), "{body}");
}

#[tokio::test]
async fn other_spellings_are_understood() {
    let service = Service::default();
    let uri = "/search?q=a+b&limit=%31&ids[]=1&ids[1]=2&joined=a,b&joined=c&spaced=1+2&piped=1|2\
               &filter[sizes][0]=1&filter[sizes][1]=2&since=2026-11-24T00:00:00%2B01:00&unknown=1";
    let (status, body) = status(&service, uri).await;
    assert_eq!(status, 204, "{body}");
    let Some(Got::Search(got)) = service.last() else {
        panic!("nothing came");
    };
    assert_eq!((got.q.as_str(), got.limit), ("a b", Some(1)));
    assert_eq!(
        (got.ids, got.spaced, got.piped),
        (Some(vec![1, 2]), Some(vec![1, 2]), Some(vec![1, 2]))
    );
    let joined = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(got.joined, Some(joined));
    assert_eq!(got.filter.and_then(|it| it.sizes), Some(vec![1.0, 2.0]));
    assert_eq!(
        got.since.map(|it| it.to_rfc3339()).as_deref(),
        Some("2026-11-24T00:00:00+01:00")
    );
}

#[test]
fn absent_parameters_have_their_defaults() {
    let mut params = SearchParams::new("q");
    assert_eq!((params.limit, params.limit()), (None, 20));
    params.limit = Some(101);
    assert!(params.validate().is_err());
}

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text.replace('\0', ""))
}

fn filter() -> impl Strategy<Value = Filter> {
    let sizes = prop::collection::vec((-1e300..1e300_f64).prop_map(|it| it), 1..4);
    let inner = prop::option::of(any::<bool>())
        .prop_map(|deep| deep.map(|deep| FilterInner { deep: Some(deep) }));
    (text(), prop::option::of(sizes), inner).prop_map(|(name, sizes, inner)| Filter {
        name: Some(name),
        sizes,
        inner,
    })
}

fn rgb() -> impl Strategy<Value = Rgb> {
    any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Rgb { r, g, b })
}

fn search() -> impl Strategy<Value = SearchParams> {
    let ids = || prop::option::of(prop::collection::vec(any::<i64>(), 1..4));
    let kind = prop::sample::select(vec![None, Some(SearchKind::Cat), Some(SearchKind::Dog)]);
    // A list of one looks like a text, and a text that looks like a number is one where both are allowed.
    let expand = prop_oneof![
        text().prop_map(SearchExpand::String),
        prop::collection::vec(text(), 2..4).prop_map(SearchExpand::Array),
    ];
    let lists = (
        ids(),
        prop::option::of(prop::collection::vec(text(), 1..4)),
        ids(),
        ids(),
    );
    let objects = (
        prop::option::of(filter()),
        prop::option::of(rgb()),
        prop::option::of(filter()),
        prop::option::of(expand),
    );
    let scalars = (
        prop::option::of(..=100_i64),
        kind,
        "[^\0]+",
        prop::option::of(-1e300..1e300_f64),
        any::<Option<bool>>(),
        prop::option::of("[^\0%]*"),
    );
    (lists, objects, scalars).prop_map(|(lists, objects, scalars)| {
        let mut params = SearchParams::new(scalars.2);
        (params.ids, params.joined, params.spaced, params.piped) = lists;
        (params.filter, params.color, params.json, params.expand) = objects;
        (params.limit, params.kind) = (scalars.0, scalars.1);
        (params.score, params.exact, params.path) = (scalars.3, scalars.4, scalars.5);
        params
    })
}

fn heads() -> impl Strategy<Value = ReadHeadsParams> {
    let list = prop::collection::vec("[!-+\\--~]([ -+\\--~]*[!-+\\--~])?", 1..4);
    let parts = (
        any::<u128>(),
        prop::option::of(list),
        prop::option::of(rgb()),
        prop::option::of(filter()),
        prop::option::of(text()),
        prop::option::of(prop::collection::vec(any::<i64>(), 1..4)),
        prop::option::of(rgb()),
    );
    parts.prop_map(|(id, x_list, x_color, x_filter, session, ids, color)| {
        let mut params = ReadHeadsParams::new(Uuid::from_u128(id));
        (params.x_list, params.x_color, params.x_filter) = (x_list, x_color, x_filter);
        (params.session, params.ids, params.color) = (session, ids, color);
        params
    })
}

/// A key of a query that is not that of a declared parameter.
fn other_key() -> impl Strategy<Value = String> {
    let is_other = |key: &String| !matches!(key.as_str(), "page" | "maybe");
    "[^\0]+".prop_filter("it is declared", is_other)
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

proptest! {
    #[test]
    fn paths_arrive_as_they_were_passed(
        simple in "[^\0]{1,40}",
        list in prop::collection::vec(any::<i64>(), 1..4),
        label in rgb(),
        matrix in prop::collection::vec(text(), 1..4),
    ) {
        let service = Service::default();
        let call = service.client();
        let call = call.read_path(simple.clone(), list.clone(), label.clone(), matrix.clone());
        let sent = runtime().block_on(call.send());
        if matches!(simple.as_str(), "." | "..") {
            prop_assert!(matches!(sent, Err(Error::InvalidRequest(_))));
        } else {
            prop_assert!(sent.is_ok(), "{:?}", sent);
            prop_assert_eq!(service.last(), Some(Got::Path(simple, list, label, matrix)));
        }
    }

    #[test]
    fn queries_arrive_as_they_were_passed(params in search()) {
        let service = Service::default();
        let client = service.client();
        let call = client.search(params.q.clone()).params(params.clone());
        let sent = runtime().block_on(call.send());
        prop_assert!(sent.is_ok(), "{:?}", sent);
        prop_assert_eq!(service.last(), Some(Got::Search(Box::new(params))));
    }

    #[test]
    fn headers_and_cookies_arrive_as_they_were_passed(params in heads()) {
        let service = Service::default();
        let client = service.client();
        let call = client.read_heads(params.x_request_id).params(params.clone());
        let sent = runtime().block_on(call.send());
        prop_assert!(sent.is_ok(), "{:?}", sent);
        prop_assert_eq!(service.last(), Some(Got::Heads(Box::new(params))));
    }

    #[test]
    fn other_keys_arrive_as_they_were_passed(
        page in any::<Option<i64>>(),
        maybe in prop::option::of(text()),
        labels in prop::collection::btree_map(other_key(), text(), 1..4),
    ) {
        let service = Service::default();
        let labels: BTreeMap<String, String> = labels;
        // What may be null may be absent, although it is required (H13).
        let params = SearchRestParams { page, maybe, labels: Some(labels) };
        let client = service.client();
        let call = client.search_rest().params(params.clone());
        prop_assert!(runtime().block_on(call.send()).is_ok());
        prop_assert_eq!(service.last(), Some(Got::Rest(params)));
    }
}
