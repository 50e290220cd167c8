//! `cases/base_path`: an API that is served below a path.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use conformance::cases::base_path::client::{Client, ClientBuilder, DEFAULT_BASE_PATH, InProcess};
use conformance::cases::base_path::operations::{GetPetResponse, GetRootResponse};
use conformance::cases::base_path::server::{Api, at_base, router};
use tower::ServiceExt;

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn get_pet(&self, id: String) -> Result<GetPetResponse, Infallible> {
        assert_eq!(id, "a/b");
        Ok(GetPetResponse::NoContent)
    }

    async fn get_root(&self) -> Result<GetRootResponse, Infallible> {
        Ok(GetRootResponse::NoContent)
    }
}

fn client(builder: ClientBuilder, router: Router) -> Client {
    let client = builder.transport(InProcess::new(router)).build();
    client.expect("a client")
}

#[tokio::test]
async fn client_and_server_meet_below_the_base() {
    assert_eq!(DEFAULT_BASE_PATH, "/api/v2");
    for origin in ["https://example.com", "https://example.com/"] {
        let client = client(Client::builder(origin), at_base(router(Service)));
        assert_eq!(client.base_url(), "https://example.com/api/v2");
        client.get_pet("a/b").send().await.expect("an answer");
        client.get_root().send().await.expect("an answer");
    }
}

#[tokio::test]
async fn a_router_is_not_below_the_base_by_itself() {
    let builder = Client::builder("https://example.com");
    let client = client(builder, router(Service));
    client.get_root().send().await.expect_err("it is elsewhere");
}

#[tokio::test]
async fn what_is_not_below_the_base_is_not_found() {
    let router = at_base(router(Service));
    for (path, status) in [
        ("/api/v2/", StatusCode::NO_CONTENT),
        ("/api/v2", StatusCode::NO_CONTENT),
        ("/api/v2?a=b", StatusCode::NO_CONTENT),
        ("/api/v2/pets/a%2Fb?a", StatusCode::NO_CONTENT),
        ("/api/v20", StatusCode::NOT_FOUND),
        ("/api", StatusCode::NOT_FOUND),
        ("/", StatusCode::NOT_FOUND),
        ("/api/v2/dogs", StatusCode::NOT_FOUND),
    ] {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let answer = router.clone().oneshot(request).await;
        let response = answer.expect("an answer");
        assert_eq!(response.status(), status, "{path}");
        let of = response.headers().get("content-type");
        assert_eq!(of.is_some(), status == StatusCode::NOT_FOUND, "{path}");
    }
}
