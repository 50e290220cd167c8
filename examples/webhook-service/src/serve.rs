//! The server: requests and deliveries, until a signal.

use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anchor_webhooks::server;
use tokio::net::TcpListener;
use tokio::sync::watch;
use webhook_service::clock::Clock;
use webhook_service::dispatch::Dispatcher;
use webhook_service::egress::{Policy, Sender};
use webhook_service::service::{Keys, Service};
use webhook_service::store::Store;

use crate::{Failure, commands};

/// How long requests and attempts may take to end after the signal. An attempt takes 10 seconds.
const GRACE: Duration = Duration::from_secs(15);

/// Serves until it is told to stop.
pub(crate) fn run(
    database: &Path,
    clock: Arc<dyn Clock>,
    listen: SocketAddr,
    policy: Policy,
) -> Result<(), Failure> {
    let _lock = lock(database)?;
    let store = Arc::new(commands::open(database, clock)?);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(store, listen, policy))
}

/// Makes sure that there is no other server on the database, as each would send what the other is
/// sending. The lock goes with the process, however it ends.
fn lock(database: &Path) -> Result<File, Failure> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let file = File::create(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err("another server uses this database".into()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

async fn serve(store: Arc<Store>, listen: SocketAddr, policy: Policy) -> Result<(), Failure> {
    let signals = signals()?;
    let (stop, stopped) = watch::channel(false);
    let until_stopped = || {
        let mut stopped = stopped.clone();
        async move {
            // If the sender is gone, it is time to stop as well.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    };

    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let app = server::router(Service::new(store.clone()), Keys::new(store.clone()));
    let requests = axum::serve(listener, app).with_graceful_shutdown(until_stopped());
    let dispatcher = Dispatcher::new(store, policy, Sender::new(policy)?);
    let mut requests = tokio::spawn(requests.into_future());
    let mut deliveries = tokio::spawn(dispatcher.run(until_stopped()));
    writeln!(io::stdout(), "listening http://{address}")?;

    // Whichever ends before the signal has failed.
    tokio::select! {
        () = signals => {}
        ended = &mut requests => return Ok(ended??),
        ended = &mut deliveries => return Ok(ended??),
    }
    tracing::info!("stopping");
    stop.send_replace(true);
    let ended = async {
        requests.await??;
        deliveries.await??;
        Ok(())
    };
    let ended = tokio::time::timeout(GRACE, ended).await;
    ended.unwrap_or_else(|_| Err("not everything ended in time".into()))
}

/// From now on, a signal to stop does not end the process; it ends the future that this gives.
#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// From now on, a signal to stop does not end the process; it ends the future that this gives.
#[cfg(windows)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}
