//! Numbers of the page as values of the core, which is asked what is within its bounds.

use crate::memory;
use crate::wrong::Wrong;
use fiado_core::calendar::{Adjustment, BusinessDays, BusinessDaysError, Day, Weekday, Weekdays};
use fiado_core::installments::{
    DayOfMonth, Deadline, Deadlines, Due, InstallmentCount, Interest, Method, PaymentTerm, Rhythm,
};
use fiado_core::money::{Amount, Currency, Percent};

/// A whole number that is not negative.
fn whole(number: f64) -> Option<u64> {
    // Nothing is cut off that is not seen to be missing.
    let whole = number as u64;
    (whole as f64 == number).then_some(whole)
}

/// A currency, by the three characters of its code as one number of three bytes.
pub(crate) fn currency(code: u32) -> Result<Currency, Wrong> {
    let [_, bytes @ ..] = code.to_be_bytes();
    let known = Currency::ALL.iter().find(|currency| currency.code().as_bytes() == bytes);
    known.copied().ok_or(Wrong::Currency)
}

/// An amount of minor units, of more than nothing.
pub(crate) fn amount(minor: f64, currency: Currency) -> Result<Amount, Wrong> {
    let amount = whole(minor).and_then(Amount::from_minor).filter(|amount| !amount.is_zero());
    amount.filter(|amount| *amount <= currency.largest()).ok_or(Wrong::Amount)
}

/// A day, counted from 1970-01-01.
pub(crate) fn day(days: i32) -> Result<Day, Wrong> {
    Day::from_days_since_epoch(days).ok_or(Wrong::Date)
}

/// In how many parts.
pub(crate) fn count(installments: u32) -> Result<InstallmentCount, Wrong> {
    InstallmentCount::new(installments.into()).ok_or(Wrong::Installments)
}

/// Days to the first due day, and from each to the next.
pub(crate) fn term(days: u32) -> Result<PaymentTerm, Wrong> {
    PaymentTerm::new(days.into()).ok_or(Wrong::Term)
}

/// Interest a period; the tax is on simple interest alone, and the moment in the period matters to
/// compound interest alone.
pub(crate) fn interest(rate: f64, method: u32, tax: f64, due: u32) -> Result<Interest, Wrong> {
    let method = match method {
        0 => Method::Compound,
        1 => Method::SimpleWithTax(percent(tax).ok_or(Wrong::Tax)?),
        2 => Method::Simple,
        _ => return Err(Wrong::Method),
    };
    let due = match due {
        0 => Due::End,
        1 => Due::Beginning,
        _ => return Err(Wrong::Due),
    };
    Ok(Interest { rate: percent(rate).ok_or(Wrong::Rate)?, method, due })
}

/// Terms of payment, which are asked with in so many numbers: days and rate of each.
pub(crate) fn deadlines(count: usize) -> Result<Deadlines, Wrong> {
    memory::read(count, |numbers| {
        let (terms, []) = numbers.as_chunks() else { return Err(Wrong::Terms) };
        let mut deadlines = Vec::new();
        for [days, rate] in terms {
            let days = whole(days.get()).and_then(|days| days.try_into().ok()).ok_or(Wrong::Terms)?;
            deadlines.push(Deadline { days, rate: percent(rate.get()).ok_or(Wrong::Terms)? });
        }
        Deadlines::new(deadlines).ok_or(Wrong::Terms)
    })
}

/// How due days follow on one another.
pub(crate) fn rhythm(rhythm: u32, day_of_month: u32) -> Result<Rhythm, Wrong> {
    match rhythm {
        0 => Ok(Rhythm::EveryTerm),
        1 => Ok(Rhythm::Monthly),
        2 => Ok(Rhythm::EndOfMonth),
        3 => DayOfMonth::new(day_of_month.into()).map(Rhythm::DayOfMonth).ok_or(Wrong::DayOfMonth),
        _ => Err(Wrong::Rhythm),
    }
}

/// On which days business is done; the holidays are asked with.
pub(crate) fn business_days(adjustment: u32, weekend: u32, holidays: usize) -> Result<BusinessDays, Wrong> {
    let adjustment = match adjustment {
        0 => Adjustment::None,
        1 => Adjustment::Next,
        2 => Adjustment::Previous,
        3 => Adjustment::ModifiedFollowing,
        _ => return Err(Wrong::Adjustment),
    };
    let days = Weekday::ALL.into_iter().zip(0..);
    let weekend: Weekdays = days.filter(|(_, bit)| weekend >> bit & 1 == 1).map(|(day, _)| day).collect();
    memory::read(holidays, |numbers| {
        let mut holidays = Vec::new();
        for holiday in numbers {
            holidays.push(day(holiday.get() as i32).map_err(|_| Wrong::Holidays)?);
        }
        BusinessDays::new(adjustment, weekend, holidays).map_err(|error| match error {
            BusinessDaysError::NoBusinessDay => Wrong::Weekend,
            BusinessDaysError::TooManyHolidays => Wrong::Holidays,
        })
    })
}

fn percent(millionths: f64) -> Option<Percent> {
    whole(millionths).and_then(Percent::from_millionths)
}
