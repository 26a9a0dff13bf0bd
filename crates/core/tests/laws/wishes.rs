//! What a buyer may ask before an order, and the order it comes to.

use crate::new_purchase;
use crate::support::commands::{parts, purchase, purchase_by};
use crate::support::history::Taken;
use crate::support::world::{Scene, World, ending_holds};
use fiado_core::account::{
    Assessment, Command, EndingHold, PlanChoice, Remedies, Wish, assess, offered, remedies,
};
use fiado_core::identity::PlanId;
use fiado_core::installments::Plan;
use fiado_core::money::Amount;

/// What the buyer of a new order may have asked before it: for all at once, for as many parts or the
/// plan that they named, for certain days, and for all that may be bought once nothing is held.
pub(crate) fn wishes(step: &Taken) -> Vec<Wish> {
    let Some(bought) = new_purchase(step) else { return Vec::new() };
    let chosen = bought.plan.as_deref();
    let count = chosen.and_then(|chosen| chosen.seen.count()).unwrap_or(bought.installments);
    let named = chosen.map_or_else(|| plan_id("line:3x"), |chosen| chosen.seen.id.clone());
    let rules = &step.scene.policy.offering.rules;
    let days = rules.iter().flat_map(|rule| &rule.deadlines).next_back();
    let days = days.map_or_else(|| vec![7], |deadlines| deadlines.days().collect());
    let choices = [
        None,
        Some(PlanChoice::Installments(count)),
        Some(PlanChoice::Installments(parts(2))),
        Some(PlanChoice::Plan(named)),
        Some(PlanChoice::Days(days)),
    ];
    let channel = chosen.and_then(|chosen| chosen.channel.clone());
    let wish = |choice| Wish { amount: bought.amount, choice, channel: channel.clone() };
    let later = Wish { amount: spendable_without_holds(step), choice: None, channel: channel.clone() };
    choices.into_iter().map(wish).chain([later]).collect()
}

/// All that may be bought once everything that is held has ended.
fn spendable_without_holds(step: &Taken) -> Amount {
    let account = step.standing();
    let spendable = account.spendable(&step.scene.policy).plus(account.totals.held);
    spendable.floor_at_zero().min(step.scene.policy.currency.largest()).max(Amount::SMALLEST)
}

/// What a wish is told.
pub(crate) struct Told {
    pub(crate) preview: Assessment,
    pub(crate) offered: Vec<(Plan, bool)>,
    pub(crate) remedies: Remedies,
    pub(crate) holds: Vec<EndingHold>,
}

pub(crate) fn told(step: &Taken, wish: &Wish) -> Told {
    let (account, context) = (step.standing(), step.scene.context());
    let holds = ending_holds(&step.before, step.scene.now);
    Told {
        preview: assess(&account, wish, &context),
        offered: offered(&account, wish, &context),
        remedies: remedies(&account, &holds, wish, &context),
        holds,
    }
}

pub(crate) fn plan_id(text: &str) -> PlanId {
    PlanId::new(text).unwrap()
}

/// The order of whoever has seen a preview: by the plan it showed, or at once where none was asked
/// for. Nothing where there is no such plan: such an order cannot be given.
pub(crate) fn purchased(wish: &Wish, preview: &Assessment) -> Option<Command> {
    let order = "what was wished for";
    let purchase = match (&preview.plan, &wish.choice) {
        (Some(plan), _) => purchase_by(order, plan, wish.channel.as_deref()),
        (None, None) => purchase(order, wish.amount, 1),
        (None, Some(_)) => return None,
    };
    Some(Command::UseCredit(purchase))
}

/// Whether a wish is previewed as passing, and the order it comes to passes, in a world where nothing
/// has been done yet that is to be done.
pub(crate) fn passes(world: &mut World, scene: &Scene, wish: &Wish) -> bool {
    let preview = assess(&world.account(), wish, &scene.context());
    let decided = purchased(wish, &preview).map(|purchase| world.run_in(scene, &purchase));
    let is_taken = decided.is_some_and(|result| result.is_ok());
    assert_eq!(is_taken, preview.passes(), "{wish:?}: {preview:?}");
    is_taken
}

/// The same wish for another amount.
pub(crate) fn of_amount(wish: &Wish, amount: Amount) -> Wish {
    Wish { amount, ..wish.clone() }
}
