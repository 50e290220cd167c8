//! `cases/query_strings`: a parameter that is the whole query, from a client to a server.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use conformance::cases::query_strings::client::{Client, Error, InProcess, Recorder};
use conformance::cases::query_strings::operations::{
    FilterPetsResponse, FindPetsResponse, MatchPetsResponse, SelectPetsResponse,
};
use conformance::cases::query_strings::server::{Api, router};
use conformance::cases::query_strings::types::{
    FilterPetsParams, FindPetsParams, MatchPetsParams, Query, SelectPetsParams,
};
use conformance::registry::block_on;
use http::StatusCode;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tower::ServiceExt;

/// What a handler got.
#[derive(Debug, Clone, PartialEq)]
enum Got {
    Query(Option<Query>),
    Text(String),
}

#[derive(Clone, Default)]
struct Service(Arc<Mutex<Option<Got>>>);

impl Service {
    fn note(&self, got: Got) {
        *self.0.lock().expect("no panic") = Some(got);
    }

    fn take(&self) -> Option<Got> {
        self.0.lock().expect("no panic").take()
    }

    fn client(&self) -> Client {
        let transport = InProcess::new(router(self.clone()));
        let client = Client::builder("https://pets.test").transport(transport);
        client.build().expect("the settings are right")
    }
}

impl Api for Service {
    type Error = Infallible;

    async fn find_pets(&self, params: FindPetsParams) -> Result<FindPetsResponse, Infallible> {
        self.note(Got::Query(Some(params.query)));
        Ok(FindPetsResponse::NoContent)
    }

    async fn filter_pets(
        &self,
        params: FilterPetsParams,
    ) -> Result<FilterPetsResponse, Infallible> {
        self.note(Got::Query(params.query));
        Ok(FilterPetsResponse::NoContent)
    }

    async fn match_pets(&self, params: MatchPetsParams) -> Result<MatchPetsResponse, Infallible> {
        self.note(Got::Query(params.query));
        Ok(MatchPetsResponse::NoContent)
    }

    async fn select_pets(
        &self,
        params: SelectPetsParams,
    ) -> Result<SelectPetsResponse, Infallible> {
        self.note(Got::Text(params.query));
        Ok(SelectPetsResponse::NoContent)
    }
}

fn query() -> Query {
    Query {
        name: Some("a b&c".to_owned()),
        kinds: Some(vec!["cat".to_owned(), "d,g".to_owned()]),
        sizes: Some(vec![1, 2]),
        alive: Some(true),
    }
}

/// The query of what a client sends.
fn sent(call: impl AsyncFnOnce(Client) -> bool) -> Option<String> {
    let mut answer = http::Response::new(conformance::cases::query_strings::client::Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let recorder = Recorder::new().response(answer);
    let builder = Client::builder("https://pets.test").transport(recorder.clone());
    let client = builder.build().expect("the settings are right");
    assert!(block_on(call(client)));
    let requests = recorder.requests();
    let request = requests.first().expect("a request");
    request.uri.query().map(str::to_owned)
}

#[test]
fn the_whole_query_has_these_bytes() {
    let find = sent(async |client| client.find_pets(query()).send().await.is_ok());
    let form = "name=a+b%26c&kinds=cat&kinds=d%2Cg&sizes=1,2&alive=true";
    assert_eq!(find.as_deref(), Some(form));
    let filter = sent(async |client| client.filter_pets().query(query()).send().await.is_ok());
    let form = "name=a+b%26c&kinds=cat&kinds=d%2Cg&sizes=1&sizes=2&alive=true";
    assert_eq!(filter.as_deref(), Some(form));
    let name = Query {
        name: Some("a".to_owned()),
        ..Query::default()
    };
    let by_json = sent(async |client| client.match_pets().query(name).send().await.is_ok());
    assert_eq!(by_json.as_deref(), Some("%7B%22name%22%3A%22a%22%7D"));
    let select = sent(async |client| client.select_pets("a&b=c+d").send().await.is_ok());
    assert_eq!(select.as_deref(), Some("a%26b%3Dc%2Bd"));
    assert_eq!(
        sent(async |client| client.match_pets().send().await.is_ok()),
        None
    );
    assert_eq!(
        sent(async |client| client.find_pets(Query::default()).send().await.is_ok()),
        None
    );
}

#[test]
fn what_is_absent_arrives_as_absent() {
    let service = Service::default();
    let client = service.client();
    block_on(client.filter_pets().send()).expect("a success");
    assert_eq!(service.take(), Some(Got::Query(None)));
    block_on(client.match_pets().send()).expect("a success");
    assert_eq!(service.take(), Some(Got::Query(None)));
    block_on(client.find_pets(Query::default()).send()).expect("a success");
    assert_eq!(service.take(), Some(Got::Query(Some(Query::default()))));
    let error = block_on(client.select_pets("").send()).expect_err("nothing to send");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(service.take(), None);
}

#[test]
fn what_is_no_value_is_refused() {
    let service = Service::default();
    let cases = [
        ("GET", "alive=perhaps"),
        ("GET", "sizes=1,b"),
        ("GET", "name=%zz"),
        ("GET", "name=longer+than+ten"),
        ("POST", "name=a"),
        ("POST", "%7B"),
        ("POST", "%7B%22alive%22%3A1%7D"),
        ("DELETE", ""),
        ("DELETE", "%ff"),
    ];
    for (method, query) in cases {
        let request = Request::builder().method(method);
        let request = request.uri(format!("/pets?{query}"));
        let request = request.body(Body::empty()).expect("a request");
        let response = block_on(router(service.clone()).oneshot(request)).expect("an answer");
        assert_eq!(
            response.status(),
            StatusCode::BAD_REQUEST,
            "{method} {query}"
        );
        assert_eq!(service.take(), None);
    }
}

proptest! {
    #[test]
    fn the_whole_query_arrives_as_it_was_passed(
        name in option::of("[^\0]{0,10}"),
        kinds in option::of(vec("[^\0]{0,4}", 1..4)),
        sizes in option::of(vec(any::<i64>(), 1..4)),
        alive in any::<Option<bool>>(),
        text in "[^\0]{1,20}",
    ) {
        let service = Service::default();
        let client = service.client();
        let query = Query { name, kinds, sizes, alive };
        let got = Some(Got::Query(Some(query.clone())));
        prop_assert!(block_on(client.find_pets(query.clone()).send()).is_ok());
        prop_assert_eq!(service.take(), got.clone());
        if query != Query::default() {
            prop_assert!(block_on(client.filter_pets().query(query.clone()).send()).is_ok());
            prop_assert_eq!(service.take(), got.clone());
            prop_assert!(block_on(client.match_pets().query(query).send()).is_ok());
            prop_assert_eq!(service.take(), got);
        }
        prop_assert!(block_on(client.select_pets(text.clone()).send()).is_ok());
        prop_assert_eq!(service.take(), Some(Got::Text(text)));
    }
}
