//! Who is calling: tokens signed here, tokens of the ERP's gateway, application keys; and all
//! that is none of these.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fiado_tests::{Answer, Opening, REQUEST, Shop, json as parse};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

// Made for these tests alone; they open nothing.
const RSA: &str = include_str!("keys/rsa.private.pem");
const RSA_PUBLIC: &str = include_str!("keys/rsa.public.pem");
const EC: &str = include_str!("keys/ec.private.pem");
const EC_PUBLIC: &str = include_str!("keys/ec.public.pem");
const ED: &str = include_str!("keys/ed.private.pem");
const ED_PUBLIC: &str = include_str!("keys/ed.public.pem");
const STRANGER: &str = include_str!("keys/stranger.private.pem");

const EXPECTED: &str = "[jwt]\nissuer = \"zenlogic-erp\"\naudience = \"zenlogic-api\"\n";
const LINE: &str = "/api/v1/customers/cust_1/credit";

/// Who signs tokens outside.
struct Signer {
    key: EncodingKey,
    algorithm: Algorithm,
    kid: &'static str,
}

fn signers() -> [Signer; 3] {
    let rsa = EncodingKey::from_rsa_pem(RSA.as_bytes()).unwrap();
    let ec = EncodingKey::from_ec_pem(EC.as_bytes()).unwrap();
    [
        Signer { key: rsa, algorithm: Algorithm::RS256, kid: "rsa-1" },
        Signer { key: ec, algorithm: Algorithm::ES256, kid: "ec-1" },
        ed(ED, "ed-1"),
    ]
}

fn ed(pem: &str, kid: &'static str) -> Signer {
    Signer { key: EncodingKey::from_ed_pem(pem.as_bytes()).unwrap(), algorithm: Algorithm::EdDSA, kid }
}

impl Signer {
    fn token(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.kid.to_owned()), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key).unwrap()
    }

    fn jwk(&self) -> Jwk {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).unwrap();
        jwk.common.key_id = Some(self.kid.to_owned());
        jwk
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What the gateway says of a user for the next 15 minutes.
fn claims() -> Value {
    json!({
        "user_id": "user_erp",
        "email": "compras@abc.com",
        "organization_id": "org_default",
        "roles": ["buyer", "viewer"],
        "permissions": ["credit:read", "orders:write"],
        "iss": "zenlogic-erp",
        "aud": "zenlogic-api",
        "iat": now(),
        "exp": now() + 900,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn key_set() -> String {
    let set = JwkSet { keys: signers().iter().map(Signer::jwk).collect() };
    serde_json::to_string(&set).unwrap()
}

fn shop_with_keys(settings: &str) -> Shop {
    Opening::at("2025-11-24T10:00:00Z")
        .file("fiado.toml", settings)
        .file("rsa.pem", RSA_PUBLIC)
        .file("ec.pem", EC_PUBLIC)
        .file("ed.pem", ED_PUBLIC)
        .file("jwks.json", key_set())
        .open()
}

/// A shop that knows one key of the gateway, by its PEM file.
fn shop_with_one_key() -> Shop {
    shop_with_keys(&format!(
        "{EXPECTED}[[jwt.keys]]\nkid = \"ed-1\"\nalgorithm = \"EdDSA\"\npublic_key_file = \"ed.pem\"\n"
    ))
}

#[track_caller]
fn ask(shop: &Shop, token: &str) -> Answer {
    shop.stranger().with_token(token).get(LINE)
}

/// Whoever is believed learns that there is no such company.
#[track_caller]
fn must_be_believed(answer: Answer) {
    answer.must_be_refused(404, "CRD-2001");
}

#[test]
fn tokens_of_configured_keys_are_believed() {
    let keys = [("RS256", "rsa.pem"), ("ES256", "ec.pem"), ("EdDSA", "ed.pem")];
    let keys = keys.map(|(algorithm, file)| {
        format!("[[jwt.keys]]\nalgorithm = \"{algorithm}\"\npublic_key_file = \"{file}\"\n")
    });
    let shop = shop_with_keys(&format!("{EXPECTED}{}", keys.concat()));
    for signer in signers() {
        must_be_believed(ask(&shop, &signer.token(&claims())));
    }
}

#[test]
fn tokens_of_a_key_set_in_a_file_are_believed() {
    let shop = shop_with_keys(&format!("{EXPECTED}jwks_file = \"jwks.json\"\n"));
    for signer in signers() {
        must_be_believed(ask(&shop, &signer.token(&claims())));
    }
}

#[test]
fn tokens_of_a_key_set_at_an_address_are_believed() {
    let address = serve(key_set());
    let shop = shop_with_keys(&format!("{EXPECTED}jwks_url = \"{address}/jwks.json\"\n"));
    for signer in signers() {
        must_be_believed(ask(&shop, &signer.token(&claims())));
    }
    ask(&shop, &ed(STRANGER, "ed-1").token(&claims())).must_be_refused(401, "CRD-1005");
}

/// Answers every request with this text, until the tests end.
fn serve(text: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
            let _ = stream.write_all(format!("{head}{text}").as_bytes());
        }
    });
    address
}

#[test]
fn a_key_set_that_cannot_be_fetched_takes_nobody_else_along() {
    let shop = shop_with_keys(&format!("{EXPECTED}jwks_url = \"http://127.0.0.1:9/jwks.json\"\n"));
    ask(&shop, &signers()[0].token(&claims())).must_be_refused(401, "CRD-1005");
    must_be_believed(shop.seller().get(LINE));
}

/// An address that takes connections and never says a word; counts those that wanted something.
fn serve_silence() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            kept.push(stream.unwrap());
        }
    });
    (address, connections)
}

/// A shop that knows one key of the gateway, and an address of others that never answers.
fn shop_beside_silence() -> (Shop, Arc<AtomicUsize>) {
    let (address, connections) = serve_silence();
    let shop = shop_with_keys(&format!(
        "{EXPECTED}jwks_url = \"{address}/jwks.json\"\n[[jwt.keys]]\nkid = \"ed-1\"\nalgorithm = \"EdDSA\"\npublic_key_file = \"ed.pem\"\n"
    ));
    (shop, connections)
}

/// Stops the test unless the answer comes within a second.
#[track_caller]
fn must_be_quick(ask: impl FnOnce() -> Answer) -> Answer {
    let started = Instant::now();
    let answer = ask();
    assert!(started.elapsed() < Duration::from_secs(1), "{}: {:?}", answer.asked, started.elapsed());
    answer
}

#[test]
fn a_key_set_that_never_comes_keeps_no_known_key_waiting() {
    let (shop, _) = shop_beside_silence();
    for number in 0..3 {
        let token = ed(ED, "ed-1").token(&with("jti", json!(number)));
        must_be_believed(must_be_quick(|| ask(&shop, &token)));
    }
}

#[test]
fn a_key_set_that_never_comes_keeps_nobody_else_waiting() {
    let (shop, _) = shop_beside_silence();
    let shop = &shop;
    let own = shop.seller();
    thread::scope(|scope| {
        for number in 0..50 {
            scope.spawn(move || {
                let token = ed(STRANGER, "unknown").token(&with("jti", json!(number)));
                ask(shop, &token).must_be_refused(401, "CRD-1005");
            });
        }
        let until = Instant::now() + Duration::from_secs(2);
        let mut number = 0;
        while Instant::now() < until {
            must_be_quick(|| shop.stranger().get("/ready")).must_be(200);
            must_be_believed(must_be_quick(|| own.get(LINE)));
            let token = ed(ED, "ed-1").token(&with("jti", json!(format!("known {number}"))));
            must_be_believed(must_be_quick(|| ask(shop, &token)));
            number += 1;
            thread::sleep(Duration::from_millis(20));
        }
    });
}

#[test]
fn an_algorithm_that_no_key_has_asks_nobody() {
    let (shop, connections) = shop_beside_silence();
    let secret = || EncodingKey::from_secret(b"nobody's");
    let rsa = || EncodingKey::from_rsa_pem(RSA.as_bytes()).unwrap();
    let signers = [
        Signer { key: secret(), algorithm: Algorithm::HS384, kid: "unknown" },
        Signer { key: secret(), algorithm: Algorithm::HS512, kid: "ed-1" },
        Signer { key: rsa(), algorithm: Algorithm::PS512, kid: "unknown" },
        Signer { key: rsa(), algorithm: Algorithm::RS512, kid: "ed-1" },
    ];
    for signer in signers {
        let answer = must_be_quick(|| ask(&shop, &signer.token(&claims())));
        answer.must_be_refused(401, "CRD-1005");
    }
    thread::sleep(Duration::from_millis(200));
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[test]
fn a_token_that_begins_at_no_time_or_in_far_times_is_refused() {
    let shop = shop_with_one_key();
    must_be_believed(ask(&shop, &ed(ED, "ed-1").token(&with("nbf", json!(now() - 60)))));
    for begins in ["1e12", "1E+12", "99999999999999999999", "1e400", "\"mañana\"", "true", "{}", "[]"] {
        let refused = ask(&shop, &ed(ED, "ed-1").token(&with("nbf", parse(begins))));
        let refused = refused.must_be_refused(401, "CRD-1005");
        assert_ne!(refused.detail("reason"), "BAD_SIGNATURE", "{begins}");
    }
}

#[test]
fn a_signed_token_of_another_shape_is_unreadable_and_not_badly_signed() {
    let shop = shop_with_one_key();
    let unreadable = [
        without("exp"),
        with("exp", json!("mañana")),
        with("exp", json!(null)),
        with("permissions", json!(null)),
        with("permissions", json!("credit:read")),
        with("permissions", json!([1])),
        with("user_id", json!(5)),
        with("organization_id", json!({})),
        with("customer_id", json!(["cust_1"])),
        with("iss", json!(1)),
    ];
    for claims in unreadable {
        let refused = ask(&shop, &ed(ED, "ed-1").token(&claims)).must_be_refused(401, "CRD-1005");
        assert_eq!(refused.detail("reason"), "UNREADABLE_TOKEN", "{claims}");
        // Nobody learns what a token says that is not signed.
        let refused = ask(&shop, &ed(STRANGER, "ed-1").token(&claims)).must_be_refused(401, "CRD-1005");
        assert_eq!(refused.detail("reason"), "BAD_SIGNATURE", "{claims}");
    }
}

#[test]
fn a_token_that_does_not_hold_is_refused() {
    let shop = shop_with_one_key();
    let signer = ed(ED, "ed-1");
    must_be_believed(ask(&shop, &signer.token(&claims())));
    let refused = [
        ("expired", with("exp", json!(now() - 60))),
        ("expired long ago", with("exp", json!(0))),
        ("expires at no time", with("exp", json!("mañana"))),
        ("never expires", without("exp")),
        ("does not hold yet", with("nbf", json!(now() + 300))),
        ("another issuer", with("iss", json!("someone-else"))),
        ("no issuer", without("iss")),
        ("another audience", with("aud", json!("another-api"))),
        ("other audiences", with("aud", json!(["another-api", "a-third"]))),
        ("no audience", without("aud")),
        ("nobody", without("user_id")),
        ("an unprintable user", with("user_id", json!("a\nb"))),
        ("an impossible organization", with("organization_id", json!("a/b"))),
        ("an impossible customer", with("customer_id", json!(""))),
    ];
    for (what, claims) in refused {
        println!("{what}");
        ask(&shop, &signer.token(&claims)).must_be_refused(401, "CRD-1005");
    }
}

#[test]
fn a_token_that_nobody_signed_is_refused() {
    let shop = shop_with_one_key();
    let good = ed(ED, "ed-1").token(&claims());
    let [head, body, signature] = <[&str; 3]>::try_from(good.split('.').collect::<Vec<_>>()).unwrap();
    let encoded = |text: &Value| URL_SAFE_NO_PAD.encode(text.to_string());
    let admin = encoded(&with("permissions", json!(["admin:global"])));
    let none = encoded(&json!({ "alg": "none", "typ": "JWT" }));
    let mut flipped = signature.to_owned();
    flipped.replace_range(..1, if signature.starts_with('A') { "B" } else { "A" });

    let unsigned = [
        format!("{head}.{admin}.{signature}"),
        format!("{head}.{body}.{flipped}"),
        format!("{head}.{body}."),
        format!("{head}.{body}"),
        format!("{none}.{admin}."),
        format!("{none}.{admin}.{signature}"),
        ed(STRANGER, "ed-1").token(&claims()),
        ed(STRANGER, "unknown").token(&claims()),
        signers()[0].token(&claims()),
        "a.b.c".to_owned(),
        "nonsense".to_owned(),
        "x".repeat(20_000),
    ];
    for token in unsigned {
        let refused = ask(&shop, &token).must_be_refused(401, "CRD-1005");
        assert_eq!(refused.header("WWW-Authenticate"), Some("Bearer"));
    }
}

#[test]
fn a_public_key_is_never_taken_for_a_secret() {
    let shop = shop_with_one_key();
    for public in [ED_PUBLIC, ED_PUBLIC.trim_end()] {
        let secret = EncodingKey::from_secret(public.as_bytes());
        for kid in [None, Some("ed-1".to_owned())] {
            let header = Header { kid, ..Header::new(Algorithm::HS256) };
            for claims in [claims(), with("iss", json!("fiado"))] {
                let forged = encode(&header, &claims, &secret).unwrap();
                ask(&shop, &forged).must_be_refused(401, "CRD-1005");
            }
        }
    }
}

#[test]
fn a_gateway_cannot_speak_for_this_service() {
    let shop = shop_with_one_key();
    let claims = with("iss", json!("fiado"));
    ask(&shop, &ed(ED, "ed-1").token(&claims)).must_be_refused(401, "CRD-1005");
}

#[test]
fn an_audience_may_be_one_of_several() {
    let shop = shop_with_one_key();
    let claims = with("aud", json!(["another-api", "zenlogic-api"]));
    must_be_believed(ask(&shop, &ed(ED, "ed-1").token(&claims)));
}

#[test]
fn issuer_and_audience_matter_only_where_they_are_set() {
    let shop = shop_with_keys("[[jwt.keys]]\nalgorithm = \"EdDSA\"\npublic_key_file = \"ed.pem\"\n");
    let mut claims = claims();
    claims.as_object_mut().unwrap().retain(|name, _| !["iss", "aud"].contains(&name.as_str()));
    must_be_believed(ask(&shop, &ed(ED, "ed-1").token(&claims)));
}

#[test]
fn the_user_of_a_token_is_the_actor() {
    let shop = shop_with_one_key();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let approve = |claims: &Value| {
        let caller = shop.stranger().with_token(&ed(ED, "ed-1").token(claims));
        caller.post(&company.path("/approve"), r#"{"credit_limit":100.00}"#)
    };
    let mut approver = with("permissions", json!(["credit:approve"]));
    approver["sub"] = json!("someone else");
    approver["user_id"] = json!("user_seller");
    approve(&approver).must_be_refused(403, "CRD-2005");
    approver.as_object_mut().unwrap().remove("user_id");
    assert_eq!(approve(&approver).must_be(200).at("approved_by"), "someone else");
}

#[test]
fn a_token_without_an_organization_needs_the_header() {
    let shop = shop_with_one_key();
    let caller = shop.stranger().with_token(&ed(ED, "ed-1").token(&without("organization_id")));
    caller.get(LINE).must_be_refused(428, "CRD-1009");
    for header in ["X-Tenant-ID", "X-Organization-ID"] {
        must_be_believed(caller.with(header, "org_default").get(LINE));
        let refused = caller.with(header, "org_unknown").get(LINE).must_be_refused(403, "CRD-1014");
        assert_eq!(refused.detail("organization"), "org_unknown");
    }
    for (one, other) in [("org_default", "org_unknown"), ("org_unknown", "org_default")] {
        let torn = caller.with("X-Organization-ID", one).with("X-Organization-ID", other);
        torn.get(LINE).must_be_refused(403, "CRD-1010");
    }
}

#[test]
fn a_foreign_token_of_one_company_is_bound_to_it() {
    let shop = shop_with_one_key();
    let token = ed(ED, "ed-1").token(&with("customer_id", json!("cust_2")));
    let refused = ask(&shop, &token).must_be_refused(403, "CRD-1013");
    assert_eq!(refused.detail("customer_id"), "cust_2");
}

#[test]
fn permissions_of_other_systems_are_let_be() {
    let shop = shop_with_one_key();
    let token = ed(ED, "ed-1").token(&with("permissions", json!(["orders:read", "admin", "*"])));
    let refused = ask(&shop, &token).must_be_refused(403, "CRD-1006");
    assert_eq!(refused.detail("user_permissions"), "[]");
}

#[test]
fn a_token_of_another_store_is_refused() {
    let (shop, another) = (Shop::open(), Shop::open());
    let token = another.token(&["--sub", "user_owner", "--permissions", "admin:global"]);
    ask(&shop, &token).must_be_refused(401, "CRD-1005");
}

#[test]
fn a_credential_is_bearer_and_nothing_else() {
    let shop = Shop::open();
    let token = shop.token(&["--sub", "user_owner", "--permissions", "admin:global"]);
    let say = |value: &str| shop.stranger().with("Authorization", value).get(LINE);
    must_be_believed(say(&format!("bearer {token}")));
    for value in ["", "Bearer", "Bearer ", &token, &format!("Basic {token}"), &format!("Token {token}")] {
        say(value).must_be_refused(401, "CRD-1005");
    }
}

/// Both halves of a new application key.
fn new_key(shop: &Shop, arguments: &[&str]) -> (String, String) {
    let printed = shop.fiado(&[&["keys", "create"], arguments].concat()).must_succeed();
    let key = fiado_tests::json(&printed);
    let half = |name: &str| key[name].as_str().unwrap().to_owned();
    (half("app_key"), half("app_token"))
}

#[test]
fn an_application_key_is_valid_at_once_and_acts_under_its_name() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let (key, token) = new_key(&shop, &["--name", "erp", "--permissions", "credit:approve"]);
    let erp = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
    let approved = erp.post(&company.path("/approve"), r#"{"credit_limit":100.00}"#).must_be(200);
    assert_eq!(approved.at("approved_by"), "key:erp");
    erp.get(&company.path("")).must_be_refused(403, "CRD-1006");
}

#[test]
fn both_halves_of_an_application_key_must_be_right() {
    let shop = Shop::open();
    let (key, token) = new_key(&shop, &["--name", "erp", "--permissions", "credit:read"]);
    let (another, _) = new_key(&shop, &["--name", "pos", "--permissions", "credit:read"]);
    let ask = |key: Option<&str>, token: Option<&str>| {
        let halves = [("X-VTEX-API-AppKey", key), ("X-VTEX-API-AppToken", token)];
        let given = halves.into_iter().filter_map(|(header, half)| Some((header, half?)));
        given.fold(shop.stranger(), |caller, (header, half)| caller.with(header, half)).get(LINE)
    };
    must_be_believed(ask(Some(&key), Some(&token)));
    let wrong = [
        (Some(key.as_str()), None),
        (None, Some(token.as_str())),
        (Some(&key), Some("")),
        (Some(&key), Some(&token[1..])),
        (Some(&key), Some(&key)),
        (Some(&another), Some(&token)),
        (Some("fiado-unknown"), Some(&token)),
    ];
    for (key, token) in wrong {
        ask(key, token).must_be_refused(401, "CRD-1005");
    }
}

#[test]
fn a_keys_two_requests_are_its_own() {
    let shop = Shop::open();
    let (key, token) = new_key(&shop, &["--name", "erp", "--permissions", "admin:global"]);
    let erp = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
    erp.post(&format!("{LINE}/request"), REQUEST).must_be(201);
    erp.post(&format!("{LINE}/approve"), r#"{"credit_limit":100.00}"#).must_be_refused(403, "CRD-2005");
}

#[test]
fn a_key_works_for_its_organization_and_customer_alone() {
    let shop = Shop::open();
    shop.organization("org_other", &[]);
    let (key, token) = new_key(
        &shop,
        &[
            "--name",
            "pos",
            "--organization",
            "org_other",
            "--customer-id",
            "cust_1",
            "--permissions",
            "credit:read",
        ],
    );
    let pos = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
    must_be_believed(pos.get(LINE));
    pos.with("X-Tenant-ID", "org_default").get(LINE).must_be_refused(403, "CRD-1010");
    pos.get("/api/v1/customers/cust_2/credit").must_be_refused(403, "CRD-1013");
}

#[test]
fn the_secret_half_of_a_key_is_written_nowhere() {
    let mut shop = Shop::open();
    let (key, token) = new_key(&shop, &["--name", "erp", "--permissions", "credit:read"]);
    let erp = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
    must_be_believed(erp.get(LINE));
    shop.is_stopped();
    assert!(shop.files_hold(&key), "the public half is kept");
    assert!(!shop.files_hold(&token), "the secret half is not");
}
