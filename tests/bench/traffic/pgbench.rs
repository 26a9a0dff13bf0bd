//! PostgreSQL's own benchmark, TPC-B, on the PostgreSQL that is measured: three updates, a question and
//! an insertion a transaction, each a round trip.

use super::results::Speed;
use fiado_tests::postgres::{Database, program};
use std::process::Stdio;
use std::time::Duration;

/// How many branches there are; a hundred thousand accounts each.
const SCALE: &str = "20";

/// A database with pgbench's tables in it.
pub(super) struct Pgbench(Database);

impl Pgbench {
    /// How many clients there are.
    pub(super) const CLIENTS: usize = 16;

    /// Makes the tables.
    pub(super) fn on(database: Database) -> Pgbench {
        println!("making the tables of pgbench");
        let pgbench = Pgbench(database);
        pgbench.say(&["--initialize", "--scale", SCALE]);
        pgbench
    }

    /// Runs it so long.
    pub(super) fn run(&self, time: Duration) -> Speed {
        let (clients, seconds) = (Pgbench::CLIENTS.to_string(), time.as_secs().to_string());
        let said = self.say(&["--protocol", "prepared", "--client", &clients, "--time", &seconds]);
        let rate = figure(&said, "tps = ").and_then(|rate| rate.split('.').next()?.parse().ok());
        let failed = figure(&said, "number of failed transactions: ");
        let is_sound = failed.is_none_or(|failed| failed == "0");
        Speed { operations_per_second: rate.unwrap_or_else(|| panic!("{said}")), is_sound, answers: None }
    }

    fn say(&self, arguments: &[&str]) -> String {
        let ran = program("pgbench").args(arguments).arg(self.0.url()).stdin(Stdio::null()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }
}

/// The word behind a name.
fn figure<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    let line = said.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()
}
