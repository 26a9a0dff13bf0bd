use crate::{Answer, Caller, Shop};

/// The day a shop opens on, in its own time zone.
pub const TODAY: &str = "2025-11-24";

/// The façade's published request.
pub const REQUEST: &str = r#"{"requested_limit":10000.00,"payment_term_days":30,"business_info":{"business_name":"Constructora ABC","tax_id":"RUC-123-456","years_in_business":5}}"#;

/// A company that buys on account in a shop.
pub struct Company<'a> {
    shop: &'a Shop,
    organization: String,
    id: String,
}

impl<'a> Company<'a> {
    pub(crate) fn new(shop: &'a Shop, organization: &str, id: &str) -> Company<'a> {
        Company { shop, organization: organization.to_owned(), id: id.to_owned() }
    }

    /// The address of something of its line: `path("/use")`; `path("")` is the line itself.
    pub fn path(&self, what: &str) -> String {
        format!("/api/v1/customers/{}/credit{what}", self.id)
    }

    /// Who asks for its line, sells to it and takes its payments.
    pub fn seller(&self) -> Caller {
        let permissions = "credit:request,credit:use,credit:payment,credit:read";
        self.shop.caller_of(&self.organization, "user_seller", permissions)
    }

    /// Who decides about its line.
    pub fn manager(&self) -> Caller {
        let permissions = "credit:approve,credit:manage,credit:read";
        self.shop.caller_of(&self.organization, "user_manager", permissions)
    }

    /// Asks for a line with the published request.
    #[track_caller]
    pub fn asks(&self) -> Answer {
        self.seller().post(&self.path("/request"), REQUEST)
    }

    /// Is granted a line of 30 days, whatever was asked for.
    #[track_caller]
    pub fn is_approved(&self, limit: &str) -> Answer {
        self.is_approved_for_days(limit, 30)
    }

    /// Is granted a line with another term.
    #[track_caller]
    pub fn is_approved_for_days(&self, limit: &str, days: u16) -> Answer {
        let body = format!(r#"{{"credit_limit":{limit},"payment_term_days":{days}}}"#);
        self.manager().post(&self.path("/approve"), body)
    }

    /// Asks for a line and is granted it.
    #[track_caller]
    pub fn gets_line(&self, limit: &str) {
        self.asks().must_be(201);
        self.is_approved(limit).must_be(200);
    }

    /// Buys an order.
    #[track_caller]
    pub fn buys(&self, order: &str, amount: &str) -> Answer {
        let body = format!(r#"{{"order_id":"{order}","amount":{amount}}}"#);
        self.seller().post(&self.path("/use"), body)
    }

    /// Buys an order in installments.
    #[track_caller]
    pub fn buys_in(&self, installments: u8, order: &str, amount: &str) -> Answer {
        let body = format!(r#"{{"order_id":"{order}","amount":{amount},"installments":{installments}}}"#);
        self.seller().post(&self.path("/use"), body)
    }

    /// Pays, to the oldest due first.
    #[track_caller]
    pub fn pays(&self, reference: &str, amount: &str) -> Answer {
        let body =
            format!(r#"{{"amount":{amount},"payment_reference":"{reference}","payment_date":"{TODAY}"}}"#);
        self.seller().post(&self.path("/payment"), body)
    }

    /// Pays these invoices: `(invoice, amount)`.
    #[track_caller]
    pub fn pays_for(&self, reference: &str, amount: &str, invoices: &[(&str, &str)]) -> Answer {
        let share =
            |(invoice, amount): &(&str, &str)| format!(r#"{{"invoice_id":"{invoice}","amount":{amount}}}"#);
        let shares = invoices.iter().map(share).collect::<Vec<String>>().join(",");
        let body = format!(
            r#"{{"amount":{amount},"payment_reference":"{reference}","payment_date":"{TODAY}","allocations":[{shares}]}}"#
        );
        self.seller().post(&self.path("/payment"), body)
    }

    /// A decision without a body: `suspend`, `reactivate`, `reject`, `cancel`.
    #[track_caller]
    pub fn is_decided(&self, decision: &str) -> Answer {
        self.manager().post(&self.path(&format!("/{decision}")), "{}")
    }

    /// Its limit becomes this.
    #[track_caller]
    pub fn limit_becomes(&self, limit: &str) -> Answer {
        self.manager().put(&self.path("/limit"), format!(r#"{{"credit_limit":{limit}}}"#))
    }

    /// Its tolerance becomes this.
    #[track_caller]
    pub fn tolerance_becomes(&self, tolerance: &str) -> Answer {
        self.manager().put(&self.path("/tolerance"), format!(r#"{{"tolerance":{tolerance}}}"#))
    }

    /// Reads something of its line.
    #[track_caller]
    pub fn reads(&self, what: &str) -> Answer {
        self.seller().get(&self.path(what))
    }

    /// A figure of its line, as it is written.
    #[track_caller]
    pub fn figure(&self, name: &str) -> String {
        self.reads("").must_be(200).at(name)
    }

    /// What is owed and what is left of the limit.
    #[track_caller]
    pub fn figures(&self) -> [String; 2] {
        let line = self.reads("").must_be(200);
        [line.at("credit_used"), line.at("credit_available")]
    }

    /// The version of its line; 0 where it has none.
    #[track_caller]
    pub fn version(&self) -> u64 {
        let line = self.reads("");
        match line.status {
            404 => 0,
            _ => line.must_be(200).at("version").parse().unwrap(),
        }
    }

    /// The ids of its open invoices, the first due first.
    #[track_caller]
    pub fn open_invoices(&self) -> Vec<String> {
        let page = self.reads("/invoices?status=open&limit=100").must_be(200).data();
        let id = |invoice: &serde_json::Value| invoice["invoice_id"].as_str().unwrap().to_owned();
        page.as_array().unwrap().iter().map(id).collect()
    }
}
