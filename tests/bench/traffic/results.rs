//! What came of it all: the middle of the rounds, how it compares, and what is kept.

use super::limit::Limit;
use super::{StoreKind, Subject, Traffic};
use crate::load::Taken;
use crate::machine::Machine;
use crate::ratio::{Ratio, Ratios, Wanted, divided};
use crate::setting::now;
use crate::table::{Table, thousands};
use crate::times::{middle, milliseconds};
use fiado_core::calendar::Instant;
use serde::Serialize;
use std::fmt;

/// A probe of the disk that took so many times as long as most marks its run as throttled.
const THROTTLED: u64 = 2;

/// All that is kept.
#[derive(Serialize)]
pub(super) struct Results {
    benchmark: &'static str,
    #[serde(flatten)]
    setting: Setting,
    /// The middle of all probes of the disk, in nanoseconds.
    usual_sync_ns: u64,
    medians: Vec<Median>,
    ratios: Vec<Ratio>,
    limits: Vec<Limit>,
    /// By how many connections.
    pub(super) curves: Vec<Run>,
    /// At which rates.
    pub(super) open: Vec<Run>,
    runs: Vec<Run>,
}

/// Where and how it was measured.
#[derive(Serialize)]
pub(super) struct Setting {
    measured_at: Instant,
    machine: Machine,
    seconds: u64,
    rounds: u64,
    accounts: u64,
}

/// One run.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Run {
    pub(super) subject: Subject,
    /// The store, where it is about one.
    pub(super) store: Option<StoreKind>,
    pub(super) connections: usize,
    /// How long the disk took for a sync just before, in nanoseconds.
    pub(super) sync_ns: u64,
    /// Whether that was much longer than usual.
    pub(super) throttled: bool,
    /// At which rate requests fell due, where they did not wait for answers.
    pub(super) rate: Option<u64>,
    #[serde(flatten)]
    pub(super) speed: Speed,
}

/// How fast something was.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Speed {
    /// What was done in a second: operations, where a request asks for many.
    pub(super) operations_per_second: u64,
    /// Whether everything was answered as it had to be.
    pub(super) is_sound: bool,
    /// The answers, where we have asked ourselves.
    pub(super) answers: Option<Taken>,
}

/// The middle of all runs of a kind.
#[derive(Debug, Clone, Serialize)]
struct Median {
    subject: Subject,
    store: Option<StoreKind>,
    connections: usize,
    operations_per_second: u64,
    p50_ns: Option<u64>,
    p95_ns: Option<u64>,
    p99_ns: Option<u64>,
    /// The longest of all runs.
    worst_ns: Option<u64>,
    /// What the disk took for a sync before these runs.
    sync_ns: u64,
}

impl Setting {
    pub(super) fn of(traffic: &Traffic) -> Setting {
        let Traffic { seconds, rounds, accounts, .. } = *traffic;
        Setting { measured_at: now(), machine: Machine::this(), seconds, rounds, accounts }
    }
}

impl Speed {
    /// Of requests that ask for one thing each.
    pub(super) fn of(taken: Taken) -> Speed {
        Speed::of_many(taken, 1)
    }

    /// Of requests that ask for so many things each.
    pub(super) fn of_many(taken: Taken, operations: u64) -> Speed {
        Speed {
            operations_per_second: taken.per_second * operations,
            is_sound: taken.is_sound(),
            answers: Some(taken),
        }
    }
}

impl Results {
    pub(super) fn of(
        setting: Setting,
        mut runs: Vec<Run>,
        limits: Vec<Limit>,
        mut curves: Vec<Run>,
        mut open: Vec<Run>,
    ) -> Results {
        let syncs = [&runs, &curves, &open].into_iter().flatten().map(|run| run.sync_ns);
        let usual_sync_ns = middle(syncs).unwrap_or_default();
        for run in [&mut runs, &mut curves, &mut open].into_iter().flatten() {
            run.throttled = run.sync_ns > THROTTLED * usual_sync_ns;
        }
        let medians = medians(&runs);
        let ratios = ratios(&medians);
        Results { benchmark: "traffic", setting, usual_sync_ns, medians, ratios, limits, curves, open, runs }
    }

    fn all_runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().chain(&self.curves).chain(&self.open)
    }
}

/// The middle of each kind of run, in the order they were measured in.
fn medians(runs: &[Run]) -> Vec<Median> {
    let mut kinds: Vec<(Subject, Option<StoreKind>)> = Vec::new();
    for run in runs {
        if !kinds.contains(&(run.subject, run.store)) {
            kinds.push((run.subject, run.store));
        }
    }
    let of_kind = |(subject, store)| {
        let of_kind: Vec<&Run> =
            runs.iter().filter(|run| (run.subject, run.store) == (subject, store)).collect();
        let free: Vec<&Run> = of_kind.iter().copied().filter(|run| !run.throttled).collect();
        median(if free.is_empty() { &of_kind } else { &free })
    };
    kinds.into_iter().map(of_kind).collect()
}

fn median(runs: &[&Run]) -> Median {
    let answers = || runs.iter().filter_map(|run| run.speed.answers.as_ref());
    Median {
        subject: runs[0].subject,
        store: runs[0].store,
        connections: runs[0].connections,
        operations_per_second: middle(runs.iter().map(|run| run.speed.operations_per_second)).unwrap(),
        p50_ns: middle(answers().map(|taken| taken.p50_ns)),
        p95_ns: middle(answers().map(|taken| taken.p95_ns)),
        p99_ns: middle(answers().map(|taken| taken.p99_ns)),
        worst_ns: answers().map(|taken| taken.worst_ns).max(),
        sync_ns: middle(runs.iter().map(|run| run.sync_ns)).unwrap(),
    }
}

/// What was wanted, as far as it was measured.
fn ratios(medians: &[Median]) -> Vec<Ratio> {
    use StoreKind::{Postgres, Sqlite};
    use Subject::{Bare, Bulk, Hot, Lone, Pgbench, Read, Use};
    use Wanted::{AtLeast, AtMost};
    let find = |subject, store| {
        medians.iter().find(|median: &&Median| (median.subject, median.store) == (subject, store))
    };
    let rate = |subject, store| find(subject, store).map(|median| median.operations_per_second);
    let of = |what, one: Option<u64>, other: Option<u64>, wanted| {
        Some(Ratio::of(what, divided(one?, other?), wanted))
    };
    let pgbench = rate(Pgbench, None);
    let lone = find(Lone, Some(Sqlite));
    let all = [
        of("use on SQLite / pgbench", rate(Use, Some(Sqlite)), pgbench, AtLeast(5.0)),
        of("use on PostgreSQL / pgbench", rate(Use, Some(Postgres)), pgbench, AtLeast(3.0)),
        of("bulk on SQLite / pgbench", rate(Bulk, Some(Sqlite)), pgbench, AtLeast(30.0)),
        of(
            "use on SQLite, p99 in milliseconds",
            find(Use, Some(Sqlite)).and_then(|median| median.p99_ns),
            Some(1_000_000),
            AtMost(25.0),
        ),
        of(
            "one caller alone on SQLite, p50 / sync",
            lone.and_then(|median| median.p50_ns),
            lone.map(|median| median.sync_ns),
            AtMost(3.0),
        ),
        of("reads on SQLite / bare handler", rate(Read, Some(Sqlite)), rate(Bare, None), AtLeast(0.5)),
        of("hot account / many, SQLite", rate(Hot, Some(Sqlite)), rate(Use, Some(Sqlite)), AtLeast(0.7)),
        of(
            "hot account / many, PostgreSQL",
            rate(Hot, Some(Postgres)),
            rate(Use, Some(Postgres)),
            AtLeast(0.7),
        ),
    ];
    all.into_iter().flatten().collect()
}

impl fmt::Display for StoreKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            StoreKind::Sqlite => "SQLite",
            StoreKind::Postgres => "PostgreSQL",
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Subject::Pgbench => "pgbench (TPC-B)",
            Subject::Use => "use",
            Subject::Hot => "use, one account",
            Subject::Bulk => "use, 50 a request",
            Subject::Lone => "use, one caller alone",
            Subject::Bare => "bare axum handler",
            Subject::Read => "GET …/credit",
            Subject::Mix => "70 % reads, 20 % use, 8 % payment, 2 % approvals",
            Subject::Curves => "by connections",
            Subject::Open => "use, at a fixed rate",
        })
    }
}

/// Nanoseconds as people read them: milliseconds.
fn time(nanoseconds: Option<u64>) -> String {
    nanoseconds.map(|time| milliseconds(time / 1_000)).unwrap_or_default()
}

fn store(kind: Option<StoreKind>) -> String {
    kind.map(|kind| kind.to_string()).unwrap_or_default()
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { subject, connections, sync_ns, speed, .. } = self;
        write!(formatter, "{subject}")?;
        if let Some(store) = self.store {
            write!(formatter, " on {store}")?;
        }
        if let Some(rate) = self.rate {
            write!(formatter, " of {} a second", thousands(rate))?;
        }
        let rate = thousands(speed.operations_per_second);
        write!(formatter, ", {connections} connections: {rate} a second")?;
        if let Some(Taken { p50_ns, p99_ns, .. }) = speed.answers {
            write!(formatter, ", p50 {} ms, p99 {} ms", time(Some(p50_ns)), time(Some(p99_ns)))?;
        }
        write!(formatter, " (sync {} ms)", time(Some(*sync_ns)))?;
        if !speed.is_sound {
            let trouble = speed.answers.as_ref().and_then(|taken| taken.first_trouble.as_deref());
            write!(formatter, "\n  WRONG: {}", trouble.unwrap_or("not everything was done"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Setting { machine, seconds, rounds, accounts, .. } = &self.setting;
        writeln!(formatter, "{machine}")?;
        writeln!(
            formatter,
            "{rounds} rounds of {seconds} s each, over {} accounts; milliseconds\n",
            thousands(*accounts)
        )?;
        let headings =
            ["medians", "store", "connections", "a second", "p50", "p95", "p99", "worst", "sync before"];
        let mut table = Table::new(headings);
        for median in &self.medians {
            table.add([
                median.subject.to_string(),
                store(median.store),
                median.connections.to_string(),
                thousands(median.operations_per_second),
                time(median.p50_ns),
                time(median.p95_ns),
                time(median.p99_ns),
                time(median.worst_ns),
                time(Some(median.sync_ns)),
            ]);
        }
        writeln!(formatter, "{table}")?;
        self.compare(formatter)?;
        self.tell_of_trouble(formatter)
    }
}

impl Results {
    fn compare(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", Ratios(&self.ratios))?;
        for limit in &self.limits {
            writeln!(formatter, "{limit}: {}", if limit.is_exact() { "met" } else { "MISSED" })?;
        }
        Ok(())
    }

    fn tell_of_trouble(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, throttled) = (self.all_runs().count(), self.all_runs().filter(|run| run.throttled).count());
        if throttled > 0 {
            let usual = time(Some(self.usual_sync_ns));
            writeln!(
                formatter,
                "THROTTLED: before {throttled} of {all} runs a sync took more than twice the usual {usual} ms"
            )?;
        }
        for run in self.all_runs().filter(|run| !run.speed.is_sound) {
            writeln!(formatter, "NOT SOUND: {run}")?;
        }
        Ok(())
    }
}
