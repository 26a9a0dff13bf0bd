use super::Open;
use super::desk::{
    Desk, ORGANIZATION, approve, buy, cancel, find, key, limit, organization, pay, reject, request, suspend,
};
use crate::{Page, PageRequest, RequestRecord, StoreError, Toward};
use fiado_core::account::{InvoiceState, Status};
use std::fmt::Debug;

/// The first page of a list.
pub(super) fn first(most: usize) -> PageRequest {
    PageRequest { toward: Toward::Next, mark: None, most }
}

fn next(mark: &str, most: usize) -> PageRequest {
    PageRequest { toward: Toward::Next, mark: Some(mark.to_owned()), most }
}

fn previous(mark: &str, most: usize) -> PageRequest {
    PageRequest { toward: Toward::Previous, mark: Some(mark.to_owned()), most }
}

type Listed<T> = Result<Page<T>, StoreError>;

/// All the pages of a list, walked forward.
fn pages<T>(most: usize, list: &dyn Fn(&PageRequest) -> Listed<T>) -> Vec<Page<T>> {
    let mut pages = vec![list(&first(most)).unwrap()];
    while let Some(mark) = &pages[pages.len() - 1].next {
        let page = list(&next(mark, most)).unwrap();
        pages.push(page);
    }
    pages
}

/// A list read in pages of any size is the whole list, forward and backward, and every page knows
/// whether there is more.
fn assert_pages_agree<T: PartialEq + Debug>(expected: usize, list: &dyn Fn(&PageRequest) -> Listed<T>) {
    let whole = list(&first(1_000)).unwrap();
    assert_eq!((whole.items.len(), &whole.next, &whole.previous), (expected, &None, &None));
    for most in 1..=expected + 1 {
        let pages = pages(most, list);
        assert!(whole.items.iter().eq(pages.iter().flat_map(|page| &page.items)), "{most}");
        assert_eq!(pages.len(), expected.div_ceil(most), "no page is empty or short");
        assert_eq!(pages[0].previous, None);
        for pair in pages.windows(2) {
            let mark = pair[1].previous.as_deref().unwrap();
            let back = list(&previous(mark, most)).unwrap();
            assert_eq!(back, pair[0], "the page before, from the page after, in pages of {most}");
        }
    }
}

pub(super) fn every_list_reads_the_same_forward_and_backward(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    for number in 0..7 {
        desk.done(&account, buy(&format!("order-{number}"), 300, 3));
        desk.done(&account, limit(100_000 + number));
        desk.done(&account, pay(&format!("transfer-{number}"), 150));
    }
    for number in 0..6 {
        // Two requests share a moment: the customer's key tells them apart.
        Desk::new(&*store).done(&key(&format!("other_{number}")), request(100_000));
    }
    assert_pages_agree(7, &|page| store.usages(&account, page));
    assert_pages_agree(7, &|page| store.payments(&account, page));
    assert_pages_agree(7 + 6 + 7 * 2, &|page| store.statement(&account, page));
    assert_pages_agree(2 + 7 + 6 + 7, &|page| store.entries(&account, page));
    assert_pages_agree(21, &|page| store.invoices(&account, None, page));
    assert_pages_agree(11, &|page| store.invoices(&account, Some(InvoiceState::Open), page));
    assert_pages_agree(10, &|page| store.invoices(&account, Some(InvoiceState::Paid), page));
    assert_pages_agree(7, &|page| store.requests(&organization(ORGANIZATION), None, page));
    assert_pages_agree(6, &|page| store.requests(&organization(ORGANIZATION), Some(Status::Pending), page));
}

pub(super) fn marks_stand_still_while_new_rows_come_in(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let buy_more = |from: u32, to: u32| {
        desk.all_done(&account, (from..to).map(|number| buy(&format!("order-{number}"), 100, 1)));
    };
    let orders = |page: &Page<crate::ListedUsage>| -> Vec<String> {
        page.items.iter().map(|listed| listed.usage.order.as_str().to_owned()).collect()
    };
    buy_more(0, 5);
    let newest = store.usages(&account, &first(2)).unwrap();
    assert_eq!(orders(&newest), ["order-4", "order-3"]);
    buy_more(5, 8);
    let older = store.usages(&account, &next(newest.next.as_deref().unwrap(), 2)).unwrap();
    assert_eq!(orders(&older), ["order-2", "order-1"], "nothing twice, nothing left out");
    let newer = store.usages(&account, &previous(older.previous.as_deref().unwrap(), 2)).unwrap();
    assert_eq!(orders(&newer), ["order-4", "order-3"]);
    let newest = store.usages(&account, &previous(newer.previous.as_deref().unwrap(), 9)).unwrap();
    assert_eq!(orders(&newest), ["order-7", "order-6", "order-5"]);
    assert_eq!(newest.previous, None);
}

pub(super) fn requests_are_listed_by_status_and_age(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let asked = ["delta", "alfa", "charlie", "bravo", "eco"].map(key);
    for account in &asked {
        desk.done(account, request(100_000));
    }
    desk.done(&asked[1], approve(100_000));
    desk.all_done(&asked[2], [approve(100_000), suspend()]);
    desk.done(&asked[3], reject());
    desk.all_done(&asked[4], [cancel(), request(200_000)]);
    desk.all_done(&asked[0], [reject(), request(300_000)]);
    let list = |status| -> Vec<RequestRecord> {
        store.requests(&organization(ORGANIZATION), status, &first(10)).unwrap().items
    };
    let names = |status| -> Vec<String> {
        list(status).iter().map(|record| record.key.customer.as_str().to_owned()).collect()
    };
    assert_eq!(names(None), ["alfa", "charlie", "bravo", "eco", "delta"], "by their last request");
    assert_eq!(names(Some(Status::Pending)), ["eco", "delta"]);
    assert_eq!(names(Some(Status::Approved)), ["alfa"]);
    assert_eq!(names(Some(Status::Suspended)), ["charlie"]);
    assert_eq!(names(Some(Status::Rejected)), ["bravo"]);
    assert!(list(Some(Status::Cancelled)).is_empty());
    for record in list(None) {
        let kept = find(&*store, &record.key).unwrap();
        assert_eq!((&record.account, record.profile), (&*kept.account, kept.profile));
    }
}

pub(super) fn invoices_are_listed_by_what_is_left_to_pay(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.done(&account, buy("order-1", 300, 3));
    desk.wait(86_400);
    desk.done(&account, buy("order-2", 200, 2));
    desk.done(&account, pay("transfer-1", 150));
    let list = |open| -> Vec<String> {
        let page = store.invoices(&account, open, &first(10)).unwrap();
        page.items.iter().map(|invoice| format!("{} {}", invoice.due, invoice.left().minor())).collect()
    };
    let open = ["2025-12-25 50", "2026-01-23 100", "2026-01-24 100", "2026-02-22 100"];
    assert_eq!(list(Some(InvoiceState::Open)), open);
    assert_eq!(list(Some(InvoiceState::Paid)), ["2025-12-24 0"]);
    assert_eq!(list(None), [&["2025-12-24 0"], &open[..]].concat());
}

pub(super) fn marks_of_other_lists_are_refused(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [buy("order-1", 300, 3), buy("order-2", 300, 3)]);
    let invoices = store.invoices(&account, None, &first(1)).unwrap().next.unwrap();
    let is_bad = |listed: Result<(), StoreError>| matches!(listed, Err(StoreError::BadMark));
    for mark in ["", "x", "-1", "1|", "|", "1|2|3", "99999999999999999999", "' OR 1=1 --", &invoices] {
        let page = next(mark, 10);
        assert!(is_bad(store.usages(&account, &page).map(drop)), "{mark:?}");
        assert!(is_bad(store.payments(&account, &page).map(drop)), "{mark:?}");
        assert!(is_bad(store.entries(&account, &page).map(drop)), "{mark:?}");
        assert!(is_bad(store.statement(&account, &page).map(drop)), "{mark:?}");
    }
    for mark in ["", "x", "7", "7|x", "x|alfa"] {
        let page = previous(mark, 10);
        assert!(is_bad(store.invoices(&account, None, &page).map(drop)), "{mark:?}");
    }
    for mark in ["", "x", "7", "x|alfa"] {
        let listed = store.requests(&account.organization, None, &next(mark, 10));
        assert!(is_bad(listed.map(drop)), "{mark:?}");
    }
}

pub(super) fn an_account_without_rows_has_empty_lists(open: Open<'_>) {
    let store = open();
    let page = first(10);
    for account in [key("nobody"), key("asked")] {
        assert_eq!(store.usages(&account, &page).unwrap().items, []);
        assert_eq!(store.payments(&account, &page).unwrap().items, []);
        assert_eq!(store.statement(&account, &page).unwrap().items, []);
        assert_eq!(store.entries(&key("nobody"), &page).unwrap().items, []);
        let invoices = store.invoices(&account, None, &page).unwrap();
        assert_eq!((invoices.items.len(), invoices.next, invoices.previous), (0, None, None));
        Desk::new(&*store).said(&key("asked"), request(100_000)).ok();
    }
    assert_eq!(store.requests(&organization("org_other"), None, &page).unwrap().items, []);
}
