//! What those who run the server learn of it: its metrics, whether it is ready, and its log.

use fiado_tests::postgres::Cluster;
use fiado_tests::{Answer, Caller, Opening, Shop, json};
use reqwest::Method;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A shop that tells its metrics, and who asks it for them.
fn measured_shop() -> (Shop, Caller) {
    let opening = Opening::at("2025-11-24T10:00:00Z").log("info");
    let mut shop = opening.file("fiado.toml", "metrics_listen = '127.0.0.1:0'").open();
    let operator = shop.server().operator();
    (shop, operator)
}

/// What is told of a measure: the number behind its name and labels; 0 where it was never counted.
#[track_caller]
fn number(metrics: &Answer, series: &str) -> String {
    let lines = metrics.text.lines().filter_map(|line| line.rsplit_once(' '));
    let found = lines.into_iter().find(|(name, _)| *name == series);
    found.map_or("0".to_owned(), |(_, number)| number.to_owned())
}

#[test]
fn what_happens_is_counted() {
    let (shop, operator) = measured_shop();
    let company = shop.company_with_line("cust_secreta", "100.00");
    company.buys("order_1", "60.00").must_be(200);
    company.buys("order_1", "60.00").must_be(200);
    company.buys("order_2", "60.00").must_be_refused(409, "CRD-2003");
    let wrong = r#"{"operation":"use","customer_id":"cust_secreta","body":{}}"#;
    let bulk = format!(r#"{{"operations":[{wrong},{wrong}]}}"#);
    company.seller().post("/api/v1/credit/bulk", bulk).must_be(200);

    let metrics = operator.get("/metrics").must_be(200);
    let kind = metrics.header("Content-Type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let uses = r#"method="POST",route="/api/v1/customers/{customer_id}/credit/use""#;
    let told = |series: &str| number(&metrics, series);
    assert_eq!(told(&format!(r#"fiado_requests_total{{{uses},status="200"}}"#)), "2", "{}", metrics.text);
    assert_eq!(told(&format!(r#"fiado_requests_total{{{uses},status="409"}}"#)), "1");
    assert_eq!(told(&format!("fiado_request_seconds_count{{{uses}}}")), "3");
    assert_eq!(told(r#"fiado_commands_total{operation="use_credit",outcome="done"}"#), "1");
    assert_eq!(told(r#"fiado_commands_total{operation="use_credit",outcome="replayed"}"#), "1");
    assert_eq!(told(r#"fiado_commands_total{operation="use_credit",outcome="refused"}"#), "1");
    assert_eq!(told(r#"fiado_refusals_total{code="CRD-2003"}"#), "1");
    assert_eq!(told(r#"fiado_refusals_total{code="CRD-1001"}"#), "2", "each operation of a list counts");
    assert_eq!(told("fiado_commit_seconds_count"), told("fiado_batch_seconds_count"));
    assert_ne!(told("fiado_batch_commands_count"), "0");
    assert_eq!(told("fiado_commands_waiting"), "0");
    assert_ne!(told("process_start_time_seconds"), "0");
    let version = concat!(r#"fiado_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""}"#);
    assert_eq!(told(version), "1");
    for private in ["cust_secreta", "org_default", "order_1", "user_seller"] {
        assert!(!metrics.text.contains(private), "{private}:\n{}", metrics.text);
    }
}

#[test]
fn every_measure_is_written_as_prometheus_reads_it() {
    let (shop, operator) = measured_shop();
    shop.company_with_line("cust_1", "100.00").buys("order_1", "1.00").must_be(200);
    let text = operator.get("/metrics").must_be(200).text;
    assert_eq!(text.lines().last(), Some("# EOF"));
    for line in text.lines() {
        let is_comment = ["# HELP ", "# TYPE ", "# EOF"].iter().any(|kind| line.starts_with(kind));
        let number = line.rsplit_once(' ').and_then(|(_, number)| number.parse::<f64>().ok());
        assert!(is_comment || number.is_some(), "{line}");
    }
    for name in [
        "fiado_swept_accounts",
        "fiado_forgotten_answers",
        "fiado_batch_retries",
        "fiado_batch_failures",
        "fiado_store_retries",
        "fiado_store_doubts",
    ] {
        assert!(text.contains(&format!("# HELP {name} ")), "{name}");
    }
}

#[test]
fn metrics_are_told_nowhere_but_on_their_own_listener() {
    let (shop, operator) = measured_shop();
    shop.stranger().get("/metrics").must_be(404);
    let api = operator.try_send(Method::GET, "/api/v1/session", None).unwrap();
    assert_eq!(api.status, 404, "and nothing else is told there");
    for path in ["/live", "/health", "/ready"] {
        operator.get(path).must_be(200);
    }
    Shop::open().stranger().get("/metrics").must_be(404);
}

#[test]
fn a_store_that_does_not_answer_is_not_ready_and_says_so() {
    let (shop, operator) = measured_shop();
    assert_eq!(shop.stranger().get("/ready").must_be(200).json()["status"], "ready");
    shop.store_is_damaged("DELETE FROM secrets");
    // What the store answered is believed for a second.
    let patience = Instant::now() + Duration::from_secs(10);
    let refused = loop {
        let answer = shop.stranger().get("/ready");
        if answer.status != 200 {
            break answer.must_be(503);
        }
        assert!(Instant::now() < patience, "it is still ready");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(refused.json()["reason"], "store_unavailable");
    assert_eq!(refused.header("Retry-After"), Some("1"));
    assert_eq!(operator.get("/ready").must_be(503).json()["reason"], "store_unavailable");
    shop.stranger().get("/health").must_be(200);
}

#[test]
fn a_database_that_can_only_be_read_is_not_ready_and_says_so() {
    let cluster = Cluster::start(&["fsync=off"]);
    let shop = Opening::on_the_machines_clock().on(cluster.database()).open();
    let commits_wait_for = |standby: &str| {
        cluster.sql(&format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'"));
        cluster.sql("SELECT pg_reload_conf()");
    };
    let becomes = |status: u16| {
        let patience = Instant::now() + Duration::from_secs(30);
        loop {
            let answer = shop.stranger().get("/ready");
            if answer.status == status {
                break answer;
            }
            assert!(Instant::now() < patience, "{} {}", answer.status, answer.text);
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    becomes(200);
    commits_wait_for("nobody");
    assert_eq!(becomes(503).json()["reason"], "store_not_writable");
    commits_wait_for("");
    becomes(200);
}

#[test]
fn a_server_that_stops_is_not_ready() {
    let (mut shop, operator) = measured_shop();
    let address = shop.server().address().trim_start_matches("http://").to_owned();
    let mut late = TcpStream::connect(&address).unwrap();
    // A request whose body is still coming keeps the server from stopping at once.
    let head = "POST /api/v1/credit/bulk HTTP/1.1\r\nHost: fiado\r\nContent-Length: 2\r\n\r\n{";
    late.write_all(head.as_bytes()).unwrap();
    operator.get("/ready").must_be(200);
    shop.server().ask_to_stop();
    let patience = Instant::now() + Duration::from_secs(4);
    while operator.get("/ready").status == 200 {
        assert!(Instant::now() < patience, "it is still ready");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(operator.get("/ready").must_be(503).json()["reason"], "stopping");
    operator.get("/live").must_be(200);
    late.write_all(b"}").unwrap();
    let mut answer = String::new();
    late.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "what was begun is answered: {answer}");
    assert!(shop.server().wait().success());
}

#[test]
fn a_request_is_one_line_of_the_log_and_names_nobody() {
    let (mut shop, _) = measured_shop();
    let company = shop.company_with_line("maria.perez", "100.00");
    company.buys("order_de_maria", "10.00").must_be(200);
    let (key, token) = shop.application_key(&["--name", "erp", "--permissions", "credit:read"]);
    let erp = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
    erp.with("X-Request-ID", "req-of-the-erp").get(&company.path("")).must_be(200);
    shop.stranger().get(&company.path("")).must_be(401);
    shop.is_stopped();
    let log = shop.server().log();
    let requests: Vec<Value> = log.lines().map(json).filter(|line| line["message"] == "request").collect();
    assert_eq!(requests.len(), 5, "{log}");
    let purchase = &requests[2];
    assert_eq!(purchase["method"], "POST");
    assert_eq!(purchase["route"], "/api/v1/customers/{customer_id}/credit/use");
    assert_eq!(purchase["status"], 200);
    assert_eq!(purchase["organization"], "org_default");
    assert_eq!(purchase["credential"], "own_token");
    assert!(purchase["milliseconds"].as_f64().is_some_and(|milliseconds| milliseconds > 0.0), "{purchase}");
    assert!(purchase["request_id"].as_str().is_some_and(|id| id.starts_with("req_")), "{purchase}");
    let by_key = &requests[3];
    assert_eq!(by_key["credential"], "application_key");
    assert_eq!(by_key["request_id"], "req-of-the-erp");
    assert_eq!(requests[4]["credential"], Value::Null, "whoever is unknown is nobody's");
    for private in ["maria", "user_seller", token.as_str(), key.as_str()] {
        assert!(!log.contains(private), "{private} is in the log:\n{log}");
    }
}

#[test]
fn a_method_that_a_client_invents_is_no_word_of_the_log() {
    let (mut shop, _) = measured_shop();
    let invented = Method::from_bytes(b"MARIA").unwrap();
    shop.stranger().send(invented, "/api/v1/customers/cust_1/credit", None).must_be(405);
    shop.is_stopped();
    let log = shop.server().log();
    assert!(log.contains(r#""method":"other""#) && !log.contains("MARIA"), "{log}");
}

#[test]
fn the_stores_own_key_is_read_once() {
    let (shop, _) = measured_shop();
    let company = shop.company_with_line("cust_1", "100.00");
    let another = shop.caller("user_another", "credit:read");
    shop.store_is_damaged("DELETE FROM secrets");
    another.get(&company.path("")).must_be(200);
    shop.stranger().with_token("eyJhbGciOiJIUzI1NiJ9.e30.x").get(&company.path("")).must_be(401);
}

#[test]
fn a_key_that_was_believed_is_believed_without_the_store() {
    let (shop, _) = measured_shop();
    let company = shop.company_with_line("cust_1", "100.00");
    let (key, token) = shop.application_key(&["--name", "erp", "--permissions", "credit:read"]);
    let half = shop.stranger().with("X-VTEX-API-AppKey", &key);
    let erp = half.with("X-VTEX-API-AppToken", &token);
    erp.get(&company.path("")).must_be(200);
    shop.store_is_damaged("DELETE FROM api_keys");
    erp.get(&company.path("")).must_be(200);
    // Only what was verified is believed: the same key with another secret asks the store.
    half.with("X-VTEX-API-AppToken", &token[1..]).get(&company.path("")).must_be(401);
}
