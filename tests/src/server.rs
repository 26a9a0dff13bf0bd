use crate::Caller;
use crate::program::fiado;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const READY: &str = "fiado listening on ";
const MEASURED: &str = "fiado metrics on ";

/// A running `fiado serve`; it ends with its test at the latest.
pub struct Server {
    child: Child,
    address: String,
    /// Kept open: the server writes to it.
    printed: BufReader<ChildStdout>,
    log: Option<JoinHandle<String>>,
}

impl Server {
    /// Starts it and waits until it accepts.
    pub(crate) fn start(mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = Vec::new();
            errors.read_to_end(&mut log).unwrap();
            String::from_utf8_lossy(&log).into_owned()
        });
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        printed.read_line(&mut line).unwrap();
        let Some(address) = line.trim_end().strip_prefix(READY).map(str::to_owned) else {
            let _ = child.kill();
            panic!("the server printed {line:?} and said:\n{}", log.join().unwrap());
        };
        Server { child, address, printed, log: Some(log) }
    }

    /// Starts one in a folder, on a free port, with these arguments beside it.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn over(folder: &Path, arguments: &[&str]) -> Server {
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        Server::start(fiado(folder, serve.iter().chain(arguments)))
    }

    /// Somebody without a credential.
    pub fn stranger(&self) -> Caller {
        Caller::stranger(&self.address)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens: `http://127.0.0.1:40123`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Somebody who runs it and asks its other listener, where it tells its metrics. May be asked once.
    ///
    /// # Panics
    /// Where it was started without one.
    pub fn operator(&mut self) -> Caller {
        let mut line = String::new();
        self.printed.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix(MEASURED).and_then(|line| line.strip_suffix("/metrics"));
        Caller::stranger(address.unwrap_or_else(|| panic!("the server printed {line:?}")))
    }

    /// Asks it to stop (SIGTERM) and goes on at once.
    ///
    /// # Panics
    /// Where it does not run.
    pub fn ask_to_stop(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// Waits until it has ended by itself.
    ///
    /// # Panics
    /// Where it has not after ten seconds.
    pub fn wait(&mut self) -> ExitStatus {
        let patience = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < patience, "the server does not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills it (SIGKILL): it gets no chance to finish anything.
    ///
    /// # Panics
    /// Where it does not run.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Kills it (SIGKILL), whoever else works with it: its address is free then.
    pub(crate) fn dies(&self) {
        let process = Pid::from_child(&self.child);
        kill_process(process, Signal::KILL).unwrap();
        waitid(WaitId::Pid(process), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).unwrap();
    }

    /// Everything it wrote to standard error, once it has ended.
    ///
    /// # Panics
    /// Where it was asked before.
    pub fn log(&mut self) -> String {
        self.log.take().unwrap().join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
