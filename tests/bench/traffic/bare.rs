//! A handler that only answers: what axum does on this machine where nothing is asked of it.

use crate::load::Traffic;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use bytes::Bytes;
use clap::Args;
use fiado_tests::repository;
use std::fs;
use std::io::{BufRead, BufReader, Read, stdin};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

/// What it says before its address.
const READY: &str = "bare handler on ";

/// The handler itself: this program, started once more.
#[derive(Debug, Args)]
pub(crate) struct BareHandler {
    /// What it answers
    #[arg(long)]
    answer: PathBuf,
}

impl BareHandler {
    /// Serves until whoever has started it is gone.
    pub(crate) fn serve(&self) {
        let answer = Bytes::from(fs::read(&self.answer).unwrap());
        thread::spawn(|| {
            // Nothing is ever written to it: it ends with the one who could.
            drop(stdin().read_to_end(&mut Vec::new()));
            std::process::exit(0);
        });
        let handler = move || async move { ([(CONTENT_TYPE, "application/json")], answer) };
        let router = Router::new().route("/", get(handler));
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            println!("{READY}{}", listener.local_addr().unwrap());
            axum::serve(listener, router).await.unwrap();
        });
    }
}

/// The handler in a process of its own, and whoever asks it.
pub(super) struct Bare {
    process: Child,
    address: SocketAddr,
    request: String,
}

impl Bare {
    /// Starts one that always gives this answer.
    pub(super) fn start(folder: &Path, answer: &str) -> Bare {
        let file = folder.join("answer.json");
        fs::write(&file, answer).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["bare-handler", "--bench", "--answer"]).arg(&file).current_dir(repository());
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address: SocketAddr = line.trim_end().strip_prefix(READY).unwrap().parse().unwrap();
        Bare { process, address, request: format!("GET / HTTP/1.1\r\nhost: {address}\r\n\r\n") }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Traffic for Bare {
    fn request(&self, _: u64, to: &mut Vec<u8>) {
        to.extend_from_slice(self.request.as_bytes());
    }
}
