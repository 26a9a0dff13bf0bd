use super::Open;
use super::desk::{
    Asked, Desk, amount, buy, cancel, day, find, key, pay, reactivate, reject, request, suspend,
};
use super::lists::first;
use crate::Store;
use fiado_core::calendar::Day;
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
