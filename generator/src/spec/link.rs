//! Link objects: operations that can be called with what came back (U3).

use super::model::{Link, Place, RefOr, Reference};
use super::reader::{Object, Reader};
use crate::grammar::Kind;
use crate::load::Value;

impl<'a> Reader<'_, 'a> {
    /// The links of a response, by name.
    pub(super) fn links(&mut self, response: &Object<'a>) -> Vec<(&'a str, RefOr<'a, Link<'a>>)> {
        let links = self.map(response, "links").into_iter();
        let links = links.filter(|(entry, _)| !entry.key.starts_with("x-"));
        links
            .filter_map(|(entry, place)| Some((&*entry.key, self.link_or_ref(place)?)))
            .collect()
    }

    /// The link at a place, or the reference that stands there.
    pub(crate) fn link_or_ref(&mut self, place: Place<'a>) -> Option<RefOr<'a, Link<'a>>> {
        let object = self.object(place, Kind::Link)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        let reference = self.text(&object, "operationRef");
        let reference =
            reference.map(|text| Reference::new(text, object.place.clone(), object.place.span));
        let parameters = self.map(&object, "parameters").into_iter();
        let parameters = parameters.map(|(entry, place)| (&*entry.key, self.shown(&place)));
        let parameters = parameters.collect();
        let server = self.child_object(&object, "server", Kind::Server);
        Some(RefOr::Item(Link {
            id: self.text(&object, "operationId"),
            reference,
            parameters,
            body: object.child("requestBody").map(|place| self.shown(&place)),
            server: server.and_then(|server| self.text(&server, "url")),
            description: self.text(&object, "description"),
        }))
    }

    /// A value or an expression as a text. What is not one value is not shown.
    fn shown(&self, place: &Place<'a>) -> String {
        match self.tree.value(place.node) {
            Value::String(text) => text.to_string(),
            Value::Sequence(_) => "[...]".to_owned(),
            Value::Mapping(_) => "{...}".to_owned(),
            _ => self.tree.to_json_value(place.node).to_string(),
        }
    }
}
