//! Whether purchases and questions take longer where there are more accounts: the same over a thousand
//! and over a million, which have ten journal entries each.
//!
//! The stores are made by what moves a house (`moved.rs`), once, and kept below cargo's build folder. A
//! server runs over each, and they take turns, so that all meet the same machine. Where something is
//! wrong with what was answered or stored, it stops.

mod house;
mod moved;
mod results;

use crate::books::kept;
use crate::disk::Disk;
use crate::load::{Span, closed};
use crate::plot::draw;
use crate::scenarios::{Purchases, Reads};
use clap::Args;
use fiado_tests::repository;
use house::House;
use results::{Results, Run};
use serde::Serialize;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The same questions and purchases over a thousand accounts and over a million
#[derive(Debug, Clone, PartialEq, Args)]
pub(crate) struct Scale {
    /// How many accounts there are, the smallest store first
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_values_t = Scale::usual().accounts)]
    accounts: Vec<u64>,
    /// How long each run is measured, after a second that is not
    #[arg(long, value_name = "SECONDS", default_value_t = Scale::usual().seconds)]
    seconds: u64,
    /// How often everything is measured
    #[arg(long, value_name = "COUNT", default_value_t = Scale::usual().rounds)]
    rounds: u64,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Subject {
    Use,
    Read,
}

/// By how many at once.
const CONNECTIONS: [usize; 2] = [1, 16];

impl Scale {
    /// The sizes that the targets are given for, and two between them.
    pub(crate) fn usual() -> Scale {
        Scale { accounts: vec![1_000, 10_000, 100_000, 1_000_000], seconds: 5, rounds: 3 }
    }

    /// Makes the stores where they are not there yet, measures, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        assert!(self.accounts.is_sorted() && !self.accounts.is_empty(), "sizes go from small to large");
        fs::create_dir_all(kept()).unwrap();
        let houses: Vec<House> = self.accounts.iter().map(|accounts| House::of(*accounts)).collect();
        let disk = Disk::below(&kept());
        let runs = (0..self.rounds).flat_map(|round| self.round(round, &disk, &houses)).collect();
        println!("checking what was written");
        let houses = houses.into_iter().map(House::close).collect();
        let results = Results::of(self.seconds, self.rounds, houses, runs);
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
        draw(&file.with_extension("svg"), &results.panels());
    }

    /// Everything once: each question to one store after the other.
    fn round(&self, round: u64, disk: &Disk, houses: &[House]) -> Vec<Run> {
        println!("round {} of {}", round + 1, self.rounds);
        let span = Span { warm_up: Duration::from_secs(1), measured: Duration::from_secs(self.seconds) };
        let mut runs = Vec::new();
        for (subject, connections) in [Subject::Use, Subject::Read].into_iter().flat_map(by_each) {
            for house in houses {
                house.warm();
                let sync_ns = disk.probe_ns();
                let (trade, address) = (house.trade(), house.trade().address);
                let taken = match subject {
                    Subject::Use => closed(address, &Purchases(trade), connections, span),
                    Subject::Read => closed(address, &Reads(trade), connections, span),
                };
                let taken = taken.must_be_sound();
                let run = Run { subject, connections, accounts: house.accounts(), sync_ns, taken };
                println!("  {run}");
                runs.push(run);
            }
        }
        runs
    }

    /// Figures of other sizes are no figures to be committed.
    fn file(&self) -> PathBuf {
        if *self == Scale::usual() {
            repository().join("tests/bench/scale.json")
        } else {
            kept().join("scale.json")
        }
    }
}

fn by_each(subject: Subject) -> [(Subject, usize); 2] {
    CONNECTIONS.map(|connections| (subject, connections))
}
