//! What came of it: the middle of the rounds for each size, and how much more it is in the largest.

use super::house::Housed;
use super::{CONNECTIONS, Subject, by_each};
use crate::load::Taken;
use crate::machine::Machine;
use crate::plot::{Axis, Line, Panel, Scale};
use crate::ratio::{Ratio, Ratios, Wanted, divided};
use crate::setting::now;
use crate::table::{Table, thousands};
use crate::times::{brief_milliseconds, middle, milliseconds};
use crate::trade::PATIENCE;
use fiado_core::calendar::Instant;
use serde::Serialize;
use std::fmt;

/// The size whose start, memory and verification have bounds.
const LARGE: u64 = 1_000_000;

/// All that is kept.
#[derive(Serialize)]
pub(super) struct Results {
    benchmark: &'static str,
    measured_at: Instant,
    machine: Machine,
    seconds: u64,
    rounds: u64,
    stores: Vec<Housed>,
    medians: Vec<Median>,
    ratios: Vec<Ratio>,
    runs: Vec<Run>,
}

/// One run.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Run {
    pub(super) subject: Subject,
    pub(super) connections: usize,
    pub(super) accounts: u64,
    /// How long the disk took for a sync just before, in nanoseconds.
    pub(super) sync_ns: u64,
    #[serde(flatten)]
    pub(super) taken: Taken,
}

/// The middle of all runs of a kind over a store.
#[derive(Debug, Clone, Serialize)]
struct Median {
    subject: Subject,
    connections: usize,
    accounts: u64,
    per_second: u64,
    p50_ns: u64,
    p99_ns: u64,
    sync_ns: u64,
}

impl Results {
    pub(super) fn of(seconds: u64, rounds: u64, stores: Vec<Housed>, runs: Vec<Run>) -> Results {
        let sizes: Vec<u64> = stores.iter().map(|store| store.made.accounts).collect();
        let kinds = || [Subject::Use, Subject::Read].into_iter().flat_map(by_each);
        let medians: Vec<Median> = kinds()
            .flat_map(|(subject, connections)| {
                let runs = &runs;
                sizes.iter().map(move |accounts| median(runs, subject, connections, *accounts))
            })
            .collect();
        let ratios = ratios(&medians, &stores);
        Results {
            benchmark: "scale",
            measured_at: now(),
            machine: Machine::this(),
            seconds,
            rounds,
            stores,
            medians,
            ratios,
            runs,
        }
    }

    /// What purchases and questions take, and how much memory there is, by the number of accounts.
    pub(super) fn panels(&self) -> Vec<Panel> {
        let accounts = || Axis { name: "accounts", shown: thousands };
        let line = |(subject, connections): (Subject, usize)| {
            let points = of_kind(&self.medians, subject, connections);
            Line {
                name: format!("{subject}, {}", callers(connections)),
                points: points.map(|median| (median.accounts, (median.p50_ns / 1_000).max(1))).collect(),
            }
        };
        let memory = |store: &Housed| Some((store.made.accounts, store.resident_mb?));
        vec![
            Panel {
                title: "Latency by accounts, ten journal entries each (SQLite)".to_owned(),
                x: accounts(),
                y: Axis { name: "p50, milliseconds", shown: brief_milliseconds },
                scale: Scale::Tenfold,
                lines: [Subject::Use, Subject::Read].into_iter().flat_map(by_each).map(line).collect(),
            },
            Panel {
                title: "Memory in use by accounts".to_owned(),
                x: accounts(),
                y: Axis { name: "megabytes", shown: thousands },
                scale: Scale::Tenfold,
                lines: vec![Line {
                    name: "the server".to_owned(),
                    points: self.stores.iter().filter_map(memory).collect(),
                }],
            },
        ]
    }
}

fn of_kind(
    medians: &[Median],
    subject: Subject,
    connections: usize,
) -> impl DoubleEndedIterator<Item = &Median> {
    medians.iter().filter(move |median| (median.subject, median.connections) == (subject, connections))
}

fn median(runs: &[Run], subject: Subject, connections: usize, accounts: u64) -> Median {
    let kind = (subject, connections, accounts);
    let runs = || runs.iter().filter(|run| (run.subject, run.connections, run.accounts) == kind);
    let middle_of = |figure: fn(&Run) -> u64| middle(runs().map(figure)).unwrap();
    Median {
        subject,
        connections,
        accounts,
        per_second: middle_of(|run| run.taken.per_second),
        p50_ns: middle_of(|run| run.taken.p50_ns),
        p99_ns: middle_of(|run| run.taken.p99_ns),
        sync_ns: middle_of(|run| run.sync_ns),
    }
}

/// The largest store beside the smallest, and what is wanted of the largest alone.
fn ratios(medians: &[Median], stores: &[Housed]) -> Vec<Ratio> {
    const NAMES: [[&str; CONNECTIONS.len()]; 2] = [
        ["use, one caller alone: p50, largest / smallest", "use, 16 callers: p50, largest / smallest"],
        ["read, one caller alone: p50, largest / smallest", "read, 16 callers: p50, largest / smallest"],
    ];
    let mut ratios = Vec::new();
    for (names, subject) in NAMES.into_iter().zip([Subject::Use, Subject::Read]) {
        for (name, connections) in names.into_iter().zip(CONNECTIONS) {
            let mut of_kind = of_kind(medians, subject, connections);
            if let (Some(smallest), Some(largest)) = (of_kind.next(), of_kind.next_back()) {
                let value = divided(largest.p50_ns, smallest.p50_ns);
                ratios.push(Ratio::of(name, value, Wanted::AtMost(1.3)));
            }
        }
    }
    if let Some(large) = stores.iter().find(|store| store.made.accounts == LARGE) {
        let resident = large.resident_mb.map(|resident| ("memory in use, MB", divided(resident, 1), 300.0));
        let given_up = u64::try_from(PATIENCE.as_micros()).unwrap();
        let others = [
            ("start until it listens, seconds", divided(large.started_in_us, 1_000_000), 1.0),
            // At least as long as it was waited for.
            ("verify, seconds", divided(large.verified_in_us.unwrap_or(given_up), 1_000_000), 120.0),
        ];
        let bounds = others.into_iter().chain(resident);
        ratios.extend(bounds.map(|(what, value, most)| Ratio::of(what, value, Wanted::AtMost(most))));
    }
    ratios
}

fn callers(connections: usize) -> String {
    if connections == 1 { "one caller alone".to_owned() } else { format!("{connections} callers") }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Subject::Use => "use",
            Subject::Read => "GET …/credit",
        })
    }
}

/// What took longer than anybody waits.
fn longer() -> String {
    format!("> {}", PATIENCE.as_secs())
}

fn time(nanoseconds: u64) -> String {
    milliseconds(nanoseconds / 1_000)
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { subject, connections, accounts, sync_ns, taken } = self;
        write!(
            formatter,
            "{subject}, {}, over {} accounts: p50 {} ms, p99 {} ms, {} a second (sync {} ms)",
            callers(*connections),
            thousands(*accounts),
            time(taken.p50_ns),
            time(taken.p99_ns),
            thousands(taken.per_second),
            time(*sync_ns)
        )
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Results { machine, seconds, rounds, stores, medians, ratios, .. } = self;
        writeln!(formatter, "{machine}\n{rounds} rounds of {seconds} s each\n")?;
        let mut table = Table::new([
            "stores",
            "entries",
            "file, MB",
            "made in, s",
            "start, ms",
            "memory, MB",
            "verify, s",
        ]);
        for store in stores {
            table.add([
                format!("{} accounts", thousands(store.made.accounts)),
                thousands(store.made.entries),
                thousands(store.bytes / 1_000_000),
                thousands(store.made.seconds),
                milliseconds(store.started_in_us),
                store.resident_mb.map(thousands).unwrap_or_default(),
                store.verified_in_us.map_or_else(longer, |time| milliseconds(time / 1_000)),
            ]);
        }
        writeln!(formatter, "{table}")?;
        let mut table =
            Table::new(["medians, milliseconds", "accounts", "p50", "p99", "a second", "sync before"]);
        for median in medians {
            table.add([
                format!("{}, {}", median.subject, callers(median.connections)),
                thousands(median.accounts),
                time(median.p50_ns),
                time(median.p99_ns),
                thousands(median.per_second),
                time(median.sync_ns),
            ]);
        }
        writeln!(formatter, "{table}\n{}", Ratios(ratios))
    }
}
