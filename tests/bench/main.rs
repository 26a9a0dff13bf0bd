//! Benchmarks: the program as it is delivered, over HTTP, at the sizes it promises.
//!
//! `cargo xtask bench` builds the program and starts this one. A benchmark has a folder here. It
//! takes books of the size it needs (`books/`, made once and kept), asks its questions, prints a
//! table, and leaves its figures in a file beside its folder. Nothing passes or fails: what is
//! measured depends on the machine, and says on which.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on stops"
)]

mod books;
mod decisions;
mod disk;
mod installments;
mod letters;
mod lists;
mod load;
mod machine;
mod plans;
mod plot;
mod preview;
mod ratio;
mod scale;
mod scenarios;
mod service;
mod setting;
mod table;
mod times;
mod trade;
mod traffic;

use clap::{Parser, Subcommand};

/// The server's own, so that what stands beside it has no worse one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measure Fiado at the sizes it promises
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct CommandLine {
    #[command(subcommand)]
    benchmark: Option<Benchmark>,
    /// Said by cargo where something is to be measured, and not only tried
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Benchmark {
    /// Lists, filters and totals by VTEX's addresses, over a million accounts
    Lists(lists::Lists),
    /// Installments by the gateway's address, of a shop with many payment systems
    Installments(installments::Installments),
    /// Previews by the npm package, in Node and in Chromium
    Preview(preview::Preview),
    /// Schedules alone by the npm package and with decimal.js, in Node and in Chromium
    Plans(plans::Plans),
    /// Purchases, payments and questions of many callers at once, beside pgbench and a bare handler
    Traffic(traffic::Traffic),
    /// What one decision takes without any server
    Core(decisions::Decisions),
    /// The same questions and purchases over a thousand accounts and over a million
    Scale(scale::Scale),
    /// What `traffic` starts beside the server
    #[command(hide = true)]
    BareHandler(traffic::BareHandler),
}

fn main() {
    let CommandLine { benchmark, bench } = CommandLine::parse();
    if !bench {
        println!("nothing is measured here; `cargo xtask bench` does it");
        return;
    }
    match benchmark {
        None => {
            lists::Lists::usual().measure();
            installments::Installments::usual().measure();
            preview::Preview::usual().measure();
            plans::Plans::usual().measure();
            decisions::Decisions::usual().measure();
            traffic::Traffic::usual().measure();
            scale::Scale::usual().measure();
        }
        Some(Benchmark::Lists(lists)) => lists.measure(),
        Some(Benchmark::Installments(installments)) => installments.measure(),
        Some(Benchmark::Preview(preview)) => preview.measure(),
        Some(Benchmark::Plans(plans)) => plans.measure(),
        Some(Benchmark::Traffic(traffic)) => traffic.measure(),
        Some(Benchmark::Core(decisions)) => decisions.measure(),
        Some(Benchmark::Scale(scale)) => scale.measure(),
        Some(Benchmark::BareHandler(handler)) => handler.serve(),
    }
}
