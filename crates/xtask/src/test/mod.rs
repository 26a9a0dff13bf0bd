//! Everything the project promises, checked step by step, and counted by kind.
//!
//! A step that cannot be done costs the kinds that need it and no others. Nothing is skipped
//! silently: what the machine lacks is named with the command that installs it, and with CI=true it
//! is a failure.

mod browser;
mod kind;
mod node;
mod postgres;
mod report;
mod rust;
mod schedules;
mod step;
mod tally;

use std::env;
use std::process::ExitCode;
use std::time::Instant;

pub(crate) use crate::test::kind::Kind;
use crate::test::report::Report;
use crate::test::step::{STEPS, Step};
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Runs the named kinds, or all. The last line printed is `N passed, N failed, N skipped`.
pub(crate) fn test(workspace: &Workspace, kinds: &[Kind]) -> Outcome<ExitCode> {
    let mut report = Report::new(if kinds.is_empty() { &Kind::ALL } else { kinds }, in_ci());
    for step in &STEPS {
        let kinds = report.still_running(step.kinds);
        if !kinds.is_empty() {
            perform(step, workspace, &kinds, &mut report);
        }
    }
    report.close();
    print!("{report}");
    Ok(if report.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn perform(step: &Step, workspace: &Workspace, kinds: &[Kind], report: &mut Report) {
    println!("\n==> {}: {}", step.name, step.says);
    let started = Instant::now();
    let result = (step.perform)(workspace, kinds);
    let seconds = started.elapsed().as_secs_f32();
    match result {
        Ok(counts) => {
            println!("==> {} took {seconds:.1} s", step.name);
            report.count(kinds, &counts);
        }
        Err(trouble) => {
            println!("==> {} stopped after {seconds:.1} s: {trouble}", step.name);
            report.note(step.name, kinds, &trouble);
        }
    }
}

/// Every service that runs tests for a project sets CI.
fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}
