use super::Open;
use super::desk::{
    Asked, Desk, approve, buy, cancel, find, instant, key, open as open_line, pay, reject, request, suspend,
};
use super::lists::first;
use crate::chain::{GENESIS, link};
use crate::{Changes, JournalRow, Store, StoreError, Wanted};
use fiado_core::account::{Entry, Needs};
use fiado_core::profile::{Beside, Remark};
use std::sync::Arc;

fn whole_journal(store: &dyn Store, customer: &str) -> Vec<JournalRow> {
    store.journal(&key(customer), 0, 1000).unwrap()
}

pub(super) fn entries_come_back_in_order_and_each_link_follows_the_one_before(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let mut written: Vec<Entry> = Vec::new();
    for command in [request(100_000), approve(100_000), buy("order-1", 30_000, 3), pay("transfer-1", 5_000)] {
        let changes = desk.plan(&[Asked::new(&account, command)]);
        written.extend(changes.commits.iter().flat_map(|commit| commit.entries.clone()));
        store.batch(&[], &mut |_| changes.clone()).unwrap();
    }
    let rows = whole_journal(&*store, "cust_456");
    let read: Vec<Entry> = rows.iter().map(|row| serde_json::from_slice(&row.body).unwrap()).collect();
    assert_eq!(read, written);
    let mut previous = GENESIS;
    for (sequence, row) in (1..).zip(&rows) {
        assert_eq!((row.sequence, &row.key), (sequence, &account));
        assert_eq!(row.hash, link(&previous, &account, sequence, &row.body));
        previous = row.hash;
    }
    assert_eq!(store.book(&account).unwrap().unwrap().1, previous, "the head is the last link");
}

pub(super) fn a_journal_is_read_in_pieces(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, (0..5).map(|number| buy(&format!("order-{number}"), 100, 1)));
    let sequences = |after, most| -> Vec<u64> {
        let rows = store.journal(&account, after, most).unwrap();
        rows.iter().map(|row| row.sequence).collect()
    };
    assert_eq!(sequences(0, 3), [1, 2, 3]);
    assert_eq!(sequences(3, 3), [4, 5, 6]);
    assert_eq!(sequences(6, 3), [7]);
    assert!(sequences(7, 3).is_empty());
    assert!(store.journal(&key("nobody"), 0, 3).unwrap().is_empty());
}

pub(super) fn entries_are_listed_with_their_lives_and_remarks(open: Open<'_>) {
    let store = open();
    let (desk, account, other) = (Desk::new(&*store), key("cust_456"), key("other"));
    let remarked = |command, text: &str| {
        desk.done_with(&account, command, Beside { remark: Remark::new(text).ok(), ..Beside::default() });
    };
    desk.open_line(&other, 100_000);
    desk.done(&account, request(100_000));
    remarked(reject(), "faltan documentos");
    desk.done(&account, request(200_000));
    remarked(approve(200_000), "ya están");
    desk.all_done(
        &account,
        [buy("order-1", 30_000, 3), pay("transfer-1", 30_000), cancel(), open_line(1_000)],
    );
    desk.said(&account, buy("too-much", 200_000, 1)).unwrap_err();

    let listed = store.entries(&account, &first(100)).unwrap().items;
    let read: Vec<(u64, u32, &str, Option<&str>)> = listed
        .iter()
        .map(|record| {
            let remark = record.remark.as_ref().map(|remark| remark.as_str());
            (record.entry.sequence, record.life, record.entry.event.word(), remark)
        })
        .collect();
    let expected = [
        (8, 3, "opened", None),
        (7, 2, "cancelled", None),
        (6, 2, "paid", None),
        (5, 2, "used", None),
        (4, 2, "approved", Some("ya están")),
        (3, 2, "requested", None),
        (2, 1, "rejected", Some("faltan documentos")),
        (1, 1, "requested", None),
    ];
    assert_eq!(read, expected);
    for (record, row) in listed.iter().rev().zip(whole_journal(&*store, "cust_456")) {
        let entry: Entry = serde_json::from_slice(&row.body).unwrap();
        assert_eq!((&record.entry, record.hash), (&entry, row.hash));
    }
    let others = store.entries(&other, &first(100)).unwrap().items;
    assert_eq!(others.iter().map(|record| record.life).collect::<Vec<u32>>(), [1, 1]);
}

pub(super) fn entries_and_refusals_share_one_count_of_positions(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("first"), 100_000);
    desk.open_line(&key("second"), 100_000);
    desk.said(&key("first"), buy("too-much", 200_000, 1)).unwrap_err();
    desk.done(&key("second"), buy("order-1", 100, 1));
    desk.done(&key("first"), buy("order-1", 100, 1));
    let positions =
        |customer| -> Vec<u64> { whole_journal(&*store, customer).iter().map(|row| row.position).collect() };
    let (first, second) = (positions("first"), positions("second"));
    let in_order_of_commit = [first[0], first[1], second[0], second[1], second[2], first[2]];
    assert!(in_order_of_commit.is_sorted_by(|one, next| one < next), "{in_order_of_commit:?}");
    assert!(second[2] > second[1] + 1, "the refusal has a position too: {second:?}");
}

/// Hands in changes that were planned earlier.
fn hand_in(store: &dyn Store, changes: &Changes) -> Result<(), StoreError> {
    store.batch(&[], &mut |_| changes.clone())
}

pub(super) fn entries_that_leave_a_gap_are_refused(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let two = [Asked::new(&account, buy("order-1", 100, 1)), Asked::new(&account, buy("order-2", 100, 1))];
    let planned = desk.plan(&two);
    let without_first = Changes { commits: vec![planned.commits[1].clone()], ..Changes::default() };
    let mut torn = planned.clone();
    torn.commits[1].entries[0].sequence = 9;
    Arc::make_mut(&mut torn.commits[1].account).version = 9;
    for changes in [without_first, torn] {
        let refused = hand_in(&*store, &changes);
        assert!(matches!(refused, Err(StoreError::Gap(key)) if key == account));
        assert_eq!(whole_journal(&*store, "cust_456").len(), 2);
    }
    hand_in(&*store, &planned).unwrap();
    assert_eq!(whole_journal(&*store, "cust_456").len(), 4);
}

pub(super) fn an_entry_that_was_written_meanwhile_is_a_conflict(open: Open<'_>) {
    let (here, there) = (open(), open());
    let account = key("cust_456");
    Desk::new(&*here).open_line(&account, 100_000);
    let planned = Desk::new(&*here).plan(&[Asked::new(&account, buy("order-1", 100, 1))]);
    Desk::new(&*there).done(&account, suspend());
    let before = there.book(&account).unwrap();
    let refused = hand_in(&*here, &planned);
    assert!(matches!(refused, Err(StoreError::Conflict(key)) if key == account));
    assert_eq!(here.book(&account).unwrap(), before);
    assert_eq!(there.book(&account).unwrap(), before);
}

pub(super) fn a_commit_without_an_entry_is_refused(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let mut planned = desk.plan(&[Asked::new(&account, request(100_000))]);
    planned.commits[0].entries.clear();
    assert!(matches!(hand_in(&*store, &planned), Err(StoreError::Gap(_))));
    assert_eq!(find(&*store, &account), None);
}

pub(super) fn the_newest_instant_is_that_of_any_entry_or_refusal(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let newest = || {
        let wanted = Wanted { key: account.clone(), needs: Needs::default(), answer: None };
        let mut loaded_with = None;
        let looked = store.batch(&[wanted], &mut |loaded| {
            loaded_with = loaded.newest;
            Changes::default()
        });
        looked.unwrap();
        assert_eq!(loaded_with, store.newest_instant().unwrap(), "a batch knows it too");
        loaded_with
    };
    assert_eq!(newest(), None);
    desk.done(&account, request(100_000));
    assert_eq!(newest(), Some(instant("2025-11-24T10:00:01Z")));
    desk.wait(600);
    desk.said(&account, buy("order-1", 100, 1)).unwrap_err();
    assert_eq!(newest(), Some(instant("2025-11-24T10:10:02Z")));
    Desk::new(&*store).done(&account, approve(100_000));
    assert_eq!(newest(), Some(instant("2025-11-24T10:10:02Z")), "it never goes back");
}
