//! `cases/headers`: what both ends make of the declared headers of responses.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::response::IntoResponse;
use conformance::cases::headers::client::{
    Body, Client, DeclaredHeaders, Error, Headers, InProcess, Recorder,
};
use conformance::cases::headers::operations::{
    AddPetResponse, AnythingResponse, ListPetsResponse, ReplacePetsOk, ReplacePetsResponse,
};
use conformance::cases::headers::server::{Api, Settings, router, router_with};
use conformance::cases::headers::types::{
    AnythingDefaultHeaders, BusyHeaders, ListPetsOkHeaders, ListPetsXOrder, LocationHeaders,
    ReplacePetsXTaskState, Rgb, XTaskHeaders,
};
use conformance::registry::block_on;
use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tower::ServiceExt;

/// Answers what it is told to.
#[derive(Clone, Default)]
struct Service {
    list: Arc<Mutex<Option<ListPetsResponse>>>,
    replace: Arc<Mutex<Option<ReplacePetsResponse>>>,
}

impl Api for Service {
    type Error = Infallible;

    async fn list_pets(&self) -> Result<ListPetsResponse, Infallible> {
        let answer = self.list.lock().expect("no panic").take();
        Ok(answer.expect("an answer"))
    }

    async fn add_pet(&self) -> Result<AddPetResponse, Infallible> {
        let headers = LocationHeaders {
            location: "/pets/1".to_owned(),
        };
        Ok(AddPetResponse::Created {
            headers: headers.into(),
        })
    }

    async fn replace_pets(&self) -> Result<ReplacePetsResponse, Infallible> {
        let answer = self.replace.lock().expect("no panic").take();
        Ok(answer.expect("an answer"))
    }

    async fn anything(&self) -> Result<AnythingResponse, Infallible> {
        Ok(AnythingResponse::Default {
            status: StatusCode::ACCEPTED,
            headers: AnythingDefaultHeaders::default().into(),
        })
    }
}

fn client_of(service: &Service) -> Client {
    let transport = InProcess::new(router(service.clone()));
    let client = Client::builder("https://pets.test").transport(transport);
    client.build().expect("the settings are right")
}

/// The client of a service that lists pets so.
fn listing(answer: ListPetsResponse) -> Client {
    let service = Service::default();
    *service.list.lock().expect("no panic") = Some(answer);
    client_of(&service)
}

fn ok(headers: ListPetsOkHeaders) -> ListPetsResponse {
    ListPetsResponse::Ok {
        headers: headers.into(),
        body: vec!["Rex".to_owned()],
    }
}

#[allow(deprecated, reason = "a header is deprecated, and sent all the same")]
fn full() -> ListPetsOkHeaders {
    let rgb = Rgb { r: 1, g: 2, b: 3 };
    ListPetsOkHeaders {
        x_total: 7,
        link: Some("</pets?page=2>; rel=\"next\", </pets?page=9>; rel=\"last\"".to_owned()),
        x_kinds: Some(vec!["cat".to_owned(), "dog".to_owned()]),
        x_color: Some(rgb.clone()),
        x_filter: Some(rgb),
        x_links: Some("</>".to_owned()),
        x_order: Some(ListPetsXOrder::Down),
        x_since: Some("2026-11-24T13:00:00Z".parse().expect("a time")),
        x_size: Some(50),
        x_old: Some(true),
        set_cookie: Some(vec![
            "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT".to_owned(),
            "b=2".to_owned(),
        ]),
    }
}

fn lines(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(name).iter();
    let lines = lines.map(|line| line.to_str().expect("it is visible").to_owned());
    lines.collect()
}

#[test]
fn an_outcome_that_may_be_both_is_a_success_by_its_status() {
    let client = client_of(&Service::default());
    block_on(client.anything().send()).expect("202 is a success");
}

#[test]
fn every_kind_of_header_arrives() {
    let client = listing(ok(full()));
    let response = block_on(client.list_pets().send_response()).expect("a success");
    assert_eq!(lines(&response.headers, "x-kinds"), ["cat,dog"]);
    assert_eq!(lines(&response.headers, "x-color"), ["R=1,G=2,B=3"]);
    assert_eq!(
        lines(&response.headers, "x-filter"),
        [r#"{"R":1,"G":2,"B":3}"#]
    );
    assert_eq!(lines(&response.headers, "x-order"), ["down"]);
    assert_eq!(lines(&response.headers, "set-cookie").len(), 2);
    assert_eq!(
        lines(&response.headers, "content-type"),
        ["application/json"]
    );
    assert_eq!(response.typed_headers(), Ok(full()));
}

#[test]
fn what_is_absent_is_not_sent() {
    let few = ListPetsOkHeaders::new(0);
    let client = listing(ok(few.clone()));
    let response = block_on(client.list_pets().send_response()).expect("a success");
    let mut names: Vec<&str> = response.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["content-length", "content-type", "x-total"]);
    assert_eq!(response.typed_headers(), Ok(few.clone()));
    assert_eq!(few.x_size(), 20);
}

#[test]
fn a_failure_has_headers_too() {
    let headers = BusyHeaders { retry_after: 3 };
    let client = listing(ListPetsResponse::TooManyRequests {
        headers: headers.clone().into(),
        body: "later".to_owned(),
    });
    match block_on(client.list_pets().send()) {
        Err(Error::Api(error)) => {
            assert_eq!(error.typed_headers(), Ok(headers));
            assert_eq!(error.body, "later");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_outcome_holds_its_headers() {
    let sent = ListPetsResponse::Default {
        status: StatusCode::BAD_GATEWAY,
        headers: Headers::default(),
        body: "no".to_owned(),
    };
    let client = listing(sent.clone());
    let outcome = block_on(client.list_pets().send_outcome()).expect("an outcome");
    assert_eq!(outcome.body, sent);

    let headers = XTaskHeaders {
        x_task_id: None,
        x_task_state: Some(ReplacePetsXTaskState::New),
    };
    let service = Service::default();
    *service.replace.lock().expect("no panic") = Some(ReplacePetsResponse::Accepted {
        headers: headers.clone().into(),
    });
    let success = block_on(client_of(&service).replace_pets().send()).expect("a success");
    match success {
        ReplacePetsOk::Accepted { headers: found } => assert_eq!(found.into_result(), Ok(headers)),
        other => panic!("{other:?}"),
    }
    let added = block_on(client_of(&service).add_pet().send_response()).expect("a success");
    let headers: LocationHeaders = added.typed_headers().expect("the headers are right");
    assert_eq!(headers.location, "/pets/1");
}

/// Headers as they come.
type Raw<'h> = &'h [(&'static str, &'h [u8])];

/// What a client makes of a response with these headers.
fn received(headers: Raw<'_>) -> (Vec<String>, Result<ListPetsOkHeaders, String>) {
    let mut response = http::Response::new(Body::from("[\"Rex\"]"));
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value).expect("a value");
        response.headers_mut().append(*name, value);
    }
    let transport = Recorder::new().response(response);
    let client = Client::builder("https://pets.test").transport(transport);
    let client = client.build().expect("the settings are right");
    let response = block_on(client.list_pets().send_response()).expect("a success");
    let headers = response.typed_headers();
    (response.body, headers.map_err(|error| error.to_string()))
}

#[test]
fn a_wrong_header_takes_nothing_from_the_body() {
    let good = ("x-total", &b"1"[..]);
    let cases: [(Raw<'_>, &str); 5] = [
        (&[], "the header `X-Total` is not valid: it is missing"),
        (
            &[("x-total", b"many")],
            "the header `X-Total` is not valid: expected a whole number that is not too large",
        ),
        (
            &[good, ("x-old", b"yes")],
            "the header `X-Old` is not valid: expected true or false",
        ),
        (
            &[good, ("link", b"\xff")],
            "the header `Link` is not valid: it is not made of visible characters",
        ),
        (
            &[good, ("x-filter", b"{")],
            "the header `X-Filter` is not valid: it is not JSON",
        ),
    ];
    for (headers, problem) in cases {
        let (body, found) = received(headers);
        assert_eq!(body, ["Rex"]);
        assert_eq!(found, Err(problem.to_owned()));
    }
    let order = &[good, ("x-order", b"sideways")];
    let (_, found) = received(order);
    let unknown = ListPetsXOrder::Unrecognized("sideways".to_owned());
    assert_eq!(found.map(|it| it.x_order), Ok(Some(unknown)));
}

#[test]
fn what_no_header_can_hold_is_a_500() {
    let wrong = [
        ListPetsOkHeaders {
            link: Some("a\r\nset-cookie: b=1".to_owned()),
            ..full()
        },
        ListPetsOkHeaders {
            x_kinds: Some(vec!["a,b".to_owned()]),
            ..full()
        },
        ListPetsOkHeaders {
            set_cookie: Some(vec!["caf\u{e9}=1".to_owned()]),
            ..full()
        },
    ];
    for headers in wrong {
        let response = ok(headers).into_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!response.headers().contains_key("set-cookie"));
        let content_type = &response.headers()["content-type"];
        assert_eq!(content_type, "application/problem+json");
    }
}

#[test]
fn the_hook_of_a_server_answers_for_that_as_well() {
    let service = Service::default();
    *service.list.lock().expect("no panic") = Some(ok(ListPetsOkHeaders {
        x_kinds: Some(vec!["a,b".to_owned()]),
        ..full()
    }));
    let settings = Settings::new().on_problem(|problem| {
        assert_eq!(problem.status(), StatusCode::INTERNAL_SERVER_ERROR);
        StatusCode::IM_A_TEAPOT.into_response()
    });
    let router = router_with(service, settings);
    let request = http::Request::builder().uri("/pets");
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let response = block_on(router.oneshot(request)).expect("an answer");
    assert_eq!(response.status(), StatusCode::IM_A_TEAPOT);
}

#[test]
fn what_came_with_a_mistake_is_not_passed_on() {
    let came = Headers::<BusyHeaders>::read(&HeaderMap::new());
    let response = AddPetResponse::TooManyRequests {
        headers: came,
        body: String::new(),
    };
    let status = response.into_response().status();
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
}

proptest! {
    #[test]
    fn what_is_sent_is_what_arrives(
        (x_total, link, x_kinds, x_since, x_size) in (
            any::<i64>(),
            option::of(".*"),
            option::of(vec("[ -~]{0,6}", 1..4)),
            option::of(-9_000_000_000_i64..9_000_000_000),
            option::of(any::<i64>()),
        ),
        (rgb, order, old, cookies) in (
            option::of(any::<[u8; 3]>()),
            option::of("[a-z]{1,6}"),
            option::of(any::<bool>()),
            option::of(vec("[ -~]{0,12}", 1..4)),
        ),
    ) {
        let rgb = rgb.map(|[r, g, b]| Rgb { r, g, b });
        let since = x_since.and_then(|at| chrono::DateTime::from_timestamp(at, 0));
        #[allow(deprecated, reason = "a header is deprecated, and sent all the same")]
        let sent = ListPetsOkHeaders {
            x_total,
            link,
            x_kinds,
            x_color: rgb.clone(),
            x_filter: rgb,
            x_links: None,
            x_order: order.map(Into::into),
            x_since: since.map(Into::into),
            x_size,
            x_old: old,
            set_cookie: cookies,
        };
        let mut headers = HeaderMap::new();
        let response = listing(ok(sent.clone()));
        let response = block_on(response.list_pets().send_response());
        match (sent.write(&mut headers), response) {
            (Ok(()), Ok(response)) => prop_assert_eq!(response.typed_headers(), Ok(sent)),
            (Err(_), Err(error)) => {
                prop_assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
            }
            (written, response) => prop_assert!(false, "{written:?} {response:?}"),
        }
    }
}
