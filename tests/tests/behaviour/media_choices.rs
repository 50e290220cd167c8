//! `cases/media_choices`: bodies of several media types.

use std::convert::Infallible;

use conformance::cases::media_choices::client::{Body, Client, Error, InProcess, Recorder};
use conformance::cases::media_choices::operations::{
    AddPartBody, AddPartResponse, AddStatsOk, AddStatsOkBody, AddStatsResponse,
    GetStatsClientErrorBody, GetStatsOkBody, GetStatsResponse, PatchStatsResponse, SetStatsBody,
    SetStatsResponse,
};
use conformance::cases::media_choices::server::{Api, router};
use conformance::cases::media_choices::types::{
    AddPartJsonBody, AddPartJsonBody2, Patch, Problem, Stats,
};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tower::ServiceExt;

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn get_stats(&self, accept: &'static str) -> Result<GetStatsResponse, Infallible> {
        Ok(GetStatsResponse::Ok(match accept {
            "application/json" => Stats { count: 1 }.into(),
            "text/csv" => GetStatsOkBody::Text("count\n1\n".to_owned()),
            _ => Body::from("%PDF").into(),
        }))
    }

    async fn set_stats(&self, body: SetStatsBody) -> Result<SetStatsResponse, Infallible> {
        match body {
            SetStatsBody::Json(stats) => assert_eq!(stats.count, 2),
            SetStatsBody::Text(count) => assert_eq!(count, 3),
            SetStatsBody::Bytes(body) => {
                assert_eq!(body.content_type(), Some("image/gif"));
                assert_eq!(body.bytes().await.expect("it is whole"), "GIF");
            }
        }
        Ok(SetStatsResponse::NoContent)
    }

    async fn patch_stats(
        &self,
        content_type: &'static str,
        body: Option<Patch>,
    ) -> Result<PatchStatsResponse, Infallible> {
        let shown = body.map_or("nothing", |_| content_type);
        Ok(PatchStatsResponse::Ok(shown.to_owned()))
    }

    async fn add_stats(
        &self,
        accept: &'static str,
        body: Option<Stats>,
    ) -> Result<AddStatsResponse, Infallible> {
        Ok(match (accept, body) {
            (_, Some(stats)) => AddStatsResponse::Created(stats.count.to_string()),
            ("text/html", None) => AddStatsResponse::Ok(AddStatsOkBody::Html("<p>".to_owned())),
            _ => AddStatsResponse::Ok(AddStatsOkBody::Plain("p".to_owned())),
        })
    }

    async fn add_part(&self, body: AddPartBody) -> Result<AddPartResponse, Infallible> {
        match body {
            AddPartBody::Json(it) => assert_eq!(it.a.as_deref(), Some("1")),
            AddPartBody::VndOtherJson(it) => assert_eq!(it.b.as_deref(), Some("2")),
        }
        Ok(AddPartResponse::NoContent)
    }
}

fn client() -> Client {
    let builder = Client::builder().transport(InProcess::new(router(Service)));
    builder.build().expect("a client")
}

#[tokio::test]
async fn the_caller_says_which_media_type_it_wants() {
    let client = client();
    let stats = client.get_stats().send().await.expect("figures");
    assert!(matches!(stats, GetStatsOkBody::Json(Stats { count: 1 })));
    let csv = client.get_stats().accept("text/csv").send().await;
    match csv.expect("figures") {
        GetStatsOkBody::Text(text) => assert_eq!(text, "count\n1\n"),
        other => panic!("{other:?}"),
    }
    let pdf = client.get_stats().accept("application/pdf").send().await;
    match pdf.expect("figures") {
        GetStatsOkBody::Bytes(body) => assert_eq!(body.bytes().await.expect("whole"), "%PDF"),
        other => panic!("{other:?}"),
    }
    let none = client.get_stats().accept("text/plain").send().await;
    let error = none.expect_err("there is no such thing");
    assert_eq!(error.status(), Some(StatusCode::NOT_ACCEPTABLE));
    // The server's own errors go by the media type that the document declares for their shape.
    match error {
        Error::Api(error) => assert_eq!(error.headers[CONTENT_TYPE], "application/problem+json"),
        other => panic!("{other:?}"),
    }
    let odd = client.get_stats().accept("text/\n").send().await;
    assert!(matches!(odd, Err(Error::InvalidRequest(_))));
    let html = client.add_stats().accept("text/html").send().await;
    let html = html.expect("a page");
    assert_eq!(html, AddStatsOk::Ok(AddStatsOkBody::Html("<p>".to_owned())));
    let plain = client.add_stats().send().await.expect("a text");
    assert_eq!(plain, AddStatsOk::Ok(AddStatsOkBody::Plain("p".to_owned())));
}

#[tokio::test]
async fn a_body_says_what_it_is() {
    let client = client();
    let set = async |body: SetStatsBody| client.set_stats(body).send().await;
    set(Stats { count: 2 }.into()).await.expect("JSON");
    set(3.into()).await.expect("a text");
    set(Body::from("GIF").with_content_type("image/gif").into())
        .await
        .expect("an image");
    for wrong in [SetStatsBody::Text(0), Stats { count: -1 }.into()] {
        let error = set(wrong).await.expect_err("it is out of bounds");
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    }
    let a = AddPartJsonBody {
        a: Some("1".to_owned()),
    };
    client.add_part(a).send().await.expect("the first kind");
    let b = AddPartJsonBody2 {
        b: Some("2".to_owned()),
    };
    client.add_part(b).send().await.expect("the second kind");
}

#[tokio::test]
async fn kinds_of_json_are_chosen_by_name() {
    let client = client();
    let patch = Patch::default();
    let sent = |media_type| {
        client
            .patch_stats()
            .body(&patch)
            .content_type(media_type)
            .send()
    };
    let merge = sent("application/merge-patch+json").await.expect("a kind");
    assert_eq!(merge, "application/merge-patch+json");
    let first = client
        .patch_stats()
        .body(&patch)
        .send()
        .await
        .expect("a kind");
    assert_eq!(first, "application/json-patch+json");
    assert_eq!(
        client.patch_stats().send().await.expect("no patch"),
        "nothing"
    );
    assert!(matches!(
        sent("text/plain").await,
        Err(Error::InvalidRequest(_))
    ));
}

/// The status and the `Accept` of the answer to a body of this media type, and its text.
async fn post(path: &str, media_type: Option<&'static str>, body: &'static str) -> (u16, String) {
    let mut request = http::Request::new(axum::body::Body::from(body));
    *request.uri_mut() = path.parse().expect("a path");
    *request.method_mut() = Method::PUT;
    if let Some(media_type) = media_type {
        let value = HeaderValue::from_static(media_type);
        request.headers_mut().insert(CONTENT_TYPE, value);
    }
    let response = router(Service).oneshot(request).await.expect("an answer");
    let accept = response.headers().get(ACCEPT);
    let accept = accept.map_or("", |it| it.to_str().expect("it is ASCII"));
    (response.status().as_u16(), accept.to_owned())
}

#[tokio::test]
async fn other_media_types_are_refused_with_a_list() {
    let taken = "application/json, text/plain, image/*";
    assert_eq!(
        post("/stats", Some("text/csv"), "1").await,
        (415, taken.to_owned())
    );
    assert_eq!(
        post("/stats", None, r#"{"count":2}"#).await,
        (204, String::new())
    );
    let kinds = ["application/JSON; charset=utf-8", "application/vnd.x+json"];
    for kind in kinds {
        assert_eq!(
            post("/stats", Some(kind), r#"{"count":2}"#).await.0,
            204,
            "{kind}"
        );
    }
    assert_eq!(post("/stats", Some("Text/Plain;a=b"), "3").await.0, 204);
    assert_eq!(post("/stats", Some("text/plain"), "three").await.0, 400);
}

#[tokio::test]
async fn a_response_is_what_its_header_says() {
    let reply = |status: u16, media_type: Option<&'static str>, text: &'static str| {
        let mut response = http::Response::new(Body::from(text));
        *response.status_mut() = status.try_into().expect("a status");
        if let Some(media_type) = media_type {
            let value = HeaderValue::from_static(media_type);
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
        response
    };
    let recorder = Recorder::new()
        .response(reply(200, None, r#"{"count":5}"#))
        .response(reply(200, Some("image/png"), "x"))
        .response(reply(418, Some("text/html"), "<p>"))
        .response(reply(400, Some("application/json"), r#"{"title":"no"}"#))
        .response(reply(201, Some("text/plain"), "Ann"))
        .response(reply(201, Some("application/json"), r#""Ann""#));
    let client = Client::builder()
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let first = client.get_stats().send().await.expect("the first is JSON");
    assert!(matches!(first, GetStatsOkBody::Json(Stats { count: 5 })));
    assert!(matches!(
        client.get_stats().send().await,
        Err(Error::Unexpected(_))
    ));
    for wanted in [
        GetStatsClientErrorBody::Text("<p>".to_owned()),
        GetStatsClientErrorBody::Json(Problem {
            title: "no".to_owned(),
        }),
    ] {
        match client.get_stats().send().await {
            Err(Error::Api(error)) => assert_eq!(error.body, wanted),
            other => panic!("{other:?}"),
        }
    }
    for _ in 0..2 {
        let name = client.add_stats().send().await.expect("a name");
        assert_eq!(name, AddStatsOk::Created("Ann".to_owned()));
    }
    let accept = &recorder.requests()[0].headers[ACCEPT];
    let all = "application/json, text/csv, application/pdf, application/problem+json, text/html";
    assert_eq!(accept, all);
}
