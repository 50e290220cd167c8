//! Which operation a request is for.

use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use http::header::{ALLOW, HeaderValue};
use http::{Method, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;

use super::super::operation::Operation;
use super::Problem;
use super::problem::with_status;
use super::settings::{Gate, Settings};
use super::template;

type Answer = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;
type Handler<S> = Box<dyn Fn(Arc<S>, Request) -> Answer + Send + Sync>;

/// The operations of a service, by the paths that they are reached at.
///
/// Every set of templates has its place, also `/{name}.{extension}`, `/{id}:cancel` and `/a?b=c`.
/// A request goes to the first operation of its method whose template fits, the most literal ones
/// first: they are compared segment by segment, from left to right. What takes all that is left of a path
/// comes last. A slash at the end counts.
pub struct Routes<S> {
    service: Arc<S>,
    routes: Vec<Route<S>>,
    nodes: Vec<Node>,
    settings: Settings,
}

struct Route<S> {
    operation: &'static Operation,
    /// The pairs that the query must have.
    query: Vec<&'static str>,
    handler: Handler<S>,
}

/// What can follow after some segments of a path.
#[derive(Default)]
struct Node {
    /// Fixed segments, with the nodes behind them.
    literals: HashMap<String, usize>,
    /// Segments with parameters, with the nodes behind them, the most literal first.
    patterns: Vec<(&'static str, usize)>,
    /// The node behind all that is left of a path.
    rest: Option<usize>,
    /// The routes that end here, the ones that ask most of the query first.
    ends: Vec<usize>,
}

impl<S: Send + Sync + 'static> Routes<S> {
    /// Nothing to serve yet.
    pub fn new(service: S) -> Self {
        Self {
            service: Arc::new(service),
            routes: Vec::new(),
            nodes: vec![Node::default()],
            settings: Settings::default(),
        }
    }

    /// Says what is put up with, and how problems are answered.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Adds an operation. Of two that cannot be told apart, the first is served.
    pub fn on<F, H>(self, operation: &'static Operation, handler: H) -> Self
    where
        H: Fn(Arc<S>, Request) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        self.at(operation, operation.path, handler)
    }

    /// Adds an operation at another path than its own.
    pub fn at<F, H>(mut self, operation: &'static Operation, path: &'static str, handler: H) -> Self
    where
        H: Fn(Arc<S>, Request) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        self.add(
            operation,
            path,
            Box::new(move |service, request| Box::pin(handler(service, request))),
        );
        self
    }

    fn add(&mut self, operation: &'static Operation, path: &'static str, handler: Handler<S>) {
        let (path, query) = template::parts(path);
        let mut node = 0;
        let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
        while let Some(segment) = segments.next() {
            let is_rest = template::rest(segment).is_some() && segments.peek().is_none();
            node = self.node(node, segment, is_rest);
        }
        let route = Route {
            operation,
            query: query.map(|it| it.split('&').collect()).unwrap_or_default(),
            handler,
        };
        let asks = route.query.len();
        let index = self.routes.len();
        self.routes.push(route);
        if let Some(node) = self.nodes.get_mut(node) {
            let asks_as_much = |it: &usize| self.routes[*it].query.len() >= asks;
            let at = node.ends.partition_point(asks_as_much);
            node.ends.insert(at, index);
        }
    }

    /// The node behind a segment, which is made if there is none.
    fn node(&mut self, from: usize, segment: &'static str, is_rest: bool) -> usize {
        let new = self.nodes.len();
        let Some(node) = self.nodes.get_mut(from) else {
            return from;
        };
        let next = if is_rest {
            *node.rest.get_or_insert(new)
        } else if segment.contains('{') {
            let shape = template::shape(segment);
            let known = node.patterns.iter();
            let mut known = known.filter(|(it, _)| template::shape(it) == shape);
            if let Some((_, next)) = known.next() {
                return *next;
            }
            node.patterns.push((segment, new));
            node.patterns
                .sort_by_cached_key(|(it, _)| template::rank(it));
            new
        } else {
            let literal = template::canonical(segment).into_owned();
            *node.literals.entry(literal).or_insert(new)
        };
        if next == new {
            self.nodes.push(Node::default());
        }
        next
    }

    /// The router. What the service does not answer itself is turned into a response by `respond`, unless
    /// the settings have an answer.
    ///
    /// Each response of an operation carries the `&'static` [`Operation`] as an extension, for layers to see.
    /// `HEAD` is answered as `GET` without the body, `OPTIONS` with 204, and any other unknown
    /// method with 405, both with `Allow`. A panic in a handler is answered with 500, says nothing
    /// about itself, and harms no other request.
    pub fn into_router(self, respond: fn(Problem) -> Response) -> Router {
        let gate = Gate::new(self.settings.clone(), respond);
        let shared = Arc::new((self, gate));
        let on_panic = Arc::clone(&shared);
        let answer = move |request: Request| {
            let shared = Arc::clone(&shared);
            async move {
                let (routes, gate) = &*shared;
                routes.answer(request, gate).await
            }
        };
        Router::new()
            .fallback(answer)
            .layer(CatchPanicLayer::custom(move |_| {
                on_panic.1.respond(Problem::internal())
            }))
    }

    async fn answer(&self, mut request: Request, gate: &Gate) -> Response {
        let _pass = match gate.enter(&mut request) {
            Ok(pass) => pass,
            Err(problem) => return gate.respond(problem),
        };
        let route = match self.find(&request) {
            Ok(route) => route,
            Err(allowed) => return gate.settle(refuse(request.method(), &allowed)),
        };
        let answer = (route.handler)(Arc::clone(&self.service), request).await;
        let mut response = gate.settle(answer);
        response.extensions_mut().insert(route.operation);
        response
    }

    /// The route of a request, or else the methods that there are routes for.
    fn find(&self, request: &Request) -> Result<&Route<S>, BTreeSet<&'static str>> {
        let (method, uri) = (request.method().as_str(), request.uri());
        let segments: Vec<&str> = uri.path().split('/').skip(1).collect();
        let mut allowed = BTreeSet::new();
        // Each node is reached in one way, so a request never looks at one twice.
        let mut open = vec![(0, 0)];
        while let Some((node, depth)) = open.pop() {
            let Some(node) = self.nodes.get(node) else {
                continue;
            };
            if let Some(segment) = segments.get(depth) {
                // What is pushed last is looked at first.
                let has_more = !segment.is_empty() || depth + 1 < segments.len();
                let rest = node.rest.filter(|_| has_more);
                open.extend(rest.map(|next| (next, segments.len())));
                let fitting = node.patterns.iter().rev();
                let fitting = fitting.filter(|(pattern, _)| template::fits(pattern, segment));
                open.extend(fitting.map(|(_, next)| (*next, depth + 1)));
                let literal = node.literals.get(&*template::canonical(segment));
                open.extend(literal.map(|next| (*next, depth + 1)));
                continue;
            }
            let ends = node.ends.iter().filter_map(|index| self.routes.get(*index));
            let ends = ends.filter(|it| it.takes(uri.query().unwrap_or_default()));
            let of = |method: &str| ends.clone().find(|it| it.operation.method == method);
            let found = of(method).or_else(|| of("GET").filter(|_| method == "HEAD"));
            if let Some(route) = found {
                return Ok(route);
            }
            allowed.extend(ends.map(|it| it.operation.method));
        }
        Err(allowed)
    }
}

impl<S> Route<S> {
    /// Whether a query has all that the template asks for.
    fn takes(&self, query: &str) -> bool {
        let mut asked = self.query.iter();
        asked.all(|pair| query.split('&').any(|it| it == *pair))
    }
}

/// The answer to a request that no route takes.
fn refuse(method: &Method, allowed: &BTreeSet<&'static str>) -> Result<Response, Problem> {
    let mut methods: Vec<&str> = allowed.iter().copied().collect();
    if allowed.contains("GET") && !allowed.contains("HEAD") {
        methods.push("HEAD");
    }
    if methods.is_empty() {
        return Err(Problem::not_found());
    }
    let methods = HeaderValue::from_str(&methods.join(", ")).map_err(|_| Problem::internal())?;
    if method == Method::OPTIONS {
        let mut response = with_status(StatusCode::NO_CONTENT);
        response.headers_mut().insert(ALLOW, methods);
        return Ok(response);
    }
    Err(Problem::method_not_allowed().with_header(ALLOW, methods))
}
