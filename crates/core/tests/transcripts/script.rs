//! Reads a transcript line by line and plays it.

use crate::support::commands::{
    ADD_HOLDER, CANCEL, CLOSE, EXPIRE_HOLDS, OPEN_AUTOMATICALLY, REACTIVATE, REJECT, SUSPEND, adjust,
    approve, buy, cancel_invoice, change_hold, change_limit, change_tolerance, day, hold, open, pay, pay_for,
    pay_invoice, postpone, purchase_by, refund, release, remove_holder, request, settle, transaction, update,
    update_invoice,
};
use crate::support::offering::{offering, rule_after, rule_of};
use crate::support::world::World;
use crate::{answers, refusals};
use fiado_core::account::{
    Authorize, ChangeHold, Command, InvoiceState, PlanChoice, UseCredit, Wish, assess,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{InvoiceId, OrderId, PlanId, TransactionId};
use fiado_core::installments::{InstallmentCount, Plan, Rhythm};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use fiado_core::policy::{OverdueStop, Postponement};
use fiado_core::rules::PaymentRule;
use std::collections::BTreeMap;

/// The transcript with its answers as they are now.
pub(crate) fn play(script: &str) -> String {
    let mut world = World::new(Currency::Usd);
    let mut seen = Seen::new();
    let mut played = String::new();
    for line in script.lines().filter(|line| !line.starts_with(' ')) {
        played.push_str(line);
        played.push('\n');
        for answer in answer(&mut world, &mut seen, line) {
            played.push_str(&format!("  {answer}\n"));
        }
    }
    played
}

/// The plans that buyers have seen, as they were last.
type Seen = BTreeMap<PlanId, Plan>;

/// What a line at the margin answers.
fn answer(world: &mut World, seen: &mut Seen, line: &str) -> Vec<String> {
    if line.is_empty() || line.starts_with('#') {
        return Vec::new();
    }
    let (head, rest) = line.split_once(": ").unwrap_or_else(|| panic!("not a line of a script: {line}"));
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_understood = match head.split_once(' ') {
        None if head == "shop" => set_up(world, &words).map(|()| Vec::new()),
        None => {
            go_to(world, day(head));
            see(world, seen, &words).or_else(|| question(world, &words))
        }
        Some((date, actor)) => {
            go_to(world, day(date));
            command(world, seen, &words).map(|command| act(world, actor, &command))
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
        ["growth", rate] => world.policy.hold_growth = Tolerance::parse(rate).ok()?,
        ["postponement", "off"] => world.policy.postponement.enabled = false,
        ["postponement", times, "times", days, "days"] => {
            let (most_times, most_days) = (times.parse().ok()?, days.parse().ok()?);
            world.policy.postponement = Postponement { enabled: true, most_times, most_days };
        }
        ["rule", id, offer @ ..] => {
            let rule = read_rule(world, id, offer)?;
            change_rules(world, id, Some(rule));
        }
        ["no", "rule", id] => change_rules(world, id, None),
        ["due", "monthly"] => world.policy.due_dates.rhythm = Rhythm::Monthly,
        ["due", "every", "term"] => world.policy.due_dates.rhythm = Rhythm::EveryTerm,
        ["automatic", switch] => world.policy.automatic_opening = is_on(switch)?,
        ["overdue", "off"] => world.policy.overdue_stop = None,
        ["overdue", "above", amount, "after", days, "days"] => {
            let above = read_amount(world, amount)?;
            world.policy.overdue_stop = Some(OverdueStop { above, grace_days: days.parse().ok()? });
        }
        _ => return None,
    }
    Some(())
}

/// A rule's offer: `in 1 at 0 3 at 2.5`, or `after 30 at 0 60 at 2.5`; and from what amount on.
fn read_rule(world: &World, id: &str, words: &[&str]) -> Option<PaymentRule> {
    let (words, minimum) = match words {
        [offer @ .., "from", amount] => (offer, read_amount(world, amount)?),
        offer => (offer, Amount::ZERO),
    };
    let (how, terms) = words.split_first()?;
    let terms = terms.chunks(3).map(|term| match term {
        [number, "at", rate] => Some((number.parse().ok()?, *rate)),
        _ => None,
    });
    let terms: Vec<(u16, &str)> = terms.collect::<Option<_>>()?;
    let rule = match *how {
        "in" => {
            let terms: Vec<(u64, &str)> =
                terms.iter().map(|(count, rate)| ((*count).into(), *rate)).collect();
            rule_of(id, &terms)
        }
        "after" => rule_after(id, &terms),
        _ => return None,
    };
    Some(PaymentRule { minimum, ..rule })
}

/// Puts a rule behind the others, in place of one of the same id.
fn change_rules(world: &mut World, id: &str, rule: Option<PaymentRule>) {
    let others = world.policy.offering.rules.iter().filter(|other| other.id.as_str() != id).cloned();
    world.policy.offering = offering(others.chain(rule).collect());
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
        Err(rejection) => vec![refusals::refusal(world, &rejection)],
    }
}

/// Shows a plan to a buyer, who may buy by it later.
fn see(world: &World, seen: &mut Seen, words: &[&str]) -> Option<Vec<String>> {
    let ["see", amount, choice @ ..] = words else { return None };
    let wish = read_wish(world, amount, choice)?;
    let preview = assess(&world.account(), &wish, &world.sight().context());
    let plan = preview.plan?;
    let told = answers::plan_figures(world, &plan);
    seen.insert(plan.id.clone(), plan);
    Some(vec![told])
}

fn read_wish(world: &World, amount: &str, choice: &[&str]) -> Option<Wish> {
    let choice = match choice {
        [] => None,
        ["in", count] => Some(PlanChoice::Installments(InstallmentCount::new(count.parse().ok()?)?)),
        ["after", days @ ..] => {
            let days: Option<Vec<u16>> = days.iter().map(|day| day.parse().ok()).collect();
            Some(PlanChoice::Days(days?))
        }
        ["by", id] => Some(PlanChoice::Plan(PlanId::new(*id).ok()?)),
        _ => return None,
    };
    Some(Wish { amount: read_amount(world, amount)?, choice, channel: None })
}

fn question(world: &mut World, words: &[&str]) -> Option<Vec<String>> {
    match words {
        ["account"] => Some(answers::account(world)),
        ["holds"] => Some(answers::holds(world)),
        ["holders"] => Some(answers::holders(world)),
        ["invoices"] => Some(answers::invoices(world)),
        ["all", "invoices"] => Some(answers::all_invoices(world)),
        ["statement"] => Some(answers::statement(world)),
        ["preview", amount, choice @ ..] => {
            let wish = read_wish(world, amount, choice)?;
            Some(answers::preview(world, &wish))
        }
        ["plans", amount] => Some(answers::plans(world, &read_wish(world, amount, &[])?)),
        ["remedies", amount, choice @ ..] => {
            Some(answers::remedies(world, &read_wish(world, amount, choice)?))
        }
        _ => None,
    }
}

fn command(world: &World, seen: &Seen, words: &[&str]) -> Option<Command> {
    line_command(world, words)
        .or_else(|| hold_command(world, words))
        .or_else(|| invoice_command(world, words))
        .or_else(|| trade_command(world, seen, words))
}

fn line_command(world: &World, words: &[&str]) -> Option<Command> {
    Some(match words {
        ["request", limit, days] => request(read_amount(world, limit)?, days.parse().ok()?),
        ["approve", limit, days] => approve(read_amount(world, limit)?, days.parse().ok()?),
        ["reject"] => REJECT,
        ["suspend"] => SUSPEND,
        ["reactivate"] => REACTIVATE,
        ["cancel"] => CANCEL,
        ["limit", limit] => change_limit(read_amount(world, limit)?),
        ["tolerance", tolerance] => change_tolerance(Tolerance::parse(tolerance).ok()?),
        ["open", "by", "itself"] => OPEN_AUTOMATICALLY,
        ["open", limit, tolerance] => open(read_amount(world, limit)?, Tolerance::parse(tolerance).ok()?),
        ["update", terms @ ..] => read_update(world, terms)?,
        ["close"] => CLOSE,
        ["adjust", movement, value] => {
            adjust(movement, Balance::parse(value, world.policy.currency).ok()?.minor())
        }
        ["add", "holder"] => ADD_HOLDER,
        ["remove", "holder", number] => {
            let number: usize = number.parse().ok()?;
            remove_holder(*world.book.holders.keys().nth(number.checked_sub(1)?)?)
        }
        _ => return None,
    })
}

fn read_update(world: &World, terms: &[&str]) -> Option<Command> {
    match terms {
        [] => Some(update(None, None)),
        ["limit", limit] => Some(update(Some(read_amount(world, limit)?), None)),
        ["tolerance", tolerance] => Some(update(None, Some(Tolerance::parse(tolerance).ok()?))),
        ["limit", limit, "tolerance", tolerance] => {
            Some(update(Some(read_amount(world, limit)?), Some(Tolerance::parse(tolerance).ok()?)))
        }
        _ => None,
    }
}

fn hold_command(world: &World, words: &[&str]) -> Option<Command> {
    Some(match words {
        ["hold", order, amount, terms @ ..] => {
            let terms = Terms::read(terms)?;
            Command::Authorize(Authorize {
                order: Some(OrderId::new(*order).ok()?),
                installments: terms.installments.unwrap_or(InstallmentCount::ONE),
                firm: terms.firm.is_some(),
                expires_at: terms.expires_at,
                ..hold(read_amount(world, amount)?)
            })
        }
        ["change", name, amount, terms @ ..] => {
            let Terms { installments, firm, expires_at } = Terms::read(terms)?;
            let change = change_hold(&purchase_named(world, name), read_amount(world, amount)?);
            Command::ChangeHold(ChangeHold { installments, firm, expires_at, ..change })
        }
        ["release", name] => release(&purchase_named(world, name)),
        ["settle", name, amount] => settle(&purchase_named(world, name), read_amount(world, amount)?),
        ["refund", name, amount] => refund(&purchase_named(world, name), read_amount(world, amount)?),
        ["expire"] => EXPIRE_HOLDS,
        _ => return None,
    })
}

/// The terms of a hold that are named: `[in 3] [firm] [until 2025-12-24]`.
#[derive(Default)]
struct Terms {
    installments: Option<InstallmentCount>,
    firm: Option<bool>,
    expires_at: Option<Instant>,
}

impl Terms {
    fn read(mut words: &[&str]) -> Option<Terms> {
        let mut terms = Terms::default();
        loop {
            words = match words {
                [] => return Some(terms),
                ["in", count, rest @ ..] => {
                    terms.installments = Some(InstallmentCount::new(count.parse().ok()?)?);
                    rest
                }
                ["firm", rest @ ..] => {
                    terms.firm = Some(true);
                    rest
                }
                ["until", day, rest @ ..] => {
                    terms.expires_at = Some(Instant::parse(&format!("{day}T00:00:00Z"))?);
                    rest
                }
                _ => return None,
            };
        }
    }
}

/// The purchase of an order; where nobody knows the order, the purchase of this name.
fn purchase_named(world: &World, name: &str) -> TransactionId {
    let held = world.book.holds.values().find(|hold| hold.order.as_str() == name);
    let bought = world.book.usages.values().find(|usage| usage.order.as_str() == name);
    let known = held.map(|hold| &hold.transaction).or(bought.map(|usage| &usage.transaction));
    known.cloned().unwrap_or_else(|| transaction(name))
}

fn invoice_command(world: &World, words: &[&str]) -> Option<Command> {
    Some(match words {
        ["pay", "invoice", name] => pay_invoice(&invoice_named(world, name)?),
        ["cancel", "invoice", name] => cancel_invoice(&invoice_named(world, name)?),
        ["postpone", name, days] => postpone(&invoice_named(world, name)?, days.parse().ok()?),
        ["annotate", name] => update_invoice(&invoice_named(world, name)?, None, true),
        ["mark", name, state] => {
            let state = InvoiceState::from_word(state)?;
            update_invoice(&invoice_named(world, name)?, Some(state), false)
        }
        _ => return None,
    })
}

/// `order/2`: an invoice of an order.
fn invoice_named(world: &World, name: &str) -> Option<InvoiceId> {
    let (order, number) = name.split_once('/')?;
    Some(InvoiceId { transaction: purchase_named(world, order), installment: number.parse().ok()? })
}

fn trade_command(world: &World, seen: &Seen, words: &[&str]) -> Option<Command> {
    match words {
        ["use", order, amount, "by", id] => {
            let plan = seen.get(&PlanId::new(*id).ok()?)?;
            let amount = read_amount(world, amount)?;
            Some(Command::UseCredit(UseCredit { amount, ..purchase_by(order, plan, None) }))
        }
        ["use", order, amount, plan @ ..] => Some(buy(order, read_amount(world, amount)?, read_count(plan)?)),
        ["pay", reference, amount, rest @ ..] => payment(world, reference, read_amount(world, amount)?, rest),
        _ => None,
    }
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
    Some((invoice_named(world, invoice)?, read_amount(world, amount)?))
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
