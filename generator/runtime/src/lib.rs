//! The fixed part of the crates that Oarlock generates.
//!
//! Nothing here depends on a document. These files are compiled and tested as this package, and
//! copied as they are into the `runtime` module of each generated crate, where generated files
//! add inherent methods to some of the types. [`source`] holds their text for the generator.

#[cfg(feature = "server")]
pub mod absent;
pub mod base64;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(any(feature = "client", feature = "server"))]
pub mod body;
#[cfg(feature = "client")]
pub mod client;
pub mod closed_enum;
pub mod constant;
#[cfg(feature = "time")]
pub mod date_time;
#[cfg(any(feature = "client", feature = "server"))]
pub mod default_value;
pub mod double_option;
pub mod empty_string;
pub mod encoded;
pub mod float_form;
#[cfg(any(feature = "client", feature = "server"))]
pub mod form;
#[cfg(any(feature = "client", feature = "server"))]
pub mod headers;
#[cfg(all(feature = "client", feature = "server"))]
pub mod in_process;
pub mod integer_enum;
#[cfg(any(feature = "client", feature = "server"))]
pub mod items;
#[cfg(any(feature = "client", feature = "server"))]
pub mod json;
#[cfg(any(feature = "client", feature = "server"))]
pub mod json_rules;
#[cfg(any(feature = "client", feature = "server"))]
pub mod json_string;
#[cfg(any(feature = "client", feature = "server"))]
pub mod media_type;
#[cfg(any(feature = "client", feature = "server"))]
pub mod multipart;
#[cfg(feature = "client")]
pub mod multipart_client;
#[cfg(feature = "server")]
pub mod multipart_server;
pub mod open_enum;
pub mod operation;
#[cfg(feature = "client")]
pub mod paging;
#[cfg(any(feature = "client", feature = "server"))]
pub mod param;
#[cfg(feature = "server")]
pub mod part_stream;
pub mod pattern;
#[cfg(any(feature = "client", feature = "server"))]
pub mod percent;
#[cfg(feature = "retry")]
pub mod retry;
pub mod secret;
#[cfg(feature = "server")]
pub mod server;
pub mod source;
#[cfg(any(feature = "client", feature = "server"))]
pub mod stream;
pub mod strict;
#[cfg(feature = "tracing")]
pub mod traced;
pub mod union;
pub mod validate;

#[cfg(test)]
mod tests;
