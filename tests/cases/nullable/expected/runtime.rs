//! The runtime: what this document adds methods to, and what all cases share.

pub use files::*;

#[path = "../../../../generator/runtime/src"]
mod files {
    pub use crate::runtime::{open_enum, union, validate};

}
