use super::operations::objections::{Asked, objections, shortfall, spendable};
use super::{Account, Context, Objection};
use crate::identity::PlanId;
use crate::installments::{InstallmentCount, Part, PaymentTerm, Plan};
use crate::money::Amount;
use crate::rules::{self, Offer};
use serde::{Deserialize, Serialize};

/// What a buyer wants to know before the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What the order costs.
    pub amount: Amount,
    /// How it is to be paid; `None`: at once, at the line's own term.
    pub choice: Option<PlanChoice>,
    /// The sales channel it is made in.
    pub channel: Option<String>,
}

/// Which of the plans that are offered is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanChoice {
    /// The cheapest in so many parts.
    Installments(InstallmentCount),
    /// The one that falls due so many days after the purchase.
    Days(Vec<u16>),
    /// The one of this id.
    Plan(PlanId),
}

/// What would become of a purchase, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Everything that stands against it, most important first; nothing: it would pass.
    pub reasons: Vec<Objection>,
    /// What is left of the limit now.
    pub available: Amount,
    /// The largest purchase that passes the ceiling now, interest included.
    pub spendable: Amount,
    /// What would have to be paid first for the purchase to pass the ceiling; nothing where it
    /// fits. It is more than the purchase where more is owed than the ceiling.
    pub shortfall: Amount,
    /// What would be owed after it, if it passes.
    pub used_after: Option<Amount>,
    /// What would be left of the limit after it, if it passes.
    pub available_after: Option<Amount>,
    /// The plan that was chosen, if one was and it is offered.
    pub plan: Option<Plan>,
    /// The parts it would be paid in, if the line is open and it can be split so.
    pub parts: Option<Vec<Part>>,
}

impl Assessment {
    /// Whether the purchase would pass.
    pub fn passes(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Previews a purchase with the rules that decide it. A preview promises nothing: the account may
/// change before the purchase is made.
pub fn assess(account: &Account, wish: &Wish, context: &Context<'_>) -> Assessment {
    let chosen = wish.choice.as_ref().map(|choice| choose(account, wish, choice, context));
    let asked = asked(wish, chosen.as_ref());
    let mut reasons = objections(account, asked, context);
    match &chosen {
        // The line is open, so this is the first thing to say (the order of `Objection`).
        Some(Err(Chosen::NotOffered(not_offered))) => reasons.insert(0, not_offered.clone()),
        Some(Err(Chosen::TooLarge(_))) => add_too_large(&mut reasons, context),
        _ => {}
    }
    let after = after(account, asked.total);
    let passes = reasons.is_empty();
    let plan = chosen.and_then(Result::ok);
    Assessment {
        available: account.available(),
        spendable: spendable(account, context.policy),
        shortfall: shortfall(account, asked.total, context.policy),
        used_after: passes.then_some(after.totals.outstanding),
        available_after: passes.then(|| after.available()),
        parts: match &plan {
            Some(plan) => Some(plan.parts.clone()),
            None if wish.choice.is_some() => None,
            None => open_term(account).and_then(|term| asked.split(term, context).ok()),
        },
        plan,
        reasons,
    }
}

/// Every plan a purchase of this amount can be paid by, and whether it would pass so.
pub fn offered(account: &Account, wish: &Wish, context: &Context<'_>) -> Vec<(Plan, bool)> {
    let Some(term) = open_term(account) else { return Vec::new() };
    let policy = context.policy;
    let plan = |offer: &Offer<'_>| {
        let plan = offer.plan(wish.amount, context.today, term, &policy.due_dates)?;
        let passes = objections(account, Asked::of_plan(&plan), context).is_empty();
        Some((plan, passes))
    };
    policy.offering.offers(&purchase(wish, context)).iter().filter_map(plan).collect()
}

/// Why there is no chosen plan.
enum Chosen {
    /// Nothing of that kind is offered.
    NotOffered(Objection),
    /// It is offered, but the amount cannot be split so; or there is no line to pay by.
    Impossible(InstallmentCount),
    /// It is offered, but its total would be no amount any more.
    TooLarge(InstallmentCount),
}

fn choose(
    account: &Account,
    wish: &Wish,
    choice: &PlanChoice,
    context: &Context<'_>,
) -> Result<Plan, Chosen> {
    let impossible = || {
        Chosen::Impossible(match choice {
            PlanChoice::Installments(count) => *count,
            _ => InstallmentCount::ONE,
        })
    };
    let term = open_term(account).ok_or_else(impossible)?;
    let offer = choice_of_offer(wish, context).ok_or_else(|| {
        let offered = context.policy.offering.offers(&purchase(wish, context));
        let offered = offered.iter().map(Offer::id).collect();
        Chosen::NotOffered(Objection::PlanNotOffered { choice: choice.clone(), offered })
    })?;
    let plan = offer.plan(wish.amount, context.today, term, &context.policy.due_dates);
    let count = offer.terms.count();
    let is_too_small = wish.amount.minor() < u64::from(count.get());
    plan.ok_or(if is_too_small { Chosen::Impossible(count) } else { Chosen::TooLarge(count) })
}

/// What is offered of what was chosen.
pub(super) fn choice_of_offer<'a>(wish: &Wish, context: &Context<'a>) -> Option<Offer<'a>> {
    let offering = &context.policy.offering;
    let purchase = purchase(wish, context);
    match wish.choice.as_ref()? {
        PlanChoice::Plan(id) => offering.offer(&purchase, id),
        PlanChoice::Installments(count) => offering.cheapest(&purchase, *count),
        PlanChoice::Days(days) => offering.on_days(&purchase, days),
    }
}

fn asked(wish: &Wish, chosen: Option<&Result<Plan, Chosen>>) -> Asked {
    match chosen {
        Some(Ok(plan)) => Asked::of_plan(plan),
        Some(Err(Chosen::Impossible(count))) => Asked::new(wish.amount, *count),
        Some(Err(Chosen::TooLarge(count))) => Asked::new(Amount::LARGEST, *count),
        Some(Err(Chosen::NotOffered(_))) | None => Asked::new(wish.amount, InstallmentCount::ONE),
    }
}

fn purchase<'a>(wish: &'a Wish, context: &Context<'a>) -> rules::Asked<'a> {
    rules::Asked::on_account(wish.amount, wish.channel.as_deref(), context.now, context.policy)
}

/// The last thing to say, where it has not been said.
fn add_too_large(reasons: &mut Vec<Objection>, context: &Context<'_>) {
    let too_large = Objection::TotalTooLarge { largest: context.policy.currency.largest() };
    if !reasons.contains(&too_large) {
        reasons.push(too_large);
    }
}

/// The term of the line, if there is one that may be used or is only suspended.
pub(super) fn open_term(account: &Account) -> Option<PaymentTerm> {
    super::operations::open_line(account).ok().map(|line| line.term)
}

/// The account's totals as the purchase would leave them; enough for the figures of a preview.
fn after(account: &Account, total: Amount) -> Account {
    let prepaid = account.totals.unapplied.min(total);
    let mut after = account.clone();
    after.totals.outstanding = account.totals.outstanding.saturating_add(total).saturating_sub(prepaid);
    after.totals.unapplied = account.totals.unapplied.saturating_sub(prepaid);
    after
}
