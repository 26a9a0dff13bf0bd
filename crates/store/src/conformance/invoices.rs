use super::Open;
use super::desk::{
    Desk, ORGANIZATION, amount, annotate, buy, cancel_invoice, close, day, hold, instant, invoice, key,
    key_in, open as open_line, organization, pay, pay_invoice, postpone, refund, settle, transaction,
};
use super::transactions::assert_agrees;
use crate::{InvoiceFilter, InvoiceRecord, InvoiceTerm, InvoiceTotals, Range, Store, Total};
use fiado_core::account::InvoiceState;
use fiado_core::identity::{InvoiceId, OrderId};
use fiado_core::profile::{Beside, NoteChange, Notes, NotesChange, Observation, PaymentLink};

pub(super) const ALL: Range = Range { first: 1, last: 10_000 };

/// What a filter finds; its totals must be those of what it finds.
pub(super) fn found(store: &dyn Store, filter: &InvoiceFilter) -> Vec<InvoiceRecord> {
    let (records, totals) = store.find_invoices(&organization(ORGANIZATION), filter, &ALL).unwrap();
    assert_eq!(totals, summed(&records), "{filter:?}");
    records
}

/// The totals of invoices, one by one.
pub(super) fn summed(records: &[InvoiceRecord]) -> InvoiceTotals {
    let total = |state| {
        let values = records.iter().map(|record| &record.invoice).filter(|invoice| invoice.state == state);
        let minor = values.clone().map(|invoice| u128::from(invoice.value.minor())).sum();
        Total { count: u64::try_from(values.count()).unwrap(), minor }
    };
    InvoiceTotals {
        open: total(InvoiceState::Open),
        paid: total(InvoiceState::Paid),
        cancelled: total(InvoiceState::Cancelled),
    }
}

fn with(terms: &[InvoiceTerm]) -> InvoiceFilter {
    InvoiceFilter { terms: terms.to_vec(), ..InvoiceFilter::default() }
}

fn any(terms: &[InvoiceTerm]) -> InvoiceFilter {
    InvoiceFilter { terms: terms.to_vec(), any: true, ..InvoiceFilter::default() }
}

fn of(customer: &str, terms: &[InvoiceTerm]) -> InvoiceFilter {
    InvoiceFilter { customer: Some(key(customer).customer), ..with(terms) }
}

fn state(state: InvoiceState) -> InvoiceTerm {
    InvoiceTerm::State(state)
}

fn order(text: &str) -> InvoiceTerm {
    InvoiceTerm::Order(OrderId::new(text).unwrap())
}

fn ids(records: &[InvoiceRecord]) -> Vec<String> {
    records.iter().map(|record| record.invoice.id.to_string()).collect()
}

/// Two accounts with purchases under names of their own, a minute apart: `alfa-1` in three parts,
/// `bravo-1` in two, `alfa-2` in one; the first part of each of the first two is paid, and the last
/// of the first is cancelled.
fn some_invoices(desk: &Desk<'_>) {
    let accounts = [key("alfa"), key("bravo")];
    for account in &accounts {
        desk.done(account, open_line(100_000));
    }
    let bought = [(0, "alfa-1", 3_000, 3), (1, "bravo-1", 2_000, 2), (0, "alfa-2", 1_000, 1)];
    for (account, id, minor, parts) in bought {
        desk.wait(60);
        desk.all_done(&accounts[account], [hold(id, minor, parts), settle(id, minor)]);
    }
    desk.done(&accounts[0], pay_invoice(invoice("alfa-1", 1)));
    desk.done(&accounts[1], pay_invoice(invoice("bravo-1", 1)));
    desk.done(&accounts[0], cancel_invoice(invoice("alfa-1", 3)));
}

/// A page after the other, until there is none, of so many invoices each.
fn page_by_page(store: &dyn Store, filter: &InvoiceFilter, each: u64) -> Vec<InvoiceRecord> {
    let mut all = Vec::new();
    for first in (1..).step_by(usize::try_from(each).unwrap()) {
        let range = Range { first, last: first + each - 1 };
        let (page, _) = store.find_invoices(&organization(ORGANIZATION), filter, &range).unwrap();
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    all
}

pub(super) fn invoices_of_several_states_are_paged_in_the_order_they_were_issued(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let account = key("alfa");
    desk.done(&account, open_line(100_000));
    let transactions: Vec<String> = (0..9).map(|number| format!("t-{number}")).collect();
    for (number, id) in transactions.iter().enumerate() {
        desk.wait(60);
        desk.all_done(&account, [hold(id, 200, 2), settle(id, 200)]);
        let change = match number % 3 {
            0 => Some(pay_invoice(invoice(id, 1))),
            1 => Some(cancel_invoice(invoice(id, 2))),
            _ => None,
        };
        desk.all_done(&account, change);
    }
    let issued = |from, before| InvoiceTerm::Issued { from, before };
    let moments =
        found(&*store, &with(&[])).iter().map(|record| record.invoice.issued_at).collect::<Vec<_>>();
    let in_order: Vec<String> = transactions
        .iter()
        .flat_map(|id| [invoice(id, 1), invoice(id, 2)])
        .map(|id| id.to_string())
        .collect();
    assert!(moments.is_sorted());
    let lists = [
        (with(&[]), &in_order[..]),
        (with(&[issued(None, None)]), &in_order[..]),
        (with(&[issued(Some(moments[2]), Some(moments[14]))]), &in_order[2..14]),
    ];
    for (filter, expected) in lists {
        for each in [1, 2, 3, 5, 7, 100] {
            let paged = page_by_page(&*store, &filter, each);
            assert_eq!(ids(&paged), expected, "{filter:?}, {each} each");
            assert_eq!(summed(&paged), summed(&found(&*store, &filter)), "{filter:?}");
        }
        for each in InvoiceState::ALL {
            assert!(found(&*store, &filter).iter().any(|record| record.invoice.state == each), "{each:?}");
        }
    }
}

const IN_ORDER: [&str; 6] = ["alfa-1-01", "alfa-1-02", "alfa-1-03", "bravo-1-01", "bravo-1-02", "alfa-2-01"];

pub(super) fn invoices_are_listed_as_they_were_issued(open: Open<'_>) {
    let store = open();
    some_invoices(&Desk::new(&*store));
    let all = found(&*store, &with(&[]));
    assert_eq!(ids(&all), IN_ORDER);
    let customers: Vec<_> = all.iter().map(|record| record.key.customer.as_str()).collect();
    assert_eq!(customers, ["alfa", "alfa", "alfa", "bravo", "bravo", "alfa"]);
    for record in &all {
        let alone = store.invoice(&record.key, &record.invoice.id).unwrap();
        assert_eq!(alone.as_ref(), Some(record), "as it is read alone");
    }
    assert_eq!(ids(&found(&*store, &of("alfa", &[]))).len(), 4);
    assert_eq!(ids(&found(&*store, &of("bravo", &[]))), IN_ORDER[3..5]);
    assert!(found(&*store, &of("nobody", &[])).is_empty());
    let elsewhere = store.find_invoices(&organization("org_other"), &with(&[]), &ALL).unwrap();
    assert_eq!(elsewhere, (Vec::new(), InvoiceTotals::default()));
    assert_eq!(store.invoice(&key("bravo"), &invoice("alfa-1", 1)).unwrap(), None, "another account's");
    assert_eq!(store.invoice(&key("alfa"), &invoice("alfa-1", 4)).unwrap(), None);
}

pub(super) fn a_page_of_invoices_is_what_stands_at_its_positions(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    some_invoices(&desk);
    desk.all_done(&key("alfa"), (0..5).map(|number| buy(&format!("order-1{number}"), 1_200, 4)));
    let filters = [
        with(&[]),
        with(&[InvoiceTerm::Issued { from: None, before: None }]),
        with(&[state(InvoiceState::Open)]),
        of("alfa", &[]),
        of("alfa", &[state(InvoiceState::Open)]),
        any(&[state(InvoiceState::Paid), order("order-12"), InvoiceTerm::Value(amount(300))]),
        with(&[InvoiceTerm::Due { from: None, to: None }]),
    ];
    for filter in filters {
        let (whole, totals) = store.find_invoices(&organization(ORGANIZATION), &filter, &ALL).unwrap();
        for (first, last) in
            [(1, 1), (2, 5), (3, 3), (1, 1_000), (9, 14), (12, 20), (25, 26), (26, 30), (500, 600)]
        {
            let range = Range { first, last };
            let (page, same) = store.find_invoices(&organization(ORGANIZATION), &filter, &range).unwrap();
            let skipped = usize::try_from(first - 1).unwrap();
            let most = usize::try_from(last - first + 1).unwrap();
            assert!(page.iter().eq(whole.iter().skip(skipped).take(most)), "{filter:?} {first} to {last}");
            assert_eq!(same, totals, "the totals are of all");
        }
    }
}

pub(super) fn invoices_are_found_by_each_of_their_terms(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    some_invoices(&desk);
    desk.done(&key("bravo"), buy("order-7", 500, 1));
    let one = |term: InvoiceTerm| ids(&found(&*store, &with(&[term])));
    let all = found(&*store, &with(&[]));
    let last = all.last().unwrap().invoice.clone();
    assert_eq!(one(InvoiceTerm::Customer(key("bravo").customer)).len(), 3);
    assert_eq!(one(state(InvoiceState::Paid)), ["alfa-1-01", "bravo-1-01"]);
    assert_eq!(one(state(InvoiceState::Cancelled)), ["alfa-1-03"]);
    assert_eq!(one(InvoiceTerm::Value(amount(500))), [last.id.to_string()]);
    assert!(one(InvoiceTerm::Value(amount(999))).is_empty());
    assert_eq!(one(InvoiceTerm::Id(invoice("alfa-1", 2))), ["alfa-1-02"]);
    assert!(one(InvoiceTerm::Id(invoice("alfa-1", 4))).is_empty());
    assert!(
        one(InvoiceTerm::Id(InvoiceId { transaction: transaction("alfa-1"), installment: 200 })).is_empty()
    );
    assert_eq!(one(InvoiceTerm::Friendly(invoice("bravo-1", 2).friendly())), ["bravo-1-02"]);
    for name in ["", "x", "-1", "abcdefgh-0", "abcdefgh-01", "abcdefgh-300"] {
        assert!(one(InvoiceTerm::Friendly(name.to_owned())).is_empty(), "{name:?}");
    }
    let padded = invoice("bravo-1", 2).friendly().replace("-2", "-02");
    assert!(one(InvoiceTerm::Friendly(padded)).is_empty(), "exactly as it is written");
    assert_eq!(one(order("order-7")), [last.id.to_string()]);
    assert_eq!(one(order("order-1")), IN_ORDER, "several purchases may be of one order");
    assert!(one(order("' OR 1=1 --")).is_empty());
}

pub(super) fn invoices_are_found_by_when_they_were_issued_and_fall_due(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("alfa"));
    desk.done(&account, open_line(100_000));
    desk.done(&account, buy("order-1", 300, 3));
    let issued = desk.now();
    desk.wait(86_400);
    desk.done(&account, buy("order-2", 100, 1));
    let one = |term: InvoiceTerm| found(&*store, &with(&[term])).len();
    let between = |from, before| InvoiceTerm::Issued { from, before };
    assert_eq!(one(between(None, None)), 4);
    assert_eq!(one(between(Some(issued), None)), 4, "from then on");
    assert_eq!(one(between(None, Some(issued))), 0, "before then");
    assert_eq!(one(between(Some(issued.plus_seconds(1)), None)), 1);
    assert_eq!(one(between(Some(issued), Some(issued.plus_seconds(1)))), 3);
    let due = |from: &str, to: &str| {
        let day_of = |text: &str| (!text.is_empty()).then(|| day(text));
        InvoiceTerm::Due { from: day_of(from), to: day_of(to) }
    };
    assert_eq!(one(due("", "")), 4);
    assert_eq!(one(due("2025-12-24", "2025-12-24")), 1, "both days are included");
    assert_eq!(one(due("2025-12-25", "")), 3);
    assert_eq!(one(due("", "2025-12-25")), 2);
    assert_eq!(one(due("2026-01-01", "2025-12-01")), 0);
    let twice = [between(Some(issued), None), between(None, Some(issued.plus_seconds(1)))];
    assert_eq!(found(&*store, &with(&twice)).len(), 3, "the same may be asked twice");
    let both = [between(Some(issued), None), due("", "2025-12-25"), state(InvoiceState::Open)];
    assert_eq!(found(&*store, &with(&both)).len(), 2);
    assert_eq!(found(&*store, &of("alfa", &both)).len(), 2);
    assert_eq!(found(&*store, &of("alfa", &both[..1])).len(), 4);
}

pub(super) fn terms_on_invoices_hold_together_or_one_by_one(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    some_invoices(&desk);
    let (paid, cancelled) = (state(InvoiceState::Paid), state(InvoiceState::Cancelled));
    let (alfa, bravo) =
        (InvoiceTerm::Customer(key("alfa").customer), InvoiceTerm::Customer(key("bravo").customer));
    let second = InvoiceTerm::Id(invoice("bravo-1", 2));
    let all = |filter: InvoiceFilter| ids(&found(&*store, &filter));
    assert_eq!(all(with(&[paid.clone(), bravo.clone()])), ["bravo-1-01"]);
    assert_eq!(all(with(&[paid.clone(), order("order-1")])), ["alfa-1-01", "bravo-1-01"]);
    assert!(all(with(&[paid.clone(), cancelled.clone()])).is_empty());
    assert!(all(with(&[alfa.clone(), bravo.clone()])).is_empty());
    assert!(all(of("alfa", std::slice::from_ref(&bravo))).is_empty());
    assert!(all(with(&[second.clone(), alfa.clone()])).is_empty());
    assert_eq!(
        all(with(&[second.clone(), InvoiceTerm::Value(amount(1_000)), order("order-1")])),
        ["bravo-1-02"]
    );
    assert_eq!(all(any(&[paid.clone(), cancelled.clone()])), ["alfa-1-01", "alfa-1-03", "bravo-1-01"]);
    assert_eq!(all(any(&[cancelled.clone(), second.clone()])), ["alfa-1-03", "bravo-1-02"]);
    assert_eq!(all(any(&[cancelled.clone(), bravo])), ["alfa-1-03", "bravo-1-01", "bravo-1-02"]);
    assert_eq!(all(any(std::slice::from_ref(&cancelled))), ["alfa-1-03"], "one term alone");
    assert_eq!(all(any(&[])), IN_ORDER, "where nothing is asked all match");
    let every = InvoiceState::ALL.map(state);
    assert_eq!(all(any(&every)), IN_ORDER);
    let beside = InvoiceFilter { customer: Some(key("bravo").customer), ..any(&[paid, cancelled]) };
    assert_eq!(all(beside), ["bravo-1-01"], "the customer holds beside the terms");
    let beside = InvoiceFilter { customer: Some(key("bravo").customer), ..any(&[alfa, second]) };
    assert_eq!(all(beside), ["bravo-1-02"]);
}

pub(super) fn notes_stay_on_their_invoice_and_lead_to_it(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    some_invoices(&desk);
    let id = invoice("bravo-1", 2);
    let (observation, link) =
        (Observation::new("retirar\nen caja").unwrap(), PaymentLink::new("https://pagos.pa/1").unwrap());
    let note = |observation, payment_link| {
        let change = NotesChange { invoice: id.clone(), observation, payment_link };
        let beside = Beside { notes: Some(change), ..Beside::default() };
        desk.done_with(&key("bravo"), annotate(id.clone()), beside);
        let record = store.invoice(&key("bravo"), &id).unwrap().unwrap();
        assert_eq!(record.invoice.updated_at, desk.now());
        record.notes
    };
    let noted = || ids(&found(&*store, &with(&[InvoiceTerm::Observation(observation.clone())])));
    assert!(noted().is_empty());
    let both = Notes { observation: Some(observation.clone()), payment_link: Some(link.clone()) };
    assert_eq!(note(NoteChange::Set(observation.clone()), NoteChange::Set(link.clone())), both);
    assert_eq!(noted(), ["bravo-1-02"]);
    assert_eq!(found(&*store, &with(&[]))[4].notes, both, "in every list");
    assert_eq!(note(NoteChange::Keep, NoteChange::Keep), both);
    assert_eq!(
        note(NoteChange::Clear, NoteChange::Keep),
        Notes { observation: None, payment_link: Some(link) }
    );
    assert!(noted().is_empty());
    assert_eq!(note(NoteChange::Keep, NoteChange::Clear), Notes::default());
    assert_agrees(&*store);
}

pub(super) fn the_longest_observation_leads_to_its_invoice(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    some_invoices(&desk);
    // Four bytes each, and no two stretches alike, so that no database makes it shorter.
    let signs = (0..1_000).map(|number: u32| char::from_u32(0x2_0000 + number * 7_919 % 40_000).unwrap());
    let text: String = signs.collect();
    assert_eq!(text.len(), 4_000);
    let longest = Observation::new(&text).unwrap();
    let id = invoice("bravo-1", 2);
    let change = NotesChange {
        invoice: id.clone(),
        observation: NoteChange::Set(longest.clone()),
        payment_link: NoteChange::Keep,
    };
    let beside = Beside { notes: Some(change), ..Beside::default() };
    desk.done_with(&key("bravo"), annotate(id), beside);
    let noted = found(&*store, &with(&[InvoiceTerm::Observation(longest)]));
    assert_eq!(ids(&noted), ["bravo-1-02"]);
    assert_agrees(&*store);
}

pub(super) fn totals_follow_whatever_happens_to_invoices(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("alfa"));
    desk.be_generous();
    some_invoices(&desk);
    let steps = [
        settle("alfa-2", 1_500),
        pay("transfer-1", 700),
        pay("transfer-2", 300),
        refund("alfa-2", 200),
        postpone(invoice("alfa-2", 1), 3),
        refund("alfa-2", 1_300),
        buy("order-9", 7, 7),
    ];
    for command in steps {
        desk.done(&account, command.clone());
        for filter in [with(&[]), of("alfa", &[]), of("bravo", &[]), with(&[state(InvoiceState::Open)])] {
            found(&*store, &filter);
        }
        found(&*store, &of("alfa", &[state(InvoiceState::Cancelled)]));
    }
    let totals = store.find_invoices(&organization(ORGANIZATION), &with(&[]), &ALL).unwrap().1;
    let figures = [totals.open, totals.paid, totals.cancelled].map(|total| (total.count, total.minor));
    assert_eq!(figures, [(2, 2_000), (9, 2_007), (2, 1_000)]);
    assert_eq!(totals.count(), 13);
}

pub(super) fn totals_may_be_more_than_an_amount_can_be(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let largest = 999_999_999_999_999;
    for number in 0..30_u32 {
        let account = key(&format!("cust_{number}"));
        desk.done(&account, open_line(largest));
        desk.done(&account, buy("order-1", largest, 1));
    }
    let totals = store.find_invoices(&organization(ORGANIZATION), &with(&[]), &ALL).unwrap().1;
    assert_eq!(totals.open, Total { count: 30, minor: 30 * u128::from(largest) });
    let ordered =
        store.find_invoices(&organization(ORGANIZATION), &with(&[order("order-1")]), &ALL).unwrap().1;
    assert_eq!(ordered, totals);
}

pub(super) fn invoices_of_an_earlier_life_are_not_listed(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("alfa"));
    some_invoices(&desk);
    desk.all_done(&account, [pay("transfer-1", 2_000), close()]);
    assert_eq!(found(&*store, &of("alfa", &[])).len(), 4, "the last life's, while there is no other");
    desk.done(&account, open_line(50_000));
    assert!(found(&*store, &of("alfa", &[])).is_empty());
    assert_eq!(ids(&found(&*store, &with(&[]))), IN_ORDER[3..5]);
    assert!(found(&*store, &with(&[InvoiceTerm::Id(invoice("alfa-1", 1))])).is_empty());
    assert!(found(&*store, &any(&[order("order-1"), InvoiceTerm::Value(amount(1_000))])).len() == 2);
    assert_eq!(store.invoice(&account, &invoice("alfa-1", 1)).unwrap(), None);
    let kept = store.invoices_of(&account, &transaction("alfa-1")).unwrap();
    assert!(kept.len() == 3 && kept.iter().all(|invoice| invoice.past), "its purchases still have them");
    desk.done(&account, buy("order-2", 400, 4));
    assert_eq!(found(&*store, &of("alfa", &[])).len(), 4);
    found(&*store, &with(&[]));
    assert_agrees(&*store);
}

pub(super) fn invoices_issued_at_one_moment_are_listed_by_customer_and_id(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_other")).unwrap();
    // Each desk has a clock of its own, so that all of these are issued at the same moment.
    for account in [key("charlie"), key("alfa"), key("bravo"), key_in("org_other", "alfa")] {
        let desk = Desk::new(&*store);
        desk.all_done(&account, [open_line(100_000), hold(account.customer.as_str(), 200, 2)]);
        desk.done(&account, settle(account.customer.as_str(), 200));
    }
    let all = found(&*store, &with(&[]));
    assert!(all.iter().all(|record| record.invoice.issued_at == instant("2025-11-24T10:00:03Z")));
    assert_eq!(ids(&all), ["alfa-01", "alfa-02", "bravo-01", "bravo-02", "charlie-01", "charlie-02"]);
}
