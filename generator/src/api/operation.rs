//! Operations: what is sent and what comes back.

use serde::Serialize;

use super::{Content, Docs, Origin, Type};

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Operation {
    /// The `operationId`, if it is declared and no other operation has it.
    pub(crate) id: Option<String>,
    /// What it is to be called, if the user or the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chosen: Option<String>,
    /// The HTTP method, such as `POST`.
    pub(crate) method: String,
    /// The path as it stands in a URL, with parameters in braces and without a fragment; empty for a
    /// hook.
    pub(crate) path: String,
    /// What it is if it does not stand under a path: its requests go to a URL that somebody gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hook: Option<Hook>,
    /// Whether a server takes its requests for those of an earlier operation (T10).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) client_only: bool,
    /// Whether a server also wants the head of its requests as it came.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) parts: bool,
    /// Whether a server reads its form of several parts part by part.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) part_stream: bool,
    /// The first tag.
    pub(crate) tag: Option<String>,
    /// Where it is served if that is not the default of the document: an index into the servers (A12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<usize>,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Where it is declared.
    pub(crate) origin: Origin,
    /// The path parameters, in the order of the path.
    pub(crate) parameters: Vec<Parameter>,
    /// The parameters outside of the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) options: Option<Options>,
    /// The request body.
    pub(crate) body: Option<Body>,
    /// The declared outcomes, in order.
    pub(crate) responses: Vec<Response>,
    /// The alternatives of its security; empty if it needs none.
    pub(crate) security: Vec<Alternative>,
}

impl Operation {
    /// What it is called in messages: its id, or its method and path, or what the document calls the
    /// webhook or the callback.
    pub(crate) fn name(&self) -> String {
        match (&self.id, &self.hook) {
            (Some(id), _) => id.clone(),
            (None, Some(Hook::Webhook { name })) => name.clone(),
            (None, Some(Hook::Callback { name, of, .. })) => format!("{of} {name}"),
            (None, None) => format!("{} {}", self.method, self.path),
        }
    }

    /// The types of what a client sends.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let options = self.options.iter().map(|options| &options.ty);
        let parameters = parameters.chain(options);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        parameters.chain(contents.filter_map(Content::ty))
    }

    /// The types of what a server sends.
    pub(crate) fn received(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().flat_map(|response| {
            let contents = response.contents.iter().filter_map(Content::ty);
            contents.chain(&response.headers)
        })
    }

    /// The same as [`Self::sent`], to be changed.
    pub(crate) fn sent_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let parameters = self
            .parameters
            .iter_mut()
            .map(|parameter| &mut parameter.ty);
        let options = self.options.iter_mut().map(|options| &mut options.ty);
        let parameters = parameters.chain(options);
        let contents = self.body.iter_mut().flat_map(|body| &mut body.contents);
        parameters.chain(contents.filter_map(Content::ty_mut))
    }

    /// The same as [`Self::received`], to be changed.
    pub(crate) fn received_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.responses.iter_mut().flat_map(|response| {
            let contents = response.contents.iter_mut().filter_map(Content::ty_mut);
            contents.chain(&mut response.headers)
        })
    }
}

/// A request that goes from the API to whoever uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Hook {
    /// A webhook, by its name (U1).
    Webhook { name: String },
    /// A callback, by its name, with what the operation is called that it belongs to, and the
    /// expression for its URL (U2).
    Callback {
        name: String,
        of: String,
        url: String,
    },
}

/// A path parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Parameter {
    /// The name on the wire.
    pub(crate) name: String,
    /// What it is to be called, if the user or the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chosen: Option<String>,
    /// Its type.
    pub(crate) ty: Type,
    /// How it is written.
    pub(crate) style: Style,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Where it is declared.
    pub(crate) origin: Origin,
}

/// The parameters outside of the path: a struct, and where each of its fields is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Options {
    /// The struct.
    pub(crate) ty: Type,
    /// How each field is sent, in the order of the fields.
    pub(crate) carriers: Vec<Carrier>,
}

/// Where a parameter outside of the path is sent, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Carrier {
    /// Where it is sent.
    pub(crate) location: Location,
    /// How it is written.
    pub(crate) style: Style,
    /// The styles of the fields of a form that have one of their own (Q5).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<(String, Style)>,
}

/// Where a parameter outside of the path is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Location {
    Query,
    Header,
    Cookie,
    /// It is the whole query: a form if its style is that, else JSON or a text (PR5).
    QueryString,
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Style {
    /// Its `style`.
    pub(crate) kind: StyleKind,
    /// Whether the items of a list, or the keys of an object, stand for themselves.
    pub(crate) explode: bool,
    /// Whether characters that have a meaning in URLs are left alone (PR17).
    pub(crate) reserved: bool,
    /// Whether an empty text stands for an absent value (PR18).
    pub(crate) empty_is_absent: bool,
    /// Whether it is all that is left of a path, slashes included (T13).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) slashes: bool,
}

/// The styles of parameters by name, and JSON, which `content` asks for (PR19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
    Cookie,
    /// A line for each item, in a header (R27).
    Lines,
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Body {
    /// What the document calls it, although the name is not sent (W11).
    pub(crate) name: Option<String>,
    /// The ways in which it may be written; at least one.
    pub(crate) contents: Vec<Content>,
    /// Whether it must be sent.
    pub(crate) required: bool,
    /// What the document says about it.
    pub(crate) docs: Docs,
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) enum Status {
    /// One status.
    Code(u16),
    /// A hundred statuses, by their first digit.
    Range(u16),
    /// Every status that no other response stands for.
    Default,
}

impl Status {
    /// Its words (R30): those of the registry of HTTP status codes, or those of its class.
    pub(crate) fn phrase(self) -> String {
        match self {
            Self::Code(code) => {
                let known = http::StatusCode::from_u16(code).ok();
                let known = known.and_then(|status| status.canonical_reason());
                known.map_or_else(|| format!("Status{code}"), str::to_owned)
            }
            Self::Range(1) => "Informational".to_owned(),
            Self::Range(2) => "Success".to_owned(),
            Self::Range(3) => "Redirection".to_owned(),
            Self::Range(4) => "ClientError".to_owned(),
            Self::Range(_) => "ServerError".to_owned(),
            Self::Default => "Default".to_owned(),
        }
    }
}

/// A declared outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Response {
    /// When it is meant.
    pub(crate) status: Status,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// The ways in which its body may be written; none if it has no body.
    pub(crate) contents: Vec<Content>,
    /// The struct of its declared headers, if it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headers: Option<Type>,
    /// What can be called with what came back (U3).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) links: Vec<Continuation>,
    /// Where it is declared.
    pub(crate) origin: Origin,
}

/// A call that goes on with what came back. It is for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Continuation {
    /// What the document calls it.
    pub(crate) name: String,
    /// The operation to call.
    pub(crate) target: Option<Target>,
    /// What to pass for its parameters: values and expressions.
    pub(crate) arguments: Vec<(String, String)>,
    /// What to pass as its body.
    pub(crate) body: Option<String>,
    /// The URL of the server to call.
    pub(crate) server: Option<String>,
    /// What the document says about it.
    pub(crate) description: Option<String>,
}

/// An operation as a link names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(crate) enum Target {
    /// By its `operationId`.
    Id(String),
    /// By its place.
    Pointer(String),
}

impl Target {
    /// The name as it is written.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Id(text) | Self::Pointer(text) => text,
        }
    }
}

/// A set of schemes that together let a request in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Alternative {
    /// Indices into the schemes, with the scopes that are needed of each. Empty: anybody.
    pub(crate) schemes: Vec<(usize, Vec<String>)>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Scheme {
    /// Its name in `components.securitySchemes`.
    pub(crate) name: String,
    /// What it asks for.
    pub(crate) kind: SchemeKind,
    /// What tokens can be for, with what the document says about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) scopes: Vec<(String, Option<String>)>,
    /// Where tokens are to be had: what the document calls the URL, and the URL.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) urls: Vec<(String, String)>,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Where it is declared.
    pub(crate) origin: Origin,
}

/// What a security scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum SchemeKind {
    /// A key in the header of this name.
    ApiKeyHeader(String),
    /// A key in the query under this name.
    ApiKeyQuery(String),
    /// A key in the cookie of this name.
    ApiKeyCookie(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization` with another word before the credentials.
    Http(String),
    /// A certificate of the caller, which TLS has checked.
    MutualTls,
}
