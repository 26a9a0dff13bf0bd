use super::Open;
use super::desk::{
    Asked, Desk, adjust, amount, approve, authorize, buy, hold, key, pay, pay_by_name, postpone, refund,
    request, settle, transaction,
};
use super::transactions::assert_agrees;
use crate::{Changes, Store, Wanted};
use fiado_core::account::{Book, Command, InvoiceNeed, InvoiceState, Needs, Receipt};
use fiado_core::identity::{InvoiceId, OrderId, PaymentReference, StatementId, TransactionId};

/// What comes of one account where these are needed in one batch.
pub(super) fn loaded(store: &dyn Store, needs: &[Needs]) -> Book {
    let account = key("cust_456");
    let wanted: Vec<Wanted> = needs
        .iter()
        .map(|needs| Wanted { key: account.clone(), needs: needs.clone(), answer: None })
        .collect();
    let mut seen = Book::default();
    let looked = store.batch(&wanted, &mut |mut loaded| {
        seen = loaded.books.remove(&account).unwrap();
        Changes::default()
    });
    looked.unwrap();
    if let [needs] = needs {
        assert_eq!(store.book_for(&account, needs).unwrap(), Some(seen.clone()), "one alone finds the same");
    }
    seen
}

fn covering(minor: u64) -> Needs {
    Needs { invoices: InvoiceNeed::OldestCovering(amount(minor)), ..Needs::default() }
}

fn named(ids: &[InvoiceId]) -> Needs {
    Needs { invoices: InvoiceNeed::Named(ids.to_vec()), ..Needs::default() }
}

fn installments(book: &Book) -> Vec<u8> {
    book.invoices.keys().map(|id| id.installment).collect()
}

/// Buys an order in equal parts of 1.00; says its transaction.
fn buy_parts(desk: &Desk<'_>, order: &str, parts: u64) -> TransactionId {
    match desk.done(&key("cust_456"), buy(order, parts * 100, parts)) {
        Receipt::Usage(usage) => usage.transaction,
        other => unreachable!("{other:?}"),
    }
}

fn invoice(transaction: &TransactionId, installment: u8) -> InvoiceId {
    InvoiceId { transaction: transaction.clone(), installment }
}

pub(super) fn purchases_and_payments_are_found_by_their_names(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("cust_456"), 100_000);
    buy_parts(&desk, "order-1", 2);
    buy_parts(&desk, "order-2", 2);
    desk.all_done(&key("cust_456"), [pay("transfer-1", 50), pay("transfer-2", 60)]);
    let (whole, _) = store.book(&key("cust_456")).unwrap().unwrap();
    let book = loaded(
        &*store,
        &[Needs {
            order: Some(OrderId::new("order-2").unwrap()),
            payment: Some(PaymentReference::new("transfer-1").unwrap()),
            ..Needs::default()
        }],
    );
    let orders: Vec<_> = book.usages.values().map(|usage| usage.order.as_str()).collect();
    let references: Vec<_> = book.payments.values().map(|payment| payment.reference.clone()).collect();
    assert_eq!((orders, references), (vec!["order-2"], vec![PaymentReference::new("transfer-1").ok()]));
    assert!(book.usages.iter().all(|(id, usage)| whole.usages.get(id) == Some(usage)));
    assert!(book.payments.iter().all(|(id, payment)| whole.payments.get(id) == Some(payment)));
    assert_eq!((book.account, book.invoices.len()), (whole.account, 0), "the account always comes whole");
    let nothing = Needs { order: Some(OrderId::new("order-3").unwrap()), ..Needs::default() };
    assert!(loaded(&*store, &[nothing]).usages.is_empty());
}

pub(super) fn the_oldest_invoices_come_as_many_as_cover_the_amount(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("cust_456"), 100_000);
    buy_parts(&desk, "order-1", 6);
    let cases: [(u64, &[u8]); 6] =
        [(0, &[]), (1, &[1]), (100, &[1]), (101, &[1, 2]), (250, &[1, 2, 3]), (9_999, &[1, 2, 3, 4, 5, 6])];
    for (minor, expected) in cases {
        assert_eq!(installments(&loaded(&*store, &[covering(minor)])), expected, "{minor}");
    }
    desk.done(&key("cust_456"), pay("transfer-1", 130));
    assert_eq!(installments(&loaded(&*store, &[covering(70)])), [2], "what is left of it counts");
    assert_eq!(installments(&loaded(&*store, &[covering(71)])), [2, 3]);
    desk.wait(86_400);
    let second = buy_parts(&desk, "order-2", 2);
    let oldest = loaded(&*store, &[covering(100)]);
    let due_first: Vec<_> = oldest.invoices.keys().collect();
    assert_eq!(due_first, [&invoice(&second, 1)], "a later purchase's part that falls due before");
    let book = loaded(&*store, &[covering(9_999)]);
    let mut order: Vec<_> = book.invoices.values().collect();
    order.sort_by_key(|invoice| invoice.payment_order());
    let expected =
        store.invoices(&key("cust_456"), Some(InvoiceState::Open), &super::lists::first(100)).unwrap();
    assert!(order.into_iter().eq(&expected.items));
}

pub(super) fn named_invoices_come_where_they_are_open(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("cust_456"), 100_000);
    let transaction = buy_parts(&desk, "order-1", 3);
    let ids = [invoice(&transaction, 3), invoice(&transaction, 2), invoice(&transaction, 40)];
    assert_eq!(installments(&loaded(&*store, &[named(&ids)])), [2, 3]);
    desk.done(&key("cust_456"), pay_by_name("transfer-1", &[(ids[0].clone(), 100)]));
    assert_eq!(installments(&loaded(&*store, &[named(&ids)])), [2]);
}

pub(super) fn what_is_paid_never_comes(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("cust_456"), 100_000);
    let transaction = buy_parts(&desk, "order-1", 4);
    desk.done(&key("cust_456"), pay_by_name("transfer-1", &[(invoice(&transaction, 2), 100)]));
    desk.done(&key("cust_456"), pay("transfer-2", 100));
    let all: Vec<InvoiceId> = (1..=4).map(|number| invoice(&transaction, number)).collect();
    assert_eq!(installments(&loaded(&*store, &[covering(9_999), named(&all)])), [3, 4]);
}

pub(super) fn what_a_batch_needs_of_one_account_is_added_up(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    buy_parts(&desk, "order-1", 6);
    assert_eq!(installments(&loaded(&*store, &[covering(150), covering(100)])), [1, 2, 3]);
    let payments =
        [150, 100, 300].map(|minor| Asked::new(&account, pay(&format!("transfer-{minor}"), minor)));
    let said = desk.batch(&payments).unwrap();
    assert!(said.iter().all(Result::is_ok), "{said:?}");
    let (book, _) = store.book(&account).unwrap().unwrap();
    assert_eq!((book.account.totals.outstanding, book.account.totals.unapplied), (amount(50), amount(0)));
    assert_agrees(&*store);
}

pub(super) fn what_is_named_does_not_count_as_covering(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let transaction = buy_parts(&desk, "order-1", 4);
    let oldest = invoice(&transaction, 1);
    assert_eq!(
        installments(&loaded(&*store, &[named(std::slice::from_ref(&oldest)), covering(100)])),
        [1, 2]
    );
    // The first payment takes the oldest invoice by name; the second must still find another.
    let payments = [pay_by_name("transfer-1", &[(oldest, 100)]), pay("transfer-2", 100)];
    let said = desk.batch(&payments.map(|command| Asked::new(&account, command))).unwrap();
    assert!(said.iter().all(Result::is_ok), "{said:?}");
    let (book, _) = store.book(&account).unwrap().unwrap();
    assert_eq!((book.account.totals.outstanding, book.account.totals.unapplied), (amount(200), amount(0)));
}

pub(super) fn one_invoice_comes_open_or_not(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let transaction = buy_parts(&desk, "order-1", 3);
    desk.done(&account, pay("transfer-1", 100));
    let one = |number| {
        let need = InvoiceNeed::One(invoice(&transaction, number));
        installments(&loaded(&*store, &[Needs { invoices: need, ..Needs::default() }]))
    };
    assert_eq!((one(1), one(2), one(4)), (vec![1], vec![2], vec![]));
}

pub(super) fn the_open_invoices_of_a_purchase_come_together(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let transaction = buy_parts(&desk, "order-1", 3);
    buy_parts(&desk, "order-2", 2);
    desk.done(&account, pay_by_name("transfer-1", &[(invoice(&transaction, 2), 100)]));
    let book = loaded(&*store, &[open_of(&transaction)]);
    let expected = [invoice(&transaction, 1), invoice(&transaction, 3)];
    assert!(book.invoices.keys().eq(&expected), "{:?}", book.invoices);
}

fn open_of(transaction: &TransactionId) -> Needs {
    Needs { invoices: InvoiceNeed::OpenOf(transaction.clone()), ..Needs::default() }
}

pub(super) fn what_is_asked_for_by_name_is_left_to_it_whatever_else_is_asked(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let first = buy_parts(&desk, "order-1", 2);
    desk.wait(86_400);
    let second = buy_parts(&desk, "order-2", 2);
    let one = Needs { invoices: InvoiceNeed::One(invoice(&second, 1)), ..Needs::default() };
    let book = loaded(&*store, &[covering(100), open_of(&first), one]);
    let expected = [invoice(&first, 1), invoice(&first, 2), invoice(&second, 1), invoice(&second, 2)];
    assert!(expected.iter().all(|id| book.invoices.contains_key(id)), "{:?}", book.invoices.keys());
}

pub(super) fn a_movement_of_the_balance_is_made_once(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [adjust("st-1", -1_500), adjust("st-2", 900), adjust("st-1", -1_500)]);
    desk.said(&account, adjust("st-1", 900)).unwrap_err();
    let (whole, _) = store.book(&account).unwrap().unwrap();
    assert_eq!((whole.adjustments.len(), whole.account.version), (2, 4));
    assert_eq!(whole.account.life.map(|life| life.balance.minor()), Some(-600));
    let statement = StatementId::new("st-2").ok();
    let book = loaded(&*store, &[Needs { adjustment: statement, ..Needs::default() }]);
    assert!(book.adjustments.keys().map(StatementId::as_str).eq(["st-2"]));
    assert_agrees(&*store);
}

pub(super) fn a_command_that_is_rehearsed_says_what_it_then_does(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.be_generous();
    let same = |command: Command| {
        let rehearsed = desk.rehearsed(&account, command.clone());
        assert_eq!(desk.said(&account, command), rehearsed);
        rehearsed.is_ok()
    };
    assert!(!same(buy("order-1", 100, 1)), "nobody knows it yet");
    assert!(same(request(100_000)) && same(approve(100_000)));
    assert!(same(buy("order-1", 3_000, 3)) && same(hold("t-1", 900, 3)) && same(settle("t-1", 1_000)));
    assert!(!same(buy("order-2", 900_000, 1)), "too much");
    assert!(same(pay("transfer-1", 1_500)) && same(pay("transfer-1", 1_500)), "again");
    assert!(same(pay_by_name("transfer-2", &[(invoice(&transaction("t-1"), 2), 50)])));
    assert!(same(refund("t-1", 400)) && same(postpone(invoice(&transaction("t-1"), 2), 10)));
    assert!(same(authorize(96_000)), "nearly all that is left");
    assert!(!same(buy("order-3", 5_000, 1)));
    desk.wait(86_400);
    assert!(same(buy("order-3", 5_000, 1)), "what was held has expired");
    assert!(same(adjust("st-1", -5)) && same(adjust("st-1", -5)) && !same(adjust("st-1", 6)));
    let before = store.book(&account).unwrap();
    desk.rehearsed(&account, pay("transfer-3", 100)).unwrap();
    assert_eq!(store.book(&account).unwrap(), before, "nothing was written");
    assert_eq!(store.book_for(&key("nobody"), &Needs::default()).unwrap(), None);
}

pub(super) fn a_hundred_thousand_open_invoices_weigh_nothing(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 900_000_000_000);
    let purchases: Vec<Asked> =
        (0..2_084).map(|number| Asked::new(&account, buy(&format!("order-{number}"), 4_800, 48))).collect();
    for batch in purchases.chunks(521) {
        let said = desk.batch(batch).unwrap();
        assert!(said.iter().all(Result::is_ok));
    }
    let book =
        loaded(&*store, &[Needs { order: Some(OrderId::new("one-more").unwrap()), ..Needs::default() }]);
    assert_eq!(book.account.totals.outstanding, amount(2_084 * 4_800));
    assert_eq!(book.account.ladder.rungs().count(), 48, "a rung a due day");
    assert_eq!((book.usages.len(), book.invoices.len()), (0, 0), "a purchase needs none of them");
    let book = loaded(&*store, &[covering(250)]);
    assert_eq!((book.usages.len(), book.invoices.len()), (0, 3), "a payment needs those it pays");
    desk.all_done(&account, [buy("one-more", 100, 1), pay("transfer-1", 250)]);
    let page = store.invoices(&account, Some(InvoiceState::Paid), &super::lists::first(10)).unwrap();
    assert_eq!((page.items.len(), page.next), (2, None), "the closed ones are found among the open");
    let page = store.invoices(&account, Some(InvoiceState::Open), &super::lists::first(10)).unwrap();
    assert_eq!((page.items.len(), page.next.is_some()), (10, true));
}
