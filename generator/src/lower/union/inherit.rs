//! Inheritance: a component with a discriminator that others are composed of is one of these, or one that
//! nobody knows (K9, J10).

use std::collections::{HashMap, HashSet};

use crate::api::{Definition, Dispatch, Docs, Kind, Objects, TypeId, Union, Variant};
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Discriminator, SchemaId};

use super::super::hint::Hint;
use super::super::{Lowering, any, origin, plain};
use super::Branch;
use super::objects::Candidate;

impl<'a> Lowering<'_, 'a> {
    /// The union of what is composed of a component that has a discriminator and no list of its own.
    pub(in super::super) fn inherited(&mut self, id: SchemaId, own: TypeId) -> Option<Definition> {
        let schema = self.schema(id);
        let discriminator = schema.discriminator.as_deref()?;
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        let mut heirs = self.heirs(id);
        for (_, target) in &discriminator.mapping {
            let target = self.mapping_target(target);
            heirs.extend(target.filter(|it| *it != id && !heirs.contains(it)));
        }
        if heirs.is_empty() {
            let message = "this discriminator has nothing to choose from";
            self.report(
                Diagnostic::warning(Code::Discriminator, schema.place.span, message)
                    .label("read without it")
                    .help("list schemas under `oneOf`, or refer here from an `allOf` of theirs"),
            );
            return None;
        }
        Some(self.family(id, own, &heirs, discriminator))
    }

    fn family(
        &mut self,
        id: SchemaId,
        own: TypeId,
        heirs: &[SchemaId],
        discriminator: &Discriminator<'a>,
    ) -> Definition {
        let candidates = self.heir_candidates(heirs);
        let property = discriminator.property;
        let values = self.mapped_values(&candidates, discriminator);
        let values = self.answers(&candidates, property, values, &[property]);
        let hint = Hint::of_type(own);
        let mut variants = Vec::with_capacity(heirs.len() + 1);
        for heir in heirs {
            let name = self.component_name(*heir).unwrap_or_default().to_owned();
            let mut ty = self.type_of(&[*heir], &hint.child(&name));
            ty.nullable = false;
            variants.push(Variant {
                name,
                ty,
                docs: Docs::default(),
                tag: None,
            });
        }
        let other = variants.len();
        variants.push(self.base_variant(id, &hint));
        let requires = self.view(&[id]).required_names.contains(property);
        Definition::Union(Union {
            variants,
            dispatch: Dispatch {
                object: Some(Objects::Tag {
                    property: property.to_owned(),
                    values,
                    unknown: Some(Box::new(Objects::Always(other))),
                    absent: (!requires).then(|| Box::new(Objects::Always(other))),
                }),
                ..Dispatch::default()
            },
        })
    }

    fn heir_candidates(&mut self, heirs: &[SchemaId]) -> Vec<Candidate<'a>> {
        let mut candidates = Vec::with_capacity(heirs.len());
        for (variant, heir) in heirs.iter().enumerate() {
            let mut known = vec![*heir];
            // One that is a union of its own heirs stands for all of them.
            if self.schema(*heir).discriminator.is_some() {
                known.extend(self.heirs(*heir));
            }
            let mut objects = Vec::new();
            for id in known {
                objects.extend(self.facts_of(&Branch::one(id)).objects.iter().cloned());
            }
            candidates.push(Candidate { variant, objects });
        }
        candidates
    }

    /// The base itself: its own properties, and all others as they came.
    fn base_variant(&mut self, id: SchemaId, hint: &Hint) -> Variant {
        let base = self.reserve_at(hint.child("base").name(), origin(&self.schema(id)));
        let view = self.view(&[id]);
        let mut structure = self.structure(&view, &Hint::of_type(base), None);
        structure.closed = false;
        structure.additional = Some(structure.additional.unwrap_or_else(any));
        self.define(base, Definition::Struct(structure));
        Variant {
            name: "Other".to_owned(),
            ty: plain(Kind::Named(base)),
            docs: Docs {
                description: Some("Any other object, with what all of them have.".to_owned()),
                ..Docs::default()
            },
            tag: None,
        }
    }

    /// The components that are composed of one, at any remove. Those of one that has a discriminator
    /// too are left to it.
    fn heirs(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let children = match self.children.take() {
            Some(children) => children,
            None => self.find_children(),
        };
        let mut heirs = Vec::new();
        let mut seen = HashSet::from([id]);
        let mut work: Vec<SchemaId> = children.get(&id).cloned().unwrap_or_default();
        work.reverse();
        while let Some(heir) = work.pop() {
            if !seen.insert(heir) {
                continue;
            }
            heirs.push(heir);
            if self.schema(heir).discriminator.is_none() {
                work.extend(children.get(&heir).into_iter().flatten().rev());
            }
        }
        self.children = Some(children);
        heirs
    }

    fn find_children(&mut self) -> HashMap<SchemaId, Vec<SchemaId>> {
        let mut children: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
        for (_, id) in &self.document.schemas {
            for member in &self.schema(*id).all_of {
                if self.schema(*member).reference.is_none() {
                    continue;
                }
                let Some(parent) = self.names_of(*member).last().copied() else {
                    continue;
                };
                let known = children.entry(parent).or_default();
                if *id != parent && !known.contains(id) {
                    known.push(*id);
                }
            }
        }
        children
    }
}
