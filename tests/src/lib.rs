//! What the tests of this package share: a reader of the document that is not Oarlock's own, the
//! generated crate by the names of its document, and servers that send and record bytes.

pub mod cases;
pub mod check;
pub mod custom;
pub mod edit;
pub mod fields;
pub mod oracle;
pub mod project;
pub mod raw;
pub mod reach;
pub mod registry;
pub mod rig;
pub mod runtime;
pub mod shape;
pub mod strategy;
pub mod stub;
