use super::Open;
use super::desk::{
    Desk, ORGANIZATION, adjust, approve, buy, cancel, close, find, hold, key, key_in, open as open_line,
    organization, pay, reactivate, reject, request, suspend,
};
use super::people::contact;
use super::transactions::assert_agrees;
use crate::{AccountFilter, AccountTerm, Range, Store};
use fiado_core::profile::{
    Beside, BusinessName, Contact, ContactChange, Document, DocumentType, Email, Profile, TaxId,
};

const ALL: Range = Range { first: 1, last: 1_000 };

/// The customers a filter finds, and how many it counts.
fn found(store: &dyn Store, filter: &AccountFilter, range: Range) -> (Vec<String>, u64) {
    let id = organization(ORGANIZATION);
    let (listed, count) =
        store.accounts(&id, filter, &range, super::desk::instant("2025-11-25T00:00:00Z")).unwrap();
    (listed.into_iter().map(|account| account.key.customer.to_string()).collect(), count)
}

fn standing(open: Option<bool>) -> AccountFilter {
    AccountFilter { open, ..AccountFilter::default() }
}

/// What a filter finds; the count must say the same.
fn names(store: &dyn Store, filter: &AccountFilter) -> Vec<String> {
    let (names, count) = found(store, filter, ALL);
    assert_eq!(u64::try_from(names.len()).unwrap(), count, "{filter:?}");
    names
}

pub(super) fn accounts_are_listed_while_they_have_or_had_a_line(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.open_line(&key("approved"), 1_000);
    desk.open_line(&key("suspended"), 1_000);
    desk.done(&key("suspended"), suspend());
    desk.open_line(&key("ended"), 1_000);
    desk.done(&key("ended"), cancel());
    desk.done(&key("asked"), request(100_000));
    desk.all_done(&key("refused"), [request(100_000), reject()]);
    desk.all_done(&key("withdrawn"), [request(100_000), cancel()]);
    desk.all_done(&key("again"), [open_line(1_000), close(), request(100_000)]);
    assert_eq!(names(&*store, &standing(Some(true))), ["approved", "suspended"]);
    assert_eq!(names(&*store, &standing(Some(false))), ["ended"]);
    assert_eq!(names(&*store, &standing(None)), ["approved", "suspended", "ended"]);
    let nowhere = store.accounts(&organization("org_other"), &standing(None), &ALL, desk.now()).unwrap();
    assert_eq!(nowhere, (Vec::new(), 0));
}

pub(super) fn accounts_are_listed_in_the_order_of_their_own_changes(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    for customer in ["delta", "alfa", "charlie", "bravo"] {
        desk.done(&key(customer), open_line(100_000));
    }
    desk.all_done(&key("delta"), [buy("order-1", 100, 1), pay("transfer-1", 50), hold("t-1", 10, 1)]);
    assert_eq!(names(&*store, &standing(None)), ["delta", "alfa", "charlie", "bravo"], "a purchase is none");
    desk.done(&key("alfa"), adjust("st-1", -5));
    desk.done(&key("delta"), suspend());
    assert_eq!(names(&*store, &standing(None)), ["charlie", "bravo", "alfa", "delta"]);
    let listed = store.accounts(&organization(ORGANIZATION), &standing(None), &ALL, desk.now()).unwrap().0;
    for account in listed {
        let record = store.account(&account.key, desk.now()).unwrap().unwrap();
        assert_eq!(account.record, record, "as it is read alone");
    }
}

pub(super) fn a_page_of_accounts_is_what_stands_at_its_positions(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let customers: Vec<String> = (0..12).map(|number| format!("cust_{number:02}")).collect();
    for (number, customer) in customers.iter().enumerate() {
        desk.done(&key(customer), open_line(1_000));
        if number % 3 == 0 {
            desk.done(&key(customer), close());
        }
    }
    for open in [None, Some(true), Some(false)] {
        let (all, count) = found(&*store, &standing(open), ALL);
        for (first, last) in [(1, 1), (1, 4), (3, 3), (5, 9), (8, 20), (100, 120)] {
            let (page, same) = found(&*store, &standing(open), Range { first, last });
            let skipped = usize::try_from(first - 1).unwrap();
            let most = usize::try_from(last - first + 1).unwrap();
            assert!(page.iter().eq(all.iter().skip(skipped).take(most)), "{open:?} {first} to {last}");
            assert_eq!(same, count, "the count is of all");
        }
    }
}

pub(super) fn counts_of_accounts_follow_every_change_of_standing(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.done(&key("another"), open_line(1_000));
    let steps = [
        (request(100_000), (1, 0)),
        (approve(100_000), (2, 0)),
        (suspend(), (2, 0)),
        (reactivate(), (2, 0)),
        (cancel(), (1, 1)),
        (request(100_000), (1, 0)),
        (reject(), (1, 0)),
        (open_line(1_000), (2, 0)),
        (close(), (1, 1)),
    ];
    for (command, expected) in steps {
        desk.done(&account, command.clone());
        let count = |open| found(&*store, &standing(Some(open)), ALL).1;
        assert_eq!((count(true), count(false)), expected, "{command:?}");
        assert_eq!(found(&*store, &standing(None), ALL).1, expected.0 + expected.1);
    }
    assert_agrees(&*store);
}

fn document(text: &str) -> AccountTerm {
    AccountTerm::Document(Document::new(text).unwrap())
}

fn address(text: &str) -> AccountTerm {
    AccountTerm::Email(Email::new(text).unwrap())
}

fn user(text: &str) -> AccountTerm {
    AccountTerm::User(text.to_owned())
}

pub(super) fn accounts_are_found_by_who_they_are(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let documented = |address: &str, number: &str| {
        let contact = Contact {
            email: Email::new(address).ok(),
            document: Document::new(number).ok(),
            document_type: DocumentType::new("RUC").ok(),
            description: None,
        };
        Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() }
    };
    let registered = |number: &str| Profile {
        business_name: BusinessName::new("Pérez").unwrap(),
        tax_id: TaxId::new(number).unwrap(),
        years_in_business: None,
    };
    let profiled = |number| Beside { profile: Some(registered(number)), ..Beside::default() };
    desk.done_with(&key("alfa"), open_line(1_000), documented("a+b_c@tienda.pa", "111"));
    desk.done_with(&key("bravo"), open_line(1_000), contact("bravo@tienda.pa"));
    desk.done_with(&key("charlie"), request(100_000), profiled("111"));
    desk.done(&key("charlie"), approve(100_000));
    desk.done_with(&key("delta"), request(100_000), profiled("111"));
    desk.done_with(&key("delta"), approve(100_000), contact("delta@tienda.pa"));
    desk.done_with(&key("eco"), open_line(1_000), documented("eco@tienda.pa", "111"));
    desk.done(&key("eco"), close());
    let holder = desk.holder(&key("bravo"), "h@tienda.pa");
    let with =
        |term: AccountTerm, open| names(&*store, &AccountFilter { open, terms: vec![term], any: false });
    let in_order: Vec<String> = names(&*store, &standing(Some(true)));
    assert_eq!(in_order, ["alfa", "charlie", "delta", "bravo"]);
    assert_eq!(with(address("a+b_c@tienda.pa"), None), ["alfa"]);
    assert!(with(address("A+b_c@tienda.pa"), None).is_empty(), "as it was written");
    assert!(with(address("h@tienda.pa"), None).is_empty(), "a holder's address is not the account's");
    assert_eq!(with(document("111"), Some(true)), ["alfa", "charlie"], "a contact stands before a profile");
    assert_eq!(with(document("111"), None), ["alfa", "charlie", "eco"]);
    assert_eq!(with(user("bravo"), None), ["bravo"]);
    assert_eq!(with(user(&holder.to_string()), None), ["bravo"]);
    assert!(with(user("' OR 1=1 --"), None).is_empty());
    desk.done(&key("bravo"), super::desk::remove_holder(holder));
    assert!(with(user(&holder.to_string()), None).is_empty(), "not any more");
    assert!(find(&*store, &key("bravo")).is_some());
}

pub(super) fn terms_on_accounts_hold_together_or_one_by_one(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    desk.done_with(&key("alfa"), open_line(1_000), contact("a@tienda.pa"));
    desk.done_with(&key("bravo"), open_line(1_000), contact("b@tienda.pa"));
    desk.done_with(&key("charlie"), open_line(1_000), contact("c@tienda.pa"));
    desk.done(&key("charlie"), close());
    desk.done_with(&key_in(ORGANIZATION, "asked"), request(100_000), contact("a@tienda.pa"));
    let with = |open, any, terms: &[AccountTerm]| {
        names(&*store, &AccountFilter { open, terms: terms.to_vec(), any })
    };
    let (a, b, c) = (address("a@tienda.pa"), address("b@tienda.pa"), address("c@tienda.pa"));
    let open_term = AccountTerm::Open(true);
    assert_eq!(with(None, false, &[a.clone(), user("alfa")]), ["alfa"]);
    assert!(with(None, false, &[a.clone(), user("bravo")]).is_empty());
    assert_eq!(with(None, true, &[a.clone(), user("bravo")]), ["alfa", "bravo"]);
    assert_eq!(with(None, true, &[a.clone(), c.clone()]), ["alfa", "charlie"]);
    assert_eq!(
        with(Some(true), true, &[a.clone(), c.clone()]),
        ["alfa"],
        "the standing holds beside the terms"
    );
    assert_eq!(with(None, true, &[open_term.clone(), c.clone()]), ["alfa", "bravo", "charlie"]);
    assert_eq!(with(None, false, &[open_term.clone(), b.clone()]), ["bravo"]);
    assert!(with(None, false, &[open_term.clone(), c]).is_empty());
    assert!(with(None, false, &[open_term.clone(), AccountTerm::Open(false)]).is_empty());
    assert_eq!(with(None, true, &[open_term, AccountTerm::Open(false)]).len(), 3);
    assert_eq!(with(None, true, &[]).len(), 3, "where nothing is asked all match");
}
