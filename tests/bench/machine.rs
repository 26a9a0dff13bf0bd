//! On what was measured, and whether it was left alone meanwhile.

use crate::table::thousands;
use crate::times::{Bounds, Figures, many, milliseconds};
use fiado_tests::Caller;
use reqwest::Method;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::time::Duration;

/// A round trip without work is timed so often, which takes some milliseconds.
const PROBES: usize = 50;

/// The machine, as far as it tells.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    processor: String,
    processors: usize,
    memory_mb: u64,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Machine {
        let kilobytes = told("/proc/meminfo", "MemTotal").and_then(|size| number(&size));
        Machine {
            processor: told("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned()),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mb: kilobytes.unwrap_or_default() / 1024,
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Machine { processor, processors, memory_mb } = self;
        write!(formatter, "{processors} × {processor}, {} MB of memory", thousands(*memory_mb))
    }
}

/// How much memory a process has in use, in megabytes, where the system tells.
pub(crate) fn resident_mb(process: u32) -> Option<u64> {
    Some(number(&told(&format!("/proc/{process}/status"), "VmRSS")?)? / 1024)
}

/// The value of a line `name: value` in a file of Linux.
fn told(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim().to_owned())
}

/// The 123 of `123 kB`.
fn number(text: &str) -> Option<u64> {
    text.split(' ').next()?.parse().ok()
}

/// Round trips without work, timed again and again between what is measured; at least once. Where
/// they take longer than at other times, so does everything else.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Probes {
    medians_us: Vec<u64>,
}

impl Probes {
    /// Times `GET /health`; says the median in microseconds.
    pub(crate) fn probe(&mut self, caller: &Caller) -> u64 {
        let bounds = Bounds { repeats: PROBES, patience: Duration::from_secs(1) };
        let Figures { median_us, .. } = many(bounds, |_| {
            assert_eq!(caller.try_send(Method::GET, "/health", None).unwrap().status, 200);
        });
        self.medians_us.push(median_us);
        median_us
    }

    /// Whether one of them took more than twice as long as most.
    fn tell_of_others(&self) -> bool {
        let sorted = self.sorted();
        sorted[sorted.len() - 1] > 2 * sorted[sorted.len() / 2]
    }

    fn sorted(&self) -> Vec<u64> {
        let mut sorted = self.medians_us.clone();
        sorted.sort_unstable();
        sorted
    }
}

impl fmt::Display for Probes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.medians_us[0], self.medians_us[self.medians_us.len() - 1]);
        let sorted = self.sorted();
        write!(
            formatter,
            "GET /health took {} ms before, {} ms after, {} to {} ms between the questions",
            milliseconds(first),
            milliseconds(last),
            milliseconds(sorted[0]),
            milliseconds(sorted[sorted.len() - 1])
        )?;
        if self.tell_of_others() {
            write!(formatter, "\nDISTURBED: at times the machine was more than twice as slow as at others")?;
        }
        Ok(())
    }
}
