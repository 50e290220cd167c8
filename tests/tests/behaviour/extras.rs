//! `cases/extras`: what a client brings along.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use conformance::cases::extras::client::{Client, InProcess, Recorder};
use conformance::cases::extras::operations::{AddPetResponse, ListPetsResponse};
use conformance::cases::extras::runtime::blocking::Blocking;
use conformance::cases::extras::runtime::retry::Retry;
use conformance::cases::extras::runtime::traced::Traced;
use conformance::cases::extras::server::{Api, router};

/// Counts its calls.
#[derive(Default)]
struct Service(AtomicUsize);

impl Api for &'static Service {
    type Error = Infallible;

    async fn list_pets(&self) -> Result<ListPetsResponse, Infallible> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(ListPetsResponse::NoContent)
    }

    async fn add_pet(&self) -> Result<AddPetResponse, Infallible> {
        Ok(AddPetResponse::NoContent)
    }
}

fn service() -> &'static Service {
    Box::leak(Box::default())
}

#[test]
fn a_call_is_waited_for() {
    let blocking = Blocking::new().expect("there is room");
    let service = service();
    let client = Client::builder().transport(InProcess::new(router(service)));
    let client = client.build().expect("a client");
    blocking.wait(client.list_pets().send()).expect("an answer");
    assert_eq!(service.0.load(Ordering::Relaxed), 1);
}

/// Layers go around any transport, for all calls or for one.
#[tokio::test(start_paused = true)]
async fn what_is_safe_to_repeat_is_sent_again() {
    let answers = || Recorder::new().json(503, "").json(204, "");
    let recorder = answers();
    let layered = Client::builder()
        .transport(recorder.clone())
        .layer(Retry::new)
        .layer(Traced::new);
    let layered = layered.build().expect("a client");
    layered.list_pets().send().await.expect("an answer");
    assert_eq!(recorder.requests().len(), 2);

    let recorder = answers();
    let client = Client::builder().transport(recorder.clone());
    let client = client.build().expect("a client");
    let error = client.list_pets().send().await.expect_err("no answer");
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    let patient = client.with(|it| it.layer(|inner| Retry::new(inner).attempts(5)));
    patient.list_pets().send().await.expect("an answer");

    let recorder = answers();
    let client = Client::builder().transport(recorder.clone());
    let client = client.layer(Retry::new).build().expect("a client");
    client.add_pet().send().await.expect_err("it is sent once");
    let keyed = client.with(|it| it.header("idempotency-key", "7"));
    keyed.add_pet().send().await.expect("an answer");
    assert_eq!(recorder.requests().len(), 2);
}
