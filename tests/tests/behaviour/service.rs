//! `cases/service`: bodies, tags and security, from a client to a server in one process.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use conformance::cases::service::client::{Client, ClientBuilder, Error, InProcess};
use conformance::cases::service::operations::{
    self, ChangePetResponse, CreatePetError, CreatePetResponse, DeletePetResponse, Operation,
    PlanVisitOk, PlanVisitResponse, ReadPetResponse,
};
use conformance::cases::service::runtime::json;
use conformance::cases::service::server::{
    AuthError, Authenticate, Credentials, KeepersApi, PetsApi, router,
};
use conformance::cases::service::types::{Mood, NewKind, NewPet, Pet, PetPatch, Problem, Visit};
use http::StatusCode;

/// Writes down who called what with which body.
#[derive(Clone, Default)]
struct Service {
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn note(&self, line: String) {
        self.log.lock().expect("the log").push(line);
    }
}

fn pet(id: &str) -> Pet {
    let mut pet = Pet::new(id);
    pet.mood = Some(Mood::from("sleepy"));
    pet
}

fn problem(message: &str) -> Problem {
    Problem {
        message: message.to_owned(),
        code: Some(1),
    }
}

impl PetsApi for Service {
    type Principal = String;
    type Error = Infallible;

    async fn create_pet(&self, who: String, body: NewPet) -> Result<CreatePetResponse, Infallible> {
        self.note(format!("{who} creates {body:?}"));
        Ok(match body.name.as_str() {
            "taken" => CreatePetResponse::Conflict(pet("other")),
            "teapot" => CreatePetResponse::Default {
                status: StatusCode::IM_A_TEAPOT,
                body: problem("no tea"),
            },
            _ => CreatePetResponse::Created(pet("new")),
        })
    }

    async fn read_pet(&self, pet_id: String) -> Result<ReadPetResponse, Infallible> {
        self.note(format!("somebody reads {pet_id}"));
        Ok(if pet_id == "none" {
            ReadPetResponse::NotFound(problem("none"))
        } else {
            ReadPetResponse::Ok(pet(&pet_id))
        })
    }

    async fn change_pet(
        &self,
        who: Option<String>,
        pet_id: String,
        body: PetPatch,
    ) -> Result<ChangePetResponse, Infallible> {
        self.note(format!("{who:?} changes {pet_id}: {:?}", body.nickname));
        Ok(ChangePetResponse::Ok(pet(&pet_id)))
    }

    async fn delete_pet(
        &self,
        who: String,
        pet_id: String,
    ) -> Result<DeletePetResponse, Infallible> {
        self.note(format!("{who} deletes {pet_id}"));
        Ok(DeletePetResponse::NoContent)
    }
}

impl KeepersApi for Service {
    type Principal = String;
    type Error = Infallible;

    async fn plan_visit(
        &self,
        who: String,
        keeper: i32,
        day: chrono::NaiveDate,
        body: Option<Visit>,
    ) -> Result<PlanVisitResponse, Infallible> {
        self.note(format!("{who} plans {keeper} {day}"));
        Ok(body.map_or(PlanVisitResponse::Accepted, PlanVisitResponse::Ok))
    }
}

struct Keys;

impl Authenticate for Keys {
    type Principal = String;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<String, AuthError> {
        let known = |text: &str| {
            if text == "forbidden" {
                Err(AuthError::Forbidden)
            } else {
                Ok(text != "wrong")
            }
        };
        let (name, fine) = match credentials {
            Credentials::Key { key } => (format!("key {}", key.expose()), known(key.expose())?),
            Credentials::Token { token } => {
                (format!("token {}", token.expose()), known(token.expose())?)
            }
            Credentials::KeyAndToken { key, token } => (
                format!("key {} and token {}", key.expose(), token.expose()),
                known(key.expose())? && known(token.expose())?,
            ),
            Credentials::Login { login } => {
                let (name, password) = login.decode().ok_or(AuthError::Unauthorized)?;
                (format!("login {name}"), known(password.expose())?)
            }
        };
        if fine {
            Ok(name)
        } else {
            Err(AuthError::Unauthorized)
        }
    }
}

fn client(with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, Service) {
    let service = Service::default();
    // The URL of the document has a path, which is where the router goes.
    let router = axum::Router::new().nest("/v1", router(service.clone(), Keys));
    let transport = InProcess::new(router);
    let client = with(Client::builder().transport(transport))
        .build()
        .expect("a client");
    (client, service)
}

fn log(service: &Service) -> Vec<String> {
    service.log.lock().expect("the log").clone()
}

#[tokio::test]
async fn any_of_the_alternatives_lets_in() {
    let body = NewPet::new("Tom", NewKind::Cat);
    let (client, service) = client(|it| it.key("k"));
    assert_eq!(
        client.create_pet(&body).send().await.expect("created"),
        pet("new")
    );
    assert!(
        log(&service)[0].starts_with("key k creates"),
        "{:?}",
        log(&service)
    );
    let (client, service) = self::client(|it| it.token("t"));
    client.create_pet(&body).send().await.expect("created");
    assert!(
        log(&service)[0].starts_with("token t creates"),
        "{:?}",
        log(&service)
    );
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let (client, service) = client(|it| it);
    let error = client
        .delete_pet("a")
        .send()
        .await
        .expect_err("a key is needed");
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    // A login does not open what asks for a key.
    let (client, other) = self::client(|it| it.login("me", "pass"));
    assert!(matches!(
        client.delete_pet("a").send().await,
        Err(Error::Auth(_))
    ));
    assert!(log(&service).is_empty() && log(&other).is_empty());
}

#[tokio::test]
async fn operations_without_security_need_none_and_get_none() {
    let (client, service) = client(|it| it.key("k").token("t"));
    assert_eq!(
        client.read_pet("a b/c").send().await.expect("a pet").id,
        "a b/c"
    );
    assert_eq!(log(&service), ["somebody reads a b/c"]);
    let error = client
        .read_pet("none")
        .send()
        .await
        .expect_err("there is none");
    match error {
        Error::Api(api) => assert_eq!(api.body, problem("none")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn optional_security_knows_who_calls_if_they_say() {
    let (anonymous, service) = client(|it| it);
    anonymous
        .change_pet("a", &PetPatch::default())
        .send()
        .await
        .expect("anybody may");
    assert_eq!(log(&service), ["None changes a: None"]);
    let (known, service) = client(|it| it.token("t"));
    let patch = PetPatch {
        nickname: Some(None),
        ..PetPatch::default()
    };
    known
        .change_pet("a", &patch)
        .send()
        .await
        .expect("they may too");
    assert_eq!(log(&service), ["Some(\"token t\") changes a: Some(None)"]);
    // Wrong credentials are not the same as none.
    let (wrong, service) = client(|it| it.token("wrong"));
    let error = wrong
        .change_pet("a", &patch)
        .send()
        .await
        .expect_err("they are wrong");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(log(&service).is_empty());
}

#[tokio::test]
async fn schemes_that_are_needed_together_are_sent_together() {
    let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    let (both, service) = client(|it| it.key("k").token("t"));
    let outcome = both.plan_visit(-3, day).send().await.expect("planned");
    assert_eq!(outcome, PlanVisitOk::Accepted);
    assert_eq!(log(&service), ["key k and token t plans -3 2024-02-29"]);
    let unsendable = Client::builder().login("me:and", "p:w").build();
    assert!(unsendable.is_err(), "a name with a colon cannot be sent");
    let (login, service) = client(|it| it.login("me", "p:w"));
    let visit = Visit {
        note: Some("bring food".to_owned()),
        at: None,
    };
    let outcome = login
        .plan_visit(1, day)
        .body(&visit)
        .send()
        .await
        .expect("planned");
    assert_eq!(outcome, PlanVisitOk::Ok(visit));
    assert_eq!(log(&service), ["login me plans 1 2024-02-29"]);
    let (half, _) = client(|it| it.key("k"));
    assert!(
        matches!(half.plan_visit(1, day).send().await, Err(Error::Auth(_))),
        "half of a pair opens nothing"
    );
}

#[tokio::test]
async fn every_declared_outcome_arrives_as_itself() {
    let (client, _) = client(|it| it.key("k"));
    let send = async |name: &str| {
        client
            .create_pet(&NewPet::new(name, NewKind::Plus1))
            .send()
            .await
    };
    assert_eq!(
        send("Tom").await.expect("created").mood,
        Some(Mood::Unrecognized("sleepy".to_owned()))
    );
    match send("taken").await.expect_err("there is one") {
        Error::Api(api) => assert_eq!(
            (api.status, api.body),
            (StatusCode::CONFLICT, CreatePetError::Conflict(pet("other")))
        ),
        other => panic!("{other:?}"),
    }
    match send("teapot").await.expect_err("no tea") {
        Error::Api(api) => {
            let expected = CreatePetError::Default {
                status: StatusCode::IM_A_TEAPOT,
                body: problem("no tea"),
            };
            assert_eq!(api.body, expected);
        }
        other => panic!("{other:?}"),
    }
    let response = client.delete_pet("a").send_response().await.expect("gone");
    assert_eq!(response.status, StatusCode::NO_CONTENT);
}

/// The server checks before the handler is called, and answers in the error shape of the document.
#[tokio::test]
async fn a_body_that_breaks_a_constraint_is_no_concern_of_the_handler() {
    let (client, service) = client(|it| it.key("k"));
    let too_long = "x".repeat(21);
    let error = client
        .create_pet(&NewPet::new(too_long.clone(), NewKind::Cat))
        .send()
        .await
        .expect_err("too long");
    let status = error.status().expect("a status");
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY || status == StatusCode::BAD_REQUEST,
        "{status}"
    );
    assert!(
        !format!("{error:?} {error}").contains(&too_long),
        "a message does not repeat the value"
    );
    assert!(log(&service).is_empty());
}

/// What serde derives would take the array for the fields in their order.
#[test]
fn an_array_is_no_object() {
    let read = |text: &str| json::from_slice::<NewPet>(text.as_bytes());
    assert!(read(r#"{"name": "Tom", "kind": "cat"}"#).is_ok());
    let error = read(r#"["Tom", "cat", null]"#).expect_err("an array");
    assert_eq!(error.problem(), "expected struct NewPet");
}

#[tokio::test]
async fn forbidden_is_told_from_unknown() {
    let (client, _) = client(|it| it.key("forbidden"));
    let error = client
        .delete_pet("a")
        .send()
        .await
        .expect_err("not for them");
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
}

#[test]
fn the_table_of_operations_is_that_of_the_document() {
    let ids: Vec<&str> = operations::ALL
        .iter()
        .map(|operation| operation.id)
        .collect();
    assert_eq!(
        ids,
        [
            "createPet",
            "readPet",
            "changePet",
            "deletePet",
            "planVisit"
        ]
    );
    let alternatives: Vec<usize> = operations::ALL
        .iter()
        .map(|operation| operation.security.len())
        .collect();
    assert_eq!(alternatives, [2, 0, 2, 1, 2]);
}
