//! The runtime, compiled once for all cases. Only the part that documents add methods to is compiled
//! for each of them: `tests/cases.rs` says which.

#[allow(
    unused,
    missing_docs,
    reason = "a module tree has what its document needs, and this is for all of them"
)]
#[path = "../../generator/runtime/src"]
mod files {
    pub mod base64;
    pub mod body;
    pub mod closed_enum;
    pub mod constant;
    pub mod date_time;
    pub mod default_value;
    pub mod double_option;
    pub mod empty_string;
    pub mod encoded;
    pub mod float_form;
    pub mod form;
    pub mod headers;
    pub mod integer_enum;
    pub mod items;
    pub mod json;
    pub mod json_rules;
    pub mod json_string;
    pub mod media_type;
    pub mod multipart;
    pub mod open_enum;
    pub mod operation;
    pub mod param;
    pub mod pattern;
    pub mod percent;
    pub mod secret;
    pub mod stream;
    pub mod strict;
    pub mod union;
    pub mod validate;
}

pub use files::*;
