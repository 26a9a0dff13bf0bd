//! One engine, two builds: the native one of the server and the WebAssembly one of the browser
//! answer the same to the cent, to the day and to the letter, whole input and damaged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod damage;
mod line;
mod package;
mod tally;
mod written;

use damage::Damage;
use fiado_contract::facade;
use fiado_contract::json::{self, Json};
use fiado_tests::Dice;
use line::Line;
use serde_json::Value;
use tally::Tally;

const CASES: usize = 12_000;
/// The seed of the cases; `FIADO_PARITY_SEED` tries others.
const SEED: u64 = 20_251_124;

/// A question to both builds, as text: what is not read from it is not compared.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) call: &'static str,
    pub(crate) damage: Option<Damage>,
    snapshot: String,
    cart: String,
}

impl Case {
    fn random(dice: &mut Dice) -> Case {
        let line = Line::random(dice);
        let call = if dice.one_in(4) { "plans" } else { "assess" };
        let mut snapshot = line.snapshot(dice);
        let mut cart = if call == "plans" { line::plans_cart(dice, &line) } else { line::cart(dice, &line) };
        let damage = dice.one_in(3).then(|| dice.pick(&Damage::ALL));
        if let Some(damage) = damage {
            let argument = if dice.one_in(2) { &mut cart } else { &mut snapshot };
            damage.apply(dice, argument);
        }
        Case { call, damage, snapshot: snapshot.to_string(), cart: cart.to_string() }
    }

    /// As a line of the file that Node reads.
    fn line(&self) -> String {
        format!("[\"{}\",{},{}]", self.call, self.snapshot, self.cart)
    }

    fn native_answer(&self) -> Value {
        // What cannot be data is read as nothing, as in the browser.
        let argument = |text: &str| json::parse(text.as_bytes()).unwrap_or(Json::Null);
        let (snapshot, cart) = (argument(&self.snapshot), argument(&self.cart));
        let answer = match self.call {
            "plans" => serde_json::to_string(&facade::plans(&snapshot, &cart)),
            _ => serde_json::to_string(&facade::assess(&snapshot, &cart)),
        };
        serde_json::from_str(&answer.unwrap()).unwrap()
    }
}

#[test]
fn both_builds_answer_the_same() {
    let seed = std::env::var("FIADO_PARITY_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    println!("{CASES} cases from the seed {seed}");
    let mut dice = Dice::new(seed);
    let cases: Vec<Case> = (0..CASES).map(|_| Case::random(&mut dice)).collect();

    let from_package = package::answers(cases.iter().map(Case::line));
    assert_eq!(from_package.len(), cases.len(), "an answer is missing");

    let mut tally = Tally::default();
    for (case, from_package) in cases.iter().zip(&from_package) {
        let native = case.native_answer();
        assert!(
            same(&native, from_package),
            "seed {seed}, {case:?}\n\nnative:  {native}\n\npackage: {from_package}\n"
        );
        if case.damage.is_none() {
            assert_ne!(native["error"]["code"], "CRD-1001", "nothing is wrong with {case:?}");
        }
        tally.add(case, &native);
    }
    println!("{tally}");
    assert_meaningful(&tally);
}

/// Equal as JSON values: `10000.00` and `10000` are the same number.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            written::shortest(&left.to_string()) == written::shortest(&right.to_string())
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// Equal answers prove little where all are the same refusal.
fn assert_meaningful(tally: &Tally) {
    let at_least = |times: usize, what: &str| {
        assert!(tally.of(what) >= times, "{what}: {} times, expected {times}", tally.of(what));
    };
    at_least(CASES / 2, "input: whole");
    at_least(CASES / 8, "assess: accepted");
    at_least(CASES / 8, "assess: refused");
    at_least(CASES / 10, "plans: plans");
    for damage in Damage::ALL {
        at_least(50, &format!("input: {damage:?}"));
    }
    for reason in REASONS {
        at_least(20, reason);
    }
    for fault in FAULTS {
        at_least(20, fault);
    }
}

/// Every reason a preview can give.
const REASONS: [&str; 8] =
    ["CRD-1001", "CRD-2003", "CRD-2004", "CRD-2008", "CRD-2009", "CRD-2014", "CRD-2015", "CRD-2016"];

/// Everything that can be wrong with a preview's fields.
const FAULTS: [&str; 11] = [
    "MISSING",
    "UNKNOWN_FIELD",
    "WRONG_TYPE",
    "NOT_A_NUMBER",
    "NEGATIVE",
    "ZERO",
    "TOO_MANY_DECIMALS",
    "TOO_SMALL",
    "TOO_LARGE",
    "NOT_A_DATE",
    "NOT_ONE_OF",
];
