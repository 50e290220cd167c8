//! Path parameters, and what all parameters have in common (group PR).

use crate::api::{Docs, Kind, Origin, Parameter, StringFormat, Style, StyleKind, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::spec::{self, SchemaId};

use super::hint::Hint;
use super::media::is_json;
use super::path::Piece;
use super::{Lowering, plain};

impl<'a> Lowering<'_, 'a> {
    /// The parameters of the path item and of the operation, which replaces one of the same name
    /// and place (PR6); and whether every reference among them leads to one.
    pub(super) fn declared_parameters(
        &mut self,
        item: &spec::PathItem<'a>,
        operation: &spec::Operation<'a>,
    ) -> (Vec<spec::Parameter<'a>>, bool) {
        let mut declared: Vec<spec::Parameter<'a>> = Vec::new();
        let mut is_whole = true;
        for parameter in item.parameters.iter().chain(&operation.parameters) {
            let Some(parameter) = self.parameter(parameter) else {
                is_whole = false;
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
        (declared, is_whole)
    }

    pub(super) fn path_parameters(
        &mut self,
        item: &spec::PathItem<'a>,
        pieces: &[Piece],
        declared: &[spec::Parameter<'a>],
        index: usize,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Parameter(name) = piece else {
                continue;
            };
            let found = declared
                .iter()
                .find(|it| it.location == spec::Location::Path && it.name == *name);
            parameters.push(match found {
                Some(parameter) => {
                    let mut lowered = self.path_parameter(parameter, index);
                    lowered.style.slashes = self.has_slashes(parameter, pieces, at);
                    lowered
                }
                None => self.undeclared_parameter(item, name, declared),
            });
        }
        self.parameters_without_place(item, pieces, declared);
        parameters
    }

    /// Whether the slashes of a path parameter stay as they are: it may be several segments, and they are
    /// the last ones of the path. Before anything else, nothing would tell where they end (T13).
    fn has_slashes(
        &mut self,
        parameter: &spec::Parameter<'a>,
        pieces: &[Piece],
        at: usize,
    ) -> bool {
        let before = at.checked_sub(1).and_then(|before| pieces.get(before));
        let is_last = matches!(before, Some(Piece::Literal(text)) if text.ends_with('/'))
            && match pieces.get(at + 1) {
                Some(Piece::Literal(text)) => text.starts_with('?'),
                Some(Piece::Parameter(_)) => false,
                None => true,
            };
        if parameter.multi_segment && !is_last {
            let what = "`x-multi-segment` before the end of a path".to_owned();
            let fallback = "its slashes are sent as escapes";
            self.unsupported_often(parameter.place.span, what, fallback);
        }
        is_last && (parameter.multi_segment || parameter.allow_reserved)
    }

    fn path_parameter(&mut self, parameter: &spec::Parameter<'a>, index: usize) -> Parameter {
        let (ty, chosen) = self.parameter_type(parameter, index);
        if parameter.allow_empty {
            let fallback = "a parameter of a path is never empty";
            self.unsupported(
                parameter.place.span,
                "`allowEmptyValue` of a path parameter",
                fallback,
            );
        }
        Parameter {
            name: parameter.name.to_owned(),
            chosen,
            ty: Type {
                nullable: false,
                ..ty
            },
            style: self.style(parameter),
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

    /// The type of a parameter, and what it is to be called.
    pub(super) fn parameter_type(
        &mut self,
        parameter: &spec::Parameter<'a>,
        index: usize,
    ) -> (Type, Option<String>) {
        let chosen = self.chosen(parameter.place.node, parameter.hint);
        let word = chosen.as_deref().unwrap_or(parameter.name);
        let hint = Hint::of_parameter(index, word);
        let ty = match parameter_schema(parameter) {
            Some(schema) => self.type_of(&[schema], &hint),
            None => plain(Kind::String(StringFormat::Plain)),
        };
        (ty, chosen)
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
            chosen: None,
            ty: plain(Kind::String(StringFormat::Plain)),
            style: Style {
                kind: StyleKind::Simple,
                explode: false,
                reserved: false,
                empty_is_absent: false,
                slashes: false,
            },
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
}

/// The schema of a parameter, wherever it stands. A media type other than JSON has none: what it says is a
/// text to us (PR19).
pub(super) fn parameter_schema(parameter: &spec::Parameter<'_>) -> Option<SchemaId> {
    match parameter.content.first() {
        Some(media) if is_json(media.key) => media.schema,
        Some(_) => None,
        None => parameter.schema,
    }
}

/// Headers that say where a message goes and ends, and what becomes of the connection. Who sends the
/// message writes them.
pub(super) fn is_of_the_message(name: &str) -> bool {
    ["connection", "content-length", "host", "transfer-encoding"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// Header parameters of these names are ignored by the specification (PR3).
pub(super) fn is_transport_header(parameter: &spec::Parameter<'_>) -> bool {
    parameter.location == spec::Location::Header
        && ["accept", "content-type", "authorization"]
            .contains(&parameter.name.to_ascii_lowercase().as_str())
}
