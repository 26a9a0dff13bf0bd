//! The order of reasons, and what each command may be refused for, as tables.

/// The order of precedence: where several apply, the first is answered.
pub(crate) const ORDER: [&str; 33] = [
    "AccountNotFound",
    "TransactionNotFound",
    "InvoiceNotFound",
    "HolderNotFound",
    "OrderConflict",
    "PaymentConflict",
    "StatementConflict",
    "AlreadyOpen",
    "InvalidTransition",
    "LineNotOpen",
    "OwnRequest",
    "HoldEnded",
    "HoldFirm",
    "ExpirationPassed",
    "NoOpenInvoice",
    "GrowthTooLarge",
    "InvoiceResolved",
    "PostponementDisabled",
    "PostponedTooOften",
    "PostponedTooFar",
    "PlanChanged",
    "PlanNotOffered",
    "LineSuspended",
    "OverdueDebt",
    "TooManyInstallments",
    "CreditNotAvailable",
    "SettlementBelowPaid",
    "RefundTooLarge",
    "DebtOutstanding",
    "InvoiceNotOpen",
    "AllocationAboveInvoice",
    "AllocationsAbovePayment",
    "TotalTooLarge",
];

/// What no command is refused for: only a preview says so.
pub(crate) const OF_PREVIEWS: [&str; 1] = ["PlanNotOffered"];

/// All that a command may be refused for.
pub(crate) const REFUSED_FOR: &[(&str, &[&str])] = &[
    ("Request", &["InvalidTransition"]),
    ("Approve", &["AccountNotFound", "InvalidTransition", "OwnRequest"]),
    ("Reject", &["AccountNotFound", "InvalidTransition"]),
    ("Open", &["AlreadyOpen", "InvalidTransition"]),
    ("OpenAutomatically", &["AccountNotFound", "AlreadyOpen", "LineNotOpen"]),
    ("Update", &["AccountNotFound", "LineNotOpen"]),
    ("Suspend", &["AccountNotFound", "InvalidTransition"]),
    ("Reactivate", &["AccountNotFound", "InvalidTransition"]),
    ("Cancel", &["AccountNotFound", "InvalidTransition", "DebtOutstanding"]),
    ("Close", &["AccountNotFound", "LineNotOpen", "DebtOutstanding"]),
    ("ChangeLimit", &["AccountNotFound", "LineNotOpen"]),
    ("ChangeTolerance", &["AccountNotFound", "LineNotOpen"]),
    ("AdjustBalance", &["AccountNotFound", "StatementConflict", "LineNotOpen", "TotalTooLarge"]),
    ("AddHolder", &["AccountNotFound", "LineNotOpen"]),
    ("RemoveHolder", &["AccountNotFound", "HolderNotFound"]),
    (
        "UseCredit",
        &[
            "AccountNotFound",
            "OrderConflict",
            "LineNotOpen",
            "PlanChanged",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "TotalTooLarge",
        ],
    ),
    (
        "Authorize",
        &[
            "AccountNotFound",
            "LineNotOpen",
            "ExpirationPassed",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "TotalTooLarge",
        ],
    ),
    (
        "ChangeHold",
        &[
            "AccountNotFound",
            "TransactionNotFound",
            "LineNotOpen",
            "HoldEnded",
            "ExpirationPassed",
            "GrowthTooLarge",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "TotalTooLarge",
        ],
    ),
    ("Release", &["AccountNotFound", "TransactionNotFound", "HoldEnded", "HoldFirm"]),
    (
        "Settle",
        &[
            "AccountNotFound",
            "TransactionNotFound",
            "LineNotOpen",
            "HoldEnded",
            "NoOpenInvoice",
            "GrowthTooLarge",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "SettlementBelowPaid",
            "TotalTooLarge",
        ],
    ),
    ("Refund", &["AccountNotFound", "TransactionNotFound", "RefundTooLarge", "TotalTooLarge"]),
    ("ExpireHolds", &[]),
    (
        "Pay",
        &[
            "AccountNotFound",
            "PaymentConflict",
            "LineNotOpen",
            "InvoiceNotOpen",
            "AllocationAboveInvoice",
            "AllocationsAbovePayment",
            "TotalTooLarge",
        ],
    ),
    ("PayInvoice", &["AccountNotFound", "InvoiceNotFound", "InvoiceResolved"]),
    ("UpdateInvoice", &["AccountNotFound", "InvoiceNotFound", "InvoiceResolved", "TotalTooLarge"]),
    ("CancelInvoice", &["AccountNotFound", "InvoiceNotFound", "InvoiceResolved", "TotalTooLarge"]),
    (
        "PostponeInvoice",
        &[
            "AccountNotFound",
            "InvoiceNotFound",
            "InvoiceResolved",
            "PostponementDisabled",
            "PostponedTooOften",
            "PostponedTooFar",
        ],
    ),
];

/// Of a command: a reason, those that never apply besides, and why not.
pub(crate) const NEVER_TOGETHER: &[(&str, &str, &[&str], &str)] = &[
    ("Approve", "AccountNotFound", &["InvalidTransition", "OwnRequest"], NO_ACCOUNT),
    ("Reject", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Open", "AlreadyOpen", &["InvalidTransition"], ONE_STATUS),
    ("OpenAutomatically", "AccountNotFound", &["AlreadyOpen", "LineNotOpen"], NO_ACCOUNT),
    ("OpenAutomatically", "AlreadyOpen", &["LineNotOpen"], ONE_STATUS),
    ("Update", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    ("Suspend", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Reactivate", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Cancel", "AccountNotFound", &["InvalidTransition", "DebtOutstanding"], NO_ACCOUNT),
    ("Cancel", "InvalidTransition", &["DebtOutstanding"], NO_LINE),
    ("Close", "AccountNotFound", &["LineNotOpen", "DebtOutstanding"], NO_ACCOUNT),
    ("Close", "LineNotOpen", &["DebtOutstanding"], NO_LINE),
    ("ChangeLimit", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    ("ChangeTolerance", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    ("AdjustBalance", "AccountNotFound", &["StatementConflict", "LineNotOpen", "TotalTooLarge"], NO_ACCOUNT),
    ("AddHolder", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    (
        "UseCredit",
        "AccountNotFound",
        &["OrderConflict", "LineNotOpen", "LineSuspended", "OverdueDebt", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("UseCredit", "LineNotOpen", &["LineSuspended", "OverdueDebt", "TotalTooLarge"], NO_LINE),
    (
        "Authorize",
        "AccountNotFound",
        &["LineNotOpen", "LineSuspended", "OverdueDebt", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("Authorize", "LineNotOpen", &["LineSuspended", "OverdueDebt", "TotalTooLarge"], NO_LINE),
    (
        "ChangeHold",
        "AccountNotFound",
        &["TransactionNotFound", "LineNotOpen", "LineSuspended", "OverdueDebt", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("ChangeHold", "AccountNotFound", &["HoldEnded", "GrowthTooLarge"], UNKNOWN),
    ("ChangeHold", "TransactionNotFound", &["HoldEnded", "GrowthTooLarge"], UNKNOWN),
    ("ChangeHold", "LineNotOpen", &["HoldEnded", "GrowthTooLarge"], ASKS_FOR_NO_LINE),
    ("ChangeHold", "LineNotOpen", &["LineSuspended", "OverdueDebt", "TotalTooLarge"], NO_LINE),
    ("Release", "AccountNotFound", &["HoldEnded", "HoldFirm"], UNKNOWN),
    ("Release", "TransactionNotFound", &["HoldEnded", "HoldFirm"], UNKNOWN),
    ("Settle", "AccountNotFound", OF_A_KNOWN_PURCHASE, UNKNOWN),
    ("Settle", "TransactionNotFound", OF_A_KNOWN_PURCHASE, UNKNOWN),
    ("Settle", "LineNotOpen", &["LineSuspended", "OverdueDebt", "TotalTooLarge"], NO_LINE),
    ("Settle", "LineNotOpen", &["HoldEnded"], ASKS_FOR_NO_LINE),
    ("Settle", "HoldEnded", &["NoOpenInvoice", "SettlementBelowPaid"], "one is a hold, the other a purchase"),
    ("Settle", "NoOpenInvoice", &["TooManyInstallments"], "a purchase is not split anew"),
    ("Settle", "SettlementBelowPaid", &["LineNotOpen", "NoOpenInvoice", "GrowthTooLarge"], ASKS_FOR_LESS),
    (
        "Settle",
        "SettlementBelowPaid",
        &["LineSuspended", "OverdueDebt", "TooManyInstallments", "CreditNotAvailable", "TotalTooLarge"],
        ASKS_FOR_LESS,
    ),
    ("Refund", "AccountNotFound", &["RefundTooLarge", "TotalTooLarge"], UNKNOWN),
    ("Refund", "TransactionNotFound", &["RefundTooLarge", "TotalTooLarge"], UNKNOWN),
    ("Refund", "RefundTooLarge", &["TotalTooLarge"], "what is not refunded gives nothing back"),
    (
        "Pay",
        "AccountNotFound",
        &["PaymentConflict", "LineNotOpen", "AllocationAboveInvoice", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("Pay", "LineNotOpen", &["AllocationAboveInvoice"], NO_LINE),
    ("Pay", "AllocationsAbovePayment", &["TotalTooLarge"], "what is given away whole leaves no rest"),
    ("PayInvoice", "AccountNotFound", &["InvoiceResolved"], UNKNOWN),
    ("PayInvoice", "InvoiceNotFound", &["InvoiceResolved"], UNKNOWN),
    ("UpdateInvoice", "AccountNotFound", &["InvoiceResolved", "TotalTooLarge"], UNKNOWN),
    ("UpdateInvoice", "InvoiceNotFound", &["InvoiceResolved", "TotalTooLarge"], UNKNOWN),
    ("UpdateInvoice", "InvoiceResolved", &["TotalTooLarge"], GIVES_NOTHING_BACK),
    ("CancelInvoice", "AccountNotFound", &["InvoiceResolved", "TotalTooLarge"], UNKNOWN),
    ("CancelInvoice", "InvoiceNotFound", &["InvoiceResolved", "TotalTooLarge"], UNKNOWN),
    ("CancelInvoice", "InvoiceResolved", &["TotalTooLarge"], GIVES_NOTHING_BACK),
    (
        "PostponeInvoice",
        "AccountNotFound",
        &["InvoiceResolved", "PostponedTooOften", "PostponedTooFar"],
        UNKNOWN,
    ),
    (
        "PostponeInvoice",
        "InvoiceNotFound",
        &["InvoiceResolved", "PostponedTooOften", "PostponedTooFar"],
        UNKNOWN,
    ),
];

/// What can only be said of a hold or purchase that is known.
const OF_A_KNOWN_PURCHASE: &[&str] = &[
    "LineNotOpen",
    "HoldEnded",
    "NoOpenInvoice",
    "GrowthTooLarge",
    "LineSuspended",
    "OverdueDebt",
    "TooManyInstallments",
    "CreditNotAvailable",
    "SettlementBelowPaid",
    "TotalTooLarge",
];

const NO_ACCOUNT: &str = "nothing was ever done where there is no account";
const NO_LINE: &str = "a line that was never granted or has ended owes nothing and is not suspended";
const ONE_STATUS: &str = "a line stands in one place";
const UNKNOWN: &str = "of what nobody knows, nothing can be said";
const ASKS_FOR_NO_LINE: &str = "only what is new needs an open line, and what was held and has ended is not";
const ASKS_FOR_LESS: &str = "what asks for less needs no credit";
const GIVES_NOTHING_BACK: &str = "a resolved invoice has nothing to give back";

/// Whether these reasons can apply to a command at once.
pub(crate) fn is_possible(command: &str, chosen: &[&str]) -> bool {
    NEVER_TOGETHER.iter().all(|(of, first, seconds, _)| {
        *of != command || !chosen.contains(first) || !seconds.iter().any(|second| chosen.contains(second))
    })
}
