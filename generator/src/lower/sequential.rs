//! Media types that are a stream of values (group S).

use crate::api::{Codec, EventShape, Kind, StringFormat, Type};
use crate::spec::{self, SchemaId};

use super::hint::Hint;
use super::{Lowering, any, plain};

/// How deep unions are looked into for what an event is.
const MAX_DEPTH: usize = 8;

impl<'a> Lowering<'_, 'a> {
    /// What the values of a stream of events are. `itemSchema` describes an event; `schema`, which is
    /// older, mostly the data of one (S1, S2).
    pub(super) fn events(&mut self, media: &spec::MediaType<'a>, hint: &Hint) -> Codec {
        let Some(schema) = media.item_schema.or(media.schema) else {
            let text = plain(Kind::String(StringFormat::Plain));
            return Codec::Events(text, EventShape::Text);
        };
        let ty = self.type_of(&[schema], hint);
        if matches!(ty.kind, Kind::String(_)) {
            return Codec::Events(ty, EventShape::Text);
        }
        let is_text = self.data_of_event(schema, media.item_schema.is_some(), 0);
        let shape = match is_text {
            None => EventShape::Json,
            Some(true) => EventShape::Whole,
            Some(false) => EventShape::WholeJson,
        };
        Codec::Events(ty, shape)
    }

    /// The values of a stream of JSON: what `itemSchema` describes, the items of a list, or else the
    /// schema itself (S4).
    pub(super) fn items(&mut self, media: &spec::MediaType<'a>, hint: &Hint) -> Type {
        if let Some(schema) = media.item_schema {
            return self.type_of(&[schema], hint);
        }
        let Some(schema) = media.schema else {
            return any();
        };
        let ty = self.type_of(&[schema], hint);
        match ty.kind {
            Kind::Array(items) => *items,
            _ => ty,
        }
    }

    /// Whether the data is a text, where a schema describes whole events: objects with `data`, and with
    /// `event` too unless it is known that they are events.
    fn data_of_event(&mut self, schema: SchemaId, is_event: bool, depth: usize) -> Option<bool> {
        let view = self.view(&[schema]);
        if view.has_property("data") && (is_event || view.has_property("event")) {
            let mut properties = view.properties.iter();
            let data = properties.find(|(name, _)| *name == "data");
            let data = data.map(|(_, ids)| ids.clone()).unwrap_or_default();
            let data = self.view(&data);
            return Some(data.types.is_some_and(|types| types.string));
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let branches = view.unions.iter().flat_map(|union| &union.branches);
        let first = branches.copied().next()?;
        // Another event may have other data, so what is JSON is read as that, and the rest as a text.
        self.data_of_event(first, is_event, depth + 1)
            .map(|_| false)
    }
}
