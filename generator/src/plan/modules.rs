//! Which file holds what: operations by their first tag, types by the tags that reach them (NM14).

use serde::Serialize;

use crate::api::{Api, TypeId, named, reach};
use crate::config::{Config, Features};

use super::docs::doc_lines;
use super::names::{Name, Scope, Spelling};
use super::operations::{Auth, OperationPlan};
use super::prose::{code, paragraph, see};

/// A file of operations, of types, or of both.
#[derive(Debug, Serialize)]
pub(crate) struct Module {
    /// The module's name in `types`, `operations`, `client` and `server`.
    pub(crate) name: Name,
    /// The cargo feature that its files belong to, if tags have features.
    pub(crate) feature: Option<Name>,
    /// The tag, as the document writes it.
    pub(crate) tag: Option<String>,
    /// The server trait.
    pub(crate) trait_name: Name,
    /// The documentation of its files of operations.
    pub(crate) docs: Vec<String>,
    /// The documentation of its file of types.
    pub(crate) types_docs: Vec<String>,
    /// The documentation of the server trait.
    pub(crate) trait_docs: Vec<String>,
    /// Whether its operations are webhooks and callbacks.
    pub(crate) of_hooks: bool,
    /// Whether any of its operations asks who calls.
    pub(crate) secured: bool,
    /// The operations, as indices.
    pub(crate) operations: Vec<usize>,
    /// The types.
    pub(crate) types: Vec<TypeId>,
}

/// Names that modules cannot have: those of items of their parents, those of the crates that their
/// parents import from, and those that some file systems give to devices.
const RESERVED: &[&str] = &[
    "types",
    "client",
    "server",
    "runtime",
    "operations",
    "headers",
    "shared",
    "mod",
    "std",
    "core",
    "alloc",
    "axum",
    "bytes",
    "chrono",
    "http",
    "jiff",
    "reqwest",
    "rust_decimal",
    "secrecy",
    "serde",
    "serde_json",
    "subtle",
    "time",
    "tower",
    "url",
    "uuid",
    "con",
    "prn",
    "aux",
    "nul",
    "com1",
    "lpt1",
];

/// Of so many tags a type is taken for one that all of them use.
const MANY_TAGS: usize = 8;

/// How types and operations are divided.
pub(super) struct Division {
    /// The modules. That of what several tags share comes last.
    pub(super) modules: Vec<Module>,
    /// For each type the modules of which one must be there, if tags have features. The type is there
    /// whatever is chosen if there are none.
    pub(super) owners: Vec<Vec<usize>>,
}

/// Divides types and operations. What is always needed belongs to no tag that can be left out.
pub(super) fn modules(
    api: &Api,
    config: &Config,
    plans: &[OperationPlan],
    needed: Option<TypeId>,
) -> Division {
    let mut modules = by_tag(api, config, plans);
    let has_features = config.features == Features::Tags;
    let mut owners = owners(api, &modules);
    let mut always = vec![false; api.types.len()];
    for id in reach(api, needed.filter(|_| has_features).into_iter().collect()) {
        always[id.0] = true;
    }
    let shared = place_types(api, config, &mut modules, &owners, &always);
    if !shared.is_empty() {
        modules.push(Module {
            name: Scope::default().name("shared", Spelling::Snake, "shared"),
            feature: None,
            tag: None,
            trait_name: Scope::default().name("shared api", Spelling::Pascal, "SharedApi"),
            docs: Vec::new(),
            types_docs: vec!["The types that several groups of operations use.".to_owned()],
            trait_docs: Vec::new(),
            of_hooks: false,
            secured: false,
            operations: Vec::new(),
            types: shared,
        });
    }
    for (owners, always) in owners.iter_mut().zip(always) {
        if always || !has_features || owners.len() > MANY_TAGS {
            owners.clear();
        }
    }
    Division { modules, owners }
}

/// A module for each first tag, with its operations. Webhooks have modules of their own.
fn by_tag(api: &Api, config: &Config, plans: &[OperationPlan]) -> Vec<Module> {
    let mut names = Scope::with(RESERVED, "ops");
    let mut traits = Scope::with(&["Authenticate"], "api");
    let mut features = Scope::with(&["default", "client", "server"], "tag");
    let mut modules: Vec<Module> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let (tag, of_hooks) = (operation.tag.as_deref(), operation.hook.is_some());
        let known = modules
            .iter()
            .position(|module| module.tag == operation.tag && module.of_hooks == of_hooks);
        let at = known.unwrap_or_else(|| {
            let kind = if of_hooks { "webhooks" } else { "api" };
            let trait_text = tag.map_or_else(|| kind.to_owned(), |tag| format!("{tag} {kind}"));
            let name = match tag {
                Some(tag) if !of_hooks => tag,
                _ => &trait_text,
            };
            let name = names.name(name, Spelling::Snake, "tag");
            let what = if of_hooks { "webhooks" } else { "operations" };
            let feature = (config.features == Features::Tags)
                .then(|| features.name(name.plain(), Spelling::Snake, "tag"));
            modules.push(Module {
                name,
                feature,
                trait_name: traits.name(&trait_text, Spelling::Pascal, "TagApi"),
                docs: docs(api, tag, "The", &format!("{what}.")),
                types_docs: docs(api, tag, "The types that only", &format!("{what} use.")),
                trait_docs: trait_docs(api, tag, of_hooks),
                tag: operation.tag.clone(),
                of_hooks,
                secured: false,
                operations: Vec::new(),
                types: Vec::new(),
            });
            modules.len() - 1
        });
        modules[at].operations.push(index);
        modules[at].secured |= plans.get(index).is_some_and(|plan| plan.auth != Auth::None);
    }
    modules
}

/// The modules whose operations reach each type.
fn owners(api: &Api, modules: &[Module]) -> Vec<Vec<usize>> {
    let mut owners: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (index, module) in modules.iter().enumerate() {
        let operations = module.operations.iter();
        let operations = operations.filter_map(|index| api.operations.get(*index));
        let roots = operations.flat_map(|it| it.sent().chain(it.received()));
        for id in reach(api, roots.flat_map(named).collect()) {
            owners[id.0].push(index);
        }
    }
    owners
}

/// Gives each module the types that only it reaches; returns those that several reach. Types that
/// no operation reaches are left out unless they are asked for or there are no operations (A15).
fn place_types(
    api: &Api,
    config: &Config,
    modules: &mut [Module],
    owners: &[Vec<usize>],
    always: &[bool],
) -> Vec<TypeId> {
    let keep_all = config.all_schemas || api.operations.is_empty();
    let mut shared = Vec::new();
    for (index, owners) in owners.iter().enumerate() {
        match owners[..] {
            [] if !keep_all => {}
            [owner] if !always[index] => modules[owner].types.push(TypeId(index)),
            _ => shared.push(TypeId(index)),
        }
    }
    shared
}

/// The documentation of the trait of a tag.
fn trait_docs(api: &Api, tag: Option<&str>, of_hooks: bool) -> Vec<String> {
    if !of_hooks {
        return docs(
            api,
            tag,
            "The",
            "operations, to be implemented with `async fn`.",
        );
    }
    let after =
        "webhooks, to be implemented with `async fn`. One that is not implemented answers 501.";
    docs(api, tag, "The", after)
}

/// A sentence about the operations of a tag, and what the document says about the tag.
fn docs(api: &Api, tag: Option<&str>, before: &str, after: &str) -> Vec<String> {
    let Some(tag) = tag else {
        return doc_lines(&format!("{before} {after}"));
    };
    let mut lines = doc_lines(&format!("{before} {} {after}", code(tag)));
    let Some(declared) = api.tags.iter().find(|it| it.name == tag) else {
        return lines;
    };
    // A summary that only spells the name says nothing.
    let summary = declared.summary.as_ref();
    let summary = summary.filter(|text| !text.eq_ignore_ascii_case(tag));
    for text in summary.into_iter().chain(&declared.description) {
        paragraph(&mut lines, doc_lines(text));
    }
    see(&mut lines, declared.see.as_ref());
    if let Some(parent) = &declared.parent {
        paragraph(&mut lines, doc_lines(&format!("Part of {}.", code(parent))));
    }
    lines
}
