use super::Open;
use super::desk::{Asked, Desk, approve, buy, cancel, find, key, key_in, organization, pay, request};
use crate::verify::verify;
use crate::{Changes, Loaded, Store, Wanted};
use fiado_core::account::{Book, Needs, Status};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

pub(super) fn a_batch_with_one_bad_commit_leaves_nothing(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("old"), 100_000);
    let before = (store.book(&key("old")).unwrap(), store.newest_instant().unwrap());
    let mut changes = desk.plan(&[
        Asked { idempotency_key: Some("key-1".to_owned()), ..Asked::new(&key("new"), request(100_000)) },
        Asked::new(&key("old"), buy("too-much", 200_000, 1)),
        Asked::new(&key("old"), buy("order-1", 300, 3)),
        Asked::new(&key("bad"), request(100_000)),
    ]);
    changes.commits.last_mut().unwrap().entries[0].sequence = 5;
    store.batch(&[], &mut |_| changes.clone()).unwrap_err();
    assert_eq!((store.book(&key("old")).unwrap(), store.newest_instant().unwrap()), before);
    for customer in ["new", "bad"] {
        assert_eq!(find(&*store, &key(customer)), None);
        assert!(store.journal(&key(customer), 0, 10).unwrap().is_empty());
    }
    let answer = changes.answers[0].0.clone();
    let wanted = Wanted { key: key("new"), needs: Needs::default(), answer: Some(answer) };
    let mut seen = Loaded::default();
    look(&*store, &[wanted], &mut seen);
    assert!(seen.answers.is_empty());
}

/// What a batch would be given.
fn look(store: &dyn Store, wanted: &[Wanted], seen: &mut Loaded) {
    let looked = store.batch(wanted, &mut |loaded| {
        *seen = loaded;
        Changes::default()
    });
    looked.unwrap();
}

pub(super) fn a_batch_that_does_nothing_changes_nothing(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let before = (store.book(&account).unwrap(), store.newest_instant().unwrap());
    desk.plan(&[Asked::new(&account, buy("order-1", 100, 1))]);
    store.batch(&[], &mut |_| Changes::default()).unwrap();
    assert_eq!((store.book(&account).unwrap(), store.newest_instant().unwrap()), before);
}

pub(super) fn what_one_handle_has_written_every_other_reads(open: Open<'_>) {
    let (here, there) = (open(), open());
    let account = key("cust_456");
    Desk::new(&*here).done(&account, request(100_000));
    assert_eq!(there.book(&account).unwrap(), here.book(&account).unwrap());
    Desk::new(&*there).done(&account, approve(100_000));
    let here_and_now = find(&*here, &account).unwrap();
    assert_eq!(here_and_now.account.life.as_ref().unwrap().status(), Status::Approved);
}

pub(super) fn a_batch_may_take_one_account_through_many_commands(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let commands = [
        request(100_000),
        approve(100_000),
        buy("order-1", 30_000, 3),
        pay("transfer-1", 30_000),
        cancel(),
        request(50_000),
    ];
    let asked = commands.map(|command| Asked::new(&account, command));
    let said = desk.batch(&asked).unwrap();
    assert!(said.iter().all(Result::is_ok), "{said:?}");
    let (book, _) = store.book(&account).unwrap().unwrap();
    assert_eq!(book.account.version, 6);
    assert_eq!(book.account.life.unwrap().number, 2);
    assert_eq!(book.invoices.len(), 3);
    assert!(book.invoices.values().all(|invoice| invoice.left().is_zero()));
    assert_agrees(&*store);
}

/// Everything stored agrees with itself.
pub(super) fn assert_agrees(store: &dyn Store) {
    verify(store, &mut |difference| panic_at(&difference.to_string())).unwrap();
}

#[expect(clippy::panic, reason = "a difference ends the case")]
fn panic_at(difference: &str) {
    panic!("{difference}");
}

pub(super) fn an_account_nobody_knows_is_an_empty_book(open: Open<'_>) {
    let store = open();
    let account = key("nobody");
    let mut seen = Loaded::default();
    look(&*store, &[Wanted { key: account.clone(), needs: Needs::default(), answer: None }], &mut seen);
    assert_eq!(seen.books.get(&account), Some(&Book::default()));
    assert_eq!(find(&*store, &account), None);
    assert_eq!(store.book(&account).unwrap(), None);
}

pub(super) fn accounts_that_were_not_wanted_may_be_written_too(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let changes = desk.plan(&[Asked::new(&account, buy("order-1", 100, 1))]);
    store.batch(&[], &mut |_| changes.clone()).unwrap();
    assert_eq!(find(&*store, &account).unwrap().account.version, 3);
    assert_agrees(&*store);
}

pub(super) fn a_batch_that_panics_leaves_nothing_and_stops_nobody(open: Open<'_>) {
    let store = open();
    let account = key("cust_456");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.batch(&[], &mut |_| {
            panic_at("on purpose");
            Changes::default()
        })
    }));
    assert!(panicked.is_err());
    Desk::new(&*store).open_line(&account, 100_000);
    assert_agrees(&*store);
}

pub(super) fn opening_again_finds_everything_as_it_was(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_other")).unwrap();
    let desk = Desk::new(&*store);
    for account in [key("cust_456"), key_in("org_other", "cust_456")] {
        desk.open_line(&account, 100_000);
        desk.all_done(&account, [buy("order-1", 30_000, 3), pay("transfer-1", 15_000)]);
    }
    let everything = |store: &dyn Store| {
        let books = [key("cust_456"), key_in("org_other", "cust_456")]
            .map(|account| (store.book(&account).unwrap(), store.journal(&account, 0, 100).unwrap()));
        (books, store.newest_instant().unwrap(), store.signing_key().unwrap())
    };
    let before = everything(&*store);
    drop(store);
    let store = open();
    assert_eq!(everything(&*store), before);
    assert_agrees(&*store);
}

pub(super) fn readers_see_whole_batches_while_a_writer_writes(open: Open<'_>) {
    let store = open();
    let account = key("cust_456");
    Desk::new(&*store).open_line(&account, 1_000_000);
    let looked_inside = store.batch(&[], &mut |_| {
        let version = find(&*store, &account).unwrap().account.version;
        assert_eq!(version, 2, "a reader waits for no writer");
        Changes::default()
    });
    looked_inside.unwrap();
    thread::scope(|scope| {
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(|| read_until(&*store, 62))).collect();
        let desk = Desk::new(&*store);
        for number in 0..30 {
            desk.done(&key("cust_456"), buy(&format!("order-{number}"), 1_000, 12));
            desk.done(&key("cust_456"), pay(&format!("transfer-{number}"), 500));
        }
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
    assert_agrees(&*store);
}

/// Reads an account until it has reached a version; whenever it looks, the books balance.
fn read_until(store: &dyn Store, version: u64) {
    loop {
        let (book, _) = store.book(&key("cust_456")).unwrap().unwrap();
        assert_eq!(book.owed(), book.account.totals.outstanding);
        assert_eq!(
            book.usages.len() + book.payments.len() + 2,
            usize::try_from(book.account.version).unwrap()
        );
        if book.account.version == version {
            return;
        }
    }
}
