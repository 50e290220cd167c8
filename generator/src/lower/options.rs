//! The parameters outside of the path: a struct of them for each operation (PR2 to PR6, PR26).

use crate::api::{
    Carrier, Codec, Definition, Docs, Field, Kind, Location, NameHint, Operation, Options, Origin,
    Reading, Role, StringFormat, Structure, Style, StyleKind, Type, TypeDef, TypeId,
};
use crate::spec;

use super::hint::Hint;
use super::media::is_form;
use super::parameter::{is_of_the_message, is_transport_header, parameter_schema};
use super::{Lowering, plain};

impl<'a> Lowering<'_, 'a> {
    /// The parameters outside of the path as fields, with where they are sent.
    pub(super) fn other_parameters(
        &mut self,
        declared: &[spec::Parameter<'a>],
        index: usize,
    ) -> Vec<(Field, Carrier)> {
        let mut fields = Vec::new();
        for parameter in declared {
            let location = match parameter.location {
                spec::Location::Path => continue,
                spec::Location::Query => Location::Query,
                spec::Location::Header if is_transport_header(parameter) => continue,
                spec::Location::Header if is_of_the_message(parameter.name) => {
                    let what = format!("`{}` as a header parameter", parameter.name);
                    let fallback = "left out; who sends the request writes it";
                    self.unsupported_often(parameter.place.span, what, fallback);
                    continue;
                }
                spec::Location::Header => Location::Header,
                spec::Location::Cookie => Location::Cookie,
                spec::Location::QueryString => {
                    fields.push(self.whole_query(parameter, index));
                    continue;
                }
            };
            let carrier = Carrier {
                location,
                style: self.style(parameter),
                fields: Vec::new(),
            };
            let mut field = self.parameter_field(parameter, index);
            // What is called the same elsewhere is told apart by its place (PR6).
            let is_namesake = |it: &spec::Parameter<'a>| {
                it.name == parameter.name && it.location != parameter.location
            };
            if field.chosen.is_none() && declared.iter().any(is_namesake) {
                let place = match location {
                    Location::Query | Location::QueryString => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                field.chosen = Some(format!("{} {place}", parameter.name));
            }
            fields.push((field, carrier));
        }
        fields
    }

    /// The parameter that is the whole query: a form, JSON or a text. Its name is not sent (PR5).
    fn whole_query(&mut self, parameter: &spec::Parameter<'a>, index: usize) -> (Field, Carrier) {
        let mut field = self.parameter_field(parameter, index);
        field.chosen = field.chosen.or_else(|| Some("query".to_owned()));
        let media = parameter.content.first();
        let form = media.filter(|it| is_form(it.key)).and_then(|media| {
            let hint = Hint::of_parameter(index, "query");
            self.form(media, media.schema?, &hint)
        });
        let mut style = self.style(parameter);
        let mut fields = Vec::new();
        match form {
            Some(Codec::Form(ty, styles)) => {
                style.kind = StyleKind::Form;
                (field.ty, fields) = (ty, styles);
            }
            _ if style.kind == StyleKind::Json => {}
            _ => {
                style.kind = StyleKind::Simple;
                field.ty = plain(Kind::String(StringFormat::Plain));
                if media.is_some_and(|it| it.schema.is_some() && is_form(it.key)) {
                    let what = "a form that is no object";
                    self.unsupported(parameter.place.span, what, "the query is a text");
                }
            }
        }
        let carrier = Carrier {
            location: Location::QueryString,
            style: Style {
                explode: false,
                reserved: false,
                empty_is_absent: false,
                ..style
            },
            fields,
        };
        (field, carrier)
    }

    /// A parameter as a field of a struct.
    pub(super) fn parameter_field(
        &mut self,
        parameter: &spec::Parameter<'a>,
        index: usize,
    ) -> Field {
        let (ty, chosen) = self.parameter_type(parameter, index);
        let schema = parameter_schema(parameter);
        let docs = match schema {
            Some(id) => {
                let schema = self.documented(id);
                self.docs(&schema)
            }
            None => Docs::default(),
        };
        Field {
            name: parameter.name.to_owned(),
            chosen,
            additions: Vec::new(),
            // No text stands for `null`, so one that may be `null` may be absent (H13).
            required: parameter.required && !ty.nullable,
            ty: Type {
                nullable: false,
                ..ty
            },
            default: schema.and_then(|id| self.default_of(&[id])),
            docs: Docs {
                description: parameter
                    .description
                    .map(str::to_owned)
                    .or(docs.description),
                deprecated: parameter.deprecated || docs.deprecated,
                ..docs
            },
            origin: Origin {
                pointer: parameter.place.pointer.to_string(),
                span: parameter.place.span,
            },
            read_only: false,
            write_only: false,
            reading: Reading::default(),
        }
    }

    /// Makes the struct of the parameters of an operation.
    pub(super) fn options(
        &mut self,
        operation: &Operation,
        index: usize,
        parameters: Vec<(Field, Carrier)>,
    ) -> Option<Options> {
        if parameters.is_empty() {
            return None;
        }
        let (fields, carriers) = parameters.into_iter().unzip();
        let of = operation.name();
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name: NameHint::Operation(index, vec!["params".to_owned()]),
            chosen: None,
            additions: Vec::new(),
            origin: operation.origin.clone(),
            docs: Docs {
                summary: Some(format!("The parameters of `{of}` outside of its path.")),
                ..Docs::default()
            },
            definition: Definition::Struct(Structure {
                fields,
                role: Role::Parameters,
                non_exhaustive: self.choices.non_exhaustive.all,
                ..Structure::default()
            }),
        });
        Some(Options {
            ty: plain(crate::api::Kind::Named(id)),
            carriers,
        })
    }
}
