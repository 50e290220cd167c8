//! Components that are forms with files, and what these are as JSON.

use std::collections::HashSet;

use crate::api::{Api, Definition, TypeId, mentions, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::{Lowering, any};

/// A component, and the form that it is where it is sent in parts.
pub(super) struct Twin {
    pub(super) component: TypeId,
    pub(super) form: TypeId,
    /// Where its files are described.
    pub(super) files: Vec<Span>,
}

impl Lowering<'_, '_> {
    /// A component that nobody uses but as a form is that form. Tells of the raw bytes that JSON has to
    /// carry all the same.
    pub(super) fn settle_forms(&mut self, api: &mut Api) {
        let used = self.used(api);
        let twins = std::mem::take(&mut self.forms).into_iter();
        let twins: Vec<Twin> = twins.filter(|it| !used.contains(&it.component)).collect();
        for twin in &twins {
            if let Some(form) = self.types.get_mut(twin.form.0) {
                let nothing = Definition::Alias(any());
                let form = std::mem::replace(&mut form.definition, nothing);
                self.define(twin.component, form);
            }
        }
        self.drop_forms(api, &twins);
        let files: HashSet<Span> = twins.into_iter().flat_map(|it| it.files).collect();
        for span in std::mem::take(&mut self.binary_texts) {
            if !files.contains(&span) {
                self.warn_binary(span);
            }
        }
    }

    /// The types that an operation or another type mentions.
    fn used(&self, api: &Api) -> HashSet<TypeId> {
        let operations = api.operations.iter();
        let bodies = operations.flat_map(|it| it.sent().chain(it.received()));
        let mut used: HashSet<TypeId> = bodies.flat_map(named).collect();
        for (index, def) in self.types.iter().enumerate() {
            let mentioned = mentions(&def.definition).into_iter().flat_map(named);
            used.extend(mentioned.filter(|id| id.0 != index));
            if let Definition::Struct(structure) = &def.definition {
                used.extend(structure.parts.iter().map(|part| part.id));
            }
        }
        used
    }

    /// Leaves out the forms whose place a component took.
    fn drop_forms(&mut self, api: &mut Api, twins: &[Twin]) {
        let dropped: HashSet<TypeId> = twins.iter().map(|twin| twin.form).collect();
        let mut new = Vec::with_capacity(self.types.len());
        let mut kept = Vec::with_capacity(self.types.len());
        for (index, def) in std::mem::take(&mut self.types).into_iter().enumerate() {
            new.push(TypeId(kept.len()));
            if !dropped.contains(&TypeId(index)) {
                kept.push(def);
            }
        }
        self.types = kept;
        for twin in twins {
            if let Some(component) = new.get(twin.component.0).copied()
                && let Some(form) = new.get_mut(twin.form.0)
            {
                *form = component;
            }
        }
        let renumber = |id: TypeId| new.get(id.0).copied().unwrap_or(id);
        for def in &mut self.types {
            def.name.renumber(&renumber);
            def.definition.renumber(&renumber);
        }
        let operations = api.operations.iter_mut();
        operations.for_each(|operation| operation.renumber(&renumber));
    }

    fn warn_binary(&mut self, span: Span) {
        self.report(
            Diagnostic::warning(
                Code::BinaryInJson,
                span,
                "JSON cannot carry the raw bytes of `format: binary`",
            )
            .label("read as text")
            .help("`contentEncoding: base64` is text that stands for bytes"),
        );
    }
}
