//! The façade's published journey, to the letter.

use fiado_tests::{REQUEST, Shop};

#[test]
fn the_published_journey_has_the_published_answers() {
    let shop = Shop::open();
    let (seller, manager) = (shop.seller(), shop.manager());
    let line = "/api/v1/customers/cust_456/credit";

    seller.post(&format!("{line}/request"), REQUEST).must_be(201).must_read(
        r#"{"status":"success","data":{"credit_account_id":"credit_*","status":"pending","requested_limit":10000.00,"payment_term_days":30,"created_at":"2025-11-24T10:00:*Z"}}"#,
    );

    let approval =
        r#"{"credit_limit":10000.00,"payment_term_days":30,"approval_notes":"Cliente con buen historial"}"#;
    manager.post(&format!("{line}/approve"), approval).must_be(200).must_read(
        r#"{"status":"success","data":{"credit_account_id":"credit_*","status":"approved","credit_limit":10000.00,"credit_available":10000.00,"payment_term_days":30,"approved_at":"2025-11-24T10:00:*Z","approved_by":"user_manager"}}"#,
    );

    let purchase = r#"{"order_id":"order_789","amount":5000.00}"#;
    seller.post(&format!("{line}/use"), purchase).must_be(200).must_read(
        r#"{"status":"success","data":{"usage_id":"usage_*","amount":5000.00,"credit_used":5000.00,"credit_available":5000.00,"due_date":"2025-12-24"}}"#,
    );

    let payment = r#"{"amount":2500.00,"payment_reference":"PAY-123456","payment_date":"2025-11-24"}"#;
    seller.post(&format!("{line}/payment"), payment).must_be(201).must_read(
        r#"{"status":"success","data":{"payment_id":"payment_*","amount":2500.00,"credit_used":2500.00,"credit_available":7500.00}}"#,
    );

    seller.get(line).must_be(200).must_read(
        r#"{"status":"success","data":{"credit_account_id":"credit_*","customer_id":"cust_456","status":"approved","credit_limit":10000.00,"tolerance":0,"credit_used":2500.00,"credit_held":0.00,"credit_available":7500.00,"unapplied":0.00,"overdue_amount":0.00,"next_due_date":"2025-12-24","payment_term_days":30,"currency":"USD","version":4,"requested_limit":10000.00,"requested_at":"2025-11-24T10:00:*Z","requested_by":"user_seller","business_info":{"business_name":"Constructora ABC","tax_id":"RUC-123-456","years_in_business":5},"approved_at":"2025-11-24T10:00:*Z","approved_by":"user_manager"}}"#,
    );
    shop.books_must_agree();
}

#[test]
fn one_id_names_the_line_from_request_to_payment() {
    let shop = Shop::open();
    let company = shop.company("cust_456");
    let id = company.asks().must_be(201).at("credit_account_id");
    assert_eq!(company.is_approved("10000.00").must_be(200).at("credit_account_id"), id);
    assert_eq!(company.figure("credit_account_id"), id);
}

#[test]
fn a_refusal_has_the_published_envelope_and_figures() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_456", "500.00");
    company.buys("order_1", "450.00").must_be(200);
    company.buys("order_2", "100.00").must_be(409).must_read(
        r#"{"status":"error","statusCode":409,"error":{"code":"CRD-2003","type":"CREDIT_NOT_AVAILABLE","message":"Cliente no tiene crédito disponible: pidió 100.00 USD y puede comprar hasta 50.00 USD; faltan 50.00 USD. Pasaría con un importe menor, con un pago previo de al menos 50.00 USD, o con un límite mayor.","details":{"credit_limit":500.00,"credit_ceiling":500.00,"credit_used":450.00,"credit_held":0.00,"credit_available":50.00,"spendable":50.00,"required":100.00,"shortfall":50.00}},"timestamp":"2025-11-24T10:00:*Z","path":"/api/v1/customers/cust_456/credit/use","requestId":"req_*"}"#,
    );
}
