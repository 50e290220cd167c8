//! The IR and the plan to tokens. No decision is left: what is written here looks like the output.

mod authentication;
mod choices;
mod client;
mod client_payload;
mod context;
mod defaults;
mod docs;
mod enums;
mod features;
mod forms;
mod headers;
mod manifest;
mod operations;
mod options;
mod outcome;
mod paging;
mod payload;
mod receiver;
mod requests;
mod root;
mod runtime;
mod scaffold;
mod security;
mod server;
mod server_handler;
mod server_payload;
mod servers;
mod streaming;
mod structs;
mod style;
mod types;
mod union_readers;
mod unions;
mod validate;
mod wrappers;

use proc_macro2::TokenStream;

use crate::api::Api;
use crate::config::{Config, Mode, UserCode};
use crate::plan::Plan;
use context::Context;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its path below the output folder.
    pub(crate) path: String,
    kind: TargetKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TargetKind {
    Manifest,
    Rustfmt,
    Root,
    Types,
    TypesOf(usize),
    Operations,
    OperationsOf(usize),
    Headers,
    Client,
    ClientOf(usize),
    Server,
    ServerOf(usize),
    Security,
    Runtime,
    /// A file of the runtime, copied as it is.
    RuntimeFile(usize),
}

/// What a file holds.
pub(crate) enum Content {
    /// A text that is written as it is.
    Text(String),
    /// Rust, to be formatted.
    Rust(Box<Module>),
}

/// A Rust file, item by item.
#[derive(Default)]
pub(crate) struct Module {
    /// The lines of the module's documentation.
    pub(crate) docs: Vec<String>,
    /// Inner attributes.
    pub(crate) attributes: Vec<TokenStream>,
    /// Groups of declarations that stand together without empty lines: `mod` and `use`.
    pub(crate) groups: Vec<TokenStream>,
    /// Items, with an empty line between two.
    pub(crate) items: Vec<TokenStream>,
}

/// The files that a plan makes, sorted by path.
pub(crate) fn targets(api: &Api, plan: &Plan, config: &Config) -> Vec<Target> {
    let source = match config.mode {
        Mode::Crate => "src/",
        Mode::Module => "",
    };
    let mut targets = Vec::new();
    let mut add = |path: String, kind: TargetKind| targets.push(Target { path, kind });
    if config.mode == Mode::Crate {
        add("Cargo.toml".to_owned(), TargetKind::Manifest);
        add("rustfmt.toml".to_owned(), TargetKind::Rustfmt);
        add("src/lib.rs".to_owned(), TargetKind::Root);
    } else {
        add("mod.rs".to_owned(), TargetKind::Root);
    }
    add(format!("{source}types.rs"), TargetKind::Types);
    let has_operations = !api.operations.is_empty();
    if has_operations {
        add(format!("{source}operations.rs"), TargetKind::Operations);
        add(format!("{source}client.rs"), TargetKind::Client);
        add(format!("{source}server.rs"), TargetKind::Server);
    }
    if plan.header_sets().next().is_some() {
        add(
            format!("{source}operations/headers.rs"),
            TargetKind::Headers,
        );
    }
    for (index, module) in plan.modules.iter().enumerate() {
        let name = module.name.plain();
        if !module.types.is_empty() {
            add(
                format!("{source}types/{name}.rs"),
                TargetKind::TypesOf(index),
            );
        }
        if !module.operations.is_empty() {
            add(
                format!("{source}operations/{name}.rs"),
                TargetKind::OperationsOf(index),
            );
            add(
                format!("{source}client/{name}.rs"),
                TargetKind::ClientOf(index),
            );
            add(
                format!("{source}server/{name}.rs"),
                TargetKind::ServerOf(index),
            );
        }
    }
    if plan.has_tokens() {
        add(format!("{source}security.rs"), TargetKind::Security);
    }
    add(format!("{source}runtime.rs"), TargetKind::Runtime);
    for index in runtime::files(api, plan, config) {
        if let Some(file) = oarlock_runtime::source::FILES.get(index) {
            add(
                format!("{source}runtime/{}", file.path),
                TargetKind::RuntimeFile(index),
            );
        }
    }
    targets.sort_by(|a, b| a.path.cmp(&b.path));
    targets
}

/// What one file holds.
pub(crate) fn emit(target: &Target, api: &Api, plan: &Plan, config: &Config) -> Content {
    let cx = |depth: usize, own: Option<usize>| Context::new(plan, config, depth, own);
    Content::Rust(Box::new(match target.kind {
        TargetKind::Manifest => return Content::Text(manifest::manifest(api, plan, config)),
        TargetKind::Rustfmt => return Content::Text(manifest::rustfmt()),
        TargetKind::RuntimeFile(index) => {
            let file = oarlock_runtime::source::FILES.get(index);
            return Content::Text(file.map_or_else(String::new, |file| file.text.to_owned()));
        }
        TargetKind::Root => root::root(api, plan, config),
        TargetKind::Types => types::index(plan, config),
        TargetKind::TypesOf(index) => types::module(&cx(2, Some(index)), plan, index),
        TargetKind::Operations => operations::index(plan, config),
        TargetKind::OperationsOf(index) => operations::module(&cx(2, None), api, plan, index),
        TargetKind::Headers => headers::module(&cx(2, None), plan),
        TargetKind::Client => client::index(&cx(1, None), api, plan),
        TargetKind::ClientOf(index) => requests::module(&cx(2, None), api, plan, index),
        TargetKind::Server => server::index(&cx(1, None), api, plan),
        TargetKind::ServerOf(index) => server_handler::module(&cx(2, None), api, plan, index),
        TargetKind::Security => security::index(plan),
        TargetKind::Runtime => runtime::index(api, plan, config),
    }))
}

/// The first implementation of the server, for a file of the user's that finds what is generated at a
/// path. Nothing if there are no operations.
pub(crate) fn scaffold(api: &Api, plan: &Plan, config: &Config, path: &UserCode) -> Option<Module> {
    let cx = Context::outside(plan, config, path);
    (!api.operations.is_empty()).then(|| scaffold::module(&cx, api, plan))
}
