//! Bodies as forms (Q5).

use crate::api::{Codec, Definition, Kind, Style, StyleKind, Type, without_alias};
use crate::spec::{self, SchemaId};

use super::Lowering;
use super::hint::Hint;

impl<'a> Lowering<'_, 'a> {
    /// A form of the fields that a schema describes; nothing if it describes something else.
    pub(super) fn form(
        &mut self,
        media: &spec::MediaType<'a>,
        schema: SchemaId,
        hint: &Hint,
    ) -> Option<Codec> {
        let ty = self.type_of(&[schema], hint);
        if !self.has_fields(&ty) {
            return None;
        }
        let encoding = media.encoding.iter();
        let styles =
            encoding.filter_map(|(name, it)| Some(((*name).to_owned(), self.field_style(it)?)));
        let styles = styles.collect();
        let ty = Type {
            nullable: false,
            ..ty
        };
        Some(Codec::Form(ty, styles))
    }

    /// Whether values of a type have fields.
    pub(super) fn has_fields(&self, ty: &Type) -> bool {
        match without_alias(&self.types, ty).map(|ty| &ty.kind) {
            Some(Kind::Named(id)) => {
                let definition = self.types.get(id.0).map(|def| &def.definition);
                matches!(
                    definition,
                    Some(Definition::Struct(_) | Definition::Union(_))
                )
            }
            kind => matches!(kind, Some(Kind::Map(_) | Kind::Any)),
        }
    }

    /// How a field is written, if the document says so.
    fn field_style(&mut self, encoding: &spec::Encoding<'a>) -> Option<Style> {
        let span = encoding.place.span;
        if encoding.has_headers {
            self.unsupported(span, "`headers` of a field", "left out");
        }
        let is_said =
            encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
        let kind = match encoding.style {
            Some(spec::Style::DeepObject) => StyleKind::DeepObject,
            Some(spec::Style::Form) | None if is_said => StyleKind::Form,
            None => {
                let is_json = encoding.content_type.is_some_and(|it| it.contains("json"));
                if encoding.content_type.is_some() && !is_json {
                    self.unsupported(span, "`contentType` of a field", "the field is a text");
                }
                return is_json.then_some(Style {
                    kind: StyleKind::Json,
                    explode: false,
                    reserved: false,
                    empty_is_absent: false,
                    slashes: false,
                });
            }
            Some(_) => {
                let fallback = "a field of several values is repeated";
                self.unsupported(span, "this `style` of a field", fallback);
                return None;
            }
        };
        Some(Style {
            kind,
            explode: encoding.explode.unwrap_or(true),
            reserved: encoding.allow_reserved,
            empty_is_absent: false,
            slashes: false,
        })
    }
}
