//! Previews in the browser's build, in Node and in headless Chromium: 12 plans with 78 parts, in
//! numbers alone, with every plan as an object, with every text and hash, and as one wide call.
//!
//! A call is too short for a browser's clock, so batches of calls are timed.

use crate::books::kept;
use crate::machine::Machine;
use crate::table::Table;
use clap::Args;
use fiado_tests::repository;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What one preview in numbers may take, in microseconds.
const TARGET_US: f64 = 100.0;
/// How long after a script's start its first preview may be there, in milliseconds.
const FIRST_TARGET_MS: f64 = 30.0;
/// The smallest run whose figures are committed.
const USUAL_BATCHES: u32 = 200;

/// Previews by the npm package, in Node and in Chromium
#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// How many batches are timed
    #[arg(long, value_name = "COUNT", default_value_t = USUAL_BATCHES)]
    batches: u32,
    /// How many previews a batch has
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    calls: u32,
}

impl Preview {
    /// The size that the target is given for.
    pub(crate) fn usual() -> Preview {
        Preview { batches: USUAL_BATCHES, calls: 100 }
    }

    /// Builds the package, measures it in both, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        build_package();
        let places = ["node", "chromium"].map(|place| self.run(place)).to_vec();
        let results = Results { benchmark: "preview", machine: Machine::this(), places };
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
    }

    fn run(&self, place: &str) -> Place {
        let script = repository().join("tests/bench/preview/run.js");
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
            repository().join("tests/bench/preview.json")
        } else {
            fs::create_dir_all(kept()).unwrap();
            kept().join("preview.json")
        }
    }
}

/// Builds the npm package as it is published.
pub(crate) fn build_package() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["xtask", "pkg"]).current_dir(repository()).status().unwrap();
    assert!(status.success(), "the npm package cannot be built with `cargo xtask pkg`");
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
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<First>,
}

/// Milliseconds from a script's start to its first preview, in pages that have seen nothing; Node has none.
#[derive(Clone, Serialize, Deserialize)]
struct First {
    median_ms: f64,
    worst_ms: f64,
    /// The median from before the script is asked for: with its request, over loopback.
    fetched_ms: f64,
}

/// Microseconds of one preview, of all batches.
#[derive(Clone, Serialize, Deserialize)]
struct Measured {
    what: String,
    median_us: f64,
    p95_us: f64,
    worst_us: f64,
}

impl Measured {
    /// What it is, for people.
    fn name(&self) -> &str {
        match self.what.as_str() {
            "flat" => "numbers alone",
            "plans" => "with 12 plans as objects",
            "everything" => "with every text and hash",
            "wide" => "one wide call, snapshot read anew",
            other => other,
        }
    }

    fn verdict(&self) -> &'static str {
        match self.what.as_str() {
            "flat" if self.p95_us < TARGET_US => "met",
            "flat" => "MISSED",
            _ => "",
        }
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(["microseconds a preview", "median", "p95", "worst", "target", ""]);
        for place in &self.places {
            for measured in &place.measured {
                let verdict = measured.verdict();
                let target = if verdict.is_empty() { String::new() } else { format!("{TARGET_US:.0}") };
                table.add([
                    format!("{}: {}", place.program, measured.name()),
                    format!("{:.1}", measured.median_us),
                    format!("{:.1}", measured.p95_us),
                    format!("{:.1}", measured.worst_us),
                    target,
                    verdict.to_owned(),
                ]);
            }
        }
        writeln!(formatter, "{}\n12 plans with 78 parts\n\n{table}", self.machine)?;
        for place in &self.places {
            let Some(First { median_ms, worst_ms, fetched_ms }) = place.first else { continue };
            let verdict = if median_ms <= FIRST_TARGET_MS { "met" } else { "MISSED" };
            writeln!(
                formatter,
                "{}: the first preview {median_ms:.1} ms after the script's start (worst {worst_ms:.1}), target {FIRST_TARGET_MS:.0}: {verdict}; {fetched_ms:.1} ms with its request",
                place.program
            )?;
        }
        Ok(())
    }
}
