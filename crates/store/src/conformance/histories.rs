use super::Open;
use super::desk::{
    Asked, Desk, add_holder, adjust, approve, buy, cancel, cancel_invoice, hold, invoice, key, key_in, limit,
    open as open_line, organization, pay, pay_invoice, postpone, reactivate, refund, reject, release,
    request, settle, suspend, tolerance,
};
use super::invoices::{found, summed};
use super::transactions::assert_agrees;
use crate::verify::verify;
use crate::{InvoiceFilter, InvoiceRecord, InvoiceTerm, Store};
use fiado_core::account::{Book, Command, Entry, InvoiceState};
use fiado_core::identity::AccountKey;
use fiado_core::profile::Notes;
use std::collections::BTreeSet;

/// Numbers that are random enough and always the same (SplitMix64).
struct Dice {
    state: u64,
    /// How many commands on holds were made of them.
    holds: u64,
}

impl Dice {
    /// A number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn command(&mut self) -> Command {
        match self.below(3) {
            0 => self.command_on_a_hold(),
            _ => self.command_on_the_line(),
        }
    }

    fn command_on_the_line(&mut self) -> Command {
        let name = self.below(60);
        match self.below(24) {
            0 | 1 => request(100_000),
            2 | 3 => approve(20_000 + self.below(50_000)),
            4 => suspend(),
            5 | 6 => reactivate(),
            7 => limit(self.below(90_000)),
            8 if self.below(3) == 0 => cancel(),
            8 => reject(),
            9..14 => pay(&format!("transfer-{name}"), 1 + self.below(4_000)),
            14 => tolerance(u32::try_from(self.below(2_000_000)).unwrap()),
            15 => open_line(50_000),
            16 => adjust(&format!("st-{name}"), i64::try_from(self.below(9_000)).unwrap() - 4_500),
            17 => add_holder(),
            _ => buy(&format!("order-{name}"), 1 + self.below(9_000), 1 + self.below(12)),
        }
    }

    fn command_on_a_hold(&mut self) -> Command {
        // Those of late, so that something happens to them before they end by themselves.
        self.holds += 1;
        let id = format!("t-{}", self.holds / 12 + self.below(3));
        let part = invoice(&id, u8::try_from(1 + self.below(4)).unwrap());
        match self.below(10) {
            0 | 1 => hold(&id, 1 + self.below(5_000), 1 + self.below(4)),
            2..5 => settle(&id, 1 + self.below(5_000)),
            5 => release(&id),
            6 => refund(&id, 1 + self.below(3_000)),
            7 => pay_invoice(part),
            8 => cancel_invoice(part),
            _ => postpone(part, u16::try_from(1 + self.below(40)).unwrap()),
        }
    }
}

/// Three accounts after many batches of whatever comes to mind.
pub(super) fn lived(store: &dyn Store) -> [AccountKey; 3] {
    let desk = Desk::new(store);
    desk.be_generous();
    let accounts = ["alfa", "bravo", "charlie"].map(key);
    for account in &accounts {
        desk.open_line(account, 50_000);
    }
    let mut dice = Dice { state: 20_251_124, holds: 0 };
    for _ in 0..200 {
        let asked: Vec<Asked> = (0..=dice.below(8))
            .map(|_| Asked::new(&accounts[usize::try_from(dice.below(3)).unwrap()], dice.command()))
            .collect();
        desk.batch(&asked).unwrap();
        desk.wait(u32::try_from(dice.below(20_000)).unwrap());
    }
    accounts
}

pub(super) fn random_histories_are_replayed_to_what_is_stored(open: Open<'_>) {
    let store = open();
    let mut kinds = BTreeSet::new();
    for account in &lived(&*store) {
        let (stored, _) = store.book(account).unwrap().unwrap();
        assert_eq!(stored, replayed(&*store, account));
        assert!(stored.payments.len() > 10 && stored.usages.len() > 10, "the history is worth the name");
        kinds.extend(store.journal(account, 0, 10_000).unwrap().into_iter().map(|row| row.kind));
    }
    assert!(kinds.len() > 15, "the history is worth the name: {kinds:?}");
    assert_agrees(&*store);
}

pub(super) fn lists_and_totals_agree_after_random_histories(open: Open<'_>) {
    let store = open();
    let mut all: Vec<InvoiceRecord> = Vec::new();
    for account in lived(&*store) {
        let (book, _) = store.book(&account).unwrap().unwrap();
        let present = book.invoices.into_values().filter(|invoice| !invoice.past);
        let own: Vec<InvoiceRecord> = present
            .map(|invoice| InvoiceRecord { key: account.clone(), invoice, notes: Notes::default() })
            .collect();
        let filter = InvoiceFilter { customer: Some(account.customer.clone()), ..InvoiceFilter::default() };
        assert_eq!(found(&*store, &filter), in_order(own.clone()));
        all.extend(own);
    }
    let all = in_order(all);
    let totals = summed(&all);
    assert!(totals.open.count > 5 && totals.paid.count > 5, "the history is worth the name: {totals:?}");
    assert_eq!(found(&*store, &InvoiceFilter::default()), all);
    for state in InvoiceState::ALL {
        let filter = InvoiceFilter { terms: vec![InvoiceTerm::State(state)], ..InvoiceFilter::default() };
        let expected = all.iter().filter(|record| record.invoice.state == state);
        assert!(found(&*store, &filter).iter().eq(expected), "{state:?}");
    }
}

pub(super) fn any_filter_finds_what_a_look_at_each_invoice_finds(open: Open<'_>) {
    let store = open();
    lived(&*store);
    let all = found(&*store, &InvoiceFilter::default());
    let mut dice = Dice { state: 7, holds: 0 };
    let mut matches = 0;
    for _ in 0..400 {
        let terms: Vec<InvoiceTerm> = (0..=dice.below(3)).map(|_| dice.term(&all)).collect();
        let customer = (dice.below(4) == 0).then(|| dice.record(&all).key.customer.clone());
        let filter = InvoiceFilter { customer, terms, any: dice.below(2) == 0 };
        let expected: Vec<&InvoiceRecord> =
            all.iter().filter(|record| matches_filter(record, &filter)).collect();
        assert!(found(&*store, &filter).iter().eq(expected.iter().copied()), "{filter:?}");
        matches += usize::from(!expected.is_empty());
    }
    assert!(matches > 100, "the filters are worth the name: {matches}");
}

impl Dice {
    fn record<'a>(&mut self, all: &'a [InvoiceRecord]) -> &'a InvoiceRecord {
        &all[usize::try_from(self.below(u64::try_from(all.len()).unwrap())).unwrap()]
    }

    /// Something that holds for one of these invoices.
    fn term(&mut self, all: &[InvoiceRecord]) -> InvoiceTerm {
        let (key, invoice) = (self.record(all).key.clone(), self.record(all).invoice.clone());
        let until = self.record(all).invoice.clone();
        match self.below(8) {
            0 => InvoiceTerm::Customer(key.customer),
            1 => InvoiceTerm::Issued { from: Some(invoice.issued_at), before: None },
            2 => InvoiceTerm::Issued { from: Some(invoice.issued_at), before: Some(until.issued_at) },
            3 => InvoiceTerm::Due { from: Some(invoice.due), to: Some(until.due) },
            4 => InvoiceTerm::Value(invoice.value),
            5 => InvoiceTerm::State(invoice.state),
            6 => InvoiceTerm::Friendly(invoice.id.friendly()),
            _ => InvoiceTerm::Order(invoice.order),
        }
    }
}

fn matches_filter(record: &InvoiceRecord, filter: &InvoiceFilter) -> bool {
    let holds = |term: &InvoiceTerm| {
        let invoice = &record.invoice;
        match term {
            InvoiceTerm::Customer(customer) => record.key.customer == *customer,
            InvoiceTerm::Issued { from, before } => {
                from.is_none_or(|from| invoice.issued_at >= from)
                    && before.is_none_or(|before| invoice.issued_at < before)
            }
            InvoiceTerm::Due { from, to } => {
                from.is_none_or(|from| invoice.due >= from) && to.is_none_or(|to| invoice.due <= to)
            }
            InvoiceTerm::Value(value) => invoice.value == *value,
            InvoiceTerm::State(state) => invoice.state == *state,
            InvoiceTerm::Friendly(name) => invoice.id.friendly() == *name,
            InvoiceTerm::Observation(observation) => record.notes.observation.as_ref() == Some(observation),
            InvoiceTerm::Id(id) => invoice.id == *id,
            InvoiceTerm::Order(order) => invoice.order == *order,
        }
    };
    let customer = filter.customer.as_ref().is_none_or(|customer| record.key.customer == *customer);
    customer && if filter.any { filter.terms.iter().any(holds) } else { filter.terms.iter().all(holds) }
}

/// In the order of the list: by issue, customer and id.
fn in_order(mut records: Vec<InvoiceRecord>) -> Vec<InvoiceRecord> {
    records.sort_by(|a, b| {
        let order = |record: &InvoiceRecord| {
            (record.invoice.issued_at, record.key.customer.clone(), record.invoice.id.clone())
        };
        order(a).cmp(&order(b))
    });
    records
}

fn replayed(store: &dyn Store, account: &AccountKey) -> Book {
    let mut book = Book::default();
    for row in store.journal(account, 0, 10_000).unwrap() {
        book.replay(&serde_json::from_slice::<Entry>(&row.body).unwrap());
    }
    book
}

pub(super) fn two_writers_take_turns_without_losing_anything(open: Open<'_>) {
    let (here, there) = (open(), open());
    let account = key("cust_456");
    Desk::new(&*here).open_line(&account, 1_000_000);
    let buy_thirty = |store: &dyn Store, name: &str| {
        let desk = Desk::new(store);
        desk.all_done(&account, (0..30).map(|number| buy(&format!("{name}-{number}"), 100, 2)));
    };
    std::thread::scope(|scope| {
        scope.spawn(|| buy_thirty(&*here, "here"));
        scope.spawn(|| buy_thirty(&*there, "there"));
    });
    let (book, _) = here.book(&account).unwrap().unwrap();
    assert_eq!((book.account.version, book.usages.len()), (62, 60));
    let summary = verify(&*there, &mut |_| {}).unwrap();
    assert_eq!((summary.accounts, summary.entries, summary.differences), (1, 62, 0));
}

pub(super) fn all_accounts_are_found_in_order_of_their_keys(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_a")).unwrap();
    let desk = Desk::new(&*store);
    let mut keys: Vec<AccountKey> = ["zeta", "alfa", "ñandú", "Alfa", "x y"].map(key).into();
    keys.extend(["zeta", "alfa"].map(|customer| key_in("org_a", customer)));
    for account in &keys {
        desk.done(account, request(100_000));
    }
    desk.said(&key("refused"), approve(100_000)).unwrap_err();
    keys.sort();
    assert_eq!(store.account_keys(None, 100).unwrap(), keys);
    for most in 1..4 {
        let mut found: Vec<AccountKey> = Vec::new();
        loop {
            let page = store.account_keys(found.last(), most).unwrap();
            assert!(page.len() <= most);
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        assert_eq!(found, keys);
    }
}
