use super::Open;
use super::desk::{
    Asked, Desk, amount, buy, expire_holds, hold, hold_until, key, key_in, organization, refund, release,
    settle, transaction,
};
use super::lists::first;
use super::needs::loaded;
use super::transactions::assert_agrees;
use fiado_core::account::{HoldState, InvoiceState, Needs};

pub(super) fn a_hold_is_kept_as_it_was_changed_and_ended(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.be_generous();
    desk.open_line(&account, 100_000);
    let commands = [
        hold("settled", 10_000, 3),
        hold("settled", 12_000, 2),
        settle("settled", 11_000),
        hold("released", 5_000, 1),
        release("released"),
        hold("live", 7_000, 1),
        refund("settled", 1_000),
    ];
    let said = desk.batch(&commands.map(|command| Asked::new(&account, command))).unwrap();
    assert!(said.iter().all(Result::is_ok), "{said:?}");
    let (book, _) = store.book(&account).unwrap().unwrap();
    let state = |id| book.holds.get(&transaction(id)).unwrap().state;
    assert_eq!(
        [state("settled"), state("released"), state("live")],
        [HoldState::Settled, HoldState::Released, HoldState::Held]
    );
    let settled = book.holds.get(&transaction("settled")).unwrap();
    assert_eq!((settled.authorized, settled.terms.amount), (amount(10_000), amount(12_000)));
    let usage = book.usages.get(&transaction("settled")).unwrap();
    assert_eq!((usage.captured, usage.value), (amount(11_000), amount(10_000)));
    assert_eq!(book.account.totals.held, amount(7_000));
    assert_agrees(&*store);
}

pub(super) fn a_hold_and_its_purchase_are_found_by_their_transaction(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [hold("one", 3_000, 3), hold("two", 5_000, 1), settle("one", 3_000)]);
    let (whole, _) = store.book(&account).unwrap().unwrap();
    let needs = Needs { transaction: Some(transaction("one")), ..Needs::default() };
    let book = loaded(&*store, &[needs]);
    assert!(book.holds.keys().eq([&transaction("one")]) && book.usages.keys().eq([&transaction("one")]));
    assert_eq!(book.holds.get(&transaction("one")), whole.holds.get(&transaction("one")));
    assert_eq!(book.usages.get(&transaction("one")), whole.usages.get(&transaction("one")));
}

pub(super) fn several_purchases_may_be_of_one_order(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [hold("zeta", 3_000, 1), hold("alfa", 5_000, 1)]);
    desk.all_done(&account, [settle("zeta", 3_000), settle("alfa", 5_000)]);
    let again = desk.done(&account, buy("order-1", 3_000, 1));
    let first_of_order = match again {
        fiado_core::account::Receipt::Usage(usage) => usage.transaction,
        other => unreachable!("{other:?}"),
    };
    assert_eq!(first_of_order, transaction("zeta"), "the order's purchase is the first that was made");
    assert_eq!(store.usages(&account, &first(10)).unwrap().items.len(), 2);
}

pub(super) fn a_hold_whose_time_has_come_is_not_held_any_more(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let early = desk.authorized(&account, 3_000);
    let late = desk.authorized(&account, 5_000);
    let held = |now| store.account(&account, now).unwrap().unwrap().account.totals.held;
    assert_eq!(held(desk.now()), amount(8_000));
    assert_eq!(held(early.terms.expires_at), amount(5_000), "it ends at its moment, not after it");
    assert_eq!(held(late.terms.expires_at), amount(0));
    let (book, _) = store.book(&account).unwrap().unwrap();
    assert_eq!(book.account.totals.held, amount(8_000), "the journal does not say so yet");
}

pub(super) fn what_has_expired_comes_to_the_next_command(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let early = desk.authorized(&account, 3_000);
    let late = desk.authorized(&account, 5_000);
    let by = |moment| Needs { expired_by: Some(moment), ..Needs::default() };
    let came = |needs: &[Needs]| -> Vec<_> { loaded(&*store, needs).holds.into_keys().collect() };
    assert!(came(&[by(desk.now())]).is_empty());
    assert_eq!(came(&[by(early.terms.expires_at)]), std::slice::from_ref(&early.transaction));
    let both = [by(late.terms.expires_at), by(early.terms.expires_at)];
    assert_eq!(
        came(&both),
        [early.transaction.clone(), late.transaction.clone()],
        "the latest moment counts"
    );
    assert!(came(&[Needs::default()]).is_empty(), "nobody asked");
    desk.wait(86_400);
    desk.done(&account, buy("order-9", 100_000, 1));
    let (book, _) = store.book(&account).unwrap().unwrap();
    assert!(book.holds.values().all(|hold| hold.state == HoldState::Expired));
    assert_agrees(&*store);
}

pub(super) fn accounts_with_expired_holds_are_found_wherever_they_are(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_other")).unwrap();
    let desk = Desk::new(&*store);
    let accounts = [key("zeta"), key_in("org_other", "alfa"), key("alfa")];
    for account in &accounts {
        desk.open_line(account, 100_000);
        desk.authorized(account, 1_000);
        desk.authorized(account, 1_000);
    }
    let found = |most| {
        store.newest_instant().unwrap(); // nothing is only a moment ago any more
        store.accounts_with_expired_holds(desk.now(), most).unwrap()
    };
    assert!(found(10).is_empty());
    desk.wait(86_400);
    assert_eq!(found(10), accounts, "once each, who has waited longest first");
    assert_eq!(found(2), accounts[..2]);
    desk.done(&accounts[0], expire_holds());
    assert_eq!(found(10), accounts[1..]);
}

pub(super) fn live_holds_come_in_the_order_they_end(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let start = desk.now();
    let (soon, later) = (start.plus_seconds(3_600), start.plus_seconds(7_200));
    desk.all_done(&account, [hold("a-day", 100, 1), hold_until("later", later), hold_until("soon-2", soon)]);
    desk.all_done(&account, [hold_until("soon-1", soon), hold_until("released", soon), release("released")]);
    desk.all_done(&account, [hold_until("settled", soon), settle("settled", 100)]);
    desk.open_line(&key("bravo"), 100_000);
    desk.done(&key("bravo"), hold_until("of-another", soon));
    let live = |now, most| -> Vec<String> {
        let holds = store.live_holds(&account, now, most).unwrap();
        holds.into_iter().map(|hold| hold.transaction.into()).collect()
    };
    let all = ["soon-2", "soon-1", "later", "a-day"];
    assert_eq!(live(desk.now(), 10), all, "at one moment in the order they were made");
    for most in 0..=all.len() {
        assert_eq!(live(desk.now(), most), all[..most]);
    }
    assert_eq!(live(soon, 10), ["later", "a-day"], "it ends at its moment, not after it");
    desk.done(&account, hold_until("later", start.plus_seconds(90_000)));
    assert_eq!(live(soon, 10), ["a-day", "later"], "a hold that was changed ends when it says since");
    let (book, _) = store.book(&account).unwrap().unwrap();
    let live = store.live_holds(&account, desk.now(), 10).unwrap();
    assert!(live.iter().all(|hold| book.holds.get(&hold.transaction) == Some(hold)), "whole");
    assert!(store.live_holds(&key("nobody"), desk.now(), 10).unwrap().is_empty());
}

pub(super) fn holds_of_one_batch_come_in_the_order_they_were_made(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let soon = desk.now().plus_seconds(3_600);
    let made = ["zeta", "mike", "alfa"];
    let asked = made.map(|id| Asked::new(&account, hold_until(id, soon)));
    assert!(desk.batch(&asked).unwrap().iter().all(Result::is_ok));
    let live = store.live_holds(&account, desk.now(), 10).unwrap();
    assert!(live.iter().map(|hold| hold.transaction.as_str()).eq(made), "{live:?}");
}

pub(super) fn a_purchase_that_is_settled_otherwise_changes_its_invoices(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.be_generous();
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [hold("t-1", 3_000, 3), settle("t-1", 3_000), settle("t-1", 4_500)]);
    let values = || -> Vec<(u64, InvoiceState)> {
        let invoices = store.invoices_of(&account, &transaction("t-1")).unwrap();
        invoices.iter().map(|invoice| (invoice.value.minor(), invoice.state)).collect()
    };
    assert_eq!(values(), [(1_500, InvoiceState::Open); 3]);
    desk.done(&account, refund("t-1", 2_000));
    let refunded = [(1_500, InvoiceState::Open), (1_000, InvoiceState::Open), (0, InvoiceState::Cancelled)];
    assert_eq!(values(), refunded);
    let closed = store.invoices(&account, Some(InvoiceState::Cancelled), &first(10)).unwrap().items;
    assert_eq!(closed.len(), 1, "what was refunded to nothing is closed");
    assert!(closed[0].resolved_at.is_some());
    assert_agrees(&*store);
}
