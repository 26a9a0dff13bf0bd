//! Who may do what: VTEX's ways to say who is calling, and the permission of each operation.

use fiado_tests::{Answer, DEFAULT_ORGANIZATION, Integration, Shop, invoice_of};
use reqwest::Method;

const NO_BODY: &str = "";
const TERMS: &str = r#"{"email":"a@b.co","document":"5","documentType":"CPF"}"#;
const VALUE: &str = r#"{"value":1}"#;
const RULE: &str =
    r#"{"name":"x","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":2,"name":"Visa"},"enabled":true}"#;

/// Every operation with a body that it takes and the permission it wants (DECISIONS 22). `{account}`
/// is one that nobody has opened; operations 11 and 12 are one address with two permissions.
#[rustfmt::skip]
const TABLE: [(&str, &str, &str, &str); 35] = [
    ("GET",    "/invoices",                                           "invoices:read",   NO_BODY),
    ("GET",    "/accounts/{account}/invoices/{invoice}",              "invoices:read",   NO_BODY),
    ("PUT",    "/accounts/{account}/invoices/{invoice}",              "invoices:manage", r#"{"observation":"x"}"#),
    ("DELETE", "/accounts/{account}/invoices/{invoice}",              "invoices:manage", NO_BODY),
    ("GET",    "/accounts/{account}/invoices",                        "invoices:read",   NO_BODY),
    ("POST",   "/accounts/{account}/invoices/{invoice}/payments",     "credit:payment",  NO_BODY),
    ("PUT",    "/accounts/{account}/invoices/{invoice}/postponement", "invoices:manage", r#"{"dueDays":1}"#),
    ("GET",    "/accounts",                                           "credit:read",     NO_BODY),
    ("POST",   "/accounts",                                           "credit:approve",  "{}"),
    ("GET",    "/accounts/{account}",                                 "credit:read",     NO_BODY),
    ("DELETE", "/accounts/{account}",                                 "credit:manage",   NO_BODY),
    ("PUT",    "/accounts/{opened}",                                  "credit:manage",   TERMS),
    ("PUT",    "/accounts/{account}",                                 "credit:approve",  TERMS),
    ("GET",    "/accounts/{account}/statements",                      "credit:read",     NO_BODY),
    ("PUT",    "/accounts/{account}/creditlimit",                     "credit:manage",   VALUE),
    ("PUT",    "/accounts/{account}/tolerance",                       "credit:manage",   VALUE),
    ("PUT",    "/accounts/{account}/statements/st-1",                 "credit:manage",   VALUE),
    ("POST",   "/accounts/{account}/transactions",                    "credit:use",      VALUE),
    ("PUT",    "/accounts/{account}/transactions/t-1",                "credit:use",      VALUE),
    ("DELETE", "/accounts/{account}/transactions/t-1",                "credit:use",      NO_BODY),
    ("PUT",    "/accounts/{account}/transactions/t-1/settlement",     "credit:use",      VALUE),
    ("POST",   "/accounts/{account}/transactions/t-1/refunds",        "credit:use",      VALUE),
    ("POST",   "/accounts/{account}/transaction",                     "credit:use",      VALUE),
    ("POST",   "/accounts/{account}/holders",                         "credit:manage",   r#"{"claims":{"email":"a@b.co"}}"#),
    ("GET",    "/accounts/{account}/holders",                         "credit:read",     NO_BODY),
    ("DELETE", "/accounts/{account}/holders/0123456789abcdef0123456789abcdef", "credit:manage", NO_BODY),
    ("GET",    "/storeconfig",                                        "store:read",      NO_BODY),
    ("PUT",    "/storeconfig",                                        "store:manage",    "{}"),
    ("GET",    "/purchase-conditions?email=nobody@test.com",          "rules:read",      NO_BODY),
    ("GET",    "/api/pvt/installments?request.value=1",               "rules:read",      NO_BODY),
    ("GET",    "/api/pvt/rules",                                      "rules:read",      NO_BODY),
    ("POST",   "/api/pvt/rules",                                      "rules:manage",    RULE),
    ("GET",    "/api/pvt/rules/fe6c470b-f80b-4bb1-a75c-378617f8767a", "rules:read",      NO_BODY),
    ("PUT",    "/api/pvt/rules/fe6c470b-f80b-4bb1-a75c-378617f8767a", "rules:manage",    RULE),
    ("DELETE", "/api/pvt/rules/fe6c470b-f80b-4bb1-a75c-378617f8767a", "rules:manage",    NO_BODY),
];

/// Every permission there is, but for those that have all others.
const PERMISSIONS: [&str; 13] = [
    "credit:read",
    "credit:request",
    "credit:approve",
    "credit:use",
    "credit:payment",
    "credit:manage",
    "invoices:read",
    "invoices:manage",
    "rules:read",
    "rules:manage",
    "store:read",
    "store:manage",
    "reports:financial:view",
];

/// Sends an operation about an account nobody has opened, as `{account}`, and one that is open, as
/// `{opened}`.
#[track_caller]
fn attempt(caller: &Integration, row: (&str, &str, &str, &str), account: &str) -> Answer {
    let (method, path, _, body) = row;
    let invoice = "0123456789abcdef0123456789abcdef-01";
    let path = path.replace("{account}", account).replace("{opened}", "1_CPF").replace("{invoice}", invoice);
    let body = (!body.is_empty()).then(|| body.to_owned());
    caller.send(Method::from_bytes(method.as_bytes()).unwrap(), &path, body)
}

/// A shop with one open account.
fn shop_with_account() -> Shop {
    let shop = Shop::open();
    shop.integration().opens("1", "1000");
    shop
}

/// Somebody with a token for these permissions.
fn person(shop: &Shop, permissions: &str) -> Integration {
    Integration::of(shop.caller("user_vtex", permissions))
}

#[test]
fn nobody_does_anything_without_a_credential() {
    let shop = shop_with_account();
    let stranger = Integration::of(shop.stranger());
    for row in TABLE {
        attempt(&stranger, row, "nobody").must_be_declined(401);
    }
}

#[test]
fn each_operation_demands_its_own_permission_and_no_other() {
    let shop = shop_with_account();
    for (number, row) in TABLE.into_iter().enumerate() {
        let (method, path, permission, _) = row;
        let others: Vec<&str> = PERMISSIONS.into_iter().filter(|other| *other != permission).collect();
        attempt(&person(&shop, &others.join(",")), row, "nobody").must_be_declined(403);
        // Whoever is let through learns what the operation answers, each about another account.
        let allowed = attempt(&person(&shop, permission), row, &format!("nobody_{number}"));
        assert!([200, 400, 404].contains(&allowed.status), "{method} {path}: {}", allowed.text);
    }
}

#[test]
fn an_invoice_is_paid_only_by_whoever_may_pay_at_either_address() {
    let shop = shop_with_account();
    let account = shop.integration().account("1_CPF");
    let invoice = invoice_of(&account.buys("10"), 1);
    let path = format!("/accounts/1_CPF/invoices/{invoice}");
    let paid = r#"{"status":"Paid"}"#;
    person(&shop, "invoices:manage").put(&path, paid).must_be_declined(403);
    person(&shop, "credit:payment").put(&path, paid).must_be_declined(403);
    person(&shop, "invoices:manage,credit:payment").put(&path, paid).must_be_empty();
}

#[test]
fn vtexs_one_permission_is_all_of_these_in_a_key_and_in_a_token() {
    let shop = shop_with_account();
    let callers = [shop.integration(), person(&shop, "vtex:main"), person(&shop, "admin:global")];
    for (number, caller) in callers.iter().enumerate() {
        for row in TABLE {
            let answer = attempt(caller, row, &format!("nobody_{number}"));
            assert!([200, 400, 404].contains(&answer.status), "{}: {}", answer.asked, answer.text);
        }
    }
}

#[test]
fn putting_an_account_opens_it_or_changes_it_and_each_has_its_permission() {
    let shop = shop_with_account();
    let (approver, manager) = (person(&shop, "credit:approve"), person(&shop, "credit:manage"));
    let account = shop.integration().account("1_CPF");
    let before = account.everything();
    approver.put("/accounts/1_CPF", TERMS).must_be_declined(403);
    assert_eq!(account.everything(), before);
    manager.put("/accounts/1_CPF", TERMS).must_be(200);
    manager.put("/accounts/new", TERMS).must_be_declined(403);
    shop.integration().account("new").reads("").must_be_declined(404);
    approver.put("/accounts/new", TERMS).must_be(200);
}

#[test]
fn a_permission_is_checked_before_anything_that_was_sent() {
    let shop = shop_with_account();
    let (reader, stranger) = (person(&shop, "credit:read"), Integration::of(shop.stranger()));
    for path in [
        "/accounts/1_CPF/transactions",
        "/accounts/a%2Fb/transactions",
        "/accounts/nobody/transactions",
        "/api/pvt/rules",
    ] {
        for body in ["{", "[]", r#"{"value":-1}"#, NO_BODY, &" ".repeat(70_000)] {
            reader.post(path, body).must_be_declined(403);
            stranger.post(path, body).must_be_declined(401);
        }
    }
}

#[test]
fn a_users_token_comes_as_vtexs_cookie_in_a_header_or_as_a_bearer() {
    let shop = shop_with_account();
    let token = shop.token(&["--sub", "user_vtex", "--permissions", "credit:read"]);
    let ways = [
        ("VtexIdclientAutCookie", token.clone()),
        ("vtexidclientautcookie", token.clone()),
        ("Cookie", format!("VtexIdclientAutCookie={token}")),
        ("Cookie", format!("checkout.vtex.com=__ofid=1; VtexIdclientAutCookie={token}; janus_sid=2")),
        ("Cookie", format!("a=b;VtexIdclientAutCookie={token}")),
        ("Authorization", format!("Bearer {token}")),
    ];
    for (header, value) in ways {
        let caller = Integration::of(shop.stranger()).with(header, &value);
        caller.get("/accounts/1_CPF").must_be(200);
        caller.put("/accounts/1_CPF/creditlimit", VALUE).must_be_declined(403);
    }
}

#[test]
fn what_only_looks_like_a_credential_is_none() {
    let shop = shop_with_account();
    let token = shop.token(&["--sub", "user_vtex", "--permissions", "credit:read"]);
    let torn = &token[..token.len() - 1];
    let wrong = [
        ("VtexIdclientAutCookie", torn.to_owned()),
        ("VtexIdclientAutCookie", String::new()),
        ("VtexIdclientAutCookie", "nonsense".to_owned()),
        ("Cookie", format!("VtexIdclientAutCookie={torn}")),
        ("Cookie", format!("NotVtexIdclientAutCookie={token}")),
        ("Cookie", "VtexIdclientAutCookie".to_owned()),
        ("Cookie", "VtexIdclientAutCookie=".to_owned()),
        ("Cookie", token.clone()),
        ("Authorization", token.clone()),
    ];
    for (header, value) in wrong {
        let caller = Integration::of(shop.stranger()).with(header, &value);
        caller.get("/accounts/1_CPF").must_be_declined(401);
    }
}

#[test]
fn both_halves_of_an_application_key_must_be_right() {
    let shop = shop_with_account();
    let make = |name: &str| shop.application_key(&["--name", name, "--permissions", "vtex:main"]);
    let ((key, token), (other, _)) = (make("one"), make("other"));
    let ask = |key: &str, token: &str| {
        Integration::with_application_key(shop.stranger(), key, token).get("/accounts/1_CPF")
    };
    ask(&key, &token).must_be(200);
    for (key, token) in
        [(key.as_str(), ""), ("", &token), (&key, &token[1..]), (&other, &token), (&token, &key)]
    {
        ask(key, token).must_be_declined(401);
    }
    let half = Integration::of(shop.stranger()).with("X-VTEX-API-AppKey", &key);
    half.get("/accounts/1_CPF").must_be_declined(401);
}

#[test]
fn a_key_has_the_permissions_it_was_made_with() {
    let shop = shop_with_account();
    let (key, token) =
        shop.application_key(&["--name", "reader", "--permissions", "credit:read,invoices:read"]);
    let reader = Integration::with_application_key(shop.stranger(), &key, &token);
    reader.get("/accounts/1_CPF").must_be(200);
    reader.get("/accounts/1_CPF/invoices").must_be(200);
    reader.post("/accounts/1_CPF/transactions", VALUE).must_be_declined(403);
    reader.delete("/accounts/1_CPF").must_be_declined(403);
    reader.get("/storeconfig").must_be_declined(403);
}

#[test]
fn what_is_another_organizations_is_not_found() {
    let shop = shop_with_account();
    let account = shop.integration().account("1_CPF");
    let invoice = invoice_of(&account.buys("100"), 1);
    let before = account.everything();
    shop.organization("org_other", &[]);
    let other = shop.integration_of("org_other");
    for row in TABLE.into_iter().filter(|(_, path, ..)| path.contains("{account}")) {
        let opens_its_own = row.0 == "PUT" && row.1 == "/accounts/{account}";
        if !opens_its_own {
            attempt(&other, row, "1_CPF").must_be_declined(404);
        }
    }
    other.account("1_CPF").pays(&invoice).must_be_declined(404);
    for list in ["/accounts", "/accounts?status=Closed", "/invoices", "/invoices?creditAccountId=1_CPF"] {
        let page = other.get(list).must_be(200);
        assert!(page.items().is_empty() && page.json()["summary"]["count"] == 0, "{list}: {}", page.text);
    }
    other.get("/purchase-conditions?email=1@test.com").must_be_declined(404);

    // The same id there is another account.
    other.put("/accounts/1_CPF", TERMS).must_be(200);
    other.account("1_CPF").limit_becomes("7").must_be(200);
    assert_eq!(account.everything(), before);
    shop.books_must_agree();
}

#[test]
fn a_token_of_one_shopper_sees_and_uses_that_account_alone() {
    let shop = shop_with_account();
    let other = shop.integration().opens("2", "1000");
    let claims = [
        "--sub",
        "user_buyer",
        "--customer-id",
        "1_CPF",
        "--permissions",
        "credit:read,credit:use,invoices:read",
    ];
    let buyer = Integration::of(shop.stranger().with_token(&shop.token(&claims)));
    let own = buyer.account("1_CPF");
    own.buys("10");
    assert_eq!(own.invoices().len(), 1);
    let before = other.everything();
    for what in ["", "/invoices", "/statements"] {
        buyer.get(&other.path(what)).must_be_declined(403);
    }
    buyer.account(other.id()).authorizes("1").must_be_declined(403);
    for list in ["/accounts", "/invoices"] {
        buyer.get(list).must_be_declined(403);
    }
    assert_eq!(other.everything(), before);
}

#[test]
fn the_organization_a_header_names_must_be_the_keys() {
    let shop = shop_with_account();
    let vtex = shop.integration();
    vtex.with("X-Tenant-ID", DEFAULT_ORGANIZATION).get("/accounts/1_CPF").must_be(200);
    vtex.with("X-Tenant-ID", "org_other").get("/accounts/1_CPF").must_be_declined(403);
}
