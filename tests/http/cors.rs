//! Pages of other hosts: those that the operator names may use the API, and nobody else's.

use fiado_tests::{Answer, Caller, Opening, Server, Shop, repository, run};
use reqwest::Method;
use std::collections::BTreeSet;

const SHOP: &str = "https://tienda.example";
const OTHER: &str = "https://otra.example";

const SETTINGS: &str = r#"cors_origins = ["https://tienda.example", "http://localhost:5173"]"#;

fn shop_with_origins() -> Shop {
    Opening::at("2025-11-24T10:00:00Z").file("fiado.toml", SETTINGS).open()
}

/// What a browser asks before a page of this origin sends a request.
#[track_caller]
fn preflight(caller: &Caller, origin: &str, path: &str, method: &str) -> Answer {
    let asks = caller.with("Origin", origin).with("Access-Control-Request-Method", method);
    asks.with("Access-Control-Request-Headers", "authorization,content-type").send(
        Method::OPTIONS,
        path,
        None,
    )
}

/// The origin whose pages may read an answer.
fn shared_with(answer: &Answer) -> Option<&str> {
    answer.header("Access-Control-Allow-Origin")
}

/// The words of all lines of a header, in small letters.
fn words(answer: &Answer, header: &str) -> BTreeSet<String> {
    let lines = answer.headers.get_all(header).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|word| word.trim().to_lowercase()).collect()
}

/// Stops the test where a browser would be told anything about other hosts' pages.
#[track_caller]
fn must_share_nothing(answer: &Answer) {
    let told = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(told, None, "{}", answer.asked);
}

#[test]
fn where_no_origin_is_named_nothing_is_shared() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let page = company.seller().with("Origin", SHOP);
    let answer = page.get(&company.path("")).must_be(200);
    must_share_nothing(&answer);
    assert_eq!(answer.header("Vary"), None);
    must_share_nothing(&page.get("/api/v1/nothing").must_be_refused(404, "CRD-1007"));
    let asked = preflight(&shop.stranger(), SHOP, &company.path("/use"), "POST");
    must_share_nothing(&asked.must_be_refused(405, "CRD-1008"));
}

#[test]
fn a_page_of_a_named_origin_reads_answers_and_refusals() {
    let shop = shop_with_origins();
    let company = shop.company_with_line("cust_1", "100.00");
    let paths = [company.path(""), company.path("/statement?limit=x"), "/api/v1/nothing".to_owned()];
    let accounts = "/api/creditcontrol/accounts/cust_1".to_owned();
    for origin in [SHOP, "http://localhost:5173"] {
        for path in paths.iter().chain([&accounts]) {
            let answer = company.seller().with("Origin", origin).get(path);
            assert_eq!(shared_with(&answer), Some(origin), "{path}");
            assert_eq!(answer.header("Access-Control-Allow-Credentials"), None);
            let exposed = words(&answer, "Access-Control-Expose-Headers");
            let expected =
                ["etag", "idempotency-replayed", "retry-after", "x-request-id", "content-language"];
            assert_eq!(exposed, BTreeSet::from(expected.map(str::to_owned)));
            let varies = words(&answer, "Vary");
            assert!(varies.contains("origin"), "{path}: {varies:?}");
            let has_sentence = answer.status >= 400;
            assert_eq!(varies.contains("accept-language"), has_sentence, "{path}: {varies:?}");
        }
        let refused = shop.stranger().with("Origin", origin).get(&company.path(""));
        assert_eq!(shared_with(&refused.must_be_refused(401, "CRD-1005")), Some(origin));
    }
}

#[test]
fn a_page_of_any_other_origin_reads_nothing() {
    let shop = shop_with_origins();
    let company = shop.company_with_line("cust_1", "100.00");
    let others = [
        OTHER,
        "http://tienda.example",
        "https://tienda.example:8443",
        "https://tienda.example.evil",
        "null",
        "*",
    ];
    for origin in others {
        let answer = company.seller().with("Origin", origin).get(&company.path("")).must_be(200);
        must_share_nothing(&answer);
        assert!(words(&answer, "Vary").contains("origin"), "what is kept for one origin is not another's");
        let asked = preflight(&shop.stranger(), origin, &company.path("/use"), "POST");
        must_share_nothing(&asked.must_be_refused(405, "CRD-1008"));
    }
    let answer = company.seller().get(&company.path("")).must_be(200);
    must_share_nothing(&answer);
    assert!(words(&answer, "Vary").contains("origin"));
}

#[test]
fn a_browser_is_told_beforehand_what_it_may_send() {
    let shop = shop_with_origins();
    let company = shop.company_with_line("cust_1", "100.00");
    for path in [company.path("/use"), company.path(""), "/api/pvt/rules".to_owned(), "/api/v1/x".to_owned()]
    {
        let told = preflight(&shop.stranger(), SHOP, &path, "PUT").must_be(204);
        assert_eq!((told.text.as_str(), shared_with(&told)), ("", Some(SHOP)), "{path}");
        assert!(told.header("X-Request-Id").is_some());
        assert!(words(&told, "Vary").contains("origin"));
        assert_eq!(told.header("Access-Control-Max-Age"), Some("600"));
        let methods = words(&told, "Access-Control-Allow-Methods");
        assert_eq!(methods, methods_of_all_documents(), "every method of every operation");
        let headers = words(&told, "Access-Control-Allow-Headers");
        for header in [
            "authorization",
            "content-type",
            "idempotency-key",
            "if-none-match",
            "accept-language",
            "x-organization-id",
            "x-tenant-id",
            "x-vtex-api-appkey",
            "x-vtex-api-apptoken",
            "x-request-id",
        ] {
            assert!(headers.contains(header), "{header}");
        }
    }
    assert_eq!(company.version(), 2, "nothing was done");
    // Without a method it is no such question.
    let asked = shop.stranger().with("Origin", SHOP).send(Method::OPTIONS, &company.path("/use"), None);
    assert_eq!(shared_with(&asked.must_be_refused(405, "CRD-1008")), Some(SHOP));
}

/// The methods that the operations of both documents have.
fn methods_of_all_documents() -> BTreeSet<String> {
    let of = |name: &str| {
        let text = std::fs::read_to_string(repository().join("openapi").join(name)).unwrap();
        let paths = fiado_tests::json(&text)["paths"].as_object().unwrap().clone();
        paths.into_iter().flat_map(|(_, methods)| methods.as_object().unwrap().clone().into_iter())
    };
    of("facade.json").chain(of("vtex.json")).map(|(method, _)| method).collect()
}

#[test]
fn a_purchase_from_a_page_of_a_named_origin_is_a_purchase() {
    let shop = shop_with_origins();
    let company = shop.company_with_line("cust_1", "100.00");
    let page = company.seller().with("Origin", SHOP).with_key("key-1");
    for is_repeated in [false, true] {
        let answer =
            page.post(&company.path("/use"), r#"{"order_id":"order_1","amount":10.00}"#).must_be(200);
        assert_eq!((shared_with(&answer), answer.is_replayed()), (Some(SHOP), is_repeated));
    }
    let tag = page.get(&company.path("")).must_be(200).header("ETag").unwrap().to_owned();
    let unchanged = page.with("If-None-Match", &tag).get(&company.path("")).must_be(304);
    assert_eq!(shared_with(&unchanged), Some(SHOP));
}

#[test]
fn what_is_not_of_the_api_is_shared_with_nobody() {
    let shop = shop_with_origins();
    for path in ["/", "/docs/", "/openapi/facade.json", "/health", "/test/clock", "/apis", "/API/v1/session"]
    {
        let answer = shop.stranger().with("Origin", SHOP).get(path);
        must_share_nothing(&answer);
        assert!(!words(&answer, "Vary").contains("origin"), "{path}");
        must_share_nothing(&preflight(&shop.stranger(), SHOP, path, "GET"));
    }
}

/// The origins of these whose pages a server lets in.
fn let_in(server: &Server, origins: &[&'static str]) -> Vec<&'static str> {
    let is_let_in = |origin: &&&'static str| {
        let answer = server.stranger().with("Origin", origin).get("/api/v1/session").must_be(401);
        shared_with(&answer) == Some(**origin)
    };
    origins.iter().filter(is_let_in).copied().collect()
}

#[test]
fn origins_come_from_flags_or_else_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("fiado.toml"), SETTINGS).unwrap();
    let all = [SHOP, "http://localhost:5173", OTHER, "https://a.example", "https://b.example"];
    assert_eq!(let_in(&Server::over(folder.path(), &[]), &all), all[..2]);
    let flags = ["--cors-origin", OTHER, "--cors-origin", "https://a.example,https://b.example"];
    assert_eq!(let_in(&Server::over(folder.path(), &flags), &all), all[2..]);
}

#[test]
fn a_server_does_not_start_with_what_is_no_origin() {
    let folder = tempfile::tempdir().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    for wrong in
        ["*", "null", "https://tienda.example/", "https://*.example", "tienda.example", "https://T.example"]
    {
        let refused = run(folder.path(), &[], &[&serve[..], &["--cors-origin", wrong]].concat());
        assert_ne!(refused.code, 0, "{wrong}");
        assert!(refused.complained.contains(&format!("{wrong:?} is no origin")), "{}", refused.complained);
        assert!(refused.complained.contains("such as https://tienda.example"), "{}", refused.complained);
        let several = format!("{SHOP},{wrong}");
        let refused = run(folder.path(), &[("FIADO_CORS_ORIGIN", &several)], &serve);
        assert!(refused.complained.contains(&format!("{wrong:?} is no origin")), "{}", refused.complained);
    }
    assert!(!folder.path().join("fiado.db").exists(), "nothing was made");
}
