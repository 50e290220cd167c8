//! What the branches of a union can be told apart by.

use std::collections::HashSet;
use std::rc::Rc;

use crate::load::Value;
use crate::spec::{SchemaId, Types};

use super::super::Lowering;
use super::super::merge::View;
use super::super::shape::infer;
use super::super::wrapper::is_plain_reference;
use super::Branch;

/// How many unions may stand inside each other before the inner ones are taken for any value.
pub(in super::super) const MAX_NESTED: usize = 16;

/// What a branch accepts.
#[derive(Debug, Default)]
pub(in super::super) struct Facts<'a> {
    /// The JSON types of its values, `null` left out.
    pub(super) types: Types,
    /// Whether it accepts whatever there is.
    pub(super) any: bool,
    /// The objects that it accepts; several if it is a union itself (K16).
    pub(super) objects: Vec<Rc<ObjectFacts<'a>>>,
}

/// What an object that a branch accepts looks like.
#[derive(Debug)]
pub(in super::super) struct ObjectFacts<'a> {
    /// The schemas that describe it, so that a discriminator can name any of them.
    pub(super) schemas: Vec<SchemaId>,
    pub(super) properties: Vec<(&'a str, Vec<SchemaId>)>,
    pub(super) required: HashSet<&'a str>,
    /// Whether nothing else may be there.
    pub(super) closed: bool,
}

impl ObjectFacts<'_> {
    /// Whether a property is declared.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, _)| *known == name)
    }
}

impl<'a> Lowering<'_, 'a> {
    /// What a branch accepts.
    pub(super) fn facts_of(&mut self, branch: &Branch) -> Rc<Facts<'a>> {
        if let Some(known) = self.facts.get(branch) {
            return Rc::clone(known);
        }
        if self.union_depth >= MAX_NESTED {
            return Rc::new(Facts {
                any: true,
                ..Facts::default()
            });
        }
        // A union that is its own branch adds nothing to itself.
        self.facts.insert(branch.clone(), Rc::default());
        self.union_depth += 1;
        let facts = Rc::new(self.find_facts(branch));
        self.union_depth -= 1;
        self.facts.insert(branch.clone(), Rc::clone(&facts));
        facts
    }

    fn find_facts(&mut self, branch: &Branch) -> Facts<'a> {
        if let [id] = branch.ids[..]
            && let Some(value) = self.schema(id).boolean
        {
            return Facts {
                any: value,
                ..Facts::default()
            };
        }
        let view = self.branch_view(branch);
        let schemas: Vec<SchemaId> = branch
            .ids
            .iter()
            .flat_map(|id| self.names_of(*id))
            .collect();
        let lists = self.lists(&view);
        if let ([list], true) = (&lists[..], view.properties.is_empty()) {
            // A union by itself.
            return self.facts_of_all(&list.branches, &schemas);
        }
        let types = accepted(&view);
        if types == Types::default() {
            return Facts {
                any: view.types.is_none() && view.listed.is_none(),
                ..Facts::default()
            };
        }
        let mut objects = Vec::new();
        if types.object {
            objects = vec![Rc::new(self.object_facts(&view, schemas))];
            for list in &lists {
                let inner = self.facts_of_all(&list.branches, &[]).objects;
                objects = combined(&objects, &inner);
            }
        }
        Facts {
            types,
            any: false,
            objects,
        }
    }

    fn facts_of_all(&mut self, branches: &[Branch], schemas: &[SchemaId]) -> Facts<'a> {
        let mut all = Facts::default();
        for branch in branches {
            let facts = self.facts_of(branch);
            all.types = all.types.union(facts.types);
            all.any |= facts.any;
            for object in &facts.objects {
                // Two ways may lead to the same objects.
                let origin = object.schemas.first();
                if !all.objects.iter().any(|it| it.schemas.first() == origin) {
                    all.objects.push(Rc::new(ObjectFacts {
                        schemas: object.schemas.iter().chain(schemas).copied().collect(),
                        properties: object.properties.clone(),
                        required: object.required.clone(),
                        closed: object.closed,
                    }));
                }
            }
        }
        all
    }

    fn object_facts(&mut self, view: &View<'a>, schemas: Vec<SchemaId>) -> ObjectFacts<'a> {
        let mut additional = view.additional.iter();
        ObjectFacts {
            schemas,
            properties: view.properties.clone(),
            required: view.required_names.clone(),
            closed: additional.any(|id| self.schema(*id).boolean == Some(false)),
        }
    }

    /// A schema and what it is another name of.
    pub(super) fn names_of(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let mut names = vec![id];
        let mut at = self.significant(id);
        loop {
            if !names.contains(&at) {
                names.push(at);
            }
            let schema = self.schema(at);
            let reference = schema.reference.as_ref();
            let target = reference
                .filter(|_| is_plain_reference(&schema))
                .and_then(|reference| self.resolve_schema(reference));
            match target {
                Some(target) if !names.contains(&target) => at = target,
                _ => return names,
            }
        }
    }

    /// The component of a name.
    pub(super) fn component_named(&self, name: &str) -> Option<SchemaId> {
        self.component_names.get(name).copied()
    }

    /// The name of a component.
    pub(super) fn component_name(&mut self, id: SchemaId) -> Option<&'a str> {
        let pointer = self.schema(id).place.pointer.clone();
        match pointer.tokens()[..] {
            ["components", "schemas", name] => self
                .component_names
                .get_key_value(name)
                .map(|(name, _)| *name),
            _ => None,
        }
    }

    /// The values that a property can have, as texts, if they are listed.
    pub(super) fn listed_values(&mut self, ids: &[SchemaId]) -> Option<Vec<String>> {
        let plain = ids.iter().all(|id| {
            let schema = self.schema(*id);
            schema.enumeration.is_none()
                && schema.constant.is_none()
                && schema.reference.is_none()
                && [&schema.all_of, &schema.one_of, &schema.any_of]
                    .iter()
                    .all(|list| list.is_empty())
        });
        if plain {
            return None;
        }
        let listed = self.view(ids).listed?;
        let texts = listed.data().map(|data| data.text().map(str::to_owned));
        texts
            .collect::<Option<Vec<String>>>()
            .filter(|it| !it.is_empty())
    }
}

/// How many kinds of objects the properties of a struct are combined to with those of unions beside it.
const MAX_COMBINED: usize = 64;

/// Objects that have the properties of one of the first and of one of the second.
fn combined<'a>(
    objects: &[Rc<ObjectFacts<'a>>],
    others: &[Rc<ObjectFacts<'a>>],
) -> Vec<Rc<ObjectFacts<'a>>> {
    if others.is_empty() || objects.len() * others.len() > MAX_COMBINED {
        return objects.to_vec();
    }
    let pairs = objects
        .iter()
        .flat_map(|one| others.iter().map(move |other| (one, other)));
    let combined = pairs.map(|(one, other)| {
        let mut properties = one.properties.clone();
        let new = other
            .properties
            .iter()
            .filter(|(name, _)| !one.declares(name));
        properties.extend(new.cloned());
        Rc::new(ObjectFacts {
            schemas: other.schemas.iter().chain(&one.schemas).copied().collect(),
            properties,
            required: one.required.union(&other.required).copied().collect(),
            closed: false,
        })
    });
    combined.collect()
}

/// The JSON types of what a view accepts.
pub(super) fn accepted(view: &View<'_>) -> Types {
    let mut types = view.types.unwrap_or_default();
    if types == Types::default() {
        types = infer(view);
    }
    let Some(listed_values) = &view.listed else {
        return types;
    };
    if types != Types::default() {
        return types;
    }
    let mut listed = Types::default();
    for value in listed_values.data() {
        match value.value() {
            Value::Null => {}
            Value::Bool(_) => listed.boolean = true,
            Value::Number(_) => listed.number = true,
            Value::String(_) => listed.string = true,
            Value::Sequence(_) => listed.array = true,
            Value::Mapping(_) => listed.object = true,
        }
    }
    listed
}
