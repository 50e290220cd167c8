//! The service that the requests are sent to.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use conformance::cases::service::operations::{
    ChangePetResponse, CreatePetResponse, DeletePetResponse, Operation, PlanVisitResponse,
    ReadPetResponse,
};
use conformance::cases::service::server::{
    AuthError, Authenticate, Credentials, KeepersApi, PetsApi,
};
use conformance::cases::service::types::{NewPet, Pet, PetPatch, Visit};

/// Counts the calls of its handlers.
#[derive(Clone, Default)]
pub(crate) struct Service {
    calls: Arc<AtomicUsize>,
}

impl Service {
    /// How many requests got to a handler.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn call(&self) {
        self.calls.fetch_add(1, Ordering::SeqCst);
    }
}

impl PetsApi for Service {
    type Principal = ();
    type Error = Infallible;

    async fn create_pet(&self, (): (), _: NewPet) -> Result<CreatePetResponse, Infallible> {
        self.call();
        Ok(CreatePetResponse::Created(Pet::new("a")))
    }

    async fn read_pet(&self, _: String) -> Result<ReadPetResponse, Infallible> {
        self.call();
        Ok(ReadPetResponse::Ok(Pet::new("a")))
    }

    async fn change_pet(
        &self,
        _: Option<()>,
        _: String,
        _: PetPatch,
    ) -> Result<ChangePetResponse, Infallible> {
        self.call();
        Ok(ChangePetResponse::Ok(Pet::new("a")))
    }

    async fn delete_pet(&self, (): (), _: String) -> Result<DeletePetResponse, Infallible> {
        self.call();
        Ok(DeletePetResponse::NoContent)
    }
}

impl KeepersApi for Service {
    type Principal = ();
    type Error = Infallible;

    async fn plan_visit(
        &self,
        (): (),
        _: i32,
        _: chrono::NaiveDate,
        _: Option<Visit>,
    ) -> Result<PlanVisitResponse, Infallible> {
        self.call();
        Ok(PlanVisitResponse::Accepted)
    }
}

impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<(), AuthError> {
        let word = match &credentials {
            Credentials::Key { key } => key.expose().to_owned(),
            Credentials::Token { token } => token.expose().to_owned(),
            Credentials::KeyAndToken { key, token } => {
                format!("{}{}", key.expose(), token.expose())
            }
            Credentials::Login { login } => match login.decode() {
                Some((name, password)) => format!("{name}{}", password.expose()),
                None => return Err(AuthError::Unauthorized),
            },
        };
        match word.as_str() {
            "good" => Ok(()),
            "known" => Err(AuthError::Forbidden),
            _ => Err(AuthError::Unauthorized),
        }
    }
}
