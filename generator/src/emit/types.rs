//! `types.rs` and the files below it.

use quote::quote;

use crate::api::Api;
use crate::config::Config;
use crate::plan::{DefinitionPlan, Plan};

use super::Module;
use super::context::{Context, ident};
use super::docs::doc;
use super::{enums, structs, unions, wrappers};

/// ```text
/// mod webhooks;
/// pub use webhooks::*;
/// ```
pub(super) fn index(plan: &Plan, config: &Config) -> Module {
    let cx = Context::new(plan, config, 1, None);
    let names: Vec<_> = plan
        .modules
        .iter()
        .filter(|module| !module.types.is_empty())
        .map(|module| ident(&module.name))
        .collect();
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
    let mut groups = vec![quote!(#(mod #names;)*)];
    groups.extend(cx.reexports());
    groups.push(quote!(#(pub use #names::*;)*));
    Module {
        docs: vec!["The types of the document.".to_owned()],
        groups,
        ..Module::default()
    }
}

/// The types of one module.
pub(super) fn module(cx: &Context<'_>, api: &Api, plan: &Plan, index: usize) -> Module {
    let Some(module) = plan.modules.get(index) else {
        return Module::default();
    };
    let mut items = Vec::new();
    for id in &module.types {
        let (Some(ty), Some(def)) = (plan.types.get(id.0), api.types.get(id.0)) else {
            continue;
        };
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
        let _ = def;
    }
    Module {
        docs: module.types_docs.clone(),
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}
