//! Bad input gets a 400 or a 404 with a code and a message, never a 500, and leaves no trace.

use fiado_tests::{Answer, CreditAccount, Integration, Shop, invoice_of, json};
use reqwest::Method;
use serde_json::Value;

/// What a field takes; the table of what it does not take is by this.
#[derive(Clone, Copy)]
enum Kind {
    /// An amount.
    Amount,
    /// An amount above zero.
    Positive,
    /// An amount with a sign.
    Signed,
    Tolerance,
    Installments,
    Days,
    Switch,
    /// When a hold ends by itself.
    Expiration,
    Email,
    /// A part of an id.
    Word,
    /// The id that the address has too.
    OwnId,
    Status,
    /// A text of so many characters at most.
    Note(usize),
    Object,
}

/// A field of a body: its path, what it takes, and whether it must be there.
type Field = (&'static str, Kind, bool);

/// An operation with a body.
struct Operation {
    method: Method,
    /// Its address below the account, but for the one that opens accounts.
    path: fn(&Scene) -> String,
    /// A body that it takes.
    body: &'static str,
    fields: &'static [Field],
}

/// An account of 1,000.00 with a hold and a purchase in it.
struct Scene {
    account: CreditAccount,
    hold: String,
    purchase: String,
}

impl Scene {
    fn new(vtex: &Integration, document: &str) -> Scene {
        let account = vtex.opens(document, "1000");
        let (hold, purchase) = (account.holds("100"), account.buys("100"));
        account.is_shared_with("holder@test.com");
        Scene { account, hold, purchase }
    }

    fn transaction(&self, what: &str) -> String {
        self.account.path(&format!("/transactions/{}{what}", self.hold))
    }

    fn invoice(&self, what: &str) -> String {
        self.account.path(&format!("/invoices/{}{what}", invoice_of(&self.purchase, 1)))
    }
}

const HOLD: &[Field] = &[
    ("value", Kind::Positive, true),
    ("installments", Kind::Installments, false),
    ("settle", Kind::Switch, false),
    ("expirationDate", Kind::Expiration, false),
];

fn operations() -> Vec<Operation> {
    [of_accounts(), of_transactions(), of_invoices_and_holders()].into_iter().flatten().collect()
}

fn post(path: fn(&Scene) -> String, body: &'static str, fields: &'static [Field]) -> Operation {
    Operation { method: Method::POST, path, body, fields }
}

fn put(path: fn(&Scene) -> String, body: &'static str, fields: &'static [Field]) -> Operation {
    Operation { method: Method::PUT, path, body, fields }
}

fn of_accounts() -> Vec<Operation> {
    vec![
        post(
            |_| "/accounts".to_owned(),
            r#"{"document":"new","documentType":"CPF","email":"a@b.co","creditLimit":"3000","tolerance":"0.05"}"#,
            &[
                ("document", Kind::Word, true),
                ("documentType", Kind::Word, true),
                ("email", Kind::Email, true),
                ("creditLimit", Kind::Amount, true),
                ("tolerance", Kind::Tolerance, false),
                ("description", Kind::Note(1000), false),
            ],
        ),
        put(
            |scene| scene.account.path(""),
            r#"{"document":"5","documentType":"CPF","email":"a@b.co","creditLimit":2000,"tolerance":0.1}"#,
            &[
                ("id", Kind::OwnId, false),
                ("creditLimit", Kind::Amount, false),
                ("tolerance", Kind::Tolerance, false),
            ],
        ),
        put(
            |scene| scene.account.path("/creditlimit"),
            r#"{"value":5500}"#,
            &[("value", Kind::Amount, true)],
        ),
        put(
            |scene| scene.account.path("/tolerance"),
            r#"{"value":0.3}"#,
            &[("value", Kind::Tolerance, true)],
        ),
        put(
            |scene| scene.account.path("/statements/st-1"),
            r#"{"value":"-15"}"#,
            &[("value", Kind::Signed, true)],
        ),
    ]
}

fn of_transactions() -> Vec<Operation> {
    vec![
        post(
            |scene| scene.account.path("/transactions"),
            r#"{"value":49.7,"settle":true,"installments":1,"expirationDate":"2025-11-26"}"#,
            HOLD,
        ),
        put(|scene| scene.transaction(""), r#"{"value":55.0,"installments":2}"#, HOLD),
        put(
            |scene| scene.account.path("/transactions/new-one"),
            r#"{"value":55.0,"settle":true,"installments":1}"#,
            HOLD,
        ),
        put(|scene| scene.transaction("/settlement"), r#"{"value":49.95}"#, &[("value", Kind::Amount, true)]),
        post(
            |scene| scene.account.path(&format!("/transactions/{}/refunds", scene.purchase)),
            r#"{"value":30}"#,
            &[("value", Kind::Amount, true)],
        ),
    ]
}

fn of_invoices_and_holders() -> Vec<Operation> {
    vec![
        post(
            |scene| scene.account.path("/holders"),
            r#"{"claims":{"email":"email+1_a@domain.com"}}"#,
            &[("claims", Kind::Object, true), ("claims.email", Kind::Email, true)],
        ),
        put(|scene| scene.invoice("/postponement"), r#"{"dueDays":10}"#, &[("dueDays", Kind::Days, true)]),
        put(
            |scene| scene.invoice(""),
            r#"{"status":"Paid","observation":"BF 2023","paymentLink":"https://paymentlink.com"}"#,
            &[
                ("status", Kind::Status, false),
                ("observation", Kind::Note(1000), false),
                ("paymentLink", Kind::Note(2000), false),
            ],
        ),
    ]
}

const NO_AMOUNT: &[&str] = &[
    "10.001",
    "1e-400",
    "1e400",
    "10000000000000",
    "99999999999999999999999999",
    "\"1,000.00\"",
    "\"3000 USD\"",
    "\"0x10\"",
];

const NO_NUMBER: &[&str] = &["\"\"", "\"abc\"", "\"NaN\"", "\"Infinity\"", "\"١\"", "true", "{}", "[100]"];

/// Values that a field does not take, as they are written.
fn wrong_values(kind: Kind) -> Vec<String> {
    let fixed: &[&str] = match kind {
        Kind::Amount => &["-1", "-0.01", "\"-1\""],
        Kind::Positive => &["0", "0.00", "\"0\"", "-1", "-0.01"],
        Kind::Signed => &["\"--1\"", "-10000000000000"],
        Kind::Tolerance => {
            &["-1", "-0.000001", "1e9", "100.000001", "0.0000001", "\"10 %\"", "\"0,1\"", "1e400"]
        }
        Kind::Installments => &["0", "-1", "1.5", "49", "10000", "\"0\"", "\"tres\"", "1e400"],
        Kind::Days => &["0", "-1", "1.5", "3651", "\"ten\"", "1e400", "99999999999999999999999999"],
        Kind::Switch => &["\"perhaps\"", "5", "{}", "[]"],
        Kind::Expiration => &[
            "\"2026-02-30\"",
            "\"2025-13-01\"",
            "\"24/12/2025\"",
            "\"mañana\"",
            "20251124",
            "{}",
            "[]",
            "true",
        ],
        Kind::Email => &["\"\"", "\"nobody\"", "\"a\\u0000@b.co\"", "5", "null", "{}", "[\"a@b.co\"]"],
        Kind::Word => &[
            "\"\"",
            "\"   \"",
            "\"..\"",
            "\"a/b\"",
            "\"a\\u0000b\"",
            "\"a\\nb\"",
            "5",
            "null",
            "{}",
            "[\"a\"]",
        ],
        Kind::OwnId => &["\"other_CPF\"", "\" \"", "5", "true", "{}", "[\"a\"]"],
        Kind::Status => &["\"Overdue\"", "\"Pagada\"", "5", "true", "{}", "[\"Paid\"]"],
        Kind::Note(_) => &["5", "{}", "[\"a\"]", "\"a\\u0000b\""],
        Kind::Object => &["null", "[]", "5", "\"email\""],
    };
    let shared = match kind {
        Kind::Amount | Kind::Positive | Kind::Signed => [NO_AMOUNT, NO_NUMBER].concat(),
        Kind::Tolerance | Kind::Installments | Kind::Days => NO_NUMBER.to_vec(),
        _ => Vec::new(),
    };
    let long = match kind {
        Kind::Note(longest) => Some(format!("\"{}\"", "x".repeat(longest + 1))),
        Kind::Word => Some(format!("\"{}\"", "x".repeat(300))),
        _ => None,
    };
    fixed.iter().copied().chain(shared).map(str::to_owned).chain(long).collect()
}

/// An operation about to be tried on a scene that is ready for it.
struct Try<'a> {
    vtex: &'a Integration,
    scene: Scene,
    operation: Operation,
}

impl Try<'_> {
    fn path(&self) -> String {
        (self.operation.path)(&self.scene)
    }

    #[track_caller]
    fn send(&self, body: impl Into<String>) -> Answer {
        self.vtex.send(self.operation.method.clone(), &self.path(), Some(body.into()))
    }

    /// The body that is taken, with one field written so; without it where nothing is written.
    fn with(&self, field: &str, value: Option<&str>) -> String {
        let mut body = json(self.operation.body);
        let (parent, name) = match field.split_once('.') {
            Some((outer, inner)) => (&mut body[outer], inner),
            None => (&mut body, field),
        };
        let members = parent.as_object_mut().unwrap();
        match value {
            Some(value) => drop(members.insert(name.to_owned(), json(value))),
            None => drop(members.remove(name)),
        }
        body.to_string()
    }

    /// All that an attempt could have changed.
    #[track_caller]
    fn everything(&self) -> (String, [String; 4]) {
        let accounts = self.vtex.get("/accounts?from=1&to=1000").must_be(200).text;
        (accounts, self.scene.account.everything())
    }
}

/// A shop in which all that is tried here would succeed.
fn shop_that_lets_much() -> (Shop, Integration) {
    let shop = Shop::open();
    let vtex = shop.integration();
    let configuration = r#"{"maxPreAuthorizationGrowthRate":0.1,"postponementEnabled":true,"invoicePostponementLimit":9,"maxPostponementDays":90}"#;
    vtex.configures(configuration).must_be(200);
    (shop, vtex)
}

/// Tries something on every operation; each time everything stays as it was, and what was meant is
/// done in the end.
fn on_every_operation(attempt: impl Fn(&Try<'_>)) {
    let (shop, vtex) = shop_that_lets_much();
    for (number, operation) in operations().into_iter().enumerate() {
        let scene = Scene::new(&vtex, &number.to_string());
        let tried = Try { vtex: &vtex, scene, operation };
        let before = tried.everything();
        attempt(&tried);
        assert_eq!(tried.everything(), before, "{} left a trace", tried.path());
        tried.send(tried.operation.body).must_be(200);
    }
    shop.books_must_agree();
}

#[test]
fn every_wrong_value_of_every_field_is_named() {
    on_every_operation(|tried| {
        for &(field, kind, _) in tried.operation.fields {
            for value in wrong_values(kind) {
                let refused = tried.send(tried.with(field, Some(&value))).must_be_declined(400);
                let shown = format!("{} {} with {field} = {value}", tried.operation.method, tried.path());
                assert_eq!(refused.named_fields(), [field], "{shown}: {}", refused.text);
            }
        }
    });
}

#[test]
fn every_missing_field_is_named() {
    on_every_operation(|tried| {
        for &(field, _, _) in tried.operation.fields.iter().filter(|(_, _, required)| *required) {
            let refused = tried.send(tried.with(field, None)).must_be_declined(400);
            assert_eq!(refused.named_fields(), [field], "{}", tried.path());
        }
    });
}

#[test]
fn all_wrong_fields_are_named_at_once() {
    let (_shop, vtex) = shop_that_lets_much();
    let body = r#"{"document":"","documentType":5,"creditLimit":-1,"tolerance":1e9}"#;
    let refused = vtex.post("/accounts", body).must_be_declined(400);
    let mut named = refused.named_fields();
    named.sort();
    assert_eq!(named, ["creditLimit", "document", "documentType", "email", "tolerance"]);
    for field in refused.json()["fields"].as_array().unwrap() {
        assert!(field["message"].as_str().is_some_and(|message| !message.is_empty()), "{}", refused.text);
    }
    // Clients that show the message alone show the first reason.
    let first = &refused.json()["fields"][0];
    let [field, reason] = ["field", "message"].map(|name| first[name].as_str().unwrap());
    assert!(refused.shows("message").contains(&format!("{field} {reason}")), "{}", refused.text);
}

#[test]
fn what_is_no_json_object_is_refused() {
    on_every_operation(|tried| {
        let deep = "[".repeat(60_000);
        let bodies = [
            "",
            " ",
            "{",
            "nope",
            "[]",
            "[{}]",
            "null",
            "5",
            "\"text\"",
            "true",
            "{'value':1}",
            "{\"value\":1,}",
            "{\"value\":1} {}",
            "{\"value\":NaN}",
            "{\"value\":-Infinity}",
            "{\"value\":01}",
            "{\"value\":1e}",
            "{\"value\":.5}",
            "{\"value\":\"\u{1}\"}",
            &deep,
        ];
        for body in bodies {
            tried.send(body).must_be_declined(400);
        }
    });
}

#[test]
fn bytes_that_are_no_text_are_no_json() {
    let (_shop, vtex) = shop_that_lets_much();
    let account = vtex.opens("1", "1000");
    let before = account.everything();
    let latin = b"{\"claims\":{\"email\":\"caf\xe9@test.com\"}}".to_vec();
    vtex.post_bytes(&account.path("/holders"), latin).must_be_declined(400);
    vtex.post_bytes(&account.path("/transactions"), vec![0, 255, 254]).must_be_declined(400);
    assert_eq!(account.everything(), before);
}

#[test]
fn a_body_of_ten_megabytes_is_refused() {
    on_every_operation(|tried| {
        let padding = " ".repeat(10 * 1024 * 1024);
        tried.send(format!("{padding}{}", tried.operation.body)).must_be_declined(413);
    });
}

#[test]
fn no_header_is_a_reason_to_refuse() {
    let (_shop, vtex) = shop_that_lets_much();
    let account = vtex.opens("1", "1000");
    let path = account.path("/transactions");
    let odd = [
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Type", "nonsense"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Accept", "application/json; charset=utf-8"),
        ("Accept", "application/vnd.vtex.ds.v10+json"),
        ("Accept", "text/none"),
        ("Accept-Language", "\u{e9};q=x,,,;;q=;"),
        ("X-Request-Id", "%00 <script>"),
        ("If-None-Match", "\"\"\"\", W/"),
    ];
    for (header, value) in odd {
        let vtex = vtex.with(header, value);
        vtex.post(&path, r#"{"value":1}"#).must_be(200);
        vtex.get(&account.path("")).must_be(200);
    }
    vtex.post_without_content_type(&path, r#"{"value":1}"#).must_be(200);
    vtex.with("Content-Type", "application/json").get(&account.path("")).must_be(200);
}

/// An operation on an account with this id, whether it could be one or not.
fn on_account(id: &str) -> Vec<(Method, String, Option<&'static str>)> {
    let path = |what: &str| format!("/accounts/{id}{what}");
    let value = Some(r#"{"value":1}"#);
    vec![
        (Method::GET, path(""), None),
        (Method::DELETE, path(""), None),
        (Method::GET, path("/invoices"), None),
        (Method::GET, path("/invoices/x-01"), None),
        (Method::PUT, path("/invoices/x-01"), Some(r#"{"status":"Paid"}"#)),
        (Method::DELETE, path("/invoices/x-01"), None),
        (Method::POST, path("/invoices/x-01/payments"), None),
        (Method::PUT, path("/invoices/x-01/postponement"), Some(r#"{"dueDays":1}"#)),
        (Method::GET, path("/statements"), None),
        (Method::PUT, path("/statements/st-1"), value),
        (Method::PUT, path("/creditlimit"), value),
        (Method::PUT, path("/tolerance"), value),
        (Method::POST, path("/transactions"), value),
        (Method::PUT, path("/transactions/t-1"), value),
        (Method::DELETE, path("/transactions/t-1"), None),
        (Method::PUT, path("/transactions/t-1/settlement"), value),
        (Method::POST, path("/transactions/t-1/refunds"), value),
        (Method::POST, path("/holders"), Some(r#"{"claims":{"email":"a@b.co"}}"#)),
        (Method::GET, path("/holders"), None),
        (Method::DELETE, path("/holders/x"), None),
    ]
}

#[test]
fn an_account_nobody_opened_is_not_found_by_any_operation() {
    let (_shop, vtex) = shop_that_lets_much();
    for (method, path, body) in on_account("nobody") {
        vtex.send(method, &path, body.map(str::to_owned)).must_be_declined(404);
    }
    assert!(vtex.get("/accounts").items().is_empty());
}

#[test]
fn an_id_that_cannot_be_is_refused_by_every_operation() {
    let (_shop, vtex) = shop_that_lets_much();
    let long = "x".repeat(300);
    let terms = r#"{"email":"a@b.co"}"#;
    for id in ["a%2Fb", "%2F", "a%00b", "a%0Ab", "%FF", "%20", long.as_str()] {
        let open = (Method::PUT, format!("/accounts/{id}"), Some(terms));
        for (method, path, body) in on_account(id).into_iter().chain([open]) {
            let refused = vtex.send(method, &path, body.map(str::to_owned));
            assert!([400, 404].contains(&refused.status), "{}: {}", refused.asked, refused.status);
            refused.clone().must_be_declined(refused.status);
        }
    }
    for list in ["/accounts", "/accounts?status=Closed"] {
        assert!(vtex.get(list).must_be(200).items().is_empty(), "{list}");
    }
}

#[test]
fn an_id_within_an_account_that_cannot_be_is_refused() {
    let (_shop, vtex) = shop_that_lets_much();
    let scene = Scene::new(&vtex, "1");
    let before = scene.account.everything();
    let long = "x".repeat(300);
    for id in ["a%2Fb", "%2F", "a%00b", "%FF", "%20", long.as_str()] {
        let value = || Some(r#"{"value":1}"#.to_owned());
        let attempts = [
            (Method::PUT, format!("/transactions/{id}"), value()),
            (Method::DELETE, format!("/transactions/{id}"), None),
            (Method::PUT, format!("/transactions/{id}/settlement"), value()),
            (Method::POST, format!("/transactions/{id}/refunds"), value()),
            (Method::PUT, format!("/statements/{id}"), value()),
            (Method::GET, format!("/invoices/{id}"), None),
            (Method::PUT, format!("/invoices/{id}"), Some("{}".to_owned())),
            (Method::DELETE, format!("/invoices/{id}"), None),
            (Method::POST, format!("/invoices/{id}/payments"), None),
            (Method::PUT, format!("/invoices/{id}/postponement"), Some(r#"{"dueDays":1}"#.to_owned())),
            (Method::DELETE, format!("/holders/{id}"), None),
        ];
        for (method, path, body) in attempts {
            let refused = vtex.send(method, &scene.account.path(&path), body);
            assert!([400, 404].contains(&refused.status), "{}: {}", refused.asked, refused.status);
            refused.clone().must_be_declined(refused.status);
        }
    }
    vtex.put(&scene.account.path(&format!("/transactions/{}", "x".repeat(65))), r#"{"value":1}"#)
        .must_be_declined(400);
    assert_eq!(scene.account.everything(), before);
}

#[test]
fn an_account_has_any_printable_id_and_email() {
    let (shop, vtex) = shop_that_lets_much();
    let ids = [
        ("compras%2Bsur_1@abc.com", "compras+sur_1@abc.com"),
        ("compras+norte@abc.com", "compras+norte@abc.com"),
        ("%C3%91and%C3%BA%20S.A.", "Ñandú S.A."),
        ("a%25b%3Fc%23d%5C", "a%b?c#d\\"),
        ("%F0%9F%8F%AA", "🏪"),
    ];
    for (written, id) in ids {
        let body = r#"{"email":"o'hara+b2b_1@sub.test.com","creditLimit":10}"#;
        vtex.put(&format!("/accounts/{written}"), body).must_be(200);
        let account = vtex.account(written);
        assert_eq!(["id", "email"].map(|name| account.figure(name)), [id, "o'hara+b2b_1@sub.test.com"]);
        let transaction = account.buys("10");
        account.pays(&invoice_of(&transaction, 1)).must_be(200);
        let listed =
            vtex.get(&format!("/invoices?creditAccountId={}", written.replace('+', "%2B"))).must_be(200);
        assert_eq!(listed.column("accountId"), [id]);
    }
    assert_eq!(vtex.get("/accounts?email=o'hara%2Bb2b_1@sub.test.com").must_be(200).items().len(), ids.len());
    shop.books_must_agree();
}

#[test]
fn parameters_that_cannot_be_are_named() {
    let (_shop, vtex) = shop_that_lets_much();
    Scene::new(&vtex, "1");
    let pages = ["from=0", "to=0", "from=-1", "from=abc", "from=1.5", "from=%F0%9F%8F%AA"];
    let accounts = ["status=Overdue", "op=xor"];
    let invoices = [
        "status=Overdue",
        "op=xor",
        "value=abc",
        "value=-1",
        "value=0.001",
        "value=1e400",
        "createdDateFrom=2023-02-29",
        "createdDateTo=2023-13-01",
        "createDateTo=yesterday",
        "dueDateFrom=24/12/2023",
        "dueDateTo=20231224",
    ];
    let lists: [(&str, &[&str]); 3] =
        [("/accounts", &accounts), ("/invoices", &invoices), ("/accounts/1_CPF/invoices", &invoices)];
    for (list, own) in lists {
        for query in pages.iter().chain(own) {
            let refused = vtex.get(&format!("{list}?{query}")).must_be_declined(400);
            let name = query.split('=').next().unwrap();
            assert_eq!(refused.named_fields(), [name], "{list}?{query}");
        }
        for query in ["from=2&to=1", "from=50&to=1", "to=5&from=6"] {
            vtex.get(&format!("{list}?{query}")).must_be_declined(400);
        }
        vtex.get(&format!("{list}?from=99999999999999999999999999")).must_be_declined(400);
    }
    for query in ["from=2025-02-30", "to=yesterday", "from=1"] {
        vtex.get(&format!("/accounts/1_CPF/statements?{query}")).must_be_declined(400);
    }
    let reversed = [
        ("/accounts/1_CPF/statements", "from", "to"),
        ("/invoices", "createdDateFrom", "createdDateTo"),
        ("/accounts/1_CPF/invoices", "createdDateFrom", "createDateTo"),
        ("/invoices", "dueDateFrom", "dueDateTo"),
    ];
    for (list, from, to) in reversed {
        let query = format!("{list}?{from}=2025-12-02&{to}=2025-12-01");
        assert_eq!(vtex.get(&query).must_be_declined(400).named_fields(), [to], "{query}");
    }
}

#[test]
fn addresses_that_are_none_are_not_found_in_vtexs_words() {
    let (_shop, vtex) = shop_that_lets_much();
    vtex.opens("1", "1000");
    for path in
        ["/nothing", "", "/accounts/1_CPF/nothing", "/accounts/1_CPF/transactions/x/nothing", "/invoices/x"]
    {
        vtex.get(path).must_be_declined(404);
        vtex.post(path, "{}").must_be_declined(404);
    }
    let wrong = [
        (Method::PATCH, "/accounts/1_CPF"),
        (Method::POST, "/accounts/1_CPF"),
        (Method::DELETE, "/accounts"),
        (Method::PUT, "/invoices"),
        (Method::GET, "/accounts/1_CPF/creditlimit"),
        (Method::POST, "/storeconfig"),
    ];
    for (method, path) in wrong {
        let refused = vtex.send(method, path, Some("{}".to_owned())).must_be_declined(405);
        assert!(refused.header("Allow").is_some_and(|allow| !allow.is_empty()), "{}", refused.asked);
    }
}

#[test]
fn a_message_is_in_english_unless_spanish_is_asked_for() {
    let (_shop, vtex) = shop_that_lets_much();
    let account = vtex.opens("1", "1000");
    let refuse = |language: Option<&str>| {
        let vtex = language.map_or_else(|| vtex.clone(), |language| vtex.with("Accept-Language", language));
        [account.path("/transactions"), "/accounts/nobody/transactions".to_owned()]
            .map(|path| vtex.post(&path, r#"{"value":1000.01}"#))
    };
    let said = |language: Option<&str>| refuse(language).map(|refused| refused.shows("message"));
    let english = said(None);
    assert_eq!(said(Some("en-US,en;q=0.9,es;q=0.8")), english);
    assert_eq!(said(Some("fr")), english);
    let spanish = said(Some("es-PA, en;q=0.9"));
    assert!(spanish.iter().zip(&english).all(|(spanish, english)| spanish != english), "{spanish:?}");
    let codes = |language| refuse(language).map(|refused| refused.number());
    assert_eq!(codes(Some("es")), codes(None), "a code is the same in every language");
}

#[test]
fn numbers_written_as_texts_are_numbers_in_every_operation() {
    let (shop, vtex) = shop_that_lets_much();
    for (number, operation) in operations().into_iter().enumerate() {
        let scene = Scene::new(&vtex, &number.to_string());
        let tried = Try { vtex: &vtex, scene, operation };
        let mut body = json(tried.operation.body);
        for value in body.as_object_mut().unwrap().values_mut().filter(|value| value.is_number()) {
            *value = Value::from(value.to_string());
        }
        tried.send(body.to_string()).must_be(200);
    }
    let invoice = invoice_of("new-one", 1);
    let account = vtex.account("7_CPF");
    account.settles("new-one", "\"55.00\"").must_be(200);
    assert_eq!(account.invoice_stands(&invoice), "Opened 55.00 0.00");
    shop.books_must_agree();
}

#[test]
fn nothing_is_settled_or_refunded_above_what_there_is() {
    let (shop, vtex) = shop_that_lets_much();
    let scene = Scene::new(&vtex, "1");
    let (account, largest) = (&scene.account, "9999999999999.99");
    let before = account.everything();
    for value in ["110.01", "\"1e3\"", largest] {
        account.settles(&scene.hold, value).must_be_declined(400);
        account.changes_hold(&scene.hold, value).must_be_declined(400);
        account.settles(&scene.purchase, value).must_be_declined(400);
        account.refunds(&scene.purchase, value).must_be_declined(400);
        account.authorizes(largest).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);
    // The largest limit there is can be bought on, and its ceiling is no overflow.
    account.limit_becomes(largest).must_be(200);
    account.tolerance_becomes("100").must_be(200);
    account.authorizes(largest).must_be_declined(400);
    account.authorizes("9999999999000").must_be(200);
    account.reads("").must_be(200);
    shop.books_must_agree();
}
