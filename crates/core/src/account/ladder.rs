use crate::calendar::Day;
use crate::money::Amount;

/// What is owed, by due day: it tells what is overdue without looking at a single invoice
/// (DECISIONS 19). No rung is ever empty.
///
/// The rungs lie one behind the other, the earliest first: there are as many as days on which something
/// falls due, some hundred at most, and nearly all of them are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder(Vec<(Day, Amount)>);

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
        self.0.iter().copied()
    }

    /// What falls due on one day.
    pub fn due_on(&self, day: Day) -> Amount {
        self.due_between(day, day).map(|(_, amount)| amount).next().unwrap_or_default()
    }

    /// What fell due before a day.
    pub fn due_before(&self, day: Day) -> Amount {
        Amount::saturating_sum(self.rungs().take_while(|(due, _)| *due < day).map(|(_, amount)| amount))
    }

    /// The rungs from one day to another, both included, earliest first; none where the second is before
    /// the first.
    pub fn due_between(&self, from: Day, to: Day) -> impl Iterator<Item = (Day, Amount)> + '_ {
        let first = self.0.partition_point(|(due, _)| *due < from);
        self.rungs().skip(first).take_while(move |(due, _)| *due <= to)
    }

    /// The earliest due day of what is owed, overdue or not.
    pub fn earliest(&self) -> Option<Day> {
        self.0.first().map(|(due, _)| *due)
    }

    pub(super) fn add(&mut self, due: Day, amount: Amount) {
        if amount.is_zero() {
            return;
        }
        match self.place(due) {
            Ok(place) => {
                if let Some((_, rung)) = self.0.get_mut(place) {
                    *rung = rung.saturating_add(amount);
                }
            }
            Err(place) => self.0.insert(place, (due, amount)),
        }
    }

    pub(super) fn take(&mut self, due: Day, amount: Amount) {
        let Ok(place) = self.place(due) else { return };
        let left = self.due_on(due).saturating_sub(amount);
        match self.0.get_mut(place) {
            Some((_, rung)) if !left.is_zero() => *rung = left,
            _ => drop(self.0.remove(place)),
        }
    }

    /// Where the rung of a day is, or belongs.
    fn place(&self, due: Day) -> Result<usize, usize> {
        self.0.binary_search_by_key(&due, |(day, _)| *day)
    }
}
