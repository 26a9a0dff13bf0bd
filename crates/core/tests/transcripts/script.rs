//! Reads a transcript line by line and plays it.

use crate::answers;
use crate::support::commands::{
    CANCEL, REACTIVATE, REJECT, SUSPEND, approve, buy, change_limit, change_tolerance, day, pay, pay_for,
    purchase, request,
};
use crate::support::world::World;
use fiado_core::account::Command;
use fiado_core::calendar::Day;
use fiado_core::identity::InvoiceId;
use fiado_core::money::{Amount, Currency, Tolerance};
use fiado_core::policy::OverdueStop;

/// The transcript with its answers as they are now.
pub(crate) fn play(script: &str) -> String {
    let mut world = World::new(Currency::Usd);
    let mut played = String::new();
    for line in script.lines().filter(|line| !line.starts_with(' ')) {
        played.push_str(line);
        played.push('\n');
        for answer in answer(&mut world, line) {
            played.push_str(&format!("  {answer}\n"));
        }
    }
    played
}

/// What a line at the margin answers.
fn answer(world: &mut World, line: &str) -> Vec<String> {
    if line.is_empty() || line.starts_with('#') {
        return Vec::new();
    }
    let (head, rest) = line.split_once(": ").unwrap_or_else(|| panic!("not a line of a script: {line}"));
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_understood = match head.split_once(' ') {
        None if head == "shop" => set_up(world, &words).map(|()| Vec::new()),
        None => {
            go_to(world, day(head));
            question(world, &words)
        }
        Some((date, actor)) => {
            go_to(world, day(date));
            command(world, &words).map(|command| act(world, actor, &command))
        }
    };
    is_understood.unwrap_or_else(|| panic!("not understood: {line}"))
}

fn go_to(world: &mut World, day: Day) {
    assert!(world.journal.is_empty() || world.today <= day, "a script goes forward: {day}");
    world.today = day;
}

fn set_up(world: &mut World, words: &[&str]) -> Option<()> {
    match words {
        ["currency", code] => *world = World::new(Currency::from_code(code)?),
        ["tolerance", switch] => world.policy.tolerance_enabled = is_on(switch)?,
        ["own", "approval", switch] => world.policy.own_request_approval = is_on(switch)?,
        ["overdue", "off"] => world.policy.overdue_stop = None,
        ["overdue", "above", amount, "after", days, "days"] => {
            let above = read_amount(world, amount)?;
            world.policy.overdue_stop = Some(OverdueStop { above, grace_days: days.parse().ok()? });
        }
        _ => return None,
    }
    Some(())
}

fn is_on(switch: &str) -> Option<bool> {
    match switch {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn act(world: &mut World, actor: &str, command: &Command) -> Vec<String> {
    match world.run(actor, command) {
        Ok(outcome) => answers::outcome(world, &outcome),
        Err(rejection) => vec![answers::refusal(world, &rejection)],
    }
}

fn question(world: &mut World, words: &[&str]) -> Option<Vec<String>> {
    match words {
        ["account"] => Some(answers::account(world)),
        ["invoices"] => Some(answers::invoices(world)),
        ["statement"] => Some(answers::statement(world)),
        ["preview", amount, plan @ ..] => {
            let purchase = purchase("preview", read_amount(world, amount)?, read_count(plan)?);
            Some(answers::preview(world, &purchase))
        }
        _ => None,
    }
}

fn command(world: &World, words: &[&str]) -> Option<Command> {
    Some(match words {
        ["request", limit, days] => request(read_amount(world, limit)?, days.parse().ok()?),
        ["approve", limit, days] => approve(read_amount(world, limit)?, days.parse().ok()?),
        ["reject"] => REJECT,
        ["suspend"] => SUSPEND,
        ["reactivate"] => REACTIVATE,
        ["cancel"] => CANCEL,
        ["limit", limit] => change_limit(read_amount(world, limit)?),
        ["tolerance", tolerance] => change_tolerance(Tolerance::parse(tolerance).ok()?),
        ["use", order, amount, plan @ ..] => buy(order, read_amount(world, amount)?, read_count(plan)?),
        ["pay", reference, amount, rest @ ..] => {
            return payment(world, reference, read_amount(world, amount)?, rest);
        }
        _ => return None,
    })
}

fn payment(world: &World, reference: &str, amount: Amount, words: &[&str]) -> Option<Command> {
    let (date, words) = match words {
        ["dated", date, rest @ ..] => (Day::parse(date)?, rest),
        rest => (world.today, rest),
    };
    match words {
        [] => Some(pay(reference, amount, date)),
        ["for", shares @ ..] => {
            let shares: Option<Vec<_>> =
                shares.chunks_exact(2).map(|share| read_share(world, share[0], share[1])).collect();
            Some(pay_for(reference, amount, date, &shares?))
        }
        _ => None,
    }
}

/// `order/2 60.00`: an invoice of an order, and what it gets.
fn read_share(world: &World, invoice: &str, amount: &str) -> Option<(InvoiceId, Amount)> {
    let (order, number) = invoice.split_once('/')?;
    let usage = world.book.usages.values().find(|usage| usage.order.as_str() == order)?;
    let id = InvoiceId { transaction: usage.transaction, installment: number.parse().ok()? };
    Some((id, read_amount(world, amount)?))
}

fn read_count(plan: &[&str]) -> Option<u64> {
    match plan {
        [] => Some(1),
        ["in", count] => count.parse().ok(),
        _ => None,
    }
}

fn read_amount(world: &World, text: &str) -> Option<Amount> {
    Amount::parse(text, world.policy.currency).ok()
}
