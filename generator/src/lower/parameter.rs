//! Parameters (group PR).

use crate::api::{Definition, Docs, Kind, Origin, Parameter, StringFormat, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::spec;

use super::hint::Hint;
use super::operation::LeftOut;
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
        for piece in pieces {
            let Piece::Parameter(name) = piece else {
                continue;
            };
            let found = declared
                .iter()
                .find(|it| it.location == spec::Location::Path && it.name == *name);
            parameters.push(match found {
                Some(parameter) => self.path_parameter(parameter, index),
                None => self.undeclared_parameter(item, name, declared),
            });
        }
        self.parameters_without_place(item, pieces, declared);
        parameters
    }

    fn path_parameter(&mut self, parameter: &spec::Parameter<'a>, index: usize) -> Parameter {
        let mut lowered = self.lower_parameter(parameter, index);
        let span = parameter.place.span;
        if !is_scalar(self, &lowered.ty)
            || parameter.has_content
            || !matches!(parameter.style, None | Some(spec::Style::Simple))
        {
            let fallback = "the caller writes it out as a string";
            self.unsupported(span, "a path parameter of this shape", fallback);
            lowered.ty = plain(Kind::String(StringFormat::Plain));
        }
        if parameter.allow_reserved || parameter.allow_empty {
            let what = "`allowReserved` or `allowEmptyValue` of a path parameter";
            self.unsupported(
                span,
                what,
                "reserved characters are encoded, and it is never empty",
            );
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
            chosen: None,
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
    pub(super) fn other_parameters(
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
        let chosen = self.chosen(parameter.place.node, parameter.hint);
        let word = chosen.as_deref().unwrap_or(parameter.name);
        let hint = Hint::of_parameter(index, word);
        let ty = match parameter.schema {
            Some(schema) => self.type_of(&[schema], &hint),
            None => plain(Kind::String(StringFormat::Plain)),
        };
        Parameter {
            name: parameter.name.to_owned(),
            chosen,
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
}

/// Whether a type is written as one text.
fn is_scalar(lowering: &Lowering<'_, '_>, ty: &Type) -> bool {
    match &ty.kind {
        Kind::Boolean | Kind::Integer(_) | Kind::String(_) | Kind::Replaced(_) => true,
        Kind::Number(_) => true,
        Kind::Named(id) => match lowering.types.get(id.0).map(|def| &def.definition) {
            Some(Definition::Enum(_)) => true,
            Some(Definition::Alias(inner)) => is_scalar(lowering, inner),
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
