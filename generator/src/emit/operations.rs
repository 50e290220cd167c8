//! `operations.rs` and the files below it: what the client and the server share.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{self, Api};
use crate::config::Config;
use crate::plan::{Ending, OperationPlan, Outcome, OutcomeSet, Plan};

use super::Module;
use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::features;
use super::outcome;
use super::payload;

/// ```text
/// mod webhooks;
/// pub use webhooks::*;
/// pub const ALL: &[&Operation] = &[&ROTATE_WEBHOOK_SECRET];
/// ```
pub(super) fn index(plan: &Plan, config: &Config) -> Module {
    let cx = Context::new(plan, config, 1, None);
    let (mut declarations, reexports) = features::modules(modules(plan));
    if plan.header_sets().next().is_some() {
        let feature = features::of_any(plan, plan.header_sets().map(|(ty, _)| ty));
        declarations.extend(quote!(#feature mod headers;));
    }
    for name in ["Operation", "Requirement"] {
        // No operation has a type of these names, and the types of the document stand elsewhere.
        cx.import_always("root::runtime::operation", name);
    }
    let mut groups = vec![declarations];
    groups.extend(cx.reexports());
    groups.push(reexports);
    let mut features = BTreeMap::new();
    for module in modules(plan) {
        let feature = features::of_module(module);
        features.extend(
            module
                .operations
                .iter()
                .map(|index| (*index, feature.clone())),
        );
    }
    let table = |of_hooks: bool| {
        let operations = plan.operations.iter().enumerate();
        let operations = operations.filter(move |(_, it)| it.url.is_some() == of_hooks);
        operations.map(|(index, operation)| {
            let (feature, name) = (features.get(&index), ident(&operation.constant));
            quote!(#feature &#name)
        })
    };
    let mut items = Vec::new();
    if let Some(path) = &plan.servers.base_path {
        let docs =
            doc_text(&["The path of the base URL, below which the paths of the operations are."]);
        items.push(quote!(#docs pub const DEFAULT_BASE_PATH: &str = #path;));
    }
    if plan.has_operations() {
        let docs = doc_text(&["All operations, in the order of the document."]);
        let all = table(false);
        items.push(quote!(#docs pub static ALL: &[&Operation] = &[#(#all),*];));
    }
    if plan.has_hooks() {
        let docs = doc_text(&["All webhooks and callbacks, in the order of the document."]);
        let all = table(true);
        items.push(quote!(#docs pub static WEBHOOKS: &[&Operation] = &[#(#all),*];));
    }
    Module {
        docs: vec![
            "The operations of the document, and their outcomes, for the client and the server alike."
                .to_owned(),
        ],
        groups,
        items,
        ..Module::default()
    }
}

/// The modules that have operations.
pub(super) fn modules(plan: &Plan) -> impl Iterator<Item = &crate::plan::Module> {
    plan.modules
        .iter()
        .filter(|module| !module.operations.is_empty())
}

/// The operations of a module, with what the document says about them.
pub(super) fn operations_of<'p>(
    api: &'p Api,
    plan: &'p Plan,
    index: usize,
) -> Vec<(&'p api::Operation, &'p OperationPlan)> {
    let indices = plan
        .modules
        .get(index)
        .map(|module| &module.operations[..])
        .unwrap_or_default();
    let pairs = indices
        .iter()
        .filter_map(|index| Some((api.operations.get(*index)?, plan.operations.get(*index)?)));
    pairs.collect()
}

/// The operations of a module that a server has.
pub(super) fn served<'p>(
    api: &'p Api,
    plan: &'p Plan,
    index: usize,
) -> Vec<(&'p api::Operation, &'p OperationPlan)> {
    let mut operations = operations_of(api, plan, index);
    operations.retain(|(_, it)| it.served);
    operations
}

/// The operations of one module.
pub(super) fn module(cx: &Context<'_>, api: &Api, plan: &Plan, index: usize) -> Module {
    let Some(module) = plan.modules.get(index) else {
        return Module::default();
    };
    let mut items = Vec::new();
    for (operation, it) in operations_of(api, plan, index) {
        items.push(description(cx, api, operation, it));
        items.extend(it.payloads().flat_map(|it| payload::choice(cx, it)));
        items.push(response(cx, it));
        for (set, success) in [(&it.success, true), (&it.failure, false)] {
            if let OutcomeSet::Enum(name) = set {
                items.push(outcome_enum(cx, it, name, success));
            }
        }
        items.push(into_result(cx, it));
    }
    Module {
        docs: module.docs.clone(),
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}

/// ```text
/// pub static GET_PET: Operation = Operation {
///     id: "getPet",
///     method: "GET",
///     path: "/pets/{id}",
///     security: &[&[Requirement::new("api_key", &[])]],
/// };
/// ```
fn description(
    cx: &Context<'_>,
    api: &Api,
    operation: &api::Operation,
    plan: &OperationPlan,
) -> TokenStream {
    let (docs, name) = (doc(&plan.summary), ident(&plan.constant));
    let (id, method, path) = (&plan.id, &operation.method, &plan.path);
    cx.import_always("root::runtime::operation", "Operation");
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.schemes.iter().map(|(index, scopes)| {
            let scheme = api.schemes.get(*index).map_or("", |scheme| &scheme.name);
            cx.import_always("root::runtime::operation", "Requirement");
            quote!(Requirement::new(#scheme, &[#(#scopes),*]))
        });
        quote!(&[#(#requirements),*])
    });
    quote! {
        #docs
        pub static #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            security: &[#(#alternatives),*],
        };
    }
}

/// ```text
/// pub enum GetPetResponse {
///     /// 200: The pet.
///     Ok(Pet),
/// }
/// ```
fn response(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let name = ident(&plan.response);
    let docs = doc(&plan.response_docs);
    let variants = plan
        .outcomes
        .iter()
        .map(|outcome| outcome::declaration(cx, outcome));
    let derives = outcome_derives(plan);
    quote!(#docs #derives pub enum #name { #(#variants,)* })
}

fn outcome_derives(plan: &OperationPlan) -> TokenStream {
    let derives = payload::derives(plan.traits);
    // One value is made per request and taken apart at once, so its size is of no concern.
    let allow = plan
        .uneven
        .then(|| quote!(#[allow(clippy::large_enum_variant)]));
    quote!(#allow #derives)
}

/// The successes, or the failures, of an operation whose bodies differ (R4, R10).
fn outcome_enum(
    cx: &Context<'_>,
    plan: &OperationPlan,
    name: &crate::plan::Name,
    success: bool,
) -> TokenStream {
    let name = ident(name);
    let docs = doc(if success {
        &plan.success_docs
    } else {
        &plan.failure_docs
    });
    let outcomes = plan
        .outcomes
        .iter()
        .filter(|outcome| outcome.ending.may_be(success));
    let variants = outcomes.map(|outcome| outcome::declaration(cx, outcome));
    let derives = outcome_derives(plan);
    quote!(#docs #derives pub enum #name { #(#variants,)* })
}

/// ```text
/// impl GetPetResponse {
///     pub fn into_result(self) -> Result<Pet, Problem> {
///         match self {
///             Self::Ok(body) => Ok(body),
///             Self::NotFound(body) | Self::Conflict(body) => Err(body),
///         }
///     }
/// }
/// ```
fn into_result(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let name = ident(&plan.response);
    let result = cx.prelude("result", "Result");
    let (success, failure) = (set_type(cx, &plan.success), set_type(cx, &plan.failure));
    let successes = arms(plan, &plan.success, true);
    let failures = arms(plan, &plan.failure, false);
    let docs = doc_text(&[
        "Tells success from failure.",
        "",
        "# Errors",
        "",
        "What the document declares for a failure.",
    ]);
    // The body of a failure that has none is `()`, which tells all there is to tell; and a failure
    // is made once per call, so its size is of no concern.
    let unit = matches!(plan.failure, OutcomeSet::One(None));
    let allow = match (unit, plan.large_failure) {
        (true, _) => quote!(#[allow(clippy::result_unit_err)]),
        (false, true) => quote!(#[allow(clippy::result_large_err)]),
        (false, false) => quote!(),
    };
    quote! {
        impl #name {
            #docs
            #allow
            pub fn into_result(self) -> #result<#success, #failure> {
                match self {
                    #(#successes,)*
                    #(#failures,)*
                }
            }
        }
    }
}

/// The type of the successes, or of the failures, of an operation.
pub(super) fn set_type(cx: &Context<'_>, set: &OutcomeSet) -> TokenStream {
    match set {
        OutcomeSet::None => {
            cx.import_always("root::runtime::operation", "NoError");
            quote!(NoError)
        }
        OutcomeSet::One(None) => quote!(()),
        OutcomeSet::One(Some(ty)) => cx.ty(ty),
        OutcomeSet::Enum(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

fn arms(plan: &OperationPlan, set: &OutcomeSet, success: bool) -> Vec<TokenStream> {
    let wrap = if success { quote!(Ok) } else { quote!(Err) };
    let this = quote!(Self);
    let outcomes: Vec<&Outcome> = plan
        .outcomes
        .iter()
        .filter(|outcome| outcome.ending.may_be(success))
        .collect();
    // The arms of the successes come first, so the one with a guard belongs to them.
    let guarded = |value: &TokenStream| -> Vec<TokenStream> {
        let either = outcomes.iter().filter(|_| success);
        either
            .filter_map(|it| outcome::either_arm(it, outcome::body_and_status, value))
            .collect()
    };
    let plain = outcomes
        .iter()
        .filter(|it| !(success && it.ending == Ending::Either));
    let together = |value: TokenStream| -> Vec<TokenStream> {
        let patterns: Vec<_> = plain
            .clone()
            .map(|it| outcome::body_only(&this, it))
            .collect();
        let mut arms = guarded(&value);
        if !patterns.is_empty() {
            arms.push(quote!(#(#patterns)|* => #value));
        }
        arms
    };
    match set {
        OutcomeSet::None => Vec::new(),
        OutcomeSet::One(None) => together(quote!(#wrap(()))),
        OutcomeSet::One(Some(_)) => together(quote!(#wrap(body))),
        OutcomeSet::Enum(target) => {
            let target = ident(target);
            let arm = |it: &&Outcome| {
                let value = outcome::whole(&quote!(#target), it);
                let value = quote!(#wrap(#value));
                let either = outcome::either_arm(it, outcome::whole, &value).filter(|_| success);
                let pattern = outcome::whole(&this, it);
                either.unwrap_or_else(|| quote!(#pattern => #value))
            };
            outcomes.iter().map(arm).collect()
        }
    }
}
