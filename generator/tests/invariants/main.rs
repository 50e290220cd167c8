//! The invariants of `ARCHITECTURE.md`, each with a test that is named after it.
//!
//! Invariant 9, about interrupted runs, is held by `tests/cli` and by the tests of `cli::apply`.

mod census;
mod constraints;
mod determinism;
mod documents;
mod exploits;
mod families;
mod hostile;
mod interference;
mod keys;
mod maker;
mod names;
mod output;
mod positions;
mod rules;
mod run;
mod shapes;
mod skeleton;
mod sources;
