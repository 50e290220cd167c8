//! Operations: parameters and request bodies (groups PR, Q, T).

use std::collections::HashMap;

use crate::api::{
    Api, Body, Docs, Kind, Media, Operation, Origin, Parameter, Segment, StringFormat, Type,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::source::Span;
use crate::spec;

use super::path::Piece;
use super::{Hint, HintBase, Lowering, plain};

/// Something in an operation has no fallback, so the operation is left out; the finding is made.
pub(super) struct LeftOut;

impl<'a> Lowering<'_, 'a> {
    /// Lowers every operation that can be generated.
    pub(super) fn operations(&mut self, api: &mut Api) {
        self.ambiguous_paths();
        let schemes = self.schemes(api);
        let ids = self.operation_ids();
        for item in &self.document.paths {
            if let Some(reference) = &item.reference {
                let fallback = "the operations behind it are left out";
                self.unsupported(reference.target_span, "a path item by reference", fallback);
            }
            if item.has_servers {
                self.unsupported(
                    item.place.span,
                    "`servers` of a path",
                    "those of the document",
                );
            }
            let Some(pieces) = self.pieces(item.path, item.path_span) else {
                continue;
            };
            for operation in &item.operations {
                let index = api.operations.len();
                let id = operation
                    .id
                    .filter(|_| ids.get(&operation.place.node).copied().unwrap_or(false));
                let lowered = self.operation(item, operation, &pieces, index, id, &schemes);
                api.operations.extend(lowered.ok());
            }
        }
    }

    /// Which operations keep their `operationId`: a second one of the same id is named after its
    /// method and path (NM13).
    fn operation_ids(&mut self) -> HashMap<crate::load::NodeId, bool> {
        let mut first: HashMap<&str, Option<Span>> = HashMap::new();
        let mut unique = HashMap::new();
        for operation in self.document.paths.iter().flat_map(|item| &item.operations) {
            let Some(id) = operation.id else { continue };
            if let Some(span) = first.get(id).copied() {
                let mut finding = Diagnostic::warning(
                    Code::DuplicateOperationId,
                    operation.id_span,
                    format!("another operation has the id `{id}` already"),
                )
                .label("this operation is named after its method and path")
                .help("an `operationId` must be unique in the document");
                if let Some(span) = span {
                    finding = finding.related(span, "the other one is here");
                }
                self.report(finding);
                unique.insert(operation.place.node, false);
            } else {
                first.insert(id, operation.id_span);
                unique.insert(operation.place.node, true);
            }
        }
        unique
    }

    fn operation(
        &mut self,
        item: &spec::PathItem<'a>,
        operation: &spec::Operation<'a>,
        pieces: &[Piece],
        index: usize,
        id: Option<&str>,
        schemes: &HashMap<&str, usize>,
    ) -> Result<Operation, LeftOut> {
        for (what, span) in &operation.unsupported {
            self.unsupported(*span, &format!("`{what}` of an operation"), "left out");
        }
        if !matches!(
            operation.method.as_str(),
            "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH"
        ) {
            return Err(self.leave_out(operation, operation.place.span, "this method"));
        }
        let declared = self.declared_parameters(item, operation);
        let (parameters, segments) = self.path_parameters(item, pieces, &declared, index)?;
        self.other_parameters(operation, &declared)?;
        let body = match &operation.request_body {
            Some(body) => self.body(operation, body, index)?,
            None => None,
        };
        Ok(Operation {
            id: id.map(str::to_owned),
            method: operation.method.clone(),
            path: item.path.to_owned(),
            segments,
            tag: operation.tags.first().map(|tag| (*tag).to_owned()),
            docs: Docs {
                summary: operation.summary.map(str::to_owned),
                description: operation.description.map(str::to_owned),
                example: None,
                deprecated: operation.deprecated,
            },
            origin: Origin {
                pointer: operation.place.pointer.to_string(),
                span: operation.id_span.unwrap_or(operation.place.span),
            },
            parameters,
            body,
            responses: self.responses(operation, index)?,
            security: self.security(operation, schemes)?,
        })
    }

    /// Says that an operation is left out, and why.
    pub(super) fn leave_out(
        &mut self,
        operation: &spec::Operation<'a>,
        span: Span,
        what: &str,
    ) -> LeftOut {
        let name = operation.id.map_or_else(
            || format!("this {} operation", operation.method),
            |id| format!("the operation `{id}`"),
        );
        self.report(
            Diagnostic::warning(
                Code::Unsupported,
                span,
                format!("{what} is not supported yet"),
            )
            .label(format!("{name} is left out")),
        );
        LeftOut
    }

    /// The parameters of the path item and of the operation, which replaces one of the same name
    /// and place (PR6).
    fn declared_parameters(
        &mut self,
        item: &spec::PathItem<'a>,
        operation: &spec::Operation<'a>,
    ) -> Vec<spec::Parameter<'a>> {
        let mut declared: Vec<spec::Parameter<'a>> = Vec::new();
        for parameter in item.parameters.iter().chain(&operation.parameters) {
            let Some(parameter) = self.parameter(parameter) else {
                continue;
            };
            let same = |it: &spec::Parameter<'a>| {
                it.name == parameter.name && it.location == parameter.location
            };
            match declared.iter_mut().find(|it| same(it)) {
                Some(slot) => *slot = parameter,
                None => declared.push(parameter),
            }
        }
        declared
    }

    fn path_parameters(
        &mut self,
        item: &spec::PathItem<'a>,
        pieces: &[Piece],
        declared: &[spec::Parameter<'a>],
        index: usize,
    ) -> Result<(Vec<Parameter>, Vec<Segment>), LeftOut> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut segments = Vec::new();
        for piece in pieces {
            let name = match piece {
                Piece::Literal(text) => {
                    segments.push(Segment::Literal(text.clone()));
                    continue;
                }
                Piece::Parameter(name) => name,
            };
            if let Some(known) = parameters.iter().position(|it| it.name == *name) {
                segments.push(Segment::Parameter(known));
                continue;
            }
            segments.push(Segment::Parameter(parameters.len()));
            let found = declared
                .iter()
                .find(|it| it.location == spec::Location::Path && it.name == *name);
            parameters.push(match found {
                Some(parameter) => self.path_parameter(parameter, index),
                None => self.undeclared_parameter(item, name, declared),
            });
        }
        self.parameters_without_place(item, pieces, declared);
        Ok((parameters, segments))
    }

    fn path_parameter(&mut self, parameter: &spec::Parameter<'a>, index: usize) -> Parameter {
        let mut lowered = self.lower_parameter(parameter, index);
        self.warn_unchecked(&lowered.ty, false, parameter.place.span);
        if !is_scalar(self, &lowered.ty)
            || !matches!(parameter.style, None | Some(spec::Style::Simple))
        {
            let fallback = "the caller writes it out as a string";
            self.unsupported(
                parameter.place.span,
                "a path parameter of this shape",
                fallback,
            );
            lowered.ty = plain(Kind::String(StringFormat::Plain));
        }
        lowered
    }

    /// A template variable without a parameter object is a string (PR7).
    fn undeclared_parameter(
        &mut self,
        item: &spec::PathItem<'a>,
        name: &str,
        declared: &[spec::Parameter<'a>],
    ) -> Parameter {
        let mut finding = Diagnostic::warning(
            Code::PathParameter,
            item.path_span,
            format!("the path has `{{{name}}}`, but no parameter of that name is declared"),
        )
        .label("taken for a string");
        let names = declared
            .iter()
            .filter(|it| it.location == spec::Location::Path);
        if let Some(near) = near::nearest(name, names.map(|it| it.name)) {
            finding = finding.help(format!("did you mean `{{{near}}}`?"));
        }
        self.report(finding);
        Parameter {
            name: name.to_owned(),
            ty: plain(Kind::String(StringFormat::Plain)),
            docs: Docs::default(),
            origin: Origin {
                pointer: item.place.pointer.to_string(),
                span: item.path_span,
            },
        }
    }

    fn parameters_without_place(
        &mut self,
        item: &spec::PathItem<'a>,
        pieces: &[Piece],
        declared: &[spec::Parameter<'a>],
    ) {
        for parameter in declared
            .iter()
            .filter(|it| it.location == spec::Location::Path)
        {
            let in_path =
                |piece: &Piece| matches!(piece, Piece::Parameter(name) if *name == parameter.name);
            if !pieces.iter().any(in_path) {
                let message = format!("the path has no `{{{}}}`", parameter.name);
                self.report(
                    Diagnostic::warning(Code::PathParameter, parameter.place.span, message)
                        .label("this parameter is ignored")
                        .related(item.path_span, "this is the path"),
                );
            }
        }
    }

    /// Parameters outside of the path are not generated yet. An operation can do without one that is
    /// optional.
    fn other_parameters(
        &mut self,
        operation: &spec::Operation<'a>,
        declared: &[spec::Parameter<'a>],
    ) -> Result<(), LeftOut> {
        for parameter in declared {
            if parameter.location == spec::Location::Path || is_transport_header(parameter) {
                continue;
            }
            let what = match parameter.location {
                spec::Location::Query => "a query parameter",
                spec::Location::Header => "a header parameter",
                spec::Location::Cookie => "a cookie parameter",
                _ => "this kind of parameter",
            };
            if parameter.required {
                return Err(self.leave_out(operation, parameter.place.span, what));
            }
            self.unsupported(
                parameter.place.span,
                what,
                "left out; the operation works without",
            );
        }
        Ok(())
    }

    fn lower_parameter(&mut self, parameter: &spec::Parameter<'a>, index: usize) -> Parameter {
        let hint = Hint {
            base: HintBase::Operation(index),
            words: vec![parameter.name.to_owned()],
        };
        let ty = match parameter.schema {
            Some(schema) => self.type_of(&[schema], &hint),
            None => plain(Kind::String(StringFormat::Plain)),
        };
        Parameter {
            name: parameter.name.to_owned(),
            ty: Type {
                nullable: false,
                ..ty
            },
            docs: Docs {
                description: parameter.description.map(str::to_owned),
                deprecated: parameter.deprecated,
                ..Docs::default()
            },
            origin: Origin {
                pointer: parameter.place.pointer.to_string(),
                span: parameter.place.span,
            },
        }
    }

    fn body(
        &mut self,
        operation: &spec::Operation<'a>,
        body: &spec::RefOr<'a, spec::RequestBody<'a>>,
        index: usize,
    ) -> Result<Option<Body>, LeftOut> {
        let Some(body) = self.request_body(body) else {
            return Ok(None);
        };
        if body.content.is_empty() {
            return Ok(None);
        }
        let Some(media) = json(&body.content) else {
            let span = body.place.span;
            let what = "a request body that is not JSON";
            if body.required {
                return Err(self.leave_out(operation, span, what));
            }
            self.unsupported(span, what, "left out; the operation works without");
            return Ok(None);
        };
        self.other_media(&body.content, media);
        let hint = Hint::of_operation(index, "body");
        let ty = match media.schema {
            Some(schema) => {
                let ty = self.type_of(&[schema], &hint);
                Type {
                    nullable: ty.nullable || self.is_nullable(schema),
                    ..ty
                }
            }
            None => super::any(),
        };
        Ok(Some(Body {
            media: Media::Json(media.key.to_owned()),
            ty,
            required: body.required,
            docs: Docs {
                description: body.description.map(str::to_owned),
                ..Docs::default()
            },
        }))
    }

    /// Says which media types beside the chosen one are left out.
    pub(super) fn other_media(
        &mut self,
        content: &[spec::MediaType<'a>],
        chosen: &spec::MediaType<'a>,
    ) {
        for other in content {
            if other.key != chosen.key {
                let what = format!("`{}` beside `{}`", other.key, chosen.key);
                self.unsupported(other.place.span, &what, "left out");
            }
        }
    }
}

/// The media type that is JSON, if there is one: `application/json` first, then `+json`.
pub(super) fn json<'m, 'a>(content: &'m [spec::MediaType<'a>]) -> Option<&'m spec::MediaType<'a>> {
    let essence = |media: &spec::MediaType<'a>| {
        let essence = media.key.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    };
    let is_plain = |media: &&spec::MediaType<'a>| essence(media) == "application/json";
    let is_json = |media: &&spec::MediaType<'a>| {
        let essence = essence(media);
        (essence.ends_with("+json") || essence == "text/json")
            && !essence.contains('*')
            && !media.has_item_schema
    };
    content
        .iter()
        .find(is_plain)
        .or_else(|| content.iter().find(is_json))
}

/// Whether a type is written as one text.
fn is_scalar(lowering: &Lowering<'_, '_>, ty: &Type) -> bool {
    match &ty.kind {
        Kind::Boolean | Kind::Integer(_) | Kind::String(_) => true,
        Kind::Number(_) => true,
        Kind::Named(id) => match lowering.types.get(id.0).map(|def| &def.definition) {
            Some(crate::api::Definition::Enum(_)) => true,
            Some(crate::api::Definition::Alias(inner)) => is_scalar(lowering, inner),
            _ => false,
        },
        _ => false,
    }
}

/// Header parameters of these names are ignored by the specification (PR3).
fn is_transport_header(parameter: &spec::Parameter<'_>) -> bool {
    parameter.location == spec::Location::Header
        && ["accept", "content-type", "authorization"]
            .contains(&parameter.name.to_ascii_lowercase().as_str())
}
