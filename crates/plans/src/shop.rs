use crate::questions;
use crate::wrong::Wrong;
use fiado_core::installments::{DueDates, Part, PaymentTerm, Terms, parts};
use fiado_core::money::{Amount, Currency};

/// What all schedules of a shop have in common.
pub(crate) struct Shop {
    currency: Currency,
    due_dates: DueDates,
}

/// What is paid when.
pub(crate) struct Schedule {
    pub(crate) parts: Vec<Part>,
    pub(crate) total: Amount,
    /// What it costs beyond what is bought.
    pub(crate) interest: Amount,
}

impl Shop {
    /// A shop of this currency and these due dates, in numbers: see [`load`](crate::load).
    pub(crate) fn new(
        currency: u32,
        rhythm: u32,
        day_of_month: u32,
        adjustment: u32,
        weekend: u32,
        holidays: usize,
    ) -> Result<Shop, Wrong> {
        let currency = questions::currency(currency)?;
        let rhythm = questions::rhythm(rhythm, day_of_month)?;
        let business_days = questions::business_days(adjustment, weekend, holidays)?;
        Ok(Shop { currency, due_dates: DueDates { rhythm, business_days } })
    }

    /// How many decimals its amounts have.
    pub(crate) fn decimals(&self) -> i32 {
        self.currency.decimals() as i32
    }

    /// What is paid when of so many minor units, bought on a day.
    pub(crate) fn schedule(
        &self,
        amount: f64,
        date: i32,
        terms: &Terms<'_>,
        term: PaymentTerm,
    ) -> Result<Schedule, Wrong> {
        let amount = questions::amount(amount, self.currency)?;
        let parts = parts(terms, amount, questions::day(date)?, term, &self.due_dates);
        let is_empty = amount.minor() < u64::from(terms.count().get());
        let parts = parts.ok_or(if is_empty { Wrong::EmptyPart } else { Wrong::Total })?;
        let total = Amount::saturating_sum(parts.iter().map(|part| part.amount));
        if total > self.currency.largest() {
            return Err(Wrong::Total);
        }
        Ok(Schedule { parts, total, interest: total.saturating_sub(amount) })
    }
}
