//! The published examples against the published schemas. That they fit proves that the schemas are
//! read as they are meant; that damaged ones do not fit proves that the schemas refuse anything.

use crate::laws::contradictions;
use crate::operations::{self, Operation};
use crate::schemas::{differences, json_schema};
use crate::slips::{self, SLIPS, What};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn there_are_thirty_one_operations_and_each_is_there_once() {
    let names: BTreeSet<String> = operations::all().iter().map(Operation::name).collect();
    assert_eq!((operations::all().len(), names.len()), (31, 31));
}

#[test]
fn every_published_request_has_the_published_shape() {
    for operation in operations::all() {
        let Some(schema) = slips::request_schema(operation, None) else { continue };
        let request = operation.request().body.unwrap();
        assert_eq!(differences(&schema, &request), [""; 0], "{}", operation.name());
    }
}

#[test]
fn every_published_parameter_has_the_published_shape() {
    for operation in operations::all() {
        for parameter in &operation.parameters {
            let wrong = differences(&json_schema(&parameter.schema), &parameter.example);
            assert_eq!(wrong, [""; 0], "{} {}", operation.name(), parameter.name);
        }
    }
}

#[test]
fn every_published_answer_has_the_published_shape() {
    for (operation, schema, answer) in answers() {
        assert_eq!(differences(&schema, answer), [""; 0], "{}", operation.name());
    }
}

#[test]
fn a_published_answer_without_a_field_it_must_have_does_not_fit() {
    for (operation, schema, answer) in answers().filter(|(.., answer)| answer.is_object()) {
        for field in schema["required"].as_array().unwrap() {
            let mut damaged = answer.clone();
            damaged.as_object_mut().unwrap().remove(field.as_str().unwrap()).unwrap();
            assert_eq!(differences(&schema, &damaged).len(), 1, "{} {field}", operation.name());
        }
    }
}

#[test]
fn a_published_answer_with_a_field_too_many_does_not_fit_at_any_depth() {
    for (operation, schema, answer) in answers() {
        let mut damaged = answer.clone();
        let objects = with_each_object(&mut damaged, &mut |object| {
            object.insert("unpublished".to_owned(), json!(1));
        });
        assert_eq!(differences(&schema, &damaged).len(), objects, "{}", operation.name());
    }
}

#[test]
fn a_published_answer_with_nothing_in_a_field_fits_where_it_is_published_so_and_nowhere_else() {
    for (operation, schema, answer) in answers().filter(|(.., answer)| answer.is_object()) {
        for field in answer.as_object().unwrap().keys() {
            let mut damaged = answer.clone();
            damaged[field] = Value::Null;
            let may_be_null = schema["properties"][field]["type"].is_array();
            let fits = differences(&schema, &damaged).is_empty();
            assert_eq!(fits, may_be_null && operation.is_of_gateway(), "{} {field}", operation.name());
        }
    }
}

#[test]
fn null_fits_where_it_is_published_and_nowhere_else() {
    let schema = json_schema(&json!({ "properties": {
        "resolvedAt": { "type": "string", "nullable": true },
        "createdAt": { "type": "string", "nullable": false },
    } }));
    assert_eq!(differences(&schema, &json!({ "resolvedAt": null })), [""; 0]);
    assert_eq!(differences(&schema, &json!({ "createdAt": null })).len(), 1);
    assert_eq!(differences(&schema, &json!({ "resolvedAt": 1 })).len(), 1);
}

#[test]
fn published_answers_contradict_themselves_where_a_slip_says_so_and_nowhere_else() {
    let mut values: BTreeMap<&str, &Value> = BTreeMap::new();
    for (operation, _, answer) in answers() {
        let mut wrong = contradictions(&operation.request(), answer);
        // One invoice has one value: the list of all invoices comes first.
        for invoice in answer["data"].as_array().into_iter().flatten().chain([answer]) {
            if let Some(id) = invoice["id"].as_str().filter(|_| invoice.get("friendlyId").is_some()) {
                let first = *values.entry(id).or_insert(&invoice["value"]);
                wrong.extend((first != &invoice["value"]).then(|| "value".to_owned()));
            }
        }
        let name = operation.name();
        let slips =
            slips::names(&name, |what| if let What::Example(field) = what { Some(field) } else { None });
        assert_eq!(wrong, slips, "{name}");
    }
}

#[test]
fn published_filters_name_what_rows_have_but_where_a_slip_says_so() {
    for (operation, schema, _) in answers() {
        let row = &schema["properties"]["data"]["items"]["properties"];
        let is_foreign = |name: &str, words: &Value| {
            let known = row[name]["enum"].as_array();
            known.is_some_and(|known| words.as_array().unwrap().iter().any(|word| !known.contains(word)))
        };
        let filters = operation.parameters.iter().filter_map(|parameter| {
            let words = parameter.schema.get("enum")?;
            is_foreign(&parameter.name, words).then(|| parameter.name.clone())
        });
        let name = operation.name();
        let slips = slips::names(&name, |what| if let What::Filter(name) = what { Some(name) } else { None });
        assert_eq!(filters.collect::<BTreeSet<String>>(), slips, "{name}");
    }
}

#[test]
fn every_slip_of_a_request_is_needed() {
    for slip in SLIPS.iter().filter(|slip| matches!(slip.what, What::Request(..))) {
        for name in slip.operations {
            let operation = operations::named(name);
            let schema = slips::request_schema(operation, Some(slip)).unwrap();
            let request = operation.request().body.unwrap();
            assert!(!differences(&schema, &request).is_empty(), "{name}: {} is needless", slip.reason);
        }
    }
}

#[test]
fn every_slip_is_of_operations_that_are_published() {
    for slip in SLIPS {
        assert!(!slip.operations.is_empty() && !slip.reason.is_empty());
        for name in slip.operations {
            operations::named(name);
        }
    }
}

/// The examples of answers, each with its schema after the slips.
fn answers() -> impl Iterator<Item = (&'static Operation, Value, &'static Value)> {
    operations::all().iter().filter_map(|operation| {
        let schema = slips::answer_schema(operation, None)?;
        Some((operation, schema, &operation.response.as_ref()?.example))
    })
}

/// Changes every object in a value; how many there are.
fn with_each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) -> usize {
    match value {
        Value::Object(members) => {
            let within: usize = members.values_mut().map(|member| with_each_object(member, change)).sum();
            change(members);
            within + 1
        }
        Value::Array(items) => items.iter_mut().map(|item| with_each_object(item, change)).sum(),
        _ => 0,
    }
}
