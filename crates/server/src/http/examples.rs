//! An example of each refusal for the OpenAPI document, made as the server makes the refusal.

use fiado_contract::catalogue::{Language, Problem, samples};
use fiado_contract::facade::{ErrorBody, ErrorEnvelope};
use std::collections::BTreeSet;
use utoipa::openapi::example::{Example, ExampleBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, PathItem, Ref, RefOr};

/// An example of each refusal, by its code.
pub(crate) fn examples() -> impl Iterator<Item = (String, RefOr<Example>)> {
    samples().into_iter().map(|problem| {
        let message = problem.message();
        let value = serde_json::to_value(envelope(&problem)).ok();
        let example = ExampleBuilder::new().summary(message.kind).value(value).build();
        (message.code.to_owned(), example.into())
    })
}

/// Leaves out the examples that no operation refers to: refusals of another face.
pub(crate) fn keep_referred(document: &mut OpenApi) {
    let mut referred = BTreeSet::new();
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        for response in operation.responses.responses.values() {
            let RefOr::T(response) = response else { continue };
            let contents = response.content.values().filter_map(|content| match content {
                RefOr::T(content) => Some(content),
                RefOr::Ref(_) => None,
            });
            referred.extend(contents.flat_map(|content| content.examples.values().filter_map(name)));
        }
    }
    if let Some(components) = &mut document.components {
        components.examples.retain(|name, _| referred.contains(name));
    }
}

/// The name of the component that is referred to.
fn name(example: &RefOr<Example>) -> Option<String> {
    match example {
        RefOr::Ref(example) => example.ref_location.rsplit('/').next().map(str::to_owned),
        RefOr::T(_) => None,
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, .. } = item;
    [get, put, post, delete].into_iter().flatten()
}

/// Where an operation finds the example of a code.
pub(super) fn example(code: &str) -> RefOr<Example> {
    RefOr::Ref(Ref::new(format!("#/components/examples/{code}")))
}

fn envelope(problem: &Problem) -> ErrorEnvelope {
    let message = problem.message();
    ErrorEnvelope {
        status: "error",
        status_code: message.status,
        error: ErrorBody::new(problem, Language::Spanish),
        timestamp: "2025-11-24T10:00:00Z".to_owned(),
        path: format!("/api/v1/customers/cust_456/credit/{}", operation(message.code)),
        request_id: "req_4f1c2b7a9d3e8f60".to_owned(),
    }
}

/// An operation that answers a code.
fn operation(code: &str) -> &'static str {
    match code {
        "CRD-2002" | "CRD-2005" => "approve",
        "CRD-2007" | "CRD-2011" | "CRD-2012" | "CRD-2013" => "payment",
        "CRD-2010" => "cancel",
        _ => "use",
    }
}
