//! What becomes of each constraint of the document: whether `validate` checks it, or it only stands in
//! the documentation.

use std::collections::HashSet;

use crate::api::{Api, Content, Definition, Kind, Origin, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checks::{Checks, Treated, Treatment};

/// One keyword at one place.
#[derive(Debug, Clone)]
pub(super) struct Record<'a> {
    /// The keyword, such as `pattern`.
    pub(super) keyword: &'static str,
    /// The property, component, parameter or body that it is about.
    pub(super) place: &'a Origin,
    /// What becomes of it.
    pub(super) treatment: Treatment,
}

/// Every constraint of the document with what becomes of it, in the order of types and operations.
pub(super) fn records<'a>(api: &'a Api, checks: &Checks<'a>) -> Vec<Record<'a>> {
    let mut records = Vec::new();
    for def in &api.types {
        let place = &def.origin;
        match &def.definition {
            Definition::Struct(structure) => {
                for field in &structure.fields {
                    collect(checks, &field.ty, &field.origin, &mut records);
                }
                if let Some(rest) = &structure.additional {
                    collect(checks, rest, place, &mut records);
                }
                let treated = checks.of_object(structure, |_| true);
                note(treated, place, &mut records);
            }
            Definition::Alias(target) | Definition::Wrapper(target) => {
                collect(checks, target, place, &mut records);
            }
            Definition::Union(union) => {
                for variant in &union.variants {
                    collect(checks, &variant.ty, place, &mut records);
                }
            }
            Definition::Enum(_) => {}
        }
    }
    for operation in &api.operations {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        for ty in contents.filter_map(Content::ty) {
            collect(checks, ty, &operation.origin, &mut records);
        }
    }
    for parameter in api.operations.iter().flat_map(|it| &it.parameters) {
        collect(checks, &parameter.ty, &parameter.origin, &mut records);
    }
    records
}

/// The constraints on a value and on what it holds.
fn collect<'a>(checks: &Checks<'_>, ty: &'a Type, place: &'a Origin, into: &mut Vec<Record<'a>>) {
    if checks.is_cut(ty) {
        into.push(Record {
            keyword: "items",
            place,
            treatment: Treatment::Documented,
        });
    }
    let mut work = vec![ty];
    while let Some(ty) = work.pop() {
        note(checks.treat(ty), place, into);
        // What a name stands for has a place of its own.
        if !matches!(ty.kind, Kind::Named(_)) {
            work.extend(ty.kind.inner().into_iter().rev());
        }
    }
}

fn note<'a>(treated: Treated, place: &'a Origin, into: &mut Vec<Record<'a>>) {
    into.extend(treated.into_iter().map(|(keyword, treatment)| Record {
        keyword,
        place,
        treatment,
    }));
}

/// Warns of the constraints that are not checked, once for each keyword and place.
pub(super) fn warn(diagnostics: &mut Diagnostics, records: &[Record<'_>]) {
    let mut told = HashSet::new();
    for record in records {
        let message = match record.treatment {
            Treatment::Documented => {
                format!("checking `{}` here is not supported yet", record.keyword)
            }
            Treatment::Refused(refusal) => {
                format!(
                    "this pattern cannot be checked, because {}",
                    refusal.because()
                )
            }
            Treatment::Impossible => {
                format!("no value of this type can keep `{}`", record.keyword)
            }
            Treatment::Checked(_) | Treatment::Implied | Treatment::Idle => continue,
        };
        if told.insert((record.place.span, record.keyword)) {
            diagnostics.push(
                Diagnostic::warning(Code::Unsupported, record.place.span, message)
                    .label("documented, and not checked"),
            );
        }
    }
}
