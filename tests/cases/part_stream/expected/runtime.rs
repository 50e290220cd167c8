//! The runtime: what this document adds methods to, and what all cases share.

pub use files::*;

#[path = "../../../../generator/runtime/src"]
mod files {
    pub use crate::runtime::{base64, body, form, headers, json, media_type, multipart, operation, param, percent, secret, stream, strict, validate};

    pub mod client;
    pub mod in_process;
    pub mod multipart_client;
    pub mod multipart_server;
    pub mod part_stream;
    pub mod server;
}
