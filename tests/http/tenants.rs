//! Organizations keep their books apart, each in its own currency, zone and rules.

use crate::operations;
use fiado_tests::{DEFAULT_ORGANIZATION, Opening, Shop};

const PERU: &str = "org_peru";

#[test]
fn the_same_company_in_two_organizations_is_two_companies() {
    let shop = Shop::open();
    shop.organization(PERU, &["--currency", "PEN", "--zone", "America/Lima", "--country", "PE"]);
    let (here, there) = (shop.company("cust_1"), shop.company_of(PERU, "cust_1"));
    here.gets_line("1000.00");
    there.reads("").must_be_refused(404, "CRD-2001");

    there.gets_line("2000.00");
    here.buys("order_1", "10.00").must_be(200);
    there.buys("order_1", "20.00").must_be(200);
    assert_eq!([here.figure("currency"), there.figure("currency")], ["USD", "PEN"]);
    assert_eq!(here.figures(), ["10.00", "990.00"]);
    assert_eq!(there.figures(), ["20.00", "1980.00"]);
    shop.books_must_agree();
}

#[test]
fn what_is_anothers_is_not_found() {
    let shop = Shop::open();
    shop.organization(PERU, &[]);
    let theirs = shop.company_of(PERU, "cust_1");
    theirs.gets_line("1000.00");
    theirs.buys("order_1", "10.00").must_be(200);
    let invoice = theirs.open_invoices()[0].clone();

    let ours = shop.company("cust_1");
    for what in operations::READS {
        ours.reads(what).must_be_refused(404, "CRD-2001");
    }
    ours.buys("order_1", "10.00").must_be_refused(404, "CRD-2001");
    ours.is_decided("suspend").must_be_refused(404, "CRD-2001");
    assert_eq!(shop.manager().get("/api/v1/credit/requests").must_be(200).json()["pagination"]["count"], 0);

    ours.gets_line("1000.00");
    ours.pays_for("PAY-1", "10.00", &[(&invoice, "10.00")]).must_be_refused(422, "CRD-2011");
}

#[test]
fn a_page_of_requests_is_of_one_organization() {
    let shop = Shop::open();
    shop.organization(PERU, &[]);
    shop.company("cust_1").asks().must_be(201);
    shop.company_of(PERU, "cust_2").asks().must_be(201);
    let requests = shop.manager().get("/api/v1/credit/requests").must_be(200).data();
    assert_eq!(requests.as_array().unwrap().len(), 1);
    assert_eq!(requests[0]["customer_id"], "cust_1");
}

#[test]
fn the_header_may_repeat_the_tokens_organization_and_no_other() {
    let shop = Shop::open();
    shop.organization(PERU, &[]);
    let company = shop.company_with_line("cust_1", "1000.00");
    for header in ["X-Tenant-ID", "X-Organization-ID"] {
        let caller = |organization: &str| company.seller().with(header, organization);
        caller(DEFAULT_ORGANIZATION).get(&company.path("")).must_be(200);
        caller(PERU).get(&company.path("")).must_be_refused(403, "CRD-1010");
        caller("org_unknown").get(&company.path("")).must_be_refused(403, "CRD-1010");
        caller("a/b").get(&company.path("")).must_be_refused(403, "CRD-1010");
    }
    let torn = company.seller().with("X-Tenant-ID", DEFAULT_ORGANIZATION).with("X-Organization-ID", PERU);
    torn.get(&company.path("")).must_be_refused(403, "CRD-1010");
}

#[test]
fn an_organization_without_cents_takes_and_prints_none() {
    let shop = Shop::open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago", "--country", "CL"]);
    let company = shop.company_of("org_chile", "cust_1");
    let request = |limit: &str| {
        let body = format!(
            r#"{{"requested_limit":{limit},"business_info":{{"business_name":"Ferretería Ñuble","tax_id":"76.123.456-7"}}}}"#
        );
        company.seller().post(&company.path("/request"), body)
    };
    assert_eq!(
        request("50000.5").must_be_refused(422, "CRD-1001").wrong_fields(),
        ["requested_limit TOO_MANY_DECIMALS"]
    );
    request("50000").must_be(201).must_read(
        r#"{"status":"success","data":{"credit_account_id":"credit_*","status":"pending","requested_limit":50000,"payment_term_days":30,"created_at":"*"}}"#,
    );
    company.is_approved("50000.00").must_be(200);
    company.buys_in(3, "order_1", "10000").must_be(200).must_read(
        r#"{"status":"success","data":{"usage_id":"usage_*","amount":10000,"credit_used":10000,"credit_available":40000,"due_date":"2025-12-24","installments":[{"number":1,"due_date":"2025-12-24","amount":3333},{"number":2,"due_date":"2026-01-23","amount":3333},{"number":3,"due_date":"2026-02-22","amount":3334}]}}"#,
    );
    company.tolerance_becomes("0.00001").must_be(200);
    let refused = company.buys("order_2", "40001").must_be_refused(409, "CRD-2003");
    assert_eq!([refused.detail("credit_ceiling"), refused.detail("shortfall")], ["50000", "1"]);
    assert_eq!(
        company.buys("order_2", "0.5").must_be_refused(422, "CRD-1001").wrong_fields(),
        ["amount TOO_MANY_DECIMALS"]
    );
    shop.books_must_agree();
}

#[test]
fn each_organization_lives_in_its_own_day() {
    // Half past four in Greenwich is still yesterday evening in Panama, and already today in
    // Santiago, where it is summer time.
    let shop = Opening::at("2025-11-25T04:30:00Z").open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago", "--country", "CL"]);
    let (panama, santiago) = (shop.company("cust_1"), shop.company_of("org_chile", "cust_1"));
    panama.gets_line("1000.00");
    santiago.gets_line("1000");
    assert_eq!(panama.buys("order_1", "1").must_be(200).at("due_date"), "2025-12-24");
    assert_eq!(santiago.buys("order_1", "1").must_be(200).at("due_date"), "2025-12-25");
    assert_eq!(panama.reads("/snapshot").at("today"), "2025-11-24");
    assert_eq!(santiago.reads("/snapshot").at("today"), "2025-11-25");
}

#[test]
fn each_organization_has_its_own_bounds_of_a_request() {
    let shop = Shop::open();
    shop.organization("org_small", &["--least-request", "50.00", "--largest-request", "500.00"]);
    let company = shop.company_of("org_small", "cust_1");
    let refused = company.asks().must_be_refused(422, "CRD-1001");
    assert_eq!(refused.wrong_fields(), ["requested_limit TOO_LARGE"]);
    let said = refused.json()["error"]["details"]["fields"][0]["message"].clone();
    assert_eq!(said, "debe ser como máximo 500.00");
}
