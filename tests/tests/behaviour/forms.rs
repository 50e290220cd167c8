//! `cases/forms`: bodies that are forms.

use std::convert::Infallible;

use conformance::cases::forms::client::{Body, Client, Error, InProcess, Recorder};
use conformance::cases::forms::operations::{ChargeResponse, EitherResponse, GetTokenResponse};
use conformance::cases::forms::server::{Api, router};
use conformance::cases::forms::types::{Card, CardOwner, Charge, Grant, Token};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use proptest::prelude::*;
use tower::ServiceExt;

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn get_token(&self, body: Grant) -> Result<GetTokenResponse, Infallible> {
        let token = serde_json::to_string(&body).expect("JSON");
        Ok(GetTokenResponse::Ok(Token {
            token,
            seconds: Some(1.5),
        }))
    }

    async fn charge(&self, body: Option<Charge>) -> Result<ChargeResponse, Infallible> {
        Ok(ChargeResponse::Ok(body.unwrap_or_default()))
    }

    async fn either(&self, body: Grant) -> Result<EitherResponse, Infallible> {
        assert_eq!(body.grant_type, "a b");
        Ok(EitherResponse::NoContent)
    }
}

fn client() -> Client {
    let builder = Client::builder().transport(InProcess::new(router(Service)));
    builder.build().expect("a client")
}

fn grant() -> Grant {
    Grant {
        grant_type: "a&b=c+d e\u{e9}".to_owned(),
        scope: Some(vec!["1".to_owned(), "x,y".to_owned()]),
        expires: Some(60).into(),
        remember: Some(true),
        claims: Some([("age".to_owned(), 7)].into()),
    }
}

fn card() -> Card {
    let owner = CardOwner {
        name: Some("Ann Lee".to_owned()),
    };
    Card {
        number: Some("42".to_owned()),
        months: Some(vec![1, 2]),
        owner: Some(owner),
    }
}

fn charge() -> Charge {
    Charge {
        amount: Some(5),
        expand: Some(vec!["a".to_owned(), "b".to_owned()]),
        tags: Some(vec!["x,1".to_owned(), "y".to_owned()]),
        note: Some("n\"".to_owned()),
        card: Some(card()),
        parts: Some(vec![card(), Card::default()]),
    }
}

#[tokio::test]
async fn forms_are_read_as_they_were_written() {
    let client = client();
    let token = client.get_token(&grant()).send().await.expect("a token");
    assert_eq!(token.seconds, Some(1.5));
    let seen: Grant = serde_json::from_str(&token.token).expect("a grant");
    assert_eq!(seen, grant());
    let seen = client
        .charge()
        .body(&charge())
        .send()
        .await
        .expect("a charge");
    assert_eq!(seen, charge());
    let one = Charge {
        expand: Some(vec!["a".to_owned()]),
        ..Charge::default()
    };
    assert_eq!(
        client.charge().body(&one).send().await.expect("a charge"),
        one
    );
    let nothing = client.charge().body(&Charge::default()).send().await;
    assert_eq!(nothing.expect("a charge"), Charge::default());
    let wrong = Grant {
        grant_type: String::new(),
        ..grant()
    };
    let error = client
        .get_token(&wrong)
        .send()
        .await
        .expect_err("it is too short");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
}

#[tokio::test]
async fn what_is_sent() {
    let form = http::Response::new(Body::from("token=a+b%2B&seconds=2"));
    let recorder = Recorder::new()
        .response(form)
        .json(200, "{}")
        .json(200, "{}");
    let client = Client::builder()
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let token = client.get_token(&grant()).send().await.expect("a token");
    assert_eq!((&*token.token, token.seconds), ("a b+", Some(2.0)));
    client
        .charge()
        .body(&charge())
        .send()
        .await
        .expect("a charge");
    let either = client.either(&Grant::new("a b")).send().await;
    assert!(matches!(either, Err(Error::Unexpected(_))));
    let sent = recorder.requests();
    let texts: Vec<&str> = sent
        .iter()
        .map(|it| std::str::from_utf8(&it.body).expect("text"))
        .collect();
    let claims = "%7B%22age%22%3A7%7D";
    let grant = format!(
        "grant_type=a%26b%3Dc%2Bd+e%C3%A9&scope=1&scope=x%2Cy&expires=60&remember=true&claims={claims}"
    );
    assert_eq!(texts[0], grant);
    let charge = "amount=5&expand%5B%5D=a&expand%5B%5D=b&tags=x%2C1,y&note=%22n%5C%22%22\
        &card%5Bnumber%5D=42&card%5Bmonths%5D%5B%5D=1&card%5Bmonths%5D%5B%5D=2&card%5Bowner%5D%5Bname%5D=Ann+Lee";
    assert!(texts[1].starts_with(charge), "{}", texts[1]);
    assert_eq!(texts[2], r#"{"grant_type":"a b"}"#);
    assert_eq!(
        sent[0].headers[CONTENT_TYPE],
        "application/x-www-form-urlencoded"
    );
}

/// The status of the answer to a form.
async fn post(path: &str, media_type: &'static str, body: &str) -> u16 {
    let mut request = http::Request::new(axum::body::Body::from(body.to_owned()));
    *request.uri_mut() = path.parse().expect("a path");
    *request.method_mut() = http::Method::POST;
    request
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    router(Service)
        .oneshot(request)
        .await
        .expect("an answer")
        .status()
        .as_u16()
}

#[tokio::test]
async fn forms_of_others() {
    let form = "application/x-www-form-urlencoded";
    for (path, body, status) in [
        ("/either", "grant_type=a+b", 204),
        (
            "/either",
            "grant_type=a%20b&unknown=1&scope%5B%5D=x&scope%5B%5D=y",
            204,
        ),
        ("/either", "&grant_type=a+b&remember=false&expires=", 400),
        ("/either", "grant_type=a+b&remember=maybe", 400),
        ("/either", "grant_type=a&grant_type=b", 400),
        ("/either", "grant_type=%zz", 400),
        ("/either", "grant_type=%ff", 400),
        ("/either", "scope=x", 400),
        ("/either", "", 400),
        ("/either", "grant_type=a+b&claims[a]=1&claims[b]=2", 204),
        ("/either", "grant_type=a+b&claims[a]=x", 400),
        ("/either", "grant_type=a+b&claims[a=1", 400),
        (
            "/either",
            "grant_type=a+b&x[1][2][3][4][5][6][7][8][9][10]=1",
            400,
        ),
        (
            "/charges",
            "card[months]=1&parts[0][number]=1&parts[1][months][0]=2",
            200,
        ),
        ("/charges", "", 200),
    ] {
        assert_eq!(post(path, form, body).await, status, "{body}");
    }
    assert_eq!(
        post("/either", "application/json", r#"{"grant_type":"a b"}"#).await,
        204
    );
    assert_eq!(post("/either", "multipart/form-data", "").await, 415);
}

fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

proptest! {
    #[test]
    fn any_value_arrives(
        note in "[^\\x00]{0,8}",
        amount in proptest::option::of(any::<i64>()),
        tags in proptest::collection::vec("[^\\x00]{0,4}", 1..4),
        months in proptest::collection::vec(any::<i64>(), 1..3),
        name in "[\\PC&=+%\\[\\]]{0,6}",
    ) {
        let owner = CardOwner { name: Some(name.clone()) };
        let card = Card { number: Some(note.clone()), months: Some(months), owner: Some(owner) };
        let sent = Charge {
            amount,
            expand: Some(tags.clone()),
            tags: Some(tags),
            note: Some(note),
            card: Some(card.clone()),
            parts: Some(vec![card]),
        };
        let got = now(client().charge().body(&sent).send());
        prop_assert_eq!(got.expect("a charge"), sent);
    }
}
