//! Path items and operations by reference (B13, B14).

use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Kind;
use crate::source::Span;
use crate::spec::{Operation, PathItem};

use super::Lowering;
use super::reference::Chain;

impl<'a> Lowering<'_, 'a> {
    /// Path items with what stands at the ends of their references.
    pub(super) fn path_items(&mut self, declared: &[PathItem<'a>]) -> Vec<PathItem<'a>> {
        let mut odd = Vec::new();
        let mut items = Vec::with_capacity(declared.len());
        for item in declared {
            let mut item = self.whole(item.clone());
            for operation in std::mem::take(&mut item.operations) {
                odd.extend(operation.reference.as_ref().map(|it| it.target_span));
                item.operations.extend(self.operation_at(operation));
            }
            items.push(item);
        }
        self.report_odd(&odd);
        items
    }

    /// A path item together with the one that it refers to. Where both say something, it is the one
    /// that stands at the path which counts.
    fn whole(&mut self, mut item: PathItem<'a>) -> PathItem<'a> {
        let mut chain = Chain::to(Kind::PathItem);
        while let Some(reference) = item.reference.take()
            && self.is_new(&reference, &mut chain)
        {
            let Some(place) = self.target(&reference, Kind::PathItem) else {
                break;
            };
            let (path, span) = (item.path, item.path_span);
            let (referred, _) =
                self.read_at(place, |reader, place| reader.path_item(path, span, place));
            let Some(referred) = referred else { break };
            self.report_both(&item, &referred, reference.target_span);
            let is_new =
                |it: &Operation<'a>| item.operations.iter().all(|own| own.method != it.method);
            let more: Vec<Operation<'a>> = referred.operations.into_iter().filter(is_new).collect();
            item.operations.extend(more);
            // A later parameter of the same name replaces an earlier one.
            let own = std::mem::replace(&mut item.parameters, referred.parameters);
            item.parameters.extend(own);
            if item.servers.is_empty() {
                item.servers = referred.servers;
            }
            item.reference = referred.reference;
        }
        item
    }

    fn report_both(&mut self, item: &PathItem<'a>, referred: &PathItem<'a>, span: Span) {
        let says_more = !item.operations.is_empty() || !item.parameters.is_empty();
        if says_more {
            self.report(
                Diagnostic::warning(
                    Code::RefPosition,
                    span,
                    "the specification leaves open what stands beside the `$ref` of a path item",
                )
                .label("both are taken; what is written here goes first")
                .related(referred.place.span, "this is the other one"),
            );
        }
    }

    /// Says once for all that operations are referred to, which is common and not specified.
    fn report_odd(&mut self, places: &[Span]) {
        let Some((first, others)) = places.split_first() else {
            return;
        };
        let message = "the specification has no `$ref` in place of an operation";
        self.report(
            Diagnostic::warning(Code::RefPosition, *first, message)
                .elsewhere(others)
                .label("followed")
                .help("a `$ref` may stand in place of the whole path item"),
        );
    }
}
