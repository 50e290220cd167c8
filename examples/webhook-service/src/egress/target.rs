//! Which URLs a webhook may have, by their text alone.

use std::fmt;
use std::net::IpAddr;

use thiserror::Error;
use url::{Host, Url};

use super::{Policy, is_public};

/// How long a URL may be, in bytes.
pub const MAX_URL: usize = 2048;

/// Names that only a private network knows, with all that is below them.
const PRIVATE_SUFFIXES: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "onion",
    "test",
    "invalid",
];

/// Public names of what clouds offer to their own machines, with all that is below them.
const METADATA_SUFFIXES: &[&str] = &[
    "metadata.goog",
    "metadata.azure.com",
    "metadata.tencentyun.com",
    "metadata.packet.net",
    "metadata.platformequinix.com",
];

/// Services of AWS that act on the credentials of whoever calls. They stand in front of a region or
/// of nothing, as in `sts.eu-west-1.amazonaws.com`, and `eks` also behind one.
const AWS_SERVICES: &[&str] = &["sts", "iam", "eks"];
const AWS_SUFFIXES: &[&str] = &[".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];

/// Where a delivery goes: a URL that has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target(Url);

impl Target {
    /// The URL as it was understood, which is the one that is called.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a URL is refused. The texts are for the person who gave the URL.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// It has more than [`MAX_URL`] bytes.
    #[error("the URL is longer than 2048 bytes")]
    TooLong,
    /// Some programs would read it in one way and some in another.
    #[error("the URL has spaces, control characters or backslashes")]
    Ambiguous,
    /// It cannot be read.
    #[error("the URL is not valid: {0}")]
    Invalid(#[from] url::ParseError),
    /// It is neither `https`, nor `http` to where that is allowed.
    #[error("the URL does not begin with https://")]
    Scheme,
    /// It has a user or a password, which would go to the receiver in clear.
    #[error("the URL has a user name or a password")]
    UserInfo,
    /// It has no host.
    #[error("the URL has no host")]
    NoHost,
    /// It names a port other than the one of `https`.
    #[error("the URL has another port than 443")]
    Port,
    /// The name does not stand for a host of the public internet.
    #[error("{0} is not a public name")]
    Name(String),
    /// The address, or one that the name stands for, is not of the public internet.
    #[error("{0} is not a public address")]
    Address(IpAddr),
}

/// Checks all of a URL that can be checked without asking for the addresses of its host.
///
/// # Errors
///
/// Why it is refused.
pub fn check_url(text: &str, policy: &Policy) -> Result<Target, Refused> {
    if text.len() > MAX_URL {
        return Err(Refused::TooLong);
    }
    let ambiguous = |it: char| it.is_whitespace() || it.is_control() || it == '\\';
    if text.contains(ambiguous) {
        return Err(Refused::Ambiguous);
    }
    // This reads numbers in all the ways that browsers do: `0x7f.1` becomes 127.0.0.1.
    let url = Url::parse(text)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Refused::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::UserInfo);
    }
    let host = url.host().ok_or(Refused::NoHost)?;
    if url.scheme() == "http" {
        let allowed = policy.allow_http_loopback && is_loopback(&host);
        return allowed.then_some(Target(url)).ok_or(Refused::Scheme);
    }
    if url.port().is_some() {
        return Err(Refused::Port);
    }
    check_host(&host)?;
    Ok(Target(url))
}

/// `localhost` or an address of loopback, which is what `http` may be allowed for.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == LOCALHOST,
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The one name that may stand for loopback, where that is allowed.
pub(super) const LOCALHOST: &str = "localhost";

fn check_host(host: &Host<&str>) -> Result<(), Refused> {
    let address = match *host {
        Host::Domain(name) if is_public_name(name) => return Ok(()),
        Host::Domain(name) => return Err(Refused::Name(name.to_owned())),
        Host::Ipv4(address) => IpAddr::V4(address),
        Host::Ipv6(address) => IpAddr::V6(address),
    };
    if is_public(address) {
        Ok(())
    } else {
        Err(Refused::Address(address))
    }
}

/// Whether a name, as `url` writes it (lower case, ASCII), may stand for a public host.
fn is_public_name(name: &str) -> bool {
    let below = |suffix: &&str| {
        let rest = name.strip_suffix(*suffix);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    // A name without a dot is looked up in the domains of this machine, and one with a dot at its
    // end is another spelling that lists like these would have to know.
    let whole = name.contains('.') && !name.ends_with('.') && !name.starts_with('.');
    whole
        && !PRIVATE_SUFFIXES.iter().any(below)
        && !METADATA_SUFFIXES.iter().any(below)
        && !is_aws_service(name)
}

fn is_aws_service(name: &str) -> bool {
    let rest = AWS_SUFFIXES.iter().find_map(|it| name.strip_suffix(it));
    rest.is_some_and(|rest| rest.split('.').any(|label| AWS_SERVICES.contains(&label)))
}
