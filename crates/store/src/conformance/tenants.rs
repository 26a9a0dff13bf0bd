use super::Open;
use super::desk::{Desk, ORGANIZATION, buy, find, instant, key, key_in, organization, pay, request, save};
use super::lists::first;
use super::transactions::assert_agrees;
use crate::{ApiKey, Organization, Store, StoreError};
use fiado_core::identity::CustomerId;
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::{OverdueStop, Policy};
use fiado_core::preferences::Preferences;
use std::thread;

pub(super) fn the_first_organization_is_made_with_the_store(open: Open<'_>) {
    let store = open();
    let usual = Organization::usual(organization(ORGANIZATION));
    assert_eq!(store.organization(&usual.id).unwrap(), Some(usual));
    assert_eq!(store.organization(&organization("org_other")).unwrap(), None);
}

pub(super) fn one_customer_of_two_organizations_has_two_accounts(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_other")).unwrap();
    let desk = Desk::new(&*store);
    let (here, there) = (key("cust_456"), key_in("org_other", "cust_456"));
    desk.open_line(&here, 100_000);
    desk.all_done(&here, [buy("order-1", 300, 3), pay("transfer-1", 100)]);
    assert_eq!(find(&*store, &there), None);
    desk.open_line(&there, 5_000);
    desk.all_done(&there, [buy("order-1", 70, 1), pay("transfer-1", 7)]);
    for (account, owed, count) in [(&here, 200, 3), (&there, 63, 1)] {
        let (book, _) = store.book(account).unwrap().unwrap();
        assert_eq!(book.account.totals.outstanding.minor(), owed);
        assert_eq!(store.invoices(account, None, &first(10)).unwrap().items.len(), count);
        assert_eq!(store.usages(account, &first(10)).unwrap().items.len(), 1);
        assert_eq!(store.payments(account, &first(10)).unwrap().items.len(), 1);
        assert_eq!(store.statement(account, &first(10)).unwrap().items.len(), 2);
        assert_eq!(store.journal(account, 0, 10).unwrap().len(), 4);
        let requests = store.requests(&account.organization, None, &first(10)).unwrap();
        assert_eq!(requests.items.len(), 1);
        assert_eq!(&requests.items[0].key, account);
    }
    let usage = store.usages(&here, &first(1)).unwrap().items.remove(0).usage;
    assert!(store.invoices_of(&there, &usage.transaction).unwrap().is_empty());
    assert_agrees(&*store);
}

pub(super) fn an_organization_is_made_once_and_then_left_as_it_is(open: Open<'_>) {
    let store = open();
    let id = organization("org_new");
    let (made, is_new) = store.organization_or_new(&id).unwrap();
    assert_eq!((made, is_new), (Organization::usual(id.clone()), true));
    let changed = Organization { zone: "America/Lima".to_owned(), ..Organization::usual(id.clone()) };
    save(&*store, &changed).unwrap();
    assert_eq!(store.organization_or_new(&id).unwrap(), (changed, false));
}

pub(super) fn an_organization_may_change_all_but_its_currency(open: Open<'_>) {
    let store = open();
    let mut changed = Organization {
        id: organization(ORGANIZATION),
        zone: "America/Santiago".to_owned(),
        country: "CL".to_owned(),
        policy: Policy {
            tolerance_enabled: false,
            own_request_approval: true,
            overdue_stop: Some(OverdueStop { above: Amount::from_minor(500).unwrap(), grace_days: 5 }),
            ..Policy::usual(Currency::Clp)
        },
        preferences: Preferences { my_credits_enabled: true, ..Preferences::default() },
    };
    save(&*store, &changed).unwrap();
    assert_eq!(store.organization(&changed.id).unwrap(), Some(changed.clone()));
    Desk::new(&*store).done(&key("cust_456"), request(100_000));
    changed.policy.currency = Currency::Usd;
    assert!(matches!(save(&*store, &changed), Err(StoreError::CurrencyFixed)));
    changed.policy.currency = Currency::Clp;
    changed.policy.overdue_stop = None;
    changed.zone = "Pacific/Easter".to_owned();
    save(&*store, &changed).unwrap();
    assert_eq!(store.organization(&changed.id).unwrap(), Some(changed));
    let other = Organization::usual(organization("org_other"));
    save(&*store, &other).unwrap();
    assert_eq!(store.organization(&other.id).unwrap(), Some(other));
}

pub(super) fn changes_of_one_organization_are_not_lost_in_each_other(open: Open<'_>) {
    let (here, there) = (open(), open());
    let id = organization(ORGANIZATION);
    let count_up = |store: &dyn Store| {
        for _ in 0..20 {
            let changed =
                store.change_organization(&id, &mut |shop| shop.policy.postponement.most_times += 1);
            changed.unwrap();
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| count_up(&*here));
        scope.spawn(|| count_up(&*there));
    });
    assert_eq!(here.organization(&id).unwrap().unwrap().policy.postponement.most_times, 40);
}

pub(super) fn an_organization_is_made_with_its_first_change(open: Open<'_>) {
    let store = open();
    let id = organization("org_new");
    let changed = store.change_organization(&id, &mut |shop| {
        shop.id = organization("org_stolen");
        shop.zone = "America/Lima".to_owned();
        shop.policy.currency = Currency::Pen;
    });
    let policy = Policy { currency: Currency::Pen, ..Organization::usual(id.clone()).policy };
    let expected =
        Organization { zone: "America/Lima".to_owned(), policy, ..Organization::usual(id.clone()) };
    assert_eq!(changed.unwrap(), expected, "its id stays");
    assert_eq!(store.organization(&id).unwrap(), Some(expected));
    assert_eq!(store.organization(&organization("org_stolen")).unwrap(), None);
}

pub(super) fn an_account_belongs_to_an_organization_that_exists(open: Open<'_>) {
    let store = open();
    let stranger = key_in("org_unknown", "cust_456");
    let asked = super::desk::Asked::new(&stranger, request(100_000));
    assert!(Desk::new(&*store).batch(&[asked]).is_err());
    assert_eq!(find(&*store, &stranger), None);
    assert!(store.journal(&stranger, 0, 10).unwrap().is_empty());
}

fn api_key(app_key: &str) -> ApiKey {
    ApiKey {
        app_key: app_key.to_owned(),
        name: "Tienda en línea".to_owned(),
        token_hash: [42; 32],
        organization: organization(ORGANIZATION),
        permissions: vec!["credit:use".to_owned(), "credit:read".to_owned()],
        customer: None,
        created_at: instant("2025-11-24T10:00:00.000001Z"),
    }
}

pub(super) fn keys_are_kept_as_they_were_made(open: Open<'_>) {
    let (here, there) = (open(), open());
    let bound =
        ApiKey { customer: CustomerId::new("cust_456").ok(), permissions: Vec::new(), ..api_key("two") };
    here.add_key(&api_key("one")).unwrap();
    there.add_key(&bound).unwrap();
    assert_eq!(there.key("one").unwrap(), Some(api_key("one")));
    assert_eq!(here.key("two").unwrap(), Some(bound.clone()));
    assert_eq!(here.key("ONE").unwrap(), None);
    assert!(here.add_key(&ApiKey { app_key: "one".to_owned(), ..bound }).is_err(), "a key is made once");
    assert_eq!(here.key("one").unwrap(), Some(api_key("one")));
    let stranger = ApiKey { organization: organization("org_unknown"), ..api_key("three") };
    assert!(here.add_key(&stranger).is_err(), "a key belongs to an organization that exists");
    assert_eq!(here.key("three").unwrap(), None);
}

pub(super) fn the_signing_key_is_made_once(open: Open<'_>) {
    let (here, there) = (open(), open());
    let secret = here.signing_key().unwrap();
    assert_ne!(secret, [0; 32]);
    assert_eq!(there.signing_key().unwrap(), secret);
    drop((here, there));
    assert_eq!(open().signing_key().unwrap(), secret);
}
