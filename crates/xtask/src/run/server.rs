//! The running server: started, waited for, and stopped the way a supervisor does it.

use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::run::{GLANCE, http};
use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// How long a server may take to open its books.
const START: Duration = Duration::from_secs(30);

/// How long a server may take to finish what it took.
const FINISH: Duration = Duration::from_secs(15);

/// A server of ours. It does not outlive this value.
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the server in a process group of its own, so that Ctrl-C reaches it through us and at
    /// the right time.
    pub(super) fn start(command: &mut Command, address: SocketAddr) -> Outcome<Self> {
        println!("starting `{}` on {address}", shell::spoken(command));
        let child = command
            .process_group(0)
            .spawn()
            .map_err(|error| Trouble::failed(format!("the server could not be started: {error}")))?;
        Ok(Self { child, address })
    }

    /// Waits for `GET /ready` to answer 200.
    pub(super) fn wait_until_ready(&mut self, stop: &AtomicBool) -> Outcome {
        let started = Instant::now();
        while http::get(self.address, "/ready", None).ok() != Some(200) {
            self.require_running()?;
            if stop.load(Ordering::Relaxed) {
                return Err(Trouble::failed("stopped before the server was ready"));
            }
            if started.elapsed() > START {
                return Err(Trouble::failed(format!(
                    "the server was not ready within {} s",
                    START.as_secs()
                )));
            }
            thread::sleep(GLANCE);
        }
        Ok(())
    }

    /// Fails when the server has ended by itself.
    pub(super) fn require_running(&mut self) -> Outcome {
        match self.ended()? {
            None => Ok(()),
            Some(status) => {
                Err(Trouble::failed(format!("the server ended by itself ({status}); its last lines say why")))
            }
        }
    }

    /// Asks the server to stop and waits until it has finished what it took.
    pub(super) fn stop(&mut self) -> Outcome {
        println!("stopping the server");
        self.ask_to_stop();
        let asked = Instant::now();
        while asked.elapsed() < FINISH {
            match self.ended()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => {
                    return Err(Trouble::failed(format!("the server did not stop cleanly ({status})")));
                }
                None => thread::sleep(GLANCE),
            }
        }
        Err(Trouble::failed(format!("the server did not stop within {} s", FINISH.as_secs())))
    }

    fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child
            .try_wait()
            .map_err(|error| Trouble::failed(format!("the server cannot be watched: {error}")))
    }

    fn ask_to_stop(&self) {
        // A server that has ended meanwhile has done what is asked of it.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
    }
}

impl Drop for Server {
    /// Whatever went wrong before, no server is left behind. After a clean stop there is nothing to
    /// do.
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) && self.stop().is_err() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
