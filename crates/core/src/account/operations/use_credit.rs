use super::objections::{Asked, gate};
use super::{known, open_line, prepaid};
use crate::account::{
    Account, ChosenPlan, Context, Event, Items, Line, Rejection, Usage, UseCredit, UsedPlan,
};
use crate::identity::TransactionId;
use crate::installments::{InstallmentCount, Plan};
use crate::rules;

/// Buys an order on account, by the plan its buyer chose if they chose one.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &UseCredit,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    if let Some(first) = &items.usage {
        return if is_same(first, command) { Ok(Vec::new()) } else { Err(order_conflict(first, command)) };
    }
    let line = open_line(account)?;
    let plan = command.plan.as_deref().map(|chosen| still_offered(line, chosen, command, context));
    let plan = plan.transpose()?;
    let asked = asked(command, plan.as_ref());
    gate(account, asked, context)?;
    let interest = plan.as_ref().map(Plan::interest);
    let parts = match plan {
        Some(plan) => plan.parts,
        None => asked.split(line.term, context)?,
    };
    let transaction = TransactionId::from(life.id.child(account.version.saturating_add(1)));
    let prepaid = prepaid(account, &transaction, &parts);
    Ok(vec![Event::Used {
        transaction,
        order: command.order.clone(),
        amount: asked.total,
        plan: command.plan.as_ref().zip(interest).map(|(chosen, interest)| {
            let id = chosen.seen.id.clone();
            UsedPlan { id, interest }
        }),
        parts,
        prepaid,
    }])
}

/// The credit a purchase asks for: all that will be owed, interest included (DECISIONS 9).
fn asked(command: &UseCredit, plan: Option<&Plan>) -> Asked {
    match plan {
        Some(plan) => Asked::of_plan(plan),
        None => Asked::new(command.amount, command.installments),
    }
}

/// The plan its buyer saw, if it is offered as it was: to the cent and to the day.
fn still_offered(
    line: &Line,
    chosen: &ChosenPlan,
    command: &UseCredit,
    context: &Context<'_>,
) -> Result<Plan, Rejection> {
    let policy = context.policy;
    let purchase = rules::Asked::on_account(command.amount, chosen.channel.as_deref(), context.now, policy);
    let offer = policy.offering.offer(&purchase, &chosen.seen.id);
    let plan =
        |offer: rules::Offer<'_>| offer.plan(command.amount, context.today, line.term, &policy.due_dates);
    match offer.and_then(plan) {
        Some(current) if current == chosen.seen => Ok(current),
        current => Err(Rejection::PlanChanged {
            seen: Box::new(chosen.seen.clone()),
            current: current.map(Box::new),
        }),
    }
}

/// Whether an order was bought before just so. A plan of the same id is the same, whatever its
/// hash: what was charged is what was seen then.
fn is_same(first: &Usage, command: &UseCredit) -> bool {
    let plan = command.plan.as_ref().map(|chosen| &chosen.seen.id);
    first.principal() == command.amount
        && first.installments == installments(command).get()
        && first.plan.as_ref() == plan
}

fn installments(command: &UseCredit) -> InstallmentCount {
    let seen = command.plan.as_ref().and_then(|chosen| chosen.seen.count());
    seen.unwrap_or(command.installments)
}

fn order_conflict(first: &Usage, command: &UseCredit) -> Rejection {
    Rejection::OrderConflict {
        order: command.order.clone(),
        first_amount: first.principal(),
        first_installments: first.installments,
        amount: command.amount,
        installments: installments(command).get(),
    }
}
