//! Traffic over HTTP: purchases, payments, decisions and questions of many callers at once, on both
//! stores, beside what the same machine does without this program: `pgbench` on the same PostgreSQL, a
//! handler that only answers, and the disk's own sync.
//!
//! Everything is measured in rounds, one thing after the other in each, so that what is compared meets
//! the same machine. Before each run the disk is asked how long a sync takes; where that is more than
//! twice as long as usual, the run is marked as throttled and counts only where there is no other.

mod bare;
mod limit;
mod pgbench;
mod pictures;
mod results;
mod stand;

pub(crate) use bare::BareHandler;

use crate::books::kept;
use crate::load::Span;
use crate::plot::draw;
use clap::{Args, ValueEnum};
use fiado_tests::repository;
use pictures::panels;
use results::{Results, Run, Setting};
use serde::Serialize;
use stand::Stand;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// With so many connections at once the curves are drawn.
const CONCURRENCIES: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/// Purchases, payments and questions of many callers at once, beside pgbench and a bare handler
#[derive(Debug, Clone, PartialEq, Args)]
pub(crate) struct Traffic {
    /// What is measured: everything where nothing is named
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    only: Vec<Subject>,
    /// On which stores: on both where none is named
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    store: Vec<StoreKind>,
    /// How long each run is measured, after a second that is not
    #[arg(long, value_name = "SECONDS", default_value_t = Traffic::usual().seconds)]
    seconds: u64,
    /// How often everything is measured
    #[arg(long, value_name = "COUNT", default_value_t = Traffic::usual().rounds)]
    rounds: u64,
    /// How many connections ask at once
    #[arg(long, value_name = "COUNT", default_value_t = Traffic::usual().connections)]
    connections: usize,
    /// Over how many accounts purchases and questions are spread
    #[arg(long, value_name = "COUNT", default_value_t = Traffic::usual().accounts)]
    accounts: u64,
}

/// Something that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Subject {
    /// PostgreSQL's own benchmark, TPC-B
    Pgbench,
    /// Purchases, one a request
    Use,
    /// Purchases on one account
    Hot,
    /// Purchases, fifty a request
    Bulk,
    /// One caller alone who buys
    Lone,
    /// A handler that only answers, as long an answer as a line's
    Bare,
    /// Questions for a line
    Read,
    /// 70 % questions, 20 % purchases, 8 % payments, 2 % approvals
    Mix,
    /// Purchases and questions by 1 to 256 connections
    Curves,
    /// Purchases at fixed rates, whether or not answers keep up
    Open,
}

/// Where the books are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StoreKind {
    /// In a file
    Sqlite,
    /// In a PostgreSQL with default settings
    Postgres,
}

impl Traffic {
    /// The size that the targets are given for.
    pub(crate) fn usual() -> Traffic {
        Traffic {
            only: Vec::new(),
            store: Vec::new(),
            seconds: 5,
            rounds: 3,
            connections: 64,
            accounts: 10_000,
        }
    }

    /// Starts what is needed, measures, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        let stand = Stand::set_up(self);
        let runs = (0..self.rounds).flat_map(|round| self.round(&stand, round)).collect();
        let limits = if self.asks_for(Subject::Hot) { stand.limits(self.connections) } else { Vec::new() };
        let curves = if self.asks_for(Subject::Curves) { self.curves(&stand) } else { Vec::new() };
        let open = if self.asks_for(Subject::Open) { self.open(&stand) } else { Vec::new() };
        let results = Results::of(Setting::of(self), runs, limits, curves, open);
        stand.take_down();
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
        let picture = file.with_extension("svg");
        draw(&picture, &panels(&results));
    }

    fn asks_for(&self, subject: Subject) -> bool {
        self.only.is_empty() || self.only.contains(&subject)
    }

    fn has_store(&self, kind: StoreKind) -> bool {
        self.store.is_empty() || self.store.contains(&kind)
    }

    fn span(&self) -> Span {
        Span { warm_up: Duration::from_secs(1), measured: Duration::from_secs(self.seconds) }
    }

    /// Everything once: on SQLite, and then on PostgreSQL, which goes on writing what it was given.
    fn round(&self, stand: &Stand, round: u64) -> Vec<Run> {
        println!("round {} of {}", round + 1, self.rounds);
        let of_store =
            [Subject::Use, Subject::Hot, Subject::Bulk, Subject::Lone, Subject::Read, Subject::Mix];
        let parts: [(Option<StoreKind>, &[Subject]); 4] = [
            (None, &[Subject::Bare]),
            (Some(StoreKind::Sqlite), &of_store),
            (None, &[Subject::Pgbench]),
            (Some(StoreKind::Postgres), &of_store),
        ];
        let subjects =
            parts.into_iter().flat_map(|(store, part)| part.iter().map(move |subject| (store, *subject)));
        let asked = subjects.filter(|(_, subject)| self.asks_for(*subject));
        let runs =
            asked.filter_map(|(store, subject)| stand.measure(subject, store, self.connections, self.span()));
        let runs = runs.collect();
        stand.settle();
        runs
    }

    /// Purchases and questions by few and by many at once.
    fn curves(&self, stand: &Stand) -> Vec<Run> {
        println!("by 1 to 256 connections");
        let mut runs = Vec::new();
        for store in [StoreKind::Sqlite, StoreKind::Postgres] {
            for connections in CONCURRENCIES {
                let subjects = [Subject::Use, Subject::Read].into_iter();
                runs.extend(
                    subjects
                        .filter_map(|subject| stand.measure(subject, Some(store), connections, self.span())),
                );
            }
        }
        stand.settle();
        runs
    }

    /// Purchases at rates of which the last is near what the machine can do.
    fn open(&self, stand: &Stand) -> Vec<Run> {
        println!("at fixed rates");
        stand.at_rates(self.span())
    }

    /// Figures of another size are no figures to be committed.
    fn file(&self) -> PathBuf {
        if *self == Traffic::usual() {
            repository().join("tests/bench/traffic.json")
        } else {
            kept().join("traffic.json")
        }
    }
}
