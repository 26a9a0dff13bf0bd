//! Which rejection is answered where several apply, and what each command does in each status: as
//! tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

#[path = "precedence/situations.rs"]
mod situations;
mod support;
#[path = "precedence/transitions.rs"]
mod transitions;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use situations::answer;
use support::history::{histories, play};
use support::{variant, variants_in_source};

/// The order of precedence: where several apply, the first is answered.
const ORDER: [&str; 15] = [
    "AccountNotFound",
    "OrderConflict",
    "PaymentConflict",
    "InvalidTransition",
    "LineNotOpen",
    "OwnRequest",
    "LineSuspended",
    "OverdueDebt",
    "TooManyInstallments",
    "CreditNotAvailable",
    "DebtOutstanding",
    "InvoiceNotOpen",
    "AllocationAboveInvoice",
    "AllocationsAbovePayment",
    "TotalTooLarge",
];

/// All that a command may be refused for.
const REFUSED_FOR: [(&str, &[&str]); 10] = [
    ("Request", &["InvalidTransition"]),
    ("Approve", &["AccountNotFound", "InvalidTransition", "OwnRequest"]),
    ("Reject", &["AccountNotFound", "InvalidTransition"]),
    ("Suspend", &["AccountNotFound", "InvalidTransition"]),
    ("Reactivate", &["AccountNotFound", "InvalidTransition"]),
    ("Cancel", &["AccountNotFound", "InvalidTransition", "DebtOutstanding"]),
    ("ChangeLimit", &["AccountNotFound", "LineNotOpen"]),
    ("ChangeTolerance", &["AccountNotFound", "LineNotOpen"]),
    (
        "UseCredit",
        &[
            "AccountNotFound",
            "OrderConflict",
            "LineNotOpen",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "TotalTooLarge",
        ],
    ),
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
];

/// Of a command: a reason, and those that can apply besides. It is answered before all of them.
const ANSWERED_BEFORE: [(&str, &str, &[&str]); 13] = [
    ("Approve", "InvalidTransition", &["OwnRequest"]),
    ("UseCredit", "AccountNotFound", &["TooManyInstallments", "CreditNotAvailable"]),
    (
        "UseCredit",
        "OrderConflict",
        &[
            "LineNotOpen",
            "LineSuspended",
            "OverdueDebt",
            "TooManyInstallments",
            "CreditNotAvailable",
            "TotalTooLarge",
        ],
    ),
    ("UseCredit", "LineNotOpen", &["TooManyInstallments", "CreditNotAvailable"]),
    (
        "UseCredit",
        "LineSuspended",
        &["OverdueDebt", "TooManyInstallments", "CreditNotAvailable", "TotalTooLarge"],
    ),
    ("UseCredit", "OverdueDebt", &["TooManyInstallments", "CreditNotAvailable", "TotalTooLarge"]),
    ("UseCredit", "TooManyInstallments", &["CreditNotAvailable", "TotalTooLarge"]),
    ("UseCredit", "CreditNotAvailable", &["TotalTooLarge"]),
    ("Pay", "AccountNotFound", &["InvoiceNotOpen", "AllocationsAbovePayment"]),
    (
        "Pay",
        "PaymentConflict",
        &[
            "LineNotOpen",
            "InvoiceNotOpen",
            "AllocationAboveInvoice",
            "AllocationsAbovePayment",
            "TotalTooLarge",
        ],
    ),
    ("Pay", "LineNotOpen", &["InvoiceNotOpen", "AllocationsAbovePayment", "TotalTooLarge"]),
    ("Pay", "InvoiceNotOpen", &["AllocationAboveInvoice", "AllocationsAbovePayment", "TotalTooLarge"]),
    ("Pay", "AllocationAboveInvoice", &["AllocationsAbovePayment", "TotalTooLarge"]),
];

/// Of a command: a reason, those that never apply besides, and why not.
const NEVER_TOGETHER: [(&str, &str, &[&str], &str); 13] = [
    ("Approve", "AccountNotFound", &["InvalidTransition", "OwnRequest"], NO_ACCOUNT),
    ("Reject", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Suspend", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Reactivate", "AccountNotFound", &["InvalidTransition"], NO_ACCOUNT),
    ("Cancel", "AccountNotFound", &["InvalidTransition", "DebtOutstanding"], NO_ACCOUNT),
    ("Cancel", "InvalidTransition", &["DebtOutstanding"], NO_LINE),
    ("ChangeLimit", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    ("ChangeTolerance", "AccountNotFound", &["LineNotOpen"], NO_ACCOUNT),
    (
        "UseCredit",
        "AccountNotFound",
        &["OrderConflict", "LineNotOpen", "LineSuspended", "OverdueDebt", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("UseCredit", "LineNotOpen", &["LineSuspended", "OverdueDebt", "TotalTooLarge"], NO_LINE),
    (
        "Pay",
        "AccountNotFound",
        &["PaymentConflict", "LineNotOpen", "AllocationAboveInvoice", "TotalTooLarge"],
        NO_ACCOUNT,
    ),
    ("Pay", "LineNotOpen", &["AllocationAboveInvoice"], NO_LINE),
    ("Pay", "AllocationsAbovePayment", &["TotalTooLarge"], "what is given away whole leaves no rest"),
];

const NO_ACCOUNT: &str = "nothing was ever done where there is no account";
const NO_LINE: &str = "a line that was never granted or has ended owes nothing and is not suspended";

fn place(name: &str) -> usize {
    ORDER.iter().position(|other| *other == name).unwrap()
}

fn pairs_answered() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let pairs = |(command, first, seconds): (_, _, &'static [&str])| {
        seconds.iter().map(move |second| (command, first, *second))
    };
    ANSWERED_BEFORE.into_iter().flat_map(pairs)
}

#[test]
fn the_variants_stand_in_the_source_in_the_order_of_precedence() {
    let written = variants_in_source(include_str!("../src/account/rejection.rs"), "Rejection");
    assert_eq!(written, ORDER);
}

#[test]
fn of_two_reasons_that_apply_the_first_is_answered() {
    for (command, first, second) in pairs_answered() {
        assert!(place(first) < place(second), "{first} before {second}");
        // Each alone is answered; so in the pair both apply.
        for (reasons, expected) in
            [(vec![first], first), (vec![second], second), (vec![first, second], first)]
        {
            assert_eq!(answer(command, &reasons), expected, "{command} with {reasons:?}");
        }
    }
}

#[test]
fn of_all_reasons_that_can_apply_to_a_purchase_or_a_payment_the_first_is_answered() {
    for command in ["UseCredit", "Pay"] {
        let reasons = REFUSED_FOR.iter().find(|(name, _)| *name == command).unwrap().1;
        for chosen in subsets(reasons).into_iter().filter(|chosen| is_possible(command, chosen)) {
            let first = chosen.first().copied().unwrap_or("done");
            assert_eq!(answer(command, &chosen), first, "{command} with {chosen:?}");
        }
    }
}

/// All selections of some names, each in order.
fn subsets(names: &[&'static str]) -> Vec<Vec<&'static str>> {
    let Some((first, rest)) = names.split_first() else { return vec![Vec::new()] };
    let without = subsets(rest);
    let with = without.iter().map(|chosen| [&[*first], chosen.as_slice()].concat());
    with.chain(without.clone()).collect()
}

fn is_possible(command: &str, chosen: &[&str]) -> bool {
    NEVER_TOGETHER.iter().all(|(of, first, seconds, _)| {
        *of != command || !chosen.contains(first) || !seconds.iter().any(|second| chosen.contains(second))
    })
}

#[test]
fn every_pair_of_reasons_of_a_command_is_in_one_of_the_tables() {
    for (command, reasons) in REFUSED_FOR {
        for (place, first) in reasons.iter().enumerate() {
            for second in &reasons[place + 1..] {
                let is_answered = pairs_answered().any(|pair| pair == (command, *first, *second));
                let is_possible = is_possible(command, &[*first, *second]);
                assert_eq!(is_answered, is_possible, "{command}: {first} and {second}");
            }
        }
    }
}

#[test]
fn no_command_is_refused_for_a_reason_that_is_not_in_its_list() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        for step in play(&histories().new_tree(&mut runner).unwrap().current()) {
            let Err(rejection) = &step.result else { continue };
            let (command, reason) = (variant(&step.command), variant(rejection));
            let reasons = REFUSED_FOR.iter().find(|(name, _)| *name == command).unwrap().1;
            assert!(reasons.contains(&reason.as_str()), "{command} refused for {reason}");
        }
    }
}
