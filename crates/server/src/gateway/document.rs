//! What the gateway's operations have in common in the document of VTEX's API: parameters, and refusals
//! that have both of VTEX's shapes.

use crate::vtex::document::{
    OF_ANY, organization, parameter, parameters, query, refusal, refusals, responses, text,
};
use fiado_contract::catalogue::{Language, samples};
use fiado_contract::gateway::GatewayError;
use fiado_contract::vtex::as_seen;
use std::collections::BTreeMap;
use utoipa::Modify;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required, Response};

/// How the names of this face's examples begin: a refusal of another face has the same code.
const PREFIX: &str = "gateway-";

/// What operations refer to: an example of each refusal, made as the server makes the refusal.
pub(crate) struct Refusals;

impl Modify for Refusals {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let examples = samples().into_iter().map(|problem| {
            let message = as_seen(&problem).message();
            let value = serde_json::to_value(GatewayError::new(&problem, Language::English)).ok();
            let example = ExampleBuilder::new().summary(message.kind).value(value).build();
            (format!("{PREFIX}{}", message.number), example.into())
        });
        document.components.get_or_insert_default().examples.extend(examples);
    }
}

/// Says of every object of a rule that it may have more fields than are named: a rule is given back as
/// it was sent.
pub(crate) fn open_rules(document: &mut utoipa::openapi::OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
    for (_, schema) in schemas.filter(|(name, _)| name.starts_with("PaymentRule")) {
        if let RefOr::T(Schema::Object(object)) = schema {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(true)));
        }
    }
}

parameters! {
    /// Of an operation on all rules.
    ShopParameters = [organization()];
    /// Of an operation on one rule.
    RuleParameters = [rule(), organization()];
    /// Of the installments.
    InstallmentsParameters = [
        value(),
        query("request.salesChannel", "The sales channel; without it, only rules of all channels count."),
        payment("id", "Only this payment system, and those of `[1]`, `[2]` …; without any, all of them."),
        payment("value", "How much is paid by it; without it, all."),
        query("request.paymentDetails[0].bin", "The first digits of the card: answered as they are sent."),
        organization()
    ];
}

fn rule() -> Parameter {
    parameter("ruleId", ParameterIn::Path, "The rule.", text(64))
        .example(Some("fe6c470b-f80b-4bb1-a75c-378617f8767a".into()))
        .build()
}

fn value() -> Parameter {
    let description = "What the purchase comes to, more than nothing.";
    parameter("request.value", ParameterIn::Query, description, number()).required(Required::True).build()
}

fn payment(field: &str, description: &str) -> Parameter {
    let name = format!("request.paymentDetails[0].{field}");
    parameter(&name, ParameterIn::Query, description, number()).build()
}

fn number() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number)
}

/// What a call about one rule may be answered with instead.
const OF_RULE: &[u16] = &[2016, 2137];
/// What a call with a rule may be answered with instead.
const OF_BODY: &[u16] = &[2002, 2004, 2015];

refusals! {
    /// Of a reader of all rules.
    ListErrors = [OF_ANY], [];
    /// Of a new rule.
    AddRuleErrors = [OF_ANY, OF_BODY], [2138];
    /// Of a reader of a rule, and of its end.
    RuleErrors = [OF_ANY, OF_RULE], [];
    /// Of a change of a rule.
    ReplaceRuleErrors = [OF_ANY, OF_BODY, OF_RULE], [];
    /// Of the installments.
    InstallmentsErrors = [OF_ANY], [];
}

fn documented(kinds: &[u16], own: &[u16]) -> BTreeMap<String, RefOr<Response>> {
    responses(&[kinds, own].concat(), |messages| refusal("GatewayError", PREFIX, messages))
}
