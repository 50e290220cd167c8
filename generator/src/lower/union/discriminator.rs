//! Discriminators: which value of which property stands for which branch (K10 to K15).

use std::collections::HashSet;

use crate::api::Objects;
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Discriminator, Reference, SchemaId};

use super::super::Lowering;
use super::objects::{Candidate, Gathered, Values};
use super::variants::Planned;
use super::{Branch, List};

impl<'a> Lowering<'_, 'a> {
    /// How a discriminator tells the objects of a union apart.
    pub(super) fn discriminated(
        &mut self,
        candidates: &[Candidate<'a>],
        variants: &mut [Planned<'a>],
        list: &List,
    ) -> Option<Objects> {
        if !list.has_discriminator {
            return None;
        }
        let owner = self.schema(list.owner);
        let discriminator = owner.discriminator.as_deref()?;
        let values = self.mapped_values(candidates, discriminator);
        let property = discriminator.property;
        let named: HashSet<usize> = values.iter().flat_map(|(_, them)| them).copied().collect();
        if named.is_empty() {
            return None;
        }
        let default = discriminator.default.as_ref();
        let default = default.and_then(|target| self.mapped(candidates, target));
        let default = default.and_then(|index| candidates.get(index));
        let default = default.map(|candidate| Box::new(Objects::Always(candidate.variant)));
        let places = candidates.iter().enumerate();
        let unnamed = places.filter(|(index, _)| !named.contains(index));
        let unnamed: Vec<Candidate<'a>> = unnamed.map(|(_, it)| it.clone()).collect();
        let unknown = default
            .clone()
            .or_else(|| self.question(&unnamed, &[property]).map(Box::new));
        let absent = default.or_else(|| self.without_tag(candidates, property));
        for (texts, them) in &values {
            // The first of several values is the one that is written (K15).
            if let ([index], Some(text)) = (&them[..], texts.first())
                && let Some(candidate) = candidates.get(*index)
                && candidate.lacks(property)
                && let Some(planned) = variants.get_mut(candidate.variant)
                && planned.tag.is_none()
            {
                planned.tag = Some((property.to_owned(), text.clone()));
            }
        }
        Some(Objects::Tag {
            property: property.to_owned(),
            values: self.answers(candidates, property, values, &[property]),
            unknown,
            absent,
        })
    }

    /// The values of a discriminator with the candidates that they stand for: those of the mapping, then
    /// those that the candidates list, or their names (K11). Several may list the same value.
    pub(super) fn mapped_values(
        &mut self,
        candidates: &[Candidate<'a>],
        discriminator: &Discriminator<'a>,
    ) -> Values {
        let mut gathered = Gathered::default();
        let mut mapped = HashSet::new();
        for (key, target) in &discriminator.mapping {
            match self.mapped(candidates, target) {
                Some(index) => {
                    mapped.insert(index);
                    gathered.add((*key).to_owned(), index);
                }
                None => self.warn_target(target),
            }
        }
        let explicit = gathered.texts();
        for (index, candidate) in candidates.iter().enumerate() {
            let listed = self.values_of(candidate, discriminator.property);
            let implied = match listed {
                Some(listed) => listed,
                None if mapped.contains(&index) => continue,
                None => self.names_of_objects(candidate),
            };
            for text in implied {
                if !explicit.contains(&text) {
                    gathered.add(text, index);
                }
            }
        }
        gathered.values()
    }

    fn names_of_objects(&mut self, candidate: &Candidate<'a>) -> Vec<String> {
        let schemas = candidate.objects.iter().flat_map(|object| &object.schemas);
        let mut names: Vec<String> = Vec::new();
        for id in schemas {
            let name = self.component_name(*id).map(str::to_owned);
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names
    }

    /// Adds the components that only the mapping names (K10).
    pub(super) fn add_mapped(&mut self, list: &mut List) {
        if !list.has_discriminator {
            return;
        }
        let owner = self.schema(list.owner);
        let Some(discriminator) = owner.discriminator.as_deref() else {
            return;
        };
        let mut known: HashSet<SchemaId> = HashSet::new();
        for branch in &list.branches {
            for id in &branch.ids {
                known.extend(self.names_of(*id));
            }
            let facts = self.facts_of(branch);
            known.extend(facts.objects.iter().flat_map(|object| &object.schemas));
        }
        let default = discriminator.default.as_ref();
        for target in discriminator
            .mapping
            .iter()
            .map(|(_, it)| it)
            .chain(default)
        {
            let Some(id) = self.mapping_target(target) else {
                continue;
            };
            let names = self.names_of(id);
            if names.iter().any(|name| known.contains(name)) {
                continue;
            }
            self.report(
                Diagnostic::warning(
                    Code::Discriminator,
                    target.target_span,
                    format!("`{}` is not among the branches", target.target),
                )
                .label("added to them"),
            );
            known.extend(names);
            list.branches.push(Branch::one(id));
        }
    }

    /// What an object without the property is: one of those that do not require it, if something
    /// else tells which (K12).
    fn without_tag(
        &mut self,
        candidates: &[Candidate<'a>],
        property: &'a str,
    ) -> Option<Box<Objects>> {
        let optional = candidates.iter().filter(|candidate| {
            candidate.declares(property) && !candidate.requires(property)
                || candidate.objects.is_empty()
        });
        let optional: Vec<Candidate<'a>> = optional.cloned().collect();
        match self.question(&optional, &[property])? {
            Objects::Scored(_) => None,
            found => Some(Box::new(found)),
        }
    }

    /// The candidate that a value of a mapping names.
    pub(super) fn mapped(
        &mut self,
        candidates: &[Candidate<'a>],
        target: &Reference<'a>,
    ) -> Option<usize> {
        let id = self.mapping_target(target)?;
        let names = self.names_of(id);
        candidates.iter().position(|candidate| {
            let mut schemas = candidate.objects.iter().flat_map(|object| &object.schemas);
            schemas.any(|schema| names.contains(schema))
        })
    }

    /// The schema that a value of a mapping names: a component by its name, else a reference; a file
    /// that is not there is known by the name of what is in it.
    pub(super) fn mapping_target(&mut self, target: &Reference<'a>) -> Option<SchemaId> {
        if let Some(id) = self.component_named(target.target) {
            return Some(id);
        }
        if let Ok(end) = self.reader.end(target) {
            // One that leads nowhere is told as a value that names no branch.
            self.reader.place_at(end)?;
            return self.resolve_schema(target);
        }
        let file = target.target.rsplit('/').next()?;
        let name = file.split('.').next()?;
        self.component_named(name)
    }

    fn warn_target(&mut self, target: &Reference<'a>) {
        self.report(
            Diagnostic::warning(
                Code::Discriminator,
                target.target_span,
                format!("`{}` names no schema", target.target),
            )
            .label("this value is not known to the union"),
        );
    }
}
