//! The cargo features of tags: the attributes of what belongs to them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Module, Name, Plan, TypePlan};

use super::context::ident;

/// ```text
/// #[cfg(feature = "pets")]
/// ```
pub(super) fn of_module(module: &Module) -> TokenStream {
    match &module.feature {
        Some(feature) => {
            let feature = feature.plain();
            quote!(#[cfg(feature = #feature)])
        }
        None => TokenStream::new(),
    }
}

/// The declarations of modules, and what re-exports all that is in them.
///
/// ```text
/// #[cfg(feature = "pets")]
/// mod pets;
///
/// #[cfg(feature = "pets")]
/// pub use pets::*;
/// ```
pub(super) fn modules<'p>(modules: impl Iterator<Item = &'p Module>) -> (TokenStream, TokenStream) {
    let (mut declarations, mut reexports) = (TokenStream::new(), TokenStream::new());
    for module in modules {
        let (feature, name) = (of_module(module), ident(&module.name));
        declarations.extend(quote!(#feature mod #name;));
        reexports.extend(quote!(#feature pub use #name::*;));
    }
    (declarations, reexports)
}

/// ```text
/// #[cfg(any(feature = "pets", feature = "shops"))]
/// ```
pub(super) fn of_type(plan: &Plan, ty: &TypePlan) -> TokenStream {
    let modules = ty
        .owners
        .iter()
        .filter_map(|index| plan.modules.get(*index));
    let features: Vec<&str> = modules
        .filter_map(|module| Some(module.feature.as_ref()?.plain()))
        .collect();
    if features.is_empty() {
        return TokenStream::new();
    }
    quote!(#[cfg(any(#(feature = #features),*))])
}

/// The same for what belongs to any of these types, wherever they stand; nothing if one of them is always
/// there.
pub(super) fn of_any<'p>(plan: &'p Plan, types: impl Iterator<Item = &'p TypePlan>) -> TokenStream {
    let mut all = BTreeSet::new();
    for ty in types {
        let owners = ty.module.iter().chain(&ty.owners);
        let owners = owners.filter_map(|index| plan.modules.get(*index)?.feature.as_ref());
        let features: Vec<&str> = owners.map(Name::plain).collect();
        if features.is_empty() {
            return TokenStream::new();
        }
        all.extend(features);
    }
    let all: Vec<&str> = all.into_iter().collect();
    match all[..] {
        [only] => quote!(#[cfg(feature = #only)]),
        _ => quote!(#[cfg(any(#(feature = #all),*))]),
    }
}
