//! The guide's journeys with the guide's numbers, and one account seen through both faces.

use fiado_tests::{Company, CreditAccount, Integration, Opening, Shop, invoice_of, json};
use serde_json::Value;

/// What nobody can know before.
const INSTANTS: [&str; 2] = ["updatedAt", "createdAt"];

#[track_caller]
fn must_be_an_instant(text: &str) {
    let is_instant = text.len() > 21
        && text.len() <= 28
        && text.ends_with('Z')
        && text.char_indices().all(|(place, character)| match place {
            4 | 7 => character == '-',
            10 => character == 'T',
            13 | 16 => character == ':',
            19 => character == '.',
            _ => character.is_ascii_digit() || (character == 'Z' && place + 1 == text.len()),
        });
    assert!(is_instant, "{text:?} is no instant of up to seven decimals");
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {value}"))
}

#[test]
fn an_account_is_opened_with_numbers_written_as_texts() {
    let shop = Shop::open();
    let body = r#"{"document":"55555555555","documentType":"CPF","email":"customer@test.com","creditLimit":"3000","tolerance":"0.05"}"#;
    let opened = shop.integration().post("/accounts", body).must_be(200);
    let expected = r#"{"id":"55555555555_CPF","balance":0.00,"document":"55555555555","status":"Open","documentType":"CPF","creditLimit":3000.00,"availableCredit":3000.00,"preAuthorizedCredit":0.00,"email":"customer@test.com","tolerance":0.05,"availableBalance":3000.00}"#;
    assert_eq!(opened.json_without(&INSTANTS), json(expected));
    INSTANTS.iter().for_each(|name| must_be_an_instant(&opened.shows(name)));

    let account = shop.integration().account("55555555555_CPF");
    assert_eq!(account.reads("").must_be(200).text, opened.text, "what was answered is what is read");
    assert_eq!(account.statement(), [""; 0], "opening is no movement");
    shop.books_must_agree();
}

#[test]
fn a_description_is_kept_and_given_back() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let body = r#"{"document":"1","documentType":"Other","email":"a@b.co","creditLimit":"1100","tolerance":"0.2","description":"Not applicable."}"#;
    vtex.post("/accounts", body).must_be(200);
    let account = vtex.account("1_Other");
    assert_eq!(account.figure("description"), "Not applicable.");
    let update = r#"{"email":"a@b.co","document":"1","documentType":"Other"}"#;
    vtex.put(&account.path(""), update).must_be(200);
    assert_eq!(account.figure("description"), "Not applicable.", "what was not sent stays");
}

#[test]
fn personal_data_are_updated_and_what_is_not_sent_of_them_is_removed() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("111111111", "4500");
    let change = |body: &str| vtex.put(&account.path(""), body).must_be(200);

    let changed =
        change(r#"{"email":"customer32@test.com","document":"44444444","documentType":"Passaporte"}"#);
    let data = ["email", "document", "documentType"].map(|name| changed.shows(name));
    assert_eq!(data, ["customer32@test.com", "44444444", "Passaporte"]);
    assert_eq!([changed.shows("id"), changed.shows("creditLimit")], ["111111111_CPF", "4500.00"]);

    let changed = change(r#"{"email":"other@test.com","creditLimit":3400,"tolerance":"0.25"}"#);
    assert!(changed.json().get("document").is_none(), "{}", changed.text);
    assert!(changed.json().get("documentType").is_none(), "{}", changed.text);
    let terms = ["email", "creditLimit", "availableCredit", "tolerance"].map(|name| changed.shows(name));
    assert_eq!(terms, ["other@test.com", "3400.00", "3400.00", "0.25"]);

    // DECISIONS 21: an e-mail that was not sent stays.
    let changed = change(r#"{"document":"5","documentType":"CPF"}"#);
    assert_eq!([changed.shows("email"), changed.shows("document")], ["other@test.com", "5"]);
}

#[test]
fn an_account_nobody_knows_is_opened_by_putting_it() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let id = "30c59e60-895f-11ee-917a-1117db360d00";
    let opened = vtex.put(&format!("/accounts/{id}"), r#"{"email":"test1@test.com"}"#).must_be(200);
    let expected = format!(
        r#"{{"id":"{id}","balance":0.00,"status":"Open","creditLimit":100.00,"availableCredit":100.00,"preAuthorizedCredit":0.00,"email":"test1@test.com","tolerance":0,"availableBalance":100.00}}"#
    );
    assert_eq!(opened.json_without(&INSTANTS), json(&expected));

    let terms =
        r#"{"email":"a@b.co","document":"5","documentType":"CPF","creditLimit":"250.5","tolerance":1}"#;
    vtex.put("/accounts/another", terms).must_be(200);
    let another = vtex.account("another");
    assert_eq!(["creditLimit", "tolerance"].map(|name| another.figure(name)), ["250.50", "1"]);
    assert_eq!(another.statement(), [""; 0]);

    vtex.put("/accounts/nameless", r#"{"creditLimit":100}"#).must_be_declined(400);
    vtex.account("nameless").reads("").must_be_declined(404);
}

#[test]
fn a_limit_of_10000_lowered_to_9000_and_raised_to_12000_moves_1100_and_3300() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("44444444", "10000", "0.1");
    let statements = || account.reads("/statements").must_be(200);
    assert_eq!(
        statements().json(),
        json(r#"{"statements":[],"currentBalance":0.00,"intervalBalance":0.00,"previousBalance":0.00}"#)
    );
    let lowered = account.limit_becomes("9000").must_be(200);
    assert_eq!([lowered.shows("creditLimit"), lowered.shows("availableCredit")], ["9000.00", "9000.00"]);
    assert_eq!(account.statement(), ["Credit -1100.00"]);
    assert_eq!(statements().shows("intervalBalance"), "-1100.00");

    account.limit_becomes("\"12000\"").must_be(200);
    assert_eq!(account.statement(), ["Credit -1100.00", "Credit 3300.00"]);
    let balances =
        ["currentBalance", "intervalBalance", "previousBalance"].map(|name| statements().shows(name));
    assert_eq!(balances, ["0.00", "2200.00", "0.00"]);
    for line in statements().json()["statements"].as_array().unwrap() {
        must_be_an_instant(text(line, "date"));
        assert_eq!(line.as_object().unwrap().len(), 3, "value, date and origin, and nothing else: {line}");
    }
    shop.books_must_agree();
}

#[test]
fn a_tolerance_lowered_to_nothing_and_raised_to_a_quarter_moves_500_and_1250() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("44444444", "5000", "0.1");
    assert_eq!(account.tolerance_becomes("0").must_be(200).shows("tolerance"), "0");
    assert_eq!(account.statement(), ["Credit -500.00"]);
    assert_eq!(account.tolerance_becomes("\"0.25\"").must_be(200).shows("tolerance"), "0.25");
    assert_eq!(account.statement(), ["Credit -500.00", "Credit 1250.00"]);
    assert_eq!(account.reads("/statements").shows("intervalBalance"), "750.00");
    assert_eq!(account.figures(), ["5000.00", "0.00"], "tolerance is not part of what is available");
}

#[test]
fn installments_fall_due_every_30_days_at_the_hour_of_their_settlement() {
    let shop = Opening::at("2024-02-26T14:39:54Z").open();
    let account = shop.integration().opens("55555555555", "3000");
    let transaction = account.buys_in(3, "100.00");
    let expected = [("33.33", "2024-03-27"), ("33.33", "2024-04-26"), ("33.34", "2024-05-26")];
    let invoices = account.invoices();
    assert_eq!(invoices.len(), expected.len());
    for (number, (invoice, (value, day))) in (1..).zip(invoices.iter().zip(expected)) {
        let (created, due) = (text(invoice, "createdAt"), text(invoice, "dueDate"));
        must_be_an_instant(created);
        assert_eq!((&created[..10], &due[..10]), ("2024-02-26", day));
        assert_eq!(due[10..], created[10..], "to the tick");
        assert_eq!(due, text(invoice, "originalDueDate"));
        assert_eq!(invoice["value"].to_string(), value);
        assert_eq!(text(invoice, "id"), invoice_of(&transaction, number));
    }
}

#[test]
fn an_open_invoice_says_all_of_itself_and_nothing_that_is_not_there() {
    let shop = Shop::open();
    let account = shop.integration().opens("55555555555", "3000");
    let transaction = account.buys_with("15", r#"{"value":"15","orderId":"1413590513132-01"}"#);
    assert!(transaction.len() == 32 && transaction.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let invoice = account.invoice(&invoice_of(&transaction, 1)).must_be(200);
    let made = ["friendlyId", "createdAt", "updatedAt", "originalDueDate", "dueDate"];
    let expected = format!(
        r#"{{"id":"{transaction}-01","status":"Opened","value":15.00,"accountId":"55555555555_CPF","creditAccountId":"55555555555_CPF","creditValue":0.00,"installment":1,"numberOfInstallments":1,"orderId":"1413590513132-01","transactionId":"{transaction}"}}"#
    );
    assert_eq!(invoice.json_without(&made), json(&expected));
    let friendly = invoice.shows("friendlyId");
    let (letters, number) = friendly.split_once('-').unwrap();
    assert!(letters.len() == 8 && letters.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{friendly}");
    assert_eq!(number, "1");
    assert_eq!(account.invoices(), [invoice.json()], "a list shows it as it is");

    let paid = account.pays(&invoice_of(&transaction, 1)).must_be(200);
    must_be_an_instant(&paid.shows("resolvedAt"));
    assert_eq!(paid.text, account.invoice(&invoice_of(&transaction, 1)).text);
    assert_eq!(account.invoice_stands(&invoice_of(&transaction, 1)), "Paid 15.00 15.00");
}

#[test]
fn the_first_page_has_20_of_35_accounts_and_9_to_9_is_one_record() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let ids: Vec<String> =
        (1..=35).map(|number| vtex.opens(&format!("{number:03}"), "100").id().to_owned()).collect();
    let cases = [
        ("", 1..=20),
        ("?from=9&to=9", 9..=9),
        ("?from=1&to=40", 1..=35),
        ("?from=21", 21..=35),
        ("?to=5", 1..=5),
        ("?from=3", 3..=22),
        ("?from=30&to=300", 30..=35),
    ];
    for (query, places) in cases {
        let page = vtex.get(&format!("/accounts/{query}")).must_be(200);
        assert_eq!(page.column("id"), ids[places.start() - 1..*places.end()], "{query}");
        assert_eq!(page.json()["summary"], json(r#"{"count":35}"#), "{query}");
    }
    assert!(vtex.get("/accounts?from=36&to=40").must_be(200).items().is_empty());
}

#[test]
fn holders_are_added_listed_and_removed() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("55555555555", "3000");
    let add = r#"{"claims":{"email":"customertestholder1@test.com"}}"#;
    let added = vtex.post(&account.path("/holders"), add).must_be(200);
    let id = added.shows("id");
    assert!(id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{id}");
    must_be_an_instant(&added.shows("createdAt"));
    let expected = r#"{"level":2,"claims":{"email":"customertestholder1@test.com"}}"#;
    assert_eq!(added.json_without(&["id", "createdAt"]), json(expected));

    let other = account.is_shared_with("customer+2_b@test.com");
    let listed = account.reads("/holders").must_be(200);
    assert_eq!(listed.column("id"), [id.clone(), other.clone()]);
    assert_eq!(listed.items()[0], added.json());

    let removal = account.path(&format!("/holders/{id}"));
    assert_eq!(vtex.delete(&removal).must_be(200).json(), json(&format!(r#"{{"id":"{id}"}}"#)));
    assert_eq!(account.reads("/holders").column("id"), [other]);
    vtex.delete(&removal).must_be_declined(404);
    assert_eq!(account.statement(), [""; 0]);
    shop.books_must_agree();
}

#[test]
fn a_closed_account_opened_again_is_a_new_life_that_lists_only_its_own() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let first = vtex.opens_with_tolerance("98765432101", "3000", "0.5");
    let transaction = first.buys("100.00");
    first.pays(&invoice_of(&transaction, 1)).must_be(200);
    first.balance_moves("st-1", "\"-15\"").must_be(200);
    first.is_shared_with("holder@test.com");
    let closed = first.closes().must_be(200);
    assert_eq!(closed.shows("status"), "Closed");
    assert_eq!(first.reads("").must_be(200).text, closed.text);
    assert_eq!(first.statement(), ["Invoice -100.00", "Payment 100.00", "Statement -15.00"]);

    let second = vtex.opens("98765432101", "50");
    assert_eq!(second.id(), first.id());
    let account = second.reads("").must_be(200);
    let figures = ["status", "creditLimit", "tolerance", "balance", "availableCredit"];
    assert_eq!(figures.map(|name| account.shows(name)), ["Open", "50.00", "0", "0.00", "50.00"]);
    assert_ne!(account.shows("createdAt"), closed.shows("createdAt"), "a life has its own beginning");
    assert!(second.invoices().is_empty());
    assert_eq!(second.statement(), [""; 0]);
    assert!(second.reads("/holders").items().is_empty());
    assert_eq!(vtex.get("/invoices").must_be(200).items().len(), 0, "nor do they show among all invoices");
    second.invoice(&invoice_of(&transaction, 1)).must_be_declined(404);
    second.settles(&transaction, "100").must_be_declined(404);
    second.buys("50.00");
    shop.books_must_agree();
}

/// A line of 10,000.00 that was asked for and approved through the façade, seen from both sides.
fn both_faces(shop: &Shop) -> (Company<'_>, CreditAccount) {
    (shop.company_with_line("cust_456", "10000.00"), shop.integration().account("cust_456"))
}

#[test]
fn a_line_approved_through_the_facade_is_an_open_account_here() {
    let shop = Shop::open();
    let (_, account) = both_faces(&shop);
    let expected = r#"{"id":"cust_456","balance":0.00,"document":"RUC-123-456","status":"Open","documentType":"Other","creditLimit":10000.00,"availableCredit":10000.00,"preAuthorizedCredit":0.00,"email":"","tolerance":0,"availableBalance":10000.00}"#;
    assert_eq!(account.reads("").must_be(200).json_without(&INSTANTS), json(expected));
    assert_eq!(shop.integration().get("/accounts").column("id"), ["cust_456"]);
    assert_eq!(account.statement(), [""; 0]);
}

#[test]
fn an_account_opened_here_is_a_customer_of_the_facade() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("55555555555", "3000", "0.05");
    let company = shop.company(account.id());
    let line = ["status", "credit_limit", "tolerance", "payment_term_days"].map(|name| company.figure(name));
    assert_eq!(line, ["approved", "3000.00", "0.05", "30"]);

    company.buys_in(2, "order_1", "3150.00").must_be(200);
    assert_eq!(company.open_invoices(), account.reads("/invoices").column("id"));
    let shown = ["orderId", "status", "value", "accountId"].map(|name| account.invoices()[1][name].clone());
    let expected = r#"["order_1","Opened",1575.00,"55555555555_CPF"]"#;
    assert_eq!(Value::from(shown.to_vec()), json(expected));
    assert_eq!(account.figures(), ["-150.00", "0.00"], "below zero by what tolerance let pass");
    assert_eq!(company.figure("credit_available"), "0.00");
    assert_eq!(account.statement(), ["Invoice -3150.00"]);
    shop.books_must_agree();
}

#[test]
fn a_purchase_settled_here_shows_there_as_a_usage_with_its_due_dates() {
    let shop = Shop::open();
    let (company, account) = both_faces(&shop);
    let body = r#"{"value":90,"installments":3,"orderId":"order_789"}"#;
    let transaction = account.authorizes_with(body).must_be(200).shows("id");
    let held = ["credit_used", "credit_held", "credit_available"].map(|name| company.figure(name));
    assert_eq!(held, ["0.00", "90.00", "9910.00"]);
    account.settles(&transaction, "90").must_be(200);
    assert_eq!(company.figures(), ["90.00", "9910.00"]);
    assert_eq!(company.figure("credit_held"), "0.00");

    let usages = company.reads("/usages").must_be(200);
    let usage = &usages.items()[0];
    assert_eq!(text(usage, "usage_id"), format!("usage_{transaction}"));
    assert_eq!([text(usage, "order_id"), text(usage, "status")], ["order_789", "pending"]);
    assert_eq!([&usage["amount"], &usage["installments"]].map(Value::to_string), ["90.00", "3"]);
    let invoices = company.reads("/invoices").must_be(200);
    assert_eq!(invoices.column("due_date"), ["2025-12-24", "2026-01-23", "2026-02-22"]);
    assert_eq!(invoices.column("invoice_id"), account.reads("/invoices").column("id"));

    // It is the same order there: bought again it is known, and not bought twice.
    company.buys_in(3, "order_789", "90.00").must_be(200);
    assert_eq!(company.figures(), ["90.00", "9910.00"]);
    shop.books_must_agree();
}

#[test]
fn an_invoice_paid_here_restores_credit_there() {
    let shop = Shop::open();
    let (company, account) = both_faces(&shop);
    company.buys_in(2, "order_1", "100.00").must_be(200);
    let invoices = company.open_invoices();
    account.pays(&invoices[0]).must_be(200);
    assert_eq!(company.figures(), ["50.00", "9950.00"]);
    assert_eq!(company.open_invoices(), invoices[1..]);
    let payments = company.reads("/payments").must_be(200);
    assert_eq!(payments.items()[0]["amount"].to_string(), "50.00");
    shop.books_must_agree();
}

#[test]
fn a_part_payment_there_is_the_credit_value_of_an_invoice_here() {
    let shop = Shop::open();
    let (company, account) = both_faces(&shop);
    let transaction = account.buys("100.00");
    let invoice = invoice_of(&transaction, 1);
    company.pays("PAY-1", "30.00").must_be(201);
    assert_eq!(account.invoice_stands(&invoice), "Opened 100.00 30.00");
    assert_eq!(account.figures(), ["9930.00", "0.00"]);

    account.pays(&invoice).must_be(200);
    assert_eq!(account.invoice_stands(&invoice), "Paid 100.00 100.00");
    assert_eq!(account.statement(), ["Invoice -100.00", "Payment 30.00", "Payment 70.00"]);
    assert_eq!(company.figures(), ["0.00", "10000.00"]);
    shop.books_must_agree();
}

#[test]
fn a_suspended_line_is_open_here_and_holds_nothing_new() {
    let shop = Shop::open();
    let (company, account) = both_faces(&shop);
    let [settled, released] = [account.holds("100.00"), account.holds("50.00")];
    company.is_decided("suspend").must_be(200);
    assert_eq!(account.figure("status"), "Open");
    let before = account.everything();
    account.authorizes("10.00").must_be_declined(400);
    account.changes_hold("mine", "10.00").must_be_declined(400);
    assert_eq!(account.everything(), before);

    // What it holds already it may still settle or give up (DECISIONS 15).
    account.settles(&settled, "100.00").must_be(200);
    account.releases(&released).must_be_empty();
    account.pays(&invoice_of(&settled, 1)).must_be(200);
    company.is_decided("reactivate").must_be(200);
    account.holds("10.00");
    shop.books_must_agree();
}

#[test]
fn a_line_that_was_never_granted_is_not_there() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let ends: [(&str, Option<&str>); 2] = [("1_CPF", None), ("2_CPF", Some("reject"))];
    for (id, decision) in ends {
        let (company, account) = (shop.company(id), vtex.account(id));
        company.asks().must_be(201);
        decision.into_iter().for_each(|decision| drop(company.is_decided(decision).must_be(200)));
        for what in ["", "/invoices", "/statements", "/holders"] {
            account.reads(what).must_be_declined(404);
        }
        account.authorizes("1").must_be_declined(404);
        account.limit_becomes("1").must_be_declined(404);
        account.closes().must_be_declined(404);
    }
    assert!(vtex.get("/accounts").must_be(200).items().is_empty());
    assert!(vtex.get("/accounts?status=Closed").must_be(200).items().is_empty());

    // One that waits for an answer cannot be opened behind the approver's back.
    let open = |document: &str| {
        let body =
            format!(r#"{{"document":"{document}","documentType":"CPF","email":"a@b.co","creditLimit":1}}"#);
        vtex.post("/accounts", body)
    };
    open("1").must_be_declined(400);
    assert_eq!(shop.company("1_CPF").figure("status"), "pending");
    assert_eq!(open("2").must_be(200).shows("status"), "Open");
}

#[test]
fn a_line_cancelled_there_is_closed_here() {
    let shop = Shop::open();
    let (company, account) = both_faces(&shop);
    company.is_decided("cancel").must_be(200);
    assert_eq!(account.figure("status"), "Closed");
    assert!(shop.integration().get("/accounts").must_be(200).items().is_empty());
    account.authorizes("1").must_be_declined(400);
}

/// The 26 operations in one story, as a script tells it that knows `fiado keys create` and HTTP.
#[test]
fn all_26_operations_serve_a_client_with_a_new_key_on_a_new_store() {
    let shop = Opening::at("2024-02-26T14:39:54Z").open();
    let vtex = shop.integration();
    store_is_configured(&vtex);
    let account = accounts_are_kept(&vtex);
    credit_is_moved(&account);
    let invoices = purchases_are_made(&account);
    invoices_are_worked_on(&vtex, &account, &invoices);
    account_is_shared_and_closed(&vtex, &account);
    shop.books_must_agree();
}

/// Operations 25 and 26.
fn store_is_configured(vtex: &Integration) {
    assert_eq!(vtex.get("/storeconfig").must_be(200).shows("postponementEnabled"), "false");
    let configured = vtex.configures(
        r#"{"postponementEnabled":true,"invoicePostponementLimit":2,"maxPostponementDays":"10","maxPreAuthorizationGrowthRate":"0.1"}"#,
    );
    let rate = configured.must_be(200).shows("maxPreAuthorizationGrowthRate");
    assert_eq!(rate, "0.1");
}

/// Operations 7, 8, 9, 11 and 12.
fn accounts_are_kept(vtex: &Integration) -> CreditAccount {
    let account = vtex.opens_with_tolerance("55555555555", "\"3000\"", "\"0.05\"");
    assert_eq!(account.id(), "55555555555_CPF");
    assert_eq!(account.figure("creditLimit"), "3000.00");
    let update = r#"{"email":"new@test.com","document":"55555555555","documentType":"CPF"}"#;
    assert_eq!(vtex.put(&account.path(""), update).must_be(200).shows("email"), "new@test.com");
    vtex.put("/accounts/from-an-older-client", r#"{"email":"old@test.com"}"#).must_be(200);
    let found = vtex.get("/accounts?email=new@test.com").must_be(200);
    assert_eq!(found.column("id"), ["55555555555_CPF"]);
    account
}

/// Operations 13, 14, 15 and 16.
fn credit_is_moved(account: &CreditAccount) {
    assert_eq!(account.limit_becomes("4000").must_be(200).shows("creditLimit"), "4000.00");
    assert_eq!(account.tolerance_becomes("0.1").must_be(200).shows("tolerance"), "0.1");
    account.balance_moves("adjustment-1", "\"-15\"").must_be(200).must_read(r#"{"value":"-15.0"}"#);
    assert_eq!(account.statement(), ["Credit 1050.00", "Credit 200.00", "Statement -15.00"]);
    assert_eq!(account.figure("balance"), "-15.00");
}

/// Operations 17 to 21; the invoices that come of them.
fn purchases_are_made(account: &CreditAccount) -> Vec<String> {
    let hold = account.authorizes_with(r#"{"value":49.7,"settle":false,"installments":2}"#).must_be(200);
    let id = hold.shows("id");
    assert_eq!(hold.json_without(&["id"]), json(r#"{"value":49.70,"installments":2}"#));
    assert_eq!(account.changes_hold(&id, "54.67").must_be(200).shows("value"), "54.67");
    account.releases(&id).must_be_empty();
    let mine = account.changes_hold("order-2024-1", "300").must_be(200);
    assert_eq!(mine.shows("id"), "order-2024-1");
    account.settles("order-2024-1", "300").must_be(200);

    let transaction = account.authorizes_with(r#"{"value":90,"installments":3}"#).must_be(200).shows("id");
    let settled = account.settles(&transaction, "90").must_be(200).json();
    assert_eq!(settled, json(&format!(r#"{{"value":90.00,"id":"{transaction}"}}"#)));
    assert_eq!(account.refunds(&transaction, "30").must_be(200).json(), json(r#"{"value":30.00}"#));
    assert_eq!(account.figures(), ["3640.00", "0.00"]);
    [("order-2024-1", 1), (&transaction, 1), (&transaction, 2), (&transaction, 3)]
        .map(|(transaction, number)| invoice_of(transaction, number))
        .to_vec()
}

/// Operations 1 to 6 and 24.
fn invoices_are_worked_on(vtex: &Integration, account: &CreditAccount, invoices: &[String]) {
    assert_eq!(vtex.get("/invoices").must_be(200).column("id"), invoices);
    assert_eq!(account.reads("/invoices").must_be(200).column("id"), invoices);
    let due = account.invoice(&invoices[0]).must_be(200).shows("dueDate");
    assert_eq!(&due[..10], "2024-03-27");
    account.postpones(&invoices[0], "10").must_be_empty();
    let postponed = account.invoice(&invoices[0]).must_be(200);
    assert_eq!(postponed.shows("dueDate"), format!("2024-04-06{}", &due[10..]));
    assert_eq!(postponed.shows("originalDueDate"), due);

    assert_eq!(account.pays(&invoices[0]).must_be(200).shows("status"), "Paid");
    let change = r#"{"status":"Paid","observation":"BF 2023","paymentLink":"https://paymentlink.com"}"#;
    account.changes_invoice(&invoices[1], change).must_be_empty();
    assert_eq!(account.invoice(&invoices[1]).shows("observation"), "BF 2023");
    account.cancels(&invoices[2]).must_be_empty();
    let statuses = account.reads("/invoices").column("status");
    assert_eq!(statuses, ["Paid", "Paid", "Cancelled", "Cancelled"]);
    assert_eq!(account.figures(), ["4000.00", "0.00"]);
}

/// Operations 10, 22 and 23.
fn account_is_shared_and_closed(vtex: &Integration, account: &CreditAccount) {
    let holder = account.is_shared_with("holdertest@holder.com.br");
    let removed = vtex.delete(&account.path(&format!("/holders/{holder}"))).must_be(200);
    assert_eq!(removed.shows("id"), holder);
    assert_eq!(account.closes().must_be(200).shows("status"), "Closed");
    assert_eq!(vtex.get("/accounts").column("id"), ["from-an-older-client"]);
    assert_eq!(vtex.get("/accounts?status=Closed").column("id"), [account.id()]);
}
