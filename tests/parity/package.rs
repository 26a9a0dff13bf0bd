//! The built package in Node, asked line by line: neither side waits for the whole of the other.

use serde_json::Value;
use std::io::{BufRead, BufReader, BufWriter, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The package, answering in digests.
pub(crate) struct Package {
    node: Child,
    digests: Lines<BufReader<ChildStdout>>,
}

/// Where it is asked.
pub(crate) struct Questions(BufWriter<ChildStdin>);

impl Package {
    /// Builds the package where it is not fresh, and starts it.
    pub(crate) fn start() -> (Package, Questions) {
        build();
        let mut node = node().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(NEEDED);
        let questions = Questions(BufWriter::new(node.stdin.take().unwrap()));
        let digests = BufReader::new(node.stdout.take().unwrap()).lines();
        (Package { node, digests }, questions)
    }

    /// The digest of its next answer, in the order of the questions.
    pub(crate) fn digest(&mut self) -> String {
        self.digests.next().expect("an answer is missing").unwrap()
    }

    /// Ends it: no answer is left, and nothing went wrong.
    pub(crate) fn end(mut self) {
        assert!(self.digests.next().is_none(), "an answer too many");
        assert!(self.node.wait().unwrap().success(), "the package could not be asked");
    }
}

impl Questions {
    /// Asks. Where Node has gone, whoever waits for its answer says so.
    pub(crate) fn ask(&mut self, line: &str) {
        let _ = writeln!(self.0, "{line}");
    }
}

/// The whole answer to one line.
pub(crate) fn answer(line: &str) -> Value {
    let mut node =
        node().arg("--answers").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(NEEDED);
    writeln!(node.stdin.take().unwrap(), "{line}").unwrap();
    let output = node.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

const NEEDED: &str = "parity needs Node 20 or later: https://nodejs.org";

fn node() -> Command {
    let mut node = Command::new("node");
    node.arg(in_this_crate("parity/run.mjs"));
    node
}

/// Does nothing when the package is made of the sources as they are: an old one would be compared
/// with a new engine.
pub(crate) fn build() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output =
        Command::new(cargo).args(["xtask", "pkg"]).current_dir(in_this_crate("..")).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the npm package cannot be built with `cargo xtask pkg`:\n{errors}");
}

fn in_this_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
