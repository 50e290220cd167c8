//! The borders between the phases, as JSON, for whoever wants to see what a phase made.

use serde::Serialize;

use crate::config::Config;
use crate::diagnostic::{Diagnostics, Stopped};
use crate::emit::{self, Content};
use crate::source::Sources;
use crate::{load, lower, plan, spec, upgrade};

/// A phase whose result can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The tree as it is read.
    Load,
    /// The tree in the newest dialect.
    Upgrade,
    /// The document.
    Spec,
    /// The IR.
    Lower,
    /// The decisions about the Rust.
    Plan,
    /// The tokens, by file.
    Emit,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: &'static [Self] = &[
        Self::Load,
        Self::Upgrade,
        Self::Spec,
        Self::Lower,
        Self::Plan,
        Self::Emit,
    ];

    /// The name of the phase.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Upgrade => "upgrade",
            Self::Spec => "spec",
            Self::Lower => "lower",
            Self::Plan => "plan",
            Self::Emit => "emit",
        }
    }
}

/// What a phase makes of a document, as JSON.
///
/// # Errors
///
/// Every mistake of the first phase that found one.
pub fn inspect(sources: &Sources, config: &Config, phase: Phase) -> Result<String, Diagnostics> {
    let mut diagnostics = Diagnostics::by(config.policy());
    run(&mut diagnostics, sources, config, phase).map_err(|Stopped| diagnostics)
}

fn run(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    config: &Config,
    phase: Phase,
) -> Result<String, Stopped> {
    let tree = load::load(diagnostics, sources, &load::Limits::default()).ok_or(Stopped)?;
    diagnostics.find_accepted(|part| tree.place_of(part));
    diagnostics.stop_if_errors()?;
    if phase == Phase::Load {
        return Ok(json(&tree.to_json_value(tree.root())));
    }
    let tree = upgrade::upgrade(diagnostics, tree, config);
    diagnostics.stop_if_errors()?;
    if phase == Phase::Upgrade {
        return Ok(json(&tree.to_json_value(tree.root())));
    }
    let (document, mut schemas) = spec::read(diagnostics, &tree);
    diagnostics.stop_if_errors()?;
    if phase == Phase::Spec {
        let schemas: Vec<_> = schemas.iter().collect();
        return Ok(json(
            &serde_json::json!({ "document": document, "schemas": schemas }),
        ));
    }
    let api = lower::lower(diagnostics, &tree, &document, &mut schemas, config);
    diagnostics.stop_if_errors()?;
    if phase == Phase::Lower {
        return Ok(json(&api));
    }
    let plan = plan::plan(diagnostics, &api, config);
    diagnostics.stop_if_errors()?;
    if phase == Phase::Plan {
        return Ok(json(&plan));
    }
    let targets = emit::targets(&api, &plan, config);
    let files = targets.iter().map(|target| {
        let tokens = match emit::emit(target, &api, &plan, config) {
            Content::Text(text) => text,
            Content::Rust(module) => module
                .items
                .iter()
                .map(|item| format!("{item}\n"))
                .collect(),
        };
        (target.path.clone(), tokens)
    });
    Ok(json(&files.collect::<std::collections::BTreeMap<_, _>>()))
}

fn json(value: &impl Serialize) -> String {
    // The borders hold nothing that JSON cannot: keys are texts, and numbers are kept as texts.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
