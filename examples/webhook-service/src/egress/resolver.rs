//! Names to addresses, with every address checked before anything is connected to it.

use std::error::Error;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

use super::target::LOCALHOST;
use super::{Policy, Refused, is_public};

/// Asks the operating system.
pub(super) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The client puts in the port of the URL.
            let addresses: Vec<_> = lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// A resolver that gives only addresses that may be connected to.
///
/// The client connects to what it gets from here and asks nobody else, so that a name cannot have
/// one address when it is checked and another when it is used.
pub(super) struct Checked {
    inner: Arc<dyn Resolve>,
    policy: Policy,
}

impl Checked {
    pub(super) fn new(inner: Arc<dyn Resolve>, policy: Policy) -> Self {
        Self { inner, policy }
    }
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        // Only `http` gets here with this name, as `https` to it is refused by its text.
        let loopback = self.policy.allow_http_loopback && name.as_str() == LOCALHOST;
        let answer = self.inner.resolve(name);
        Box::pin(async move {
            let addresses: Vec<_> = answer.await?.collect();
            // One bad address is enough: a name that has public and private ones is no accident.
            for address in &addresses {
                let ip = address.ip();
                let allowed = if loopback {
                    ip.is_loopback()
                } else {
                    is_public(ip)
                };
                if !allowed {
                    return Err(Refused::Address(ip).into());
                }
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The refusal that an error of the client comes from, if it comes from one.
pub(super) fn refusal(error: &reqwest::Error) -> Option<&Refused> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(refused) = error.downcast_ref() {
            return Some(refused);
        }
        source = error.source();
    }
    None
}
