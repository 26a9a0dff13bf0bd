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
        let preview = &answer["preview"];
        for what in kinds(preview).into_iter().chain(codes(preview)) {
            self.count(what);
        }
        let by_amount = answer["by_amount"].as_str().unwrap_or("numbers");
        self.count(format!("by amount: {by_amount}"));
    }

    fn count(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(crate) fn of(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or(0)
    }
}

/// The verdict, where the plans come from, and what would make it pass.
fn kinds(answer: &Value) -> Vec<String> {
    let data = &answer["data"];
    let Some(verdict) = data["verdict"].as_str() else { return vec!["error".to_owned()] };
    let plans = data["plans"].as_array().unwrap();
    let ids: Vec<&str> = plans.iter().map(|plan| plan["plan_id"].as_str().unwrap()).collect();
    let mut kinds = vec![verdict];
    let of = |kind: &mut Vec<&str>, is_there: bool, name| kind.extend(is_there.then_some(name));
    of(&mut kinds, ids.is_empty(), "no plan");
    of(&mut kinds, ids.iter().any(|id| id.starts_with("line:")), "plans of the line");
    of(
        &mut kinds,
        ids.iter().any(|id| !id.starts_with("line:") && id.ends_with('x')),
        "plans in equal parts",
    );
    of(&mut kinds, ids.iter().any(|id| id.ends_with('d')), "plans on days of their own");
    let remedies = data["would_pass"].as_object().unwrap();
    kinds.extend(remedies.keys().map(String::as_str));
    kinds.into_iter().map(str::to_owned).collect()
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
