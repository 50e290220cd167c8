//! `$ref`: where it leads (B1 to B17).

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::near::nearest;
use crate::spec::{Parameter, Place, RefOr, Reference, RequestBody, Response, SchemaId};

use super::Lowering;

/// How many steps of a cycle a message shows.
const MAX_SHOWN: usize = 8;

/// The references that were followed, one to the next.
#[derive(Default)]
pub(super) struct Chain<'a> {
    seen: HashSet<&'a str>,
    order: Vec<&'a str>,
}

impl<'a> Lowering<'_, 'a> {
    /// The schema that a reference leads to, after any further references that are nothing else.
    pub(super) fn resolve_schema(&mut self, reference: &Reference<'a>) -> Option<SchemaId> {
        let place = self.target(reference, "schemas")?;
        let id = self.reader.schema(place);
        self.reader.finish_schemas();
        Some(id)
    }

    /// The parameter itself.
    pub(super) fn parameter(
        &mut self,
        parameter: &RefOr<'a, Parameter<'a>>,
    ) -> Option<Parameter<'a>> {
        let mut next = match parameter {
            RefOr::Item(parameter) => return Some(parameter.clone()),
            RefOr::Ref(reference) => reference.clone(),
        };
        let mut chain = Chain::default();
        while self.is_new(&next, &mut chain) {
            let place = self.target(&next, "parameters")?;
            let found = self.reader.parameter_or_ref(place)?;
            self.reader.finish_schemas();
            match found {
                RefOr::Item(item) => return Some(item),
                RefOr::Ref(reference) => next = reference,
            }
        }
        None
    }

    /// The request body itself.
    pub(super) fn request_body(
        &mut self,
        body: &RefOr<'a, RequestBody<'a>>,
    ) -> Option<RequestBody<'a>> {
        let mut next = match body {
            RefOr::Item(body) => return Some(body.clone()),
            RefOr::Ref(reference) => reference.clone(),
        };
        let mut chain = Chain::default();
        while self.is_new(&next, &mut chain) {
            let place = self.target(&next, "requestBodies")?;
            let found = self.reader.request_body_or_ref(place)?;
            self.reader.finish_schemas();
            match found {
                RefOr::Item(item) => return Some(item),
                RefOr::Ref(reference) => next = reference,
            }
        }
        None
    }

    /// The response itself; a description beside the reference replaces its own (B7).
    pub(super) fn response(&mut self, response: &RefOr<'a, Response<'a>>) -> Option<Response<'a>> {
        let mut next = match response {
            RefOr::Item(response) => return Some(response.clone()),
            RefOr::Ref(reference) => reference.clone(),
        };
        let description = next.description;
        let mut chain = Chain::default();
        while self.is_new(&next, &mut chain) {
            let place = self.target(&next, "responses")?;
            let found = self.reader.response_or_ref(place)?;
            self.reader.finish_schemas();
            match found {
                RefOr::Item(mut item) => {
                    item.description = description.or(item.description);
                    return Some(item);
                }
                RefOr::Ref(reference) => next = reference,
            }
        }
        None
    }

    /// Whether a chain of references goes on; false, with a finding, where it bites its tail.
    pub(super) fn is_new(&mut self, reference: &Reference<'a>, chain: &mut Chain<'a>) -> bool {
        if chain.seen.insert(reference.target) {
            chain.order.push(reference.target);
            return true;
        }
        let start = chain
            .order
            .iter()
            .position(|target| *target == reference.target);
        let cycle = chain.order.get(start.unwrap_or(0)..).unwrap_or_default();
        let mut path: Vec<&str> = cycle.iter().take(MAX_SHOWN).copied().collect();
        if path.len() < cycle.len() {
            path.push("...");
        }
        path.push(reference.target);
        let message = format!("`{}` leads back to itself", reference.target);
        self.report(
            Diagnostic::error(Code::RefCycle, reference.target_span, message)
                .help(format!("the way is {}", path.join(" -> ")))
                .help("a chain of references must end at something that is not a reference"),
        );
        false
    }

    /// The place that a reference leads to, if it is in this document and of the right kind.
    fn target(&mut self, reference: &Reference<'a>, section: &str) -> Option<Place<'a>> {
        let target = reference.target;
        let Some(fragment) = target.strip_prefix('#') else {
            if self
                .reader
                .names_under(&format!("/components/{section}"))
                .contains(&target)
            {
                let message = format!("`{target}` is not a reference");
                self.report(
                    Diagnostic::error(Code::RefMissing, reference.target_span, message)
                        .help(format!("write `#/components/{section}/{target}`")),
                );
                return None;
            }
            self.report(
                Diagnostic::error(
                    Code::RefExternal,
                    reference.target_span,
                    "references to other files are not supported yet",
                )
                .help("move what it leads to into this document, or bundle the files into one"),
            );
            return None;
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            self.report(
                Diagnostic::error(
                    Code::RefExternal,
                    reference.target_span,
                    "references to an `$anchor` are not supported yet",
                )
                .help("write the JSON pointer of what it leads to"),
            );
            return None;
        }
        let known = self.targets.get(target).cloned();
        let found = known.unwrap_or_else(|| self.reader.place_at(fragment));
        self.targets.insert(target, found.clone());
        let Some(place) = found else {
            self.report_missing(reference, section);
            return None;
        };
        if let Some(component) = place.pointer.component()
            && component.rest.is_empty()
            && component.section != section
        {
            let found = component.section;
            let message = format!("`{target}` is in `{found}`, but one of `{section}` is needed");
            self.report(
                Diagnostic::error(Code::RefKind, reference.target_span, message)
                    .related(place.span, "this is what it leads to"),
            );
            return None;
        }
        Some(place)
    }

    fn report_missing(&mut self, reference: &Reference<'a>, section: &str) {
        let message = format!("`{}` leads to nothing", reference.target);
        let mut finding = Diagnostic::error(Code::RefMissing, reference.target_span, message);
        let components = format!("#/components/{section}");
        let (around, last) = reference.target.rsplit_once('/').unwrap_or_default();
        for around in [around, &components] {
            let names = self.reader.names_under(around.trim_start_matches('#'));
            if let Some(near) = nearest(last, names.iter().copied()) {
                finding = finding.help(format!("did you mean `{around}/{near}`?"));
                break;
            }
        }
        self.report(finding);
    }
}
