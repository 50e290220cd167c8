//! The runtime: what this document adds methods to, and what all cases share.

pub use files::*;

#[path = "../../../../generator/runtime/src"]
mod files {
    pub use crate::runtime::{base64, body, closed_enum, default_value, double_option, encoded, form, headers, integer_enum, json, media_type, open_enum, operation, param, percent, secret, strict, union, validate};

    pub mod client;
    pub mod in_process;
    pub mod server;
}
