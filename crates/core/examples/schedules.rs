//! Answers cases of interest, a line for a line: what each part is, and the parts of the plan.
//! `tests/schedules/check.py` asks it.
//!
//! ```text
//! {"principal":100000,"count":12,"interest":{"rate":"1","method":"compound","due":"end"}}
//! {"part":8884,"parts":[8884,8884,…]}
//! ```
//!
//! Amounts are minor units. What is no amount, or would have an empty part, is `null`.

use fiado_core::installments::{InstallmentCount, Interest, Terms};
use fiado_core::money::Amount;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::io::{Write, stdin, stdout};

#[derive(Deserialize)]
struct Case {
    principal: Amount,
    count: InstallmentCount,
    interest: Interest,
}

#[derive(Serialize)]
struct Answer {
    part: Option<Amount>,
    parts: Option<Vec<Amount>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut answers = stdout().lock();
    for line in stdin().lines() {
        let Case { principal, count, interest } = serde_json::from_str(&line?)?;
        let parts = Terms::Equal { count, interest }.amounts(principal);
        let answer = Answer { part: interest.part(principal, count), parts };
        writeln!(answers, "{}", serde_json::to_string(&answer)?)?;
    }
    Ok(())
}
