use super::desk::{
    Asked, Desk, a_tenth_more, add_holder, adjust, amount, annotate, approve, buy, find, hold, hold_until,
    instant, invoice, key, key_in, open as open_line, organization, pay, reject, request, save, settle,
    suspend,
};
use super::histories::lived;
use super::transactions::assert_agrees;
use crate::moving::{Arrival, Arrived, Belongings, Counts, Header, ImportError, Incoming, Shops, export};
use crate::{
    AccountFilter, Answer, ApiKey, Changes, InvoiceFilter, Organization, PageRequest, Range, RuleRecord,
    Store, StoreError, Toward, Wanted,
};
use fiado_core::account::{InvoiceState, Needs, Status};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, RuleId};
use fiado_core::money::Currency;
use fiado_core::policy::Policy;
use fiado_core::profile::{
    Beside, BusinessName, Contact, ContactChange, Email, NoteChange, NotesChange, Observation, Profile,
    Remark, TaxId,
};
use std::fmt::Debug;

/// The doors of a database, which is empty at first: another handle with every call.
pub struct House<'a> {
    /// As a store.
    pub open: &'a dyn Fn() -> Result<Box<dyn Store>, StoreError>,
    /// To be filled.
    pub fill: &'a dyn Fn() -> Result<Box<dyn Arrival>, StoreError>,
}

impl House<'_> {
    fn store(&self) -> Box<dyn Store> {
        (self.open)().unwrap()
    }

    /// Takes an export in.
    fn takes_in(&self, text: &str) -> Result<Counts, ImportError> {
        let mut input = text.as_bytes();
        let incoming = Incoming::of(&mut input)?;
        let mut arrival = (self.fill)()?;
        incoming.move_in(&mut *arrival, &mut |_| {})
    }

    fn is_unfinished(&self) -> bool {
        matches!((self.open)(), Err(StoreError::ImportUnfinished))
    }
}

/// What goes out of a store.
fn exported(store: &dyn Store) -> String {
    let mut text = Vec::new();
    let header = Header::new("0.0.0", instant("2025-12-01T10:00:00Z"));
    export(&*store.departure().unwrap(), header, &mut text, &mut |_| {}).unwrap();
    String::from_utf8(text).unwrap()
}

/// A shop in which all has happened that can, and one beside it.
fn live(store: &dyn Store) {
    lived(store);
    let desk = Desk::with_rules(store, vec![a_tenth_more("1")]);
    // Later than whatever has happened before.
    desk.wait(200 * 20_000);
    tell_of_people(&desk);
    let other = Policy::usual(Currency::Clp);
    save(store, &Organization { policy: other, ..Organization::usual(organization("org_b")) }).unwrap();
    for id in ["7", "3", "5"] {
        let rule = RuleRecord { id: RuleId::new(id).unwrap(), document: format!("{{ \"id\" : {id} }}") };
        store.add_rule(&organization("org_b"), &rule, 10).unwrap();
    }
    store.remove_rule(&organization("org_b"), &RuleId::new("3").unwrap()).unwrap();
    store.add_key(&a_key()).unwrap();
    let there = key_in("org_b", "delta");
    desk.open_line(&there, 100_000);
    desk.bought_by(&there, "order-1", 3_000, "1:3x");
    desk.said(&there, buy("too-much", 900_000, 1)).unwrap_err();
    // Two that end at one moment come in the order they were made, whatever they are called.
    let end = instant("2027-01-01T00:00:00Z");
    desk.all_done(&there, ["t-9", "t-1", "t-5"].map(|id| hold_until(id, end)));
    let asked = |customer: &str, command| Asked {
        idempotency_key: Some("key-1".to_owned()),
        ..Asked::new(&key_in("org_b", customer), command)
    };
    desk.batch(&[asked("delta", buy("order-2", 77, 2)), asked("nobody", approve(100))]).unwrap();
    desk.done(&key("zeta"), request(50_000));
    desk.done(&key("zeta"), reject());
}

/// Somebody of whom everything is known that stands beside the journal.
fn tell_of_people(desk: &Desk<'_>) {
    let account = &key("yankee");
    desk.done_with(account, request(100_000), profile());
    desk.done(account, approve(100_000));
    let contact = Contact { email: Email::new("compras@abc.pa").ok(), ..Contact::default() };
    let contact = Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() };
    desk.done_with(&key("x-ray"), open_line(100_000), contact);
    desk.holder(account, "ana@abc.pa");
    desk.done(account, add_holder());
    desk.all_done(account, [hold("t-1", 300, 3), settle("t-1", 200), adjust("st-1", -5)]);
    let change = NotesChange {
        invoice: invoice("t-1", 2),
        observation: NoteChange::Set(Observation::new("vuelve\nel lunes \"sin falta\"").unwrap()),
        payment_link: NoteChange::Keep,
    };
    let notes = Beside { notes: Some(change), ..Beside::default() };
    desk.done_with(account, annotate(invoice("t-1", 2)), notes);
    let remark = Beside { remark: Remark::new("no paga — ñ").ok(), ..Beside::default() };
    desk.done_with(account, suspend(), remark);
}

fn profile() -> Beside {
    let profile = Profile {
        business_name: BusinessName::new("Constructora ABC").unwrap(),
        tax_id: TaxId::new("RUC-123-456").unwrap(),
        years_in_business: None,
    };
    Beside { profile: Some(profile), ..Beside::default() }
}

fn a_key() -> ApiKey {
    ApiKey {
        app_key: "fiado-erp".to_owned(),
        name: "ERP".to_owned(),
        token_hash: [0xa5; 32],
        organization: organization("org_b"),
        permissions: vec!["credit:use".to_owned()],
        customer: None,
        created_at: instant("2025-11-24T10:00:00Z"),
    }
}

/// What every reader of a store says, in words, so that two stores can be compared.
fn told(store: &dyn Store) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |what: &dyn Debug| told.push(format!("{what:?}"));
    tell(&(store.newest_instant().unwrap(), store.signing_key().unwrap(), store.key("fiado-erp").unwrap()));
    let keys = store.account_keys(None, 100).unwrap();
    tell(&keys);
    for shop in ["org_default", "org_b"].map(organization) {
        tell(&(store.organization(&shop).unwrap(), store.rules(&shop).unwrap()));
        let email = Email::new("ana@abc.pa").unwrap();
        tell(&store.account_of_shopper(&shop, &email).unwrap());
        let now = store.newest_instant().unwrap().unwrap();
        let all = Range { first: 1, last: 10_000 };
        tell(&store.accounts(&shop, &AccountFilter::default(), &all, now).unwrap());
        tell(&store.find_invoices(&shop, &InvoiceFilter::default(), &all).unwrap());
        for status in [None, Some(Status::Pending), Some(Status::Approved)] {
            tell(&store.requests(&shop, status, &first()).unwrap().items);
        }
    }
    store.newest_instant().unwrap(); // nothing is only a moment ago any more
    tell(&store.accounts_with_expired_holds(instant("2028-01-01T00:00:00Z"), 100).unwrap());
    keys.iter().for_each(|key| tell_account(store, key, &mut tell));
    told
}

fn tell_account(store: &dyn Store, key: &AccountKey, tell: &mut dyn FnMut(&dyn Debug)) {
    let now = store.newest_instant().unwrap().unwrap();
    tell(&store.account(key, now).unwrap());
    tell(&store.book(key).unwrap());
    tell(&store.journal(key, 0, 10_000).unwrap());
    tell(&store.entries(key, &first()).unwrap().items);
    tell(&(store.live_holds(key, Instant::EPOCH, 100).unwrap(), store.holders(key).unwrap()));
    tell(&store.usages(key, &first()).unwrap().items);
    for state in [None, Some(InvoiceState::Open), Some(InvoiceState::Cancelled)] {
        tell(&store.invoices(key, state, &first()).unwrap().items);
    }
    tell(&store.payments(key, &first()).unwrap().items);
    tell(&store.statement(key, &first()).unwrap().items);
    tell(&store.statement_stretch(key, None, None, 50).unwrap());
    tell(&store.invoice(key, &invoice("t-1", 2)).unwrap());
}

fn first() -> PageRequest {
    PageRequest { toward: Toward::Next, mark: None, most: 100 }
}

pub(super) fn a_house_that_has_moved_is_the_same_in_every_reader(old: &House<'_>, new: &House<'_>) {
    let store = old.store();
    live(&*store);
    let counts = new.takes_in(&exported(&*store)).unwrap();
    assert_eq!((counts.organizations, counts.rules, counts.keys), (2, 2, 1));
    assert_eq!((counts.accounts, counts.answers), (7, 2));
    assert!(counts.refusals > 50 && counts.entries > 300, "the history is worth the name: {counts:?}");
    let copy = new.store();
    for (there, here) in told(&*store).iter().zip(told(&*copy)) {
        assert_eq!(*there, here);
    }
    assert_agrees(&*copy);
}

pub(super) fn what_was_moved_goes_out_again_line_by_line(old: &House<'_>, new: &House<'_>) {
    let store = old.store();
    live(&*store);
    let text = exported(&*store);
    new.takes_in(&text).unwrap();
    let copy = exported(&*new.store());
    for (there, here) in text.lines().zip(copy.lines()) {
        assert_eq!(there, here);
    }
    assert_eq!(text, copy);
}

pub(super) fn a_new_store_moves_as_well(old: &House<'_>, new: &House<'_>) {
    let store = old.store();
    let counts = new.takes_in(&exported(&*store)).unwrap();
    assert_eq!(counts, Counts { organizations: 1, ..Counts::default() });
    let copy = new.store();
    assert_eq!(copy.signing_key().unwrap(), store.signing_key().unwrap());
    assert_eq!(copy.newest_instant().unwrap(), None);
    Desk::new(&*copy).open_line(&key("alfa"), 100);
    assert_eq!(copy.journal(&key("alfa"), 0, 10).unwrap()[1].position, 2);
    assert_agrees(&*copy);
}

pub(super) fn work_goes_on_where_it_was(old: &House<'_>, new: &House<'_>) {
    let (store, account) = (old.store(), key("alfa"));
    let desk = Desk::new(&*store);
    desk.open_line(&account, 100_000);
    let keyed =
        Asked { idempotency_key: Some("key-1".to_owned()), ..Asked::new(&account, buy("order-1", 300, 3)) };
    desk.batch(&[keyed.clone(), Asked::new(&account, hold("t-1", 50, 1))]).unwrap();
    desk.said(&account, buy("too-much", 900_000, 1)).unwrap_err();
    let last = store.newest_instant().unwrap();
    new.takes_in(&exported(&*store)).unwrap();
    let copy = new.store();
    assert_eq!(remembered(&*copy, &keyed), remembered(&*store, &keyed));
    assert_eq!(copy.newest_instant().unwrap(), last);
    let desk = Desk::new(&*copy);
    desk.wait(100);
    let before = desk.now();
    desk.all_done(&account, [buy("order-1", 300, 3), pay("transfer-1", 150), settle("t-1", 40)]);
    let rows = copy.journal(&account, 4, 10).unwrap();
    let positions: Vec<u64> = rows.iter().map(|row| row.position).collect();
    assert_eq!(positions, [6, 7], "the order is known, and the refusal had the fifth position");
    assert!(rows.iter().all(|row| row.at > before));
    assert_eq!(find(&*copy, &account).unwrap().account.totals.outstanding, amount(190));
    assert_agrees(&*copy);
}

/// What is remembered of a command.
fn remembered(store: &dyn Store, asked: &Asked) -> Answer {
    let wanted = Wanted { key: asked.key.clone(), needs: Needs::default(), answer: asked.answer_key() };
    let mut found = None;
    let looked = store.batch(&[wanted], &mut |loaded| {
        found = loaded.answers.into_values().next();
        Changes::default()
    });
    looked.unwrap();
    found.unwrap()
}

pub(super) fn an_export_is_one_moment(old: &House<'_>, _new: &House<'_>) {
    let store = old.store();
    let desk = Desk::new(&*store);
    desk.open_line(&key("bravo"), 100_000);
    let before = exported(&*store);
    let departure = store.departure().unwrap();
    desk.done(&key("bravo"), buy("order-1", 300, 3));
    desk.done(&key("alfa"), request(100));
    store.add_key(&ApiKey { organization: organization("org_default"), ..a_key() }).unwrap();
    let mut text = Vec::new();
    let header = Header::new("0.0.0", instant("2025-12-01T10:00:00Z"));
    export(&*departure, header, &mut text, &mut |_| {}).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), before);
}

pub(super) fn customers_come_in_stretches_of_any_length(old: &House<'_>, _new: &House<'_>) {
    let store = old.store();
    live(&*store);
    let departure = store.departure().unwrap();
    let all = departure.belongings(None, 1_000_000).unwrap();
    assert_eq!(all.len(), 8, "one of them has nothing but a refusal and an answer");
    for rows in [1, 2, 7, 100] {
        let mut found: Vec<Belongings> = Vec::new();
        loop {
            let stretch = departure.belongings(found.last().map(|last| &last.key), rows).unwrap();
            if stretch.is_empty() {
                break;
            }
            assert!(stretch.iter().rev().skip(1).map(|one| one.journal.len()).sum::<usize>() <= rows);
            found.extend(stretch);
        }
        assert_eq!(found, all);
    }
}

/// Fills a store with one customer in each transaction.
struct OneByOne(Box<dyn Arrival>);

impl Arrival for OneByOne {
    fn shops(&mut self, shops: &Shops) -> Result<(), StoreError> {
        self.0.shops(shops)
    }

    fn accounts(&mut self, chunk: &[Arrived]) -> Result<(), StoreError> {
        chunk.iter().try_for_each(|one| self.0.accounts(std::slice::from_ref(one)))
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        self.0.finish()
    }
}

pub(super) fn it_does_not_matter_in_how_many_pieces_a_house_moves(old: &House<'_>, new: &House<'_>) {
    let store = old.store();
    live(&*store);
    let text = exported(&*store);
    let mut input = text.as_bytes();
    let mut arrival = OneByOne((new.fill)().unwrap());
    Incoming::of(&mut input).unwrap().move_in(&mut arrival, &mut |_| {}).unwrap();
    let copy = new.store();
    assert_eq!(told(&*copy), told(&*store));
    assert_agrees(&*copy);
}

/// An export of two accounts, of five entries and three.
fn small(store: &dyn Store) -> String {
    let desk = Desk::new(store);
    desk.open_line(&key("alfa"), 100_000);
    desk.all_done(&key("alfa"), [buy("order-1", 300, 3), pay("transfer-1", 150), buy("order-2", 77, 1)]);
    desk.open_line(&key("bravo"), 100_000);
    desk.done(&key("bravo"), buy("order-1", 300, 3));
    desk.said(&key("bravo"), approve(100)).unwrap_err();
    let keyed = Asked {
        idempotency_key: Some("key-1".to_owned()),
        ..Asked::new(&key("bravo"), pay("transfer-2", 100))
    };
    desk.batch(&[keyed]).unwrap().remove(0).unwrap();
    exported(store)
}

/// The text without the lines that hold this.
fn without(text: &str, what: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains(what)).collect();
    assert!(kept.len() < text.lines().count(), "{what}");
    kept.iter().map(|line| format!("{line}\n")).collect()
}

pub(super) fn what_is_not_as_it_went_out_is_refused(old: &House<'_>, new: &House<'_>) {
    let text = small(&*old.store());
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let link = text.split(r#""link":""#).nth(3).unwrap().split('"').next().unwrap();
    let mut swapped: Vec<&str> = text.lines().collect();
    swapped.swap(5, 6);
    let swapped: String = swapped.iter().map(|line| format!("{line}\n")).collect();
    let answer = text.lines().find(|line| line.starts_with("{\"answer\"")).unwrap();
    let cases = [
        (change(answer, &format!("{answer}\n{answer}")), "answers are not in the order of their keys"),
        (change("order-1", "order-7"), "org_default/alfa: entry 3 does not fit the chain"),
        (
            change(link, &link.replace(['0', '1', '2'], "9")),
            "org_default/alfa: entry 3 does not fit the chain",
        ),
        (without(&text, "transfer-1"), "org_default/alfa: entry 4 is missing from the journal"),
        (without(&text, "order-2"), "org_default/alfa: entry 5 is missing from the journal"),
        (change(r#""entries":5"#, r#""entries":4"#), "org_default/alfa: the journal goes on after entry 4"),
        (
            change(r#""kind":"paid""#, r#""kind":"used""#),
            "org_default/alfa: entry 4 has another time or name",
        ),
        (change(r#""position":2,"#, r#""position":9,"#), "was changed since it was made"),
        (change("\"head\":\"", "\"head\":\"0123"), "line 4 cannot be read"),
        (without(&text, "{\"refusal\""), "was changed since it was made"),
        (without(&text, "\"entry\""), "org_default/alfa: entries 1 to 5 are missing from the journal"),
        (without(&text, "trailer"), "it was cut off"),
        (text[..text.len() - 1].to_owned(), "it was cut off"),
        (text[..text.len() / 2].to_owned(), "it was cut off"),
        (format!("{text}\n"), "goes on after"),
        (without(&text, "signing_key"), "the signing key is missing"),
        (without(&text, "{\"organization\":{\"id\""), "the organization org_default is not in the export"),
        (swapped, "org_default/alfa: entry 2 is missing from the journal"),
        (change("{\"refusal\"", "{\"fee\""), "cannot be read: it does not say what it should"),
    ];
    for (changed, why) in cases {
        let refused = new.takes_in(&changed).unwrap_err().to_string();
        assert!(refused.contains(why), "{why}: {refused}");
        assert!(new.is_unfinished(), "{why}");
    }
    new.takes_in(&text).unwrap();
    assert_eq!(exported(&*new.store()), text, "what was left of the others is gone");
}

pub(super) fn what_is_no_export_leaves_a_store_alone(old: &House<'_>, new: &House<'_>) {
    let text = small(&*old.store());
    let newer =
        text.replacen("\"version\":1,\"program\":\"0.0.0\"", "\"version\":2,\"program\":\"9.9.9\"", 1);
    let header = text.lines().next().unwrap();
    let cases = [
        (String::new(), "the input is empty"),
        ("{\"name\":\"fiado\"}\n".to_owned(), "is no export of fiado"),
        ("x".repeat(1 << 20), "is no export of fiado"),
        (header.to_owned(), "is no export of fiado"),
        (text.replacen("fiado-export", "fiado-import", 1), "is no export of fiado"),
        (newer, "was made by fiado 9.9.9 in version 2 of its format"),
    ];
    for (text, why) in cases {
        let refused = new.takes_in(&text).unwrap_err().to_string();
        assert!(refused.contains(why), "{why}: {refused}");
    }
    Desk::new(&*new.store()).open_line(&key("alfa"), 100);
}

pub(super) fn a_store_that_is_not_new_takes_nothing_in(old: &House<'_>, new: &House<'_>) {
    let text = small(&*old.store());
    let shop = organization("org_default");
    let rule = RuleRecord { id: RuleId::new("1").unwrap(), document: "{}".to_owned() };
    let store = new.store();
    let refused = |what: &str| {
        let refused = new.takes_in(&text).unwrap_err().to_string();
        assert_eq!(refused, format!("it has {what} already; an import needs a new one"));
    };
    store.change_organization(&shop, &mut |shop| shop.country = "CO".to_owned()).unwrap();
    refused("organizations of its own");
    store.change_organization(&shop, &mut |shop| shop.country = "PA".to_owned()).unwrap();
    store.add_rule(&shop, &rule, 10).unwrap();
    refused("payment rules");
    store.remove_rule(&shop, &rule.id).unwrap();
    let desk = Desk::new(&*store);
    desk.said(&key("nobody"), approve(100)).unwrap_err();
    refused("a record of refusals");
    desk.open_line(&key("charlie"), 100);
    refused("accounts");
    desk.done(&key("charlie"), buy("order-1", 30, 1));
    assert_agrees(&*new.store());
}

pub(super) fn an_unfinished_store_is_opened_by_nobody_until_it_is_begun_anew(
    old: &House<'_>,
    new: &House<'_>,
) {
    let text = small(&*old.store());
    drop((new.fill)().unwrap());
    assert!(new.is_unfinished());
    let half = &text[..text.len() - 200];
    new.takes_in(half).unwrap_err();
    assert!(new.is_unfinished());
    new.takes_in(&text).unwrap();
    assert_eq!(exported(&*new.store()), text);
    assert_agrees(&*new.store());
}

pub(super) fn an_import_that_was_overtaken_ends(old: &House<'_>, new: &House<'_>) {
    let text = small(&*old.store());
    let mut input = text.as_bytes();
    let incoming = Incoming::of(&mut input).unwrap();
    let mut first = (new.fill)().unwrap();
    let mut second = (new.fill)().unwrap();
    let overtaken = incoming.move_in(&mut *first, &mut |_| {}).unwrap_err();
    assert!(matches!(overtaken, ImportError::Store(StoreError::ImportOvertaken)), "{overtaken}");
    let mut input = text.as_bytes();
    Incoming::of(&mut input).unwrap().move_in(&mut *second, &mut |_| {}).unwrap();
    assert!(matches!(first.finish(), Err(StoreError::ImportOvertaken)));
    assert_eq!(exported(&*new.store()), text);
}

pub(super) fn a_server_that_writes_meanwhile_is_found_out(old: &House<'_>, new: &House<'_>) {
    let text = small(&*old.store());
    let server = new.store();
    let mut input = text.as_bytes();
    let incoming = Incoming::of(&mut input).unwrap();
    let mut arrival = (new.fill)().unwrap();
    Desk::new(&*server).done(&key("charlie"), request(100));
    let found = incoming.move_in(&mut *arrival, &mut |_| {}).unwrap_err().to_string();
    assert!(found.contains("somebody else"), "{found}");
    assert!(new.is_unfinished());
}
