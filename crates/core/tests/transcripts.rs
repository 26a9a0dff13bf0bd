//! Journeys of an account as scripts and what they answer.
//!
//! A transcript is a text file: what somebody does stands at the margin, what comes of it is
//! indented below it. `UPDATE_TRANSCRIPTS=1 cargo test -p fiado-core --test transcripts` writes
//! the answers anew; read the difference before it is kept.
//!
//! ```text
//! # Lines like this one, and empty lines, are for readers.
//! shop: currency CLP | tolerance off | overdue above 10.00 after 3 days | overdue off | own approval on
//! shop: rule RULE in 1 at 0 3 at 2.5 [from 50.00] | rule RULE after 30 at 0 60 at 2.5 | no rule RULE
//! shop: due monthly | due every term
//! shop: growth 0.1 | postponement 2 times 15 days | postponement off | automatic on
//! 2025-11-24 ana: request 10000.00 30 | approve 10000.00 30 | reject | suspend | reactivate | cancel
//! 2025-11-24 ana: open 3000.00 0.05 | open by itself | close | limit 9000.00 | tolerance 0.1
//! 2025-11-24 ana: update [limit 9000.00] [tolerance 0.1] | adjust MOVEMENT -15.00
//! 2025-11-24 ana: add holder | remove holder 1
//! 2025-11-24 ana: use ORDER 100.00 [in 3] | use ORDER 100.00 by RULE:3x
//! 2025-11-24 ana: pay REFERENCE 100.00 [dated 2025-11-20] [for ORDER/1 60.00 ORDER/2 40.00]
//! 2025-11-24 ana: hold ORDER 100.00 [in 3] [firm] [until 2025-12-24] | change ORDER 90.00 [in 3] …
//! 2025-11-24 ana: release ORDER | settle ORDER 90.00 | refund ORDER 10.00 | expire
//! 2025-11-24 ana: pay invoice ORDER/1 | cancel invoice ORDER/1 | postpone ORDER/1 10
//! 2025-11-24 ana: mark ORDER/1 paid | annotate ORDER/1
//! 2025-11-24: account | holds | invoices | all invoices | holders | statement
//! 2025-11-24: plans 100.00 | see 100.00 by RULE:3x
//! 2025-11-24: preview 100.00 [in 3] | preview 100.00 after 15 30 | preview 100.00 by RULE:3x | remedies 100.00 …
//! ```
//!
//! An order names its purchase; where nobody knows it, it is the purchase's own name. Who buys by a
//! plan buys by what was seen of it last.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

#[path = "transcripts/answers.rs"]
mod answers;
#[path = "transcripts/refusals.rs"]
mod refusals;
#[path = "transcripts/script.rs"]
mod script;
mod support;

use std::path::PathBuf;

/// Declares a test for each transcript, and the list of them.
macro_rules! transcripts {
    ($($name:ident: $file:literal,)*) => {
        $(
            #[test]
            fn $name() {
                check($file);
            }
        )*

        const FILES: &[&str] = &[$($file),*];
    };
}

transcripts! {
    the_facade_answers_its_published_figures: "facade.txt",
    installments_leave_their_remainder_on_the_last_part: "installments.txt",
    a_payment_beyond_the_debt_pays_the_next_purchase: "paid_ahead.txt",
    payments_reach_the_oldest_due_first_or_go_where_they_are_told: "allocations.txt",
    a_limit_below_what_is_used_breaks_nothing: "limit_lowered.txt",
    tolerance_lets_a_purchase_pass_the_limit: "tolerance.txt",
    the_statement_shows_what_the_guide_publishes: "statement.txt",
    a_line_ends_when_nothing_is_owed_and_begins_again: "lives.txt",
    overdue_debt_stops_purchases_after_its_days_of_grace: "overdue.txt",
    due_days_go_through_month_ends_and_leap_years: "due_days.txt",
    a_currency_without_cents_has_none: "pesos.txt",
    what_is_repeated_is_done_once: "repeated.txt",
    a_hold_is_changed_settled_released_or_expires: "holds.txt",
    a_settlement_is_changed_down_and_up_and_refunded: "settlements.txt",
    invoices_are_paid_cancelled_and_postponed_one_by_one: "invoices.txt",
    limits_and_tolerances_of_an_open_line_add_up_on_its_statement: "guide.txt",
    a_shopper_nobody_knows_is_given_a_line: "automatic.txt",
    a_closed_line_begins_anew_with_nothing_of_the_old_one: "new_life.txt",
    a_plan_is_charged_as_it_was_seen_or_not_at_all: "plans.txt",
    what_would_make_a_purchase_pass_is_told: "remedies.txt",
}

/// Plays a transcript and compares what it answers with what is written.
fn check(file: &str) {
    let path = folder().join(file);
    let written = std::fs::read_to_string(&path).unwrap();
    let played = script::play(&written);
    if is_update_wanted() {
        std::fs::write(&path, played).unwrap();
    } else if let Some(difference) = first_difference(&written, &played) {
        panic!("{file}: {difference}");
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("transcripts")
}

#[expect(clippy::disallowed_methods, reason = "a test may be told to write its files anew")]
fn is_update_wanted() -> bool {
    std::env::var_os("UPDATE_TRANSCRIPTS").is_some()
}

fn first_difference(written: &str, played: &str) -> Option<String> {
    if written == played {
        return None;
    }
    let ends = || std::iter::once("(the end)");
    let pairs = written.lines().chain(ends()).zip(played.lines().chain(ends()));
    let different = (1..).zip(pairs).find(|(_, (written, played))| written != played);
    Some(different.map_or_else(
        || "differs in its line ends".to_owned(),
        |(line, (written, played))| format!("line {line}\n written: {written}\n  played: {played}"),
    ))
}

#[test]
fn every_transcript_in_the_folder_is_played() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    files.sort();
    let mut played: Vec<&str> = FILES.to_vec();
    played.sort_unstable();
    assert_eq!(files, played);
}
