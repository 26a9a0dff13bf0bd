use crate::Case;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// How often each kind of case and of answer has come up, so that a generator that has gone stale
/// is noticed.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub(crate) fn add(&mut self, case: &Case, answer: &Value) {
        self.count(match case.damage {
            None => "input: whole".to_owned(),
            Some(damage) => format!("input: {damage:?}"),
        });
        self.count(format!("{}: {}", case.call, verdict(answer)));
        for code in codes(answer) {
            self.count(code);
        }
    }

    fn count(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(crate) fn of(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or(0)
    }
}

fn verdict(answer: &Value) -> &str {
    match (answer["status"].as_str(), &answer["data"]) {
        (Some("success"), Value::Array(plans)) if plans.is_empty() => "no plan",
        (Some("success"), Value::Array(_)) => "plans",
        (Some("success"), data) => data["verdict"].as_str().unwrap(),
        _ => "error",
    }
}

/// Every code in an answer: the error's and its fields', or the reasons'.
fn codes(answer: &Value) -> Vec<String> {
    let listed = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let errors = std::iter::once(answer["error"].clone());
    let all =
        errors.chain(listed(&answer["error"]["details"]["fields"])).chain(listed(&answer["data"]["reasons"]));
    all.filter_map(|problem| problem["code"].as_str().map(str::to_owned)).collect()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(what, times)| writeln!(f, "{times:>8}  {what}"))
    }
}
