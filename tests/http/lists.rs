//! Lists in pages: nothing is missing, nothing is there twice, forward and back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fiado_tests::{Caller, Shop};
use serde_json::Value;

/// Follows a list's cursors forward to its end and back to its start; the items of each way.
#[track_caller]
fn both_ways(caller: &Caller, list: &str, limit: usize) -> (Vec<Value>, Vec<Value>) {
    let separator = if list.contains('?') { '&' } else { '?' };
    let page = |cursor: Option<&str>| {
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = caller.get(&format!("{list}{separator}limit={limit}{cursor}")).must_be(200).json();
        let count = page["data"].as_array().unwrap().len();
        assert_eq!(page["pagination"]["count"], count);
        assert!(count <= limit);
        page
    };
    let cursor = |page: &Value, way: &str| {
        let cursor = page["pagination"][format!("{way}_cursor")].as_str().map(str::to_owned);
        assert_eq!(page["pagination"][format!("has_{way}")], cursor.is_some());
        cursor
    };
    let items = |page: &Value| page["data"].as_array().unwrap().clone();

    let mut last = page(None);
    assert_eq!(cursor(&last, "previous"), None, "the first page has none before it");
    let mut forward = items(&last);
    while let Some(next) = cursor(&last, "next") {
        last = page(Some(&next));
        forward.extend(items(&last));
    }
    let mut back = items(&last);
    while let Some(previous) = cursor(&last, "previous") {
        last = page(Some(&previous));
        back.splice(0..0, items(&last));
    }
    assert_eq!(cursor(&last, "next").is_some(), back.len() > limit);
    (forward, back)
}

fn column<'a>(items: &'a [Value], name: &str) -> Vec<&'a Value> {
    items.iter().map(|item| &item[name]).collect()
}

#[test]
fn pages_go_forward_and_back_over_the_whole_list() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100000.00");
    for number in 1..=23 {
        company.buys(&format!("order_{number}"), &format!("{number}.00")).must_be(200);
        company.pays(&format!("PAY-{number}"), "1.00").must_be(201);
    }
    for (list, count, key) in [
        ("/usages", 23, "usage_id"),
        ("/payments", 23, "payment_id"),
        ("/invoices", 23, "invoice_id"),
        ("/statement", 46, "sequence"),
        ("/journal", 48, "sequence"),
    ] {
        let owner = shop.caller("user_owner", "admin:global");
        let whole = owner.get(&company.path(&format!("{list}?limit=100"))).must_be(200).data();
        let whole = whole.as_array().unwrap();
        assert_eq!(whole.len(), count, "{list}");
        for limit in [1, 7, 20, 23, 100] {
            let (forward, back) = both_ways(&owner, &company.path(list), limit);
            assert_eq!(column(&forward, key), column(whole, key), "{list} by {limit}");
            assert_eq!(column(&back, key), column(whole, key), "{list} by {limit}, backwards");
        }
    }
}

#[test]
fn a_page_has_20_items_where_nothing_is_said() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    (1..=21).for_each(|number| drop(company.buys(&format!("order_{number}"), "1.00").must_be(200)));
    let page = company.reads("/usages").must_be(200).json();
    assert_eq!(page["pagination"]["count"], 20);
    assert_eq!([&page["pagination"]["has_next"], &page["pagination"]["has_previous"]], [true, false]);
}

#[test]
fn an_empty_list_is_a_page_of_nothing() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    for list in ["/usages", "/payments", "/invoices"] {
        company.reads(list).must_be(200).must_read(
            r#"{"status":"success","data":[],"pagination":{"has_next":false,"has_previous":false,"next_cursor":null,"previous_cursor":null,"count":0}}"#,
        );
    }
}

#[test]
fn what_happens_meanwhile_moves_no_page() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    (1..=5).for_each(|number| drop(company.buys(&format!("order_{number}"), "1.00").must_be(200)));
    let whole = company.reads("/statement").must_be(200).data().as_array().unwrap().clone();
    let first = company.reads("/statement?limit=3").must_be(200).json();
    company.buys("order_6", "1.00").must_be(200);
    company.pays("PAY-1", "1.00").must_be(201);

    let cursor = first["pagination"]["next_cursor"].as_str().unwrap();
    let rest = company.reads(&format!("/statement?cursor={cursor}")).must_be(200).data();
    let both = [first["data"].as_array().unwrap().as_slice(), rest.as_array().unwrap()].concat();
    assert_eq!(both, whole, "nothing is there twice, nothing is left out");
}

#[test]
fn invoices_are_listed_by_whether_they_are_open() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(4, "order_1", "40.00").must_be(200);
    company.pays("PAY-1", "25.00").must_be(201);
    let values = |status: &str| {
        let page = company.reads(&format!("/invoices?status={status}")).must_be(200).data();
        column(page.as_array().unwrap(), "outstanding").iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(values("paid"), ["0.00", "0.00"]);
    assert_eq!(values("open"), ["5.00", "10.00"]);
}

#[test]
fn requests_are_listed_by_status() {
    let shop = Shop::open();
    for number in 1..=12 {
        let company = shop.company(&format!("cust_{number}"));
        company.asks().must_be(201);
        match number % 3 {
            0 => drop(company.is_approved("1000.00").must_be(200)),
            1 => drop(company.is_decided("reject").must_be(200)),
            _ => {}
        }
    }
    let count = |query: &str| {
        let (forward, back) = both_ways(&shop.manager(), &format!("/api/v1/credit/requests{query}"), 3);
        assert_eq!(column(&forward, "customer_id"), column(&back, "customer_id"), "{query}");
        forward.len()
    };
    assert_eq!(count("?status=pending"), 4);
    assert_eq!(count("?status=approved"), 4);
    assert_eq!(count("?status=rejected"), 4);
    assert_eq!(count("?status=suspended"), 0);
    assert_eq!(count(""), 12);
}

#[test]
fn a_request_shows_the_approver_who_asks() {
    let shop = Shop::open();
    shop.company("cust_456").asks().must_be(201);
    let requests = shop.manager().get("/api/v1/credit/requests?status=pending").must_be(200).data();
    let request = &requests[0];
    assert_eq!(request["customer_id"], "cust_456");
    assert_eq!(request["requested_limit"].to_string(), "10000.00");
    assert_eq!(request["business_info"]["business_name"], "Constructora ABC");
    assert_eq!(request["business_info"]["tax_id"], "RUC-123-456");
    assert_eq!(request["business_info"]["years_in_business"], 5);
}

#[test]
fn a_statement_adds_up_to_what_is_owed() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "100.00").must_be(200);
    company.pays("PAY-1", "40.00").must_be(201);
    company.limit_becomes("1500.00").must_be(200);
    company.tolerance_becomes("0.1").must_be(200);

    let newest_first = company.reads("/statement").must_be(200).data();
    let shown: Vec<String> = newest_first
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|line| format!("{} {} {}", line["origin"].as_str().unwrap(), line["value"], line["credit_used"]))
        .collect();
    // A payment has a line for each invoice it goes to; limit and tolerance move what may be owed.
    assert_eq!(
        shown,
        [
            "invoice -100.00 100.00",
            "payment 33.33 60.00",
            "payment 6.67 60.00",
            "credit 500.00 60.00",
            "credit 150.00 60.00",
        ]
    );
}

#[test]
fn wrong_parameters_are_named_at_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let cases = [
        ("/usages?limit=0", vec!["limit TOO_SMALL"]),
        ("/usages?limit=101", vec!["limit TOO_LARGE"]),
        ("/usages?limit=ten", vec!["limit NOT_A_NUMBER"]),
        ("/usages?limit=1.5", vec!["limit WRONG_TYPE"]),
        ("/usages?limit=-1", vec!["limit TOO_SMALL"]),
        ("/usages?limit=1e400", vec!["limit TOO_LARGE"]),
        ("/usages?limit=", vec!["limit NOT_A_NUMBER"]),
        ("/usages?limit=1&limit=2", vec!["limit REPEATED"]),
        ("/usages?limt=5", vec!["limt UNKNOWN_FIELD"]),
        ("/usages?cursor=nonsense", vec!["cursor NOT_AN_ID"]),
        ("/usages?cursor=%00%FF", vec!["cursor NOT_AN_ID"]),
        ("/payments?limit=0&cursor=!!", vec!["limit TOO_SMALL", "cursor NOT_AN_ID"]),
        ("/invoices?status=due", vec!["status NOT_ONE_OF"]),
        ("/statement?limit=0", vec!["limit TOO_SMALL"]),
    ];
    for (list, expected) in cases {
        let refused = company.reads(list).must_be_refused(422, "CRD-1001");
        assert_eq!(refused.wrong_fields(), expected, "{list}");
    }
    let refused = shop.manager().get("/api/v1/credit/requests?status=waiting&limit=0");
    assert_eq!(
        refused.must_be_refused(422, "CRD-1001").wrong_fields(),
        ["status NOT_ONE_OF", "limit TOO_SMALL"]
    );
}

/// A company with three items in each of its lists.
fn company_with_lists(shop: &Shop) -> fiado_tests::Company<'_> {
    let company = shop.company_with_line("cust_1", "1000.00");
    for number in 1..=3 {
        shop.company(&format!("cust_other_{number}")).asks().must_be(201);
        company.buys(&format!("order_{number}"), "1.00").must_be(200);
        company.pays(&format!("PAY-{number}"), "1.00").must_be(201);
    }
    company
}

/// The addresses of all lists.
fn lists_of(company: &fiado_tests::Company<'_>) -> Vec<String> {
    let own = ["/usages", "/payments", "/invoices", "/statement", "/journal"].map(|list| company.path(list));
    own.into_iter().chain(["/api/v1/credit/requests".to_owned()]).collect()
}

/// The cursors of a list both ways, as a client gets them.
fn cursors_of(caller: &Caller, list: &str) -> [String; 2] {
    let page = |query: &str| caller.get(&format!("{list}?limit=1{query}")).must_be(200).json();
    let text = |cursor: &Value| cursor.as_str().unwrap().to_owned();
    let next = text(&page("")["pagination"]["next_cursor"]);
    let previous = text(&page(&format!("&cursor={next}"))["pagination"]["previous_cursor"]);
    [next, previous]
}

#[test]
fn a_cursor_of_another_list_is_named() {
    let shop = Shop::open();
    let company = company_with_lists(&shop);
    let (owner, lists) = (shop.caller("user_owner", "admin:global"), lists_of(&company));
    for one in &lists {
        for cursor in cursors_of(&owner, one) {
            for other in &lists {
                let answer = owner.get(&format!("{other}?cursor={cursor}"));
                if one == other {
                    answer.must_be(200);
                } else {
                    let refused = answer.must_be_refused(422, "CRD-1001");
                    assert_eq!(refused.wrong_fields(), ["cursor NOT_AN_ID"], "{one} in {other}");
                }
            }
        }
    }
}

#[test]
fn a_forged_cursor_is_no_fault_of_ours() {
    let shop = Shop::open();
    let company = company_with_lists(&shop);
    let (owner, lists) = (shop.caller("user_owner", "admin:global"), lists_of(&company));
    for list in &lists {
        let cursors = cursors_of(&owner, list);
        let mut forged: Vec<Vec<u8>> = FORGED.iter().map(|text| text.as_bytes().to_vec()).collect();
        for cursor in &cursors {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap();
            for place in 0..bytes.len() {
                forged.extend([0, b'9', b'-', b'|', b'\'', 0xff].map(|byte| {
                    let mut bytes = bytes.clone();
                    bytes[place] = byte;
                    bytes
                }));
                forged.push(bytes[..place].to_vec());
            }
            forged.push([bytes.as_slice(), b"9".repeat(30).as_slice()].concat());
        }
        for bytes in forged {
            let answer = owner.get(&format!("{list}?cursor={}", URL_SAFE_NO_PAD.encode(&bytes)));
            let shown = String::from_utf8_lossy(&bytes);
            assert!([200, 422].contains(&answer.status), "{list} {shown:?}: {}", answer.text);
            if answer.status == 422 {
                assert_eq!(answer.wrong_fields(), ["cursor NOT_AN_ID"], "{list} {shown:?}");
            }
        }
    }
}

/// What somebody may write who guesses how cursors are made.
const FORGED: [&str; 14] = [
    "n",
    "p",
    "n0",
    "n-1",
    "p-9223372036854775808",
    "n9223372036854775807",
    "n99999999999999999999",
    "n1|",
    "n|1",
    "n1|1|1|1",
    "n1e9",
    "n\u{0}",
    "n1' OR 1=1 --",
    "nNaN|cust_1",
];
