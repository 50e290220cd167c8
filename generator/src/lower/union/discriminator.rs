//! Discriminators: which value of which property stands for which branch (K10 to K15).

use std::collections::HashSet;

use crate::api::Objects;
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Discriminator, Reference, SchemaId};

use super::super::Lowering;
use super::objects::Candidate;
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
        let texts = self.tag_texts(candidates, discriminator);
        let property = discriminator.property;
        let default = discriminator.default.as_ref();
        let default = default.and_then(|target| self.mapped(candidates, target));
        let default = default.and_then(|index| candidates.get(index));
        let default = default.map(|candidate| Box::new(Objects::Always(candidate.variant)));
        let unnamed: Vec<Candidate<'a>> = candidates
            .iter()
            .zip(&texts)
            .filter(|(_, texts)| texts.is_empty())
            .map(|(candidate, _)| candidate.clone())
            .collect();
        if unnamed.len() == candidates.len() {
            return None;
        }
        let unknown = default
            .clone()
            .or_else(|| self.question(&unnamed, &[property]).map(Box::new));
        let absent = default.or_else(|| self.without_tag(candidates, property));
        let mut values = Vec::new();
        for (candidate, texts) in candidates.iter().zip(texts) {
            let Some(first) = texts.first().cloned() else {
                continue;
            };
            if let Some(planned) = variants.get_mut(candidate.variant)
                && !candidate.objects.is_empty()
                && !candidate
                    .objects
                    .iter()
                    .any(|object| object.declares(property))
            {
                planned.tag = Some((property.to_owned(), first));
            }
            values.push((texts, Objects::Always(candidate.variant)));
        }
        Some(Objects::Tag {
            property: property.to_owned(),
            values,
            unknown,
            absent,
        })
    }

    /// The values that stand for each of the candidates, those that are mapped first.
    pub(super) fn tag_texts(
        &mut self,
        candidates: &[Candidate<'a>],
        discriminator: &Discriminator<'a>,
    ) -> Vec<Vec<String>> {
        let mut texts: Vec<Vec<String>> = vec![Vec::new(); candidates.len()];
        for (key, target) in &discriminator.mapping {
            match self.mapped(candidates, target) {
                Some(index) => texts[index].push((*key).to_owned()),
                None => self.warn_target(target),
            }
        }
        for (index, candidate) in candidates.iter().enumerate() {
            let implied = self.implied(candidate, discriminator, texts[index].is_empty());
            for text in implied {
                if !texts.iter().any(|known| known.contains(&text)) {
                    texts[index].push(text);
                }
            }
        }
        texts
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

    /// The values that stand for a candidate without being mapped: those that it lists, and its name,
    /// unless it has another one (K11).
    fn implied(
        &mut self,
        candidate: &Candidate<'a>,
        discriminator: &Discriminator<'a>,
        unmapped: bool,
    ) -> Vec<String> {
        let mut texts = self
            .values_of(candidate, discriminator.property)
            .unwrap_or_default();
        if unmapped {
            let schemas = candidate.objects.iter().flat_map(|object| &object.schemas);
            for id in schemas {
                let name = self.component_name(*id);
                texts.extend(
                    name.filter(|name| !texts.iter().any(|it| it == name))
                        .map(str::to_owned),
                );
            }
        }
        texts
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
