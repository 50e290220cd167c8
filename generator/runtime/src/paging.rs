//! Pages that follow each other, as a stream of pages or of what stands in them.

mod link;

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::Serialize;

use super::client::{
    Body, BoxFuture, Client, Error, Response, Transport, TransportError, TransportErrorKind,
};
use super::percent;

pub use self::link::next_link;

/// How the page after one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// With a text that the page has, as this query parameter.
    Cursor(&'static str),
    /// With the number of the page, from 1 on unless the request says otherwise, as this query parameter.
    Page(&'static str),
    /// With the number of items before it, as this query parameter.
    Offset(&'static str),
    /// With the URL that the header `Link` calls `next`. It must be at the same origin, and hold all of the
    /// query.
    Link,
}

/// A request for one page of many.
pub trait Paged: Clone + Send + Sync + Unpin {
    /// What a page is.
    type Page: Send;
    /// The list in it.
    type Items: List;
    /// What the document declares for failures.
    type Failure: Send;
    /// How the next page is asked for.
    const PAGING: Paging;

    /// Sends the request for a page, with this in the place of the client.
    #[cfg(not(target_arch = "wasm32"))]
    fn fetch(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<Response<Self::Page>, Error<Self::Failure>>> + Send;

    /// The same in a browser, which has one thread.
    #[cfg(target_arch = "wasm32")]
    fn fetch(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<Response<Self::Page>, Error<Self::Failure>>>;

    /// The client that the request was made with.
    fn client(&self) -> &Client;

    /// The list in a page.
    fn list(page: &mut Self::Page) -> &mut Self::Items;

    /// What a page says about the next one, if it does.
    fn cursor(_: &Self::Page) -> Option<String> {
        None
    }

    /// Where the request begins, if it says so.
    fn start(&self) -> Option<String> {
        None
    }

    /// The pages from this one on. It ends after an error.
    fn pages<'r>(self) -> Pages<'r, Self>
    where
        Self: 'r,
    {
        let first = Turn {
            next: None,
            position: self.start(),
        };
        Pages {
            state: State::Idle(self, first),
        }
    }

    /// The items of this page and all that follow. It ends after an error.
    fn items<'r>(self) -> Items<'r, Self>
    where
        Self: 'r,
    {
        Items {
            pages: self.pages(),
            current: Vec::new().into_iter(),
        }
    }
}

/// A list that may be missing.
pub trait List: Send {
    /// What is in it.
    type Item: Send + Unpin;

    /// All that is in it.
    fn take(&mut self) -> Vec<Self::Item>;

    /// How much is in it.
    fn count(&self) -> u64;
}

impl<T: Send + Unpin> List for Vec<T> {
    type Item = T;

    fn take(&mut self) -> Vec<T> {
        mem::take(self)
    }

    fn count(&self) -> u64 {
        self.len() as u64
    }
}

impl<L: List> List for Option<L> {
    type Item = L::Item;

    fn take(&mut self) -> Vec<L::Item> {
        self.as_mut().map(L::take).unwrap_or_default()
    }

    fn count(&self) -> u64 {
        self.as_ref().map(L::count).unwrap_or_default()
    }
}

/// A value that stands for a position, as text; nothing if it is absent, null, empty, or what has no end.
/// `path` leads to it where it is inside of others.
pub fn position(value: &impl Serialize, path: &[&str]) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    let found = path.iter().try_fold(&value, |value, key| value.get(*key));
    match found? {
        serde_json::Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A page to be asked for.
struct Turn {
    /// What changes about the request; nothing for the first page.
    next: Option<Next>,
    /// The position that it stands at.
    position: Option<String>,
}

#[derive(Clone)]
enum Next {
    Query(&'static str, String),
    Link(String),
}

impl Turn {
    /// The page after this one; nothing if this was the last.
    fn after<R: Paged>(&self, page: &mut Response<R::Page>) -> Option<Self> {
        let number = |first: u64| {
            let position = self.position.as_deref().map(str::parse);
            position.map_or(Some(first), Result::ok)
        };
        let count = R::list(&mut page.body).count();
        let (next, position) = match R::PAGING {
            Paging::Cursor(name) => {
                let cursor = R::cursor(&page.body)?;
                // A server that gives the same cursor again would never come to an end.
                if Some(&cursor) == self.position.as_ref() {
                    return None;
                }
                (Next::Query(name, cursor.clone()), cursor)
            }
            Paging::Page(name) | Paging::Offset(name) => {
                let (first, step) = match R::PAGING {
                    Paging::Offset(_) => (0, count),
                    _ => (1, 1),
                };
                let position = number(first)?.checked_add(step).filter(|_| count > 0)?;
                (
                    Next::Query(name, position.to_string()),
                    position.to_string(),
                )
            }
            Paging::Link => {
                let link = next_link(&page.headers)?;
                if Some(&link) == self.position.as_ref() {
                    return None;
                }
                (Next::Link(link.clone()), link)
            }
        };
        Some(Self {
            next: Some(next),
            position: Some(position),
        })
    }
}

type Outcome<R> = Result<<R as Paged>::Page, Error<<R as Paged>::Failure>>;

/// A page, and the request with the page after it.
type Fetched<R> = (Option<Outcome<R>>, Option<(R, Turn)>);

/// Pages that follow each other; see [`Paged::pages`].
#[must_use = "pages are asked for one by one"]
pub struct Pages<'r, R: Paged> {
    state: State<'r, R>,
}

enum State<'r, R: Paged> {
    Idle(R, Turn),
    Fetching(BoxFuture<'r, Fetched<R>>),
    Over,
}

impl<'r, R: Paged + 'r> Pages<'r, R> {
    /// The next page; nothing after the last one.
    pub async fn next(&mut self) -> Option<Outcome<R>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

async fn fetch<R: Paged>(request: R, turn: Turn) -> Fetched<R> {
    let client = match turn.next.clone() {
        Some(next) => request
            .client()
            .with(|it| it.layer(|inner| Turned { inner, next })),
        None => request.client().clone(),
    };
    let mut page = match request.fetch(&client).await {
        Ok(page) => page,
        Err(error) => return (Some(Err(error)), None),
    };
    let following = turn.after::<R>(&mut page);
    // An empty page says that the one before it was the last.
    let is_end = turn.next.is_some() && R::list(&mut page.body).count() == 0;
    let is_numbered = matches!(R::PAGING, Paging::Page(_) | Paging::Offset(_));
    let shown = (!is_end || !is_numbered).then_some(Ok(page.body));
    (shown, following.map(|turn| (request, turn)))
}

impl<'r, R: Paged + 'r> Stream for Pages<'r, R> {
    type Item = Outcome<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let State::Fetching(fetching) = &mut self.state {
                let (page, next) = ready!(fetching.as_mut().poll(cx));
                self.state = next.map_or(State::Over, |(request, turn)| State::Idle(request, turn));
                return Poll::Ready(page);
            }
            match mem::replace(&mut self.state, State::Over) {
                State::Idle(request, turn) => {
                    self.state = State::Fetching(Box::pin(fetch(request, turn)));
                }
                _ => return Poll::Ready(None),
            }
        }
    }
}

/// The items of pages that follow each other; see [`Paged::items`].
#[must_use = "pages are asked for one by one"]
pub struct Items<'r, R: Paged> {
    pages: Pages<'r, R>,
    current: std::vec::IntoIter<<R::Items as List>::Item>,
}

/// An item, or why there are no more.
type Item<R> = Result<<<R as Paged>::Items as List>::Item, Error<<R as Paged>::Failure>>;

impl<'r, R: Paged + 'r> Items<'r, R> {
    /// The next item; nothing after the last one.
    pub async fn next(&mut self) -> Option<Item<R>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<'r, R: Paged + 'r> Stream for Items<'r, R> {
    type Item = Item<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(mut page)) => self.current = R::list(&mut page).take().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Turns a request to another page.
struct Turned<T> {
    inner: T,
    next: Next,
}

impl<T: Transport> Transport for Turned<T> {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        match self.next.turn(request.uri()) {
            Ok(uri) => {
                *request.uri_mut() = uri;
                self.inner.send(request)
            }
            Err(problem) => {
                let error = TransportError::new(TransportErrorKind::Other).with_source(problem);
                Box::pin(async { Err(error) })
            }
        }
    }
}

impl Next {
    fn turn(&self, uri: &http::Uri) -> Result<http::Uri, &'static str> {
        match self {
            Self::Query(name, value) => with_query(uri, name, value),
            Self::Link(link) => at_link(uri, link),
        }
    }
}

/// The same URI with another value of a query parameter.
fn with_query(uri: &http::Uri, name: &str, value: &str) -> Result<http::Uri, &'static str> {
    let name = percent::encode(name);
    let pairs = uri.query().unwrap_or_default().split('&');
    let others = pairs.filter(|pair| {
        let key = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && key != name
    });
    let own = format!("{name}={}", percent::encode(value));
    let query: Vec<&str> = others.chain([own.as_str()]).collect();
    with_path(uri, &format!("{}?{}", uri.path(), query.join("&")))
}

/// The URI that a link leads to. Credentials go along, so it must be at the same origin.
fn at_link(uri: &http::Uri, link: &str) -> Result<http::Uri, &'static str> {
    if link.starts_with('/') && !link.starts_with("//") {
        return with_path(uri, link);
    }
    let target: http::Uri = link.parse().map_err(|_| "the next page is at no URL")?;
    if target.scheme() != uri.scheme() || target.authority() != uri.authority() {
        return Err("the next page is at another origin");
    }
    Ok(target)
}

fn with_path(uri: &http::Uri, path: &str) -> Result<http::Uri, &'static str> {
    let mut parts = uri.clone().into_parts();
    let path = path.split('#').next().unwrap_or_default();
    let wrong = "the next page is at no URL";
    parts.path_and_query = Some(path.parse().map_err(|_| wrong)?);
    http::Uri::from_parts(parts).map_err(|_| wrong)
}
