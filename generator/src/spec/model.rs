//! A document as it is read, without its schemas. Strings borrow from the tree.

use serde::Serialize;

use super::pointer::Pointer;
use super::schema_model::SchemaId;
use crate::load::NodeId;
use crate::source::Span;

/// Where an object of the document stands.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Place<'a> {
    #[serde(skip)]
    pub(crate) node: NodeId,
    #[serde(skip)]
    pub(crate) span: Span,
    pub(crate) pointer: Pointer<'a>,
}

/// The whole document.
#[derive(Debug, Serialize)]
pub(crate) struct Document<'a> {
    pub(crate) info: Info<'a>,
    pub(crate) external_docs: Option<ExternalDocs<'a>>,
    pub(crate) servers: Vec<Server<'a>>,
    pub(crate) tags: Vec<Tag<'a>>,
    pub(crate) paths: Vec<PathItem<'a>>,
    /// The webhooks, each under its name.
    pub(crate) webhooks: Vec<PathItem<'a>>,
    pub(crate) security: Vec<Requirement<'a>>,
    pub(crate) schemes: Vec<Scheme<'a>>,
    /// `components.schemas` by name, in order.
    pub(crate) schemas: Vec<(&'a str, SchemaId)>,
}

/// The Info object.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Info<'a> {
    pub(crate) title: &'a str,
    pub(crate) version: &'a str,
    pub(crate) summary: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
}

/// A Server object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Server<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) url: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) variables: Vec<ServerVariable<'a>>,
}

/// A Server Variable object with the name that it stands under.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ServerVariable<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) name: &'a str,
    /// The values that it may have; any, if there are none.
    pub(crate) values: Vec<&'a str>,
    pub(crate) default: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
}

/// A Tag object.
#[derive(Debug, Serialize)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) summary: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    /// What it is for; only tags that are `nav` or say nothing divide an API.
    pub(crate) kind: Option<&'a str>,
    /// The tag that it belongs to.
    pub(crate) parent: Option<&'a str>,
    #[serde(skip)]
    pub(crate) parent_span: Option<Span>,
    pub(crate) external_docs: Option<ExternalDocs<'a>>,
}

/// An External Documentation object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExternalDocs<'a> {
    pub(crate) description: Option<&'a str>,
    pub(crate) url: &'a str,
}

/// A `$ref` as it is written.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reference<'a> {
    pub(crate) target: &'a str,
    /// The place of the object that holds the `$ref`.
    pub(crate) place: Place<'a>,
    /// The place of the target's text.
    #[serde(skip)]
    pub(crate) target_span: Span,
    pub(crate) description: Option<&'a str>,
    /// Whether it is a `$dynamicRef`, whose end depends on the way that led to it (B11).
    pub(crate) is_dynamic: bool,
    /// The schema at the end, if that was decided.
    #[serde(skip)]
    pub(crate) resolved: Option<SchemaId>,
}

impl<'a> Reference<'a> {
    /// A reference that stands at `place`, the text of it at `target_span`.
    pub(crate) fn new(target: &'a str, place: Place<'a>, target_span: Span) -> Self {
        Self {
            target,
            place,
            target_span,
            description: None,
            is_dynamic: false,
            resolved: None,
        }
    }
}

/// An object, or a reference to one.
#[derive(Debug, Clone, Serialize)]
pub(crate) enum RefOr<'a, T> {
    Ref(Reference<'a>),
    Item(T),
}

/// A Path Item with the path it stands under, or the name of a webhook, or the expression of a callback.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PathItem<'a> {
    pub(crate) path: &'a str,
    #[serde(skip)]
    pub(crate) path_span: Span,
    pub(crate) place: Place<'a>,
    pub(crate) reference: Option<Reference<'a>>,
    pub(crate) parameters: Vec<RefOr<'a, Parameter<'a>>>,
    pub(crate) operations: Vec<Operation<'a>>,
    /// Where its operations are served, if not where the document is.
    pub(crate) servers: Vec<Server<'a>>,
}

/// An Operation object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Operation<'a> {
    pub(crate) place: Place<'a>,
    /// The `$ref` that stands in its place, which the specification has no word for (B14).
    pub(crate) reference: Option<Reference<'a>>,
    /// Whether a part of it cannot be read, so that what is left would be another operation.
    pub(crate) is_broken: bool,
    /// The HTTP method in capitals.
    pub(crate) method: String,
    pub(crate) id: Option<&'a str>,
    #[serde(skip)]
    pub(crate) id_span: Option<Span>,
    /// The name that an extension asks for.
    pub(crate) hint: Option<String>,
    pub(crate) tags: Vec<&'a str>,
    pub(crate) summary: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) external_docs: Option<ExternalDocs<'a>>,
    pub(crate) deprecated: bool,
    /// Whether an extension of it, or of its path item, says that it is not for everybody (T18).
    pub(crate) is_internal: bool,
    pub(crate) parameters: Vec<RefOr<'a, Parameter<'a>>>,
    pub(crate) request_body: Option<RefOr<'a, RequestBody<'a>>>,
    /// What the request body is called (W11).
    pub(crate) body_name: Option<&'a str>,
    pub(crate) responses: Vec<(&'a str, Span, RefOr<'a, Response<'a>>)>,
    pub(crate) security: Option<Vec<Requirement<'a>>>,
    /// The callbacks by name. They hold operations in their turn, so they are read when they are needed.
    pub(crate) callbacks: Vec<(&'a str, Place<'a>)>,
    /// Where it is served, if not where its path item is.
    pub(crate) servers: Vec<Server<'a>>,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
    QueryString,
}

/// How a parameter is written (`style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Tabs between the values, which only old documents can ask for (X6).
    TabDelimited,
    DeepObject,
    Cookie,
}

/// A Parameter object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Parameter<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) name: &'a str,
    /// The name that an extension asks for.
    pub(crate) hint: Option<&'a str>,
    pub(crate) location: Location,
    pub(crate) description: Option<&'a str>,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) style: Option<Style>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
    pub(crate) allow_empty: bool,
    /// Whether its value may be several segments of a path (`x-multi-segment`).
    pub(crate) multi_segment: bool,
    pub(crate) schema: Option<SchemaId>,
    /// The media types that stand in for a schema; the specification asks for exactly one.
    pub(crate) content: Vec<MediaType<'a>>,
}

/// A Request Body object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RequestBody<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) description: Option<&'a str>,
    pub(crate) required: bool,
    pub(crate) content: Vec<MediaType<'a>>,
}

/// A Media Type object with the key it stands under.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MediaType<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) key: &'a str,
    pub(crate) schema: Option<SchemaId>,
    pub(crate) item_schema: Option<SchemaId>,
    /// How properties are written, by name.
    pub(crate) encoding: Vec<(&'a str, Encoding<'a>)>,
    pub(crate) reference: Option<Reference<'a>>,
}

/// An Encoding object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Encoding<'a> {
    pub(crate) content_type: Option<&'a str>,
    pub(crate) style: Option<Style>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
    pub(crate) has_headers: bool,
    pub(crate) place: Place<'a>,
}

/// A Response object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Response<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) description: Option<&'a str>,
    pub(crate) content: Vec<MediaType<'a>>,
    /// The links by name.
    #[serde(skip)]
    pub(crate) links: Vec<(&'a str, RefOr<'a, Link<'a>>)>,
    /// The declared headers by name, with the places of the names. A header is a parameter to us.
    #[serde(skip)]
    pub(crate) headers: Vec<(&'a str, Span, RefOr<'a, Parameter<'a>>)>,
}

/// A Link object.
#[derive(Debug, Clone)]
pub(crate) struct Link<'a> {
    /// The operation by its id.
    pub(crate) id: Option<&'a str>,
    /// The operation by its place.
    pub(crate) reference: Option<Reference<'a>>,
    /// What is passed, by the names of parameters: values or expressions.
    pub(crate) parameters: Vec<(&'a str, String)>,
    pub(crate) body: Option<String>,
    /// The URL of the server that is to be called.
    pub(crate) server: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
}

/// One alternative of a `security` list: every scheme in it is needed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Requirement<'a> {
    pub(crate) schemes: Vec<RequiredScheme<'a>>,
}

/// A scheme that an alternative needs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RequiredScheme<'a> {
    pub(crate) name: &'a str,
    #[serde(skip)]
    pub(crate) span: Span,
    pub(crate) scopes: Vec<&'a str>,
}

/// A Security Scheme object with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Scheme<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) name: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) deprecated: bool,
    pub(crate) kind: SchemeKind<'a>,
}

/// What a security scheme asks for.
#[derive(Debug, Clone, Serialize)]
pub(crate) enum SchemeKind<'a> {
    ApiKey {
        location: Location,
        name: &'a str,
    },
    Http {
        scheme: &'a str,
    },
    OAuth2 {
        flows: Vec<OAuthFlow<'a>>,
    },
    OpenIdConnect {
        url: Option<&'a str>,
    },
    MutualTls,
    /// Whatever the scheme is that this refers to.
    Ref(Reference<'a>),
    /// A type that the specification does not know.
    Other(&'a str),
}

/// An OAuth Flow object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OAuthFlow<'a> {
    /// The key that it stands under.
    pub(crate) name: &'a str,
    /// The URLs with the keys that they stand under, in order.
    pub(crate) urls: Vec<(&'static str, &'a str)>,
    /// The scopes, and what is said about them.
    pub(crate) scopes: Vec<(&'a str, Option<&'a str>)>,
}
