//! Where deliveries may go, and how they are sent there.
//!
//! Whoever makes a webhook chooses a URL that this service then calls, so the URL must not reach
//! what only this service can reach. Three rules see to that:
//!
//! 1. [`check_url`] refuses a URL by its text: when the webhook is made, and again at each attempt.
//! 2. The [`Sender`] asks for the addresses of a name once, refuses the name if any of them is not
//!    public, and connects to those addresses and no others.
//! 3. Neither a redirect nor a proxy from the environment leads it anywhere else.

mod address;
mod resolver;
mod sender;
mod target;

pub use address::is_public;
pub use sender::{ATTEMPT_LIMIT, Answer, MAX_ANSWER, SendError, Sender};
pub use target::{MAX_URL, Refused, Target, check_url};

/// What is allowed beyond the rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy {
    /// Allows `http`, at any port, to the loopback of this machine, to try things out with. It
    /// allows nothing else.
    pub allow_http_loopback: bool,
}
