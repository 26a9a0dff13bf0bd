use fiado_tests::{Company, Opening, Shop};
use std::thread;

const BUYERS: u64 = 8;
const PURCHASES_EACH: u64 = 25;

/// A shop whose server finds the account of `cust_broken` unreadable, and no other.
fn shop_with_a_damaged_account() -> Shop {
    let mut shop = Opening::on_the_machines_clock().open();
    for id in ["cust_before", "cust_broken", "cust_good"] {
        shop.company_with_line(id, "100000.00");
    }
    assert!(shop.is_stopped().success());
    shop.store_is_damaged(r#"UPDATE accounts SET state = '{"x":1}' WHERE customer = 'cust_broken'"#);
    shop.reopens();
    shop
}

fn buys_much(company: &Company<'_>, buyer: u64, check: impl Fn(fiado_tests::Answer)) {
    for number in 0..PURCHASES_EACH {
        check(company.buys(&format!("order_{buyer}_{number}"), "1.00"));
    }
}

#[test]
fn a_damaged_account_keeps_nobody_else_from_buying() {
    let shop = shop_with_a_damaged_account();
    let (good, broken) = (&shop.company("cust_good"), &shop.company("cust_broken"));
    thread::scope(|scope| {
        for buyer in 0..BUYERS {
            scope.spawn(move || buys_much(good, buyer, |answer| drop(answer.must_be(200))));
            scope.spawn(move || {
                buys_much(broken, buyer, |answer| drop(answer.must_be_refused(500, "CRD-3001")));
            });
        }
    });
    assert_eq!(good.figure("credit_used"), format!("{}.00", BUYERS * PURCHASES_EACH));
    broken.reads("").must_be_refused(500, "CRD-3001");
}

#[test]
fn a_damaged_account_hides_no_other_from_the_list_of_requests() {
    let shop = shop_with_a_damaged_account();
    for query in ["", "?status=approved", "?limit=1"] {
        let mut listed = Vec::new();
        let mut cursor = String::new();
        loop {
            let separator = if query.is_empty() { "?" } else { "&" };
            let path = format!("/api/v1/credit/requests{query}{separator}{cursor}");
            let page = shop.manager().get(path.trim_end_matches(['?', '&'])).must_be(200).json();
            let customer = |request: &serde_json::Value| request["customer_id"].as_str().unwrap().to_owned();
            listed.extend(page["data"].as_array().unwrap().iter().map(customer));
            let Some(next) = page["pagination"]["next_cursor"].as_str() else { break };
            cursor = format!("cursor={next}");
        }
        for id in ["cust_before", "cust_good"] {
            assert_eq!(listed.iter().filter(|listed| *listed == id).count(), 1, "{query}: {listed:?}");
        }
    }
}
