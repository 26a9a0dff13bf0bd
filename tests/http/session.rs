//! Who is calling, what they may do and where: what a page asks before it shows anything.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fiado_core::calendar::Instant;
use fiado_tests::{Answer, Caller, Shop, json};
use serde_json::Value;

#[track_caller]
fn session(caller: &Caller) -> Answer {
    caller.get("/api/v1/session")
}

#[track_caller]
fn permissions(caller: &Caller) -> Vec<String> {
    let permissions = session(caller).must_be(200).data()["permissions"].clone();
    permissions.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_session_says_who_is_calling_and_in_which_shop() {
    let shop = Shop::open();
    session(&shop.caller("user_manager", "credit:read,credit:manage,credit:approve")).must_be(200).must_read(
        r#"{"status":"success","data":{"subject":"user_manager","organization":"org_default","permissions":["credit:approve","credit:manage","credit:read"],"expires_at":"*","currency":"USD","country":"PA","time_zone":"America/Panama","today":"2025-11-24","clock":"2025-11-24T10:0*Z"}}"#,
    );
}

#[test]
fn a_session_is_of_its_callers_own_shop_and_of_the_day_there() {
    let shop = Shop::open();
    let santiago = ["--currency", "CLP", "--zone", "America/Santiago", "--country", "CL"];
    shop.organization("org_chile", &santiago);
    let caller = shop.caller_of("org_chile", "user_seller", "credit:use");
    // An hour after midnight in Santiago, an hour before it in Panama.
    shop.clock_moves_to("2025-11-25T04:00:00Z");
    let told = session(&caller).must_be(200);
    let told = ["organization", "currency", "country", "time_zone", "today"].map(|name| told.at(name));
    assert_eq!(told, ["org_chile", "CLP", "CL", "America/Santiago", "2025-11-25"]);
    assert_eq!(session(&shop.seller()).at("today"), "2025-11-24");
}

#[test]
fn a_permission_that_stands_for_others_is_told_as_the_others() {
    let shop = Shop::open();
    let all = [
        "credit:approve",
        "credit:manage",
        "credit:payment",
        "credit:read",
        "credit:request",
        "credit:use",
        "invoices:manage",
        "invoices:read",
        "reports:financial:view",
        "rules:manage",
        "rules:read",
        "store:manage",
        "store:read",
    ];
    assert_eq!(permissions(&shop.caller("user_owner", "admin:global")), all);
    let of_vtex: Vec<&str> =
        all.into_iter().filter(|word| !["credit:request", "reports:financial:view"].contains(word)).collect();
    assert_eq!(permissions(&shop.caller("user_shop", "vtex:main")), of_vtex);
    let with_request: Vec<&str> = all.into_iter().filter(|word| *word != "reports:financial:view").collect();
    assert_eq!(permissions(&shop.caller("user_both", "credit:use,vtex:main,credit:request")), with_request);
    assert_eq!(permissions(&shop.caller("user_one", "credit:use")), ["credit:use"]);
}

#[test]
fn what_a_session_may_do_is_what_the_server_lets_it_do() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for held in ["credit:read", "credit:approve", "credit:manage", "vtex:main", "admin:global", "credit:use"]
    {
        let caller = shop.caller("user_one", held);
        let may = permissions(&caller);
        for (path, one_of) in [
            ("", ["credit:read", "credit:read"]),
            ("/invoices", ["invoices:read", "credit:read"]),
            ("/journal", ["credit:approve", "credit:manage"]),
        ] {
            let is_told = may.iter().any(|word| one_of.contains(&word.as_str()));
            assert_eq!(
                caller.get(&company.path(path)).status,
                if is_told { 200 } else { 403 },
                "{held} {path}"
            );
        }
    }
}

#[test]
fn a_session_of_one_company_names_it() {
    let shop = Shop::open();
    let claims = ["--sub", "user_buyer", "--customer-id", "cust_1", "--permissions", "credit:read"];
    let told = session(&shop.stranger().with_token(&shop.token(&claims))).must_be(200);
    assert_eq!([told.at("subject"), told.at("customer_id")], ["user_buyer", "cust_1"]);
    assert_eq!(session(&shop.seller()).data().get("customer_id"), None);
}

#[test]
fn a_session_ends_when_its_token_does_and_a_keys_never() {
    let shop = Shop::open();
    let token = shop.token(&["--sub", "user_one", "--permissions", "credit:read", "--ttl", "90s"]);
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = json(std::str::from_utf8(&claims).unwrap());
    let ends = Instant::from_microseconds(claims["exp"].as_i64().unwrap() * 1_000_000).unwrap();
    // The second time the token is known already.
    for _ in 0..2 {
        let told = session(&shop.stranger().with_token(&token)).must_be(200);
        assert_eq!(told.at("expires_at"), ends.to_string());
    }
    let (key, secret) = shop.application_key(&["--name", "erp", "--permissions", "credit:read"]);
    let caller = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &secret);
    let told = session(&caller).must_be(200);
    assert_eq!((told.at("subject").as_str(), told.data().get("expires_at")), ("key:erp", None));
}

#[test]
fn a_session_needs_a_credential_and_takes_no_parameter() {
    let shop = Shop::open();
    session(&shop.stranger()).must_be_refused(401, "CRD-1005");
    session(&shop.stranger().with_token("nonsense")).must_be_refused(401, "CRD-1005");
    session(&shop.seller().with("X-Organization-ID", "org_other")).must_be_refused(403, "CRD-1010");
    let refused = shop.seller().get("/api/v1/session?customer_id=cust_1").must_be_refused(422, "CRD-1001");
    assert_eq!(refused.wrong_fields(), ["customer_id UNKNOWN_FIELD"]);
}
