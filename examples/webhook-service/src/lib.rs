//! The promise of the document, kept by a running service: webhooks whose signing secrets rotate
//! without a gap, deliveries that are signed with every secret that is still valid, and a receiver
//! that verifies them.
//!
//! The operations over HTTP come from the generated crate; this one is what a person writes around
//! it. Start with [`service`], which implements the generated traits, then [`store`].

pub mod clock;
pub mod dispatch;
pub mod egress;
mod pause;
pub mod receiver;
pub mod secret;
pub mod service;
pub mod signature;
pub mod store;
