//! The runtime: what this document adds methods to, and what all cases share.

pub use files::*;

#[path = "../../../../generator/runtime/src"]
mod files {
    pub use crate::runtime::{base64, body, form, headers, json, media_type, operation, param, percent, secret, strict, validate};

    pub mod client;
    pub mod in_process;
    pub mod paging;
    pub mod server;
}
