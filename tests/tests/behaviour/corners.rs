//! `cases/corners`: that it compiles says most; the rest is that values arrive.

use std::convert::Infallible;

use conformance::cases::corners::client::{Client, InProcess};
use conformance::cases::corners::operations::{
    AnswerOkBody, AnswerResponse, ColoursResponse, OldResponse, PagesResponse, PostTextResponse,
    PutTextResponse,
};
use conformance::cases::corners::server::{AnswersApi, ColoursApi, PagesApi, TextsApi, router};
use conformance::cases::corners::types::{ColoursParams, OldParams, PagesParams, Tick};

#[derive(Clone)]
struct Echo;

impl TextsApi for Echo {
    type Error = Infallible;

    async fn put_text(&self, body: String) -> Result<PutTextResponse, Infallible> {
        Ok(PutTextResponse::Ok(body))
    }

    async fn post_text(&self, body: Option<String>) -> Result<PostTextResponse, Infallible> {
        Ok(PostTextResponse::Ok(body.unwrap_or_default()))
    }
}

impl PagesApi for Echo {
    type Error = Infallible;

    async fn pages(&self, params: PagesParams) -> Result<PagesResponse, Infallible> {
        let header = params.size_header.as_deref().unwrap_or("none");
        Ok(PagesResponse::Ok(format!(
            "{header} {}",
            params.size_query()
        )))
    }

    async fn old(&self, params: OldParams) -> Result<OldResponse, Infallible> {
        #[allow(deprecated)]
        Ok(OldResponse::Ok(params.id))
    }
}

impl AnswersApi for Echo {
    type Error = Infallible;

    async fn answer(&self, _: &'static str, body: Tick) -> Result<AnswerResponse, Infallible> {
        Ok(AnswerResponse::Ok(AnswerOkBody::Json(body)))
    }
}

impl ColoursApi for Echo {
    type Error = Infallible;

    async fn colours(&self, params: ColoursParams) -> Result<ColoursResponse, Infallible> {
        let count = params.colour.and_then(|colour| colour.count.into());
        Ok(ColoursResponse::Ok(count.unwrap_or_default()))
    }
}

#[tokio::test]
async fn values_arrive() {
    let router = router(Echo);
    let builder = Client::builder().transport(InProcess::new(router));
    let client = builder.build().expect("a client");
    let text = client.put_text("a \"b\"").send().await;
    assert_eq!(text.expect("a text"), "a \"b\"");
    let text = client.post_text().body("c").send().await;
    assert_eq!(text.expect("a text"), "c");
    let pages = client.pages().size_header("big").send().await;
    assert_eq!(pages.expect("pages"), "big 20");
    let pages = client.pages().size_query(3).send().await;
    assert_eq!(pages.expect("pages"), "none 3");
    assert_eq!(client.old("x").send().await.expect("an id"), "x");
    let tick = Tick { count: 7 };
    let colours = client.colours().colour(tick.clone()).send().await;
    assert_eq!(colours.expect("a count"), 7);
    assert_eq!(client.answer(&tick).send().await.expect("an answer"), tick);
}
