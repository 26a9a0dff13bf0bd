//! Lists: each filter, how they are joined, totals over everything that matches, pages, order.

use fiado_tests::{CreditAccount, Integration, Shop, invoice_of, json};
use std::collections::BTreeMap;

/// Opens an account with an e-mail of its own.
#[track_caller]
fn opens(vtex: &Integration, document: &str, kind: &str, email: &str) -> CreditAccount {
    let body = format!(
        r#"{{"document":"{document}","documentType":"{kind}","email":"{email}","creditLimit":1000,"tolerance":0}}"#
    );
    vtex.account(&vtex.post("/accounts", body).must_be(200).shows("id"))
}

/// Three open accounts and a closed one, with e-mails that a careless search would take for each
/// other; the holder of the third.
fn accounts_to_find(vtex: &Integration) -> String {
    opens(vtex, "100", "CPF", "a_b@test.com");
    opens(vtex, "100", "CNPJ", "axb@test.com");
    let holder = opens(vtex, "300", "CPF", "c+d@test.com").is_shared_with("holder@test.com");
    opens(vtex, "400", "CPF", "a_b@test.com").closes().must_be(200);
    holder
}

#[rustfmt::skip]
const ACCOUNTS: [(&str, &[&str]); 27] = [
    ("",                                               &["100_CPF", "100_CNPJ", "300_CPF"]),
    ("status=Open",                                    &["100_CPF", "100_CNPJ", "300_CPF"]),
    ("status=opened",                                  &["100_CPF", "100_CNPJ", "300_CPF"]),
    ("status=Closed",                                  &["400_CPF"]),
    ("status=cLOSED",                                  &["400_CPF"]),
    ("status=Paid",                                    &["400_CPF"]),
    ("status=Cancelled",                               &["400_CPF"]),
    ("email=a_b@test.com",                             &["100_CPF"]),
    ("email=a_b%40test.com",                           &["100_CPF"]),
    ("email=c%2Bd@test.com",                           &["300_CPF"]),
    ("email=c+d@test.com",                             &["300_CPF"]),
    ("email=test.com",                                 &[]),
    ("email=%25",                                      &[]),
    ("document=100",                                   &["100_CPF", "100_CNPJ"]),
    ("document=10",                                    &[]),
    ("document=400",                                   &[]),
    ("document=400&status=Closed",                     &["400_CPF"]),
    ("document=100&email=axb@test.com",                &["100_CNPJ"]),
    ("document=100&email=axb@test.com&op=and",         &["100_CNPJ"]),
    ("document=300&email=axb@test.com",                &[]),
    ("document=300&email=axb@test.com&op=or",          &["100_CNPJ", "300_CPF"]),
    ("document=400&email=axb@test.com&op=or",          &["100_CNPJ"]),
    ("status=Closed&document=100&op=or",               &["100_CPF", "100_CNPJ", "400_CPF"]),
    ("userId=100_CNPJ",                                &["100_CNPJ"]),
    ("userId=nobody",                                  &[]),
    ("userId=300_CPF&document=100",                    &[]),
    ("nobodyKnowsThis=1&_fields=id",                   &["100_CPF", "100_CNPJ", "300_CPF"]),
];

#[test]
fn accounts_are_found_by_each_filter() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let holder = accounts_to_find(&vtex);
    for (query, expected) in ACCOUNTS {
        let page = vtex.get(&format!("/accounts?{query}")).must_be(200);
        assert_eq!(page.column("id"), expected, "{query}");
        assert_eq!(page.json()["summary"], json(&format!(r#"{{"count":{}}}"#, expected.len())), "{query}");
    }
    let of_holder = vtex.get(&format!("/accounts?userId={holder}")).must_be(200);
    assert_eq!(of_holder.column("id"), ["300_CPF"]);
}

#[test]
fn an_account_in_a_list_is_the_account_as_it_is_read() {
    let shop = Shop::open();
    let vtex = shop.integration();
    accounts_to_find(&vtex);
    let account = vtex.account("300_CPF");
    account.buys("100");
    account.holds("50");
    account.balance_moves("st-1", "-15").must_be(200);
    let listed = vtex.get("/accounts?document=300").must_be(200).items();
    assert_eq!(listed, [account.reads("").must_be(200).json()]);
}

#[test]
fn accounts_come_in_the_order_of_their_last_change() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let accounts = ["1", "2", "3"].map(|document| vtex.opens(document, "1000"));
    let order = || vtex.get("/accounts").must_be(200).column("id");
    let updated = || accounts.each_ref().map(|account| account.figure("updatedAt"));
    assert_eq!(order(), ["1_CPF", "2_CPF", "3_CPF"]);
    accounts[0].limit_becomes("2000").must_be(200);
    assert_eq!(order(), ["2_CPF", "3_CPF", "1_CPF"]);
    accounts[1].balance_moves("st-1", "1").must_be(200);
    assert_eq!(order(), ["3_CPF", "1_CPF", "2_CPF"]);
    accounts[2].is_shared_with("holder@test.com");
    assert_eq!(order(), ["1_CPF", "2_CPF", "3_CPF"]);

    // What is bought and paid changes no account's own data, so its place stays.
    let before = updated();
    let transaction = accounts[0].buys("100");
    accounts[0].holds("10");
    accounts[0].pays(&invoice_of(&transaction, 1)).must_be(200);
    assert_eq!(order(), ["1_CPF", "2_CPF", "3_CPF"]);
    assert_eq!(updated(), before);
}

/// Four invoices of two accounts, by short names: `a1` and `a2` of one purchase, `b` of another,
/// `c` of the other account.
fn invoices_to_find(shop: &Shop, vtex: &Integration) -> BTreeMap<String, &'static str> {
    let (one, two) = (vtex.opens("1", "1000"), vtex.opens("2", "1000"));
    let body = |value: &str, installments: u8, order: &str| {
        format!(r#"{{"value":{value},"installments":{installments},"orderId":"{order}"}}"#)
    };
    let a = one.buys_with("100", &body("100", 2, "o-1"));
    shop.clock_moves_to("2025-11-30T12:00:00Z");
    let b = one.buys_with("30", &body("30", 1, "o-2"));
    let c = two.buys_with("50", &body("50", 1, "o-3"));
    shop.clock_moves_to("2025-12-05T12:00:00Z");
    one.pays(&invoice_of(&a, 1)).must_be(200);
    one.changes_invoice(&invoice_of(&b, 1), r#"{"observation":"Nota 5 %"}"#).must_be(200);
    two.cancels(&invoice_of(&c, 1)).must_be(200);
    let names = [(&a, 1, "a1"), (&a, 2, "a2"), (&b, 1, "b"), (&c, 1, "c")];
    names.into_iter().map(|(transaction, number, name)| (invoice_of(transaction, number), name)).collect()
}

#[rustfmt::skip]
const INVOICES: [(&str, &[&str]); 37] = [
    ("",                                                     &["a1", "a2", "b", "c"]),
    ("status=Opened",                                        &["a2", "b"]),
    ("status=open",                                          &["a2", "b"]),
    ("status=OPENED",                                        &["a2", "b"]),
    ("status=Paid",                                          &["a1"]),
    ("status=cancelled",                                     &["c"]),
    ("value=50",                                             &["a1", "a2", "c"]),
    ("value=50.00",                                          &["a1", "a2", "c"]),
    ("value=30.0",                                           &["b"]),
    ("value=3",                                              &[]),
    ("value=50&status=Opened",                               &["a2"]),
    ("value=50&status=Opened&op=and",                        &["a2"]),
    ("value=30&status=Paid&op=or",                           &["a1", "b"]),
    ("createdDateFrom=2025-11-30",                           &["b", "c"]),
    ("createdDateFrom=2025-12-01",                           &[]),
    ("createdDateTo=2025-11-29",                             &["a1", "a2"]),
    ("createDateTo=2025-11-29",                              &["a1", "a2"]),
    ("createdDateFrom=2025-11-24&createdDateTo=2025-11-24",  &["a1", "a2"]),
    ("createdDateFrom=2025-11-25&createdDateTo=2025-11-29",  &[]),
    ("createdDateTo=2025-11-30T15:00:00Z",                   &["a1", "a2", "b", "c"]),
    ("dueDateFrom=2025-12-30&dueDateTo=2025-12-30",          &["b", "c"]),
    ("dueDateFrom=2025-12-31",                               &["a2"]),
    ("dueDateTo=2025-12-24",                                 &["a1"]),
    ("dueDateFrom=2025-12-25&dueDateTo=2026-01-23",          &["a2", "b", "c"]),
    ("observation=Nota%205%20%25",                           &["b"]),
    ("observation=Nota",                                     &[]),
    ("observation=%25",                                      &[]),
    ("creditAccountId=2_CPF",                                &["c"]),
    ("creditAccountId=2_cpf",                                &[]),
    ("orderId=o-1",                                          &["a1", "a2"]),
    ("orderId=o",                                            &[]),
    ("orderId=o-1&creditAccountId=2_CPF",                    &[]),
    ("orderId=o-1&creditAccountId=2_CPF&op=or",              &["a1", "a2", "c"]),
    ("orderId=o-1&status=Cancelled&value=30&op=or",          &["a1", "a2", "b", "c"]),
    ("friendlyId=nobodys-1",                                 &[]),
    ("Id=nonsense",                                          &[]),
    ("nobodyKnowsThis=1",                                    &["a1", "a2", "b", "c"]),
];

#[test]
fn invoices_are_found_by_each_filter() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let names = invoices_to_find(&shop, &vtex);
    let found = |path: &str| -> Vec<&str> {
        let ids = vtex.get(path).must_be(200).column("id");
        ids.iter().map(|id| names[id]).collect()
    };
    for (query, expected) in INVOICES {
        assert_eq!(found(&format!("/invoices?{query}")), expected, "{query}");
        // The list of one account knows the same filters, beside the account.
        if !query.contains("op=or") && !query.contains("creditAccountId") {
            let own: Vec<&str> = expected.iter().copied().filter(|name| *name != "c").collect();
            assert_eq!(found(&format!("/accounts/1_CPF/invoices?{query}")), own, "{query}");
        }
    }
}

#[test]
fn an_invoice_is_found_by_either_of_its_ids() {
    let shop = Shop::open();
    let vtex = shop.integration();
    for id in invoices_to_find(&shop, &vtex).keys() {
        let by_id = vtex.get(&format!("/invoices?Id={id}")).must_be(200).items();
        assert_eq!(by_id.len(), 1, "{id}");
        let friendly = by_id[0]["friendlyId"].as_str().unwrap();
        for query in [format!("id={id}"), format!("friendlyId={friendly}")] {
            assert_eq!(vtex.get(&format!("/invoices?{query}")).must_be(200).items(), by_id, "{query}");
        }
    }
}

#[test]
fn alternatives_never_leave_the_account_that_is_listed() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let names = invoices_to_find(&shop, &vtex);
    for query in ["orderId=o-3&status=Opened&op=or", "creditAccountId=2_CPF&status=Opened&op=or"] {
        let listed = vtex.get(&format!("/accounts/1_CPF/invoices?{query}")).must_be(200).column("id");
        assert_eq!(listed.iter().map(|id| names[id]).collect::<Vec<_>>(), ["a2", "b"], "{query}");
    }
}

#[test]
fn totals_are_over_all_that_matches_and_not_over_the_page() {
    let shop = Shop::open();
    let vtex = shop.integration();
    invoices_to_find(&shop, &vtex);
    let cases = [
        ("", r#"{"total":80.00,"count":4,"totalPaid":50.00,"totalCancelled":50.00}"#),
        ("from=1&to=1", r#"{"total":80.00,"count":4,"totalPaid":50.00,"totalCancelled":50.00}"#),
        ("from=3&to=4", r#"{"total":80.00,"count":4,"totalPaid":50.00,"totalCancelled":50.00}"#),
        ("from=900", r#"{"total":80.00,"count":4,"totalPaid":50.00,"totalCancelled":50.00}"#),
        ("status=Paid", r#"{"total":0.00,"count":1,"totalPaid":50.00,"totalCancelled":0.00}"#),
        ("value=50&from=2&to=2", r#"{"total":50.00,"count":3,"totalPaid":50.00,"totalCancelled":50.00}"#),
        ("orderId=nothing", r#"{"total":0.00,"count":0,"totalPaid":0.00,"totalCancelled":0.00}"#),
    ];
    for (query, summary) in cases {
        let page = vtex.get(&format!("/invoices?{query}")).must_be(200);
        assert_eq!(page.json()["summary"], json(summary), "{query}");
    }
    let own = vtex.get("/accounts/1_CPF/invoices?from=1&to=1").must_be(200);
    assert_eq!(
        (own.items().len(), &own.json()["summary"]),
        (1, &json(r#"{"total":80.00,"count":3,"totalPaid":50.00,"totalCancelled":0.00}"#))
    );
}

#[test]
fn totals_follow_what_happens() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let totals = |path: &str| {
        let summary = vtex.get(path).must_be(200).json()["summary"].clone();
        ["total", "totalPaid", "totalCancelled", "count"].map(|name| summary[name].to_string())
    };
    let must_be = |expected: [&str; 4]| {
        assert_eq!(totals("/invoices"), expected);
        assert_eq!(totals("/accounts/1_CPF/invoices"), expected);
    };
    must_be(["0.00", "0.00", "0.00", "0"]);
    let transaction = account.buys_in(3, "90");
    must_be(["90.00", "0.00", "0.00", "3"]);
    account.settles(&transaction, "60").must_be(200);
    must_be(["60.00", "0.00", "0.00", "3"]);
    // A part payment leaves the value of an open invoice as it is.
    shop.company(account.id()).pays("PAY-1", "5.00").must_be(201);
    must_be(["60.00", "0.00", "0.00", "3"]);
    account.refunds(&transaction, "4").must_be(200);
    must_be(["56.00", "0.00", "0.00", "3"]);
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    must_be(["36.00", "20.00", "0.00", "3"]);
    account.cancels(&invoice_of(&transaction, 2)).must_be(200);
    must_be(["16.00", "20.00", "20.00", "3"]);
    account.refunds(&transaction, "16").must_be(200);
    must_be(["0.00", "20.00", "20.00", "3"]);
    account.closes().must_be(200);
    must_be(["0.00", "20.00", "20.00", "3"]);
    // A new life begins with nothing.
    vtex.opens("1", "1000");
    must_be(["0.00", "0.00", "0.00", "0"]);
    shop.books_must_agree();
}

#[test]
fn invoices_come_twenty_at_a_time_in_the_order_they_were_made() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let (first, second) = (account.buys_in(25, "25"), account.buys_in(20, "20"));
    let ids: Vec<String> = (1..=25)
        .map(|number| invoice_of(&first, number))
        .chain((1..=20).map(|number| invoice_of(&second, number)))
        .collect();
    for list in ["/invoices", "/accounts/1_CPF/invoices"] {
        let page = |query: &str| vtex.get(&format!("{list}?{query}")).must_be(200).column("id");
        assert_eq!(page(""), ids[..20]);
        assert_eq!(page("from=21"), ids[20..40]);
        assert_eq!(page("from=45"), ids[44..]);
        assert_eq!(page("to=3"), ids[..3]);
        assert_eq!(page("from=25&to=26"), ids[24..26], "across both purchases");
        assert_eq!(page("from=46"), [""; 0]);
        for size in [1, 7, 45, 1000] {
            let starts = (1..=ids.len()).step_by(size);
            let all: Vec<String> =
                starts.flat_map(|from| page(&format!("from={from}&to={}", from + size - 1))).collect();
            assert_eq!(all, ids, "{list} by {size}");
        }
    }
}

#[test]
fn a_page_has_a_thousand_records_at_most() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "100000");
    (0..21).for_each(|_| drop(account.buys_in(48, "48")));
    assert_eq!(vtex.get("/invoices?from=9&to=1008").must_be(200).items().len(), 1000);
    let more = vtex.get("/invoices?from=1&to=1001");
    assert!(more.status == 400 || more.items().len() <= 1000, "{} records", more.items().len());
}

#[test]
fn the_last_page_of_numbers_is_a_page_of_nothing() {
    let shop = Shop::open();
    let vtex = shop.integration();
    vtex.opens("1", "1000").buys("10");
    for list in ["/accounts", "/invoices", "/accounts/1_CPF/invoices"] {
        for query in ["from=2000000000", "from=4294967295&to=4294967295", "from=9223372036854775807"] {
            let page = vtex.get(&format!("{list}?{query}"));
            // A place that no list reaches is past the end, or said to be no place.
            let is_answered =
                page.status == 200 && page.items().is_empty() && page.json()["summary"]["count"] == 1;
            assert!(is_answered || page.status == 400, "{list}?{query}: {} {}", page.status, page.text);
        }
    }
}

#[test]
fn the_invoices_of_a_closed_account_are_still_listed() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let transaction = account.buys("10");
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    account.closes().must_be(200);
    for list in ["/invoices", "/invoices?creditAccountId=1_CPF", "/accounts/1_CPF/invoices"] {
        assert_eq!(vtex.get(list).must_be(200).column("id"), [invoice_of(&transaction, 1)], "{list}");
    }
}
