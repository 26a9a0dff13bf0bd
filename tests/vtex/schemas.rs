//! Published schemas as JSON Schema: what a body must be, and that it is nothing else.

use serde_json::{Value, json};

/// Reads OpenAPI 3.0's form of a schema; an object with a list of fields has no others.
pub(crate) fn json_schema(published: &Value) -> Value {
    match published {
        Value::Object(members) => {
            let mut schema: serde_json::Map<String, Value> =
                members.iter().map(|(name, member)| (name.clone(), json_schema(member))).collect();
            // JSON Schema has a type for null instead of a mark beside the type.
            if schema.remove("nullable") == Some(Value::Bool(true)) {
                let kind = &schema["type"];
                schema["type"] = json!([kind, "null"]);
            }
            if schema.get("properties").is_some_and(Value::is_object) {
                schema.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            Value::Object(schema)
        }
        Value::Array(items) => items.iter().map(json_schema).collect(),
        other => other.clone(),
    }
}

/// What of a body is not as the schema says.
pub(crate) fn differences(schema: &Value, body: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect()
}
