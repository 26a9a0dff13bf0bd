//! `fiado`: the server that keeps the books of lines of credit, and its command line.
//!
//! It promises that whatever it has answered is durable, that the same request under the same key
//! has the same answer, and that bad input gets a 4xx which says what is wrong. It never decides
//! anything about an account itself: that is the core's alone.

mod auth;
mod cli;
mod clock;
mod config;
mod engine;
mod facade;
mod gateway;
mod http;
mod metrics;
mod sweeper;
mod traces;
mod vtex;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("fiado: {message}");
            ExitCode::FAILURE
        }
    }
}
