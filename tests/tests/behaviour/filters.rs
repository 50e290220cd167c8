//! `cases/filters`: what is left out is not answered, and what is left works. Operations are chosen for the head of
//! their requests in the same words.

use std::convert::Infallible;

use axum::Extension;
use axum::http::request::Parts;
use conformance::cases::filters::client::{Client, InProcess};
use conformance::cases::filters::operations::{GetPetResponse, ListPetsResponse};
use conformance::cases::filters::server::{Api, PetsApi, router};
use conformance::cases::filters::types::{Kind, Pet};
use conformance::raw::{exchange, serve_router};

#[derive(Clone)]
struct Service;

impl PetsApi for Service {
    type Error = Infallible;

    async fn get_pet(&self, id: String) -> Result<GetPetResponse, Infallible> {
        let kind = Some(Kind::Cat);
        Ok(GetPetResponse::Ok(Pet { name: id, kind }))
    }
}

impl Api for Service {
    type Error = Infallible;

    async fn list_pets(&self, name: String, parts: Parts) -> Result<ListPetsResponse, Infallible> {
        let layer = parts.extensions.get::<&str>().copied();
        let path = parts.uri.path().to_owned();
        let words = [Some(name), layer.map(str::to_owned), Some(path)];
        Ok(ListPetsResponse::Ok(words.into_iter().flatten().collect()))
    }
}

#[tokio::test]
async fn what_is_left_works() {
    let builder = Client::builder("http://localhost");
    let client = builder.transport(InProcess::new(router(Service))).build();
    let client = client.expect("a client");
    let pet = client.get_pet("Tom").send().await.expect("a pet");
    assert_eq!(pet.name, "Tom");
    let names = client.list_pets("Ann").send().await.expect("names");
    assert_eq!(names, ["Ann", "/owners/Ann/pets"]);
}

#[tokio::test]
async fn a_layer_speaks_to_a_handler_that_asked_for_the_head_of_the_request() {
    let router = router(Service).layer(Extension("from a layer"));
    let builder = Client::builder("http://localhost").transport(InProcess::new(router));
    let client = builder.build().expect("a client");
    let names = client.list_pets("Ann").send().await.expect("names");
    assert_eq!(names, ["Ann", "from a layer", "/owners/Ann/pets"]);
}

#[tokio::test]
async fn what_is_left_out_is_not_there() {
    let server = serve_router(router(Service)).await;
    for (request, status) in [
        ("GET /pets/1", "200"),
        ("DELETE /pets/1", "405"),
        ("POST /pets/1", "405"),
        ("GET /stores", "404"),
    ] {
        let request = format!("{request} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = exchange(server, &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}
