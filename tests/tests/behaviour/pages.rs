//! `cases/pages`: operations that give pages.

use axum::http::Response;
use conformance::cases::pages::client::{Body, Client, Error, Recorder, TransportErrorKind};
use conformance::cases::pages::runtime::paging::Paged;

fn client(recorder: &Recorder) -> Client {
    let builder = Client::builder().key("k").transport(recorder.clone());
    builder.build().expect("a client")
}

/// The paths and queries of all requests, without the host.
fn asked(recorder: &Recorder) -> Vec<String> {
    let requests = recorder.requests().into_iter();
    requests
        .map(|it| {
            it.uri
                .path_and_query()
                .expect("a path")
                .to_string()
                .replace("/v1", "")
        })
        .collect()
}

#[tokio::test]
async fn a_cursor_of_the_page_leads_to_the_next_one() {
    let recorder = Recorder::new()
        .json(200, r#"{"data": ["a", "b"], "meta": {"next": "x&y"}}"#)
        .json(200, r#"{"data": [], "meta": {"next": "z"}}"#)
        .json(200, r#"{"data": ["c"], "meta": {"next": null}}"#);
    let client = client(&recorder);
    let mut pets = client.list_pets("o").kind("cat").items();
    let mut found = Vec::new();
    while let Some(pet) = pets.next().await {
        found.push(pet.expect("a pet"));
    }
    assert_eq!(found, ["a", "b", "c"]);
    assert_eq!(
        asked(&recorder),
        [
            "/owners/o/pets?kind=cat&key=k",
            "/owners/o/pets?kind=cat&key=k&cursor=x%26y",
            "/owners/o/pets?kind=cat&key=k&cursor=z",
        ]
    );
}

#[tokio::test]
async fn the_same_cursor_again_is_the_end() {
    let page = r#"{"data": ["a"], "meta": {"next": "x"}}"#;
    let recorder = Recorder::new().json(200, page).json(200, page);
    let client = client(&recorder);
    let mut pages = client.list_pets("o").cursor("w").pages();
    let first = pages.next().await.expect("a page").expect("it is whole");
    assert_eq!(first.data, ["a"]);
    pages.next().await.expect("a page").expect("it is whole");
    assert!(pages.next().await.is_none());
    assert_eq!(asked(&recorder)[1], "/owners/o/pets?key=k&cursor=x");
}

#[tokio::test]
async fn pages_are_counted_from_where_the_request_begins_until_one_is_empty() {
    let recorder = || {
        Recorder::new()
            .json(200, r#"{"days": [1, 2]}"#)
            .json(200, r#"{"days": [3]}"#)
            .json(200, "{}")
    };
    let all = recorder();
    let client_of_all = client(&all);
    let mut pages = client_of_all.list_days().pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.expect("a page").days.map_or(0, |days| days.len());
    }
    assert_eq!(count, 3);
    assert_eq!(
        asked(&all),
        ["/days?key=k", "/days?key=k&page=2", "/days?key=k&page=3"]
    );

    let some = recorder();
    let client_of_some = client(&some);
    let mut days = client_of_some.list_days().page(7).items();
    while let Some(day) = days.next().await {
        day.expect("a day");
    }
    assert_eq!(
        asked(&some),
        [
            "/days?page=7&key=k",
            "/days?key=k&page=8",
            "/days?key=k&page=9"
        ]
    );
}

#[tokio::test]
async fn an_offset_counts_the_items() {
    let recorder = Recorder::new()
        .json(200, r#"["a", "b"]"#)
        .json(200, r#"["c"]"#)
        .json(200, "[]");
    let client = client(&recorder);
    let mut lines = client.list_lines().items();
    let mut found = String::new();
    while let Some(line) = lines.next().await {
        found += &line.expect("a line");
    }
    assert_eq!(found, "abc");
    assert_eq!(
        asked(&recorder),
        ["/lines?key=k", "/lines?key=k&skip=2", "/lines?key=k&skip=3"]
    );
}

/// A page of shops whose header leads on.
fn shops(body: &str, link: &str) -> Response<Body> {
    let response = Response::builder().header("content-type", "application/json");
    let response = response.header("link", format!("<{link}>; rel=\"next\""));
    response
        .body(Body::from(body.to_owned()))
        .expect("a response")
}

#[tokio::test]
async fn a_link_leads_to_the_next_page_and_to_no_other_origin() {
    let recorder = Recorder::new()
        .response(shops(
            "[1]",
            "https://example.com/v1/shops?near=a&p=2&key=k",
        ))
        .response(shops("[2]", "/v1/shops?p=3"))
        .response(shops("[3]", "https://evil.example/v1/shops?p=4"));
    let client = client(&recorder);
    let mut shops = client.list_shops().near("a").items();
    for expected in 1..=3 {
        let shop = shops.next().await.expect("a shop");
        assert_eq!(shop.expect("it is whole"), expected);
    }
    let error = shops
        .next()
        .await
        .expect("an error")
        .expect_err("it leads away");
    let Error::Transport(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(shops.next().await.is_none());
    assert_eq!(
        asked(&recorder),
        [
            "/shops?near=a&key=k",
            "/shops?near=a&p=2&key=k",
            "/shops?p=3"
        ]
    );
}

#[tokio::test]
async fn an_error_is_the_end() {
    let recorder = Recorder::new().json(404, r#"{"message": "gone"}"#);
    let client = client(&recorder);
    let mut pets = client.list_pets("o").items();
    let error = pets.next().await.expect("an error").expect_err("a failure");
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert!(pets.next().await.is_none());
}
