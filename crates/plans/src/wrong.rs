/// Why there is no schedule, or no shop; `ScheduleNumbers` in `pkg/src/plans/types.ts` has the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i8)]
pub(crate) enum Wrong {
    /// None is loaded.
    Shop = -1,
    /// It is no ISO 4217 code that the core knows.
    Currency = -2,
    /// It is no rhythm.
    Rhythm = -3,
    /// It is not 1 to 31.
    DayOfMonth = -4,
    /// It is no adjustment.
    Adjustment = -5,
    /// It is the whole week.
    Weekend = -6,
    /// One of them is no day of years 1 to 9999, or they are more than a thousand.
    Holidays = -7,
    /// It is not a whole number of minor units, or nothing, or more than the largest amount.
    Amount = -8,
    /// It is not 1 to 48.
    Installments = -9,
    /// It is no day of years 1 to 9999.
    Date = -10,
    /// It is not 1 to 365 days.
    Term = -11,
    /// It is not a whole number of millionths of a percent, or more than 10,000 %.
    Rate = -12,
    /// It is no method of counting interest.
    Method = -13,
    /// As a rate.
    Tax = -14,
    /// It is neither the end nor the beginning of a period.
    Due = -15,
    /// They are not 1 to 48, or the days of one are not 0 to 3,650, or its rate is none.
    Terms = -16,
    /// The amount has fewer minor units than parts: one would be empty.
    EmptyPart = -17,
    /// The parts add up to more than the largest amount.
    Total = -18,
}

impl Wrong {
    /// The number it is told by.
    pub(crate) fn code(self) -> i32 {
        i32::from(self as i8)
    }
}
