//! Judges the types of any document by values of its schemas: valid ones are made at random or taken
//! from its examples, the `jsonschema` crate says that they are valid, and the generated types must
//! read each of them and write the same JSON. Values that are spoilt so that the judge refuses them must
//! be refused or violate a constraint.
//!
//! The types of a document become a small program in `target/oracle/`, which reads values from its
//! input and answers what became of them. `cargo run -p conformance --bin oracle` is the way in.

mod all_of;
mod compare;
mod declared;
mod document;
mod examples;
mod make;
mod mutate;
mod program;
mod report;
mod text;

use std::collections::BTreeMap;
use std::error::Error;

use camino::Utf8Path;
use oarlock::config::Config;
use serde_json::Value;

use compare::{Outcome, compare};
use declared::{known, may_be_absent};
use mutate::{Fault, Mutator};
use program::Program;

pub(crate) use document::Document;
pub(crate) use make::Maker;
pub use report::{Report, Row};

/// How the values are chosen.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many values are made of each schema.
    pub instances: usize,
    /// What the values are made from: the same seed makes the same values.
    pub seed: u64,
}

/// How often a value is made anew before a schema is given up: what is made is not always valid, for
/// example where a `not` stands in the way.
const TRIES_PER_INSTANCE: usize = 4;

/// Judges the types of one document; `shown` is its name in the report.
///
/// # Errors
///
/// The document cannot be generated, or its types do not compile.
pub fn judge(path: &Utf8Path, shown: &str, options: Options) -> Result<Row, Box<dyn Error>> {
    let document = Document::read(path, every_schema())?;
    let mut program = Program::build(&document, shown)?;
    let mut row = Row::new(shown, program.components().len());
    for component in program.components() {
        let validator = match document.validator(&component.pointer) {
            Ok(validator) => validator,
            Err(reason) => {
                row.unjudged
                    .push(format!("{}: {reason}", component.pointer));
                continue;
            }
        };
        let mut maker = Maker::new(&document, options.seed);
        let mut valid: Vec<Value> = Vec::with_capacity(options.instances);
        for _ in 0..options.instances * TRIES_PER_INSTANCE {
            if valid.len() == options.instances {
                break;
            }
            let value = maker.instance(&component.pointer);
            if validator.is_valid(&value) {
                valid.push(value);
            }
        }
        if valid.is_empty() {
            row.unmade.push(component.pointer.clone());
        }
        let known = |path: &[String]| known(&document, &component.pointer, path);
        let absent = |path: &[String]| may_be_absent(&document, &component.pointer, path);
        for value in &valid {
            let outcome = compare(value, program.answer(&component, value)?, &known);
            row.made.add(&component.pointer, value, outcome);
        }
        let mut mutator = Mutator::new(options.seed);
        for value in &valid {
            let value = mutator.mutate(value);
            if let Some(fault) = Fault::of(&validator, &value) {
                let outcome = fault.judge(program.answer(&component, &value)?, &absent, &known);
                row.mutated.add(&component.pointer, &value, outcome);
            }
        }
        for value in examples::of(&document, &component.pointer) {
            if !validator.is_valid(&value) {
                row.invalid_examples += 1;
                continue;
            }
            let outcome = compare(&value, program.answer(&component, &value)?, &known);
            row.examples.add(&component.pointer, &value, outcome);
        }
    }
    Ok(row)
}

/// How the types of a document are generated to be judged: all of them, even if some operation cannot be.
fn every_schema() -> Config {
    Config {
        all_schemas: true,
        keep_going: true,
        ..Config::default()
    }
}

/// Judges a document of compositions that is made at random.
///
/// # Errors
///
/// The document cannot be written or generated, or its types do not compile.
pub fn judge_compositions(options: Options) -> Result<Row, Box<dyn Error>> {
    let folder = crate::project::root().join("target/oracle");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("compositions.json");
    std::fs::write(&path, all_of::document(options.seed).to_string())?;
    judge(&path, "compositions", options)
}

/// How many values came to what.
#[derive(Debug, Default)]
pub struct Tally {
    /// Values that were read and written back equal.
    pub same: usize,
    /// Values that were not, by the row of the mapping that says so; those that no row explains are
    /// under the empty text.
    pub others: BTreeMap<&'static str, usize>,
    /// One example of each kind that no row explains: the schema, the value and what happened.
    pub unexplained: Vec<String>,
}

/// How many unexplained values a report shows.
const MOST_SHOWN: usize = 12;

impl Tally {
    fn add(&mut self, pointer: &str, value: &Value, outcome: Outcome) {
        let (row, happened) = match outcome {
            Outcome::Same => {
                self.same += 1;
                return;
            }
            Outcome::Explained(row) => (row, None),
            Outcome::Unexplained(what) => ("", Some(what)),
        };
        *self.others.entry(row).or_default() += 1;
        if let Some(what) = happened
            && self.unexplained.len() < MOST_SHOWN
            && !self.unexplained.iter().any(|it| it.starts_with(pointer))
        {
            let value: String = value.to_string().chars().take(400).collect();
            self.unexplained
                .push(format!("{pointer}\n      {what}\n      {value}"));
        }
    }

    /// How many values there were.
    #[must_use]
    pub fn all(&self) -> usize {
        self.same + self.others.values().sum::<usize>()
    }
}
