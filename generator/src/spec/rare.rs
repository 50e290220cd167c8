//! The keywords that few schemas have: tuples, patterns of names, conditions (groups F, G, L).

use super::reader::{Object, Reader};
use super::schema_model::{Rare, SchemaId};
use crate::load::Value;

/// The keywords of [`Rare`].
const RARE: &[&str] = &[
    "prefixItems",
    "unevaluatedItems",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "dependentRequired",
    "dependentSchemas",
    "not",
    "if",
    "then",
    "else",
];

impl<'a> Reader<'_, 'a> {
    /// The keywords that few schemas have; `None` if there are none.
    pub(super) fn rare(&mut self, object: &Object<'a>) -> Option<Box<Rare<'a>>> {
        let entries = self.tree.entries(object.place.node).iter();
        let spans: Vec<_> = entries
            .filter(|entry| RARE.contains(&entry.key.as_ref()))
            .map(|entry| (entry.key.as_ref(), entry.key_span))
            .collect();
        if spans.is_empty() {
            return None;
        }
        Some(Box::new(Rare {
            prefix_items: self.schema_list(object, "prefixItems"),
            unevaluated_items: self.child_schema(object, "unevaluatedItems"),
            contains: self.child_schema(object, "contains"),
            min_contains: self.count(object, "minContains"),
            max_contains: self.count(object, "maxContains"),
            pattern_properties: self.schema_map(object, "patternProperties"),
            property_names: self.child_schema(object, "propertyNames"),
            unevaluated_properties: self.child_schema(object, "unevaluatedProperties"),
            dependent_required: self.dependent_required(object),
            dependent_schemas: self.schema_map(object, "dependentSchemas"),
            not: self.child_schema(object, "not"),
            condition: self.child_schema(object, "if"),
            then: self.child_schema(object, "then"),
            otherwise: self.child_schema(object, "else"),
            spans,
        }))
    }

    fn schema_map(&mut self, object: &Object<'a>, key: &'a str) -> Vec<(&'a str, SchemaId)> {
        let members = self.map(object, key);
        let members = members.into_iter();
        members
            .map(|(entry, place)| (entry.key.as_ref(), self.schema(place)))
            .collect()
    }

    fn dependent_required(&mut self, object: &Object<'a>) -> Vec<(&'a str, Vec<&'a str>)> {
        let mut dependent = Vec::new();
        for (entry, place) in self.map(object, "dependentRequired") {
            let Value::Sequence(items) = self.tree.value(place.node) else {
                self.wrong_type(place.node, "`dependentRequired`", "lists of names", false);
                continue;
            };
            let names = items.iter().filter_map(|item| self.tree.string(*item));
            dependent.push((entry.key.as_ref(), names.collect()));
        }
        dependent
    }
}
