//! Tests that run in Node: the files `*.test.js` of a folder of tests/.

use std::path::{Path, PathBuf};

use crate::fiado;
use crate::node;
use crate::shell;
use crate::test::kind::Kind;
use crate::test::tally::{Counts, Tally};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::{self, Workspace};

/// How long one file may take, in milliseconds: a test that hangs is a failure and not a wait.
const FILE_LIMIT: &str = "--test-timeout=300000";

/// Runs a folder's tests, with some more environment variables, and counts them as one kind.
pub(super) fn test(
    workspace: &Workspace,
    kind: Kind,
    folder: &str,
    environment: &[(&str, &Path)],
) -> Outcome<Counts> {
    node::install_locked(&workspace.path("tests"))?;
    let results = workspace.built("xtask").join(folder).with_extension("tap");
    workspace::write(&results, "")?;

    let mut command = workspace.in_root("node");
    command
        .args(["--test", "--test-concurrency=1", FILE_LIMIT])
        // One reporter for people, and one that says the same thing in every version of Node.
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", results.display()))
        .args(test_files(&workspace.path("tests").join(folder))?)
        .env("FIADO_BIN", fiado::for_tests(workspace))
        .envs(environment.iter().copied());
    let ended = shell::run(&mut command);
    let tally = summary(&workspace::read(&results)?);
    match ended {
        Err(trouble) if tally.failed == 0 => Err(trouble),
        _ => Ok(Counts::from([(kind, tally)])),
    }
}

fn test_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = workspace::files_in(folder)?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    if files.is_empty() {
        return Err(Trouble::failed(format!("{} holds no file that ends in .test.js", folder.display())));
    }
    Ok(files)
}

/// The summary at the end of TAP output: lines such as `# pass 12`.
fn summary(results: &str) -> Tally {
    let number = |name: &str| -> usize {
        let mut last_first =
            results.lines().rev().filter_map(|line| line.strip_prefix("# ")?.split_once(' '));
        last_first.find(|(word, _)| *word == name).and_then(|(_, number)| number.parse().ok()).unwrap_or(0)
    };
    Tally {
        passed: number("pass"),
        failed: number("fail") + number("cancelled"),
        skipped: number("skipped") + number("todo"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_summary() {
        let results = "\
TAP version 13
# pass 100
ok 1 - adds up
1..1
# tests 9
# suites 0
# pass 4
# fail 1
# cancelled 1
# skipped 2
# todo 1
# duration_ms 12.5
";
        assert_eq!(summary(results), Tally { passed: 4, failed: 2, skipped: 3 });
        assert_eq!(summary(""), Tally::default());
    }
}
