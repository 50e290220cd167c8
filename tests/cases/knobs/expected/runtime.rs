//! The runtime: what this document adds methods to, and what all cases share.

pub use files::*;

#[path = "../../../../generator/runtime/src"]
mod files {
    pub use crate::runtime::{base64, body, double_option, empty_string, float_form, form, headers, json, media_type, open_enum, operation, param, percent, secret, strict, validate};

    pub mod client;
    pub mod in_process;
    pub mod server;
}
