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

/// Round trips without work, timed again and again between what is measured. Where they take
/// longer than at other times, so does everything else.
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

    /// Whether the machine was at times half as slow again as at others.
    fn was_disturbed(&self) -> bool {
        let (least, most) = self.extremes();
        most > least + least / 2
    }

    fn extremes(&self) -> (u64, u64) {
        let medians = || self.medians_us.iter().copied();
        (medians().min().unwrap_or_default(), medians().max().unwrap_or_default())
    }
}

impl fmt::Display for Probes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |median: Option<&u64>| milliseconds(median.copied().unwrap_or_default());
        let (least, most) = self.extremes();
        write!(
            formatter,
            "GET /health took {} ms before, {} ms after, {} to {} ms in between",
            end(self.medians_us.first()),
            end(self.medians_us.last()),
            milliseconds(least),
            milliseconds(most)
        )?;
        if self.was_disturbed() {
            write!(formatter, ": DISTURBED, something else was using this machine")?;
        }
        Ok(())
    }
}
