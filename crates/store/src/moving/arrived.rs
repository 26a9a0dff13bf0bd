use super::Belongings;
use super::chain::Chain;
use crate::JournalRow;
use crate::tally::Tally;
use crate::verify::{Figure, Finding};
use fiado_core::account::{Book, Entry, Hold, Invoice, Row, Usage, evolve, project};
use fiado_core::identity::TransactionId;
use fiado_core::money::Amount;

/// What a customer has, with the account and all of its rows as the journal makes them.
#[derive(Debug)]
pub struct Arrived {
    pub(crate) belongings: Belongings,
    pub(crate) book: Book,
    /// Purchases and holds in the order they were made, which their rows keep.
    usages: Vec<TransactionId>,
    holds: Vec<TransactionId>,
}

impl Arrived {
    /// Replays a journal, and says what is wrong with it.
    pub(super) fn replay(belongings: Belongings) -> Result<Arrived, Finding> {
        let mut arrived =
            Arrived { belongings, book: Book::default(), usages: Vec::new(), holds: Vec::new() };
        let mut chain = Chain::new();
        let journal = std::mem::take(&mut arrived.belongings.journal);
        for row in &journal {
            chain.follow(row)?;
            arrived.follow(&entry_of(row)?);
        }
        arrived.belongings.journal = journal;
        if let Some((version, head)) = &arrived.belongings.head {
            chain.end((*version, head))?;
        }
        arrived.check_figures()?;
        Ok(arrived)
    }

    fn follow(&mut self, entry: &Entry) {
        self.book.account = evolve(std::mem::take(&mut self.book.account), entry);
        for row in project(&self.book.account, entry) {
            match &row {
                Row::Usage(usage) => self.usages.push(usage.transaction.clone()),
                Row::Hold(hold) => self.holds.push(hold.transaction.clone()),
                _ => {}
            }
            self.book.apply(&row);
        }
    }

    /// A journal whose changes do not fit what it has made leaves figures that differ.
    fn check_figures(&self) -> Result<(), Finding> {
        let totals = self.book.account.totals;
        let rungs = self.book.account.ladder.rungs().map(|(_, amount)| amount);
        let owed = figure("what is owed by the journal", totals.outstanding);
        let held = figure("what is held by the journal", totals.held);
        let pairs = [
            (owed, figure("the sum of what is left of its invoices", self.book.owed())),
            (owed, figure("the sum of what is owed by due day", Amount::saturating_sum(rungs))),
            (held, figure("the sum of its live holds", self.book.held())),
        ];
        match pairs.into_iter().find(|(one, other)| one.minor != other.minor) {
            Some((one, other)) => Err(Finding::Unequal(one, other)),
            None => Ok(()),
        }
    }

    /// Its purchases, in the order they were made.
    pub(crate) fn usages(&self) -> impl Iterator<Item = &Usage> {
        self.usages.iter().filter_map(|id| self.book.usages.get(id))
    }

    /// Its holds, in the order they were made.
    pub(crate) fn holds(&self) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter_map(|id| self.book.holds.get(id))
    }

    /// What its invoices of the present life come to.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        let present = self.book.invoices.values().filter(|invoice: &&Invoice| !invoice.past);
        present.for_each(|invoice| tally.add(invoice.state, invoice.value));
        tally
    }
}

/// The entry of a row, which says the same of itself.
fn entry_of(row: &JournalRow) -> Result<Entry, Finding> {
    let sequence = row.sequence;
    let entry: Entry =
        serde_json::from_slice(&row.body).map_err(|_| Finding::EntryUnreadable { sequence })?;
    if entry.sequence != sequence {
        return Err(Finding::EntryMisplaced { sequence, says: entry.sequence });
    }
    if row.at != entry.at || row.kind != entry.event.word() {
        return Err(Finding::EntryMislabelled { sequence });
    }
    Ok(entry)
}

fn figure(name: &'static str, amount: Amount) -> Figure {
    Figure { name, minor: i64::try_from(amount.minor()).unwrap_or(i64::MAX) }
}
