//! Calls from code that is not asynchronous.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// Waits for calls, in code that is not asynchronous.
///
/// ```text
/// let blocking = Blocking::new()?;
/// let pet = blocking.wait(client.get_pet("7").send())?;
/// ```
///
/// One of them is enough for all calls of a program: it keeps the connections alive, as far as it is
/// waited with.
#[derive(Debug)]
pub struct Blocking {
    runtime: Runtime,
}

impl Blocking {
    /// Starts what drives the connections. There is no thread of its own.
    ///
    /// # Errors
    ///
    /// The system has no more room for it.
    pub fn new() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self { runtime })
    }

    /// Waits for the end of a call, or for the next value of a stream.
    ///
    /// # Panics
    ///
    /// The code is asynchronous after all, where it would hold up everything else: `.await` the call there.
    pub fn wait<F: Future>(&self, call: F) -> F::Output {
        self.runtime.block_on(call)
    }
}
