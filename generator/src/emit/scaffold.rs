//! The first implementation of a server, which is the user's from then on.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{self, Api};
use crate::plan::{OperationPlan, Plan};

use super::Module;
use super::context::{Context, allow_arguments, ident};
use super::docs::{doc, doc_text};
use super::operations::{modules, served};
use super::server_handler::arguments;

/// ```text
/// pub struct Service;
/// impl PetsApi for Service { .. }
/// impl Authenticate for Service { .. }
/// pub fn router() -> axum::Router { my_api::server::router(Service, Service) }
/// ```
pub(super) fn module(cx: &Context<'_>, api: &Api, plan: &Plan) -> Module {
    let docs = doc_text(&["The service, and who lets its callers in."]);
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, Copy, Default)]
        pub struct Service;
    }];
    if plan.has_operations() {
        items.push(router(cx, plan));
    }
    let hooks = modules(plan).any(|module| module.of_hooks);
    items.extend(hooks.then(|| receiver(cx, api, plan)));
    for (index, module) in plan.modules.iter().enumerate() {
        if !module.operations.is_empty() {
            items.push(implementation(cx, module, &served(api, plan, index)));
        }
    }
    items.extend(plan.is_secured().then(|| authenticate(cx)));
    items.extend(hooks.then(|| verify(cx)));
    let title = match api.title.as_str() {
        "" => "the API",
        title => title,
    };
    let mut docs = crate::plan::docs::doc_lines(&format!("A server of {title}."));
    docs.push(String::new());
    docs.push("Each operation is answered with 501 until it is written.".to_owned());
    if plan.is_secured() || hooks {
        docs.push("Nobody is let in until `Service` looks at credentials.".to_owned());
    }
    Module {
        docs,
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}

/// ```text
/// pub fn router() -> axum::Router {
///     my_api::server::router(Service, Service)
/// }
/// ```
fn router(cx: &Context<'_>, plan: &Plan) -> TokenStream {
    let root = cx.root_path();
    let auth = plan.is_secured().then(|| quote!(, Service));
    let docs = doc_text(&["Serves all operations of the document."]);
    quote! {
        #docs
        pub fn router() -> axum::Router {
            #root::server::router(Service #auth)
        }
    }
}

/// ```text
/// pub fn receiver() -> axum::Router {
///     my_api::server::receiver(Service, Service).new_pet("/new_pet").into_router()
/// }
/// ```
fn receiver(cx: &Context<'_>, api: &Api, plan: &Plan) -> TokenStream {
    let root = cx.root_path();
    let hooks = plan.modules.iter().enumerate();
    let hooks = hooks.filter(|(_, module)| module.of_hooks);
    let mounts = hooks
        .flat_map(|(index, _)| served(api, plan, index))
        .map(|(_, it)| {
            let (name, path) = (ident(&it.method), format!("/{}", it.method.plain()));
            quote!(.#name(#path))
        });
    let docs = doc_text(&["Receives webhooks and callbacks, each at a path of its own."]);
    let deprecated = plan
        .operations
        .iter()
        .any(|it| it.url.is_some() && it.deprecated);
    let deprecated = deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #docs
        #deprecated
        pub fn receiver() -> axum::Router {
            #root::server::receiver(Service, Service) #(#mounts)* .into_router()
        }
    }
}

/// ```text
/// impl PetsApi for Service {
///     type Principal = ();
///     type Error = Problem;
///
///     async fn get_pet(&self, principal: Self::Principal, id: String) -> Result<GetPetResponse, Self::Error> {
///         Err(Problem::not_implemented())
///     }
/// }
/// ```
fn implementation(
    cx: &Context<'_>,
    module: &crate::plan::Module,
    operations: &[(&api::Operation, &OperationPlan)],
) -> TokenStream {
    let name = ident(&module.trait_name);
    cx.import_always("root::server", module.trait_name.as_str());
    cx.import_always("root::server", "Problem");
    let result = cx.prelude("result", "Result");
    let methods = operations.iter().map(|(_, it)| {
        let (docs, name, response) = (doc(&it.summary), ident(&it.method), ident(&it.response));
        cx.import_always("root::operations", it.response.as_str());
        let bodies = it.body.iter().map(|body| &body.payload);
        for choice in bodies.filter_map(|it| it.choice.as_ref()) {
            cx.import_always("root::operations", choice.name.as_str());
        }
        let arguments = arguments(cx, it);
        let allow = allow_arguments(1 + arguments.len());
        quote! {
            #docs
            #allow
            async fn #name(&self, #(#arguments),*) -> #result<#response, Self::Error> {
                Err(Problem::not_implemented())
            }
        }
    });
    let principal = module.secured.then(|| {
        quote!(
            type Principal = ();
        )
    });
    // What is not written yet uses nothing of what it gets.
    quote! {
        #[allow(unused_variables)]
        impl #name for Service {
            #principal

            type Error = Problem;

            #(#methods)*
        }
    }
}

/// ```text
/// impl Authenticate for Service {
///     type Principal = ();
///
///     async fn authenticate(&self, operation: &'static Operation, credentials: Credentials<'_>)
///         -> Result<Self::Principal, AuthError> {
///         Err(AuthError::Unauthorized)
///     }
/// }
/// ```
fn authenticate(cx: &Context<'_>) -> TokenStream {
    for name in ["AuthError", "Authenticate", "Credentials"] {
        cx.import_always("root::server", name);
    }
    cx.import_always("root::operations", "Operation");
    let result = cx.prelude("result", "Result");
    quote! {
        #[allow(unused_variables)]
        impl Authenticate for Service {
            type Principal = ();

            async fn authenticate(
                &self,
                operation: &'static Operation,
                credentials: Credentials<'_>,
            ) -> #result<Self::Principal, AuthError> {
                Err(AuthError::Unauthorized)
            }
        }
    }
}

/// ```text
/// impl Verify for Service {
///     async fn verify(&self, webhook: &'static Operation, headers: &HeaderMap, body: &[u8]) -> Result<(), AuthError> {
///         Err(AuthError::Unauthorized)
///     }
/// }
/// ```
fn verify(cx: &Context<'_>) -> TokenStream {
    for name in ["AuthError", "Verify"] {
        cx.import_always("root::server", name);
    }
    cx.import_always("root::operations", "Operation");
    cx.import_always("axum::http", "HeaderMap");
    let result = cx.prelude("result", "Result");
    quote! {
        #[allow(unused_variables)]
        impl Verify for Service {
            async fn verify(
                &self,
                webhook: &'static Operation,
                headers: &HeaderMap,
                body: &[u8],
            ) -> #result<(), AuthError> {
                Err(AuthError::Unauthorized)
            }
        }
    }
}
