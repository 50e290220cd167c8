//! What becomes of each constraint of the document: whether `validate` checks it, or it only stands in
//! the documentation.

use std::collections::HashSet;

use crate::api::{Api, Definition, Kind, Origin, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checks::{Checks, Treatment};

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
    let mut add = |ty: &'a Type, place: &'a Origin| collect(checks, ty, place, &mut records);
    for def in &api.types {
        match &def.definition {
            Definition::Struct(structure) => {
                for field in &structure.fields {
                    add(&field.ty, &field.origin);
                }
                if let Some(rest) = &structure.additional {
                    add(rest, &def.origin);
                }
            }
            Definition::Union(union) => {
                union
                    .variants
                    .iter()
                    .for_each(|it| add(&it.ty, &def.origin));
            }
            Definition::Alias(target) | Definition::Wrapper(target) => add(target, &def.origin),
            Definition::Enum(_) => {}
        }
    }
    for operation in &api.operations {
        if let Some(body) = &operation.body {
            add(&body.ty, &operation.origin);
        }
    }
    for parameter in api.operations.iter().flat_map(|it| &it.parameters) {
        let first = records.len();
        let mut ty = Some(&parameter.ty);
        while let Some(named) = ty {
            collect(checks, named, &parameter.origin, &mut records);
            ty = checks.stands_for(named);
        }
        for record in records.iter_mut().skip(first) {
            // The server takes parameters as they are.
            if matches!(record.treatment, Treatment::Checked(_)) {
                record.treatment = Treatment::Documented;
            }
        }
    }
    records
}

/// The constraints on a value and on what it holds.
fn collect<'a>(checks: &Checks<'_>, ty: &'a Type, place: &'a Origin, into: &mut Vec<Record<'a>>) {
    let mut work = vec![ty];
    while let Some(ty) = work.pop() {
        let treated = checks.treat(ty).into_iter();
        into.extend(treated.map(|(keyword, treatment)| Record {
            keyword,
            place,
            treatment,
        }));
        // What a name stands for has a place of its own.
        if !matches!(ty.kind, Kind::Named(_)) {
            work.extend(ty.kind.inner().into_iter().rev());
        }
    }
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
