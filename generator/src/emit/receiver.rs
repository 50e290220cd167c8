//! The methods of the receiver: one for each webhook, to mount it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Module, OperationPlan};

use super::context::{Context, ident};
use super::docs::doc_text;
use super::server_handler::bound;

/// ```text
/// impl<A: Webhooks, V: Verify> Receiver<A, V> {
///     /// Receives `newPet` at this path.
///     pub fn new_pet(self, path: &'static str) -> Self {
///         self.on(&NEW_PET, path, new_pet)
///     }
/// }
/// ```
pub(super) fn mounts<'p>(
    cx: &Context<'_>,
    module: &Module,
    hooks: impl Iterator<Item = &'p OperationPlan>,
) -> TokenStream {
    for name in ["Receiver", "Verify"] {
        cx.import_always("root::runtime::server", name);
    }
    let bound = bound(module);
    let methods = hooks.map(|it| {
        let (name, constant) = (ident(&it.method), ident(&it.constant));
        let docs = doc_text(&["Receives these requests at this path."]);
        let deprecated = it.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            pub fn #name(self, path: &'static str) -> Self {
                self.on(&#constant, path, #name)
            }
        }
    });
    quote! {
        impl<A: #bound, V: Verify> Receiver<A, V> {
            #(#methods)*
        }
    }
}
