//! All automation of Fiado, so that a fresh clone needs Rust and Node and no other tool of ours.
//!
//! A task says what it does before it does it, installs what it needs where it can, and ends in one
//! sentence when it cannot go on. It never decides anything about credit, and no other crate
//! depends on it.

mod bench;
mod fiado;
mod install;
mod node;
mod openapi;
mod pkg;
mod python;
mod run;
mod shell;
mod test;
mod trouble;
mod web;
mod workspace;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::test::Kind;
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Builds, runs and checks Fiado.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, start the server with a small company in it, and print where to look
    ///
    /// The books are kept in target/demo between runs. Ctrl-C stops the server.
    Run {
        /// Where the server listens
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
        listen: SocketAddr,
        /// Check that the printed addresses answer, then stop
        #[arg(long)]
        once: bool,
    },
    /// Run every check and every test, or only the kinds that are named
    ///
    /// What a kind needs and the machine lacks is installed where that is possible. Otherwise the
    /// kind is skipped with the command that installs what is missing; with CI=true it fails
    /// instead.
    Test {
        /// The kinds to run; all of them when none is named
        kinds: Vec<Kind>,
    },
    /// Measure the program as it is delivered, at the sizes it promises: all benchmarks, or one
    ///
    /// The benchmarks: `lists`, `installments`, `preview`, `plans`, `traffic`, `scale`, `core`. `cargo
    /// xtask bench lists --help` names the options of one, such as smaller sizes for a quick look. The
    /// books they need are made once and kept in target/bench.
    Bench {
        /// The benchmark, and its options
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "BENCHMARK")]
        arguments: Vec<OsString>,
    },
    /// Build the npm package into pkg/dist: WebAssembly, JavaScript and TypeScript types
    Pkg,
    /// Build the console of whoever approves into web/dist, from where the server embeds it
    Web,
    /// Write the OpenAPI documents of openapi/ as the server prints them
    Openapi {
        /// Write nothing; fail when a committed document is stale
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match CommandLine::parse().task.perform() {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("error: {trouble}");
            ExitCode::FAILURE
        }
    }
}

impl Task {
    fn perform(self) -> Outcome<ExitCode> {
        let workspace = Workspace::find()?;
        match self {
            Self::Run { listen, once } => run::run(&workspace, listen, once)?,
            Self::Test { kinds } => return test::test(&workspace, &kinds),
            Self::Bench { arguments } => bench::bench(&workspace, &arguments)?,
            Self::Pkg => pkg::build(&workspace)?,
            Self::Web => web::build(&workspace)?,
            Self::Openapi { check: false } => openapi::write(&workspace)?,
            Self::Openapi { check: true } => openapi::check(&workspace)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
