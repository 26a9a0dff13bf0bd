use super::open_existing_store;
use crate::auth::{TokenRequest, sign};
use crate::config::Configuration;
use clap::Args;
use fiado_core::identity::{ActorId, OrganizationId};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::Duration;

/// The company that is made.
const CUSTOMER: &str = "cust_demo";
/// Where payment rules are.
const RULES: &str = "/api/pvt/rules";

#[derive(Args)]
pub(super) struct Demo {
    /// The running server
    #[arg(long, env = "FIADO_SERVER", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    server: String,
}

/// Someone who works with the server.
struct Person<'a> {
    server: &'a str,
    token: String,
}

/// Makes a company with an approved line, purchases, invoices and a payment, and another that
/// waits for approval; and payment rules for what is bought on account. Doing it again changes nothing.
pub(super) fn run(demo: &Demo, configuration: &Configuration) -> Result<ExitCode, String> {
    let store = open_existing_store(configuration)?;
    let signing_key = store.signing_key().map_err(|error| error.to_string())?;
    let person = |name: &str, permissions: &[&str]| {
        let words = permissions.iter().map(|word| (*word).to_owned()).collect();
        token_for(name, words, &signing_key).map(|token| Person { server: &demo.server, token })
    };
    let seller = person("user_sales", &["credit:request", "credit:use", "credit:read"])?;
    let manager = person("user_manager", &["credit:approve", "credit:read"])?;
    let treasurer = person("user_treasury", &["credit:payment", "credit:read"])?;
    let merchant = person("user_merchant", &["rules:read", "rules:manage"])?;

    seller.post(CUSTOMER, "request", &request("Constructora ABC", "RUC-123-456", "10000.00"))?;
    manager.post(
        CUSTOMER,
        "approve",
        &json!({ "credit_limit": "10000.00", "approval_notes": "Cliente con buen historial" }),
    )?;
    seller.post(CUSTOMER, "use", &json!({ "order_id": "order_demo_1", "amount": "3200.00" }))?;
    seller.post(
        CUSTOMER,
        "use",
        &json!({ "order_id": "order_demo_2", "amount": "1150.75", "installments": 3 }),
    )?;
    treasurer.pay(CUSTOMER, "1500.00", "PAY-DEMO-1")?;
    seller.post(
        "cust_demo_pending",
        "request",
        &request("Ferretería El Istmo", "RUC-789-012", "25000.00"),
    )?;
    for rule in rules() {
        merchant.add_rule(&rule)?;
    }

    let account = treasurer.get(CUSTOMER)?;
    println!("{CUSTOMER}: {}", figures(&account));
    println!("cust_demo_pending: waits for approval");
    println!("on account: in 1, 2, 3, 6 or 12 parts, or after 15, 30, or 30 and 60 days");
    Ok(ExitCode::SUCCESS)
}

fn token_for(name: &str, permissions: Vec<String>, signing_key: &[u8; 32]) -> Result<String, String> {
    let wrong = |_| "not a name".to_owned();
    let request = TokenRequest {
        subject: ActorId::new(name).map_err(wrong)?,
        permissions,
        organization: OrganizationId::new("org_default").map_err(wrong)?,
        customer: None,
        lifetime: Duration::from_secs(300),
    };
    sign(request, signing_key)
}

fn request(name: &str, tax_id: &str, limit: &str) -> Value {
    json!({
        "requested_limit": limit,
        "payment_term_days": 30,
        "business_info": { "business_name": name, "tax_id": tax_id, "years_in_business": 5 },
    })
}

/// What is offered on account: in parts, the many ones at 1 % a month, and by terms of payment.
fn rules() -> [Value; 2] {
    let part = |(quantity, rate): (u8, u8)| json!({ "quantity": quantity, "interestRate": rate });
    let parts = [(1, 0), (2, 0), (3, 1), (6, 1), (12, 1)].map(part);
    let simple = json!({ "interestRateMethod": 2, "minimumInstallmentValue": 0, "installments": parts });
    let term = |days: &u16| json!({ "days": days, "interestRate": 0 });
    let terms = |days: &[u16]| json!({ "paymentOptions": days.iter().map(term).collect::<Vec<Value>>() });
    let deadlines = json!([terms(&[15]), terms(&[30]), terms(&[30, 60])]);
    [rule("Crédito en cuotas", &simple, &json!([])), rule("Crédito a plazo", &Value::Null, &deadlines)]
}

fn rule(name: &str, installment_options: &Value, deadlines: &Value) -> Value {
    json!({
        "name": name,
        "salesChannels": [{ "id": ":ALL:" }],
        "paymentSystem": { "id": 64, "name": "Customer Credit", "implementation": null },
        "enabled": true,
        "installmentOptions": installment_options,
        "deadlines": deadlines,
    })
}

fn figures(account: &Value) -> String {
    let figure = |name: &str| {
        account.get("data").and_then(|data| data.get(name)).map(Value::to_string).unwrap_or_default()
    };
    format!(
        "limit {}, used {}, available {}",
        figure("credit_limit"),
        figure("credit_used"),
        figure("credit_available")
    )
}

impl Person<'_> {
    /// Sends a command under a key of its own, so that a second demo repeats and changes nothing.
    fn post(&self, customer: &str, operation: &str, body: &Value) -> Result<Value, String> {
        let order = body
            .get("order_id")
            .or(body.get("payment_reference"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let key = format!("demo-{customer}-{operation}-{order}");
        let address = format!("{}/api/v1/customers/{customer}/credit/{operation}", self.server);
        let answer = agent()
            .post(&address)
            .header("Authorization", &format!("Bearer {}", self.token))
            .header("Idempotency-Key", &key)
            .header("Accept-Language", "en")
            .content_type("application/json")
            .send(body.to_string());
        match read(answer, &address)? {
            (status, body) if status < 300 || is_done(&body) => Ok(body),
            (status, body) => Err(format!("{operation} of {customer} was answered with {status}: {body}")),
        }
    }

    /// Registers a payment of the server's own today.
    fn pay(&self, customer: &str, amount: &str, reference: &str) -> Result<Value, String> {
        let snapshot = self.fetch(&format!("/api/v1/customers/{customer}/credit/snapshot"))?;
        let today = snapshot.get("data").and_then(|data| data.get("today")).cloned().unwrap_or_default();
        let body = json!({ "amount": amount, "payment_reference": reference, "payment_date": today });
        self.post(customer, "payment", &body)
    }

    /// Adds a payment rule, unless there is one with its name.
    fn add_rule(&self, rule: &Value) -> Result<(), String> {
        let rules = self.fetch(RULES)?;
        let is_same = |known: &Value| known.get("name") == rule.get("name");
        if rules.as_array().is_some_and(|rules| rules.iter().any(is_same)) {
            return Ok(());
        }
        let address = format!("{}{RULES}", self.server);
        let bearer = format!("Bearer {}", self.token);
        let request =
            agent().post(&address).header("Authorization", &bearer).content_type("application/json");
        match read(request.send(rule.to_string()), &address)? {
            (status, _) if status < 300 => Ok(()),
            (status, body) => Err(format!("a payment rule was answered with {status}: {body}")),
        }
    }

    fn get(&self, customer: &str) -> Result<Value, String> {
        self.fetch(&format!("/api/v1/customers/{customer}/credit"))
    }

    fn fetch(&self, path: &str) -> Result<Value, String> {
        let address = format!("{}{path}", self.server);
        let bearer = format!("Bearer {}", self.token);
        let (status, body) = read(agent().get(&address).header("Authorization", &bearer).call(), &address)?;
        if status < 300 { Ok(body) } else { Err(format!("{path} was answered with {status}: {body}")) }
    }
}

/// What an earlier demo has already done, after its keys were forgotten.
fn is_done(body: &Value) -> bool {
    let kind = body.get("error").and_then(|error| error.get("type")).and_then(Value::as_str);
    matches!(kind, Some("INVALID_STATE_TRANSITION" | "IDEMPOTENCY_KEY_REUSED"))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .http_status_as_error(false)
        .build()
        .new_agent()
}

fn read(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    address: &str,
) -> Result<(u16, Value), String> {
    let mut answer =
        answer.map_err(|error| format!("{address} does not answer: {error}; is `fiado serve` running?"))?;
    let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
    let body = serde_json::from_str(&text).map_err(|_| format!("{address} did not answer with JSON"))?;
    Ok((answer.status().as_u16(), body))
}
