//! Parameters `in: body` and `in: formData` become request bodies (X3, X4).

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{FormerPlace, NodeId, Tree, Value};

use super::media::{self, MediaTypes};
use super::parameters::CollectionFormat;
use super::{edit, files, followed, parameters, tokens};

/// The media types of forms.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The parameters of an operation, or of a path, that are part of the request body.
#[derive(Default)]
pub(super) struct Inputs<'s> {
    bodies: Vec<Input<'s>>,
    fields: Vec<Input<'s>>,
}

/// One of them, behind its references.
#[derive(Clone)]
struct Input<'s> {
    parameter: NodeId,
    /// Where it stands, seen from the operation.
    place: FormerPlace<'s>,
}

/// Takes the inputs of a path, which all of its operations have.
pub(super) fn take_from_path<'s>(tree: &mut Tree<'s>, path: NodeId) -> Inputs<'s> {
    take(tree, path, 1)
}

/// Makes the request body of an operation.
pub(super) fn rewrite<'s>(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'s>,
    operation: NodeId,
    inherited: &Inputs<'s>,
    media: &MediaTypes<'s>,
) {
    let own = take(tree, operation, 0);
    if tree.get(operation, "requestBody").is_some() {
        return;
    }
    let mut bodies = own.bodies.iter().chain(&inherited.bodies);
    let body = bodies.next();
    let fields: Vec<&Input<'s>> = own.fields.iter().chain(&inherited.fields).collect();
    let more = own
        .bodies
        .get(1)
        .or_else(|| body.and(fields.first().copied()));
    if let Some(more) = more {
        let message = "an operation with several bodies is not supported";
        diagnostics.push(
            Diagnostic::warning(Code::Unsupported, tree.span(more.parameter), message)
                .label("left out; the first body is sent")
                .help("2.0 allows one parameter `in: body`, and none `in: formData` beside it"),
        );
    }
    let request = match body {
        Some(body) => whole(tree, operation, body, media),
        None if fields.is_empty() => return,
        None => form(diagnostics, tree, &fields, media),
    };
    let span = tree.span(request);
    edit::set(tree, operation, "requestBody", span, request);
}

fn take<'s>(tree: &mut Tree<'s>, object: NodeId, up: usize) -> Inputs<'s> {
    let mut inputs = Inputs::default();
    let Some(list) = tree.get(object, "parameters") else {
        return inputs;
    };
    let items = tree.items(list);
    let mut others = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (parameter, place) = match followed(tree, *item) {
            Some((parameter, pointer)) => {
                let pointer = pointer.trim_start_matches('#');
                let down = tokens(pointer);
                (
                    parameter,
                    FormerPlace {
                        up: usize::MAX,
                        down,
                    },
                )
            }
            None => {
                let down = vec![Cow::Borrowed("parameters"), Cow::Owned(index.to_string())];
                (*item, FormerPlace { up, down })
            }
        };
        let input = Input { parameter, place };
        match location(tree, parameter) {
            Some("body") => inputs.bodies.push(input),
            Some("formData") => inputs.fields.push(input),
            _ => others.push(*item),
        }
    }
    if inputs.bodies.is_empty() && inputs.fields.is_empty() {
        return inputs;
    }
    let (span, key_span) = (tree.span(list), tree.span(list));
    edit::take(tree, object, "parameters");
    if !others.is_empty() {
        let others = tree.push(Value::Sequence(others), span);
        edit::set(tree, object, "parameters", key_span, others);
    }
    inputs
}

fn location<'t>(tree: &'t Tree<'_>, parameter: NodeId) -> Option<&'t str> {
    tree.get(parameter, "in").and_then(|node| tree.string(node))
}

/// The request body that one parameter is.
fn whole<'s>(
    tree: &mut Tree<'s>,
    operation: NodeId,
    body: &Input<'s>,
    media: &MediaTypes<'s>,
) -> NodeId {
    let parameter = body.parameter;
    let span = tree.span(parameter);
    let schema = tree.get(parameter, "schema");
    if let Some(schema) = schema {
        let mut place = body.place.clone();
        place.up = place.up.saturating_add(3);
        place.down.push(Cow::Borrowed("schema"));
        tree.remember_place(schema, place);
    }
    let mut content = Vec::new();
    for media_type in media::or_json(&media.consumes) {
        let entries = schema.map(|schema| ("schema", schema));
        content.push((media_type, edit::mapping(tree, entries, span)));
    }
    let content = edit::mapping(tree, content, span);
    name_argument(tree, operation, parameter);
    let kept = ["description", "required"].map(|key| (key, tree.get(parameter, key)));
    let kept = kept
        .into_iter()
        .filter_map(|(key, node)| Some((key, node?)));
    let entries: Vec<_> = kept.chain([("content", content)]).collect();
    edit::mapping(tree, entries, span)
}

/// A body of 2.0 has a name, which is not sent; code can be called after it (W11).
fn name_argument(tree: &mut Tree<'_>, operation: NodeId, parameter: NodeId) {
    const KEY: &str = "x-codegen-request-body-name";
    if let Some(name) = tree.get(parameter, "name")
        && tree.get(operation, KEY).is_none()
    {
        let span = tree.span(name);
        edit::set(tree, operation, KEY, span, name);
    }
}

/// The request body that the fields of a form are together.
fn form<'s>(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'s>,
    fields: &[&Input<'s>],
    media: &MediaTypes<'s>,
) -> NodeId {
    let span = fields
        .first()
        .map_or_else(|| tree.span(tree.root()), |it| tree.span(it.parameter));
    let mut properties = Vec::new();
    let mut required = Vec::new();
    let mut encoding = Vec::new();
    let mut seen = HashSet::new();
    for field in fields {
        let parameter = field.parameter;
        let Some((node, name)) = field_name(diagnostics, tree, parameter) else {
            continue;
        };
        // Those of the operation come first, and replace those of the path.
        if !seen.insert(name.clone()) {
            continue;
        }
        let is_required = tree.get(parameter, "required").map(|node| tree.value(node));
        if is_required == Some(&Value::Bool(true)) {
            required.push(node);
        }
        encoding.extend(field_encoding(diagnostics, tree, field).map(|it| (name.clone(), it)));
        properties.push((name, property(tree, field)));
    }
    let media_type = form_type(tree, fields, media);
    let is_required = tree.push(Value::Bool(!required.is_empty()), span);
    let schema = form_schema(tree, properties, required, span);
    let mut entries = vec![("schema", schema)];
    if !encoding.is_empty() {
        entries.push(("encoding", edit::mapping(tree, encoding, span)));
    }
    let media = edit::mapping(tree, entries, span);
    let content = edit::mapping(tree, [(media_type, media)], span);
    edit::mapping(
        tree,
        [("required", is_required), ("content", content)],
        span,
    )
}

fn form_schema<'s>(
    tree: &mut Tree<'s>,
    properties: Vec<(Cow<'s, str>, NodeId)>,
    required: Vec<NodeId>,
    span: crate::source::Span,
) -> NodeId {
    let object = edit::text(tree, "object", span);
    let properties = edit::mapping(tree, properties, span);
    let mut entries = vec![("type", object), ("properties", properties)];
    if !required.is_empty() {
        entries.push(("required", tree.push(Value::Sequence(required), span)));
    }
    let schema = edit::mapping(tree, entries, span);
    let place = FormerPlace {
        up: 3,
        down: vec![Cow::Borrowed("parameters")],
    };
    tree.remember_place(schema, place);
    schema
}

fn field_name<'s>(
    diagnostics: &mut Diagnostics,
    tree: &Tree<'s>,
    parameter: NodeId,
) -> Option<(NodeId, Cow<'s, str>)> {
    let node = tree.get(parameter, "name");
    match node.map(|node| (node, tree.value(node))) {
        Some((node, Value::String(name))) => Some((node, name.clone())),
        _ => {
            let message = "this Parameter object has no `name`";
            let span = tree.span(parameter);
            diagnostics.push(Diagnostic::error(Code::MissingKey, span, message));
            None
        }
    }
}

/// The schema of a field. The parameter may be shared, so it stays what it is.
fn property<'s>(tree: &mut Tree<'s>, field: &Input<'s>) -> NodeId {
    let parameter = field.parameter;
    let span = tree.span(parameter);
    let is_file = files::is_file(tree, parameter);
    let entries = parameters::schema_entries(tree, Kind::Parameter, parameter);
    let description = tree.entry(parameter, "description").cloned();
    let entries = entries.into_iter().chain(description).collect();
    let schema = tree.push(Value::Mapping(entries), span);
    if is_file {
        for (key, value) in files::entries(tree, span) {
            edit::set(tree, schema, key, span, value);
        }
    }
    let mut place = field.place.clone();
    // From the properties of the schema, which is at `parameters` of the operation.
    place.up = place.up.saturating_add(2);
    tree.remember_place(schema, place);
    schema
}

/// How a list is written in a form, if the field is one.
fn field_encoding(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'_>,
    field: &Input<'_>,
) -> Option<NodeId> {
    let parameter = field.parameter;
    if !parameters::is_array(tree, parameter) {
        return None;
    }
    let span = tree.span(parameter);
    let (format, finding) = CollectionFormat::of(tree, parameter, true);
    // A shared parameter is complained about where it stands.
    let finding = finding.filter(|_| field.place.up != usize::MAX);
    finding.into_iter().for_each(|it| diagnostics.push(it));
    parameters::report_nested(diagnostics, tree, parameter);
    let (style, explode) = format.in_query();
    let style = edit::text(tree, style, span);
    let explode = tree.push(Value::Bool(explode), span);
    Some(edit::mapping(
        tree,
        [("style", style), ("explode", explode)],
        span,
    ))
}

/// The media type of a form: one with files has parts, and one without has them only where nothing
/// else is consumed.
fn form_type(tree: &Tree<'_>, fields: &[&Input<'_>], media: &MediaTypes<'_>) -> &'static str {
    let has_file = fields.iter().any(|it| files::is_file(tree, it.parameter));
    let consumes = |wanted: &str| media.consumes.iter().any(|it| it.starts_with(wanted));
    if has_file || (consumes(MULTIPART) && !consumes(URL_ENCODED)) {
        MULTIPART
    } else {
        URL_ENCODED
    }
}
