//! `cases/swagger2`: a client and a server of a Swagger 2.0 document, in one process.

use std::convert::Infallible;

use conformance::cases::swagger2::client::{Client, InProcess};
use conformance::cases::swagger2::operations::{
    ChangePetResponse, CreatePetResponse, Operation, ReadColorResponse, ReadPetResponse,
};
use conformance::cases::swagger2::server::{Api, AuthError, Authenticate, Credentials, router};
use conformance::cases::swagger2::types::{
    ChangePetBody, ChangePetBodyMood, Owner, Pet, Problem, ReadColorColor,
};
use serde_json::{from_value, json, to_value};

struct Service;

struct Keys;

impl Authenticate for Keys {
    type Principal = String;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<String, AuthError> {
        Ok(match credentials {
            Credentials::Token { token } => format!("token {}", token.expose()),
            Credentials::User { user } => {
                let (name, _) = user.decode().ok_or(AuthError::Unauthorized)?;
                format!("user {name}")
            }
        })
    }
}

impl Api for Service {
    type Principal = String;
    type Error = Infallible;

    async fn create_pet(&self, who: String, pet: Pet) -> Result<CreatePetResponse, Infallible> {
        // The flow of the scheme is 2.0's `accessCode`; on the wire it is a bearer token.
        assert_eq!(who, "token t");
        Ok(CreatePetResponse::Created(pet))
    }

    async fn read_pet(&self, pet_id: i64) -> Result<ReadPetResponse, Infallible> {
        let mut pet = Pet::new(None);
        pet.id = Some(pet_id);
        Ok(ReadPetResponse::Ok(pet))
    }

    async fn change_pet(
        &self,
        who: String,
        pet_id: i64,
        change: Option<ChangePetBody>,
    ) -> Result<ChangePetResponse, Infallible> {
        assert_eq!((who.as_str(), pet_id), ("user ada", 7));
        let mood = change.map(|change| change.mood);
        assert_eq!(mood, Some(ChangePetBodyMood::Awake));
        Ok(ChangePetResponse::NoContent)
    }

    async fn read_color(
        &self,
        _: String,
        color: ReadColorColor,
    ) -> Result<ReadColorResponse, Infallible> {
        Ok(ReadColorResponse::Ok(match color {
            ReadColorColor::Red => 1,
            ReadColorColor::Blue => 2,
        }))
    }
}

fn client() -> Client {
    // The base path of the document.
    let router = axum::Router::new().nest("/v1", router(Service, Keys));
    let builder = Client::builder()
        .transport(InProcess::new(router))
        .token("t")
        .user("ada", "secret");
    builder.build().expect("a client")
}

#[tokio::test]
async fn operations_of_2_0_work() {
    let client = client();
    let mut pet = Pet::new(Some("Rex".to_owned()));
    pet.owner = Some(Owner::new("Ada"));
    let created = client.create_pet(&pet).send().await.expect("it is created");
    assert_eq!(created, pet);
    let read = client.read_pet(9).send().await.expect("it is there");
    assert_eq!((read.id, read.nick), (Some(9), None));
    let change = ChangePetBody {
        mood: ChangePetBodyMood::Awake,
    };
    let request = client.change_pet(7).change(&change);
    request.send().await.expect("it is changed");
    let color = client.read_color(ReadColorColor::Blue).send().await;
    assert_eq!(color.expect("a color"), 2);
}

#[test]
fn schemas_of_2_0_hold() {
    // `x-nullable` and required: the key is there, and may hold null.
    let pet = json!({ "nick": null, "owner": { "name": "Ada" } });
    let read: Pet = from_value(pet.clone()).expect("a pet");
    assert_eq!(read.nick, None);
    assert_eq!(to_value(&read).expect("JSON"), pet);
    // `format: int-or-string`.
    for port in [json!(80), json!("http")] {
        let problem = json!({ "message": "taken", "port": port });
        let read: Problem = from_value(problem.clone()).expect("a problem");
        assert_eq!(to_value(&read).expect("JSON"), problem);
    }
    // `required: true` on the property itself.
    let error = from_value::<Owner>(json!({ "pets": [] })).expect_err("an owner has a name");
    assert!(error.to_string().contains("name"), "{error}");
}
