//! How far an export or import is, told now and then to whoever waits for it.

use fiado_store::moving::Counts;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// How often it is told.
const PAUSE: Duration = Duration::from_secs(5);

/// Tells on a terminal, and nowhere else.
pub(super) struct Progress {
    start: Instant,
    told: Instant,
    is_seen: bool,
}

impl Progress {
    pub(super) fn start() -> Progress {
        let now = Instant::now();
        Progress { start: now, told: now, is_seen: io::stderr().is_terminal() }
    }

    /// Tells how far it is, unless it was told a moment ago.
    pub(super) fn tell(&mut self, counts: &Counts) {
        if self.is_seen && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            eprintln!("fiado: {} accounts, {} journal entries so far", counts.accounts, counts.entries);
        }
    }

    /// How long it took, for people.
    pub(super) fn took(&self) -> String {
        let took = self.start.elapsed();
        format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
    }
}

/// How much there was.
pub(super) fn told(counts: &Counts) -> String {
    let number =
        |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let rest = [
        number(counts.accounts, "account", "accounts"),
        number(counts.entries, "journal entry", "journal entries"),
        number(counts.refusals, "refusal", "refusals"),
        number(counts.answers, "remembered answer", "remembered answers"),
        number(counts.rules, "payment rule", "payment rules"),
        number(counts.keys, "key", "keys"),
    ];
    format!("{}, {}", number(counts.organizations, "organization", "organizations"), rest.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_told_as_one() {
        let counts = Counts { organizations: 1, accounts: 2, entries: 1, ..Counts::default() };
        assert_eq!(
            told(&counts),
            "1 organization, 2 accounts, 1 journal entry, 0 refusals, 0 remembered answers, 0 payment rules, 0 keys"
        );
    }
}
