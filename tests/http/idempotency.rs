//! The same key, the same answer: whatever a client repeats is done once.

use crate::operations;
use fiado_tests::{Answer, Shop};
use std::thread;

#[test]
fn every_operation_repeats_its_first_answer_under_the_same_key() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global").with_key("key-1");
    for operation in operations::all() {
        let company = shop.company(&format!("cust_{}", operation.name()));
        (operation.prepare)(&company);
        let send = || {
            let body = Some(operation.body.to_owned());
            owner.send(operation.method.clone(), &company.path(operation.path), body)
        };
        let first = send().must_be(operation.status);
        let version = company.version();
        assert!(!first.is_replayed(), "{}", operation.name());
        for _ in 0..2 {
            let again = send().must_be(operation.status);
            assert!(again.is_replayed(), "{}", operation.name());
            assert_eq!(again.text, first.text, "{}", operation.name());
        }
        assert_eq!(company.version(), version, "{}", operation.name());
    }
    shop.books_must_agree();
}

#[test]
fn a_repeated_answer_is_the_first_one_even_when_much_has_changed_since() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let manager = company.manager().with_key("raise-1");
    let raise = || manager.put(&company.path("/limit"), r#"{"credit_limit":2000.00}"#).must_be(200);
    let first = raise();
    company.buys("order_1", "700.00").must_be(200);
    company.limit_becomes("3000.00").must_be(200);
    assert_eq!(raise().text, first.text);
    assert_eq!(company.figure("credit_limit"), "3000.00");
}

#[test]
fn another_body_under_the_same_key_is_refused() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let buyer = company.seller().with_key("key-1");
    let buy = |body: &str| buyer.post(&company.path("/use"), body);
    buy(r#"{"order_id":"order_1","amount":10.00}"#).must_be(200);
    let version = company.version();

    buy(r#"{"order_id":"order_1","amount":10.01}"#).must_be_refused(422, "CRD-1011");
    buy(r#"{"order_id":"order_2","amount":10.00}"#).must_be_refused(422, "CRD-1011");
    buy(r#"{"order_id":"order_1","amount":10.00,"installments":2}"#).must_be_refused(422, "CRD-1011");
    assert_eq!(company.version(), version);
    // Written otherwise, it is still the same body.
    assert!(
        buy(r#"{ "amount" : "10.0", "installments": 1, "order_id":"order_1"}"#).must_be(200).is_replayed()
    );
}

#[test]
fn a_refusal_is_remembered_as_well() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let body = r#"{"order_id":"order_1","amount":150.00}"#;
    let buyer = company.seller().with_key("key-1");
    let refused = buyer.post(&company.path("/use"), body).must_be_refused(409, "CRD-2003");
    assert!(!refused.is_replayed());
    company.limit_becomes("1000.00").must_be(200);

    let again = buyer.post(&company.path("/use"), body).must_be_refused(409, "CRD-2003");
    assert!(again.is_replayed());
    assert_eq!(again.json()["error"], refused.json()["error"], "with the figures of its first time");
    assert_eq!(again.json()["timestamp"], refused.json()["timestamp"]);
    // A new key, or none, asks anew.
    company.seller().post(&company.path("/use"), body).must_be(200);
}

#[test]
fn what_was_never_decided_is_not_remembered() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let body = r#"{"order_id":"order_1","amount":10.00}"#;
    let path = company.path("/use");
    shop.stranger().with_key("key-1").post(&path, body).must_be(401);
    shop.caller("user_reader", "credit:read").with_key("key-1").post(&path, body).must_be(403);
    let buyer = company.seller().with_key("key-1");
    buyer.post(&path, r#"{"order_id":"order_1","amount":-1}"#).must_be(422);
    buyer.post(&path, "{").must_be(400);
    assert!(!buyer.post(&path, body).must_be(200).is_replayed());
}

#[test]
fn a_key_is_of_one_operation_on_one_account() {
    let shop = Shop::open();
    shop.organization("org_other", &[]);
    let (one, two) = (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let foreign = shop.company_of("org_other", "cust_1");
    foreign.gets_line("100.00");
    let purchase = r#"{"order_id":"order_1","amount":10.00}"#;
    for company in [&one, &two, &foreign] {
        let buyer = company.seller().with_key("key-1");
        assert!(!buyer.post(&company.path("/use"), purchase).must_be(200).is_replayed());
        let payment = r#"{"amount":1,"payment_reference":"PAY-1","payment_date":"2025-11-24"}"#;
        assert!(!buyer.post(&company.path("/payment"), payment).must_be(201).is_replayed());
    }
}

#[test]
fn a_key_does_not_keep_an_order_from_being_bought_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let buy = |key: &str| {
        let body = r#"{"order_id":"order_1","amount":10.00}"#;
        company.seller().with_key(key).post(&company.path("/use"), body).must_be(200)
    };
    let (first, second) = (buy("key-1"), buy("key-2"));
    assert_eq!(first.text, second.text);
    assert_eq!(company.figures(), ["10.00", "90.00"]);
}

#[test]
fn a_repeated_refusal_speaks_the_language_of_the_repetition() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "5.00");
    let body = r#"{"order_id":"order_1","amount":10.00}"#;
    let buyer = company.seller().with_key("key-1");
    let spanish = buyer.post(&company.path("/use"), body).must_be_refused(409, "CRD-2003");
    let english = buyer.in_english().post(&company.path("/use"), body).must_be_refused(409, "CRD-2003");
    assert!(english.is_replayed());
    assert_ne!(spanish.message(), english.message());
}

#[test]
fn a_key_that_is_no_key_is_named() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let buy = |key: &str| {
        let body = r#"{"order_id":"order_1","amount":10.00}"#;
        company.seller().with_key(key).post(&company.path("/use"), body)
    };
    assert_eq!(buy("").must_be_refused(422, "CRD-1001").wrong_fields(), ["Idempotency-Key EMPTY"]);
    assert_eq!(
        buy(&"k".repeat(256)).must_be_refused(422, "CRD-1001").wrong_fields(),
        ["Idempotency-Key TOO_LONG"]
    );
    assert_eq!(company.version(), 2);
    buy(&"k".repeat(255)).must_be(200);
}

#[test]
fn whoever_has_an_answer_can_repeat_at_once() {
    let shop = Shop::open();
    let company = &shop.company_with_line("cust_1", "1000.00");
    let client = |client: usize| {
        for number in 0..100 {
            let name = format!("{client}-{number}");
            let body = format!(r#"{{"order_id":"{name}","amount":1}}"#);
            let buyer = company.seller().with_key(&name);
            let buy = || buyer.post(&company.path("/use"), body.as_str()).must_be(200);
            assert_eq!(buy().text, buy().text);
        }
    };
    thread::scope(|scope| (0..8).for_each(|number| drop(scope.spawn(move || client(number)))));
}

#[test]
fn clients_that_hurry_with_one_key_do_it_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let body = r#"{"order_id":"order_1","amount":10.00}"#;
    let (buyer, path) = (company.seller().with_key("key-1"), company.path("/use"));
    let answers: Vec<Answer> = thread::scope(|scope| {
        let clients: Vec<_> = (0..32).map(|_| scope.spawn(|| buyer.post(&path, body))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });

    let (done, early): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    println!("{} answered, {} were told to wait", done.len(), early.len());
    assert_eq!(done.iter().filter(|answer| !answer.is_replayed()).count(), 1);
    assert!(done.iter().all(|answer| answer.text == done[0].text));
    for answer in early {
        let refused = answer.must_be_refused(409, "CRD-1012");
        assert!(refused.header("Retry-After").unwrap().parse::<u32>().unwrap() >= 1);
    }
    assert_eq!(company.figures(), ["10.00", "990.00"]);
    assert!(buyer.post(&path, body).must_be(200).is_replayed());
}

#[test]
fn a_refusal_of_ones_own_request_is_no_answer_to_anybody_else() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    let caller = |name: &str| shop.caller(name, "credit:request,credit:approve").with_key("key-1");
    caller("user_x").post(&company.path("/request"), fiado_tests::REQUEST).must_be(201);
    let approve = |name: &str| caller(name).post(&company.path("/approve"), r#"{"credit_limit":100.00}"#);

    for _ in 0..2 {
        assert!(!approve("user_x").must_be_refused(403, "CRD-2005").is_replayed());
    }
    let approved = approve("user_b").must_be(200);
    assert!(!approved.is_replayed());
    assert_eq!(approved.at("approved_by"), "user_b");
    let again = approve("user_b").must_be(200);
    assert!(again.is_replayed());
    assert_eq!(again.text, approved.text);
}

#[test]
fn whoever_is_not_allowed_gets_no_answer_of_another() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let body = r#"{"order_id":"order_1","amount":10.00}"#;
    let buy = |caller: fiado_tests::Caller| caller.with_key("key-1").post(&company.path("/use"), body);
    buy(company.seller()).must_be(200);
    let refused = [
        buy(shop.stranger()).must_be_refused(401, "CRD-1005"),
        buy(shop.stranger().with_token("nonsense")).must_be_refused(401, "CRD-1005"),
        buy(shop.caller("user_reader", "credit:read")).must_be_refused(403, "CRD-1006"),
    ];
    assert!(refused.iter().all(|answer| !answer.is_replayed()));
    assert!(buy(company.seller()).must_be(200).is_replayed());
}

#[test]
fn reads_take_no_notice_of_a_key() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let long = "k".repeat(256);
    for key in ["", "\u{e9}", "key-1", long.as_str()] {
        for what in operations::READS {
            let answer = company.seller().with_key(key).get(&company.path(what)).must_be(200);
            assert!(!answer.is_replayed(), "{key}");
            company.seller().with_key("key-1").with_key(key).get(&company.path(what)).must_be(200);
        }
        shop.manager().with_key(key).get("/api/v1/credit/requests").must_be(200);
    }
}
