//! The operations of the document against those of the crate.

use anchor_webhooks::operations::{ALL, Operation};
use openapiv3::{OpenAPI, Parameter, ReferenceOr};

use super::{Mismatches, requests, responses, security};
use crate::registry::{self, OperationEntry};

/// An operation of the document, and what the crate has for it.
pub(super) struct Subject<'d> {
    pub(super) document: &'d OpenAPI,
    /// The path in the document.
    pub(super) path: &'d str,
    /// The method in the document, in capitals.
    pub(super) method: String,
    pub(super) operation: &'d openapiv3::Operation,
    pub(super) parameters: Vec<&'d Parameter>,
    /// What the crate says about the operation.
    pub(super) ours: &'static Operation,
    /// How to call it.
    pub(super) entry: &'d OperationEntry,
}

impl Subject<'_> {
    pub(super) fn place(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Checks each operation, and that the crate has no others.
pub(super) fn check(document: &OpenAPI, mismatches: &mut Mismatches) {
    let entries = registry::operations();
    let mut ids = Vec::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else {
            mismatches.add(path, "a path that is a reference is not compared");
            continue;
        };
        for (method, operation) in item.iter() {
            let place = format!("{} {path}", method.to_uppercase());
            let Some(id) = operation.operation_id.as_deref() else {
                mismatches.add(place, "an operation without an id is not compared");
                continue;
            };
            ids.push(id);
            let Some(ours) = ALL.iter().find(|ours| ours.id == id) else {
                mismatches.add(place, format!("`operations::ALL` has no `{id}`"));
                continue;
            };
            let Some(entry) = entries.iter().find(|entry| entry.id == id) else {
                mismatches.add(place, format!("the registry has no `{id}`"));
                continue;
            };
            let parameters = item.parameters.iter().chain(&operation.parameters);
            let parameters: Vec<_> = parameters.filter_map(ReferenceOr::as_item).collect();
            if parameters.len() != item.parameters.len() + operation.parameters.len() {
                mismatches.add(&place, "a parameter that is a reference is not compared");
            }
            let subject = Subject {
                document,
                path,
                method: method.to_uppercase(),
                operation,
                parameters,
                ours,
                entry,
            };
            check_operation(&subject, mismatches);
        }
        requests::check_methods(path, item, mismatches);
    }
    let ours: Vec<_> = ALL.iter().map(|operation| operation.id).collect();
    for id in &ours {
        if !ids.contains(id) {
            let place = format!("operation `{id}`");
            mismatches.add(place, "it is in `operations::ALL`, but not in the document");
        }
    }
    let mut in_order = ours.clone();
    in_order.sort_by_key(|id| ids.iter().position(|other| other == id));
    if in_order != ours {
        mismatches.add("#/paths", "`operations::ALL` is in another order");
    }
}

fn check_operation(subject: &Subject<'_>, mismatches: &mut Mismatches) {
    let Subject {
        path, method, ours, ..
    } = subject;
    let place = subject.place();
    if ours.path != *path {
        mismatches.add(&place, format!("the path of the crate is {}", ours.path));
    }
    if ours.method != method {
        mismatches.add(
            &place,
            format!("the method of the crate is {}", ours.method),
        );
    }
    security::check(subject, mismatches);
    // What is not asked for as the document says is not answered either.
    if let Some(headers) = requests::check(subject, mismatches) {
        responses::check(subject, &headers, mismatches);
    }
}
