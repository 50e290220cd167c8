//! The declared headers of responses: a struct for each set of them (R26 to R28).

use crate::api::{
    Definition, Field, Kind, NameHint, Origin, Role, Status, StringFormat, Structure, Style,
    StyleKind, Type,
};
use crate::grammar;
use crate::spec;

use super::parameter::is_of_the_message;
use super::{Lowering, plain};

impl<'a> Lowering<'_, 'a> {
    /// The struct of the declared headers of a response, if it has any. One response that several
    /// operations refer to has one struct.
    pub(super) fn headers(
        &mut self,
        response: &spec::Response<'a>,
        status: Status,
        index: usize,
    ) -> Option<Type> {
        if let Some(known) = self.headers.get(&response.place.node) {
            return known.clone();
        }
        let declared = self.declared_headers(response);
        let made = (!declared.is_empty()).then(|| {
            let component = response.place.pointer.component();
            let component = component.filter(|it| it.section == "responses" && it.rest.is_empty());
            let name = match component {
                Some(it) => NameHint::Beside(vec![it.name.to_owned(), "headers".to_owned()]),
                None => NameHint::Operation(index, vec![status.phrase(), "headers".to_owned()]),
            };
            let origin = Origin {
                pointer: response.place.pointer.to_string(),
                span: response.place.span,
            };
            self.header_set(&declared, name, origin, index)
        });
        self.headers.insert(response.place.node, made.clone());
        made
    }

    /// Makes the struct of these headers. It comes before the types that stand inside it.
    fn header_set(
        &mut self,
        declared: &[spec::Parameter<'a>],
        name: NameHint,
        origin: Origin,
        index: usize,
    ) -> Type {
        let id = self.reserve_at(name, origin);
        let fields = declared.iter().map(|header| self.header(header, index));
        let (fields, headers) = fields.unzip();
        if let Some(def) = self.types.get_mut(id.0) {
            def.docs.summary = Some("The headers of a response.".to_owned());
            def.definition = Definition::Struct(Structure {
                fields,
                headers,
                role: Role::Parameters,
                non_exhaustive: self.choices.non_exhaustive.all,
                ..Structure::default()
            });
        }
        plain(Kind::Named(id))
    }

    /// The headers that are read and written.
    fn declared_headers(&mut self, response: &spec::Response<'a>) -> Vec<spec::Parameter<'a>> {
        let mut declared: Vec<spec::Parameter<'a>> = Vec::new();
        for (name, span, header) in &response.headers {
            let lower = name.to_ascii_lowercase();
            // These have findings of their own.
            if lower == "content-type" || http::HeaderName::try_from(*name).is_err() {
                continue;
            }
            if is_of_the_message(name) {
                let what = format!("`{name}` as a typed header");
                self.unsupported_often(*span, what, "left out; the server writes it by itself");
                continue;
            }
            if declared.iter().any(|it| it.name.eq_ignore_ascii_case(name)) {
                self.unsupported(*span, "a second header of one name", "left out");
                continue;
            }
            let header = self.follow(header, grammar::Kind::Header, |reader, place| {
                reader.header_or_ref(name, place)
            });
            declared.extend(header);
        }
        declared
    }

    fn header(&mut self, header: &spec::Parameter<'a>, index: usize) -> (Field, Style) {
        let mut field = self.parameter_field(header, index);
        let mut style = self.style(header);
        // Cookies hold commas, so each has a line (R27).
        if header.name.eq_ignore_ascii_case("set-cookie") {
            style.kind = StyleKind::Lines;
            if !matches!(field.ty.kind, Kind::Array(_)) {
                let item = plain(Kind::String(StringFormat::Plain));
                field.ty = plain(Kind::Array(Box::new(item)));
                field.default = None;
            }
        }
        (field, style)
    }
}
