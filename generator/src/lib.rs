//! Oarlock reads an OpenAPI document and writes a Rust crate: types, an HTTP client and axum
//! server traits.
//!
//! The library is a pure function from texts to texts. Each phase hands a named type to the next
//! one, and everything that a phase has to complain about is told at once:
//!
//! ```text
//! load: Sources -> Tree          the text, with the place of every value
//! upgrade: Tree -> Tree          every dialect to the newest one
//! spec: Tree -> Document         the OpenAPI document, typed and tolerant
//! lower: Document -> Api         references followed, allOf merged: the IR
//! plan: Api -> Plan              every decision about the Rust
//! emit: Api, Plan -> tokens      no decision left
//! write: tokens -> Files         formatted, in memory
//! ```

mod api;
pub mod cli;
pub mod config;
mod coverage;
mod cycles;
pub mod diagnostic;
mod emit;
mod grammar;
mod inspect;
pub mod load;
mod lower;
mod near;
mod observe;
mod plan;
pub mod source;
mod spec;
mod upgrade;
pub mod write;

pub use coverage::{Treatment, Use, coverage};
pub use inspect::{Phase, inspect};
pub use observe::{Observer, Step};

use api::Api;
use config::{Config, UserCode};
use diagnostic::{Diagnostics, Stopped};
use load::Tree;
use plan::Plan;
use source::Sources;
use write::Files;

/// What a successful run gives.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The files to write.
    pub files: Files,
    /// What the user should know, although nothing failed.
    pub warnings: Diagnostics,
    /// How much was made.
    pub counts: Counts,
}

/// How much a run made, and of how much (Y1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The operations that are generated.
    pub operations: usize,
    /// The operations that the document declares. The findings name each one that is left out.
    pub declared_operations: usize,
    /// The types that are written.
    pub types: usize,
    /// The fields of those types that are structs.
    pub fields: usize,
}

/// Generates the files of one crate from one document.
///
/// # Errors
///
/// Every mistake of the first phase that found one.
pub fn generate(sources: &Sources, config: &Config) -> Result<Generated, Diagnostics> {
    generate_observed(sources, config, &observe::Nobody)
}

/// The same for somebody who wants to know how far it is.
///
/// # Errors
///
/// Every mistake of the first phase that found one.
pub fn generate_observed(
    sources: &Sources,
    config: &Config,
    observer: &dyn Observer,
) -> Result<Generated, Diagnostics> {
    let mut diagnostics = Diagnostics::by(config.policy());
    match run(&mut diagnostics, sources, config, observer) {
        Ok((files, counts)) => Ok(Generated {
            files,
            warnings: diagnostics,
            counts,
        }),
        Err(Stopped) => Err(diagnostics),
    }
}

fn run(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    config: &Config,
    observer: &dyn Observer,
) -> Result<(Files, Counts), Stopped> {
    let tree = read(diagnostics, sources, config, observer)?;
    let (api, plan) = decide(diagnostics, &tree, config, observer)?;
    let targets = emit::targets(&api, &plan, config);
    let files = write::write(diagnostics, &targets, &api, &plan, config, observer);
    diagnostics.report_unused();
    diagnostics.stop_if_errors()?;
    Ok((files, counts(&api, &plan)))
}

/// A first implementation of the server, for a file that the user goes on with: every operation answers
/// that it is not implemented, and nobody is let in. `path` is where that file finds what is generated.
/// Nothing if the document has no operations.
///
/// # Errors
///
/// Every mistake of the first phase that found one.
pub fn scaffold(
    sources: &Sources,
    config: &Config,
    path: &UserCode,
) -> Result<Option<String>, Diagnostics> {
    let mut diagnostics = Diagnostics::by(config.policy());
    let nobody = &observe::Nobody;
    let decided = read(&mut diagnostics, sources, config, nobody)
        .and_then(|tree| decide(&mut diagnostics, &tree, config, nobody));
    let Ok((api, plan)) = decided else {
        return Err(diagnostics);
    };
    let Some(module) = emit::scaffold(&api, &plan, config, path) else {
        return Ok(None);
    };
    let text = write::of_user(&mut diagnostics, &module);
    text.map(Some).ok_or(diagnostics)
}

/// The document in the newest dialect.
fn read<'s>(
    diagnostics: &mut Diagnostics,
    sources: &'s Sources,
    config: &Config,
    observer: &dyn Observer,
) -> Result<Tree<'s>, Stopped> {
    let tree = load::load(diagnostics, sources, &load::Limits::default()).ok_or(Stopped)?;
    diagnostics.find_accepted(|part| tree.place_of(part));
    diagnostics.stop_if_errors()?;
    observer.done(Step::Load);
    let tree = upgrade::upgrade(diagnostics, tree, config);
    diagnostics.stop_if_errors()?;
    observer.done(Step::Upgrade);
    Ok(tree)
}

/// What the document means, and every decision about the Rust that it becomes.
fn decide(
    diagnostics: &mut Diagnostics,
    tree: &Tree<'_>,
    config: &Config,
    observer: &dyn Observer,
) -> Result<(Api, Plan), Stopped> {
    let (document, mut schemas) = spec::read(diagnostics, tree);
    diagnostics.stop_if_errors()?;
    observer.done(Step::Spec);
    let api = lower::lower(diagnostics, tree, &document, &mut schemas, config);
    diagnostics.stop_if_errors()?;
    observer.done(Step::Lower);
    let plan = plan::plan(diagnostics, &api, config);
    diagnostics.stop_if_errors()?;
    observer.done(Step::Plan);
    Ok((api, plan))
}

fn counts(api: &Api, plan: &Plan) -> Counts {
    let written = api.types.iter().zip(&plan.types);
    let written: Vec<_> = written
        .filter(|(_, plan)| plan.module.is_some())
        .map(|(def, _)| &def.definition)
        .collect();
    let fields = written.iter().map(|definition| match definition {
        api::Definition::Struct(structure) => structure.fields.len(),
        _ => 0,
    });
    Counts {
        operations: api.operations.len(),
        declared_operations: api.declared_operations,
        types: written.len(),
        fields: fields.sum(),
    }
}
