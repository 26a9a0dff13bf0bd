use super::{
    Account, Command, Context, Entry, Items, Payment, Rejection, Row, Usage, decide, evolve, project,
};
use serde::{Deserialize, Serialize};

/// All that a command has done: what a store writes and a caller is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The account after it.
    pub account: Account,
    /// The new entries of the journal; none where it was done before.
    pub entries: Vec<Entry>,
    /// The rows they leave behind.
    pub rows: Vec<Row>,
    /// What the caller is told.
    pub receipt: Receipt,
}

/// What a caller is told of a command that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// The account as it was right after.
    Account(#[serde(with = "whole_account")] Box<Account>),
    /// The purchase, with the figures of its first time.
    Usage(Usage),
    /// The payment, with the figures of its first time.
    Payment(Payment),
}

/// An account with its ladder. A store keeps the ladder in rows beside the account; an answer that
/// is remembered has to bring its own, or it would be another answer the second time.
mod whole_account {
    use crate::account::{Account, Ladder};
    use crate::calendar::Day;
    use crate::money::Amount;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Whole {
        account: Account,
        ladder: Vec<(Day, Amount)>,
    }

    pub(super) fn serialize<S: Serializer>(account: &Account, serializer: S) -> Result<S::Ok, S::Error> {
        Whole { account: account.clone(), ladder: account.ladder.rungs().collect() }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Account>, D::Error> {
        let Whole { account, ladder } = Whole::deserialize(deserializer)?;
        Ok(Box::new(Account { ladder: Ladder::new(ladder), ..account }))
    }
}

/// Decides a command and follows its events through: [`decide`], then [`evolve`] and [`project`].
///
/// # Errors
/// The first [`Rejection`] in order of precedence; nothing has changed then.
pub fn execute(
    account: &Account,
    items: &Items,
    command: &Command,
    context: &Context<'_>,
) -> Result<Outcome, Rejection> {
    let events = decide(account, items, command, context)?;
    let mut outcome = Outcome {
        account: account.clone(),
        entries: Vec::new(),
        rows: Vec::new(),
        receipt: Receipt::Account(Box::default()),
    };
    for event in events {
        let sequence = outcome.account.version.saturating_add(1);
        let entry = Entry { sequence, at: context.now, by: context.actor.clone(), event };
        outcome.account = evolve(outcome.account, &entry);
        outcome.rows.extend(project(&outcome.account, &entry));
        outcome.entries.push(entry);
    }
    outcome.receipt = receipt(&outcome, items, command);
    Ok(outcome)
}

fn receipt(outcome: &Outcome, items: &Items, command: &Command) -> Receipt {
    let made = outcome.rows.iter().find_map(|row| match row {
        Row::Usage(usage) => Some(Receipt::Usage(usage.clone())),
        Row::Payment(payment) => Some(Receipt::Payment(payment.clone())),
        _ => None,
    });
    let before = || match command {
        Command::UseCredit(_) => items.usage.clone().map(Receipt::Usage),
        Command::Pay(_) => items.payment.clone().map(Receipt::Payment),
        _ => None,
    };
    made.or_else(before).unwrap_or_else(|| Receipt::Account(Box::new(outcome.account.clone())))
}
