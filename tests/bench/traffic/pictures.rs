//! The plots: by how many connections, and at which rates.

use super::results::{Results, Run};
use super::{StoreKind, Subject};
use crate::plot::{Axis, Line, Panel, Scale};
use crate::table::thousands;
use crate::times::brief_milliseconds;

/// The panels of a run, as far as it measured them.
pub(super) fn panels(results: &Results) -> Vec<Panel> {
    let connections = || Axis { name: "connections", shown: |figure| figure.to_string() };
    let rate = || Axis { name: "requests a second", shown: thousands };
    let latency = || Axis { name: "p99, milliseconds", shown: brief_milliseconds };
    vec![
        Panel {
            title: "Throughput by connections".to_owned(),
            x: connections(),
            y: rate(),
            scale: Scale::Doubling,
            lines: lines(&results.curves, |run| (run.connections as u64, run.speed.operations_per_second)),
        },
        Panel {
            title: "Latency by connections (99 in 100 are quicker)".to_owned(),
            x: connections(),
            y: latency(),
            scale: Scale::Doubling,
            lines: lines(&results.curves, |run| (run.connections as u64, p99_us(run))),
        },
        Panel {
            title: "Latency of purchases that fall due at a fixed rate, waiting included".to_owned(),
            x: rate(),
            y: latency(),
            scale: Scale::Even,
            lines: lines(&results.open, |run| (run.rate.unwrap_or_default(), p99_us(run))),
        },
    ]
}

/// A line for each subject and store.
fn lines(runs: &[Run], point: fn(&Run) -> (u64, u64)) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let name = name(run.subject, run.store);
        let known = lines.iter().position(|line| line.name == name);
        let at = known.unwrap_or_else(|| {
            lines.push(Line { name, points: Vec::new() });
            lines.len() - 1
        });
        lines[at].points.push(point(run));
    }
    lines
}

fn name(subject: Subject, store: Option<StoreKind>) -> String {
    // What all lines of a plot are about stands above it.
    let name = if subject == Subject::Open { "use".to_owned() } else { subject.to_string() };
    store.map_or_else(|| name.clone(), |store| format!("{name}, {store}"))
}

fn p99_us(run: &Run) -> u64 {
    run.speed.answers.as_ref().map_or(0, |taken| taken.p99_ns / 1_000).max(1)
}
