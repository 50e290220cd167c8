//! A server of Operations.
//!
//! Each operation is answered with 501 until it is written.
//! Nobody is let in until `Service` looks at credentials.

use chrono::NaiveDate;

use conformance::cases::service::operations::{
    ChangePetResponse, CreatePetResponse, DeletePetResponse, Operation,
    PlanVisitResponse, ReadPetResponse,
};
use conformance::cases::service::server::{
    AuthError, Authenticate, Credentials, KeepersApi, PetsApi, Problem,
};
use conformance::cases::service::types::{NewPet, PetPatch, Visit};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::service::server::router(Service, Service)
}

#[allow(unused_variables)]
impl PetsApi for Service {
    type Principal = ();

    type Error = Problem;

    /// `POST /pets`
    async fn create_pet(
        &self,
        principal: Self::Principal,
        body: NewPet,
    ) -> Result<CreatePetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /pets/{petId}`
    async fn read_pet(&self, pet_id: String) -> Result<ReadPetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `PATCH /pets/{petId}`
    async fn change_pet(
        &self,
        principal: Option<Self::Principal>,
        pet_id: String,
        body: PetPatch,
    ) -> Result<ChangePetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `DELETE /pets/{petId}`
    async fn delete_pet(
        &self,
        principal: Self::Principal,
        pet_id: String,
    ) -> Result<DeletePetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}

#[allow(unused_variables)]
impl KeepersApi for Service {
    type Principal = ();

    type Error = Problem;

    /// `PUT /keepers/{keeper}/visits/{day}`
    async fn plan_visit(
        &self,
        principal: Self::Principal,
        keeper: i32,
        day: NaiveDate,
        body: Option<Visit>,
    ) -> Result<PlanVisitResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}

#[allow(unused_variables)]
impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(
        &self,
        operation: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, AuthError> {
        Err(AuthError::Unauthorized)
    }
}
