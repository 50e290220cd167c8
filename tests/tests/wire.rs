//! The generated client against the generated server, over a real socket and in process.

mod common;

use anchor_webhooks::client::{Client, Error, Recorder};
use anchor_webhooks::operations::RotateWebhookSecretResponse;
use anchor_webhooks::types::FlatErrorResponse;
use common::{KEY, ODD, PANIC, Service, gone, hook};
use conformance::raw::exchange;

/// A service, and a client for it of each kind.
async fn clients() -> (Service, [Client; 2]) {
    let service = Service::default();
    let clients = [service.in_process(), service.over_a_socket().await];
    (service, clients)
}

#[tokio::test]
async fn declared_outcomes_arrive_as_they_were_given() {
    let (_, clients) = clients().await;
    for client in clients {
        let body = client
            .rotate_webhook_secret("wh_1")
            .send()
            .await
            .expect("a success");
        assert_eq!(body, hook("wh_1"));
        let request = client.rotate_webhook_secret("wh_1");
        let response = request.send_response().await.expect("a success");
        assert_eq!(response.status, 200);
        assert_eq!(response.headers["content-type"], "application/json");
        assert_eq!(response.body, hook("wh_1"));

        let failures = [
            ("gone", 404, gone()),
            ("broken", 500, FlatErrorResponse::new("no luck")),
        ];
        for (id, status, body) in failures {
            let error = client
                .rotate_webhook_secret(id)
                .send()
                .await
                .expect_err("a failure");
            let Error::Api(error) = error else {
                panic!("{id}: {error:?}");
            };
            assert_eq!(error.status, status);
            assert_eq!(error.body, body);
        }
        let request = client.rotate_webhook_secret("gone");
        let outcome = request
            .send_outcome()
            .await
            .expect("an outcome")
            .into_body();
        assert_eq!(outcome, RotateWebhookSecretResponse::NotFound(gone()));
    }
}

#[tokio::test]
async fn undeclared_outcome_keeps_its_bytes() {
    let (_, clients) = clients().await;
    for client in clients {
        let error = client
            .rotate_webhook_secret("teapot")
            .send()
            .await
            .expect_err("a failure");
        let Error::Unexpected(response) = error else {
            panic!("{error:?}");
        };
        assert_eq!(response.status, 418);
        assert_eq!(response.headers["x-tea"], "earl grey");
        assert_eq!(response.body, ODD);
        assert!(!response.truncated);
    }
}

#[tokio::test]
async fn panic_is_answered_and_harms_no_other_call() {
    let (_, clients) = clients().await;
    for client in clients {
        for _ in 0..3 {
            let error = client
                .rotate_webhook_secret("panic")
                .send()
                .await
                .expect_err("a failure");
            let Error::Api(error) = error else {
                panic!("{error:?}");
            };
            assert_eq!((error.status.as_u16(), error.body.code), (500, Some(500)));
            assert!(!error.body.error.contains(PANIC), "{}", error.body.error);
            let body = client
                .rotate_webhook_secret("wh_1")
                .send()
                .await
                .expect("a success");
            assert_eq!(body, hook("wh_1"));
        }
    }
}

#[tokio::test]
async fn client_without_a_key_sends_nothing() {
    let recorder = Recorder::new();
    let client = Client::builder()
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let error = client
        .rotate_webhook_secret("wh_1")
        .send()
        .await
        .expect_err("refused");
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert!(recorder.requests().is_empty());
}

/// The lines of a response but the date, and the body.
fn without_date(response: &str) -> Vec<&str> {
    let lines = response.lines();
    lines
        .filter(|line| !line.to_ascii_lowercase().starts_with("date:"))
        .collect()
}

const TARGET: &str = "/v1/webhooks/wh_1/rotate-secret";

async fn ask(service: &Service, method: &str, target: &str, headers: &str) -> String {
    let address = service.listen().await;
    let request =
        format!("{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    exchange(address, &request).await
}

#[tokio::test]
async fn missing_and_wrong_keys_look_the_same_and_reach_no_handler() {
    let service = Service::default();
    let missing = ask(&service, "POST", TARGET, "").await;
    assert!(missing.starts_with("HTTP/1.1 401 "), "{missing}");
    let body = missing.rsplit("\r\n\r\n").next().expect("a body");
    let body: FlatErrorResponse = serde_json::from_str(body).expect("the document's error shape");
    assert_eq!(body.code, Some(401));
    let wrong = [
        "anchor-api-key: wrong\r\n".to_owned(),
        "anchor-api-key: \r\n".to_owned(),
        format!("anchor-api-key: {KEY} \u{e9}\r\n"),
        format!("anchor-api-key: {KEY}x\r\n"),
        format!("anchor-api-key: {}\r\n", &KEY[1..]),
        format!("anchor-api-key: {KEY}\r\nanchor-api-key: {KEY}\r\n"),
        format!("anchor-api-key: wrong\r\nanchor-api-key: {KEY}\r\n"),
        format!(
            "x-api-key: {KEY}\r\nauthorization: Bearer {KEY}\r\ncookie: anchor-api-key={KEY}\r\n"
        ),
    ];
    for headers in wrong {
        let response = ask(&service, "POST", TARGET, &headers).await;
        assert_eq!(without_date(&response), without_date(&missing), "{headers}");
    }
    let in_query = format!("{TARGET}?anchor-api-key={KEY}");
    let response = ask(&service, "POST", &in_query, "").await;
    assert_eq!(without_date(&response), without_date(&missing));
    // Who may not come in is not told either that the id is wrong.
    let response = ask(&service, "POST", "/v1/webhooks/%zz/rotate-secret", "").await;
    assert_eq!(without_date(&response), without_date(&missing));
    let known = ask(&service, "POST", TARGET, "anchor-api-key: known\r\n").await;
    assert!(known.starts_with("HTTP/1.1 403 "), "{known}");
    assert!(service.seen().is_empty(), "{:?}", service.seen());

    let key = format!("Anchor-API-Key: {KEY}\r\n");
    let response = ask(&service, "POST", TARGET, &key).await;
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert_eq!(service.seen(), ["wh_1"]);
}

#[tokio::test]
async fn wrong_paths_and_methods_are_answered_in_the_error_shape() {
    let service = Service::default();
    let key = format!("anchor-api-key: {KEY}\r\n");
    let paths = [
        "/",
        "/v1/webhooks",
        "/v1/webhooks/wh_1",
        "/v1/webhooks/wh_1/rotate-secret/",
        "/v1/webhooks/a/b/rotate-secret",
        "/v1/webhooks/rotate-secret",
        "/v1/webhooks//rotate-secret",
        "/v1/webhooks/wh_1/Rotate-Secret",
        "//v1/webhooks/wh_1/rotate-secret",
    ];
    for path in paths {
        let response = ask(&service, "POST", path, &key).await;
        assert!(response.starts_with("HTTP/1.1 404 "), "{path}: {response}");
        let body = response.rsplit("\r\n\r\n").next().expect("a body");
        let body: FlatErrorResponse = serde_json::from_str(body).expect("the error shape");
        assert_eq!(body.code, Some(404), "{path}");
    }
    for method in [
        "GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "post",
    ] {
        let response = ask(&service, method, TARGET, &key).await;
        assert!(
            response.starts_with("HTTP/1.1 405 "),
            "{method}: {response}"
        );
        assert!(
            response.contains("\r\nallow: POST\r\n"),
            "{method}: {response}"
        );
        let body = response.rsplit("\r\n\r\n").next().expect("a body");
        if method == "HEAD" {
            assert_eq!(body, "");
        } else {
            let body: FlatErrorResponse = serde_json::from_str(body).expect("the error shape");
            assert_eq!(body.code, Some(405), "{method}");
        }
    }
    let response = ask(&service, "OPTIONS", TARGET, "").await;
    assert!(response.starts_with("HTTP/1.1 204 "), "{response}");
    assert!(response.contains("\r\nallow: POST\r\n"), "{response}");
    assert!(service.seen().is_empty(), "{:?}", service.seen());
}

#[tokio::test]
async fn ids_that_are_no_text_are_refused_and_not_repeated() {
    let service = Service::default();
    let key = format!("anchor-api-key: {KEY}\r\n");
    for id in [
        "%zz",
        "%",
        "%4",
        "%00",
        "a%00b",
        "%ff",
        "%c3%28",
        "%ed%a0%80",
    ] {
        let target = format!("/v1/webhooks/{id}/rotate-secret");
        let response = ask(&service, "POST", &target, &key).await;
        assert!(response.starts_with("HTTP/1.1 400 "), "{id}: {response}");
        let body = response.rsplit("\r\n\r\n").next().expect("a body");
        let body: FlatErrorResponse = serde_json::from_str(body).expect("the error shape");
        let expected = "The path parameter `id` is not valid: it is not encoded as it should be.";
        assert_eq!(body.error, expected);
    }
    assert!(service.seen().is_empty(), "{:?}", service.seen());
    // What is text is text: it is for the handler to know whether there is such a webhook.
    for id in ["%2e%2e", "a%2Fb", "%252e"] {
        let target = format!("/v1/webhooks/{id}/rotate-secret");
        let response = ask(&service, "POST", &target, &key).await;
        assert!(response.starts_with("HTTP/1.1 200 "), "{id}: {response}");
    }
    assert_eq!(service.seen(), ["..", "a/b", "%2e"]);
}

#[tokio::test]
async fn many_calls_at_once_get_their_own_answers() {
    let (service, clients) = clients().await;
    for client in clients {
        let calls = (0..64).map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let id = match number % 4 {
                    0 => "gone".to_owned(),
                    1 => "panic".to_owned(),
                    _ => format!("wh_{number}"),
                };
                let result = client.rotate_webhook_secret(id.clone()).send().await;
                match (number % 4, result) {
                    (0, Err(Error::Api(error))) => assert_eq!(error.status, 404),
                    (1, Err(Error::Api(error))) => assert_eq!(error.status, 500),
                    (2 | 3, Ok(body)) => assert_eq!(body, hook(&id)),
                    (_, other) => panic!("{id}: {other:?}"),
                }
            })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.expect("the call ended well");
        }
    }
    assert_eq!(service.seen().len(), 2 * 64);
}
