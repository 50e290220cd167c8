//! A server of Hooks.
//!
//! Each operation is answered with 501 until it is written.
//! Nobody is let in until `Service` looks at credentials.

use axum::http::HeaderMap;

use conformance::cases::webhooks::operations::{
    GetHealthResponse, NewPetResponse, Operation, SubscribeMovedResponse,
    SubscribeResponse, SubscriptionEndedResponse, WebhookSubscribeResponse,
};
use conformance::cases::webhooks::server::{
    Api, AuthError, Authenticate, Credentials, NewsWebhooks, Problem, Verify, Webhooks,
};
use conformance::cases::webhooks::types::{
    GetHealthParams, NewPetParams, Pet, Subscription,
};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::webhooks::server::router(Service, Service)
}

/// Receives webhooks and callbacks, each at a path of its own.
pub fn receiver() -> axum::Router {
    conformance::cases::webhooks::server::receiver(Service, Service)
        .new_pet("/new_pet")
        .subscribe_moved("/subscribe_moved")
        .subscription_ended("/subscription_ended")
        .webhook_subscribe("/webhook_subscribe")
        .get_health("/get_health")
        .into_router()
}

#[allow(unused_variables)]
impl Api for Service {
    type Principal = ();

    type Error = Problem;

    /// `POST /subscriptions`
    async fn subscribe(
        &self,
        principal: Self::Principal,
        body: Subscription,
    ) -> Result<SubscribeResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}

#[allow(unused_variables)]
impl Webhooks for Service {
    type Error = Problem;

    /// There is a new pet.
    ///
    /// `POST` webhook `newPet`
    async fn new_pet(
        &self,
        params: NewPetParams,
        body: Pet,
    ) -> Result<NewPetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST` callback `moved` of `subscribe`, sent to `{$request.body#/url}`
    async fn subscribe_moved(
        &self,
        body: Pet,
    ) -> Result<SubscribeMovedResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST` callback `ended` of `subscribe`, sent to `{$request.body#/url}?event=ended`
    async fn subscription_ended(
        &self,
    ) -> Result<SubscriptionEndedResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}

#[allow(unused_variables)]
impl NewsWebhooks for Service {
    type Error = Problem;

    /// `POST` webhook `subscribe`
    async fn webhook_subscribe(&self) -> Result<WebhookSubscribeResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET` webhook `health`
    async fn get_health(
        &self,
        params: GetHealthParams,
    ) -> Result<GetHealthResponse, Self::Error> {
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

#[allow(unused_variables)]
impl Verify for Service {
    async fn verify(
        &self,
        webhook: &'static Operation,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), AuthError> {
        Err(AuthError::Unauthorized)
    }
}
