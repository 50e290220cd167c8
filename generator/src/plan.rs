//! Rust decisions, in tables beside the IR: names, modules, types, derives, boxes, checks.
//!
//! `emit` looks things up here and decides nothing.

mod additions;
mod arguments;
mod bound;
mod casing;
mod check;
mod checks;
mod constraint_words;
mod coverage;
mod defaults;
pub(crate) mod docs;
mod enums;
mod formats;
mod graph;
mod links;
mod modules;
mod names;
mod operation_names;
mod operations;
mod options;
mod outcomes;
mod paging;
mod parts;
mod pattern;
mod payload;
mod presence;
mod problem;
mod prose;
mod rare_checks;
mod reading;
mod rust_type;
mod security;
mod servers;
mod size;
mod streaming;
mod structs;
mod type_names;
mod types;
mod unions;
mod words;

use std::collections::BTreeSet;

pub(crate) use bound::Bound;
pub(crate) use check::Check;
pub(crate) use defaults::{Accessor, DefaultPlan, DefaultValue, Gives};
pub(crate) use enums::{EnumPlan, Representation};
pub(crate) use formats::{Foreign, foreign};
pub(crate) use modules::Module;
pub(crate) use names::Name;
pub(crate) use operations::{Auth, Body, Ending, OperationPlan, Outcome, OutcomeSet};
pub(crate) use options::{Found, Made, OptionsPlan, ParameterPlan, Passed};
pub(crate) use paging::{PagingPlan, Turn};
pub(crate) use payload::{Codec, Content, Payload, Traits};
pub(crate) use problem::{Fill, Problem};
pub(crate) use reading::Reader;
pub(crate) use rust_type::RustType;
pub(crate) use security::{Combination, SchemePlan};
pub(crate) use servers::{
    ServerChoice, ServerField, ServerPlan, ServersPlan, UrlPart, VariableEnum,
};
pub(crate) use streaming::{Half, Streaming};
pub(crate) use types::{
    Adapt, DefinitionPlan, FieldPlan, PartField, PartPlan, Presence, StructPlan, TypePlan,
    WrapperPlan,
};
pub(crate) use unions::UnionPlan;

use serde::Serialize;

use crate::api::{Api, NameHint, TypeId, directions};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use checks::Checks;
use docs::doc_lines;

/// Every decision about the Rust of one API.
#[derive(Debug, Serialize)]
pub(crate) struct Plan {
    /// The lines of the crate's documentation.
    pub(crate) docs: Vec<String>,
    /// One plan per type, by [`crate::api::TypeId`].
    pub(crate) types: Vec<TypePlan>,
    /// One plan per operation.
    pub(crate) operations: Vec<OperationPlan>,
    /// The files that types and operations are divided into.
    pub(crate) modules: Vec<Module>,
    /// One plan per security scheme.
    pub(crate) schemes: Vec<SchemePlan>,
    /// The combinations of schemes that operations ask for.
    pub(crate) combinations: Vec<Combination>,
    /// How the server words its own errors.
    pub(crate) problem: Problem,
    /// Where the API is served.
    pub(crate) servers: ServersPlan,
    /// The names of all types of the document. A name of another crate that is among them is
    /// written out with its path (NM3).
    pub(crate) taken: BTreeSet<String>,
}

impl Plan {
    /// Whether there are operations of the API itself.
    pub(crate) fn has_operations(&self) -> bool {
        self.operations.iter().any(|it| it.url.is_none())
    }

    /// Whether there are webhooks or callbacks.
    pub(crate) fn has_hooks(&self) -> bool {
        self.operations.iter().any(|it| it.url.is_some())
    }

    /// Whether any operation asks who calls.
    pub(crate) fn is_secured(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.auth != Auth::None)
    }

    /// Whether a security scheme says where tokens are to be had, or what they can be for.
    pub(crate) fn has_tokens(&self) -> bool {
        let has_operations = !self.operations.is_empty();
        has_operations && self.schemes.iter().any(|scheme| scheme.module.is_some())
    }

    /// Whether a written type, or the server on a body, makes such a check.
    pub(crate) fn has_check(&self, wanted: fn(&Check) -> bool) -> bool {
        let mut work: Vec<&Check> = Vec::new();
        for ty in self.types.iter().filter(|ty| ty.module.is_some()) {
            match &ty.definition {
                DefinitionPlan::Struct(plan) => {
                    work.extend(&plan.checks);
                    work.extend(plan.fields.iter().flat_map(|field| &field.checks));
                }
                DefinitionPlan::Union(plan) => {
                    work.extend(plan.variants.iter().flat_map(|variant| &variant.checks));
                }
                DefinitionPlan::Wrapper(plan) => work.extend(&plan.checks),
                DefinitionPlan::Enum(_) | DefinitionPlan::Alias(_) => {}
            }
        }
        let bodies = self.operations.iter().filter_map(|it| it.body.as_ref());
        let contents = bodies.flat_map(|body| &body.payload.contents);
        work.extend(contents.flat_map(|content| &content.checks));
        let arguments = self.operations.iter().flat_map(|it| &it.arguments);
        work.extend(arguments.flat_map(|argument| &argument.checks));
        while let Some(check) = work.pop() {
            if wanted(check) {
                return true;
            }
            work.extend(check.inner());
        }
        false
    }

    /// The structs of the headers of responses that are written.
    pub(crate) fn header_sets(&self) -> impl Iterator<Item = (&TypePlan, &StructPlan)> {
        let written = self.types.iter().filter(|ty| ty.module.is_some());
        written.filter_map(|ty| match &ty.definition {
            DefinitionPlan::Struct(it) if !it.headers.is_empty() => Some((ty, it)),
            _ => None,
        })
    }

    /// Whether any operation gives pages.
    pub(crate) fn has_pages(&self) -> bool {
        self.operations.iter().any(|it| it.paging.is_some())
    }

    /// Whether any body is a stream, of bytes or of values.
    pub(crate) fn has_streams(&self) -> bool {
        self.has_streams_of_values()
            || self.has_files()
            || self.has_part_streams()
            || self.uses(|ty| *ty == RustType::Body)
    }

    /// Whether any form holds files.
    pub(crate) fn has_files(&self) -> bool {
        self.uses(|ty| *ty == RustType::File)
    }

    /// Whether any body is one of several parts.
    pub(crate) fn has_multipart(&self) -> bool {
        let payloads = self.operations.iter().flat_map(OperationPlan::payloads);
        let mut contents = payloads.flat_map(|it| &it.contents);
        contents.any(|it| matches!(it.codec, Codec::Multipart | Codec::Upload))
    }

    /// Whether a server reads any form part by part.
    pub(crate) fn has_part_streams(&self) -> bool {
        let bodies = self.operations.iter().filter_map(|it| it.body.as_ref());
        bodies.into_iter().any(|body| body.is_part_stream)
    }

    /// Whether any body is a stream of values.
    pub(crate) fn has_streams_of_values(&self) -> bool {
        self.uses(|ty| matches!(ty, RustType::EventStream(_) | RustType::JsonStream(_)))
    }

    /// Whether a written type, or the body or a parameter of an operation, mentions one of a kind.
    pub(crate) fn uses(&self, wanted: impl Fn(&RustType) -> bool) -> bool {
        let mut all: Vec<&RustType> = Vec::new();
        for ty in self.types.iter().filter(|ty| ty.module.is_some()) {
            match &ty.definition {
                DefinitionPlan::Struct(plan) => {
                    all.extend(plan.fields.iter().map(|field| &field.ty));
                }
                DefinitionPlan::Alias(target) => all.push(target),
                DefinitionPlan::Wrapper(plan) => all.push(&plan.ty),
                DefinitionPlan::Union(plan) => {
                    all.extend(plan.variants.iter().map(|variant| &variant.ty));
                    all.extend(plan.open.then_some(&RustType::Value));
                }
                DefinitionPlan::Enum(_) => {}
            }
        }
        for operation in &self.operations {
            all.extend(operation.arguments.iter().map(|argument| &argument.ty));
            let contents = operation.payloads().flat_map(|it| &it.contents);
            all.extend(contents.map(|content| &content.ty));
        }
        all.into_iter()
            .any(|ty| ty.parts().into_iter().any(&wanted))
    }
}

/// Makes every decision.
pub(crate) fn plan(diagnostics: &mut Diagnostics, api: &Api, config: &Config) -> Plan {
    let directions = directions(api);
    let type_names = type_names::type_names(diagnostics, api, &config.naming);
    let security = security::plan(api);
    let direction = |id: TypeId| directions.get(id.0).copied().unwrap_or_default();
    let checks = Checks::new(api, |id| types::is_open(api, direction(id), id));
    coverage::warn(diagnostics, &coverage::records(api, &checks));
    let mut types = types::plan(
        diagnostics,
        api,
        &type_names,
        &directions,
        &checks,
        &config.custom,
    );
    let mut operations = operations::plan(api, &types, &checks);
    paging::plan(
        diagnostics,
        api,
        &types,
        &config.pagination,
        &mut operations,
    );
    let problem = problem::plan(api, &types);
    let needed = match &problem {
        Problem::Shape { id, .. } => Some(*id),
        Problem::Rfc9457 => None,
    };
    let division = modules::modules(api, config, &operations, needed);
    types::place(&mut types, &division);
    // Who leaves operations out does so to be rid of their schemas.
    if config.filter.is_empty() {
        warn_unreached(diagnostics, api, &types);
    }
    let mut beside: BTreeSet<String> = operations
        .iter()
        .flat_map(OperationPlan::type_names)
        .collect();
    let traits = division.modules.iter();
    beside.extend(traits.map(|module| module.trait_name.plain().to_owned()));
    for ty in &mut types {
        let name = ty.name.plain();
        ty.qualified = operation_names::FILE_NAMES.contains(&name) || beside.contains(name);
    }
    let servers = servers::plan(api, &beside);
    let mut taken = beside;
    taken.extend(types.iter().map(|ty| ty.name.plain().to_owned()));
    Plan {
        docs: crate_docs(api),
        problem,
        servers,
        types,
        operations,
        modules: division.modules,
        schemes: security.schemes,
        combinations: security.combinations,
        taken,
    }
}

/// Says which components no operation reaches, once for all of them (A15).
fn warn_unreached(diagnostics: &mut Diagnostics, api: &Api, types: &[TypePlan]) {
    let pairs = api.types.iter().zip(types);
    let unreached = pairs
        .filter(|(def, plan)| plan.module.is_none() && matches!(def.name, NameHint::Component(_)));
    let pointers: Vec<_> = unreached.map(|(def, _)| &def.origin).collect();
    let Some((first, others)) = pointers.split_first() else {
        return;
    };
    let more = match others.len() {
        0 => String::new(),
        1 => " (and 1 other)".to_owned(),
        n => format!(" (and {n} others)"),
    };
    let message = format!("no operation reaches `{}`{more}", first.pointer);
    diagnostics.push(
        Diagnostic::warning(Code::UnreachedSchema, first.span, message)
            .label("left out")
            .help("`all_schemas = true` in `oarlock.toml` writes them all"),
    );
}

fn crate_docs(api: &Api) -> Vec<String> {
    let title = if api.title.is_empty() {
        "An API"
    } else {
        &api.title
    };
    let mut lines = doc_lines(&format!("{title} {}", api.version));
    for text in [&api.docs.summary, &api.docs.description]
        .into_iter()
        .flatten()
    {
        lines.push(String::new());
        lines.extend(doc_lines(text));
    }
    prose::see(&mut lines, api.docs.see.as_ref());
    lines
}
