//! `cases/security`: schemes of every kind, and tokens that are asked for.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::extract::Request;
use conformance::cases::security::client::{
    BoxError, BoxFuture, Client, ClientBuilder, Error, InProcess, Token, TokenProvider,
    TokenRequest,
};
use conformance::cases::security::operations::{
    AnybodyResponse, CertificateResponse, DigestResponse, Operation, ReadResponse, WriteResponse,
};
use conformance::cases::security::runtime::secret::Secret;
use conformance::cases::security::security::oauth;
use conformance::cases::security::server::{
    Api, AuthError, Authenticate, Certificate, Credentials, router,
};
use conformance::raw::{exchange, serve_router};

/// Writes down who was let in, and lets in whoever has the word `good`.
#[derive(Clone, Default)]
struct Service {
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn note(&self, line: String) {
        self.log.lock().expect("the log").push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().expect("the log"))
    }
}

impl Api for Service {
    type Principal = String;
    type Error = Infallible;

    async fn read(&self, who: String) -> Result<ReadResponse, Infallible> {
        self.note(format!("{who} reads"));
        Ok(ReadResponse::NoContent)
    }

    async fn write(&self, who: String, body: Vec<String>) -> Result<WriteResponse, Infallible> {
        self.note(format!("{who} writes {}", body.concat()));
        Ok(WriteResponse::NoContent)
    }

    async fn digest(&self, who: String) -> Result<DigestResponse, Infallible> {
        self.note(format!("{who} digests"));
        Ok(DigestResponse::NoContent)
    }

    async fn certificate(&self, who: String) -> Result<CertificateResponse, Infallible> {
        self.note(format!("{who} certifies"));
        Ok(CertificateResponse::NoContent)
    }

    async fn anybody(&self) -> Result<AnybodyResponse, Infallible> {
        self.note("anybody".to_owned());
        Ok(AnybodyResponse::NoContent)
    }
}

impl Authenticate for Service {
    type Principal = String;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<String, AuthError> {
        let (who, word) = match &credentials {
            Credentials::OAuth { oauth } => (format!("oauth {:?}", oauth.scopes()), oauth.expose()),
            // Both are bearer tokens, so the server has to know them apart.
            Credentials::Oidc { oidc } if oidc.expose() == "open" => {
                (format!("oidc {:?}", oidc.scopes()), "good")
            }
            Credentials::Oidc { .. } => (String::new(), "bad"),
            Credentials::Digest { digest } => ("digest".to_owned(), digest.expose()),
            Credentials::Old { old } => ("old".to_owned(), old.expose()),
            Credentials::Login { .. } => ("login".to_owned(), "good"),
            Credentials::Mtls { mtls } => (format!("{:?}", mtls.0), "good"),
        };
        match word {
            "good" => Ok(who),
            "unknown" => Err(AuthError::Unavailable),
            _ => Err(AuthError::Unauthorized),
        }
    }
}

fn client(with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, Service) {
    let service = Service::default();
    let transport = InProcess::new(router(service.clone(), service.clone()));
    let client = with(Client::builder().transport(transport));
    (client.build().expect("a client"), service)
}

fn text() -> Vec<String> {
    vec!["text".to_owned()]
}

/// Gives its tokens one after the other, and writes down what it was asked.
#[derive(Clone)]
struct Tokens {
    tokens: Arc<Mutex<Vec<&'static str>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Tokens {
    fn new(tokens: &[&'static str]) -> Self {
        Self {
            tokens: Arc::new(Mutex::new(tokens.iter().rev().copied().collect())),
            asked: Arc::default(),
        }
    }
}

impl TokenProvider for Tokens {
    fn token<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(async move {
            let refused = request.refused.map(Secret::expose);
            let line = format!("{} {:?} {refused:?}", request.operation.id, request.scopes);
            self.asked.lock().expect("the log").push(line);
            let token = self.tokens.lock().expect("the tokens").pop();
            token
                .map(Secret::from)
                .ok_or_else(|| "no token is left".into())
        })
    }
}

#[tokio::test]
async fn a_provider_is_asked_per_call_and_once_more_when_a_token_is_refused() {
    let tokens = Tokens::new(&["good", "old", "good", "bad", "worse", "bad", "bad"]);
    let (client, service) = client(|it| it.oauth(Token::provided_by(tokens.clone())));
    client.read().send().await.expect("it is good");
    client
        .write(&text())
        .send()
        .await
        .expect("the second is good");
    for _ in 0..2 {
        // Neither is good, and the same one is not sent twice.
        let error = client.read().send().await.expect_err("they are bad");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    }
    assert_eq!(
        service.take(),
        [
            "oauth [\"read\"] reads",
            "oauth [\"read\", \"write:all\"] writes text"
        ]
    );
    let error = client.read().send().await.expect_err("none is left");
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    assert_eq!(
        std::error::Error::source(&error).expect("why").to_string(),
        "no token is left"
    );
    assert_eq!(
        *tokens.asked.lock().expect("the log"),
        [
            "read [\"read\"] None",
            "write [\"read\", \"write:all\"] None",
            "write [\"read\", \"write:all\"] Some(\"old\")",
            "read [\"read\"] None",
            "read [\"read\"] Some(\"bad\")",
            "read [\"read\"] None",
            "read [\"read\"] Some(\"bad\")",
            "read [\"read\"] None",
        ]
    );
    assert!(!format!("{error:?} {client:?}").contains("bad"));
}

#[tokio::test]
async fn the_alternatives_of_an_operation_each_have_their_scopes() {
    let (client, service) = client(|it| it.oidc("open"));
    client.write(&text()).send().await.expect("it is good");
    assert!(matches!(client.read().send().await, Err(Error::Auth(_))));
    assert_eq!(service.take(), ["oidc [\"admin\"] writes text"]);
    assert_eq!((oauth::READ, oauth::WRITE_ALL), ("read", "write:all"));
}

#[tokio::test]
async fn other_schemes_send_what_they_are_given() {
    let (digest, service) = client(|it| it.digest("good"));
    digest.digest().send().await.expect("it is good");
    digest.anybody().send().await.expect("anybody may");
    assert_eq!(service.take(), ["digest digests", "anybody"]);
    let (login, service) = client(|it| it.login("me", "x"));
    login.digest().send().await.expect("it is good");
    assert_eq!(service.take(), ["login digests"]);
    assert!(
        Client::builder().digest("").build().is_err(),
        "nothing to send"
    );
    assert!(Client::builder().login("a:b", "x").build().is_err());
}

#[tokio::test]
async fn a_certificate_is_what_a_layer_says_it_is() {
    let (without, service) = client(|it| it);
    assert!(matches!(
        without.certificate().send().await,
        Err(Error::Auth(_))
    ));
    let (claims, _) = client(|it| it.mtls());
    let error = claims
        .certificate()
        .send()
        .await
        .expect_err("there is none");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    let router = router(service.clone(), service.clone());
    let layer = axum::middleware::map_request(async |mut request: Request| {
        request.extensions_mut().insert(Certificate("der".into()));
        request
    });
    let client = Client::builder()
        .mtls()
        .transport(InProcess::new(router.layer(layer)));
    let client = client.build().expect("a client");
    client.certificate().send().await.expect("it is shown");
    assert_eq!(service.take(), ["b\"der\" certifies"]);
}

#[tokio::test]
async fn a_401_says_what_would_do() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    let expected = [
        ("GET /read", "Bearer"),
        (
            "GET /digest",
            "Digest, Basic realm=\"api\", charset=\"UTF-8\"",
        ),
        ("GET /certificate", ""),
        ("POST /write", "Bearer"),
    ];
    for (line, challenge) in expected {
        for credentials in [
            "",
            "authorization: Bearer bad\r\n",
            "authorization: Other good\r\n",
        ] {
            let request =
                format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{credentials}\r\n");
            let response = exchange(address, &request).await;
            assert!(response.starts_with("HTTP/1.1 401 "), "{line}: {response}");
            let mut lines = response.lines();
            let found = lines.find_map(|it| it.strip_prefix("www-authenticate: "));
            assert_eq!(found.unwrap_or_default(), challenge, "{line}");
        }
    }
    assert!(service.take().is_empty());
}

#[tokio::test]
async fn a_call_has_credentials_of_its_own() {
    let (client, service) = client(|it| it.oauth("bad"));
    let theirs = client.with(|it| it.oauth("good"));
    theirs.read().send().await.expect("they may read");
    client.read().send().await.expect_err("others may not");
    assert_eq!(service.take().len(), 1);
}

#[tokio::test]
async fn a_server_that_cannot_tell_does_not_blame_the_credentials() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    for (line, credentials) in [("GET /read", "Bearer"), ("GET /digest", "Digest")] {
        let request = format!(
            "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: {credentials} unknown\r\n\r\n"
        );
        let response = exchange(address, &request).await;
        assert!(response.starts_with("HTTP/1.1 503 "), "{line}: {response}");
        assert!(!response.contains("www-authenticate"), "{line}: {response}");
    }
    assert!(service.take().is_empty());
}
