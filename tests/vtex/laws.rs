//! What schemas do not say and every answer keeps: sums are sums, an answer is about what was
//! asked for, nothing is null, instants are instants.

use crate::operations::Request;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeSet;

/// The operations whose answer is about something they have just made.
const MAKERS: [&str; 2] =
    ["POST /accounts/{creditAccountId}/holders", "POST /accounts/{creditAccountId}/transactions"];

/// The fields of an answer that contradict its request or each other.
pub(crate) fn contradictions(request: &Request, answer: &Value) -> BTreeSet<String> {
    let rows = answer["data"].as_array().into_iter().flatten();
    let lines = answer["statements"].as_array().into_iter().flatten();
    let mut wrong = BTreeSet::new();
    for object in std::iter::once(answer).chain(rows).chain(lines) {
        wrong.extend(wrong_values(request, object));
        wrong.extend(wrong_account(object));
        wrong.extend(wrong_invoice(request, object));
    }
    wrong.extend(wrong_payments(request, answer));
    wrong.extend(wrong_sums(answer));
    wrong.extend(wrong_balances(answer));
    wrong.extend(unlike_path(request, answer));
    wrong.extend(unlike_body(request, answer));
    wrong.into_iter().map(str::to_owned).collect()
}

/// The names of the rules that are broken: each is a field, and whether it is right.
fn broken<'a>(rules: impl IntoIterator<Item = (&'a str, bool)>) -> Vec<&'a str> {
    rules.into_iter().filter(|(_, right)| !right).map(|(name, _)| name).collect()
}

/// What is absent is left out, but by the gateway, which writes null; instants are in UTC.
fn wrong_values<'a>(request: &Request, object: &'a Value) -> Vec<&'a str> {
    const INSTANTS: [&str; 6] =
        ["createdAt", "updatedAt", "resolvedAt", "originalDueDate", "dueDate", "date"];
    let members = object.as_object().into_iter().flatten();
    broken(members.map(|(name, value)| {
        let is_instant = INSTANTS.contains(&name.as_str());
        let is_there = !value.is_null() || request.operation.is_of_gateway();
        (name.as_str(), is_there && (!is_instant || value.as_str().is_some_and(is_in_utc)))
    }))
}

/// `2023-11-09T18:26:43.2112234Z`: at most seven digits of a second's fraction, or none.
fn is_in_utc(instant: &str) -> bool {
    let Some(local) = instant.strip_suffix('Z') else { return false };
    let (seconds, fraction) = local.split_once('.').unwrap_or((local, "0"));
    let shape: String =
        seconds.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let is_fraction =
        (1..=7).contains(&fraction.len()) && fraction.chars().all(|digit| digit.is_ascii_digit());
    shape == "0000-00-00T00:00:00" && is_fraction
}

/// Neither tolerance nor balance enters what is available.
fn wrong_account(account: &Value) -> Vec<&'static str> {
    if account.get("availableCredit").is_none() {
        return Vec::new();
    }
    let figure = |name: &str| number(&account[name]).unwrap();
    let [available, limit, held] = ["availableCredit", "creditLimit", "preAuthorizedCredit"].map(figure);
    broken([
        ("availableBalance", figure("availableBalance") == available),
        ("availableCredit", available <= limit - held),
    ])
}

fn wrong_invoice(request: &Request, invoice: &Value) -> Vec<&'static str> {
    if invoice.get("friendlyId").is_none() {
        return Vec::new();
    }
    let text = |name: &str| invoice[name].as_str().unwrap_or_default();
    let moment = |name| text(name).trim_end_matches('Z');
    let installment = number(&invoice["installment"]).unwrap();
    let account = request.path.get("creditAccountId");
    broken([
        ("id", text("id") == format!("{}-{installment:0>2}", text("transactionId"))),
        ("friendlyId", text("friendlyId").ends_with(&format!("-{installment}"))),
        ("accountId", text("accountId") == text("creditAccountId")),
        ("creditAccountId", account.is_none_or(|account| account == text("creditAccountId"))),
        ("installment", installment <= number(&invoice["numberOfInstallments"]).unwrap()),
        ("resolvedAt", invoice.get("resolvedAt").is_some() == (text("status") != "Opened")),
        ("updatedAt", moment("updatedAt") >= moment("createdAt")),
        ("originalDueDate", moment("originalDueDate") > moment("createdAt")),
        ("dueDate", moment("dueDate") >= moment("originalDueDate")),
    ])
}

/// Installments are of the value and the payment that were asked for, each quantity but once, and what
/// has no interest is the value in equal parts, cut to cents.
fn wrong_payments(request: &Request, answer: &Value) -> Vec<&'static str> {
    let Some(payments) = answer["installments"].as_array() else { return Vec::new() };
    let is_asked = |parameter: &str, answered: &Value| {
        let asked = request.asked(parameter).map(|asked| Value::from(asked.to_owned()));
        asked.is_none_or(|asked| is_same(&asked, answered))
    };
    let mut wrong = broken([("value", is_asked("request.value", &answer["value"]))]);
    for offered in payments {
        let (payment, options) = (&offered["payment"], offered["options"].as_array().unwrap());
        let of_payment = |name: &str| is_asked(&format!("request.paymentDetails[0].{name}"), &payment[name]);
        let quantities: BTreeSet<String> = options.iter().map(key).collect();
        wrong.extend(broken([
            ("id", of_payment("id")),
            ("value", of_payment("value")),
            ("bin", of_payment("bin")),
            ("self", payment["self"]["href"] == format!("/api/pvt/payment-systems/{}", payment["id"])),
            ("quantity", quantities.len() == options.len()),
            ("options", options.iter().all(|option| is_share(option, &payment["value"]))),
        ]));
    }
    wrong
}

/// What tells an option apart: its quantity, and by terms of payment its days.
fn key(option: &Value) -> String {
    let terms = option["paymentOptions"].as_array().into_iter().flatten();
    let days: Vec<String> = terms.map(|term| term["days"].to_string()).collect();
    format!("{} {}", option["quantity"], days.join(" "))
}

/// Whether the parts of an option make up the value but for the cents that were cut, or more where
/// there is interest.
fn is_share(option: &Value, value: &Value) -> bool {
    let [quantity, part, rate] = [&option["quantity"], &option["value"], &option["interestRate"]]
        .map(|figure| number(figure).unwrap());
    let (sum, value) = (quantity * part, number(value).unwrap());
    let cut = quantity * Decimal::new(1, 2);
    if rate.is_zero() { sum > value - cut && sum < value + cut } else { sum > value - cut }
}

/// The totals of a list that shows all that matches.
fn wrong_sums(list: &Value) -> Vec<&'static str> {
    let Some(rows) = list["data"].as_array() else { return Vec::new() };
    let summary = &list["summary"];
    let is_sum = |name: &str, status: &str| {
        let of_status = rows.iter().filter(|row| row["status"] == status);
        summary.get(name).is_none_or(|total| number(total) == Some(sum(of_status)))
    };
    broken([
        ("count", summary["count"] == rows.len()),
        ("total", is_sum("total", "Opened")),
        ("totalPaid", is_sum("totalPaid", "Paid")),
        ("totalCancelled", is_sum("totalCancelled", "Cancelled")),
    ])
}

/// The sums of a statement; only lines by hand move the balance.
fn wrong_balances(statement: &Value) -> Vec<&'static str> {
    let Some(lines) = statement["statements"].as_array() else { return Vec::new() };
    let by_hand = lines.iter().filter(|line| line["origin"] == "Statement");
    let figure = |name: &str| number(&statement[name]).unwrap();
    broken([
        ("intervalBalance", figure("intervalBalance") == sum(lines)),
        ("currentBalance", figure("currentBalance") == figure("previousBalance") + sum(by_hand)),
    ])
}

/// The last id in the path is the id of what is answered, unless that was just made.
fn unlike_path(request: &Request, answer: &Value) -> Vec<&'static str> {
    let path = &request.operation.path;
    let Some((_, last)) =
        path.rsplit_once('{').filter(|_| !MAKERS.contains(&request.operation.name().as_str()))
    else {
        return Vec::new();
    };
    let asked = &request.path[last.split_once('}').unwrap().0];
    broken([("id", answer.get("id").is_none_or(|id| id == asked))])
}

/// What was sent is what is answered, wherever both have it; a body of a DELETE changes nothing, and
/// the id of a rule is the path's.
fn unlike_body<'a>(request: &'a Request, answer: &Value) -> Vec<&'a str> {
    let sent = request.body.as_ref().filter(|_| request.operation.method != "DELETE");
    let fields = sent.and_then(Value::as_object).into_iter().flatten();
    let fields = fields.filter(|(name, _)| !request.operation.is_of_gateway() || *name != "id");
    let answered = fields.map(|(name, sent)| (answered_as(request, name), sent));
    broken(
        answered.map(|(name, sent)| (name, answer.get(name).is_none_or(|answered| is_same(sent, answered)))),
    )
}

/// What the answer calls a field of the request.
fn answered_as<'a>(request: &Request, field: &'a str) -> &'a str {
    match (request.operation.path.rsplit('/').next(), field) {
        (Some("creditlimit"), "value") => "creditLimit",
        (Some("tolerance"), "value") => "tolerance",
        _ => field,
    }
}

/// Whether both say the same: a number may be sent as text, a day is answered as its first instant.
fn is_same(sent: &Value, answered: &Value) -> bool {
    let same_number = number(sent).is_some() && number(sent) == number(answered);
    let same_day = sent.as_str().is_some_and(|day| answered == &format!("{day}T00:00:00"));
    sent == answered || same_number || same_day
}

fn sum<'a>(rows: impl IntoIterator<Item = &'a Value>) -> Decimal {
    rows.into_iter().map(|row| number(&row["value"]).unwrap()).sum()
}

/// A number, or a text that is one.
fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
