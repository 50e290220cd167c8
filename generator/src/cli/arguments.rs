//! The arguments of the command.

use camino::Utf8PathBuf;
use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::Phase;
use crate::config::{
    Filter, Located, Selector, SelectorMistake, UserCode, default_package, package_mistake,
};
use crate::diagnostic::Code;

/// Reads an OpenAPI document and writes a Rust crate: types, an HTTP client and axum server traits.
#[derive(Debug, Parser)]
#[command(name = "oarlock", version, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

const EXIT_CODES: &str = "Exit codes: 0 fine; 1 an error in the document, or in reading or writing; \
    2 wrong arguments; 3 the output is out of date.";

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Writes the crates of `oarlock.toml`, or of one document
    Generate(GenerateArguments),
    /// Prints a first implementation of the server traits, to go on with
    Scaffold(ScaffoldArguments),
    /// Prints what a phase of the generator makes of the document
    Inspect(InspectArguments),
    /// Lists every keyword that the document uses: enforced, carried or unsupported, with its places
    Coverage(CoverageArguments),
    /// Tells what a code means, such as `ref-missing`, with an example and what to do
    Explain(ExplainArguments),
}

#[derive(Debug, Args)]
pub(super) struct GenerateArguments {
    /// The document: YAML, JSON, or a Markdown page that holds it. Without it, all crates of
    /// `oarlock.toml` are generated
    #[arg(requires = "out")]
    pub(super) document: Option<Utf8PathBuf>,

    /// The folder to write to
    #[arg(long, value_name = "DIR", requires = "document")]
    pub(super) out: Option<Utf8PathBuf>,

    /// The name of the package; by default the name of the folder
    #[arg(long, value_name = "NAME", requires = "document")]
    pub(super) package: Option<String>,

    /// Writes the folder of a module for an existing crate, not a whole crate
    #[arg(long, requires = "document")]
    pub(super) module: bool,

    /// The configuration; by default the first `oarlock.toml` here or in a folder above
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    pub(super) config: Option<Utf8PathBuf>,

    /// Writes nothing, and prints what would change as a diff
    #[arg(long)]
    pub(super) check: bool,

    /// Makes every warning an error, except for those that `accept` in `oarlock.toml` names
    #[arg(long)]
    pub(super) strict: bool,

    /// Goes on after errors that concern one operation or one schema, and says what was left out
    #[arg(long)]
    pub(super) keep_going: bool,

    /// Makes every warning with this code an error; may be given several times
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub(super) deny: Vec<Code>,

    #[command(flatten)]
    pub(super) overlays: OverlayArguments,

    #[command(flatten)]
    pub(super) filter: FilterArguments,

    #[command(flatten)]
    pub(super) common: Common,
}

/// What is changed in a document before it is read.
#[derive(Debug, Default, Args)]
pub(super) struct OverlayArguments {
    /// Applies this OpenAPI Overlay to the document first; may be given several times
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(super) overlay: Vec<Utf8PathBuf>,
}

/// Which operations of a document are generated (T18, T19).
#[derive(Debug, Default, Args)]
pub(super) struct FilterArguments {
    /// Generates only these operations: `tag:pets`, `id:getPet` or `path:/pets/**`; may be given several
    /// times
    #[arg(long, value_name = "SELECTOR", requires = "document", value_parser = selector)]
    pub(super) include: Vec<Selector>,

    /// Leaves these operations out; may be given several times
    #[arg(long, value_name = "SELECTOR", requires = "document", value_parser = selector)]
    pub(super) exclude: Vec<Selector>,

    /// Leaves out operations that the document marks as internal
    #[arg(long, requires = "document")]
    pub(super) exclude_internal: bool,
}

impl FilterArguments {
    /// The filter that they describe.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            exclude_internal: self.exclude_internal,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// The document; by default that of the only crate in `oarlock.toml`
    pub(super) document: Option<Utf8PathBuf>,

    /// The phase whose result is printed
    #[arg(long)]
    pub(super) phase: Phase,

    #[command(flatten)]
    pub(super) overlays: OverlayArguments,

    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct CoverageArguments {
    /// The document; by default that of the only crate in `oarlock.toml`
    pub(super) document: Option<Utf8PathBuf>,

    /// Prints JSON, with all places
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) overlays: OverlayArguments,

    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct ScaffoldArguments {
    /// The document; by default that of the only crate in `oarlock.toml`
    pub(super) document: Option<Utf8PathBuf>,

    /// Where the file finds the generated code, such as `crate::api`; by default the crate or the
    /// module by its name
    #[arg(long, value_name = "PATH", value_parser = UserCode::type_path)]
    pub(super) api: Option<UserCode>,

    /// Writes to this file, which must not be there yet, and prints nothing
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<Utf8PathBuf>,

    #[command(flatten)]
    pub(super) overlays: OverlayArguments,

    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The code, as it stands between brackets in a message; without it, all codes are listed
    pub(super) code: Option<String>,

    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Common {
    /// When to color messages
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,

    /// Prints every finding, not only the first 50 of each kind, and every place
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    pub(super) const fn choose(self, auto: bool) -> bool {
        match self {
            Self::Auto => auto,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

fn code(text: &str) -> Result<Code, String> {
    text.parse::<Code>().map_err(|unknown| unknown.help())
}

fn selector(text: &str) -> Result<Selector, SelectorMistake> {
    Selector::parse(Located {
        text: text.to_owned(),
        span: None,
    })
}

impl ValueEnum for Phase {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl Arguments {
    pub(super) const fn common(&self) -> &Common {
        match &self.verb {
            Verb::Generate(arguments) => &arguments.common,
            Verb::Inspect(arguments) => &arguments.common,
            Verb::Coverage(arguments) => &arguments.common,
            Verb::Scaffold(arguments) => &arguments.common,
            Verb::Explain(arguments) => &arguments.common,
        }
    }

    /// What the parser cannot see: whether there is a good name for the package.
    pub(super) fn check(self) -> Result<Self, clap::Error> {
        let Verb::Generate(arguments) = &self.verb else {
            return Ok(self);
        };
        let mistake = match (&arguments.package, &arguments.out) {
            (Some(name), _) => package_mistake(name).map(|mistake| format!("{name:?}: {mistake}")),
            (None, Some(out)) if !arguments.module => package_mistake(default_package(out))
                .map(|_| format!("the folder {out} cannot name the package; add `--package NAME`")),
            _ => None,
        };
        match mistake {
            None => Ok(self),
            Some(mistake) => Err(Self::command().error(ErrorKind::ValueValidation, mistake)),
        }
    }
}
