use super::{known, open_line};
use crate::account::{Account, AdjustBalance, Context, Event, Items, Rejection};

/// Moves the manual balance; a movement that was made before is not made again.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &AdjustBalance,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    if let Some(first) = &items.adjustment {
        return if first.value == command.value {
            Ok(Vec::new())
        } else {
            Err(Rejection::StatementConflict {
                statement: command.statement.clone(),
                first_value: first.value,
                value: command.value,
            })
        };
    }
    open_line(account)?;
    let largest = context.policy.currency.largest();
    let after = life.balance.plus(command.value);
    if after.magnitude() > largest.minor() {
        return Err(Rejection::TotalTooLarge { largest });
    }
    Ok(vec![Event::BalanceAdjusted { statement: command.statement.clone(), value: command.value }])
}
