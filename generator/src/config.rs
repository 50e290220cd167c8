//! The few choices that a user has, as `oarlock.toml` writes them.

mod accept;
mod choices;
mod code;
mod custom;
mod extras;
mod features;
mod filter;
mod formats;
mod names;
mod naming;
mod pagination;
mod project;
mod reader;
mod ref_siblings;

pub use choices::{Choices, Openness, Properties, TriState};
pub use code::UserCode;
#[cfg(test)]
pub(crate) use custom::FIXED;
pub use custom::{Addition, Custom, Replaced, Replacement};
pub use extras::Extras;
pub use features::Features;
pub use filter::{By, Filter, Selector, SelectorMistake};
pub use formats::{DateTimes, Decimals, Floats, Formats, Uris};
pub use names::{default_package, package_mistake};
pub use naming::Naming;
pub use pagination::{Pagination, Turning};
pub use project::{Project, Target};
pub use ref_siblings::RefSiblings;

use crate::diagnostic::{Accept, Code, Policy};
use crate::source::Span;

/// What one generated crate is made with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The package's name, such as `anchor-webhooks`.
    pub package: String,
    /// The package's version.
    pub version: String,
    /// A whole crate, or a module tree inside an existing one.
    pub mode: Mode,
    /// Also write the schemas that no operation reaches.
    pub all_schemas: bool,
    /// Which operations are generated.
    pub filter: Filter,
    /// The values that must never show: JSON pointers into the document, each a schema.
    pub secrets: Vec<Located>,
    /// What the crate has cargo features for.
    pub features: Features,
    /// What the client brings along beside its operations.
    pub extras: Extras,
    /// The operations whose methods of a server also get the head of the request as it came.
    pub request_parts: Vec<Selector>,
    /// The operations whose forms of several parts a server reads part by part.
    pub multipart_stream: Vec<Selector>,
    /// The operations that give pages.
    pub pagination: Vec<Pagination>,
    /// The names that the user chooses.
    pub naming: Naming,
    /// Which types the formats are represented by.
    pub formats: Formats,
    /// Code of the user's in the place of generated code, and beside it.
    pub custom: Custom,
    /// Which enums keep values that the document does not declare.
    pub enums: Choices<Openness>,
    /// How properties are read.
    pub properties: Properties,
    /// Which structs may get further fields without breaking who uses them (G18).
    pub non_exhaustive_structs: Choices<bool>,
    /// Which structs keep the keys that the document allows without declaring them (G3).
    pub capture_additional: Choices<bool>,
    /// Whether constraints beside a `$ref` count.
    pub ref_siblings: RefSiblings,
    /// The security scheme that all operations ask for, if the document itself asks for none (V11).
    pub assume_security: Option<Located>,
    /// Every warning that is not accepted is an error.
    pub strict: bool,
    /// Warnings with these codes are errors.
    pub deny: Vec<Code>,
    /// Warnings that the user knows of and does not want to hear again.
    pub accept: Vec<Accept>,
    /// Errors that concern one operation or one schema are warnings, and the rest is generated.
    pub keep_going: bool,
}

impl Config {
    /// What the user thinks of warnings.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            strict: self.strict,
            deny: self.deny.clone(),
            accept: self.accept.clone(),
            keep_going: self.keep_going,
        }
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A package: `Cargo.toml` and `src/`.
    #[default]
    Crate,
    /// The folder of a module, to be declared with `mod` in a crate of the user's.
    Module,
}

impl Mode {
    /// Each mode and how it is written.
    const NAMES: &[(&str, Self)] = &[("crate", Self::Crate), ("module", Self::Module)];
}

/// A text of the configuration and its place, so that a mistake in it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Where it is written, if it was written in a file.
    pub span: Option<Span>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            package: "api".to_owned(),
            version: "0.1.0".to_owned(),
            mode: Mode::Crate,
            all_schemas: false,
            filter: Filter::default(),
            secrets: Vec::new(),
            features: Features::Sides,
            extras: Extras::default(),
            request_parts: Vec::new(),
            multipart_stream: Vec::new(),
            pagination: Vec::new(),
            naming: Naming::default(),
            formats: Formats::default(),
            custom: Custom::default(),
            enums: Choices::default(),
            properties: Properties::default(),
            non_exhaustive_structs: Choices::default(),
            capture_additional: Choices::default(),
            ref_siblings: RefSiblings::default(),
            assume_security: None,
            strict: false,
            deny: Vec::new(),
            accept: Vec::new(),
            keep_going: false,
        }
    }
}
