use crate::calendar::Day;
use crate::money::Amount;
use std::collections::BTreeMap;

/// What is owed, by due day: it tells what is overdue without looking at a single invoice
/// (DECISIONS 19). No rung is ever empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder(BTreeMap<Day, Amount>);

impl Ladder {
    /// The ladder of these rungs; empty ones are left out.
    pub fn new(rungs: impl IntoIterator<Item = (Day, Amount)>) -> Ladder {
        let mut ladder = Ladder::default();
        for (due, amount) in rungs {
            ladder.add(due, amount);
        }
        ladder
    }

    /// The rungs, earliest first.
    pub fn rungs(&self) -> impl Iterator<Item = (Day, Amount)> + '_ {
        self.0.iter().map(|(due, amount)| (*due, *amount))
    }

    /// What falls due on one day.
    pub fn due_on(&self, day: Day) -> Amount {
        self.0.get(&day).copied().unwrap_or_default()
    }

    /// What fell due before a day.
    pub fn due_before(&self, day: Day) -> Amount {
        Amount::saturating_sum(self.0.range(..day).map(|(_, amount)| *amount))
    }

    /// The rungs from one day to another, both included, earliest first; none where the second is before
    /// the first.
    pub fn due_between(&self, from: Day, to: Day) -> impl Iterator<Item = (Day, Amount)> + '_ {
        let rungs = self.0.range(from..).map(|(due, amount)| (*due, *amount));
        rungs.take_while(move |(due, _)| *due <= to)
    }

    /// The earliest due day of what is owed, overdue or not.
    pub fn earliest(&self) -> Option<Day> {
        self.0.keys().next().copied()
    }

    pub(super) fn add(&mut self, due: Day, amount: Amount) {
        if !amount.is_zero() {
            let rung = self.0.entry(due).or_default();
            *rung = rung.saturating_add(amount);
        }
    }

    pub(super) fn take(&mut self, due: Day, amount: Amount) {
        let left = self.due_on(due).saturating_sub(amount);
        if left.is_zero() {
            self.0.remove(&due);
        } else {
            self.0.insert(due, left);
        }
    }
}
