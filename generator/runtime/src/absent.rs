//! What stands in the place of the operations of a cargo feature that is off.

use super::server::Routes;

/// What a service is asked for that has no operations to serve: nothing.
pub trait Serves<K> {}

impl<A, K> Serves<K> for A {}

/// Adds no operations.
pub fn routes<S>(routes: Routes<S>) -> Routes<S> {
    routes
}
