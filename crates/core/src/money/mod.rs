//! Money as whole minor units of one currency.
//!
//! An [`Amount`] is what is owed or asked and is never negative; a [`Balance`] is signed. Both
//! are integers inside and have a point only where they are read or printed, so no sum can
//! lose a cent. Nothing here rounds without saying so in its name, and nothing is ever a float.

mod amount;
mod balance;
mod currency;
mod number;
mod percent;
mod rate;
mod tolerance;

pub use amount::{Amount, AmountError};
pub use balance::Balance;
pub use currency::Currency;
pub use number::Printed;
pub use percent::Percent;
pub use rate::{Rate, RateError};
pub use tolerance::{Tolerance, ToleranceError};
