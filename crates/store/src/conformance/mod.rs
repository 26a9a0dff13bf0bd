//! What every store must do, as cases that run against any of them.
//!
//! A case is given a way to open a database of its own, empty at first: every call opens another
//! handle on the same one. The name of a case is the sentence that it holds.
//! [`conformance!`](crate::conformance!) makes a test of each:
//!
//! ```text
//! fiado_store::conformance!(Database::fresh);
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "these are tests, kept in the library so that every store can run them"
)]

mod accounts;
mod answers;
pub(crate) mod desk;
mod histories;
mod holds;
mod invoices;
mod journal;
mod lists;
mod moving;
mod needs;
mod people;
mod rows;
mod rules;
mod tenants;
mod transactions;

use crate::Store;
pub use moving::House;

/// Opens the case's database; every call another handle on the same one.
pub type Open<'a> = &'a dyn Fn() -> Box<dyn Store>;

/// One thing that every store does.
#[derive(Clone, Copy)]
pub struct Case {
    /// The sentence it holds.
    pub name: &'static str,
    case: fn(Open<'_>),
}

/// Runs one case.
///
/// # Panics
/// Where the store does not do what the case's name says, or there is no such case.
pub fn run(name: &str, open: Open<'_>) {
    let case = CASES.iter().find(|case| case.name == name);
    assert!(case.is_some(), "there is no case {name:?}");
    case.into_iter().for_each(|case| (case.case)(open));
}

/// One thing that any two stores do between which a shop moves house.
#[derive(Clone, Copy)]
pub struct Move {
    /// The sentence it holds.
    pub name: &'static str,
    case: fn(&House<'_>, &House<'_>),
}

/// Runs one of those cases: from the first house to the second.
///
/// # Panics
/// As [`run`].
pub fn run_move(name: &str, old: &House<'_>, new: &House<'_>) {
    let case = MOVES.iter().find(|case| case.name == name);
    assert!(case.is_some(), "there is no case {name:?}");
    case.into_iter().for_each(|case| (case.case)(old, new));
}

/// Passes the list of all cases, each with its module, to another macro.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_cases {
    ($macro:path, $argument:tt) => {
        $macro! { $argument
            journal::entries_come_back_in_order_and_each_link_follows_the_one_before;
            journal::a_journal_is_read_in_pieces;
            journal::entries_are_listed_with_their_lives_and_remarks;
            journal::entries_and_refusals_share_one_count_of_positions;
            journal::entries_that_leave_a_gap_are_refused;
            journal::an_entry_that_was_written_meanwhile_is_a_conflict;
            journal::a_commit_without_an_entry_is_refused;
            journal::the_newest_instant_is_that_of_any_entry_or_refusal;

            transactions::a_batch_with_one_bad_commit_leaves_nothing;
            transactions::a_batch_that_does_nothing_changes_nothing;
            transactions::what_one_handle_has_written_every_other_reads;
            transactions::a_batch_may_take_one_account_through_many_commands;
            transactions::an_account_nobody_knows_is_an_empty_book;
            transactions::accounts_that_were_not_wanted_may_be_written_too;
            transactions::a_batch_that_panics_leaves_nothing_and_stops_nobody;
            transactions::opening_again_finds_everything_as_it_was;
            transactions::readers_see_whole_batches_while_a_writer_writes;

            needs::purchases_and_payments_are_found_by_their_names;
            needs::the_oldest_invoices_come_as_many_as_cover_the_amount;
            needs::named_invoices_come_where_they_are_open;
            needs::what_is_paid_never_comes;
            needs::what_a_batch_needs_of_one_account_is_added_up;
            needs::what_is_named_does_not_count_as_covering;
            needs::one_invoice_comes_open_or_not;
            needs::the_open_invoices_of_a_purchase_come_together;
            needs::what_is_asked_for_by_name_is_left_to_it_whatever_else_is_asked;
            needs::a_movement_of_the_balance_is_made_once;
            needs::a_command_that_is_rehearsed_says_what_it_then_does;
            needs::a_hundred_thousand_open_invoices_weigh_nothing;

            rows::the_ladder_holds_what_is_owed_by_due_day;
            rows::a_payment_changes_invoice_and_purchase;
            rows::a_purchase_says_when_its_next_part_is_due;
            rows::a_purchase_keeps_the_plan_it_was_made_by;
            rows::a_profile_is_replaced_by_the_next;
            rows::a_remark_belongs_to_the_decision_it_was_written_beside;
            rows::what_happens_to_an_invoice_is_kept_in_it;
            rows::a_stretch_of_the_statement_is_what_lies_between_two_moments;
            rows::a_stretch_begins_with_the_balance_before_it;
            rows::a_stretch_knows_the_present_life_only;

            holds::a_hold_is_kept_as_it_was_changed_and_ended;
            holds::a_hold_and_its_purchase_are_found_by_their_transaction;
            holds::several_purchases_may_be_of_one_order;
            holds::a_hold_whose_time_has_come_is_not_held_any_more;
            holds::what_has_expired_comes_to_the_next_command;
            holds::accounts_with_expired_holds_are_found_wherever_they_are;
            holds::live_holds_come_in_the_order_they_end;
            holds::holds_of_one_batch_come_in_the_order_they_were_made;
            holds::a_purchase_that_is_settled_otherwise_changes_its_invoices;

            people::holders_have_addresses_until_they_are_removed;
            people::a_new_life_has_none_of_the_holders_of_the_last;
            people::a_contact_is_replaced_or_changed;
            people::a_shopper_is_known_by_their_own_address_before_that_of_a_holder;

            accounts::accounts_are_listed_while_they_have_or_had_a_line;
            accounts::accounts_are_listed_in_the_order_of_their_own_changes;
            accounts::a_page_of_accounts_is_what_stands_at_its_positions;
            accounts::counts_of_accounts_follow_every_change_of_standing;
            accounts::accounts_are_found_by_who_they_are;
            accounts::terms_on_accounts_hold_together_or_one_by_one;

            invoices::invoices_are_listed_as_they_were_issued;
            invoices::a_page_of_invoices_is_what_stands_at_its_positions;
            invoices::invoices_of_several_states_are_paged_in_the_order_they_were_issued;
            invoices::invoices_are_found_by_each_of_their_terms;
            invoices::invoices_are_found_by_when_they_were_issued_and_fall_due;
            invoices::terms_on_invoices_hold_together_or_one_by_one;
            invoices::notes_stay_on_their_invoice_and_lead_to_it;
            invoices::the_longest_observation_leads_to_its_invoice;
            invoices::totals_follow_whatever_happens_to_invoices;
            invoices::totals_may_be_more_than_an_amount_can_be;
            invoices::invoices_of_an_earlier_life_are_not_listed;
            invoices::invoices_issued_at_one_moment_are_listed_by_customer_and_id;

            answers::yes_and_no_are_remembered_word_for_word;
            answers::a_key_is_answered_once;
            answers::a_key_means_something_in_its_account_and_operation_alone;
            answers::answers_are_forgotten_oldest_first_in_small_steps;

            lists::every_list_reads_the_same_forward_and_backward;
            lists::marks_stand_still_while_new_rows_come_in;
            lists::requests_are_listed_by_status_and_age;
            lists::invoices_are_listed_by_what_is_left_to_pay;
            lists::marks_of_other_lists_are_refused;
            lists::an_account_without_rows_has_empty_lists;

            tenants::the_first_organization_is_made_with_the_store;
            tenants::one_customer_of_two_organizations_has_two_accounts;
            tenants::an_organization_is_made_once_and_then_left_as_it_is;
            tenants::an_organization_may_change_all_but_its_currency;
            tenants::changes_of_one_organization_are_not_lost_in_each_other;
            tenants::an_organization_is_made_with_its_first_change;
            tenants::an_account_belongs_to_an_organization_that_exists;
            tenants::keys_are_kept_as_they_were_made;
            tenants::the_signing_key_is_made_once;

            rules::rules_come_back_to_the_letter_in_the_order_they_were_made;
            rules::a_rule_that_is_replaced_keeps_its_place;
            rules::a_rule_that_was_removed_is_gone_and_its_id_is_free;
            rules::a_rule_is_made_once;
            rules::an_organization_has_no_more_rules_than_it_may;
            rules::rules_belong_to_one_organization;

            histories::random_histories_are_replayed_to_what_is_stored;
            histories::lists_and_totals_agree_after_random_histories;
            histories::any_filter_finds_what_a_look_at_each_invoice_finds;
            histories::two_writers_take_turns_without_losing_anything;
            histories::all_accounts_are_found_in_order_of_their_keys;
        }
    };
}

/// The same of the cases of moving house.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_moves {
    ($macro:path, $argument:tt) => {
        $macro! { $argument
            moving::a_house_that_has_moved_is_the_same_in_every_reader;
            moving::what_was_moved_goes_out_again_line_by_line;
            moving::a_new_store_moves_as_well;
            moving::work_goes_on_where_it_was;
            moving::an_export_is_one_moment;
            moving::customers_come_in_stretches_of_any_length;
            moving::it_does_not_matter_in_how_many_pieces_a_house_moves;
            moving::what_is_not_as_it_went_out_is_refused;
            moving::what_is_no_export_leaves_a_store_alone;
            moving::a_store_that_is_not_new_takes_nothing_in;
            moving::an_unfinished_store_is_opened_by_nobody_until_it_is_begun_anew;
            moving::an_import_that_was_overtaken_ends;
            moving::a_server_that_writes_meanwhile_is_found_out;
        }
    };
}

macro_rules! list_cases {
    (() $($module:ident::$name:ident;)*) => {
        /// All of them.
        pub const CASES: &[Case] = &[$(Case { name: stringify!($name), case: $module::$name }),*];
    };
}
conformance_cases!(list_cases, ());

macro_rules! list_moves {
    (() $($module:ident::$name:ident;)*) => {
        /// All of the cases of moving house.
        pub const MOVES: &[Move] = &[$(Move { name: stringify!($name), case: $module::$name }),*];
    };
}
conformance_moves!(list_moves, ());

#[doc(hidden)]
#[macro_export]
macro_rules! conformance_tests {
    (($fresh:expr) $($module:ident::$name:ident;)*) => {$(
        #[test]
        fn $name() {
            let database = $fresh();
            $crate::conformance::run(stringify!($name), &|| database.open());
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! conformance_move_tests {
    (($fresh:expr) $($module:ident::$name:ident;)*) => {$(
        #[test]
        fn $name() {
            let (old, new) = ($fresh(), $fresh());
            $crate::conformance::run_move(
                stringify!($name),
                &$crate::conformance::House { open: &|| old.try_open(), fill: &|| old.fill() },
                &$crate::conformance::House { open: &|| new.try_open(), fill: &|| new.fill() },
            );
        }
    )*};
}

/// Makes a test of every case. `$fresh` makes a new database each time it is called: something
/// with the methods `open(&self) -> Box<dyn Store>`, `try_open(&self) -> Result<Box<dyn Store>,
/// StoreError>` and `fill(&self) -> Result<Box<dyn Arrival>, StoreError>`, which is dropped when the
/// case is done.
#[macro_export]
macro_rules! conformance {
    ($fresh:expr) => {
        $crate::conformance_cases!($crate::conformance_tests, ($fresh));
        $crate::conformance_moves!($crate::conformance_move_tests, ($fresh));
    };
}
