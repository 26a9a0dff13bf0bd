use super::Open;
use super::desk::{
    Asked, Desk, a_tenth_more, adjust, amount, buy, cancel, cancel_invoice, day, find, hold, invoice, key,
    limit, pay, pay_invoice, postpone, reactivate, reject, request, settle, suspend,
};
use super::lists::first;
use super::needs::loaded;
use super::transactions::assert_agrees;
use crate::{Store, Stretch};
use fiado_core::account::{InvoiceState, Needs};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::PaymentReference;
use fiado_core::money::Amount;
use fiado_core::profile::{Beside, BusinessName, Profile, Remark, TaxId, YearsInBusiness};

fn rungs(store: &dyn Store) -> Vec<(Day, Amount)> {
    find(store, &key("cust_456")).unwrap().account.ladder.rungs().collect()
}

pub(super) fn the_ladder_holds_what_is_owed_by_due_day(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [buy("order-1", 300, 3), buy("order-2", 50, 1)]);
    let (december, january, february) = (day("2025-12-24"), day("2026-01-23"), day("2026-02-22"));
    assert_eq!(rungs(&*store), [(december, amount(150)), (january, amount(100)), (february, amount(100))]);
    desk.done(&account, pay("transfer-1", 120));
    assert_eq!(rungs(&*store), [(december, amount(30)), (january, amount(100)), (february, amount(100))]);
    desk.done(&account, pay("transfer-2", 80));
    assert_eq!(rungs(&*store), [(january, amount(50)), (february, amount(100))], "no rung is empty");
    let batch = [buy("order-3", 10, 1), pay("transfer-3", 160), buy("order-4", 7, 1)];
    desk.batch(&batch.map(|command| Asked::new(&account, command))).unwrap();
    assert_eq!(rungs(&*store), [(december, amount(7))], "a batch leaves its last state");
}

pub(super) fn a_payment_changes_invoice_and_purchase(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [buy("order-1", 300, 3), pay("transfer-1", 150)]);
    let paid_at = desk.now();
    let usage = store.usages(&account, &first(10)).unwrap().items.remove(0).usage;
    assert_eq!((usage.amount, usage.paid), (amount(300), amount(150)));
    let invoices = store.invoices_of(&account, &usage.transaction).unwrap();
    let figures: Vec<_> =
        invoices.iter().map(|invoice| (invoice.paid.minor(), invoice.resolved_at)).collect();
    assert_eq!(figures, [(100, Some(paid_at)), (50, None), (0, None)]);
    let payment = store.payments(&account, &first(10)).unwrap().items.remove(0);
    let parts: Vec<_> = payment.applied.iter().map(|part| (&part.invoice, part.amount.minor())).collect();
    assert_eq!(parts, [(&invoices[0].id, 100), (&invoices[1].id, 50)]);
    assert_eq!(
        (payment.reference, payment.amount, payment.unapplied),
        (PaymentReference::new("transfer-1").ok(), amount(150), amount(0))
    );
}

pub(super) fn a_purchase_says_when_its_next_part_is_due(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.done(&account, buy("order-1", 300, 3));
    let next_due = || store.usages(&account, &first(10)).unwrap().items[0].next_due;
    assert_eq!(next_due(), Some(day("2025-12-24")));
    desk.done(&account, pay("transfer-1", 150));
    assert_eq!(next_due(), Some(day("2026-01-23")));
    desk.done(&account, pay("transfer-2", 150));
    assert_eq!(next_due(), None);
}

fn profile(name: &str, years: Option<u64>) -> Profile {
    Profile {
        business_name: BusinessName::new(name).unwrap(),
        tax_id: TaxId::new("8-888-8888 DV 10").unwrap(),
        years_in_business: years.and_then(YearsInBusiness::new),
    }
}

pub(super) fn a_purchase_keeps_the_plan_it_was_made_by(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::with_rules(&*store, vec![a_tenth_more("regla 1")]), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.done(&account, buy("order-1", 300, 3));
    let bought = desk.bought_by(&account, "order-2", 3_000, "regla 1:3x");
    let listed = store.usages(&account, &first(10)).unwrap().items;
    let [newest, oldest] = [&listed[0].usage, &listed[1].usage];
    assert_eq!((newest, newest.plan.as_ref().map(|plan| plan.as_str())), (&bought, Some("regla 1:3x")));
    assert_eq!(
        (newest.amount, newest.interest, newest.principal()),
        (amount(3_900), amount(900), amount(3_000))
    );
    assert_eq!((oldest.amount, oldest.interest, &oldest.plan), (amount(300), amount(0), &None));
    let found =
        loaded(&*store, &[Needs { transaction: Some(bought.transaction.clone()), ..Needs::default() }]);
    assert_eq!(found.usages.get(&bought.transaction), Some(&bought));
    desk.done(&account, pay("transfer-1", 1_400));
    let paid = store.usages(&account, &first(1)).unwrap().items.remove(0).usage;
    assert_eq!((paid.paid, paid.interest), (amount(1_300), amount(900)), "what is paid is no less interest");
    assert_agrees(&*store);
}

pub(super) fn a_profile_is_replaced_by_the_next(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let found = || find(&*store, &account).unwrap().profile;
    let ask = |profile| Asked {
        beside: Beside { profile, ..Beside::default() },
        ..Asked::new(&account, request(100_000))
    };
    desk.batch(&[ask(Some(profile("Pérez e Hijos, S. A.", Some(12))))]).unwrap();
    assert_eq!(found(), Some(profile("Pérez e Hijos, S. A.", Some(12))));
    desk.done(&account, reject());
    desk.batch(&[ask(Some(profile("Pérez y Nietos", None)))]).unwrap();
    assert_eq!(found(), Some(profile("Pérez y Nietos", None)));
    desk.done(&account, reject());
    desk.batch(&[ask(None)]).unwrap();
    assert_eq!(found(), Some(profile("Pérez y Nietos", None)), "saying nothing changes nothing");
    let listed = store.requests(&account.organization, None, &first(10)).unwrap().items.remove(0);
    assert_eq!(listed.profile, found());
}

pub(super) fn a_remark_belongs_to_the_decision_it_was_written_beside(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let found = || find(&*store, &account).unwrap().remark;
    let remarked = |text: &str| Remark::new(text).ok();
    let decide = |command, text: &str| {
        let beside = Beside { remark: remarked(text), ..Beside::default() };
        let asked = Asked { beside, ..Asked::new(&account, command) };
        desk.batch(&[asked]).unwrap().remove(0).unwrap();
    };
    desk.done(&account, request(100_000));
    assert_eq!(found(), None);
    decide(reject(), "faltan documentos\nRUC ilegible");
    assert_eq!(found(), remarked("faltan documentos\nRUC ilegible"));
    desk.open_line(&account, 100_000);
    assert_eq!(found(), None, "it belongs to a decision that stands no more");
    decide(suspend(), "tres facturas vencidas");
    assert_eq!(found(), remarked("tres facturas vencidas"));
    decide(reactivate(), "pagó");
    assert_eq!(found(), None);
    desk.done(&account, cancel());
    assert_eq!(found(), None, "nothing was written beside this one");
}

pub(super) fn what_happens_to_an_invoice_is_kept_in_it(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.be_generous();
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [hold("t-1", 300, 3), settle("t-1", 300)]);
    let issued_at = desk.now();
    let found = |number| store.invoice(&account, &invoice("t-1", number)).unwrap().unwrap().invoice;
    desk.done(&account, pay_invoice(invoice("t-1", 1)));
    let paid = found(1);
    assert_eq!((paid.state, paid.resolved_at, paid.paid), (InvoiceState::Paid, Some(desk.now()), paid.value));
    desk.done(&account, pay("transfer-1", 40));
    desk.done(&account, postpone(invoice("t-1", 2), 15));
    let postponed = found(2);
    assert_eq!((postponed.due, postponed.original_due), (day("2026-02-07"), day("2026-01-23")));
    assert_eq!((postponed.postponements, postponed.updated_at), (1, desk.now()));
    desk.done(&account, cancel_invoice(invoice("t-1", 2)));
    let cancelled = found(2);
    assert_eq!((cancelled.state, cancelled.resolved_at), (InvoiceState::Cancelled, Some(desk.now())));
    assert_eq!(
        (cancelled.value, cancelled.paid),
        (amount(100), amount(0)),
        "what was paid of it is returned"
    );
    let untouched = found(3);
    assert_eq!((untouched.state, untouched.updated_at), (InvoiceState::Open, issued_at));
    let payment = store.payments(&account, &first(10)).unwrap().items.pop().unwrap();
    assert_eq!((payment.reference, payment.amount), (None, amount(100)), "paid by its id");
    assert_agrees(&*store);
}

/// The values of the lines between two moments, and the balance before them.
fn stretch(store: &dyn Store, between: (Option<Instant>, Option<Instant>), most: usize) -> (Vec<i64>, i64) {
    let stretch = store.statement_stretch(&key("cust_456"), between.0, between.1, most).unwrap();
    (stretch.lines.iter().map(|line| line.value.minor()).collect(), stretch.balance_before.minor())
}

pub(super) fn a_stretch_of_the_statement_is_what_lies_between_two_moments(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    assert_eq!(store.statement_stretch(&account, None, None, 10).unwrap(), Stretch::default());
    desk.open_line(&account, 100_000);
    desk.done(&account, buy("order-1", 300, 2));
    let bought = desk.now();
    desk.done(&account, pay("transfer-1", 200));
    desk.done(&account, limit(90_000));
    let limited = desk.now();
    let values = |between, most| stretch(&*store, between, most).0;
    assert_eq!(values((None, None), 10), [-300, 150, 50, -10_000], "oldest first");
    assert_eq!(values((Some(bought), Some(limited)), 10), [-300, 150, 50], "from then on, and before then");
    assert_eq!(values((Some(bought.plus_seconds(1)), None), 10), [150, 50, -10_000]);
    assert_eq!(values((None, None), 3), [150, 50, -10_000], "the newest, where there are more");
    assert_eq!(values((None, Some(limited)), 1), [50]);
    assert_eq!(values((Some(limited.plus_seconds(1)), None), 10), [0; 0]);
    assert_eq!(values((Some(limited), Some(bought)), 10), [0; 0]);
}

pub(super) fn a_stretch_begins_with_the_balance_before_it(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.done(&account, adjust("st-1", -1_500));
    let first_at = desk.now();
    desk.done(&account, buy("order-1", 300, 1));
    desk.done(&account, adjust("st-2", 400));
    let last_at = desk.now();
    assert_eq!(stretch(&*store, (None, None), 10), (vec![-1_500, -300, 400], 0));
    assert_eq!(stretch(&*store, (None, None), 2), (vec![-300, 400], -1_500));
    assert_eq!(stretch(&*store, (Some(last_at), None), 10), (vec![400], -1_500));
    assert_eq!(stretch(&*store, (None, Some(first_at)), 10), (vec![], 0), "before everything");
    assert_eq!(stretch(&*store, (Some(last_at.plus_seconds(1)), None), 10), (vec![], -1_100), "after it");
    let line = store.statement(&account, &first(1)).unwrap().items.remove(0);
    assert_eq!(line.balance_after.minor(), -1_100);
}

pub(super) fn a_stretch_knows_the_present_life_only(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [adjust("st-1", -1_500), cancel()]);
    assert_eq!(stretch(&*store, (None, None), 10), (vec![-1_500], 0), "the last, while there is no other");
    desk.open_line(&account, 100_000);
    assert_eq!(stretch(&*store, (None, None), 10), (vec![], 0));
    desk.done(&account, buy("order-1", 300, 1));
    assert_eq!(stretch(&*store, (None, None), 10), (vec![-300], 0));
    assert_eq!(store.statement(&account, &first(10)).unwrap().items.len(), 2, "the whole has both");
}
