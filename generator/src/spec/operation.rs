//! The document around the schemas: info, servers, paths, operations, parameters.

use super::model::{Document, Info, Location, Operation, Parameter, PathItem, Place, RefOr, Style};
use super::reader::{Object, Reader, WITHOUT_OPERATION};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Kind;
use crate::load::Value;

/// The methods that have a key of their own in a Path Item.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The extensions that say that an operation is not for everybody (T18, W6).
const INTERNAL: &[&str] = &[
    "x-internal",
    "x-hidden",
    "x-hidden-from-docs",
    "x-excludeFromPreview",
];

impl<'a> Reader<'_, 'a> {
    /// Reads the whole document.
    pub(super) fn document(&mut self) -> Document<'a> {
        let mut document = Document {
            info: Info::default(),
            external_docs: None,
            servers: Vec::new(),
            tags: Vec::new(),
            paths: Vec::new(),
            webhooks: Vec::new(),
            security: Vec::new(),
            schemes: Vec::new(),
            schemas: Vec::new(),
        };
        let root = self.root();
        let Some(object) = self.object(root, Kind::Document) else {
            return document;
        };
        document.info = self.info(&object);
        document.external_docs = self.external_docs(&object);
        document.servers = self.servers(&object);
        document.tags = self.tags(&object);
        document.security = self.requirements(&object).unwrap_or_default();
        if let Some(components) = self.child_object(&object, "components", Kind::Components) {
            for (entry, place) in self.map(&components, "schemas") {
                let id = self.schema(place);
                document.schemas.push((&entry.key, id));
            }
            self.fallback = Some("operations that need it are left out");
            document.schemes = self.schemes(&components);
        }
        self.fallback = Some(WITHOUT_OPERATION);
        for (entry, place) in self.map(&object, "paths") {
            if !entry.key.starts_with("x-") {
                let item = self.path_item(&entry.key, entry.key_span, place);
                document.paths.extend(item);
            }
        }
        for (entry, place) in self.map(&object, "webhooks") {
            let item = self.path_item(&entry.key, entry.key_span, place);
            document.webhooks.extend(item);
        }
        document
    }

    fn info(&mut self, root: &Object<'a>) -> Info<'a> {
        if !root.has("info") {
            // Nothing but documentation depends on it, so a document without it is usable.
            let message = "this document has no `info`";
            self.diagnostics.push(
                Diagnostic::warning(Code::MissingKey, root.place.span, message)
                    .help("add `info` with a `title` and a `version`"),
            );
        }
        let Some(object) = self.child_object(root, "info", Kind::Info) else {
            return Info::default();
        };
        Info {
            title: self.text(&object, "title").unwrap_or_default(),
            version: self.text(&object, "version").unwrap_or_default(),
            summary: self.text(&object, "summary"),
            description: self.text(&object, "description"),
        }
    }

    /// The path item at a place, under a path.
    pub(crate) fn path_item(
        &mut self,
        path: &'a str,
        path_span: crate::source::Span,
        place: Place<'a>,
    ) -> Option<PathItem<'a>> {
        let object = self.object(place, Kind::PathItem)?;
        let mark = self.mark();
        let reference = self.reference(&object);
        let parameters = self.parameters(&object);
        let is_broken = self.is_mistaken_since(mark);
        let mut operations = Vec::new();
        // The order of the document is the order of the output.
        for entry in self.tree.entries(object.place.node) {
            let key = entry.key.as_ref();
            if METHODS.contains(&key)
                && let Some(place) = object.child(key)
            {
                operations.extend(self.operation(key.to_ascii_uppercase(), place));
            }
        }
        for (entry, place) in self.map(&object, "additionalOperations") {
            if METHODS
                .iter()
                .any(|method| entry.key.eq_ignore_ascii_case(method))
            {
                let message = format!("`{}` has a key of its own in a Path Item", entry.key);
                self.diagnostics.push(
                    Diagnostic::warning(Code::WrongType, entry.key_span, message)
                        .label("left out here"),
                );
                continue;
            }
            operations.extend(self.operation(entry.key.to_string(), place));
        }
        operations
            .iter_mut()
            .for_each(|it| it.is_broken |= is_broken);
        if self.is_marked(&object, INTERNAL) {
            operations.iter_mut().for_each(|it| it.is_internal = true);
        }
        let servers = self.servers(&object);
        let place = object.place;
        Some(PathItem {
            path,
            path_span,
            place,
            reference,
            parameters,
            operations,
            servers,
        })
    }

    /// The operation at a place, with the method that leads to it.
    pub(crate) fn operation(&mut self, method: String, place: Place<'a>) -> Option<Operation<'a>> {
        let mark = self.mark();
        let object = self.object(place, Kind::Operation)?;
        let request_body = object.child("requestBody");
        let callbacks = self.map(&object, "callbacks").into_iter();
        let mut operation = Operation {
            method,
            is_broken: false,
            reference: self.reference(&object),
            id: self.text(&object, "operationId"),
            id_span: object
                .entry("operationId")
                .map(|entry| self.tree.span(entry.value)),
            hint: self.method_hint(&object),
            tags: self
                .texts(&object, "tags")
                .into_iter()
                .map(|(tag, _)| tag)
                .collect(),
            summary: self.text(&object, "summary"),
            description: self.text(&object, "description"),
            external_docs: self.external_docs(&object),
            deprecated: self.flag(&object, "deprecated").unwrap_or(false),
            is_internal: self.is_marked(&object, INTERNAL),
            parameters: self.parameters(&object),
            request_body: request_body.and_then(|place| self.request_body_or_ref(place)),
            body_name: self.text(&object, "x-codegen-request-body-name"),
            responses: self.responses(&object),
            security: self.requirements(&object),
            callbacks: callbacks
                .map(|(entry, place)| (entry.key.as_ref(), place))
                .collect(),
            servers: self.servers(&object),
            place: object.place,
        };
        operation.is_broken = self.is_mistaken_since(mark);
        Some(operation)
    }

    /// Whether an object has one of these extensions. They mean what others make of them, so only a
    /// plain yes counts.
    fn is_marked(&self, object: &Object<'a>, keys: &[&str]) -> bool {
        let tree = self.tree;
        let mut marks = keys.iter().filter_map(|key| object.entry(key));
        marks.any(|mark| *tree.value(mark.value) == Value::Bool(true))
    }

    /// The path items of the callback at a place, each under its expression, or the reference that
    /// stands there.
    pub(crate) fn callback_or_ref(
        &mut self,
        place: Place<'a>,
    ) -> Option<RefOr<'a, Vec<PathItem<'a>>>> {
        let object = self.object(place, Kind::PathItem)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        let mut items = Vec::new();
        for (entry, place) in object.entries() {
            if !entry.key.starts_with("x-") {
                items.extend(self.path_item(&entry.key, entry.key_span, place));
            }
        }
        Some(RefOr::Item(items))
    }

    fn parameters(&mut self, object: &Object<'a>) -> Vec<RefOr<'a, Parameter<'a>>> {
        let places = self.list(object, "parameters");
        places
            .into_iter()
            .filter_map(|place| self.parameter_or_ref(place))
            .collect()
    }

    /// The parameter at a place, or the reference that stands there.
    pub(crate) fn parameter_or_ref(
        &mut self,
        place: Place<'a>,
    ) -> Option<RefOr<'a, Parameter<'a>>> {
        let object = self.object(place, Kind::Parameter)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        let name = self.required_text(&object, "name", Kind::Parameter)?;
        let location = self.required_text(&object, "in", Kind::Parameter)?;
        let location = self.location(&object, location)?;
        Some(RefOr::Item(self.parameter(object, name, location)))
    }

    /// The header of a response at a place, under its name, or the reference that stands there.
    pub(crate) fn header_or_ref(
        &mut self,
        name: &'a str,
        place: Place<'a>,
    ) -> Option<RefOr<'a, Parameter<'a>>> {
        let object = self.object(place, Kind::Header)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        Some(RefOr::Item(self.parameter(object, name, Location::Header)))
    }

    fn parameter(
        &mut self,
        object: Object<'a>,
        name: &'a str,
        location: Location,
    ) -> Parameter<'a> {
        let schema = object.child("schema").map(|place| self.schema(place));
        Parameter {
            name,
            hint: self.name_hint(&object),
            location,
            description: self.text(&object, "description"),
            required: self.flag(&object, "required").unwrap_or(false),
            deprecated: self.flag(&object, "deprecated").unwrap_or(false),
            style: self.style(&object),
            explode: self.flag(&object, "explode"),
            allow_reserved: self.flag(&object, "allowReserved").unwrap_or(false),
            allow_empty: self.flag(&object, "allowEmptyValue").unwrap_or(false),
            multi_segment: self.is_marked(&object, &["x-multi-segment"]),
            schema,
            content: self.content(&object),
            place: object.place,
        }
    }

    pub(super) fn location(&mut self, object: &Object<'a>, text: &str) -> Option<Location> {
        let location = match text {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            "querystring" => Location::QueryString,
            _ => {
                let span = object.entry("in").map(|entry| self.tree.span(entry.value));
                self.mistake(
                    Diagnostic::error(Code::WrongType, span, "this is not a place for a parameter")
                        .help("write one of path, query, header, cookie, querystring"),
                );
                return None;
            }
        };
        Some(location)
    }

    pub(super) fn style(&mut self, object: &Object<'a>) -> Option<Style> {
        let text = self.text(object, "style")?;
        let style = match text {
            "simple" => Style::Simple,
            "label" => Style::Label,
            "matrix" => Style::Matrix,
            "form" => Style::Form,
            "spaceDelimited" => Style::SpaceDelimited,
            "pipeDelimited" => Style::PipeDelimited,
            "tabDelimited" => Style::TabDelimited,
            "deepObject" => Style::DeepObject,
            "cookie" => Style::Cookie,
            _ => {
                let span = object
                    .entry("style")
                    .map(|entry| self.tree.span(entry.value));
                self.diagnostics.push(
                    Diagnostic::warning(Code::WrongType, span, "this is not a known `style`")
                        .label("the default style of the location is used"),
                );
                return None;
            }
        };
        Some(style)
    }
}
