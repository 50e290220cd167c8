//! Discriminators: which value of which property stands for which branch (K10 to K15).

use crate::api::Objects;
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Discriminator, Reference, SchemaId};

use super::super::Lowering;
use super::List;
use super::objects::Candidate;
use super::variants::Planned;

impl<'a> Lowering<'_, 'a> {
    /// How a discriminator tells the objects of a union apart.
    pub(super) fn discriminated(
        &mut self,
        candidates: &[Candidate<'a>],
        variants: &mut [Planned<'a>],
        list: &List,
    ) -> Option<Objects> {
        let owner = self.schema(list.owner);
        let discriminator = owner.discriminator.as_deref()?;
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
    fn mapped(&mut self, candidates: &[Candidate<'a>], target: &Reference<'a>) -> Option<usize> {
        let id = self.mapping_target(target)?;
        let names = self.names_of(id);
        candidates.iter().position(|candidate| {
            let mut schemas = candidate.objects.iter().flat_map(|object| &object.schemas);
            schemas.any(|schema| names.contains(schema))
        })
    }

    /// The schema that a value of a mapping names: a component by its name, else a reference; a file
    /// that is not there is known by the name of what is in it.
    fn mapping_target(&mut self, target: &Reference<'a>) -> Option<SchemaId> {
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
                format!("`{}` is none of the branches", target.target),
            )
            .label("this value is not known to the union"),
        );
    }
}
