use super::replay::Replay;
use super::{Fault, Figure, Finding};
use fiado_core::account::{Book, LedgerAccount, StatementLine};
use fiado_core::money::{Amount, Balance};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Reports where an account and its rows are not what their journal makes of them, and where the
/// figures that must agree do not.
pub(super) fn compare(stored: &Book, replay: &Replay, find: &mut dyn FnMut(Finding)) {
    let replayed = &replay.book;
    if stored.account.life != replayed.account.life {
        find(Finding::StandingDiffers);
    }
    for (one, other) in equal_figures(stored, replay) {
        if one.minor != other.minor {
            find(Finding::Unequal(one, other));
        }
    }
    let rungs = |book: &Book| book.account.ladder.rungs().collect::<BTreeMap<_, _>>();
    compare_rows("what is owed for", &rungs(stored), &rungs(replayed), find);
    compare_rows("the purchase", &stored.usages, &replayed.usages, find);
    compare_rows("the invoice", &stored.invoices, &replayed.invoices, find);
    compare_rows("the payment", &stored.payments, &replayed.payments, find);
    compare_rows("the hold", &stored.holds, &replayed.holds, find);
    compare_rows("the holder", &stored.holders, &replayed.holders, find);
    compare_rows("the movement of the balance", &stored.adjustments, &replayed.adjustments, find);
    compare_rows("the statement's line", &lines(stored), &lines(replayed), find);
}

/// The figures that are always equal, in pairs.
fn equal_figures(stored: &Book, replay: &Replay) -> Vec<(Figure, Figure)> {
    let (stored_totals, totals) = (stored.account.totals, replay.book.account.totals);
    let ladder = Amount::saturating_sum(stored.account.ladder.rungs().map(|(_, amount)| amount));
    let owed = figure("what is owed by the account", stored_totals.outstanding);
    let ahead = figure("what is paid ahead by the account", stored_totals.unapplied);
    let held = figure("what is held by the account", stored_totals.held);
    vec![
        (owed, figure("what is owed by the journal", totals.outstanding)),
        (owed, figure("the sum of what is owed by due day", ladder)),
        (owed, figure("the sum of what is left of its invoices", stored.owed())),
        (owed, figure("the ledger's receivables", replay.ledger(LedgerAccount::Receivables))),
        (ahead, figure("what is paid ahead by the journal", totals.unapplied)),
        (ahead, figure("the ledger's advances", replay.ledger(LedgerAccount::CustomerAdvances).negated())),
        (held, figure("what is held by the journal", totals.held)),
        (held, figure("the sum of its live holds", stored.held())),
    ]
}

fn figure(name: &'static str, value: impl Into<Balance>) -> Figure {
    Figure { name, minor: value.into().minor() }
}

/// Statement lines by entry and line, as they are named.
fn lines(book: &Book) -> BTreeMap<String, &StatementLine> {
    let name = |line: &StatementLine| format!("{} of entry {}", line.line, line.sequence);
    book.statement.iter().map(|line| (name(line), line)).collect()
}

fn compare_rows<Id: Ord + Display, Row: PartialEq>(
    name: &str,
    stored: &BTreeMap<Id, Row>,
    replayed: &BTreeMap<Id, Row>,
    find: &mut dyn FnMut(Finding),
) {
    let mut report = |id: &Id, fault| find(Finding::Row { row: format!("{name} {id}"), fault });
    for (id, row) in replayed {
        match stored.get(id) {
            None => report(id, Fault::Missing),
            Some(found) if found != row => report(id, Fault::Changed),
            Some(_) => {}
        }
    }
    for id in stored.keys().filter(|id| !replayed.contains_key(id)) {
        report(id, Fault::Added);
    }
}
