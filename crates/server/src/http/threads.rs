use super::Service;
use axum::ServiceExt;
use axum::serve::Listener;
use std::io;
use std::net::{SocketAddr, TcpStream as Accepted};
use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many threads may wait for the store or for the disk, of all together. A machine that gives no more
/// threads would have requests dropped.
const MOST_BLOCKED: usize = 512;

/// How many of them each has at least.
pub(crate) const LEAST_BLOCKED: usize = 32;

/// The threads that serve connections, one for each processor. A connection stays with the thread that it
/// was handed to.
///
/// Each has a runtime of its own, because threads that share one wake each other: whenever a task yields or
/// is woken from outside, tokio has another thread look whether there is more to do, and every command does
/// both. A caller who is alone waits for that.
pub(crate) struct Threads(Vec<Runtime>);

impl Threads {
    /// Starts them.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub(crate) fn start() -> io::Result<Threads> {
        let count = available_parallelism().map_or(1, NonZero::get);
        let blocking = (MOST_BLOCKED / count).max(LEAST_BLOCKED);
        (0..count).map(|_| runtime("http", blocking)).collect::<io::Result<Vec<Runtime>>>().map(Threads)
    }

    /// Hands connections around until it is told to stop, and then waits until all requests that came are
    /// answered.
    ///
    /// # Errors
    /// Where connections cannot be served at all.
    pub(crate) async fn serve(
        &self,
        listener: TcpListener,
        service: &Service,
        stop: &watch::Receiver<()>,
    ) -> io::Result<()> {
        let address = listener.local_addr()?;
        let (mut threads, mut served) = (Vec::new(), JoinSet::new());
        for runtime in &self.0 {
            let (thread, connections) = unbounded_channel();
            threads.push(thread);
            let serve = axum::serve(Handed { connections, address }, service.clone().into_make_service());
            let serve = serve.with_graceful_shutdown(told(stop.clone()));
            served.spawn_on(serve.into_future(), runtime.handle());
        }
        tokio::select! {
            () = hand_around(listener, &threads) => {}
            () = told(stop.clone()) => {}
        }
        while let Some(result) = served.join_next().await {
            result??;
        }
        Ok(())
    }

    /// Ends them; for what does not end by itself it waits so long at most, for all of them together.
    pub(crate) fn end(self, patience: Duration) {
        let until = Instant::now() + patience;
        for runtime in self.0 {
            runtime.shutdown_timeout(until.saturating_duration_since(Instant::now()));
        }
    }
}

/// A runtime of one thread, beside those that may block, of which there are never more than so many.
///
/// # Errors
/// Where the machine gives no thread.
pub(crate) fn runtime(name: &str, most_blocking: usize) -> io::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).max_blocking_threads(most_blocking).thread_name(name);
    builder.enable_all().build()
}

/// Waits until the other end says stop, by letting go of it.
pub(crate) async fn told(mut stop: watch::Receiver<()>) {
    while stop.changed().await.is_ok() {}
}

/// Gives each connection to the next thread, as long as there is one.
async fn hand_around(mut listener: TcpListener, threads: &[UnboundedSender<(Accepted, SocketAddr)>]) {
    for thread in threads.iter().cycle() {
        let (stream, from) = Listener::accept(&mut listener).await;
        // One that is lost so early has asked nothing.
        if let Ok(stream) = stream.into_std() {
            let _ = thread.send((stream, from));
        }
    }
}

/// The connections that are handed to a thread.
struct Handed {
    connections: UnboundedReceiver<(Accepted, SocketAddr)>,
    address: SocketAddr,
}

impl Listener for Handed {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            match self.connections.recv().await {
                Some((stream, from)) => {
                    if let Ok(stream) = TcpStream::from_std(stream) {
                        return (stream, from);
                    }
                }
                // No more will come, and those that are served end by themselves.
                None => std::future::pending().await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
