use super::{PlanChoice, Rejection, Status};
use crate::calendar::Day;
use crate::identity::PlanId;
use crate::installments::InstallmentCount;
use crate::money::{Amount, Balance};

/// What can stand against new credit: all that a preview may say. Each is the [`Rejection`] of its name,
/// and the order is the same.
///
/// A type of its own, so that a browser, which previews and does nothing else, carries no other
/// refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the rejections of these names say it")]
pub enum Objection {
    AccountNotFound {},
    LineNotOpen {
        current: Status,
        was_granted: bool,
    },
    PlanNotOffered {
        choice: PlanChoice,
        offered: Vec<PlanId>,
    },
    LineSuspended {},
    OverdueDebt {
        overdue: Amount,
        above: Amount,
        grace_days: u16,
        earliest_due: Day,
    },
    TooManyInstallments {
        amount: Amount,
        installments: InstallmentCount,
        most: Option<InstallmentCount>,
    },
    CreditNotAvailable {
        limit: Amount,
        ceiling: Balance,
        used: Amount,
        held: Amount,
        available: Amount,
        spendable: Amount,
        required: Amount,
        shortfall: Amount,
    },
    TotalTooLarge {
        largest: Amount,
    },
}

/// Declares both ways between an objection and the rejection of its name.
macro_rules! same_names {
    ($($name:ident { $($field:ident),* })*) => {
        impl From<Objection> for Rejection {
            fn from(objection: Objection) -> Rejection {
                match objection {
                    $(Objection::$name { $($field),* } => Rejection::$name { $($field),* },)*
                }
            }
        }

        impl Rejection {
            /// The objection it is, if it is one to new credit.
            pub fn objection(&self) -> Option<Objection> {
                match self.clone() {
                    $(Rejection::$name { $($field),* } => Some(Objection::$name { $($field),* }),)*
                    _ => None,
                }
            }
        }
    };
}

same_names! {
    AccountNotFound {}
    LineNotOpen { current, was_granted }
    PlanNotOffered { choice, offered }
    LineSuspended {}
    OverdueDebt { overdue, above, grace_days, earliest_due }
    TooManyInstallments { amount, installments, most }
    CreditNotAvailable { limit, ceiling, used, held, available, spendable, required, shortfall }
    TotalTooLarge { largest }
}
