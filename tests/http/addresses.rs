//! Addresses and methods: what is not there is said in the same envelope.

use fiado_tests::{Shop, json};
use reqwest::Method;

#[test]
fn an_address_that_does_not_exist_is_not_found() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    for path in [
        "/nowhere",
        "/api",
        "/api/v1",
        "/api/v2/customers/cust_1/credit",
        "/api/v1/customers/cust_1",
        "/api/v1/customers/a/b/credit",
        "/api/v1/customers/cust_1/credit/nothing",
        "//api/v1/customers/cust_1/credit",
        "/test/clock/",
        "/openapi/other.json",
        "/docs/nothing.js",
        "/pkg/../Cargo.toml",
        "/.git/config",
    ] {
        let refused = owner.get(path).must_be_refused(404, "CRD-1007");
        assert_eq!(refused.header("Content-Type"), Some("application/json"), "{path}");
    }
    for path in ["/nowhere", "/api/v1/customers/a/b/credit/use", "/api/v1/customers/cust_1/credit/nothing"] {
        owner.post(path, "{}").must_be_refused(404, "CRD-1007");
    }
}

#[test]
fn an_address_that_does_not_take_a_method_says_so() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let line = "/api/v1/customers/cust_1/credit";
    let wrong = [
        (Method::POST, line.to_owned()),
        (Method::DELETE, line.to_owned()),
        (Method::PATCH, line.to_owned()),
        (Method::GET, format!("{line}/use")),
        (Method::PUT, format!("{line}/use")),
        (Method::POST, format!("{line}/limit")),
        (Method::POST, format!("{line}/snapshot")),
        (Method::POST, "/api/v1/credit/requests".to_owned()),
        (Method::DELETE, "/health".to_owned()),
        (Method::POST, "/".to_owned()),
        (Method::PUT, "/openapi/facade.json".to_owned()),
    ];
    for (method, path) in wrong {
        let body = (method != Method::GET).then(|| "{}".to_owned());
        let refused = owner.send(method.clone(), &path, body).must_be_refused(405, "CRD-1008");
        assert!(refused.header("Allow").is_some_and(|allow| !allow.is_empty()), "{method} {path}");
    }
}

#[test]
fn a_head_is_a_get_without_its_body() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for path in ["/health", "/openapi/facade.json", company.path("").as_str()] {
        let (get, head) =
            (company.seller().get(path), company.seller().send(Method::HEAD, path, None).must_be(200));
        assert_eq!(head.text, "");
        assert_eq!(head.header("Content-Type"), get.header("Content-Type"));
        assert_eq!(head.header("ETag"), get.header("ETag"));
    }
    let unknown = company.seller().send(Method::HEAD, "/nowhere", None);
    assert_eq!((unknown.status, unknown.text.as_str()), (404, ""));
}

#[test]
fn options_say_which_methods_there_are() {
    let shop = Shop::open();
    let line = "/api/v1/customers/cust_1/credit";
    for (path, method) in [(line.to_owned(), "GET"), (format!("{line}/use"), "POST")] {
        let options = shop.stranger().send(Method::OPTIONS, &path, None);
        assert!([200, 204, 405].contains(&options.status), "{path}: {}", options.status);
        assert!(options.header("Allow").unwrap().contains(method), "{path}: {:?}", options.headers);
    }
}

#[test]
fn a_trailing_slash_makes_no_difference() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    assert_eq!(company.reads("/").must_be(200).text, company.reads("").text);
    company.reads("/usages/?limit=1").must_be(200);
    shop.manager().get("/api/v1/credit/requests/").must_be(200);
}

#[test]
fn a_company_has_any_printable_id() {
    let shop = Shop::open();
    let ids = [
        ("55555555555_CPF", "55555555555_CPF"),
        ("%C3%91and%C3%BA%20S.A.", "Ñandú S.A."),
        ("compras%2Bsur_1@abc.com", "compras+sur_1@abc.com"),
        ("compras+norte@abc.com", "compras+norte@abc.com"),
        ("a%25b%3Fc%23d%5C", "a%b?c#d\\"),
        ("..%20..", ".. .."),
        ("%F0%9F%8F%AA", "🏪"),
    ];
    for (written, id) in ids {
        let company = shop.company(written);
        company.gets_line("100.00");
        assert_eq!(company.figure("customer_id"), id);
        company.buys("order_1", "1.00").must_be(200);
    }
    shop.company(&"x".repeat(200)).gets_line("100.00");
    shop.books_must_agree();
}

#[test]
fn a_request_keeps_the_id_its_client_gave_it() {
    let shop = Shop::open();
    let ask = |id: &str| shop.stranger().with("X-Request-Id", id).get("/nowhere");
    let answer = ask("req-2025_11.24");
    assert_eq!(answer.header("X-Request-Id"), Some("req-2025_11.24"));
    assert_eq!(answer.json()["requestId"], "req-2025_11.24");

    for unfit in ["<script>", "a b", &"x".repeat(101)] {
        let answer = ask(unfit);
        let made = answer.header("X-Request-Id").unwrap();
        assert!(made.starts_with("req_"), "{unfit}: {made}");
        assert_eq!(answer.json()["requestId"], made);
    }
    let company = shop.company_with_line("cust_1", "100.00");
    assert!(company.reads("").header("X-Request-Id").is_some(), "successes have one too");
}

#[test]
fn an_answer_says_when_and_where() {
    let shop = Shop::open();
    let refused = shop.company("cust_1").reads("/usages?limit=3").must_be_refused(404, "CRD-2001").json();
    assert_eq!(refused["path"], "/api/v1/customers/cust_1/credit/usages");
    assert!(refused["timestamp"].as_str().unwrap().starts_with("2025-11-24T10:0"));
}

#[test]
fn a_server_with_the_machines_clock_has_no_clock_to_set() {
    let shop = fiado_tests::Opening::on_the_machines_clock().open();
    shop.stranger().put("/test/clock", r#"{"now":"2030-01-01T00:00:00Z"}"#).must_be_refused(404, "CRD-1007");
}

#[test]
fn a_clock_goes_forward_only() {
    let shop = Shop::open();
    shop.clock_moves_to("2025-12-01T00:00:00Z");
    let refused = shop.stranger().put("/test/clock", r#"{"now":"2025-11-30T00:00:00Z"}"#);
    assert_eq!(refused.must_be_refused(422, "CRD-1001").wrong_fields(), ["now TOO_SMALL"]);
    shop.stranger().put("/test/clock", r#"{"now":"mañana"}"#).must_be_refused(422, "CRD-1001");
}

#[test]
fn a_clock_takes_no_day_that_has_no_tomorrow_and_no_large_body() {
    let shop = Shop::open();
    let set = |body: String| shop.stranger().put("/test/clock", body);
    set(" ".repeat(3 * 1024 * 1024)).must_be_refused(413, "CRD-1004");
    for instant in ["9001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-30T00:00:00Z"] {
        let refused = set(format!(r#"{{"now":"{instant}"}}"#)).must_be_refused(422, "CRD-1001");
        let fields = refused.wrong_fields();
        assert!(fields.len() == 1 && fields[0].starts_with("now "), "{instant}: {fields:?}");
    }
    let now = json(&shop.stranger().get("/test/clock").must_be(200).text)["now"].clone();
    assert!(now.as_str().unwrap().starts_with("2025-11-24T10:"), "{now}");
    shop.company_with_line("cust_1", "100.00").buys("order_1", "1.00").must_be(200);
}

#[test]
fn an_address_that_is_no_text_is_not_found() {
    let shop = Shop::open();
    for path in ["/pkg/%ff", "/checkout/%ff", "/docs/%ff", "/pkg/%00", "/docs/%00", "/%ff"] {
        let refused = shop.stranger().get(path).must_be_refused(404, "CRD-1007");
        assert_eq!(refused.header("Content-Type"), Some("application/json"), "{path}");
    }
}

#[test]
fn whoever_sends_much_where_nothing_is_taken_gets_an_answer() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let line = "/api/v1/customers/cust_1/credit";
    let wrong = [
        (Method::POST, "/nowhere".to_owned(), 404, "CRD-1007"),
        (Method::PUT, "/api/v1/nowhere".to_owned(), 404, "CRD-1007"),
        (Method::POST, format!("{line}/nothing"), 404, "CRD-1007"),
        (Method::POST, "/docs/nothing.js".to_owned(), 405, "CRD-1008"),
        (Method::POST, "/pkg/nothing.js".to_owned(), 405, "CRD-1008"),
        (Method::POST, "/".to_owned(), 405, "CRD-1008"),
        (Method::PUT, "/live".to_owned(), 405, "CRD-1008"),
        (Method::POST, "/ready".to_owned(), 405, "CRD-1008"),
        (Method::PUT, "/openapi/facade.json".to_owned(), 405, "CRD-1008"),
        (Method::POST, line.to_owned(), 405, "CRD-1008"),
        (Method::PATCH, format!("{line}/use"), 405, "CRD-1008"),
        (Method::DELETE, format!("{line}/limit"), 405, "CRD-1008"),
        (Method::POST, "/api/v1/credit/requests".to_owned(), 405, "CRD-1008"),
    ];
    let body = " ".repeat(10 * 1024 * 1024);
    for (method, path, status, code) in wrong {
        for caller in [&owner, &shop.stranger()] {
            caller.send(method.clone(), &path, Some(body.clone())).must_be_refused(status, code);
        }
    }
    for path in ["/live", "/health", "/ready"] {
        shop.stranger().send(Method::GET, path, Some(body.clone())).must_be(200);
    }
}
