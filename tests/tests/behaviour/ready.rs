//! Streams that never wait.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// A stream of what is there already.
pub(crate) struct Ready<T>(VecDeque<T>);

impl<T> Unpin for Ready<T> {}

impl<T> Stream for Ready<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A stream of these.
pub(crate) fn ready<T>(items: impl IntoIterator<Item = T>) -> Ready<T> {
    Ready(items.into_iter().collect())
}
