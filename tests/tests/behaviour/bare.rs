//! `cases/bare`: operations without tags, ids, servers and security.

use std::convert::Infallible;
use std::net::IpAddr;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use conformance::cases::bare::client::{Client, InProcess};
use conformance::cases::bare::operations::{
    DeleteThingsByIdResponse, FormatsResponse, GetResponse, GetResponse2, GetThingsByIdResponse,
    OddResponse, SetApiResponse,
};
use conformance::cases::bare::runtime::encoded::Base64;
use conformance::cases::bare::runtime::secret::Secret;
use conformance::cases::bare::server::{Api, router};
use conformance::cases::bare::types::{self, GetThingsByIdResponseBody};

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

    async fn formats(
        &self,
        stamp: DateTime<FixedOffset>,
        local: NaiveDateTime,
        address: IpAddr,
        bytes: Base64,
        secret: Secret,
    ) -> Result<FormatsResponse, Infallible> {
        assert_eq!(stamp.to_rfc3339(), "2024-02-29T10:00:00.250+02:00");
        assert_eq!(local.to_string(), "2024-02-29 10:00:00");
        assert_eq!(address.to_string(), "fe80::1");
        assert_eq!(*bytes, [0xFB, 0xFF]);
        assert_eq!(secret.expose(), "a/b?");
        Ok(FormatsResponse::NoContent)
    }

    async fn set_api(&self, body: types::Api) -> Result<SetApiResponse, Infallible> {
        assert!(body.on);
        Ok(SetApiResponse::NoContent)
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
    let on = types::Api { on: true };
    client.set_api(&on).send().await.expect("it is set");
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

#[tokio::test]
async fn formats_are_texts_of_a_path() {
    let client = client();
    let request = client.formats(
        "2024-02-29T10:00:00.25+02:00"
            .parse()
            .expect("a time stamp"),
        "2024-02-29T10:00:00".parse().expect("a date and a time"),
        "fe80::1".parse().expect("an address"),
        Base64(vec![0xFB, 0xFF]),
        "a/b?",
    );
    request.send().await.expect("nothing");
}
