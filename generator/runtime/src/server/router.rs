//! What every router has besides its routes.

use axum::Router;
use axum::response::Response;
use http::{Method, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;

use super::Problem;
use super::problem::with_status;

/// Adds the answers for what no route takes, and for a panic in a handler.
///
/// `OPTIONS` is answered with 204 and any other unknown method with 405, both with `Allow`. A
/// panic is answered with 500, says nothing about itself, and harms no other request.
pub fn finish(routes: Router, respond: fn(Problem) -> Response) -> Router {
    routes
        .method_not_allowed_fallback(async move |method: Method| match method {
            Method::OPTIONS => with_status(StatusCode::NO_CONTENT),
            _ => respond(Problem::method_not_allowed()),
        })
        .fallback(async move || respond(Problem::not_found()))
        .layer(CatchPanicLayer::custom(move |_| {
            respond(Problem::internal())
        }))
}
