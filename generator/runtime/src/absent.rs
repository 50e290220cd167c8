//! What stands in the place of the operations of a cargo feature that is off.

use axum::Router;

/// What a service is asked for that has no operations to serve: nothing.
pub trait Serves<K> {}

impl<A, K> Serves<K> for A {}

/// The routes of no operations.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
}
