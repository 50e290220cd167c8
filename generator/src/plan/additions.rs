//! What the user adds to types and fields: macros to derive with, and attributes.

use serde::Serialize;

use crate::api::TypeDef;
use crate::config::{Custom, UserCode};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// What is added to one type.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Added {
    /// Macros to derive with beside our own.
    pub(crate) derives: Vec<UserCode>,
    /// Attributes behind the derives, which may belong to them.
    pub(crate) attributes: Vec<UserCode>,
}

/// What is added to a type that derives `known` by itself.
pub(super) fn of_type(custom: &Custom, def: &TypeDef, known: &[&str]) -> Added {
    let mut added = Added::default();
    let all = custom.additions.iter().filter(|it| it.to.text == "*");
    let own = def
        .additions
        .iter()
        .filter_map(|it| custom.additions.get(*it));
    for addition in all.chain(own) {
        for derive in &addition.derives {
            if !known.contains(&derive.as_str()) && !added.derives.contains(derive) {
                added.derives.push(derive.clone());
            }
        }
        added.attributes.extend(addition.attributes.iter().cloned());
    }
    added
}

/// The attributes that are added to a field.
pub(super) fn of_field(custom: &Custom, additions: &[usize]) -> Vec<UserCode> {
    let additions = additions.iter().filter_map(|it| custom.additions.get(*it));
    additions
        .flat_map(|it| it.attributes.iter().cloned())
        .collect()
}

/// Says that nothing can be added to a type that is only another name of one.
pub(super) fn warn_alias(diagnostics: &mut Diagnostics, custom: &Custom, def: &TypeDef) {
    for addition in def
        .additions
        .iter()
        .filter_map(|it| custom.additions.get(*it))
    {
        let message = format!("`{}` is only another name of a type", addition.to.text);
        diagnostics.push(
            Diagnostic::warning(Code::ConfigUnused, addition.to.span, message)
                .label("nothing is added"),
        );
    }
}
