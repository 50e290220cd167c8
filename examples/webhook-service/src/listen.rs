//! A receiver to try deliveries with.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use webhook_service::clock::Clock;
use webhook_service::secret::SigningSecret;
use zeroize::Zeroizing;

use crate::Failure;

/// Receives until it is told to stop.
pub(crate) fn run(
    secrets: &Path,
    _clock: Arc<dyn Clock>,
    _listen: SocketAddr,
) -> Result<(), Failure> {
    let _secrets = read_secrets(secrets)?;
    Err("there is no receiver yet".into())
}

/// The secrets in a file, one a line. They are not arguments, because other users of the machine
/// see those.
fn read_secrets(path: &Path) -> Result<Vec<SigningSecret>, Failure> {
    let text = fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    let secrets = text.split_whitespace().map(SigningSecret::parse);
    let secrets: Result<Vec<_>, _> = secrets.collect();
    Ok(secrets.map_err(|error| format!("{}: {error}", path.display()))?)
}
