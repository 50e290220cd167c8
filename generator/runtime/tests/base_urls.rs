//! Which host a request goes to.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use common::{KEY, OPEN, builder};
use oarlock_runtime::client::{Client, ClientBuilder, Error, Recorder};

/// Where a call goes that the document serves at this URL, or why it is not sent.
async fn target(builder: ClientBuilder, served_at: &'static str) -> Result<String, String> {
    let recorder = Recorder::new().json(200, "{}");
    let client: Client = builder
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let mut call = client.call(&OPEN);
    call.served_at(served_at);
    match call.send().await {
        Ok(_) => Ok(recorder.requests()[0].uri.to_string()),
        Err(error @ Error::InvalidRequest(_)) => {
            assert!(recorder.requests().is_empty());
            Err(error.to_string())
        }
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn an_operation_goes_where_the_document_serves_it_unless_the_user_chose() {
    let new = || builder("https://example.com/v1");
    let to = |url: &str| Ok(url.to_owned());
    let elsewhere = "https://files.example.com/v2/";
    assert_eq!(
        target(new(), elsewhere).await,
        to("https://files.example.com/v2/open")
    );
    assert_eq!(
        target(new(), "/v3").await,
        to("https://example.com/v3/open")
    );
    assert_eq!(target(new(), "").await, Err(problem("is not a URL")));
    let chosen = || new().base_url("https://mine.example/");
    assert_eq!(
        target(chosen(), elsewhere).await,
        to("https://mine.example/open")
    );
    assert_eq!(
        target(chosen(), "/v3").await,
        to("https://mine.example/open")
    );
    assert_eq!(
        target(ClientBuilder::sender(), elsewhere).await,
        to("https://files.example.com/v2/open")
    );
    assert_eq!(
        target(ClientBuilder::sender(), "/v3").await,
        Err(problem("is not an absolute URL"))
    );
}

fn problem(text: &str) -> String {
    format!("open (GET /open): the base URL of the operation {text}")
}

#[tokio::test]
async fn a_server_of_an_operation_is_held_to_the_rules_of_all() {
    for (url, wrong) in [
        (
            "http://files.example.com",
            "is not https; see `allow_plain_http`",
        ),
        (
            "https://a:b@example.com",
            "has a user name in it; use a credential",
        ),
        ("https://example.com?a", "has a query or a fragment"),
    ] {
        let error = target(builder("https://example.com"), url).await;
        assert_eq!(error, Err(problem(wrong)), "{url}");
    }
    let plain = builder("https://example.com").allow_plain_http(true);
    assert_eq!(
        target(plain, "http://files.example.com").await,
        Ok("http://files.example.com/open".to_owned())
    );
}

#[test]
fn a_path_is_at_the_origin_of_the_base_url_before() {
    let base_url = |builder: ClientBuilder| builder.build().map(|it| it.base_url().to_owned());
    let new = || builder("https://example.com:8443/v1/");
    let kept = |builder| base_url(builder).expect("a client");
    assert_eq!(kept(new().base_url("/v2")), "https://example.com:8443/v2");
    assert_eq!(kept(new().base_url("/")), "https://example.com:8443");
    assert_eq!(
        kept(ClientBuilder::below("https://a.example/", "/v1")),
        "https://a.example/v1"
    );
    for text in ["//mine.example", "v2", ""] {
        let error = base_url(new().base_url(text)).expect_err(text);
        assert!(!format!("{error:?} {error}").contains(KEY));
    }
}

/// A text that a customer gives for a part of a host leads to no other host.
#[test]
fn a_part_of_a_host_stays_one() {
    use oarlock_runtime::percent::encode_host;
    for text in [
        "evil.example/",
        "evil.example?",
        "evil.example#",
        "a@evil.example",
        "a\\b",
        "a b",
        "%2F",
    ] {
        let url = format!("https://{}.example.com", encode_host(text));
        ClientBuilder::new(url).build().expect_err(text);
    }
    for text in ["acme", "acme-2.eu", "[::1]:80", "localhost:8080"] {
        assert_eq!(encode_host(text), text);
    }
}
