//! Schedules alone, `fiado/plans`, beside the same schedule written with decimal.js and `Date`: 12 parts
//! with interest, a month from one to the next, in Node and in headless Chromium.
//!
//! Both give the same figures and the same days, or nothing is measured. They take turns, so that both
//! meet the same machine; a call is too short for a browser's clock, so batches of calls are timed.

use crate::books::kept;
use crate::machine::Machine;
use crate::preview::build_package;
use crate::table::Table;
use clap::Args;
use fiado_tests::repository;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// How many times as fast as with decimal.js a schedule in numbers shall be.
const TARGET: f64 = 8.0;
/// The smallest run whose figures are committed.
const USUAL_BATCHES: u32 = 100;

/// Schedules alone by the npm package and with decimal.js, in Node and in Chromium
#[derive(Debug, Args)]
pub(crate) struct Plans {
    /// How many batches are timed
    #[arg(long, value_name = "COUNT", default_value_t = USUAL_BATCHES)]
    batches: u32,
    /// How many schedules a batch has
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    calls: u32,
}

impl Plans {
    /// The size that the target is given for.
    pub(crate) fn usual() -> Plans {
        Plans { batches: USUAL_BATCHES, calls: 1_000 }
    }

    /// Builds the package, measures both, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        build_package();
        let places = ["node", "chromium"].map(|place| self.run(place)).to_vec();
        let results = Results { benchmark: "plans", machine: Machine::this(), places };
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
    }

    fn run(&self, place: &str) -> Place {
        let script = repository().join("tests/bench/plans/run.js");
        let size = [self.batches.to_string(), self.calls.to_string()];
        let output = Command::new("node").arg(script).arg(place).args(size).output();
        let output = output.expect("Node 20 or later: https://nodejs.org");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{place}:\n{errors}\n`cargo xtask test browser` installs what is missing"
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Figures of a shorter run are no figures to be committed.
    fn file(&self) -> PathBuf {
        if self.batches >= USUAL_BATCHES {
            repository().join("tests/bench/plans.json")
        } else {
            fs::create_dir_all(kept()).unwrap();
            kept().join("plans.json")
        }
    }
}

/// What is kept of a run.
#[derive(Serialize)]
struct Results {
    benchmark: &'static str,
    machine: Machine,
    places: Vec<Place>,
}

/// What was measured in one program.
#[derive(Clone, Serialize, Deserialize)]
struct Place {
    program: String,
    measured: Vec<Measured>,
}

/// One kind of schedule, both ways.
#[derive(Clone, Serialize, Deserialize)]
struct Measured {
    what: String,
    fiado: Times,
    decimal: Times,
    /// By the medians.
    times_as_fast: f64,
}

/// Microseconds of one schedule, of all batches.
#[derive(Clone, Serialize, Deserialize)]
struct Times {
    median_us: f64,
    p95_us: f64,
}

impl Measured {
    /// What it is, for people.
    fn name(&self) -> &str {
        match self.what.as_str() {
            "numbers" => "in numbers alone",
            "objects" => "as objects, from words to dates",
            other => other,
        }
    }

    fn verdict(&self) -> &'static str {
        match self.what.as_str() {
            "numbers" if self.times_as_fast >= TARGET => "met",
            "numbers" => "MISSED",
            _ => "",
        }
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new([
            "microseconds a schedule",
            "fiado/plans",
            "p95",
            "decimal.js",
            "p95",
            "times as fast",
            "target",
            "",
        ]);
        for place in &self.places {
            for measured in &place.measured {
                let verdict = measured.verdict();
                let target = if verdict.is_empty() { String::new() } else { format!("{TARGET:.0}") };
                table.add([
                    format!("{}: {}", place.program, measured.name()),
                    format!("{:.1}", measured.fiado.median_us),
                    format!("{:.1}", measured.fiado.p95_us),
                    format!("{:.1}", measured.decimal.median_us),
                    format!("{:.1}", measured.decimal.p95_us),
                    format!("{:.1}", measured.times_as_fast),
                    target,
                    verdict.to_owned(),
                ]);
            }
        }
        writeln!(formatter, "{}\n12 parts with interest, a month apart\n\n{table}", self.machine)
    }
}
