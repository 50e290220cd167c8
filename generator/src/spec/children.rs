//! The schemas that stand inside of a schema.

use super::schema_model::{Rare, Schema, SchemaId};

impl Schema<'_> {
    /// Every schema that stands right in this one, to look at it or to put another one there.
    pub(crate) fn children(&mut self) -> Vec<&mut SchemaId> {
        let mut children: Vec<&mut SchemaId> = Vec::new();
        children.extend(self.properties.iter_mut().map(|(_, id)| id));
        children.extend(&mut self.additional_properties);
        children.extend(&mut self.items);
        children.extend(&mut self.content_schema);
        for list in [&mut self.all_of, &mut self.one_of, &mut self.any_of] {
            children.extend(list);
        }
        if let Some(rare) = &mut self.rare {
            children.extend(rare.children());
        }
        children
    }
}

impl Rare<'_> {
    fn children(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let single = [
            &mut self.unevaluated_items,
            &mut self.contains,
            &mut self.property_names,
            &mut self.unevaluated_properties,
            &mut self.not,
            &mut self.condition,
            &mut self.then,
            &mut self.otherwise,
        ];
        let named = self
            .pattern_properties
            .iter_mut()
            .chain(&mut self.dependent_schemas);
        let listed = self.prefix_items.iter_mut();
        let single = single.into_iter().flatten();
        listed.chain(single).chain(named.map(|(_, id)| id))
    }
}
