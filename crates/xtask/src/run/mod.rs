//! The whole of Fiado on this machine: built, started with a small company in it, and shown.
//!
//! The books lie in target/demo and are kept between runs. Nothing here goes around the public
//! interfaces: the company comes in through the API, the tokens from the command line.

mod addresses;
mod http;
mod server;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::fiado;
use crate::pkg;
use crate::run::addresses::Addresses;
use crate::run::server::Server;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::web;
use crate::workspace::{self, Workspace};

/// How often the server and the wish to stop are looked at.
const GLANCE: Duration = Duration::from_millis(100);

/// Builds and starts everything, prints where to look, and stays until Ctrl-C, or with `once` until
/// all has answered.
pub(crate) fn run(workspace: &Workspace, listen: SocketAddr, once: bool) -> Outcome {
    require_free(listen)?;
    pkg::build(workspace)?;
    web::build(workspace)?;
    println!("building the server");
    let demo = Demo::new(workspace, fiado::build_release(workspace)?, listen)?;

    let stop = watch_for_stop()?;
    let mut server = Server::start(demo.fiado().arg("serve"), listen)?;
    server.wait_until_ready(&stop)?;
    shell::run(demo.fiado().arg("demo"))?;

    let addresses = Addresses::new(&demo, listen)?;
    println!("{addresses}");
    if once {
        addresses.check()?;
    } else {
        println!("Ctrl-C stops the server; its books stay in {}.", demo.folder().display());
        wait_for_stop(&mut server, &stop)?;
    }
    server.stop()
}

/// The program with its books, and where it listens.
struct Demo {
    program: PathBuf,
    folder: PathBuf,
    listen: SocketAddr,
}

impl Demo {
    fn new(workspace: &Workspace, program: PathBuf, listen: SocketAddr) -> Outcome<Self> {
        let folder = workspace.built("demo");
        workspace::make_folder(&folder)?;
        Ok(Self { program, folder, listen })
    }

    /// A command of `fiado` for this server and these books: each option has its variable.
    fn fiado(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(&self.folder)
            .env("FIADO_LISTEN", self.listen.to_string())
            .env("FIADO_SERVER", format!("http://{}", self.listen))
            .env("FIADO_STORE", format!("sqlite:{}", self.folder.join("fiado.db").display()));
        command
    }

    fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The server would say it too, but after minutes of building.
fn require_free(listen: SocketAddr) -> Outcome {
    TcpListener::bind(listen).map(drop).map_err(|error| {
        let port = listen.port().wrapping_add(1);
        Trouble::failed(format!(
            "cannot listen on {listen} ({error}); another address can be given: `cargo xtask run --listen {}`",
            SocketAddr::new(listen.ip(), port)
        ))
    })
}

/// From here on Ctrl-C, SIGTERM and a closed terminal raise a flag, so that the server is stopped
/// before this program ends.
fn watch_for_stop() -> Outcome<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .map_err(|error| Trouble::failed(format!("Ctrl-C cannot be watched for: {error}")))?;
    }
    Ok(stop)
}

fn wait_for_stop(server: &mut Server, stop: &AtomicBool) -> Outcome {
    while !stop.load(Ordering::Relaxed) {
        server.require_running()?;
        thread::sleep(GLANCE);
    }
    Ok(())
}
