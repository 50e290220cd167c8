//! `security.rs`: where tokens are to be had, and what they can be for.

use quote::quote;

use crate::plan::Plan;

use super::Module;
use super::context::ident;
use super::docs::doc;

/// ```text
/// pub mod petstore_auth {
///     /// The `implicit authorizationUrl` of the document.
///     pub const IMPLICIT_AUTHORIZATION_URL: &str = "https://example.com/oauth";
///     /// Modify pets.
///     pub const WRITE_PETS: &str = "write:pets";
/// }
/// ```
pub(super) fn index(plan: &Plan) -> Module {
    let items = plan.schemes.iter().filter_map(|scheme| {
        let (docs, name) = (doc(&scheme.module_docs), ident(scheme.module.as_ref()?));
        let constants = scheme.constants.iter().map(|constant| {
            let (docs, name, value) = (doc(&constant.docs), ident(&constant.name), &constant.value);
            quote!(#docs pub const #name: &str = #value;)
        });
        Some(quote!(#docs pub mod #name { #(#constants)* }))
    });
    Module {
        docs: vec!["Where tokens are to be had, and what they can be for.".to_owned()],
        items: items.collect(),
        ..Module::default()
    }
}
