//! The steps of `cargo xtask test`, in order: what each says, which kinds need it, and what it
//! does.

use std::process::Command;

use crate::fiado;
use crate::openapi;
use crate::pkg;
use crate::shell;
use crate::test::kind::Kind;
use crate::test::tally::{Counts, Tally};
use crate::test::{browser, postgres, rust, schedules};
use crate::trouble::Outcome;
use crate::web;
use crate::workspace::Workspace;

/// One step. It is done when any of its kinds is wanted; when it cannot be done, none of them can.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) says: &'static str,
    pub(super) kinds: &'static [Kind],
    /// What is done, for the kinds among `kinds` that are wanted.
    pub(super) perform: fn(&Workspace, &[Kind]) -> Outcome<Counts>,
}

/// All steps. What fails fast comes first, and what others need before them.
pub(super) const STEPS: [Step; 11] = [
    Step {
        name: "format",
        says: "every file is written as rustfmt writes it",
        kinds: &[Kind::Checks],
        perform: |workspace, _| {
            shell::run(workspace.cargo().args(["fmt", "--all", "--check"])).map(|()| one_check())
        },
    },
    Step {
        name: "lints",
        says: "clippy has nothing to say about any crate",
        kinds: &[Kind::Checks],
        perform: |workspace, _| shell::run(&mut clippy(workspace)).map(|()| one_check()),
    },
    Step {
        name: "package",
        says: "the npm package is built from the crate fiado-wasm",
        kinds: &[Kind::Checks, Kind::Parity, Kind::Package, Kind::Browser],
        perform: |workspace, _| pkg::build(workspace).map(|()| one_check()),
    },
    Step {
        name: "console",
        says: "the approver's console is checked and built",
        kinds: &[Kind::Checks, Kind::Browser],
        perform: |workspace, _| web::build(workspace).map(|()| one_check()),
    },
    Step {
        name: "server",
        says: "the program fiado is built",
        kinds: &[Kind::Http, Kind::Vtex, Kind::Durability, Kind::Parity, Kind::Package, Kind::Browser],
        perform: |workspace, _| fiado::build_for_tests(workspace).map(|_| Counts::new()),
    },
    Step {
        name: "PostgreSQL",
        says: "there is a PostgreSQL to be tested with",
        kinds: &[Kind::Unit, Kind::Http],
        perform: |_, _| postgres::find_or_install().map(|()| Counts::new()),
    },
    Step {
        name: "Rust tests",
        says: "unit tests, laws, and the suites that see the server from outside",
        kinds: &[Kind::Unit, Kind::Http, Kind::Vtex, Kind::Durability, Kind::Parity],
        perform: rust::test,
    },
    Step {
        name: "schedules",
        says: "installments with interest are those of numpy-financial, before they are cut",
        kinds: &[Kind::Schedules],
        perform: |workspace, _| schedules::test(workspace),
    },
    Step {
        name: "documents",
        says: "the OpenAPI documents are what the server prints",
        kinds: &[Kind::Checks],
        perform: |workspace, _| openapi::check(workspace).map(|()| one_check()),
    },
    Step {
        name: "npm package",
        says: "the package, installed from its tarball in Node, in pages and in each bundler's project",
        kinds: &[Kind::Package],
        perform: |workspace, _| browser::test(workspace, Kind::Package, "package"),
    },
    Step {
        name: "pages",
        says: "the pages in headless Chromium",
        kinds: &[Kind::Browser],
        perform: |workspace, _| browser::test(workspace, Kind::Browser, "browser"),
    },
];

fn clippy(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    command
}

fn one_check() -> Counts {
    Counts::from([(Kind::Checks, Tally::ONE_PASSED)])
}
