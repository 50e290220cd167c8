//! `cases/webhooks`: webhooks and callbacks from their sender to their receiver, and what is refused on
//! the way.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use conformance::cases::webhooks::client::{Client, ClientBuilder, Error, InProcess};
use conformance::cases::webhooks::operations::{
    self, NEW_PET, NewPetResponse, Operation, SubscribeMovedResponse, WebhookSubscribeResponse,
};
use conformance::cases::webhooks::server::{
    AuthError, NewsWebhooks, Problem, Unverified, Verify, Webhooks, receiver,
};
use conformance::cases::webhooks::types::{NewPetParams, Pet, PetKind};
use http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

/// Writes down what arrives.
#[derive(Clone, Default)]
struct Shop {
    log: Arc<Mutex<Vec<String>>>,
}

impl Shop {
    fn note(&self, line: String) {
        self.log.lock().expect("the log").push(line);
    }

    fn log(&self) -> Vec<String> {
        self.log.lock().expect("the log").clone()
    }
}

impl Webhooks for Shop {
    type Error = Problem;

    async fn new_pet(&self, params: NewPetParams, body: Pet) -> Result<NewPetResponse, Problem> {
        self.note(format!("{}: {body:?}", params.x_delivery));
        Ok(match body.name.as_str() {
            "Nobody" => NewPetResponse::Gone,
            name => NewPetResponse::Ok(format!("pets/{name}")),
        })
    }

    async fn subscribe_moved(&self, body: Pet) -> Result<SubscribeMovedResponse, Problem> {
        self.note(format!("moved: {}", body.id));
        Ok(SubscribeMovedResponse::NoContent)
    }
}

impl NewsWebhooks for Shop {
    type Error = Problem;

    async fn webhook_subscribe(&self) -> Result<WebhookSubscribeResponse, Problem> {
        self.note("subscribe".to_owned());
        Ok(WebhookSubscribeResponse::Accepted)
    }
}

/// Takes what names the length of its body in a header, and what shows the token that is asked for.
struct Signed;

impl Verify for Signed {
    async fn verify(
        &self,
        webhook: &'static Operation,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), AuthError> {
        if !webhook.security.is_empty() {
            let is_known = headers
                .get("authorization")
                .is_some_and(|it| it == "Bearer t");
            return is_known.then_some(()).ok_or(AuthError::Unauthorized);
        }
        let signature = headers.get("x-delivery").and_then(|it| it.to_str().ok());
        match signature.and_then(|it| it.parse::<usize>().ok()) {
            Some(length) if length == body.len() => Ok(()),
            Some(0) => Err(AuthError::Forbidden),
            _ => Err(AuthError::Unauthorized),
        }
    }
}

fn mounted(shop: &Shop, verify: impl Verify) -> axum::Router {
    receiver(shop.clone(), verify)
        .new_pet("/hooks/new-pet")
        .subscribe_moved("/hooks/moved")
        .webhook_subscribe("/hooks/subscribe")
        .get_health("/hooks/health")
        .into_router()
}

fn sender(router: axum::Router, with: fn(ClientBuilder) -> ClientBuilder) -> Client {
    let builder = Client::sender().transport(InProcess::new(router));
    with(builder).build().expect("a sender")
}

fn pet(name: &str) -> Pet {
    Pet {
        id: 1,
        name: name.to_owned(),
        kind: PetKind::Cat,
    }
}

fn length(pet: &Pet) -> String {
    serde_json::to_vec(pet).expect("JSON").len().to_string()
}

#[tokio::test]
async fn a_webhook_arrives_at_its_path() {
    let shop = Shop::default();
    let sender = sender(mounted(&shop, Signed), |it| it);
    let (tom, url) = (pet("Tom"), "https://shop.example/hooks/new-pet");
    let sent = sender.new_pet(url, length(&tom), &tom).send().await;
    assert_eq!(sent.expect("filed"), "pets/Tom");
    assert_eq!(shop.log(), [format!("{}: {tom:?}", length(&tom))]);
    let nobody = pet("Nobody");
    let sent = sender.new_pet(url, length(&nobody), &nobody).send().await;
    assert_eq!(sent.expect_err("gone").status(), Some(StatusCode::GONE));
}

#[tokio::test]
async fn a_webhook_arrives_over_a_socket() {
    let shop = Shop::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = mounted(&shop, Unverified);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let sender = Client::sender().build().expect("a sender");
    let url = format!("http://{address}/hooks/moved?from=here#never-sent");
    let sent = sender.subscribe_moved(url, &pet("Tom")).send().await;
    sent.expect("noted");
    assert_eq!(shop.log(), ["moved: 1"]);
}

#[tokio::test]
async fn what_is_not_signed_reaches_no_handler() {
    let shop = Shop::default();
    let sender = sender(mounted(&shop, Signed), |it| it);
    let url = "https://shop.example/hooks/new-pet";
    for (signature, status) in [
        ("forged", StatusCode::UNAUTHORIZED),
        ("0", StatusCode::FORBIDDEN),
    ] {
        let sent = sender.new_pet(url, signature, &pet("Tom")).send().await;
        assert_eq!(sent.expect_err("refused").status(), Some(status));
    }
    assert!(shop.log().is_empty());
}

/// The signature is looked at first, so that nobody learns what would be decoded.
#[tokio::test]
async fn a_signature_comes_before_what_is_signed() {
    let post = async |signature: &str, body: &'static str| {
        let request = Request::post("/hooks/new-pet")
            .header("content-type", "application/json")
            .header("x-delivery", signature)
            .body(Body::from(body));
        let router = mounted(&Shop::default(), Signed);
        let answer = router.oneshot(request.expect("a request")).await;
        answer.expect("an answer").status()
    };
    assert_eq!(post("9", "{").await, StatusCode::UNAUTHORIZED);
    assert_eq!(post("1", "{").await, StatusCode::BAD_REQUEST);
    let nameless = r#"{"id": 1, "name": "", "kind": "cat"}"#;
    assert_eq!(post("36", nameless).await, StatusCode::BAD_REQUEST);
    let named = r#"{"id": 1, "name": "T", "kind": "cat"}"#;
    assert_eq!(post("37", named).await, StatusCode::OK);
}

/// An API learns new words before its users do; what breaks another rule is refused all the same.
#[tokio::test]
async fn a_newer_sender_is_understood() {
    let shop = Shop::default();
    let sender = sender(mounted(&shop, Unverified), |it| it);
    let url = "https://shop.example/hooks/new-pet";
    let mut bird = pet("Tweety");
    bird.kind = PetKind::from("bird");
    sender.new_pet(url, "", &bird).send().await.expect("filed");
    assert!(shop.log()[0].contains("Unrecognized"), "{:?}", shop.log());
    bird.name.clear();
    let sent = sender.new_pet(url, "", &bird).send().await;
    let status = sent.expect_err("nameless").status();
    assert_eq!(status, Some(StatusCode::BAD_REQUEST));
}

#[tokio::test]
async fn credentials_go_where_a_webhook_asks_for_them() {
    let shop = Shop::default();
    let url = "https://shop.example/hooks/subscribe";
    let known = sender(mounted(&shop, Signed), |it| it.token("t").key("k"));
    known.webhook_subscribe(url).send().await.expect("accepted");
    let unknown = sender(mounted(&shop, Signed), |it| it.key("k"));
    let sent = unknown.webhook_subscribe(url).send().await;
    assert!(matches!(sent, Err(Error::Auth(_))), "{sent:?}");
    assert_eq!(shop.log(), ["subscribe"]);
    // What the document says about the API says nothing about whoever receives its webhooks.
    assert!(NEW_PET.security.is_empty());
}

#[tokio::test]
async fn what_is_not_implemented_says_so() {
    let shop = Shop::default();
    let sender = sender(mounted(&shop, Unverified), |it| it);
    let sent = sender
        .get_health("https://shop.example/hooks/health?a=b")
        .depth(1)
        .send()
        .await;
    let status = sent.expect_err("nothing").status();
    assert_eq!(status, Some(StatusCode::NOT_IMPLEMENTED));
    let sent = sender
        .subscription_ended("https://shop.example/hooks/ended")
        .send()
        .await;
    let status = sent.expect_err("nothing").status();
    assert_eq!(status, Some(StatusCode::NOT_FOUND), "it is not mounted");
}

#[tokio::test]
async fn a_url_that_cannot_be_used_is_told_before_anything_is_sent() {
    let shop = Shop::default();
    let sender = sender(mounted(&shop, Unverified), |it| it);
    for url in [
        "",
        "/hooks/new-pet",
        "ftp://shop.example/hooks/new-pet",
        "http://shop.example/hooks/new-pet",
        "https://me:secret@shop.example/hooks/new-pet",
        "https://shop.example/a/../hooks/new-pet",
    ] {
        let sent = sender.new_pet(url, "", &pet("Tom")).send().await;
        let error = sent.expect_err(url);
        assert!(
            matches!(error, Error::InvalidRequest(_)),
            "{url}: {error:?}"
        );
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
    }
    assert!(shop.log().is_empty());
    // Nor has such a client a place for the operations of the API.
    let body = conformance::cases::webhooks::types::Subscription {
        url: "https://shop.example".to_owned(),
    };
    let sent = sender.subscribe(&body).send().await;
    assert!(matches!(
        sent,
        Err(Error::InvalidRequest(_) | Error::Auth(_))
    ));
}

#[test]
fn webhooks_are_listed_apart_from_operations() {
    let ids = |all: &[&'static Operation]| all.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(ids(operations::ALL), ["subscribe"]);
    let webhooks = [
        "newPet",
        "subscribe",
        "health",
        "subscribe moved",
        "subscriptionEnded",
    ];
    assert_eq!(ids(operations::WEBHOOKS), webhooks);
}
