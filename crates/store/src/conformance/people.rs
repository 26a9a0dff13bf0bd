use super::Open;
use super::desk::{
    Desk, add_holder, cancel, close, find, key, key_in, open as open_line, organization, remove_holder,
    request, update,
};
use super::needs::loaded;
use super::transactions::assert_agrees;
use fiado_core::account::Needs;
use fiado_core::identity::AccountKey;
use fiado_core::profile::{Beside, Contact, ContactChange, Description, Document, DocumentType, Email};

fn email(text: &str) -> Email {
    Email::new(text).unwrap()
}

pub(super) fn contact(address: &str) -> Beside {
    let contact = Contact { email: Some(email(address)), ..Contact::default() };
    Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() }
}

pub(super) fn holders_have_addresses_until_they_are_removed(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let (first, second) = (desk.holder(&account, "a+b_c@tienda.pa"), desk.holder(&account, "x@tienda.pa"));
    desk.done(&account, add_holder());
    let listed = || -> Vec<(_, Option<Email>)> {
        let holders = store.holders(&account).unwrap();
        holders.into_iter().map(|record| (record.holder.id, record.email)).collect()
    };
    assert_eq!(
        listed()[..2],
        [(first, Some(email("a+b_c@tienda.pa"))), (second, Some(email("x@tienda.pa")))]
    );
    assert_eq!((listed().len(), &listed()[2].1), (3, &None), "one of them was never told");
    desk.done(&account, remove_holder(first));
    assert_eq!(listed().len(), 2);
    assert_eq!(listed()[0].0, second);
    assert_eq!(store.account_of_shopper(&account.organization, &email("a+b_c@tienda.pa")).unwrap(), None);
    let book = loaded(&*store, &[Needs { holder: Some(first), ..Needs::default() }]);
    let removed = book.holders.get(&first).unwrap();
    assert_eq!(removed.removed_at, Some(desk.now()), "that there was somebody is kept");
    assert!(store.holders(&key("nobody")).unwrap().is_empty());
    assert_agrees(&*store);
}

pub(super) fn a_new_life_has_none_of_the_holders_of_the_last(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.done(&account, open_line(100_000));
    desk.holder(&account, "x@tienda.pa");
    desk.done(&account, close());
    assert_eq!(store.holders(&account).unwrap().len(), 1, "a line that has ended still has its holders");
    desk.done(&account, open_line(100_000));
    assert!(store.holders(&account).unwrap().is_empty());
    assert_eq!(store.account_of_shopper(&account.organization, &email("x@tienda.pa")).unwrap(), None);
    assert_agrees(&*store);
}

pub(super) fn a_contact_is_replaced_or_changed(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let whole = Contact {
        email: Some(email("compras@perez.pa")),
        document: Document::new("55555555555").ok(),
        document_type: DocumentType::new("CPF").ok(),
        description: Description::new("cliente de siempre\ndesde 1998").ok(),
    };
    let replace = |contact: &Contact| Beside {
        contact: Some(ContactChange::Replace(contact.clone())),
        ..Beside::default()
    };
    let found = || find(&*store, &account).unwrap().contact;
    desk.done(&account, open_line(100_000));
    assert_eq!(found(), None);
    desk.done(&account, close());
    desk.done_with(&account, open_line(100_000), replace(&whole));
    assert_eq!(found(), Some(whole.clone()));
    desk.done(&account, update());
    assert_eq!(found(), Some(whole.clone()), "saying nothing changes nothing");
    let change = ContactChange::Update { email: None, document: None, document_type: None };
    desk.done_with(&account, update(), Beside { contact: Some(change), ..Beside::default() });
    let without_document = Contact { document: None, document_type: None, ..whole.clone() };
    assert_eq!(found(), Some(without_document));
    desk.done(&account, close());
    let other = Contact { email: Some(email("otra@perez.pa")), ..Contact::default() };
    desk.done_with(&account, open_line(100_000), replace(&other));
    assert_eq!(found(), Some(other));
}

pub(super) fn a_shopper_is_known_by_their_own_address_before_that_of_a_holder(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    store.organization_or_new(&organization("org_other")).unwrap();
    let of = |text: &str| -> Option<AccountKey> {
        store.account_of_shopper(&key("alfa").organization, &email(text)).unwrap()
    };
    desk.done_with(&key("zeta"), open_line(1_000), contact("zeta@tienda.pa"));
    desk.done_with(&key("delta"), open_line(1_000), contact("both@tienda.pa"));
    desk.done_with(&key("bravo"), open_line(1_000), contact("both@tienda.pa"));
    desk.done_with(&key("alfa"), open_line(1_000), contact("alfa@tienda.pa"));
    for (account, address) in
        [("alfa", "zeta@tienda.pa"), ("delta", "many@tienda.pa"), ("bravo", "many@tienda.pa")]
    {
        desk.holder(&key(account), address);
    }
    assert_eq!(of("zeta@tienda.pa"), Some(key("zeta")), "though another has it as a holder's");
    assert_eq!(of("both@tienda.pa"), Some(key("bravo")), "the first by customer");
    assert_eq!(of("many@tienda.pa"), Some(key("bravo")), "among holders too");
    assert_eq!(of("ZETA@tienda.pa"), Some(key("zeta")), "however it is written");
    desk.done(&key("bravo"), close());
    assert_eq!(of("both@tienda.pa"), Some(key("delta")), "open accounts first");
    assert_eq!(of("many@tienda.pa"), Some(key("delta")));
    desk.done_with(&key("asked"), request(100_000), contact("asked@tienda.pa"));
    assert_eq!(of("asked@tienda.pa"), Some(key("asked")), "somebody who asked is known");
    desk.done(&key("delta"), close());
    assert_eq!(of("both@tienda.pa"), Some(key("bravo")), "one whose line has ended is known");
    desk.done(&key("asked"), cancel());
    desk.done_with(&key_in("org_other", "alfa"), open_line(1_000), contact("there@tienda.pa"));
    assert_eq!(of("there@tienda.pa"), None, "another shop's");
}
