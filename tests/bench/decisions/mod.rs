//! What one decision takes without any server: the core and the words on the wire, each by itself, by
//! criterion.

mod desk;

use crate::books::kept;
use crate::machine::Machine;
use crate::setting::now;
use crate::table::{Table, thousands};
use clap::Args;
use criterion::Criterion;
use desk::Desk;
use fiado_core::calendar::Instant;
use fiado_tests::repository;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What one decision takes without any server
#[derive(Debug, Args)]
pub(crate) struct Decisions {
    /// How long each is measured
    #[arg(long, value_name = "SECONDS", default_value_t = Decisions::usual().seconds)]
    seconds: u64,
}

impl Decisions {
    /// As long as the figures need that are kept.
    pub(crate) fn usual() -> Decisions {
        Decisions { seconds: 3 }
    }

    /// Measures all of them, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        let folder = kept().join("criterion");
        fs::create_dir_all(&folder).unwrap();
        let mut criterion = Criterion::default()
            .output_directory(&folder)
            .without_plots()
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(self.seconds));
        let desk = Desk::open();
        let measured = desk.subjects().into_iter().map(|subject| {
            criterion.bench_function(subject.name, |bencher| bencher.iter(|| (subject.once)()));
            Measured::read(&folder, subject.name)
        });
        let measured = measured.collect();
        let results = Results { benchmark: "core", measured_at: now(), machine: Machine::this(), measured };
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
    }

    /// Figures of a shorter run are no figures to be committed.
    fn file(&self) -> PathBuf {
        if self.seconds >= Decisions::usual().seconds {
            repository().join("tests/bench/core.json")
        } else {
            kept().join("core.json")
        }
    }
}

/// Something that is done again and again.
pub(crate) struct Subject<'a> {
    name: &'static str,
    once: Box<dyn Fn() + 'a>,
}

/// What is kept of a run.
#[derive(Serialize)]
struct Results {
    benchmark: &'static str,
    measured_at: Instant,
    machine: Machine,
    measured: Vec<Measured>,
}

/// What came of one, in nanoseconds.
#[derive(Serialize)]
struct Measured {
    what: &'static str,
    median_ns: f64,
    /// Between these the median lies, at 95 %.
    least_ns: f64,
    most_ns: f64,
}

/// What criterion writes of a run.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
    confidence_interval: Interval,
}

#[derive(Deserialize)]
struct Interval {
    lower_bound: f64,
    upper_bound: f64,
}

impl Measured {
    fn read(folder: &Path, what: &'static str) -> Measured {
        let file = folder.join(what).join("new/estimates.json");
        let Estimates { median } = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let Interval { lower_bound, upper_bound } = median.confidence_interval;
        Measured { what, median_ns: median.point_estimate, least_ns: lower_bound, most_ns: upper_bound }
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(["nanoseconds", "median", "95 % between", "and"]);
        let whole = |figure: f64| thousands(figure.round() as u64);
        for Measured { what, median_ns, least_ns, most_ns } in &self.measured {
            table.add([(*what).to_owned(), whole(*median_ns), whole(*least_ns), whole(*most_ns)]);
        }
        writeln!(formatter, "{}\none thread\n\n{table}", self.machine)
    }
}
