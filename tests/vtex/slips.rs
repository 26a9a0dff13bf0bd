//! Where the published words contradict themselves, each with the reason why we do otherwise.
//!
//! This is the only list of exceptions. Each is used where it is needed, and a test fails where it
//! is not needed any more.

use crate::operations::Operation;
use crate::schemas::json_schema;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A slip in what is published of some operations.
pub(crate) struct Slip {
    pub(crate) operations: &'static [&'static str],
    pub(crate) what: What,
    pub(crate) reason: &'static str,
}

/// Where it is.
#[derive(Clone, Copy)]
pub(crate) enum What {
    /// In the schema of the request, at this object.
    Request(&'static str, Remedy),
    /// In the schema of the answer, at this object.
    Answer(&'static str, Remedy),
    /// The answer of the example contradicts its request or itself in this field.
    Example(&'static str),
    /// This parameter is published as required, and is not.
    Optional(&'static str),
    /// The published value of this parameter cannot be sent to a server that makes it itself.
    Unsendable(&'static str),
    /// The published words of this filter are in no row.
    Filter(&'static str),
    /// Nothing can match the filters of the example.
    MatchesNothing,
}

/// What has to be different in the schema of an object.
#[derive(Clone, Copy)]
pub(crate) enum Remedy {
    /// This field may be left out.
    MayLack(&'static str),
    /// This field may have more values than are listed.
    AnyText(&'static str),
    /// This field is a number with decimals.
    AnyNumber(&'static str),
    /// This field is there too, with this type.
    Has(&'static str, &'static str),
}

/// The places of the objects in the schemas.
const WHOLE: &str = "";
const ROW: &str = "/properties/data/items";
const SUMMARY: &str = "/properties/summary";
const LINE: &str = "/properties/statements/items";
const METADATA: &str = "/properties/statements/items/properties/metadata";
const OPTION: &str = "/properties/installments/items/properties/options/items";

const INVOICE: &[&str] = &[
    "GET /accounts/{creditAccountId}/invoices/{invoiceId}",
    "POST /accounts/{creditAccountId}/invoices/{invoiceId}/payments",
];
const INVOICES: &[&str] = &["GET /accounts/{creditAccountId}/invoices"];
const ACCOUNTS: &[&str] = &["GET /accounts"];
const ACCOUNT: &[&str] = &["GET /accounts/{creditAccountId}", "DELETE /accounts/{creditAccountId}"];
const CHANGED: &[&str] = &["DELETE /accounts/{creditAccountId}", "PUT /accounts/{creditAccountId}"];
const STATEMENT: &[&str] = &["GET /accounts/{creditAccountId}/statements"];
const TERMS: &[&str] =
    &["PUT /accounts/{creditAccountId}/creditlimit", "PUT /accounts/{creditAccountId}/tolerance"];
const STORE: &[&str] = &["PUT /storeconfig"];
const INSTALLMENTS: &[&str] = &["GET /api/pvt/installments"];
const RULE: &[&str] =
    &["GET /api/pvt/rules/{ruleId}", "PUT /api/pvt/rules/{ruleId}", "DELETE /api/pvt/rules/{ruleId}"];

const ONE_INVOICE: &str = "every invoice has it where it applies: GET /invoices publishes it";
const NO_DOCUMENT: &str =
    "an account changed without it has none: PUT /accounts publishes it as not required";
const ANY_COUNTRY: &str = "clients in production use the words of their countries, such as RUC";
const FULL_ACCOUNT: &str = "it is the same account as elsewhere, and GET /accounts publishes it";
const CENTS: &str = "a sum of money has cents: GET /invoices publishes it as a number";
const OF_ANOTHER: &str = "the published answer was taken from another object than its request names";
const NOT_STORED: &str = "the published answer was taken from a store where the request had no effect";

/// All of them.
pub(crate) static SLIPS: &[Slip] = &[
    // What schemas leave out or demand.
    slip(INVOICE, What::Answer(WHOLE, Remedy::Has("resolvedAt", "string")), ONE_INVOICE),
    slip(INVOICE, What::Answer(WHOLE, Remedy::Has("observation", "string")), ONE_INVOICE),
    slip(INVOICE, What::Answer(WHOLE, Remedy::Has("paymentLink", "string")), ONE_INVOICE),
    slip(INVOICES, What::Answer(ROW, Remedy::Has("resolvedAt", "string")), ONE_INVOICE),
    slip(INVOICES, What::Answer(ROW, Remedy::Has("observation", "string")), ONE_INVOICE),
    slip(INVOICES, What::Answer(ROW, Remedy::Has("paymentLink", "string")), ONE_INVOICE),
    slip(INVOICES, What::Answer(SUMMARY, Remedy::AnyNumber("totalPaid")), CENTS),
    slip(INVOICES, What::Answer(SUMMARY, Remedy::AnyNumber("totalCancelled")), CENTS),
    slip(ACCOUNTS, What::Answer(ROW, Remedy::MayLack("document")), NO_DOCUMENT),
    slip(ACCOUNTS, What::Answer(ROW, Remedy::MayLack("documentType")), NO_DOCUMENT),
    slip(ACCOUNTS, What::Answer(ROW, Remedy::AnyText("documentType")), ANY_COUNTRY),
    slip(ACCOUNT, What::Answer(WHOLE, Remedy::MayLack("document")), NO_DOCUMENT),
    slip(ACCOUNT, What::Answer(WHOLE, Remedy::MayLack("documentType")), NO_DOCUMENT),
    slip(CHANGED, What::Answer(WHOLE, Remedy::AnyText("documentType")), ANY_COUNTRY),
    slip(TERMS, What::Answer(WHOLE, Remedy::Has("document", "string")), FULL_ACCOUNT),
    slip(TERMS, What::Answer(WHOLE, Remedy::Has("documentType", "string")), FULL_ACCOUNT),
    slip(
        STATEMENT,
        What::Answer(LINE, Remedy::Has("doneBy", "string")),
        "the schema spells it doneby, the example and the guides doneBy",
    ),
    slip(
        STATEMENT,
        What::Answer(METADATA, Remedy::Has("installment", "number")),
        "the published example has it in a line of a payment",
    ),
    slip(
        STATEMENT,
        What::Answer(METADATA, Remedy::Has("orderId", "string")),
        "the guides show it in a line of an invoice",
    ),
    slip(
        &["POST /accounts"],
        What::Request(WHOLE, Remedy::MayLack("description")),
        "the published example does not send it",
    ),
    slip(
        INSTALLMENTS,
        What::Answer(OPTION, Remedy::Has("paymentOptions", "array")),
        "terms of payment with as many parts and other days are other options",
    ),
    // What is asked for.
    slip(
        &["GET /invoices"],
        What::Optional("creditAccountId"),
        "it is a filter of a list of all accounts' invoices",
    ),
    slip(
        ACCOUNTS,
        What::Filter("status"),
        "its words are those of invoices; Opened is read as Open, Paid and Cancelled as Closed",
    ),
    slip(
        &["DELETE /accounts/{creditAccountId}/holders/{holderId}"],
        What::Unsendable("holderId"),
        "the server makes the ids of holders",
    ),
    slip(RULE, What::Unsendable("ruleId"), "the server makes the ids of rules"),
    slip(
        &["GET /invoices"],
        What::MatchesNothing,
        "what is issued in a week does not fall due in the same week, and the server makes the friendly ids",
    ),
    // What examples answer.
    slip(
        &[
            "GET /accounts/{creditAccountId}/invoices/{invoiceId}",
            "GET /accounts/{creditAccountId}/invoices",
            "POST /accounts/{creditAccountId}/invoices/{invoiceId}/payments",
        ],
        What::Example("creditAccountId"),
        OF_ANOTHER,
    ),
    slip(
        &[
            "GET /accounts/{creditAccountId}",
            "DELETE /accounts/{creditAccountId}",
            "PUT /accounts/{creditAccountId}",
            "PUT /accounts/{creditAccountId}/creditlimit",
            "PUT /accounts/{creditAccountId}/tolerance",
            "PUT /accounts/{creditAccountId}/transactions/{transactionId}",
            "DELETE /accounts/{creditAccountId}/holders/{holderId}",
        ],
        What::Example("id"),
        OF_ANOTHER,
    ),
    slip(&["POST /accounts"], What::Example("email"), OF_ANOTHER),
    slip(&["POST /accounts/{creditAccountId}/holders"], What::Example("claims"), OF_ANOTHER),
    slip(
        &["GET /accounts/{creditAccountId}/invoices/{invoiceId}"],
        What::Example("value"),
        "50.01 is the same invoice's 5.01 everywhere else",
    ),
    slip(
        &["POST /accounts/{creditAccountId}/invoices/{invoiceId}/payments"],
        What::Example("resolvedAt"),
        "a paid invoice was resolved: GET /invoices shows when",
    ),
    slip(STATEMENT, What::Example("intervalBalance"), "-1110.9 is not the sum of the lines, -515.00"),
    slip(
        &["PUT /accounts/{creditAccountId}/tolerance"],
        What::Example("availableCredit"),
        "12444.99 is more than 12500.00 less the 55.92 that are held",
    ),
    slip(STORE, What::Example("postponementEnabled"), NOT_STORED),
    slip(STORE, What::Example("automaticCheckingAccountCreationEnabled"), NOT_STORED),
    slip(STORE, What::Example("toleranceEnabled"), NOT_STORED),
    slip(STORE, What::Example("myCreditsEnabled"), NOT_STORED),
    slip(STORE, What::Example("notificationsSettings"), NOT_STORED),
    slip(INSTALLMENTS, What::Example("value"), OF_ANOTHER),
    slip(INSTALLMENTS, What::Example("id"), OF_ANOTHER),
    slip(INSTALLMENTS, What::Example("bin"), OF_ANOTHER),
    slip(INSTALLMENTS, What::Example("self"), "it points from the payment system 5 to the payment system 2"),
    slip(INSTALLMENTS, What::Example("options"), "a payment of 10 is no payment of 250 in one part"),
    slip(&["GET /api/pvt/rules/{ruleId}", "PUT /api/pvt/rules/{ruleId}"], What::Example("id"), OF_ANOTHER),
    slip(
        &["POST /api/pvt/rules"],
        What::Example("antifraud"),
        "what was sent is given back: GET /api/pvt/rules publishes one with nothing in it as well",
    ),
];

const fn slip(operations: &'static [&'static str], what: What, reason: &'static str) -> Slip {
    Slip { operations, what, reason }
}

/// The slips of an operation.
pub(crate) fn of(operation: &str) -> impl Iterator<Item = &'static Slip> {
    SLIPS.iter().filter(move |slip| slip.operations.contains(&operation))
}

/// What the slips of an operation name, of those that are picked.
pub(crate) fn names(operation: &str, pick: fn(What) -> Option<&'static str>) -> BTreeSet<String> {
    of(operation).filter_map(|slip| pick(slip.what)).map(str::to_owned).collect()
}

/// What an operation answers, by its schema and its slips, but for one that is left out.
pub(crate) fn answer_schema(operation: &Operation, but: Option<&Slip>) -> Option<Value> {
    let remedy = |what| if let What::Answer(place, remedy) = what { Some((place, remedy)) } else { None };
    operation.response.as_ref().map(|body| remedied(operation, &body.schema, remedy, but))
}

/// What an operation takes, by its schema and its slips, but for one that is left out.
pub(crate) fn request_schema(operation: &Operation, but: Option<&Slip>) -> Option<Value> {
    let remedy = |what| if let What::Request(place, remedy) = what { Some((place, remedy)) } else { None };
    operation.request.as_ref().map(|body| remedied(operation, &body.schema, remedy, but))
}

fn remedied(
    operation: &Operation,
    published: &Value,
    remedy: fn(What) -> Option<(&'static str, Remedy)>,
    but: Option<&Slip>,
) -> Value {
    let mut schema = json_schema(published);
    let name = operation.name();
    let slips = of(&name).filter(|slip| !but.is_some_and(|but| std::ptr::eq(*slip, but)));
    for (place, remedy) in slips.filter_map(|slip| remedy(slip.what)) {
        remedy.apply(schema.pointer_mut(place).unwrap());
    }
    schema
}

impl Remedy {
    /// Changes the schema of an object, which must be as the slip says.
    fn apply(self, object: &mut Value) {
        match self {
            Remedy::MayLack(field) => {
                let required = object["required"].as_array_mut().unwrap();
                let place = required.iter().position(|name| name == field).unwrap();
                required.remove(place);
            }
            Remedy::AnyText(field) => {
                object["properties"][field].as_object_mut().unwrap().remove("enum").unwrap();
            }
            Remedy::AnyNumber(field) => {
                assert_eq!(object["properties"][field]["type"], "integer");
                object["properties"][field]["type"] = json!("number");
            }
            Remedy::Has(field, kind) => {
                let fields = object["properties"].as_object_mut().unwrap();
                assert_eq!(fields.insert(field.to_owned(), json!({ "type": kind })), None);
            }
        }
    }
}
