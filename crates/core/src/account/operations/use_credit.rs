use super::objections::{Asked, gate};
use super::{known, open_line, prepaid};
use crate::account::{Account, Context, Event, Items, Rejection, Usage, UseCredit};
use crate::calendar::Day;
use crate::identity::TransactionId;
use crate::installments::Part;

/// Buys an order on account.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &UseCredit,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    if let Some(first) = &items.usage {
        let same = first.amount == command.amount && first.installments == command.installments.get();
        return if same { Ok(Vec::new()) } else { Err(order_conflict(first, command)) };
    }
    gate(account, asked(command), context)?;
    let parts = asked(command).split(open_line(account)?.term, context.today)?;
    let transaction = TransactionId::from(life.id.child(account.version.saturating_add(1)));
    let prepaid = prepaid(account, &transaction, &parts);
    Ok(vec![Event::Used {
        transaction,
        order: command.order.clone(),
        amount: command.amount,
        parts,
        prepaid,
    }])
}

/// The credit a purchase asks for.
pub(in crate::account) fn asked(command: &UseCredit) -> Asked {
    Asked::new(command.amount, command.installments)
}

/// The parts the purchase would be paid in, if the line is open and no part is empty.
pub(in crate::account) fn plan(account: &Account, command: &UseCredit, today: Day) -> Option<Vec<Part>> {
    let line = open_line(account).ok()?;
    asked(command).split(line.term, today).ok()
}

fn order_conflict(first: &Usage, command: &UseCredit) -> Rejection {
    Rejection::OrderConflict {
        order: command.order.clone(),
        first_amount: first.amount,
        first_installments: first.installments,
        amount: command.amount,
        installments: command.installments.get(),
    }
}
