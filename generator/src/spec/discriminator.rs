//! Discriminator objects: which property says what a value of a union is (K9 to K14).

use serde::Serialize;

use super::model::{Place, Reference};
use super::reader::{Object, Reader};
use crate::grammar::Kind;
use crate::load::Value;

/// A Discriminator object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Discriminator<'a> {
    /// The property that says what a value is.
    pub(crate) property: &'a str,
    /// The values of the property, each with the schema that it stands for: a reference, or the
    /// name of a component.
    pub(crate) mapping: Vec<(&'a str, Reference<'a>)>,
    /// The schema of a value whose property is absent or not in the mapping (K12).
    pub(crate) default: Option<Reference<'a>>,
}

impl<'a> Reader<'_, 'a> {
    /// The discriminator of a schema. One without a property says nothing, and that is told.
    pub(super) fn discriminator(&mut self, schema: &Object<'a>) -> Option<Discriminator<'a>> {
        let object = self.child_object(schema, "discriminator", Kind::Discriminator)?;
        let property = self.required_text(&object, "propertyName", Kind::Discriminator)?;
        let mut mapping = Vec::new();
        for (entry, place) in self.map(&object, "mapping") {
            mapping.extend(self.target(place).map(|target| (&*entry.key, target)));
        }
        let default = object
            .child("defaultMapping")
            .and_then(|place| self.target(place));
        Some(Discriminator {
            property,
            mapping,
            default,
        })
    }

    /// A text that names a schema.
    fn target(&mut self, place: Place<'a>) -> Option<Reference<'a>> {
        let Value::String(target) = self.tree.value(place.node) else {
            self.wrong_type(place.node, "a value of `mapping`", "a string", false);
            return None;
        };
        let span = place.span;
        Some(Reference::new(target, place, span))
    }
}
