//! On what was measured, and whether it was left alone meanwhile.

use crate::table::thousands;
use crate::times::{Bounds, Figures, many, milliseconds};
use fiado_tests::Caller;
use reqwest::Method;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long the machine is left alone before something is measured, at least and at most: what was answered
/// last is still being written behind its answers, and what is measured next shall not share the machine with
/// that.
const REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(30);
/// It is looked at for so long.
const LOOK: Duration = Duration::from_millis(250);
/// It is at rest where all its processors together do less than one part in so many of what they could.
const LITTLE: u64 = 20;

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

/// Has the machine keep all that is below this folder in its memory, as far as there is room. It may have
/// given that to others, or have put away what was not asked for in the last half minute, which a server that
/// is at work would have there: also of what is read first here, where reading all of it takes as long.
pub(crate) fn warm(folder: &Path) {
    (0..2).for_each(|_| read_all(folder));
}

fn read_all(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        // One that is gone by now is not wanted any more.
        if path.is_dir() {
            read_all(&path);
        } else if let Ok(mut file) = fs::File::open(&path) {
            io::copy(&mut file, &mut io::sink()).unwrap();
        }
    }
}

/// Waits until the machine is at rest, as far as it tells.
pub(crate) fn rest() {
    let begun = Instant::now();
    thread::sleep(REST);
    while begun.elapsed() < LONGEST_REST && !is_at_rest().unwrap_or(true) {}
}

fn is_at_rest() -> Option<bool> {
    let before = ticks()?;
    thread::sleep(LOOK);
    let after = ticks()?;
    let (idle, all) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
    Some(all.saturating_sub(idle) * LITTLE < all)
}

/// How much of their time the processors had nothing to do, and how much time there was.
fn ticks() -> Option<(u64, u64)> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let kinds: Vec<u64> =
        text.lines().next()?.split_whitespace().skip(1).map_while(|kind| kind.parse().ok()).collect();
    // In the order of proc(5): user, nice, system, idle; waiting for the disk is work here.
    Some((*kinds.get(3)?, kinds.iter().take(8).sum()))
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
