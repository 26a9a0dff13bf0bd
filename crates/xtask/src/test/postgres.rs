//! PostgreSQL, which the store's tests start clusters of their own of.

use std::env;
use std::fs;

use crate::install;
use crate::trouble::{Outcome, Trouble};

/// Names a server to use instead; the tests read the same variable.
const VARIABLE: &str = "FIADO_TEST_POSTGRES";

/// Where Debian keeps the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// Makes sure that there is a PostgreSQL to start, or that one is named.
pub(super) fn find_or_install() -> Outcome {
    if is_there() {
        return Ok(());
    }
    install::debian_packages("PostgreSQL is not installed", &["postgresql"])?;
    if is_there() {
        return Ok(());
    }
    Err(Trouble::missing("Debian's package postgresql is installed, but has no program `initdb`"))
}

fn is_there() -> bool {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    env::var_os(VARIABLE).is_some()
        || install::find_program("initdb").is_some()
        || versions.map(|version| version.path().join("bin/initdb")).any(|initdb| initdb.is_file())
}
