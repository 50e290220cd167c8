//! The root module: `lib.rs` of a crate, `mod.rs` of a module tree.

use quote::quote;

use crate::api::Api;
use crate::config::{Config, Features, Mode};
use crate::plan::Plan;

use super::docs::doc_text;
use super::manifest;
use super::{Module, runtime};

/// ```text
/// //! AnchorBrowser API 1.0.0
/// #![forbid(unsafe_code)]
/// pub mod types;
/// pub const API_VERSION: &str = "1.0.0";
/// ```
pub(super) fn root(api: &Api, plan: &Plan, config: &Config) -> Module {
    let mut docs = plan.docs.clone();
    let mut attributes = Vec::new();
    match config.mode {
        Mode::Crate => {
            attributes.push(quote!(#![forbid(unsafe_code)]));
            if config.features == Features::Tags || plan.has_files() {
                // Without some of the features, others need less.
                attributes.push(quote!(#![allow(dead_code, unused_imports)]));
            }
        }
        Mode::Module => {
            docs.push(String::new());
            docs.push("This module needs these dependencies:".to_owned());
            docs.push(String::new());
            docs.push("```text".to_owned());
            docs.extend(manifest::dependencies(api, plan, config, false));
            docs.push("```".to_owned());
            // A crate that declares the module for itself uses only a part of it.
            attributes.push(quote!(#![allow(dead_code, unused_imports)]));
        }
    }
    // Descriptions are laid out as their authors like it, and types follow the document: neither can
    // be made simpler here.
    attributes.push(quote! {
        #![allow(
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::let_unit_value,
            clippy::type_complexity
        )]
    });
    let has_operations = !api.operations.is_empty();
    let client = runtime::cfg("client", config);
    let server = runtime::cfg("server", config);
    // Types are of use alone. What operations hold, such as bodies, takes what an end brings along.
    let wire = runtime::either_end(config);
    let modules = if has_operations {
        let security = plan.has_tokens().then(|| {
            quote!(
                pub mod security;
            )
        });
        quote! {
            #client pub mod client;
            #wire pub mod operations;
            pub mod runtime;
            #security
            #server pub mod server;
            pub mod types;
        }
    } else {
        quote! {
            pub mod runtime;
            pub mod types;
        }
    };
    let mut groups = vec![modules];
    if has_operations {
        groups.push(quote!(#client #[doc(inline)] pub use client::Client;));
    }
    let version = &api.version;
    let docs_of_version = doc_text(&["The version of the API that the document describes."]);
    let items = vec![quote!(#docs_of_version pub const API_VERSION: &str = #version;)];
    Module {
        docs,
        attributes,
        groups,
        items,
    }
}
