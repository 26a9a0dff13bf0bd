//! Bad input gets a 4xx that names every wrong field at once, never a 500, and leaves no trace.

use crate::operations::{self, Operation};
use fiado_tests::{Answer, Company, Shop, json};
use reqwest::Method;
use serde_json::Value;

/// What a field takes; the table of what it does not take is by this.
#[derive(Clone, Copy)]
enum Kind {
    /// An amount above zero.
    Amount,
    /// An amount between the bounds of a request.
    Requested,
    /// An amount, zero as well.
    Limit,
    Tolerance,
    Term,
    Installments,
    Years,
    /// A text of so many characters at most.
    Text(usize),
    /// A text that may be left out or empty, with its most characters.
    Note(usize),
    Date,
    Object,
    /// A list, if it is there.
    List,
}

/// A field of a body: its path, what it takes, and whether it must be there.
type Field = (&'static str, Kind, bool);

const REASON: Field = ("reason", Kind::Note(1000), false);

fn fields_of(operation: &str) -> &'static [Field] {
    match operation {
        "request" => &[
            ("requested_limit", Kind::Requested, true),
            ("payment_term_days", Kind::Term, false),
            ("business_info", Kind::Object, true),
            ("business_info.business_name", Kind::Text(200), true),
            ("business_info.tax_id", Kind::Text(50), true),
            ("business_info.years_in_business", Kind::Years, false),
        ],
        "approve" => &[
            ("credit_limit", Kind::Amount, true),
            ("payment_term_days", Kind::Term, false),
            ("approval_notes", Kind::Note(1000), false),
        ],
        "reject" | "suspend" | "reactivate" | "cancel" => &[REASON],
        "limit" => &[("credit_limit", Kind::Limit, true), REASON],
        "tolerance" => &[("tolerance", Kind::Tolerance, true), REASON],
        "use" => &[
            ("order_id", Kind::Text(200), true),
            ("amount", Kind::Amount, true),
            ("installments", Kind::Installments, false),
        ],
        "payment" => &[
            ("amount", Kind::Amount, true),
            ("payment_reference", Kind::Text(200), true),
            ("payment_date", Kind::Date, true),
            ("allocations", Kind::List, false),
        ],
        other => panic!("{other} has no fields here"),
    }
}

/// Values that a field does not take, as they are written, and what is said of each.
fn wrong_values(kind: Kind) -> Vec<(String, &'static str)> {
    let fixed: &[(&str, &str)] = match kind {
        Kind::Amount => &[("0", "ZERO"), ("0.00", "ZERO"), ("-0.0", "ZERO")],
        Kind::Requested => &[("0", "ZERO"), ("999.99", "TOO_SMALL"), ("100000.01", "TOO_LARGE")],
        Kind::Limit => &[],
        Kind::Tolerance => &[
            ("0.0000001", "TOO_MANY_DECIMALS"),
            ("100.000001", "TOO_LARGE"),
            ("-0.1", "NEGATIVE"),
            ("1e400", "TOO_LARGE"),
            ("\"10 %\"", "NOT_A_NUMBER"),
            ("true", "WRONG_TYPE"),
            ("null", "WRONG_TYPE"),
            ("[0.1]", "WRONG_TYPE"),
        ],
        Kind::Term => &[("0", "TOO_SMALL"), ("366", "TOO_LARGE"), ("10000", "TOO_LARGE")],
        Kind::Installments => &[("0", "TOO_SMALL"), ("49", "TOO_LARGE")],
        Kind::Years => &[("501", "TOO_LARGE")],
        Kind::Date => &[
            ("\"2025-02-29\"", "NOT_A_DATE"),
            ("\"2025-13-01\"", "NOT_A_DATE"),
            ("\"24/11/2025\"", "NOT_A_DATE"),
            ("\"2025-11-24T10:00:00Z\"", "NOT_A_DATE"),
            ("\"\"", "NOT_A_DATE"),
            ("\"2025-11-26\"", "TOO_LARGE"),
            ("\"9999-12-31\"", "TOO_LARGE"),
            ("\"2015-11-23\"", "TOO_SMALL"),
            ("20251124", "WRONG_TYPE"),
            ("null", "WRONG_TYPE"),
        ],
        Kind::Text(_) => &[
            ("\"\"", "EMPTY"),
            ("\"   \"", "EMPTY"),
            ("\"a\\u0000b\"", "FORBIDDEN_CHARACTER"),
            ("\"a\\u202eb\"", "FORBIDDEN_CHARACTER"),
            ("5", "WRONG_TYPE"),
            ("null", "WRONG_TYPE"),
            ("{}", "WRONG_TYPE"),
            ("[\"a\"]", "WRONG_TYPE"),
        ],
        // An empty note is none: a form sends it so.
        Kind::Note(_) => &[
            ("\"   \"", "EMPTY"),
            ("\"a\\u0000b\"", "FORBIDDEN_CHARACTER"),
            ("\"a\\u202eb\"", "FORBIDDEN_CHARACTER"),
            ("5", "WRONG_TYPE"),
            ("null", "WRONG_TYPE"),
            ("{}", "WRONG_TYPE"),
            ("[\"a\"]", "WRONG_TYPE"),
        ],
        Kind::Object => &[("null", "WRONG_TYPE"), ("[]", "WRONG_TYPE"), ("\"Constructora\"", "WRONG_TYPE")],
        Kind::List => {
            &[("[]", "EMPTY"), ("{}", "WRONG_TYPE"), ("null", "WRONG_TYPE"), ("\"todas\"", "WRONG_TYPE")]
        }
    };
    let amounts: &[(&str, &str)] = &[
        ("-1", "NEGATIVE"),
        ("-0.01", "NEGATIVE"),
        ("10.001", "TOO_MANY_DECIMALS"),
        ("1e-400", "TOO_MANY_DECIMALS"),
        ("10000000000000", "TOO_LARGE"),
        ("1e400", "TOO_LARGE"),
        ("\"NaN\"", "NOT_A_NUMBER"),
        ("\"Infinity\"", "NOT_A_NUMBER"),
        ("\"1,000.00\"", "NOT_A_NUMBER"),
        ("\"\"", "NOT_A_NUMBER"),
        ("true", "WRONG_TYPE"),
        ("null", "WRONG_TYPE"),
        ("{}", "WRONG_TYPE"),
        ("[100]", "WRONG_TYPE"),
    ];
    let whole_numbers: &[(&str, &str)] = &[
        ("-1", "TOO_SMALL"),
        ("1.5", "WRONG_TYPE"),
        ("1e400", "TOO_LARGE"),
        ("99999999999999999999999999", "TOO_LARGE"),
        ("\"treinta\"", "WRONG_TYPE"),
        ("\"30\"", "WRONG_TYPE"),
        ("false", "WRONG_TYPE"),
        ("null", "WRONG_TYPE"),
        ("[]", "WRONG_TYPE"),
    ];
    let shared = match kind {
        Kind::Amount | Kind::Requested | Kind::Limit => amounts,
        Kind::Term | Kind::Installments | Kind::Years => whole_numbers,
        _ => &[],
    };
    let own = |&(value, code): &(&str, &'static str)| (value.to_owned(), code);
    let mut values: Vec<(String, &'static str)> = [fixed, shared].concat().iter().map(own).collect();
    if let Kind::Text(longest) | Kind::Note(longest) = kind {
        values.push((format!("\"{}\"", "x".repeat(longest + 1)), "TOO_LONG"));
    }
    values
}

/// An operation on a company that is ready for it.
struct Try<'a> {
    operation: &'a Operation,
    company: &'a Company<'a>,
    owner: &'a fiado_tests::Caller,
}

impl Try<'_> {
    #[track_caller]
    fn send(&self, body: impl Into<String>) -> Answer {
        let path = self.company.path(self.operation.path);
        self.owner.send(self.operation.method.clone(), &path, Some(body.into()))
    }

    /// The body that is taken, with one field written so.
    fn with(&self, field: &str, value: &str) -> String {
        let mut body = json(self.operation.body);
        *member(&mut body, field) = json(value);
        body.to_string()
    }

    fn without(&self, field: &str) -> String {
        let mut body = json(self.operation.body);
        let (parent, name) = parent_of(&mut body, field);
        parent.remove(name);
        body.to_string()
    }

    fn misspelt(&self, field: &str) -> String {
        let mut body = json(self.operation.body);
        let (parent, name) = parent_of(&mut body, field);
        let value = parent.remove(name).unwrap_or(Value::Null);
        parent.insert(misspell(name), value);
        body.to_string()
    }
}

fn misspell(name: &str) -> String {
    format!("{name}s_")
}

fn parent_of<'a, 'f>(
    body: &'a mut Value,
    field: &'f str,
) -> (&'a mut serde_json::Map<String, Value>, &'f str) {
    match field.split_once('.') {
        Some((outer, inner)) => (body[outer].as_object_mut().unwrap(), inner),
        None => (body.as_object_mut().unwrap(), field),
    }
}

fn member<'a>(body: &'a mut Value, field: &str) -> &'a mut Value {
    let (parent, name) = parent_of(body, field);
    parent.entry(name).or_insert(Value::Null)
}

/// Tries something on every operation; each time the company stays as it was, and what was meant
/// is done in the end.
fn on_every_operation(attempt: impl Fn(&Try<'_>)) {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    for operation in operations::all() {
        let company = shop.company(&format!("cust_{}", operation.name()));
        (operation.prepare)(&company);
        let version = company.version();
        let tried = Try { operation: &operation, company: &company, owner: &owner };
        attempt(&tried);
        assert_eq!(company.version(), version, "{} left a trace", operation.name());
        tried.send(operation.body).must_be(operation.status);
    }
    shop.books_must_agree();
}

#[test]
fn every_wrong_value_of_every_field_is_named() {
    on_every_operation(|tried| {
        for &(field, kind, _) in fields_of(tried.operation.name()) {
            for (value, code) in wrong_values(kind) {
                let refused = tried.send(tried.with(field, &value)).must_be_refused(422, "CRD-1001");
                let shown = format!("{} with {field} = {value}", tried.operation.name());
                assert_eq!(refused.wrong_fields(), [format!("{field} {code}")], "{shown}");
            }
        }
    });
}

#[test]
fn every_missing_field_is_named() {
    on_every_operation(|tried| {
        for &(field, _, _) in fields_of(tried.operation.name()).iter().filter(|(_, _, required)| *required) {
            let refused = tried.send(tried.without(field)).must_be_refused(422, "CRD-1001");
            assert_eq!(refused.wrong_fields(), [format!("{field} MISSING")]);
        }
    });
}

#[test]
fn every_misspelt_field_is_named() {
    on_every_operation(|tried| {
        for &(field, _, required) in fields_of(tried.operation.name()) {
            let refused = tried.send(tried.misspelt(field)).must_be_refused(422, "CRD-1001");
            let unknown = format!("{} UNKNOWN_FIELD", misspell(field));
            let missing = required.then(|| format!("{field} MISSING"));
            let expected: Vec<String> = missing.into_iter().chain([unknown]).collect();
            assert_eq!(refused.wrong_fields(), expected, "{field}");
        }
    });
}

#[test]
fn a_slip_of_the_pen_is_recognized() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let refused = company.seller().post(&company.path("/use"), r#"{"order_id":"o","amuont":5}"#);
    let fields = refused.must_be_refused(422, "CRD-1001").json()["error"]["details"]["fields"].clone();
    assert_eq!(fields[1]["message"], "no existe en esta operación; ¿quiso decir «amount»?");
}

#[test]
fn all_wrong_fields_are_named_at_once() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let company = shop.company("cust_1");
    let refused = owner.post(
        &company.path("/request"),
        r#"{"requested_limit":-5,"payment_term_days":10000,"business_info":{"business_name":"","taxid":"RUC","years_in_business":"cinco"},"extra":1,"payment_term_days":30}"#,
    );
    assert_eq!(
        refused.must_be_refused(422, "CRD-1001").wrong_fields(),
        [
            "requested_limit NEGATIVE",
            "payment_term_days REPEATED",
            "payment_term_days TOO_LARGE",
            "business_info.business_name EMPTY",
            "business_info.tax_id MISSING",
            "business_info.years_in_business WRONG_TYPE",
            "business_info.taxid UNKNOWN_FIELD",
            "extra UNKNOWN_FIELD",
        ]
    );
    let refused = owner.with_key("").post(
        "/api/v1/customers/a%2Fb/credit/payment",
        r#"{"amount":0,"payment_date":"ayer","allocations":[{"invoice_id":"x","amount":1},{"amount":-1}]}"#,
    );
    assert_eq!(
        refused.must_be_refused(422, "CRD-1001").wrong_fields(),
        [
            "customer_id FORBIDDEN_CHARACTER",
            "Idempotency-Key EMPTY",
            "amount ZERO",
            "payment_reference MISSING",
            "payment_date NOT_A_DATE",
            "allocations[0].invoice_id NOT_AN_ID",
            "allocations[1].invoice_id MISSING",
            "allocations[1].amount NEGATIVE",
        ]
    );
}

#[test]
fn what_is_not_json_says_where() {
    on_every_operation(|tried| {
        for body in [
            "{",
            "nope",
            "{'a':1}",
            "{\"reason\":\"x\",}",
            "{\"reason\":\"x\"} {}",
            "[1,",
            "\u{feff}{}",
            "\"\u{1}\"",
        ] {
            let refused = tried.send(body).must_be_refused(400, "CRD-1002");
            assert!(refused.detail("line").parse::<u32>().is_ok(), "{body}");
            assert!(refused.detail("column").parse::<u32>().is_ok(), "{body}");
        }
        tried.send("[".repeat(60_000)).must_be_refused(400, "CRD-1002");
        tried
            .send(format!("{}{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)))
            .must_be_refused(400, "CRD-1002");
    });
}

#[test]
fn nan_is_no_number_in_json_and_its_field_is_named() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for word in ["0x10", "1.", "+1", "01", ".5", "1e", "1,5"] {
        company.buys("order_1", word).must_be_refused(400, "CRD-1002");
    }
    for word in ["NaN", "Infinity", "-Infinity", "undefined"] {
        let refused = company.buys("order_1", word).must_be_refused(400, "CRD-1002");
        assert_eq!(refused.detail("field"), "amount", "{word}");
    }
    assert_eq!(company.version(), 2);
}

#[test]
fn a_body_that_is_no_object_is_named_as_a_whole() {
    on_every_operation(|tried| {
        for body in ["[]", "null", "5", "\"text\"", "true", "[{}]"] {
            let refused = tried.send(body).must_be_refused(422, "CRD-1001");
            assert_eq!(refused.wrong_fields(), ["body WRONG_TYPE"], "{body}");
        }
    });
}

#[test]
fn a_body_must_say_it_is_json_if_it_says_anything() {
    on_every_operation(|tried| {
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"]
        {
            let said = tried.owner.with("Content-Type", kind);
            let path = tried.company.path(tried.operation.path);
            let answer =
                said.send(tried.operation.method.clone(), &path, Some(tried.operation.body.to_owned()));
            answer.must_be_refused(415, "CRD-1003");
        }
    });
}

#[test]
fn json_is_recognized_by_its_kinds_of_name_and_by_none() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let body = |order: &str| format!(r#"{{"order_id":"{order}","amount":1}}"#);
    for kind in ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.shop+json"] {
        let said = company.seller().with("Content-Type", kind);
        said.post(&company.path("/use"), body(kind)).must_be(200);
    }
    company.seller().post_without_content_type(&company.path("/use"), body("silent")).must_be(200);
}

#[test]
fn a_body_of_ten_megabytes_is_refused_before_it_is_read() {
    on_every_operation(|tried| {
        let padding = " ".repeat(10 * 1024 * 1024);
        let body = format!("{padding}{}", tried.operation.body);
        let refused = tried.send(body).must_be_refused(413, "CRD-1004");
        assert_eq!(refused.detail("most_bytes"), "65536");
    });
}

#[test]
fn a_body_of_64_kibibytes_is_taken() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let body = |length: usize| {
        let purchase = r#"{"order_id":"order_1","amount":1}"#;
        format!("{purchase}{}", " ".repeat(length - purchase.len()))
    };
    company.seller().post(&company.path("/use"), body(65_537)).must_be_refused(413, "CRD-1004");
    company.seller().post(&company.path("/use"), body(65_536)).must_be(200);
}

#[test]
fn text_that_is_not_utf8_is_no_json() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let latin = b"{\"order_id\":\"caf\xe9\",\"amount\":1}".to_vec();
    company.seller().post_bytes(&company.path("/use"), latin).must_be_refused(400, "CRD-1002");
    assert_eq!(company.version(), 2);
}

#[test]
fn a_company_whose_id_cannot_be_is_named() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let long = "x".repeat(300);
    let cases = [
        ("a%2Fb", "FORBIDDEN_CHARACTER"),
        ("a%00b", "FORBIDDEN_CHARACTER"),
        ("a%0Ab", "FORBIDDEN_CHARACTER"),
        ("%20a", "FORBIDDEN_CHARACTER"),
        ("%FF", "FORBIDDEN_CHARACTER"),
        ("%20", "EMPTY"),
        ("", "EMPTY"),
        (long.as_str(), "TOO_LONG"),
    ];
    for (id, code) in cases {
        let expected = [format!("customer_id {code}")];
        for operation in operations::all() {
            let path = format!("/api/v1/customers/{id}/credit{}", operation.path);
            let refused = owner.send(operation.method.clone(), &path, Some(operation.body.to_owned()));
            assert_eq!(refused.must_be_refused(422, "CRD-1001").wrong_fields(), expected, "{path}");
        }
        for what in operations::READS.into_iter().chain([operations::JOURNAL]) {
            let refused = owner.get(&format!("/api/v1/customers/{id}/credit{what}"));
            assert_eq!(refused.must_be_refused(422, "CRD-1001").wrong_fields(), expected, "{id}{what}");
        }
    }
}

#[test]
fn a_wrong_body_is_named_before_the_company_is_looked_for() {
    let shop = Shop::open();
    let nobody = shop.company("cust_unknown");
    nobody.buys("order_1", "-1").must_be_refused(422, "CRD-1001");
    nobody.buys("order_1", "1").must_be_refused(404, "CRD-2001");
}

#[test]
fn parameters_nobody_knows_are_named_in_reads() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for what in ["?verbose=1", "/snapshot?verbose=1"] {
        let refused = company.reads(what).must_be_refused(422, "CRD-1001");
        assert_eq!(refused.wrong_fields(), ["verbose UNKNOWN_FIELD"]);
    }
}

#[test]
fn headers_full_of_nonsense_are_no_fault_of_ours() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let seller = company.seller();
    let nonsense = [
        ("Accept-Language", "\u{e9};q=x,,,;;q=;"),
        ("If-None-Match", "\"\"\"\", W/"),
        ("X-Request-Id", "%00 <script>"),
        ("Content-Length-Hint", "-1"),
        ("Accept", "text/none"),
    ];
    for (name, value) in nonsense {
        seller.with(name, value).get(&company.path("")).must_be(200);
    }
    let long = "x".repeat(20_000);
    let answer = seller.with("X-Request-Id", &long).send(Method::GET, &company.path(""), None);
    assert!(answer.status < 500, "{}", answer.status);
}

/// The wrong fields in the order of the alphabet, where the order says nothing.
#[track_caller]
fn wrong_fields_of(refused: Answer) -> Vec<String> {
    let mut fields = refused.must_be_refused(422, "CRD-1001").wrong_fields();
    fields.sort();
    fields
}

#[test]
fn parameters_nobody_knows_are_named_in_commands() {
    on_every_operation(|tried| {
        let send = |query: &str, body: &str| {
            let path = tried.company.path(&format!("{}?{query}", tried.operation.path));
            tried.owner.send(tried.operation.method.clone(), &path, Some(body.to_owned()))
        };
        let wrong_fields = |query: &str| wrong_fields_of(send(query, tried.operation.body));
        assert_eq!(wrong_fields("dry_run=true"), ["dry_run UNKNOWN_FIELD"]);
        assert_eq!(wrong_fields("dry_run"), ["dry_run UNKNOWN_FIELD"]);
        assert_eq!(wrong_fields("limit=5&version=2"), ["limit UNKNOWN_FIELD", "version UNKNOWN_FIELD"]);
        let both = wrong_fields_of(send("dry_run=true", r#"{"extra":1}"#));
        for named in ["dry_run UNKNOWN_FIELD", "extra UNKNOWN_FIELD"] {
            assert!(both.iter().any(|field| field == named), "{both:?}");
        }
    });
}

#[test]
fn a_wrong_company_and_a_wrong_parameter_are_named_at_once() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    for what in operations::READS.into_iter().chain([operations::JOURNAL]) {
        let refused = owner.get(&format!("/api/v1/customers/a%2Fb/credit{what}?verbose=1"));
        let expected = ["customer_id FORBIDDEN_CHARACTER", "verbose UNKNOWN_FIELD"];
        assert_eq!(wrong_fields_of(refused), expected, "{what}");
    }
    let refused =
        owner.with_key("").post("/api/v1/customers/a%2Fb/credit/suspend?dry_run=true", r#"{"reason":5}"#);
    assert_eq!(
        wrong_fields_of(refused),
        [
            "Idempotency-Key EMPTY",
            "customer_id FORBIDDEN_CHARACTER",
            "dry_run UNKNOWN_FIELD",
            "reason WRONG_TYPE"
        ]
    );
}

#[test]
fn an_object_that_a_parser_takes_for_a_number_is_none() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let number = r#"{"$serde_json::private::Number":"5"}"#;
    let buy = |amount: &str, installments: &str| {
        let body = format!(r#"{{"order_id":"order_1","amount":{amount},"installments":{installments}}}"#);
        wrong_fields_of(company.seller().post(&company.path("/use"), body))
    };
    assert_eq!(buy(number, "1"), ["amount WRONG_TYPE"]);
    assert_eq!(buy("5", number), ["installments WRONG_TYPE"]);
    assert_eq!(company.version(), 2);
}

#[test]
fn a_refusal_names_a_hundred_fields_and_no_more() {
    let many = |write: fn(usize) -> String, between: &str| {
        (0..3000).map(write).collect::<Vec<String>>().join(between)
    };
    on_every_operation(|tried| {
        let members = many(|number| format!("\"f{number:04}\":1"), ",");
        let named = tried.send(format!("{{{members}}}")).must_be_refused(422, "CRD-1001");
        let count = named.wrong_fields().len();
        assert!((1..=100).contains(&count), "{} named {count} fields", tried.operation.name());
        assert!(named.text.len() < 64 * 1024, "{} bytes", named.text.len());
    });
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let share = |_| r#"{"invoice_id":"x","amount":-1}"#.to_owned();
    let shares = (0..1000).map(share).collect::<Vec<String>>().join(",");
    let body = format!(
        r#"{{"amount":1,"payment_reference":"PAY-1","payment_date":"2025-11-24","allocations":[{shares}]}}"#
    );
    let parameters = many(|number| format!("f{number:04}=1"), "&");
    let refused = [
        company.reads(&format!("?{parameters}")),
        company.reads(&format!("/usages?{parameters}")),
        company.seller().post(&company.path("/payment"), body),
    ];
    for refused in refused {
        let count = refused.must_be_refused(422, "CRD-1001").wrong_fields().len();
        assert!((1..=100).contains(&count), "{count} fields");
    }
    assert_eq!(company.version(), 2);
}
