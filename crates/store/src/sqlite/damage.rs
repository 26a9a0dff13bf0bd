//! What `verify` finds in a file that was changed behind the engine's back.

use super::Sqlite;
use crate::conformance::desk::{Desk, adjust, buy, hold, key, pay, settle};
use crate::verify::{Summary, verify};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::thread;
use tempfile::TempDir;

/// A file with two accounts of five entries each, `alfa` and `bravo`, and one with holds.
struct Original(TempDir);

impl Original {
    fn new() -> Original {
        let directory = tempfile::tempdir().unwrap();
        let store = Sqlite::open(directory.path().join("original.db")).unwrap();
        let desk = Desk::new(&store);
        for account in [key("alfa"), key("bravo")] {
            desk.open_line(&account, 100_000);
            desk.all_done(&account, [buy("order-1", 300, 3), pay("transfer-1", 150), buy("order-2", 77, 1)]);
        }
        let charlie = key("charlie");
        desk.open_line(&charlie, 100_000);
        desk.holder(&charlie, "x@tienda.pa");
        desk.all_done(
            &charlie,
            [adjust("st-1", -5), hold("t-1", 300, 3), settle("t-1", 200), hold("t-2", 70, 1)],
        );
        Original(directory)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What is found in a copy after this change to it.
    fn changed(&self, change: &str) -> (Summary, Vec<String>) {
        let copy = self.path("copy.db");
        std::fs::copy(self.path("original.db"), &copy).unwrap();
        let connection = Connection::open(&copy).unwrap();
        let changed: usize = change.split(';').map(|one| connection.execute(one, []).unwrap()).sum();
        assert!(changed > 0, "{change} changes nothing");
        connection.close().unwrap();
        found(&copy)
    }
}

fn found(path: &Path) -> (Summary, Vec<String>) {
    let store = Sqlite::open(path).unwrap();
    let mut differences = Vec::new();
    let summary = verify(&store, &mut |difference| differences.push(difference.to_string())).unwrap();
    (summary, differences)
}

#[test]
fn a_store_that_nobody_changed_agrees_with_itself() {
    let original = Original::new();
    let expected = Summary { accounts: 3, entries: 17, differences: 0 };
    assert_eq!(found(&original.path("original.db")), (expected, Vec::new()));
}

#[test]
fn whatever_is_changed_is_found_and_named() {
    let cases = [
        (
            "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '\"amount\":300', '\"amount\":301') AS BLOB)
             WHERE customer = 'alfa' AND sequence = 3",
            "entry 3 does not fit the chain: its bytes or its link were changed",
        ),
        (
            "UPDATE journal SET body = CAST(body || ' ' AS BLOB) WHERE customer = 'alfa' AND sequence = 1",
            "entry 1 does not fit the chain: its bytes or its link were changed",
        ),
        (
            "UPDATE journal SET hash = randomblob(32) WHERE customer = 'alfa' AND sequence = 4",
            "entry 4 does not fit the chain: its bytes or its link were changed",
        ),
        (
            "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '\"sequence\":4', '\"sequence\":9') AS BLOB)
             WHERE customer = 'alfa' AND sequence = 4",
            "entry 4 says that it is entry 9",
        ),
        (
            "UPDATE journal SET body = x'7b' WHERE customer = 'alfa' AND sequence = 4",
            "what stands at entry 4 is no entry",
        ),
        (
            "UPDATE journal SET hash = x'00' WHERE customer = 'alfa' AND sequence = 4",
            "what is stored cannot be read: a value in the column hash cannot be read",
        ),
        (
            "DELETE FROM journal WHERE customer = 'alfa' AND sequence = 3",
            "entry 3 is missing from the journal",
        ),
        (
            "DELETE FROM journal WHERE customer = 'alfa' AND sequence > 3",
            "entries 4 to 5 are missing from the journal",
        ),
        (
            "INSERT INTO journal SELECT account, organization, customer, 6, 1000, at, kind, body, hash, NULL FROM journal
             WHERE customer = 'alfa' AND sequence = 5",
            "the journal goes on after entry 5, where the account ends",
        ),
        ("DELETE FROM accounts WHERE customer = 'alfa'", "there is a journal, but no account"),
        (
            "UPDATE accounts SET head = zeroblob(32) WHERE customer = 'alfa'",
            "the account's head is not the last link of its journal",
        ),
        (
            "UPDATE accounts SET state = json_set(state, '$.totals.outstanding', 1) WHERE customer = 'alfa'",
            "what is owed by the account is 1, but what is owed by the journal is 227, in minor units",
        ),
        (
            "UPDATE accounts SET state = json_set(state, '$.totals.unapplied', 5) WHERE customer = 'alfa'",
            "what is paid ahead by the account is 5, but the ledger's advances is 0, in minor units",
        ),
        (
            "UPDATE accounts SET state = json_set(state, '$.life.requested_limit', 1) WHERE customer = 'alfa'",
            "the account does not stand where its journal leaves it",
        ),
        (
            "UPDATE accounts SET status = 'suspended' WHERE customer = 'alfa'",
            "what is stored cannot be read: an account's columns do not say what its state says",
        ),
        (
            "UPDATE accounts SET state = '{' WHERE customer = 'alfa'",
            "what is stored cannot be read: a value in the column state cannot be read",
        ),
        (
            "UPDATE accounts SET ladder = replace(ladder, '[20446,77]', '[20446,78]') WHERE customer = 'alfa'",
            "what is owed for 2025-12-24 is not as the journal left it",
        ),
        (
            "UPDATE accounts SET ladder = json_insert(ladder, '$[#]', json_array(20000, 7)) WHERE customer = 'alfa'",
            "what is owed for 2024-10-04 is there, though no entry made it",
        ),
        (
            "UPDATE accounts SET ladder = '[]' WHERE customer = 'alfa'",
            "what is owed by the account is 227, but the sum of what is owed by due day is 0, in minor units",
        ),
        (
            "UPDATE accounts SET ladder = '[[20446]]' WHERE customer = 'alfa'",
            "what is stored cannot be read: a value in the column ladder cannot be read",
        ),
        (
            "UPDATE accounts SET ladder = '[[2147483647,7]]' WHERE customer = 'alfa'",
            "what is stored cannot be read: what is owed by an account cannot be read",
        ),
        (
            "UPDATE invoices SET paid = 0 WHERE customer = 'alfa' AND installment = 2",
            "what is owed by the account is 227, but the sum of what is left of its invoices is 277, in minor units",
        ),
        ("UPDATE invoices SET due_day = due_day + 1 WHERE customer = 'alfa' AND order_id = 'order-2'", "the invoice"),
        ("DELETE FROM usages WHERE customer = 'alfa' AND order_id = 'order-2'", "the purchase"),
        (
            "CREATE TEMP TABLE twice AS SELECT * FROM usages WHERE customer = 'alfa' AND order_id = 'order-2';
             UPDATE twice SET usage_id = usage_id + 1000;
             INSERT INTO usages SELECT * FROM twice",
            "what is stored cannot be read: two rows have the same name",
        ),
        ("UPDATE payments SET reference = 'x' WHERE customer = 'alfa'", "the payment"),
        (
            "UPDATE journal SET statement = json_set(statement, '$[1].value', 0) WHERE customer = 'alfa' AND sequence = 4",
            "the statement's line 2 of entry 4 is not as the journal left it",
        ),
        (
            "UPDATE journal SET statement = NULL WHERE customer = 'alfa' AND sequence = 5",
            "the statement's line 1 of entry 5 is missing, though the journal made it",
        ),
    ];
    assert_named(&Original::new(), "org_default/alfa: ", &cases);
}

/// Asserts that each change is found, and named by a sentence that begins so; and that nothing is
/// found elsewhere.
fn assert_named(original: &Original, account: &str, cases: &[(&str, &str)]) {
    for (change, sentence) in cases {
        let (summary, differences) = original.changed(change);
        let sentence = format!("{account}{sentence}");
        assert!(differences.iter().any(|found| found.starts_with(&sentence)), "{change}: {differences:#?}");
        assert!(differences.iter().all(|found| found.starts_with(account)), "{differences:#?}");
        assert_eq!(summary.accounts, 3, "one damaged account hides no other");
        assert_eq!(summary.differences, u64::try_from(differences.len()).unwrap());
    }
}

#[test]
fn what_is_changed_in_holds_holders_and_totals_is_found_too() {
    let cases = [
        (
            "UPDATE holds SET amount = 71 WHERE customer = 'charlie' AND transaction_id = 't-2'",
            "what is held by the account is 70, but the sum of its live holds is 71, in minor units",
        ),
        (
            "UPDATE holds SET expires_at = expires_at + 1 WHERE customer = 'charlie' AND transaction_id = 't-2'",
            "the hold t-2 is not as the journal left it",
        ),
        (
            "UPDATE holds SET state = 'released' WHERE customer = 'charlie' AND transaction_id = 't-1'",
            "the hold t-1 is not as the journal left it",
        ),
        (
            "DELETE FROM holds WHERE customer = 'charlie'",
            "the hold t-1 is missing, though the journal made it",
        ),
        (
            "UPDATE holds SET state = 'x' WHERE customer = 'charlie'",
            "what is stored cannot be read: a value in the column state cannot be read",
        ),
        (
            "UPDATE accounts SET state = json_set(state, '$.totals.held', 1) WHERE customer = 'charlie'",
            "what is held by the account is 1, but what is held by the journal is 70, in minor units",
        ),
        ("UPDATE holders SET removed_at = 1 WHERE customer = 'charlie'", "the holder"),
        ("DELETE FROM holders WHERE customer = 'charlie'", "the holder"),
        (
            "UPDATE adjustments SET value = 5 WHERE customer = 'charlie'",
            "the movement of the balance st-1 is not as the journal left it",
        ),
        (
            "UPDATE invoices SET state = 'paid' WHERE customer = 'charlie' AND installment = 2",
            "the invoice t-1-02 is not as the journal left it",
        ),
        (
            "UPDATE invoices SET past = 1 WHERE customer = 'charlie' AND installment = 2",
            "the invoice t-1-02 is not as the journal left it",
        ),
        (
            "UPDATE usages SET value = 1 WHERE customer = 'charlie'",
            "the purchase t-1 is not as the journal left it",
        ),
        (
            "UPDATE usages SET interest = 1 WHERE customer = 'charlie'",
            "the purchase t-1 is not as the journal left it",
        ),
        (
            "UPDATE usages SET plan = 'line:3x' WHERE customer = 'charlie'",
            "the purchase t-1 is not as the journal left it",
        ),
        (
            "UPDATE journal SET statement = json_set(statement, '$[0].balance_after', 0) WHERE customer = 'charlie'",
            "the statement's line 1 of entry 4 is not as the journal left it",
        ),
        (
            "UPDATE accounts SET open_count = 4 WHERE customer = 'charlie'",
            "the kept totals of its invoices are not their totals",
        ),
        (
            "UPDATE accounts SET open_low = open_low + 1 WHERE customer = 'charlie'",
            "the kept totals of its invoices are not their totals",
        ),
        (
            "UPDATE accounts SET is_open = 0 WHERE customer = 'charlie'",
            "what is stored cannot be read: an account's columns do not say what its state says",
        ),
    ];
    assert_named(&Original::new(), "org_default/charlie: ", &cases);
}

#[test]
fn a_server_that_writes_meanwhile_is_no_difference() {
    let original = Original::new();
    let path = original.path("original.db");
    thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let store = Sqlite::open(&path).unwrap();
            let desk = Desk::new(&store);
            for number in 0..200 {
                desk.done(&key("alfa"), buy(&format!("more-{number}"), 100, 3));
            }
        });
        while !writing.is_finished() {
            assert_eq!(found(&path).1, Vec::<String>::new());
        }
    });
    assert_eq!(found(&path).0.entries, 217);
}
