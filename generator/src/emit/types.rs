//! `types.rs` and the files below it.

use quote::quote;

use crate::api::Api;
use crate::config::Config;
use crate::plan::{DefinitionPlan, Plan};

use super::Module;
use super::context::{Context, ident};
use super::docs::doc;
use super::{enums, features, structs, unions, wrappers};

/// ```text
/// mod webhooks;
/// pub use webhooks::*;
/// ```
pub(super) fn index(plan: &Plan, config: &Config) -> Module {
    let cx = Context::new(plan, config, 1, None);
    let modules = plan
        .modules
        .iter()
        .filter(|module| !module.types.is_empty());
    let (declarations, reexports) = features::modules(modules);
    let has_secret = super::runtime::files(&Api::default(), plan, config)
        .into_iter()
        .filter_map(|index| oarlock_runtime::source::FILES.get(index))
        .any(|file| file.path == "secret.rs");
    if has_secret {
        cx.reexport("root::runtime::secret", "Secret");
    }
    for name in ["Validate", "Violation", "Violations"] {
        cx.reexport("root::runtime::validate", name);
    }
    let mut groups = vec![declarations];
    groups.extend(cx.reexports());
    groups.push(reexports);
    Module {
        docs: vec!["The types of the document.".to_owned()],
        groups,
        ..Module::default()
    }
}

/// The types of one module.
pub(super) fn module(cx: &Context<'_>, plan: &Plan, index: usize) -> Module {
    let Some(module) = plan.modules.get(index) else {
        return Module::default();
    };
    let mut items = Vec::new();
    for id in &module.types {
        let Some(ty) = plan.types.get(id.0) else {
            continue;
        };
        let first = items.len();
        match &ty.definition {
            DefinitionPlan::Struct(it) => items.extend(structs::items(cx, ty, it)),
            DefinitionPlan::Enum(it) => items.extend(enums::items(cx, ty, it)),
            DefinitionPlan::Union(it) => items.extend(unions::items(cx, ty, it)),
            DefinitionPlan::Alias(target) => {
                let (docs, name, target) = (doc(&ty.docs), ident(&ty.name), cx.ty(target));
                items.push(quote!(#docs pub type #name = #target;));
            }
            DefinitionPlan::Wrapper(it) => items.extend(wrappers::items(cx, ty, it)),
        }
        let feature = features::of_type(plan, ty);
        for item in items.iter_mut().skip(first) {
            *item = quote!(#feature #item);
        }
    }
    Module {
        docs: module.types_docs.clone(),
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}
