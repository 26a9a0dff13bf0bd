//! Every operation that changes something, with a body that it takes; and all that is read of a line.

use fiado_tests::Company;
use reqwest::Method;

/// All that is read of a line with `credit:read`, below `…/credit`.
pub(crate) const READS: [&str; 8] =
    ["", "/snapshot", "/usages", "/payments", "/invoices", "/statement", "/aging", "/calendar"];

/// What is read of a line by those who decide about it.
pub(crate) const JOURNAL: &str = "/journal";

/// An operation that changes something.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Its address below `…/credit`.
    pub(crate) path: &'static str,
    /// A body that it takes of a company that is ready for it.
    pub(crate) body: &'static str,
    /// The status it then answers with.
    pub(crate) status: u16,
    /// What makes a new company ready for it.
    pub(crate) prepare: fn(&Company<'_>),
}

/// All of them.
pub(crate) fn all() -> Vec<Operation> {
    let pending: fn(&Company<'_>) = |company| drop(company.asks().must_be(201));
    let approved: fn(&Company<'_>) = |company| company.gets_line("1000.00");
    let suspended: fn(&Company<'_>) = |company| {
        company.gets_line("1000.00");
        company.is_decided("suspend").must_be(200);
    };
    let new = |method, path, body, status, prepare| Operation { method, path, body, status, prepare };
    let (post, put) = (|| Method::POST, || Method::PUT);
    vec![
        new(post(), "/request", fiado_tests::REQUEST, 201, |_| {}),
        new(
            post(),
            "/approve",
            r#"{"credit_limit":1000.00,"payment_term_days":30,"approval_notes":"Sí"}"#,
            200,
            pending,
        ),
        new(post(), "/reject", r#"{"reason":"No"}"#, 200, pending),
        new(post(), "/suspend", r#"{"reason":"Pausa"}"#, 200, approved),
        new(post(), "/reactivate", r#"{"reason":"Sigue"}"#, 200, suspended),
        new(post(), "/cancel", r#"{"reason":"Fin"}"#, 200, approved),
        new(put(), "/limit", r#"{"credit_limit":2000.00,"reason":"Más"}"#, 200, approved),
        new(put(), "/tolerance", r#"{"tolerance":0.1,"reason":"Temporada"}"#, 200, approved),
        new(post(), "/use", r#"{"order_id":"order_1","amount":100.00,"installments":2}"#, 200, approved),
        new(
            post(),
            "/payment",
            r#"{"amount":10.00,"payment_reference":"PAY-1","payment_date":"2025-11-24"}"#,
            201,
            approved,
        ),
    ]
}

impl Operation {
    /// A word for it: `use`.
    pub(crate) fn name(&self) -> &'static str {
        self.path.trim_start_matches('/')
    }
}
