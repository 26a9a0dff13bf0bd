//! `cargo test`, and the reading of what it prints.

use std::ffi::OsString;
use std::path::Path;

use crate::fiado;
use crate::shell;
use crate::test::kind::Kind;
use crate::test::tally::{Counts, Tally};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;

/// The kinds that `cargo test` runs.
const KINDS: [Kind; 5] = [Kind::Unit, Kind::Http, Kind::Vtex, Kind::Durability, Kind::Parity];

/// Runs the wanted kinds and counts them.
pub(super) fn test(workspace: &Workspace, kinds: &[Kind]) -> Outcome<Counts> {
    let mut reading = Reading::default();
    for selection in selections(kinds) {
        let mut cargo = workspace.cargo();
        cargo
            .args(["test", "--workspace", "--no-fail-fast"])
            .args(selection)
            .env("FIADO_BIN", fiado::for_tests(workspace))
            .env("CARGO_TERM_COLOR", if shell::has_terminal() { "always" } else { "never" });
        let passed = shell::stream(&mut cargo, |line| reading.see(line))?;
        reading.end(passed).map_err(|()| Trouble::failed(format!("`{}` failed", shell::spoken(&cargo))))?;
    }
    Ok(reading.counts)
}

/// The options of each `cargo test` that the kinds need: one for all of them, or the units and the
/// named targets apart.
fn selections(kinds: &[Kind]) -> Vec<Vec<OsString>> {
    if KINDS.iter().all(|kind| kinds.contains(kind)) {
        return vec![Vec::new()];
    }
    let mut selections = Vec::new();
    if kinds.contains(&Kind::Unit) {
        selections.push(vec!["--exclude".into(), "fiado-tests".into()]);
    }
    let targets: Vec<OsString> = kinds
        .iter()
        .filter_map(|kind| kind.test_target())
        .flat_map(|target| ["--test".into(), target.into()])
        .collect();
    if !targets.is_empty() {
        selections.push(targets);
    }
    selections
}

/// What has been read of cargo's output so far.
#[derive(Default)]
struct Reading {
    counts: Counts,
    /// The kind of the test program that runs and has not reported yet.
    running: Option<Kind>,
}

impl Reading {
    fn see(&mut self, line: &str) {
        let line = without_colours(line);
        if let Some(kind) = started(&line) {
            self.end_program(None);
            self.running = Some(kind);
        } else if let Some(tally) = result(&line) {
            self.end_program(Some(tally));
        }
    }

    /// A test program that ends without a result has crashed, which no test of it says.
    fn end_program(&mut self, tally: Option<Tally>) {
        if let Some(kind) = self.running.take() {
            *self.counts.entry(kind).or_default() += tally.unwrap_or(Tally::ONE_FAILED);
        }
    }

    /// Ends the reading of one command. It is an error when the command failed and no test says
    /// why.
    fn end(&mut self, passed: bool) -> Result<(), ()> {
        self.end_program(None);
        let explained = self.counts.values().any(|tally| tally.failed > 0);
        if passed || explained { Ok(()) } else { Err(()) }
    }
}

/// The kind of the program that a line says is started:
/// `Running tests/http.rs (target/debug/deps/http-0123456789abcdef)` or `Doc-tests fiado_core`.
fn started(line: &str) -> Option<Kind> {
    let line = line.trim_start();
    if line.starts_with("Doc-tests ") {
        return Some(Kind::Unit);
    }
    let (_source, program) = line.strip_prefix("Running ")?.strip_suffix(')')?.rsplit_once(" (")?;
    let (name, _hash) = Path::new(program).file_name()?.to_str()?.rsplit_once('-')?;
    KINDS.into_iter().find(|kind| kind.test_target() == Some(name)).or(Some(Kind::Unit))
}

/// The numbers of `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out;
/// finished in 0.00s`.
fn result(line: &str) -> Option<Tally> {
    let (_verdict, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |name: &str| {
        numbers
            .split("; ")
            .filter_map(|part| part.split_once(' '))
            .find_map(|(number, word)| (word == name).then(|| number.parse().ok())?)
    };
    Some(Tally { passed: number("passed")?, failed: number("failed")?, skipped: number("ignored")? })
}

/// The line as it is without a terminal's colours: cargo colours its own words, which are the ones
/// read here.
fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_colour, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "   Compiling fiado-core v0.1.0
\u{1b}[1m\u{1b}[92m     Running\u{1b}[0m unittests src/lib.rs (target/debug/deps/fiado_core-6b1f5b3a)

running 2 tests
test money::tests::adds ... ok

test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running tests/http.rs (target/debug/deps/http-01234567)
test result: FAILED. 40 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 9.00s

     Running tests/parity.rs (target/debug/deps/parity-01234567)
error: test failed, to rerun pass `-p fiado-tests --test parity`
   Doc-tests fiado_core
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s
";

    #[test]
    fn counts_by_kind_and_a_crash_as_a_failure() {
        let mut reading = Reading::default();
        PRINTED.lines().for_each(|line| reading.see(line));
        assert_eq!(reading.end(false), Ok(()));
        let expected = [
            (Kind::Unit, Tally { passed: 3, failed: 0, skipped: 0 }),
            (Kind::Http, Tally { passed: 40, failed: 1, skipped: 2 }),
            (Kind::Parity, Tally::ONE_FAILED),
        ];
        assert_eq!(reading.counts, Counts::from(expected));
    }

    #[test]
    fn a_failure_that_no_test_explains_is_an_error() {
        let mut reading = Reading::default();
        reading.see("error: could not compile `fiado-core`");
        assert_eq!(reading.end(false), Err(()));
        assert_eq!(reading.end(true), Ok(()));
    }

    #[test]
    fn selects_what_the_kinds_need() {
        for (kinds, expected) in [
            (KINDS.as_slice(), vec![vec![]]),
            (&[Kind::Unit], vec![vec!["--exclude", "fiado-tests"]]),
            (&[Kind::Http, Kind::Parity], vec![vec!["--test", "http", "--test", "parity"]]),
            (&[Kind::Unit, Kind::Http], vec![vec!["--exclude", "fiado-tests"], vec!["--test", "http"]]),
        ] {
            assert_eq!(selections(kinds), expected, "{kinds:?}");
        }
    }
}
