//! `cases/filters`: what is left out is not answered, and what is left works.

use std::convert::Infallible;

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

    async fn list_pets(&self, name: String) -> Result<ListPetsResponse, Infallible> {
        Ok(ListPetsResponse::Ok(vec![name]))
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
    assert_eq!(names, ["Ann"]);
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
