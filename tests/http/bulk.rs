//! Many operations in one request: each answered as alone, or all of them done or none.

use fiado_tests::{Answer, Caller, REQUEST, Server, Shop, TODAY, json, run};
use serde_json::Value;
use std::thread;

const PATH: &str = "/api/v1/credit/bulk";

/// Everybody who may do any of the operations.
fn clerk(shop: &Shop) -> Caller {
    shop.caller("user_clerk", "credit:use,credit:payment,credit:read")
}

fn buys(customer: &str, order: &str, amount: &str) -> String {
    let body = format!(r#"{{"order_id":"{order}","amount":{amount}}}"#);
    format!(r#"{{"operation":"use","customer_id":"{customer}","body":{body}}}"#)
}

fn pays(customer: &str, reference: &str, amount: &str) -> String {
    let body = format!(r#"{{"amount":{amount},"payment_reference":"{reference}","payment_date":"{TODAY}"}}"#);
    format!(r#"{{"operation":"payment","customer_id":"{customer}","body":{body}}}"#)
}

fn transacts(operation: &str, customer: &str, transaction: &str, body: &str) -> String {
    format!(
        r#"{{"operation":"{operation}","customer_id":"{customer}","transaction_id":"{transaction}","body":{body}}}"#
    )
}

fn authorizes(customer: &str, amount: &str) -> String {
    format!(r#"{{"operation":"authorize","customer_id":"{customer}","body":{{"value":{amount}}}}}"#)
}

/// The operation under a key of its own.
fn under(key: &str, operation: &str) -> String {
    operation.replacen('{', &format!(r#"{{"idempotency_key":"{key}","#), 1)
}

fn list(operations: &[String]) -> String {
    format!(r#"{{"operations":[{}]}}"#, operations.join(","))
}

fn all_or_nothing(operations: &[String]) -> String {
    format!(r#"{{"all_or_nothing":true,"operations":[{}]}}"#, operations.join(","))
}

/// The answers of a request, each as its status and its code.
#[track_caller]
fn answers(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    let shown = |answer: &Value| match answer["error"]["code"].as_str() {
        Some(code) => format!("{} {code}", answer["statusCode"]),
        None => answer["statusCode"].to_string(),
    };
    data["answers"].as_array().unwrap().iter().map(shown).collect()
}

#[track_caller]
fn nth(answer: &Answer, index: usize) -> Value {
    answer.data()["answers"][index].clone()
}

#[test]
fn each_operation_is_answered_as_it_is_alone() {
    let shop = Shop::open();
    let (one, two) = (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let alone = [
        one.buys("order_1", "60.00").must_be(200),
        one.buys("order_2", "60.00").must_be(409),
        one.pays("PAY-1", "70.00").must_be(201),
    ];
    let operations = [
        buys("cust_2", "order_1", "60.00"),
        buys("cust_2", "order_2", "60.00"),
        pays("cust_2", "PAY-1", "70.00"),
    ];
    let together = clerk(&shop).post(PATH, list(&operations)).must_be(200);
    assert_eq!(answers(&together), ["200", "409 CRD-2003", "201"], "decided in their order");
    assert_eq!((together.at("succeeded").as_str(), together.at("failed").as_str()), ("2", "1"));
    for (index, alone) in alone.iter().enumerate() {
        let answer = nth(&together, index);
        assert_eq!(answer["status"], alone.json()["status"]);
        assert_eq!(answer["error"], alone.json()["error"], "the same code, sentence and figures");
        let (mut data, mut alone) = (answer["data"].clone(), alone.data());
        for id in ["usage_id", "payment_id"] {
            for data in [&mut data, &mut alone].into_iter().filter_map(Value::as_object_mut) {
                data.remove(id);
            }
        }
        assert_eq!(data, alone);
    }
    assert_eq!(one.figures(), two.figures());
    shop.books_must_agree();
}

#[test]
fn credit_is_held_settled_released_and_refunded() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let held = clerk(&shop).post(PATH, list(&[authorizes("cust_1", "30.00"), authorizes("cust_1", "20.00")]));
    let held = held.must_be(200);
    let transaction = |index| nth(&held, index)["data"]["id"].as_str().unwrap().to_owned();
    let (first, second) = (transaction(0), transaction(1));
    let operations = [
        transacts("settle", "cust_1", &first, r#"{"value":25.00}"#),
        transacts("release", "cust_1", &second, "{}"),
        transacts("refund", "cust_1", &first, r#"{"value":5.00}"#),
        transacts("release", "cust_1", "nobody", "{}"),
    ];
    let done = clerk(&shop).post(PATH, list(&operations)).must_be(200);
    assert_eq!(answers(&done), ["200", "200", "200", "404 CRD-2017"]);
    assert_eq!(nth(&done, 0)["data"]["value"].to_string(), "25.00");
    assert_eq!(nth(&done, 1), json(r#"{"status":"success","statusCode":200}"#), "there is nothing to say");
    assert_eq!(nth(&done, 2)["data"]["value"].to_string(), "5.00");
    assert_eq!(company.figures(), ["20.00", "80.00"]);
    shop.books_must_agree();
}

#[test]
fn what_cannot_be_read_is_answered_by_itself() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let operations = [
        buys("cust_1", "order_1", "-1"),
        r#"{"operation":"use","customer_id":"cust_1"}"#.to_owned(),
        r#"{"operation":"use","customer_id":"cust_1","body":[]}"#.to_owned(),
        transacts("release", "cust_1", "t-1", r#"{"value":1}"#),
        buys("cust_1", "order_2", "10.00"),
    ];
    let answer = clerk(&shop).post(PATH, list(&operations)).must_be(200);
    let wrong = "422 CRD-1001";
    assert_eq!(answers(&answer), [wrong, wrong, wrong, wrong, "200"]);
    let fields = |index: usize| {
        let fields = nth(&answer, index)["error"]["details"]["fields"].clone();
        let shown = |field: &Value| {
            format!("{} {}", field["field"].as_str().unwrap(), field["code"].as_str().unwrap())
        };
        fields.as_array().unwrap().iter().map(shown).collect::<Vec<String>>()
    };
    assert_eq!(fields(0), ["amount NEGATIVE"], "named as alone");
    assert_eq!(fields(1), ["order_id MISSING", "amount MISSING"]);
    assert_eq!(fields(2), ["body WRONG_TYPE"]);
    assert_eq!(fields(3), ["value UNKNOWN_FIELD"]);
    assert_eq!(company.figures(), ["10.00", "90.00"]);
}

#[test]
fn what_is_wrong_with_the_list_itself_is_wrong_with_the_request() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let good = buys("cust_1", "order_1", "1.00");
    let named = |body: &str| clerk(&shop).post(PATH, body).must_be_refused(422, "CRD-1001").wrong_fields();
    assert_eq!(named("{}"), ["operations MISSING"]);
    assert_eq!(named(r#"{"operations":{}}"#), ["operations WRONG_TYPE"]);
    assert_eq!(named(r#"{"operations":[]}"#), ["operations EMPTY"]);
    assert_eq!(named(r#"{"operations":[7]}"#), ["operations[0] WRONG_TYPE"]);
    assert_eq!(named(&list(&vec![good.clone(); 101])), ["operations TOO_LARGE"]);
    let odd = r#"{"operation":"steal","customer_id":"a/b","idempotency_key":"","customr":1}"#;
    assert_eq!(
        named(&list(&[good.clone(), odd.to_owned()])),
        [
            "operations[1].operation NOT_ONE_OF",
            "operations[1].customer_id FORBIDDEN_CHARACTER",
            "operations[1].idempotency_key EMPTY",
            "operations[1].customr UNKNOWN_FIELD"
        ]
    );
    let settle = r#"{"operation":"settle","customer_id":"cust_1","body":{"value":1}}"#;
    assert_eq!(named(&list(&[settle.to_owned()])), ["operations[0].transaction_id MISSING"]);
    let twice = good.replacen('{', r#"{"transaction_id":"t-1","#, 1);
    assert_eq!(named(&list(&[twice])), ["operations[0].transaction_id UNKNOWN_FIELD"]);
    assert_eq!(named(r#"{"all_or_nothing":"yes","operations":[7]}"#).len(), 2, "all at once");
    assert_eq!(company.version(), 2, "nothing of it was done");
}

#[test]
fn all_are_done_or_none_and_each_says_why() {
    let shop = Shop::open();
    let (one, two) = (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let wish = |amount: &str| {
        all_or_nothing(&[
            buys("cust_1", "order_1", "60.00"),
            buys("cust_2", "order_2", amount),
            pays("cust_1", "PAY-1", "60.00"),
        ])
    };
    let refused = clerk(&shop).post(PATH, wish("100.01")).must_be(200);
    assert_eq!(answers(&refused), ["424 CRD-1017", "409 CRD-2003", "424 CRD-1017"]);
    assert_eq!((refused.at("succeeded").as_str(), refused.at("failed").as_str()), ("0", "3"));
    assert_eq!(nth(&refused, 0)["error"]["details"]["operation"], "operations[1]");
    let message = nth(&refused, 2)["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("operations[1]"), "{message}");
    let english = clerk(&shop).in_english().post(PATH, wish("100.01")).must_be(200);
    assert_ne!(nth(&english, 2)["error"]["message"], message.as_str());
    assert_eq!((one.version(), two.version()), (2, 2), "nothing was written");
    assert_eq!(one.figures(), ["0.00", "100.00"]);

    let done = clerk(&shop).post(PATH, wish("100.00")).must_be(200);
    assert_eq!(answers(&done), ["200", "200", "201"]);
    assert_eq!(
        (one.figures(), two.figures()),
        (["0.00".into(), "100.00".into()], ["100.00".into(), "0.00".into()])
    );
    shop.books_must_agree();
}

#[test]
fn a_group_is_decided_on_what_its_own_commands_have_left() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let twice = [buys("cust_1", "order_1", "60.00"), buys("cust_1", "order_2", "60.00")];
    let refused = clerk(&shop).post(PATH, all_or_nothing(&twice)).must_be(200);
    assert_eq!(answers(&refused), ["424 CRD-1017", "409 CRD-2003"]);
    assert_eq!(company.figures(), ["0.00", "100.00"]);
    let paid = [twice[0].clone(), pays("cust_1", "PAY-1", "20.00"), twice[1].clone()];
    let done = clerk(&shop).post(PATH, all_or_nothing(&paid)).must_be(200);
    assert_eq!(answers(&done), ["200", "201", "200"]);
    assert_eq!(company.figures(), ["100.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn of_all_or_nothing_no_body_may_be_wrong() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let operations = [
        buys("cust_1", "order_1", "1.00"),
        buys("cust_1", "order_2", "-1"),
        r#"{"operation":"payment","customer_id":"cust_1","body":[]}"#.to_owned(),
    ];
    let refused = clerk(&shop).post(PATH, all_or_nothing(&operations)).must_be_refused(422, "CRD-1001");
    assert_eq!(
        refused.wrong_fields(),
        ["operations[1].body.amount NEGATIVE", "operations[2].body WRONG_TYPE"]
    );
    assert_eq!(company.version(), 2);
}

#[test]
fn each_operation_demands_its_own_permission() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let both = [buys("cust_1", "order_1", "10.00"), pays("cust_1", "PAY-1", "1.00")];
    let cashier = shop.caller("user_cashier", "credit:payment");
    let answer = cashier.post(PATH, list(&both)).must_be(200);
    assert_eq!(answers(&answer), ["403 CRD-1006", "201"]);
    assert_eq!(nth(&answer, 0)["error"]["details"]["required"], "credit:use");
    let answer = cashier.post(PATH, all_or_nothing(&both)).must_be(200);
    assert_eq!(answers(&answer), ["403 CRD-1006", "424 CRD-1017"]);
    let wrong = [buys("cust_1", "order_1", "-1"), pays("cust_1", "PAY-2", "-1")];
    let answer = cashier.post(PATH, list(&wrong)).must_be(200);
    assert_eq!(answers(&answer), ["403 CRD-1006", "422 CRD-1001"], "nobody learns what they may not do");
    shop.caller("user_reader", "credit:read").post(PATH, "{").must_be_refused(403, "CRD-1006");
    assert_eq!(company.figures(), ["0.00", "100.00"]);
}

#[test]
fn a_token_of_one_company_acts_for_that_company_alone() {
    let shop = Shop::open();
    let (own, other) =
        (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let claims = ["--sub", "user_buyer", "--customer-id", "cust_1", "--permissions", "credit:use"];
    let buyer = shop.stranger().with_token(&shop.token(&claims));
    let both = [buys("cust_2", "order_1", "10.00"), buys("cust_1", "order_1", "10.00")];
    let answer = buyer.post(PATH, list(&both)).must_be(200);
    assert_eq!(answers(&answer), ["403 CRD-1013", "200"]);
    assert_eq!((own.figures()[0].as_str(), other.figures()[0].as_str()), ("10.00", "0.00"));
}

#[test]
fn what_is_repeated_under_its_keys_is_done_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let operations = [
        under("key-1", &buys("cust_1", "order_1", "60.00")),
        under("key-2", &buys("cust_1", "order_2", "60.00")),
        under("key-3", &pays("cust_1", "PAY-1", "5.00")),
    ];
    let send = || clerk(&shop).post(PATH, list(&operations)).must_be(200);
    let (first, second) = (send(), send());
    assert!(!first.is_replayed() && second.is_replayed());
    assert_eq!(answers(&first), answers(&second));
    for index in 0..3 {
        assert_eq!(nth(&second, index)["replayed"], true, "{}", second.text);
        assert_eq!(nth(&first, index)["data"], nth(&second, index)["data"]);
        assert_eq!(nth(&first, index)["error"], nth(&second, index)["error"]);
    }
    // Alone, the key is the same one.
    let alone = company.seller().with_key("key-1");
    let alone = alone.post(&company.path("/use"), r#"{"order_id":"order_1","amount":60.00}"#).must_be(200);
    assert!(alone.is_replayed());
    assert_eq!(alone.data(), nth(&first, 0)["data"]);
    let other = under("key-1", &buys("cust_1", "order_1", "61.00"));
    assert_eq!(answers(&clerk(&shop).post(PATH, list(&[other]))), ["422 CRD-1011"]);
    assert_eq!(company.figures(), ["55.00", "45.00"]);
}

#[test]
fn the_requests_own_key_serves_what_has_none() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let hold = [authorizes("cust_1", "10.00"), authorizes("cust_1", "10.00")];
    let send = || clerk(&shop).with_key("bulk-1").post(PATH, list(&hold)).must_be(200);
    let (first, second) = (send(), send());
    assert!(second.is_replayed());
    assert_eq!(nth(&first, 1)["data"], nth(&second, 1)["data"]);
    assert_ne!(nth(&first, 0)["data"]["id"], nth(&first, 1)["data"]["id"]);
    assert_eq!(company.figure("credit_held"), "20.00");
    clerk(&shop).with_key("").post(PATH, list(&hold)).must_be_refused(422, "CRD-1001");
}

#[test]
fn a_group_that_was_done_is_repeated_and_one_that_was_not_is_decided_anew() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let group = [
        under("key-1", &buys("cust_1", "order_1", "60.00")),
        under("key-2", &buys("cust_1", "order_2", "60.00")),
    ];
    let send = || clerk(&shop).post(PATH, all_or_nothing(&group)).must_be(200);
    assert_eq!(answers(&send()), ["424 CRD-1017", "409 CRD-2003"]);
    company.limit_becomes("120.00").must_be(200);
    let done = send();
    assert_eq!(answers(&done), ["200", "200"], "the refusal is remembered of nobody");
    let again = send();
    assert!(again.is_replayed() && !done.is_replayed());
    assert_eq!(nth(&again, 1)["data"], nth(&done, 1)["data"]);
    assert_eq!(company.figures(), ["120.00", "0.00"]);
    let twice = [group[0].clone(), group[0].clone()];
    assert_eq!(
        answers(&clerk(&shop).post(PATH, all_or_nothing(&twice))),
        ["424 CRD-1017", "409 CRD-1012"],
        "one key, one operation at a time"
    );
}

#[test]
fn one_operation_is_a_group_too() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let group = [under("key-1", &buys("cust_1", "order_1", "110.00"))];
    let send = || clerk(&shop).post(PATH, all_or_nothing(&group)).must_be(200);
    assert_eq!(answers(&send()), ["409 CRD-2003"]);
    company.limit_becomes("120.00").must_be(200);
    assert_eq!(answers(&send()), ["200"], "the refusal is remembered of nobody");
    assert_eq!(company.figures(), ["110.00", "10.00"]);
    shop.books_must_agree();
}

#[test]
fn its_body_may_be_larger_than_others() {
    let shop = Shop::open();
    shop.company_with_line("cust_1", "100.00");
    let operations: Vec<String> =
        (0..100).map(|number| buys("cust_1", &format!("order_{number}"), "1.00")).collect();
    let body = list(&operations) + &" ".repeat(300_000);
    let done = clerk(&shop).post(PATH, body).must_be(200);
    assert_eq!(done.at("succeeded"), "100");
    let refused = clerk(&shop).post(PATH, " ".repeat(513 * 1024)).must_be_refused(413, "CRD-1004");
    assert_eq!(refused.detail("most_bytes"), "524288");
    shop.books_must_agree();
}

#[test]
fn groups_that_hurry_leave_their_accounts_equal() {
    let shop = Shop::open();
    let (one, two) = (shop.company_with_line("cust_1", "50.00"), shop.company_with_line("cust_2", "80.00"));
    let client = |client: usize| {
        let caller = clerk(&shop);
        let send = |number: usize| {
            let order = format!("order_{client}_{number}");
            let both = [buys("cust_2", &order, "1.00"), buys("cust_1", &order, "1.00")];
            answers(&caller.post(PATH, all_or_nothing(&both)).must_be(200))
        };
        (0..20).map(send).filter(|answers| answers[0] == "200").count()
    };
    let done: usize = thread::scope(|scope| {
        let clients: Vec<_> = (0..8).map(|number| scope.spawn(move || client(number))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!(done, 50, "as many as the smaller line bears");
    assert_eq!((one.figures()[0].as_str(), two.figures()[0].as_str()), ("50.00", "50.00"));
    shop.books_must_agree();
}

#[test]
fn a_damaged_account_stops_no_operation_of_another() {
    let mut shop = Shop::open();
    for company in ["cust_1", "cust_2"] {
        shop.company_with_line(company, "100.00");
    }
    // What a server has in memory it does not read again.
    shop.is_stopped();
    shop.store_is_damaged("UPDATE accounts SET state = 'x' WHERE customer = 'cust_2'");
    shop.reopens();
    let sound = shop.company("cust_1");
    let operations = [
        buys("cust_2", "order_1", "1.00"),
        buys("cust_1", "order_1", "1.00"),
        buys("cust_2", "order_2", "1.00"),
    ];
    let answer = clerk(&shop).post(PATH, list(&operations)).must_be(200);
    assert_eq!(answers(&answer), ["500 CRD-3001", "200", "500 CRD-3001"]);
    let group = clerk(&shop).post(PATH, all_or_nothing(&operations[..2])).must_be(200);
    assert_eq!(answers(&group), ["500 CRD-3001", "500 CRD-3001"], "nothing was done of it");
    assert_eq!(sound.figures(), ["1.00", "99.00"]);
}

#[test]
fn the_documented_body_is_taken_as_it_stands() {
    let shop = Shop::open();
    shop.company_with_line("cust_456", "10000.00");
    let document = shop.stranger().get("/openapi/facade.json").must_be(200).json();
    let example = document["components"]["schemas"]["BulkBody"]["example"].to_string();
    let done = clerk(&shop).post(PATH, example).must_be(200);
    assert_eq!(answers(&done), ["200", "201"]);
}

#[test]
fn a_full_queue_sends_whole_requests_away_at_once() {
    const STORE: &str = "sqlite:books.db";
    let folder = tempfile::tempdir().unwrap();
    let server = Server::over(folder.path(), &["--store", STORE]);
    let caller = |name: &str| {
        let token = ["token", "--sub", name, "--permissions", "admin:global", "--store", STORE];
        server.stranger().with_token(run(folder.path(), &[], &token).must_succeed().trim())
    };
    let (clerk, manager) = (caller("user_clerk"), caller("user_manager"));
    let line = "/api/v1/customers/cust_1/credit";
    clerk.post(&format!("{line}/request"), REQUEST).must_be(201);
    manager.post(&format!("{line}/approve"), r#"{"credit_limit":50000.00}"#).must_be(200);

    // Nothing gets into the books while somebody else writes to them. Some commands are answered all the
    // same, ahead of the books; what comes then waits, and then there is no room to wait.
    const REQUESTS: usize = 130;
    let mut books = rusqlite::Connection::open(folder.path().join("books.db")).unwrap();
    let busy = books.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let send = |number: usize| {
        let order = |index: usize| buys("cust_1", &format!("order_{number}_{index}"), "1.00");
        clerk.post(PATH, list(&(0..100).map(order).collect::<Vec<String>>()))
    };
    let (tell, told) = std::sync::mpsc::channel();
    let answers: Vec<Answer> = thread::scope(|scope| {
        for number in 0..REQUESTS {
            let (tell, send) = (tell.clone(), &send);
            scope.spawn(move || tell.send(send(number)).unwrap());
        }
        let mut answers: Vec<Answer> = Vec::new();
        while answers.last().is_none_or(|answer| answer.status != 503) && answers.len() < REQUESTS {
            answers.push(told.recv().unwrap());
        }
        busy.rollback().unwrap();
        let others = REQUESTS - answers.len();
        answers.into_iter().chain(told.iter().take(others)).collect()
    });
    let (away, done): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 503);
    assert!(!away.is_empty() && !done.is_empty(), "{} were sent away", away.len());
    for answer in away {
        assert_eq!(answer.must_be_refused(503, "CRD-3003").header("Retry-After"), Some("1"));
    }
    let count = done.len();
    done.into_iter().for_each(|answer| assert_eq!(answer.must_be(200).at("succeeded"), "100"));
    let used = clerk.get(line).must_be(200).at("credit_used");
    assert_eq!(used, format!("{}.00", count * 100), "all of a request or nothing of it");
}
