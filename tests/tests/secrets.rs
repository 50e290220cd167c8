//! Neither the API key nor a secret of a response is in anything that could end up in a log.

mod common;

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anchor_webhooks::client::{
    Body, BoxFuture, Client, ClientBuilder, Error, InProcess, Recorder, Timeouts, Transport,
    TransportError,
};
use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::{self, AuthError, Authenticate, Credentials, WebhooksApi};
use anchor_webhooks::types::{Secret, Validate};
use common::{HOOK_SECRET, KEY, Service, Teapot, hook};
use conformance::raw::{Raw, Then, response};
use serde_json::{Value, json};

/// Every text that was seen, with a word on where.
#[derive(Debug, Clone, Default)]
struct Texts(Arc<Mutex<Vec<(String, String)>>>);

impl Texts {
    fn add(&self, place: &str, text: impl Into<String>) {
        let mut texts = self.0.lock().expect("no test panics here");
        texts.push((place.to_owned(), text.into()));
    }

    fn debug(&self, place: &str, value: &impl Debug) {
        self.add(place, format!("{value:?}"));
        self.add(place, format!("{value:#?}"));
    }

    fn error(&self, place: &str, error: &(impl StdError + 'static)) {
        self.debug(place, &error);
        let mut source: Option<&dyn StdError> = Some(error);
        while let Some(error) = source {
            self.add(place, error.to_string());
            self.debug(place, &error);
            source = error.source();
        }
    }

    /// Looks for the secrets, and for what they look like in another spelling.
    fn assert_clean(&self) -> usize {
        let texts = self.0.lock().expect("no test panics here");
        let bytes = |secret: &str| format!("{:?}", secret.as_bytes());
        for secret in [KEY, HOOK_SECRET] {
            let list = bytes(secret);
            let inner = list.trim_matches(['[', ']']).to_owned();
            for needle in [secret, &secret[..12], &secret[8..], inner.as_str()] {
                for (place, text) in texts.iter() {
                    assert!(!text.contains(needle), "{place} shows {needle}: {text}");
                }
            }
        }
        texts.len()
    }
}

/// Shows the request as a logging transport would, and passes it on.
struct Spy<T> {
    inner: T,
    texts: Texts,
}

impl<T: Transport> Transport for Spy<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.texts.debug("a request in a transport", &request);
        self.texts.add("its URL", request.uri().to_string());
        self.inner.send(request)
    }
}

/// Shows the credentials as a logging authentication would.
struct Keys(Texts);

impl Authenticate for Keys {
    type Principal = ();

    async fn authenticate(
        &self,
        operation: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<(), AuthError> {
        self.0.debug("credentials", &credentials);
        self.0.debug("the operation", operation);
        self.0.add("the operation", operation.to_string());
        let Credentials::ApiKey { api_key } = credentials;
        self.0.debug("the key in the server", &api_key);
        assert_eq!(api_key.expose(), KEY);
        Ok(())
    }
}

struct Handler(Texts);

impl WebhooksApi for Handler {
    type Principal = ();
    type Error = Teapot;

    async fn rotate_webhook_secret(
        &self,
        (): (),
        id: String,
    ) -> Result<RotateWebhookSecretResponse, Teapot> {
        let outcome = RotateWebhookSecretResponse::Ok(hook(&id));
        self.0.debug("an outcome in the server", &outcome);
        Ok(outcome)
    }
}

#[tokio::test]
async fn nothing_of_a_success_shows_a_secret() {
    let texts = Texts::default();
    let builder = Client::builder()
        .api_key(KEY)
        .base_url("https://example.com");
    texts.debug("a builder", &builder);
    let spy = Spy {
        inner: InProcess::new(server::router(Handler(texts.clone()), Keys(texts.clone()))),
        texts: texts.clone(),
    };
    texts.debug("a transport", &spy.inner);
    let client = builder
        .transport(spy)
        .build()
        .expect("the settings are right");
    texts.debug("a client", &client);
    let request = client.rotate_webhook_secret("wh_1");
    texts.debug("a request", &request);
    let response = request.send_response().await.expect("a success");
    texts.debug("a response", &response);
    let request = client.rotate_webhook_secret("wh_1");
    let outcome = request.send_outcome().await.expect("an outcome");
    texts.debug("an outcome", &outcome);
    let call = client.call(&anchor_webhooks::operations::ROTATE_WEBHOOK_SECRET);
    texts.debug("a call", &call);

    let whole = response.into_body();
    assert_eq!(
        whole.secret.expose(),
        HOOK_SECRET,
        "it is there, only not to be seen"
    );
    texts.debug("a body", &whole);
    texts.debug("its violations", &whole.validate());
    let (public, secret) = whole.into_parts();
    texts.debug("a part", &public);
    texts.debug("a secret", &secret);
    texts.debug("a list of secrets", &vec![Some(secret)]);
    texts.add(
        "JSON",
        serde_json::to_string(&public).expect("a part is JSON"),
    );
    assert!(texts.assert_clean() > 20);
}

#[tokio::test]
async fn recorded_requests_do_not_show_the_key() {
    let texts = Texts::default();
    let recorder = Recorder::new().json(200, serde_json::to_string(&hook("wh_1")).expect("JSON"));
    let builder = Client::builder().api_key(KEY).transport(recorder.clone());
    let client = builder.build().expect("the settings are right");
    client
        .rotate_webhook_secret("wh_1")
        .send()
        .await
        .expect("a success");
    assert_eq!(recorder.requests()[0].headers["anchor-api-key"], KEY);
    texts.debug("a recorder", &recorder);
    texts.debug("recorded requests", &recorder.requests());
    texts.debug("recorded headers", &recorder.requests()[0].headers);
    texts.assert_clean();
}

#[test]
fn settings_that_are_wrong_do_not_show_the_key() {
    let texts = Texts::default();
    let wrong: [ClientBuilder; 6] = [
        Client::builder().api_key(format!("{KEY}\n")),
        Client::builder().api_key(format!(" {KEY}")),
        Client::builder()
            .api_key(KEY)
            .base_url(format!("https://user:{KEY}@example.com")),
        Client::builder()
            .api_key(KEY)
            .base_url(format!("https://example.com/?key={KEY}")),
        Client::builder()
            .api_key(KEY)
            .base_url(format!("ftp://{KEY}/")),
        Client::builder()
            .api_key(KEY)
            .user_agent(format!("\n{KEY}")),
    ];
    for builder in wrong {
        texts.debug("a wrong builder", &builder);
        texts.error(
            "a mistake in the settings",
            &builder.build().expect_err("refused"),
        );
    }
    texts.assert_clean();
}

/// What the errors of every kind say and show; gives the kinds that there were.
async fn show<E: Debug + 'static>(
    texts: &Texts,
    kinds: &mut Vec<&'static str>,
    call: impl Future<Output = Result<impl Debug, Error<E>>>,
) {
    let error = call.await.expect_err("a failure");
    texts.error("an error", &error);
    kinds.push(match &error {
        Error::Api(error) => {
            texts.debug("a declared failure", error);
            "api"
        }
        Error::Unexpected(response) => {
            texts.debug("an unexpected response", response);
            if let Err(error) = response.json::<Secret>() {
                texts.error("an unexpected body", &error);
            }
            "unexpected"
        }
        Error::Decode(error) => {
            texts.debug("a body that does not fit", error);
            texts.error("why it does not fit", &error.error);
            "decode"
        }
        Error::Transport(error) => {
            texts.error("a transport error", error);
            "transport"
        }
        Error::InvalidRequest(error) => {
            show_display(texts, "an invalid request", error);
            "invalid"
        }
        Error::Auth(error) => {
            show_display(texts, "missing credentials", error);
            "auth"
        }
        other => panic!("another kind: {other:?}"),
    });
}

fn show_display(texts: &Texts, place: &str, value: &(impl Debug + Display)) {
    texts.debug(place, value);
    texts.add(place, value.to_string());
}

#[tokio::test]
async fn no_error_of_any_kind_shows_a_secret() {
    let texts = Texts::default();
    let mut kinds = Vec::new();
    let echo = format!("x-echo: {KEY}\r\nset-cookie: {HOOK_SECRET}\r\n");
    let both = json!([KEY, HOOK_SECRET]).to_string();
    let server = Raw::start(Then::Send(Vec::new())).await;
    let short = Duration::from_millis(300);
    let timeouts = Timeouts {
        connect: short,
        read: short,
        total: short,
    };
    let builder = || {
        let builder = Client::builder().base_url(server.url()).timeouts(timeouts);
        builder.api_key(KEY)
    };
    let client = builder().build().expect("the settings are right");
    let failure = json!({ "error": "no", "code": 404, "token": HOOK_SECRET }).to_string();
    let whole = serde_json::to_string(&hook("wh_1")).expect("JSON");
    let thens = [
        Then::Send(response("404 Not Found", &echo, &failure)),
        Then::Send(response("418 Teapot", &echo, &both)),
        Then::Send(response("200 OK", &echo, &both)),
        Then::Send(response("200 OK", &echo, &whole[..whole.len() - 2])),
        Then::Send(response("500 Oh", &echo, &format!("{KEY} {HOOK_SECRET}"))),
        Then::Send(format!("{KEY} {HOOK_SECRET}\r\n\r\n").into_bytes()),
        Then::Send(format!("HTTP/1.1 200 OK\r\n{KEY} \r\n\r\n").into_bytes()),
        Then::Hang(format!("HTTP/1.1 200 OK\r\n{echo}").into_bytes()),
        Then::Send(
            format!("HTTP/1.1 200 OK\r\n{echo}content-length: 999\r\n\r\n{both}").into_bytes(),
        ),
    ];
    for then in thens {
        server.then(then);
        show(
            &texts,
            &mut kinds,
            client.rotate_webhook_secret("wh_1").send(),
        )
        .await;
    }
    server.then(Then::Send(response("200 OK", &echo, &whole)));
    let small = builder()
        .max_response_bytes(10)
        .build()
        .expect("the settings are right");
    show(
        &texts,
        &mut kinds,
        small.rotate_webhook_secret("wh_1").send(),
    )
    .await;
    let nowhere = builder()
        .base_url("http://127.0.0.1:1")
        .build()
        .expect("the settings are right");
    show(
        &texts,
        &mut kinds,
        nowhere.rotate_webhook_secret("wh_1").send(),
    )
    .await;
    show(
        &texts,
        &mut kinds,
        client.rotate_webhook_secret("..").send(),
    )
    .await;
    show(
        &texts,
        &mut kinds,
        client.rotate_webhook_secret("x".repeat(70_000)).send(),
    )
    .await;
    let anonymous = Client::builder()
        .base_url(server.url())
        .build()
        .expect("a client");
    show(
        &texts,
        &mut kinds,
        anonymous.rotate_webhook_secret("wh_1").send(),
    )
    .await;
    let in_process = Service::default().in_process();
    show(
        &texts,
        &mut kinds,
        in_process.rotate_webhook_secret("panic").send(),
    )
    .await;

    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "api",
            "auth",
            "decode",
            "invalid",
            "transport",
            "unexpected"
        ]
    );
    assert!(texts.assert_clean() > 50);
}

/// A server that mixes its properties up must not bring a secret into a log either.
#[tokio::test]
async fn secret_in_the_wrong_property_is_not_shown() {
    let texts = Texts::default();
    let whole = serde_json::to_value(hook("wh_1")).expect("JSON");
    let keys: Vec<String> = whole
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    let mut kinds = Vec::new();
    for key in &keys {
        for secret in [
            json!(HOOK_SECRET),
            json!([HOOK_SECRET]),
            json!({ HOOK_SECRET: HOOK_SECRET }),
        ] {
            let mut body = whole.clone();
            body[key] = secret;
            // The secret itself may be any text, and what is no text is not quoted.
            let recorder = Recorder::new().json(200, body.to_string());
            let client = Client::builder().api_key(KEY).transport(recorder);
            let client = client.build().expect("the settings are right");
            match client.rotate_webhook_secret("wh_1").send().await {
                // A text where any text may be is shown as what it is taken for.
                Ok(_) => assert!(body[key].is_string() || key == "subscribed_events", "{key}"),
                Err(error) => show(&texts, &mut kinds, async { Err::<Value, _>(error) }).await,
            }
        }
    }
    assert!(kinds.len() > keys.len(), "{kinds:?}");
    texts.assert_clean();
}
