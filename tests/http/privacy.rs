//! What is nobody's business stays out of the log.

use fiado_tests::{Opening, Shop, json};

/// A busy day with secrets and names in it, successes and failures; what must not be in the log.
fn busy_day(shop: &Shop) -> Vec<String> {
    let id = "maria.perez+compras%40ejemplo.com";
    let company = shop.company(id);
    let request = r#"{"requested_limit":1000,"business_info":{"business_name":"Panadería Secreta","tax_id":"RUC-999-888"}}"#;
    company.seller().post(&company.path("/request"), request).must_be(201);
    let approval = r#"{"credit_limit":1000,"approval_notes":"Debe a su cuñado"}"#;
    company.manager().post(&company.path("/approve"), approval).must_be(200);
    company.buys("pedido-de-maria", "10.00").must_be(200);
    company.buys("pedido-de-maria", "5000.00").must_be(409);
    company.pays("transferencia-de-maria", "5.00").must_be(201);
    company.seller().with_key("clave-de-maria").post(&company.path("/use"), "{\"Panadería").must_be(400);
    company.seller().post(&company.path("/request"), r#"{"tax_id":"RUC-999-888"}"#).must_be(422);
    company.reads("?correo=maria.perez@ejemplo.com").must_be(422);

    let printed = shop.fiado(&["keys", "create", "--name", "erp", "--permissions", "credit:read"]);
    let key = json(&printed.must_succeed());
    let app_token = key["app_token"].as_str().unwrap().to_owned();
    let half = shop.stranger().with("X-VTEX-API-AppKey", key["app_key"].as_str().unwrap());
    half.with("X-VTEX-API-AppToken", &app_token).get(&company.path("")).must_be(200);
    half.with("X-VTEX-API-AppToken", &app_token[1..]).get(&company.path("")).must_be(401);
    let token = shop.token(&["--sub", "user_owner", "--permissions", "admin:global"]);
    shop.stranger().with_token(&token[..token.len() - 1]).get(&company.path("")).must_be(401);

    let secrets = [
        "maria",
        "ejemplo.com",
        "Panadería",
        "RUC-999-888",
        "cuñado",
        "pedido-de",
        "transferencia-de",
        "clave-de",
        &app_token[1..],
        token.split('.').nth(1).unwrap(),
        token.split('.').nth(2).unwrap(),
    ];
    secrets.map(str::to_owned).to_vec()
}

#[test]
fn the_log_holds_no_credential_and_nothing_personal() {
    let mut shop = Opening::at("2025-11-24T10:00:00Z").log("debug").open();
    let secrets = busy_day(&shop);
    shop.is_stopped();
    let log = shop.server().log();
    assert!(
        log.contains("/api/v1/customers/{customer_id}/credit/use"),
        "requests are logged by route:\n{log}"
    );
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn every_line_of_the_log_is_json() {
    let mut shop = Opening::at("2025-11-24T10:00:00Z").log("info").open();
    shop.company_with_line("cust_1", "100.00").buys("order_1", "1.00").must_be(200);
    shop.is_stopped();
    let log = shop.server().log();
    let requests = log.lines().map(json).filter(|line| line["route"].is_string()).count();
    assert!(requests >= 3, "{log}");
}

#[test]
fn a_quiet_day_says_next_to_nothing() {
    let mut shop = Opening::on_the_machines_clock().open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "1.00").must_be(200);
    company.buys("order_2", "1000.00").must_be(409);
    shop.is_stopped();
    assert_eq!(shop.server().log(), "");
}
