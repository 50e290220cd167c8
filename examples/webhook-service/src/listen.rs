//! A receiver to try deliveries with.

use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;
use webhook_service::clock::Clock;
use webhook_service::receiver::{self, Line, MemorySeen, Receiver};
use webhook_service::secret::SigningSecret;
use webhook_service::signature::Verifier;
use zeroize::Zeroizing;

use crate::Failure;

/// Receives until it is told to stop.
pub(crate) fn run(
    secrets: &Path,
    clock: Arc<dyn Clock>,
    listen: SocketAddr,
) -> Result<(), Failure> {
    let secrets = read_secrets(secrets)?;
    let verifier = Verifier::new(secrets.iter().map(SigningSecret::expose))?;
    let app = receiver::router(Receiver::new(verifier, MemorySeen::default(), clock), print);

    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        writeln!(io::stdout(), "listening http://{}", listener.local_addr()?)?;
        // Nothing here is lost with the process, so there is nothing to wait for at a signal.
        Ok(axum::serve(listener, app).await?)
    })
}

/// A line on the standard output. That nobody reads it any more is no reason to fail.
fn print(line: &Line) {
    let _ = writeln!(io::stdout(), "{line}");
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
