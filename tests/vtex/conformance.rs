//! Each published example is sent to a running server that is ready for it, and each answer is
//! what is published, but for the slips.

use crate::laws::contradictions;
use crate::operations::{self, Operation, Request};
use crate::schemas::differences;
use crate::situations::{self, Situation};
use crate::slips::{self, SLIPS, Slip, What};
use fiado_tests::{Answer, Opening, Shop};
use serde_json::Value;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// A moment that lies before the dates which examples send.
const OPENS_AT: &str = "2023-11-09T12:00:00Z";

/// A request that was sent, what was answered, and how many rows had to be in it.
struct Exchange {
    request: Request,
    answer: Answer,
    rows: usize,
}

/// All of them; each in an organization of its own, so that none meets what another left. One that
/// stops does not hide what the others show.
static EXCHANGES: LazyLock<Vec<Result<Exchange, String>>> = LazyLock::new(|| {
    let shop = Opening::at(OPENS_AT).open();
    let numbered = situations::all().into_iter().enumerate();
    let exchanges = numbered.map(|(number, situation)| {
        let exchange = AssertUnwindSafe(|| conduct(&shop, number, &situation));
        catch_unwind(exchange).map_err(said)
    });
    let exchanges = exchanges.collect();
    shop.books_must_agree();
    exchanges
});

/// The message of a test that was stopped.
fn said(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => (*other.downcast::<&str>().unwrap()).to_owned(),
    }
}

fn conduct(shop: &Shop, number: usize, situation: &Situation) -> Exchange {
    let client = shop.integration_of(&format!("org_{number}"));
    let request = situation.ready(&client);
    let answer = request.send(&client);
    Exchange { request, answer, rows: situation.rows }
}

/// What was answered at all.
fn exchanges() -> impl Iterator<Item = &'static Exchange> {
    EXCHANGES.iter().filter_map(|exchange| exchange.as_ref().ok())
}

/// What was answered with a body.
fn bodies() -> impl Iterator<Item = (&'static Exchange, Value)> {
    let answered = exchanges().filter(|exchange| !exchange.answer.text.is_empty());
    answered.map(|exchange| (exchange, exchange.answer.json()))
}

/// The exchanges of an operation.
fn of(operation: &str) -> impl Iterator<Item = &'static Exchange> {
    exchanges().filter(move |exchange| exchange.request.operation.name() == operation)
}

#[test]
fn every_example_is_sent_as_it_is_published_but_where_a_slip_says_so() {
    for operation in operations::all() {
        let name = operation.name();
        let slips =
            slips::names(&name, |what| if let What::Unsendable(name) = what { Some(name) } else { None });
        assert!(of(&name).any(|exchange| exchange.request.changes() == slips), "{name}");
    }
}

#[test]
fn every_example_succeeds() {
    let stopped = EXCHANGES.iter().filter_map(|exchange| exchange.as_ref().err().cloned());
    let refused = exchanges().filter(|exchange| exchange.answer.status != 200);
    none_of(stopped.chain(refused.map(|exchange| shown(&exchange.answer))));
}

#[test]
fn every_answer_has_the_published_shape() {
    none_of(exchanges().flat_map(|Exchange { request, answer, .. }| {
        let wrong = wrong_shape(request.operation, answer, None);
        wrong.into_iter().map(|wrong| format!("{}\n{wrong}", shown(answer)))
    }));
}

#[test]
fn every_answer_without_a_published_shape_is_empty() {
    let empty = exchanges().filter(|exchange| exchange.request.operation.response.is_none());
    let answers: Vec<&str> = empty.map(|exchange| exchange.answer.text.as_str()).collect();
    assert_eq!(answers, [""; 5]);
}

#[test]
fn every_answer_agrees_with_its_request_and_with_itself() {
    none_of(bodies().flat_map(|(Exchange { request, answer, .. }, body)| {
        let wrong = contradictions(request, &body);
        wrong.into_iter().map(|field| format!("{}\n{field}", shown(answer)))
    }));
}

#[test]
fn every_list_shows_what_matches_and_nothing_else() {
    for (Exchange { answer, rows, .. }, body) in bodies() {
        let list = body["data"].as_array().or(body["statements"].as_array()).or(body.as_array());
        assert_eq!(list.map_or(0, Vec::len), *rows, "{}", shown(answer));
    }
}

#[test]
fn the_filters_of_an_example_match_something_but_where_a_slip_says_so() {
    for operation in operations::all().iter().filter(|operation| operation.answers_a_list()) {
        let name = operation.name();
        let as_published = of(&name).find(|exchange| exchange.request.changes().is_empty());
        let slip = slips::of(&name).any(|slip| matches!(slip.what, What::MatchesNothing));
        assert_eq!(as_published.unwrap().rows == 0, slip, "{name}");
    }
}

#[test]
fn a_parameter_that_a_slip_calls_optional_may_be_left_out() {
    for slip in SLIPS {
        let What::Optional(parameter) = slip.what else { continue };
        for name in slip.operations {
            let published = operations::named(name).parameters.iter().find(|known| known.name == parameter);
            assert!(published.unwrap().required, "{name}: {} is needless", slip.reason);
            let is_without = |exchange: &Exchange| !exchange.request.asks(parameter);
            assert!(of(name).any(is_without), "{name} is never sent without {parameter}");
        }
    }
}

#[test]
fn every_slip_of_an_answer_is_needed() {
    for slip in SLIPS.iter().filter(|slip| matches!(slip.what, What::Answer(..))) {
        for name in slip.operations {
            let is_needed = |exchange: &Exchange| {
                !wrong_shape(exchange.request.operation, &exchange.answer, Some(slip)).is_empty()
            };
            assert!(of(name).any(is_needed), "{name}: {} is needless", slip.reason);
        }
    }
}

/// What of an answer is not as published, with all slips but one.
fn wrong_shape(operation: &Operation, answer: &Answer, but: Option<&Slip>) -> Vec<String> {
    match slips::answer_schema(operation, but) {
        Some(schema) => differences(&schema, &answer.json()),
        None => Vec::new(),
    }
}

fn shown(answer: &Answer) -> String {
    format!("{}\n{} {}", answer.asked, answer.status, answer.text)
}

/// Stops the test with everything that is wrong, not with the first of it.
#[track_caller]
fn none_of(wrong: impl Iterator<Item = String>) {
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
