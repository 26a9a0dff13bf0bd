//! The built package in Node.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the package answers to each case.
pub(crate) fn answers(cases: impl Iterator<Item = String>) -> Vec<Value> {
    build();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.jsonl");
    fs::write(&file, cases.collect::<Vec<String>>().join("\n")).unwrap();

    let output = Command::new("node")
        .arg(in_this_crate("parity/run.mjs"))
        .arg(&file)
        .output()
        .expect("parity needs Node 20 or later: https://nodejs.org");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the package could not be asked:\n{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Does nothing when the package is made of the sources as they are: an old one would be compared
/// with a new engine.
fn build() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output =
        Command::new(cargo).args(["xtask", "pkg"]).current_dir(in_this_crate("..")).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the npm package cannot be built with `cargo xtask pkg`:\n{errors}");
}

fn in_this_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
