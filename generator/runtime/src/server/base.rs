//! Serving below the path of the base URL.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use http::Uri;
use http::uri::PathAndQuery;
use tower::ServiceExt;

use super::Problem;

/// Serves a router below a path. What is elsewhere is not found.
pub fn below(base: &'static str, router: Router, respond: fn(Problem) -> Response) -> Router {
    let answer = move |mut request: Request| {
        let router = router.clone();
        async move {
            let Some(inner) = without_base(base, request.uri()) else {
                return respond(Problem::not_found());
            };
            *request.uri_mut() = inner;
            match router.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
    };
    Router::new().fallback(answer)
}

/// The same URI without the base at the beginning of its path; nothing if it does not begin with it.
fn without_base(base: &str, uri: &Uri) -> Option<Uri> {
    let whole = uri.path_and_query()?.as_str();
    let rest = whole.strip_prefix(base)?;
    let rest = match rest.as_bytes().first() {
        Some(b'/') => PathAndQuery::try_from(rest),
        Some(b'?') | None => PathAndQuery::try_from(format!("/{rest}")),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.ok()?);
    Uri::from_parts(parts).ok()
}
