use super::Open;
use super::desk::{ORGANIZATION, organization};
use crate::{Organization, RuleRecord, Store, StoreError};
use fiado_core::identity::{OrganizationId, RuleId};
use std::thread;

/// More than any case makes.
const MOST: usize = 1_000;

fn id(text: &str) -> RuleId {
    RuleId::new(text).unwrap()
}

fn rule(text: &str, document: &str) -> RuleRecord {
    RuleRecord { id: id(text), document: document.to_owned() }
}

fn shop() -> OrganizationId {
    organization(ORGANIZATION)
}

fn add(store: &dyn Store, rule: &RuleRecord) -> Result<bool, StoreError> {
    store.add_rule(&shop(), rule, MOST)
}

/// What is kept, in its order, each rule with its text.
fn kept(store: &dyn Store, organization: &OrganizationId) -> Vec<(String, String)> {
    let rules = store.rules(organization).unwrap();
    rules.into_iter().map(|rule| (rule.id.into(), rule.document)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, document)| ((*id).to_owned(), (*document).to_owned())).collect()
}

pub(super) fn rules_come_back_to_the_letter_in_the_order_they_were_made(open: Open<'_>) {
    let (here, there) = (open(), open());
    assert!(here.rules(&shop()).unwrap().is_empty());
    let long = format!("{{\"name\":\"{}\"}}", "ñ".repeat(100_000));
    let texts = [
        ("zeta", "{\"id\" : 1.50,\n\t\"id\":\"dos veces\",\"salesChannels\":[{\"id\":\":ALL:\"}]}  "),
        ("alfa", "{}"),
        ("ñandú 2", "\u{FEFF}{\"\\u0000\":null,\"🔑\":1e400}\r\n"),
        ("Alfa", &long),
        ("b", ""),
    ];
    for (name, document) in texts {
        assert!(add(&*here, &rule(name, document)).unwrap());
    }
    assert_eq!(kept(&*there, &shop()), pairs(&texts));
    drop((here, there));
    assert_eq!(kept(&*open(), &shop()), pairs(&texts), "and when the store is opened again");
}

pub(super) fn a_rule_that_is_replaced_keeps_its_place(open: Open<'_>) {
    let store = open();
    for name in ["one", "two", "three"] {
        assert!(add(&*store, &rule(name, "{}")).unwrap());
    }
    assert!(store.replace_rule(&shop(), &rule("one", "[1]")).unwrap());
    assert!(store.replace_rule(&shop(), &rule("two", "{}")).unwrap(), "by the same text as well");
    assert!(!store.replace_rule(&shop(), &rule("four", "[4]")).unwrap());
    assert_eq!(kept(&*store, &shop()), pairs(&[("one", "[1]"), ("two", "{}"), ("three", "{}")]));
}

pub(super) fn a_rule_that_was_removed_is_gone_and_its_id_is_free(open: Open<'_>) {
    let store = open();
    for name in ["one", "two", "three"] {
        assert!(add(&*store, &rule(name, "{}")).unwrap());
    }
    assert!(store.remove_rule(&shop(), &id("one")).unwrap());
    assert!(!store.remove_rule(&shop(), &id("one")).unwrap(), "it is gone");
    assert!(!store.replace_rule(&shop(), &rule("one", "[1]")).unwrap());
    assert_eq!(kept(&*store, &shop()), pairs(&[("two", "{}"), ("three", "{}")]));
    assert!(store.remove_rule(&shop(), &id("three")).unwrap());
    assert!(add(&*store, &rule("one", "[1]")).unwrap());
    assert!(add(&*store, &rule("three", "[3]")).unwrap());
    let expected = pairs(&[("two", "{}"), ("one", "[1]"), ("three", "[3]")]);
    assert_eq!(kept(&*store, &shop()), expected, "what is made again comes last");
}

pub(super) fn a_rule_is_made_once(open: Open<'_>) {
    let (here, there) = (open(), open());
    assert!(add(&*here, &rule("one", "{}")).unwrap());
    assert!(add(&*here, &rule("two", "{}")).unwrap());
    assert!(matches!(add(&*there, &rule("one", "[1]")), Err(StoreError::RuleExists)));
    assert_eq!(kept(&*here, &shop()), pairs(&[("one", "{}"), ("two", "{}")]));
    assert!(add(&*there, &rule("ONE", "{}")).unwrap(), "another letter is another id");
}

pub(super) fn an_organization_has_no_more_rules_than_it_may(open: Open<'_>) {
    let (here, there) = (open(), open());
    let add_ten = |store: &dyn Store, name: &str| {
        let added = (0..10).map(|number| rule(&format!("{name}-{number}"), "{}"));
        added.filter(|rule| store.add_rule(&shop(), rule, 12).unwrap()).count()
    };
    let added = thread::scope(|scope| {
        let one = scope.spawn(|| add_ten(&*here, "here"));
        let other = scope.spawn(|| add_ten(&*there, "there"));
        one.join().unwrap() + other.join().unwrap()
    });
    assert_eq!((added, here.rules(&shop()).unwrap().len()), (12, 12));
    let first = here.rules(&shop()).unwrap().remove(0).id;
    assert!(here.remove_rule(&shop(), &first).unwrap());
    assert!(here.add_rule(&shop(), &rule("last", "{}"), 12).unwrap(), "there is room again");
    assert!(!here.add_rule(&shop(), &rule("more", "{}"), 12).unwrap());
    assert!(here.replace_rule(&shop(), &rule("last", "[1]")).unwrap(), "what is there may change");
    let other = organization("org_other");
    assert!(here.add_rule(&other, &rule("first", "{}"), 1).unwrap(), "each has its own count");
    assert!(!here.add_rule(&other, &rule("second", "{}"), 1).unwrap());
}

pub(super) fn rules_belong_to_one_organization(open: Open<'_>) {
    let store = open();
    let (here, there) = (shop(), organization("org_other"));
    assert!(store.add_rule(&here, &rule("one", "[\"here\"]"), MOST).unwrap());
    assert!(!store.replace_rule(&there, &rule("one", "[\"stolen\"]")).unwrap());
    assert!(!store.remove_rule(&there, &id("one")).unwrap());
    assert_eq!(store.organization(&there).unwrap(), None, "nothing was made for nothing");
    assert!(store.add_rule(&there, &rule("one", "[\"there\"]"), MOST).unwrap());
    assert_eq!(store.organization(&there).unwrap(), Some(Organization::usual(there.clone())));
    assert!(store.replace_rule(&there, &rule("one", "[\"changed\"]")).unwrap());
    assert_eq!(kept(&*store, &here), pairs(&[("one", "[\"here\"]")]));
    assert_eq!(kept(&*store, &there), pairs(&[("one", "[\"changed\"]")]));
    assert!(store.remove_rule(&here, &id("one")).unwrap());
    assert!(kept(&*store, &here).is_empty());
    assert_eq!(kept(&*store, &there), pairs(&[("one", "[\"changed\"]")]));
}
