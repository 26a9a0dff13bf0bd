use super::{DueDates, InstallmentCount, Part, PaymentTerm, Terms};
use crate::calendar::Day;
use crate::identity::PlanId;
use crate::money::{Amount, Percent};
use serde::{Deserialize, Serialize};

/// One way to pay a purchase: what falls due when, and what it costs in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is offered under: the same for every amount and day.
    pub id: PlanId,
    /// What is bought.
    pub principal: Amount,
    /// Its rate in percent: a period's, or the highest of its terms'.
    pub rate: Percent,
    /// The day of the purchase.
    pub start: Day,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

impl Plan {
    /// The plan of these terms; `None` where a part would be empty or the total no amount.
    pub fn new(
        id: PlanId,
        terms: &Terms<'_>,
        principal: Amount,
        start: Day,
        term: PaymentTerm,
        due_dates: &DueDates,
    ) -> Option<Plan> {
        let parts = parts(terms, principal, start, term, due_dates)?;
        Some(Plan { id, principal, rate: terms.rate(), start, parts })
    }

    /// What its parts add up to.
    pub fn total(&self) -> Amount {
        Amount::saturating_sum(self.parts.iter().map(|part| part.amount))
    }

    /// In how many parts; `None` where it has none, which no plan that is offered has.
    pub fn count(&self) -> Option<InstallmentCount> {
        u64::try_from(self.parts.len()).ok().and_then(InstallmentCount::new)
    }

    /// What it costs beyond what is bought.
    pub fn interest(&self) -> Amount {
        self.total().saturating_sub(self.principal)
    }
}

/// What falls due when: equal parts as the shop's due dates follow on one another, deadlines on
/// their own days, moved to business days where the shop does so. `None` as for [`Plan::new`].
pub fn parts(
    terms: &Terms<'_>,
    principal: Amount,
    start: Day,
    term: PaymentTerm,
    due_dates: &DueDates,
) -> Option<Vec<Part>> {
    let due = |number| match terms {
        Terms::Equal { .. } => due_dates.due(term, start, number),
        Terms::Deadlines(deadlines) => {
            let days = deadlines.get(number).map_or(0, |deadline| deadline.days);
            due_dates.business_days.adjust(start.plus_days(u32::from(days)), start)
        }
    };
    let amounts = terms.amounts(principal)?.into_iter().zip(1..);
    Some(amounts.map(|(amount, number)| Part { number, due: due(number), amount }).collect())
}
