//! `cases/bare`: operations without tags, ids, servers and security.

use std::convert::Infallible;

use conformance::cases::bare::client::{Client, InProcess};
use conformance::cases::bare::operations::{
    DeleteThingsByIdResponse, GetResponse, GetResponse2, GetThingsByIdResponse, OddResponse,
};
use conformance::cases::bare::server::{Api, router};
use conformance::cases::bare::types::GetThingsByIdResponseBody;

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn get(&self) -> Result<GetResponse, Infallible> {
        Ok(GetResponse::NoContent)
    }

    async fn get_things_by_id(&self, id: i64) -> Result<GetThingsByIdResponse, Infallible> {
        Ok(GetThingsByIdResponse::Ok(GetThingsByIdResponseBody { id }))
    }

    async fn delete_things_by_id(&self, id: i64) -> Result<DeleteThingsByIdResponse, Infallible> {
        Ok(if id < 0 {
            DeleteThingsByIdResponse::Accepted
        } else {
            DeleteThingsByIdResponse::Ok
        })
    }

    async fn odd(&self, id: String) -> Result<OddResponse, Infallible> {
        assert_eq!(id, "*:{}");
        Ok(OddResponse::NoContent)
    }

    async fn get_2(&self, body: Option<Vec<String>>) -> Result<GetResponse2, Infallible> {
        let count = body.map_or(-1, |words| i64::try_from(words.len()).unwrap_or(i64::MAX));
        Ok(GetResponse2::Created(count))
    }
}

fn client() -> Client {
    let transport = InProcess::new(router(Service));
    let builder = Client::builder("https://bare.example").transport(transport);
    builder.build().expect("a client")
}

#[tokio::test]
async fn operations_work_without_anything_around_them() {
    let client = client();
    client.get().send().await.expect("the root is there");
    for id in [0, -7, i64::MIN, i64::MAX] {
        assert_eq!(
            client
                .get_things_by_id(id)
                .send()
                .await
                .expect("a thing")
                .id,
            id
        );
    }
}

#[tokio::test]
async fn two_successes_without_a_body_are_told_apart_by_status() {
    for (id, status) in [(1, 200), (-1, 202)] {
        let response = client()
            .delete_things_by_id(id)
            .send_response()
            .await
            .expect("a success");
        assert_eq!(response.status, status);
    }
}

#[tokio::test]
async fn a_body_may_be_left_out() {
    let client = client();
    let words = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(client.get_2().send().await.expect("a count"), -1);
    assert_eq!(
        client.get_2().body(&words).send().await.expect("a count"),
        2
    );
    assert_eq!(
        client
            .get_2()
            .body(&Vec::new())
            .send()
            .await
            .expect("a count"),
        0
    );
}

#[tokio::test]
async fn signs_of_a_router_are_signs_of_the_path() {
    client()
        .odd("*:{}")
        .send()
        .await
        .expect("the path is literal");
}
