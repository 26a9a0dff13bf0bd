//! One engine, two builds: the native one of the server and the WebAssembly one of the browser
//! answer the same to the cent, to the day and to the letter, whole input and damaged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod cart;
mod corpus;
mod damage;
mod forms;
mod line;
mod offering;
mod package;
mod schedules;
mod tally;
mod written;

use damage::Damage;
use fiado_contract::catalogue::{Language, Problem, Unread};
use fiado_contract::facade::{Preview, Previewer, Question};
use fiado_contract::json::{self, Json};
use fiado_tests::Dice;
use line::Line;
use package::Package;
use serde_json::{Value, json};
use std::sync::mpsc;
use std::thread;
use tally::Tally;

const CASES: usize = 100_000;
/// The seed of the cases; `FIADO_PARITY_SEED` tries others.
const SEED: u64 = 20_251_124;
/// How many cases Node may be ahead of this build.
const AHEAD: usize = 1_000;

/// A question to both builds, as text: what is not read from it is not compared.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) damage: Option<Damage>,
    snapshot: String,
    cart: String,
    amount_and_moment: Value,
}

impl Case {
    fn random(dice: &mut Dice) -> Case {
        let line = Line::random(dice);
        let mut snapshot = line.snapshot(dice);
        let mut cart = cart::cart(dice, &line);
        let amount_and_moment = cart::amount_and_moment(dice, &line);
        let damage = dice.one_in(3).then(|| dice.pick(&Damage::ALL));
        if let Some(damage) = damage {
            let argument = if dice.one_in(2) { &mut cart } else { &mut snapshot };
            damage.apply(dice, argument);
        }
        Case { damage, snapshot: snapshot.to_string(), cart: cart.to_string(), amount_and_moment }
    }

    /// As a line for Node.
    fn line(&self) -> String {
        format!("[{},{},{}]", self.snapshot, self.cart, self.amount_and_moment)
    }

    /// The cart's language, which a page can read even of a cart that is nested too deeply.
    fn language(&self) -> Language {
        let cart: Value = serde_json::from_str(&self.cart).unwrap();
        if cart["language"] == "en" { Language::English } else { Language::Spanish }
    }

    /// What the native build answers: the preview, and the same in numbers, asked both ways.
    fn native_answer(&self) -> Value {
        // What cannot be data is read as nothing, as in the browser.
        let argument = |text: &str| json::parse(text.as_bytes()).unwrap_or(Json::Null);
        let (snapshot, cart) = (argument(&self.snapshot), argument(&self.cart));
        let previewer = Previewer::read(&snapshot);
        let answer = match &previewer {
            Ok(previewer) => previewer.asked_by_cart(&cart).map(|question| previewer.answer(&question)),
            Err(unread) => Err(unread.clone()),
        };
        let preview = serde_json::to_string(&Preview::of(answer, self.language())).unwrap();
        let [amount, now] = [0, 1].map(|index| self.amount_and_moment[index].as_f64().unwrap_or(f64::NAN));
        let ask = |read: &dyn Fn(&Previewer) -> Result<Question, Unread>| {
            let previewer = previewer.as_ref().map_err(Unread::clone)?;
            read(previewer).map(|question| previewer.numbers(&question))
        };
        let by_cart = ask(&|previewer| previewer.asked_by_cart(&cart));
        let by_amount = ask(&|previewer| previewer.asked_by_amount(amount, now));
        json!({
            "preview": serde_json::from_str::<Value>(&preview).unwrap(),
            "by_cart": told(&by_cart),
            "by_amount": told(&by_amount),
        })
    }
}

/// Flat numbers as JSON, or the code of why there are none.
fn told(numbers: &Result<Vec<f64>, Unread>) -> Value {
    match numbers {
        Ok(numbers) => numbers.iter().copied().map(whole).collect(),
        Err(unread) => json!(Problem::from(unread.clone()).message().code),
    }
}

/// All numbers are whole, and one that is not there is null.
fn whole(number: f64) -> Value {
    if number.is_nan() { Value::Null } else { json!(number as i64) }
}

#[test]
fn both_builds_answer_the_same() {
    let seed = std::env::var("FIADO_PARITY_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    println!("{CASES} cases from the seed {seed}");
    let (mut package, mut questions) = Package::start();
    let (asked, cases) = mpsc::sync_channel(AHEAD);
    let asking = thread::spawn(move || {
        let mut dice = Dice::new(seed);
        for case in (0..CASES).map(|_| Case::random(&mut dice)) {
            questions.ask(&case.line());
            if asked.send(case).is_err() {
                break;
            }
        }
    });

    let mut tally = Tally::default();
    for case in cases {
        let native = case.native_answer();
        if written::digest(&native) != package.digest() {
            let from_package = package::answer(&case.line());
            panic!("seed {seed}, {case:?}\n\nnative:  {native}\n\npackage: {from_package}\n");
        }
        let preview = &native["preview"];
        if case.damage.is_none() {
            assert_ne!(preview["error"]["code"], "CRD-1001", "nothing is wrong with {case:?}");
        }
        tally.add(&case, &native);
    }
    asking.join().unwrap();
    package.end();
    println!("{tally}");
    assert_meaningful(&tally);
}

/// Equal answers prove little where all are the same refusal.
fn assert_meaningful(tally: &Tally) {
    let at_least = |times: usize, what: &str| {
        assert!(tally.of(what) >= times, "{what}: {} times, expected {times}", tally.of(what));
    };
    at_least(CASES / 2, "input: whole");
    at_least(CASES / 8, "accepted");
    at_least(CASES / 8, "refused");
    for plans in ["no plan", "plans of the line", "plans in equal parts", "plans on days of their own"] {
        at_least(CASES / 20, plans);
    }
    for remedy in REMEDIES {
        at_least(CASES / 100, remedy);
    }
    at_least(CASES / 2, "by amount: numbers");
    for code in ["CRD-1001", "CRD-2016"] {
        at_least(CASES / 100, &format!("by amount: {code}"));
    }
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
const REASONS: [&str; 9] = [
    "CRD-1001", "CRD-2003", "CRD-2004", "CRD-2008", "CRD-2009", "CRD-2014", "CRD-2015", "CRD-2016",
    "CRD-2041",
];

/// Everything that can be said of what would make it pass.
const REMEDIES: [&str; 4] = ["largest_amount", "smallest_prepayment", "cheapest_plan_id", "earliest_date"];

/// Everything that can be wrong with a preview's fields.
const FAULTS: [&str; 17] = [
    "EMPTY",
    "FORBIDDEN_CHARACTER",
    "MISSING",
    "NOT_A_COUNTRY",
    "NOT_AN_INTERVAL",
    "NOT_TOGETHER",
    "TOO_LONG",
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
