use super::published;
use fiado_contract::catalogue::{Language, Problem};
use fiado_contract::gateway::{GatewayError, InstallmentsAnswer, RuleDocument, RuleView};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(components(schemas(RuleView, InstallmentsAnswer, GatewayError)))]
struct Documented;

/// What of a sample is not as the documentation says.
fn differences(name: &str, sample: &impl Serialize) -> Vec<String> {
    let schemas = serde_json::to_value(Documented::openapi()).unwrap()["components"]["schemas"].clone();
    let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": {"schemas": schemas}});
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sample = serde_json::to_value(sample).unwrap();
    validator.iter_errors(&sample).map(|error| format!("{name}{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_sample_of_the_gateway_is_as_the_documentation_says() {
    let mut all = vec![
        differences("PaymentRule", &RuleDocument::sample()),
        differences("Installments", &InstallmentsAnswer::sample()),
        differences("GatewayError", &GatewayError::new(&Problem::Internal, Language::English)),
        differences(
            "GatewayError",
            &GatewayError::new(&Problem::TooManyRules { most: 7 }, Language::Spanish),
        ),
    ];
    all.extend(
        published().into_iter().map(|rule| differences("PaymentRule", &RuleDocument::parse(rule).unwrap())),
    );
    assert_eq!(all.concat(), [""; 0]);
    let wrong: Value = serde_json::from_str(r#"{"name":"x","salesChannels":[],"enabled":7}"#).unwrap();
    assert_eq!(differences("PaymentRule", &wrong).len(), 3, "a schema that takes everything says nothing");
}
