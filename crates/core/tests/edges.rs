//! The edges: the largest amounts, the last day, entries that do not fit, figures nobody meets by
//! chance.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod support;

use fiado_core::account::{
    Account, Authorize, ChangeHold, Command, Entry, Event, InvoiceState, Items, Objection, Rejection,
    Snapshot, Status, Validity, assess, decide, earliest_payment_day, evolve, latest_payment_day, remedies,
};
use fiado_core::calendar::Day;
use fiado_core::identity::{ActorId, LifeId};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use fiado_core::policy::Postponement;
use support::commands::{
    CANCEL, CLOSE, REJECT, SUSPEND, adjust, approve, authorize, buy, cancel_invoice, change_hold,
    change_limit, change_tolerance, day, hold, instant, minor, open, parts, pay, pay_for, postpone, refund,
    request, settle, term, transaction, update_invoice, usd, wish,
};
use support::offering::{offering, rule_after, rule_of};
use support::variant;
use support::world::{World, noon};

fn line_of(limit: Amount, currency: Currency) -> World {
    let mut world = World::new(currency);
    world.run("ana", &request(limit, 30)).unwrap();
    world.run("luis", &approve(limit, 30)).unwrap();
    world
}

fn rejection(world: &mut World, command: &Command) -> Rejection {
    world.run("ana", command).unwrap_err()
}

#[test]
fn a_payment_may_be_dated_from_ten_years_back_to_tomorrow() {
    let cases = [
        ("2025-11-24", "2015-11-24", "2025-11-25"),
        ("2025-02-28", "2015-02-28", "2025-03-01"),
        ("2024-02-28", "2014-02-28", "2024-02-29"),
        ("2024-02-29", "2014-02-28", "2024-03-01"),
        ("2034-02-28", "2024-02-28", "2034-03-01"),
        ("2034-03-01", "2024-03-01", "2034-03-02"),
        ("2025-12-31", "2015-12-31", "2026-01-01"),
        ("0010-12-31", "0001-01-01", "0011-01-01"),
        ("0011-01-01", "0001-01-01", "0011-01-02"),
        ("9999-12-31", "9989-12-31", "9999-12-31"),
    ];
    for (today, earliest, latest) in cases {
        assert_eq!(earliest_payment_day(day(today)), day(earliest), "{today}");
        assert_eq!(latest_payment_day(day(today)), day(latest), "{today}");
    }
}

#[test]
fn allocations_to_one_invoice_are_summed_however_large_they_are() {
    let mut world = line_of(Amount::LARGEST, Currency::Usd);
    world.run("ana", &buy("all there is", Amount::LARGEST, 1)).unwrap();
    let invoice = world.open_invoices()[0].id.clone();
    let twice = [(invoice.clone(), Amount::LARGEST), (invoice.clone(), Amount::LARGEST)];
    let payment = pay_for("twice", Amount::LARGEST, world.today, &twice);
    assert_eq!(variant(&rejection(&mut world, &payment)), "AllocationAboveInvoice");
    let once = pay_for("once", Amount::LARGEST, world.today, &[(invoice, Amount::LARGEST)]);
    assert_eq!(world.run("ana", &once).unwrap().account.totals.outstanding, Amount::ZERO);
}

#[test]
fn an_allocation_of_nothing_leaves_no_trace() {
    let mut world = line_of(usd("100"), Currency::Usd);
    world.run("ana", &buy("an order", usd("10"), 1)).unwrap();
    let invoice = world.open_invoices()[0].id.clone();
    let payment = pay_for("a transfer", usd("5"), world.today, &[(invoice, Amount::ZERO)]);
    let outcome = world.run("ana", &payment).unwrap();
    let Event::Paid { applied, unapplied, .. } = &outcome.entries[0].event else {
        panic!("not a payment");
    };
    assert!(applied.is_empty());
    assert_eq!(*unapplied, usd("5"));
    assert_eq!(world.open_invoices()[0].left(), usd("10"));
}

#[test]
fn what_is_owed_and_what_is_paid_ahead_stay_amounts_of_the_currency() {
    for currency in [Currency::Usd, Currency::Clp] {
        let largest = currency.largest();
        let mut world = line_of(largest, currency);
        world.run("luis", &change_tolerance(Tolerance::LARGEST)).unwrap();
        world.run("ana", &buy("all there is", largest, 1)).unwrap();
        let too_large = Rejection::TotalTooLarge { largest };
        assert_eq!(rejection(&mut world, &buy("one more", minor(1), 1)), too_large);
        let today = world.today;
        world.run("ana", &pay("all", largest, today)).unwrap();
        world.run("ana", &pay("all again", largest, today)).unwrap();
        assert_eq!(rejection(&mut world, &pay("one more", minor(1), today)), too_large);
    }
}

#[test]
fn the_figures_of_a_preview_stay_amounts_of_the_currency() {
    for currency in [Currency::Usd, Currency::Clp] {
        let largest = currency.largest();
        let mut world = line_of(largest, currency);
        world.run("luis", &change_tolerance(Tolerance::LARGEST)).unwrap();
        let scene = world.scene("ana");
        let assessment = assess(&world.book.account, &wish(largest, 1), &scene.context());
        assert!(assessment.passes());
        assert_eq!(assessment.spendable, largest);
        assert_eq!(world.book.account.ceiling(&world.policy), Tolerance::LARGEST.ceiling(largest));
        assert!(world.book.account.ceiling(&world.policy) > Balance::from(largest));

        world.run("ana", &buy("all there is", largest, 1)).unwrap();
        world.run("luis", &change_limit(Amount::ZERO)).unwrap();
        let scene = world.scene("ana");
        let assessment = assess(&world.book.account, &wish(largest, 1), &scene.context());
        assert_eq!((assessment.spendable, assessment.shortfall), (Amount::ZERO, largest));
    }
}

#[test]
fn what_is_held_counts_against_limit_and_ceiling_and_keeps_a_line_from_ending() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    world.run("ana", &authorize(usd("300"))).unwrap();
    assert_eq!(world.book.account.available(), usd("700"));
    let Rejection::CreditNotAvailable { held, spendable, shortfall, .. } =
        rejection(&mut world, &buy("an order", usd("700.01"), 1))
    else {
        panic!("not a matter of credit");
    };
    assert_eq!((held, spendable, shortfall), (usd("300"), usd("700"), usd("0.01")));
    let outstanding = Amount::ZERO;
    for end in [CANCEL, CLOSE] {
        assert_eq!(rejection(&mut world, &end), Rejection::DebtOutstanding { outstanding, held });
    }
    let outcome = world.run("ana", &buy("an order", usd("700"), 1)).unwrap();
    assert_eq!(outcome.account.available(), Amount::ZERO);
}

#[test]
fn a_hold_lives_until_its_moment_and_not_an_instant_longer() {
    let at = instant("2025-11-24T18:00:00Z");
    for (hour, lives) in [(17, true), (18, false), (19, false)] {
        let mut world = line_of(usd("1000"), Currency::Usd);
        let command = Command::Authorize(Authorize { expires_at: Some(at), ..hold(usd("600")) });
        world.run("ana", &command).unwrap();
        world.hour = hour;
        let expected = if lives { usd("400") } else { usd("1000") };
        assert_eq!(world.account().available(), expected, "at {hour}");
        assert_eq!(world.run("ana", &buy("an order", usd("1000"), 1)).is_err(), lives, "at {hour}");
    }
}

#[test]
fn a_hold_that_becomes_firm_lives_thirty_days_unless_its_client_has_said_when_it_ends() {
    let (chosen, in_thirty_days) = ("2025-11-26T00:00:00Z", "2025-12-24T12:00:00Z");
    let cases = [(None, None, in_thirty_days), (Some(chosen), None, chosen), (None, Some(chosen), chosen)];
    for (first, then, ends) in cases {
        let mut world = line_of(usd("1000"), Currency::Usd);
        let id = transaction("pedido");
        let made = ChangeHold { expires_at: first.map(instant), ..change_hold(&id, usd("1")) };
        let firm = Some(true);
        let change = ChangeHold { firm, expires_at: then.map(instant), ..change_hold(&id, usd("1")) };
        for command in [made, change] {
            world.run("ana", &Command::ChangeHold(command)).unwrap();
        }
        assert_eq!(world.book.holds[&id].terms.expires_at, instant(ends), "{first:?}, then {then:?}");
    }
}

#[test]
fn holds_end_in_order_of_their_time_and_before_what_finds_them_ended() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    for ends in ["2025-11-24T20:00:00Z", "2025-11-24T19:00:00Z"] {
        let expires_at = Some(instant(ends));
        world.run("ana", &Command::Authorize(Authorize { expires_at, ..hold(usd("1")) })).unwrap();
    }
    world.hour = 22;
    let outcome = world.run("ana", &authorize(usd("1000"))).unwrap();
    let events: Vec<String> = outcome.entries.iter().map(|entry| variant(&entry.event)).collect();
    assert_eq!(events, ["HoldExpired", "HoldExpired", "Authorized"]);
    let Event::HoldExpired { transaction, .. } = &outcome.entries[0].event else { panic!("checked above") };
    assert_eq!(world.book.holds[transaction].terms.expires_at, instant("2025-11-24T19:00:00Z"));
}

#[test]
fn a_hold_without_an_order_is_of_the_order_its_own_id_names() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    world.run("ana", &authorize(usd("1"))).unwrap();
    world.run("ana", &Command::ChangeHold(change_hold(&transaction(&"x".repeat(64)), usd("1")))).unwrap();
    for made in world.book.holds.values() {
        assert_eq!(made.order.as_str(), made.transaction.as_str());
    }
}

#[test]
fn what_is_given_back_of_a_cancelled_invoice_stays_an_amount_of_the_currency() {
    for currency in [Currency::Usd, Currency::Clp] {
        let largest = currency.largest();
        let mut world = line_of(largest, currency);
        world.run("ana", &buy("an order", minor(100), 1)).unwrap();
        let invoice = world.open_invoices()[0].id.clone();
        let today = world.today;
        world.run("ana", &pay_for("a part", minor(1), today, &[(invoice.clone(), minor(1))])).unwrap();
        world.run("ana", &pay_for("ahead", largest, today, &[])).unwrap();
        let too_large = Rejection::TotalTooLarge { largest };
        assert_eq!(rejection(&mut world, &cancel_invoice(&invoice)), too_large);
        let cancelled = update_invoice(&invoice, Some(InvoiceState::Cancelled), true);
        assert_eq!(rejection(&mut world, &cancelled), too_large);
        assert_eq!(world.book.owed(), minor(99));
    }
}

#[test]
fn what_is_given_back_of_a_refund_stays_an_amount_of_the_currency() {
    for currency in [Currency::Usd, Currency::Clp] {
        let largest = currency.largest();
        let mut world = line_of(largest, currency);
        world.run("ana", &buy("an order", minor(100), 2)).unwrap();
        let id = world.open_invoices()[0].id.transaction.clone();
        let today = world.today;
        world.run("ana", &pay("all", minor(100), today)).unwrap();
        world.run("ana", &pay("ahead", minor(largest.minor() - 70), today)).unwrap();
        assert_eq!(rejection(&mut world, &refund(&id, minor(71))), Rejection::TotalTooLarge { largest });
        let outcome = world.run("ana", &refund(&id, minor(70))).unwrap();
        assert_eq!(outcome.account.totals.unapplied, largest);
        let values: Vec<u64> = world.book.invoices.values().map(|invoice| invoice.value.minor()).collect();
        assert_eq!(values, [30, 0]);
    }
}

#[test]
fn the_manual_balance_stays_within_the_largest_amount_on_both_sides() {
    for sign in [1, -1] {
        let mut world = line_of(usd("1"), Currency::Usd);
        let largest = i64::try_from(Amount::LARGEST.minor()).unwrap();
        world.run("ana", &adjust("all", sign * largest)).unwrap();
        let too_large = Rejection::TotalTooLarge { largest: Amount::LARGEST };
        assert_eq!(rejection(&mut world, &adjust("one more", sign)), too_large);
        world.run("ana", &adjust("one less", -sign)).unwrap();
        let balance = world.book.account.life.as_ref().unwrap().balance;
        assert_eq!(balance, Balance::from_minor(sign * (largest - 1)));
    }
}

#[test]
fn an_invoice_is_postponed_to_the_last_day_there_is_and_no_farther() {
    let mut world = World::new(Currency::Usd);
    world.policy.postponement = Postponement { enabled: true, most_times: 5, most_days: 3650 };
    world.today = Day::LAST.minus_days(40);
    world.run("ana", &open(usd("100"), Tolerance::NONE)).unwrap();
    world.run("ana", &buy("an order", usd("90"), 1)).unwrap();
    let invoice = world.open_invoices()[0].id.clone();
    for _ in 0..2 {
        world.run("ana", &postpone(&invoice, 30)).unwrap();
        assert_eq!(world.book.invoices[&invoice].due, Day::LAST);
        assert_eq!(world.book.account.ladder.due_on(Day::LAST), usd("90"));
    }
}

#[test]
fn a_settlement_of_nothing_cancels_what_was_not_paid() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    let id = transaction("pedido");
    let in_three = ChangeHold { installments: Some(parts(3)), ..change_hold(&id, usd("90")) };
    world.run("ana", &Command::ChangeHold(in_three)).unwrap();
    assert_eq!(variant(&rejection(&mut world, &settle(&id, Amount::ZERO))), "TooManyInstallments");
    world.run("ana", &settle(&id, usd("90"))).unwrap();
    world.run("ana", &settle(&id, Amount::ZERO)).unwrap();
    let states: Vec<InvoiceState> = world.book.invoices.values().map(|invoice| invoice.state).collect();
    assert_eq!(states, [InvoiceState::Cancelled; 3]);
    assert_eq!(world.book.account.totals.outstanding, Amount::ZERO);
}

#[test]
fn invoices_that_paid_more_than_an_equal_share_keep_what_was_paid_and_the_others_share_the_rest() {
    let cases: [(&str, [&str; 4], [&str; 4]); 4] = [
        ("80", ["0", "0", "0", "0"], ["20.00", "20.00", "20.00", "20.00"]),
        ("79.99", ["0", "0", "0", "0"], ["19.99", "19.99", "19.99", "20.02"]),
        ("40", ["20", "0", "0", "0"], ["20.00", "6.66", "6.66", "6.68"]),
        ("40", ["20", "9", "0", "1"], ["20.00", "9.00", "5.50", "5.50"]),
    ];
    for (amount, paid, values) in cases {
        let mut world = line_of(usd("1000"), Currency::Usd);
        let id = transaction("pedido");
        let in_four = ChangeHold { installments: Some(parts(4)), ..change_hold(&id, usd("100")) };
        world.run("ana", &Command::ChangeHold(in_four)).unwrap();
        world.run("ana", &settle(&id, usd("100"))).unwrap();
        let shares = world.open_invoices().into_iter().map(|invoice| invoice.id).zip(paid.map(usd));
        let shares: Vec<_> = shares.collect();
        world.run("ana", &pay_for("a transfer", usd("30"), world.today, &shares)).unwrap();
        world.run("ana", &settle(&id, usd(amount))).unwrap();
        let after: Vec<Amount> = world.book.invoices.values().map(|invoice| invoice.value).collect();
        assert_eq!(after, values.map(usd), "{amount} with {paid:?} paid");
    }
}

#[test]
fn tolerance_counts_for_the_ceiling_only_while_the_shop_lets_it() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    world.run("luis", &change_tolerance(Tolerance::parse("0.1").unwrap())).unwrap();
    let ceiling = |world: &World| world.book.account.ceiling(&world.policy);
    assert_eq!(ceiling(&world), Balance::from(usd("1100")));
    world.policy.tolerance_enabled = false;
    assert_eq!(ceiling(&world), Balance::from(usd("1000")));
    assert_eq!(world.book.account.available(), usd("1000"));
}

#[test]
fn parts_after_the_last_day_there_is_fall_due_on_it() {
    let mut world = World::new(Currency::Usd);
    world.today = Day::LAST.minus_days(40);
    world.run("ana", &request(usd("100"), 30)).unwrap();
    world.run("luis", &approve(usd("100"), 30)).unwrap();
    world.run("ana", &buy("an order", usd("90"), 3)).unwrap();
    let dues: Vec<Day> = world.open_invoices().iter().map(|invoice| invoice.due).collect();
    assert_eq!(dues, [Day::LAST.minus_days(10), Day::LAST, Day::LAST]);
    assert_eq!(world.book.account.ladder.due_on(Day::LAST), usd("60"));
    world.run("ana", &pay("all", usd("90"), world.today)).unwrap();
    assert_eq!(world.book.account.ladder.rungs().count(), 0);
}

#[test]
fn an_entry_that_does_not_fit_changes_the_version_and_nothing_else() {
    let line = || Event::Approved { limit: usd("9"), term: term(9) };
    let limit = || Event::LimitChanged { from: usd("1"), to: usd("9") };
    let none = Tolerance::NONE;
    let tolerance = || Event::ToleranceChanged { from: none, to: Tolerance::LARGEST };
    let cases = [
        (Status::Pending, vec![Event::Suspended {}, Event::Reactivated {}, limit(), tolerance()]),
        (
            Status::Rejected,
            vec![line(), Event::Suspended {}, Event::Reactivated {}, Event::Cancelled {}, limit()],
        ),
        (Status::Approved, vec![line(), Event::Rejected {}, Event::Reactivated {}]),
        (Status::Suspended, vec![line(), Event::Rejected {}, Event::Suspended {}]),
        (
            Status::Cancelled,
            vec![
                line(),
                Event::Rejected {},
                Event::Suspended {},
                Event::Reactivated {},
                limit(),
                tolerance(),
            ],
        ),
    ];
    for (status, events) in cases {
        let before = standing_at(status);
        for event in events {
            let sequence = before.version + 1;
            let by = ActorId::new("nobody").unwrap();
            let entry = Entry { sequence, at: noon(day("2025-11-24")), by, event };
            let expected = Account { version: sequence, ..before.clone() };
            assert_eq!(evolve(before.clone(), &entry), expected, "{status:?}: {:?}", entry.event);
        }
    }
}

fn standing_at(status: Status) -> Account {
    let road = match status {
        Status::Pending => vec![],
        Status::Rejected => vec![REJECT],
        Status::Approved => vec![approve(usd("1"), 30)],
        Status::Suspended => vec![approve(usd("1"), 30), SUSPEND],
        Status::Cancelled => vec![approve(usd("1"), 30), CANCEL],
    };
    let mut world = World::new(Currency::Usd);
    world.run("ana", &request(usd("1"), 30)).unwrap();
    for command in road {
        world.run("luis", &command).unwrap();
    }
    world.book.account
}

#[test]
fn a_plan_whose_total_is_no_amount_any_more_is_too_large() {
    let mut world = line_of(Amount::LARGEST, Currency::Usd);
    world.run("luis", &change_tolerance(Tolerance::LARGEST)).unwrap();
    world.policy.offering = offering(vec![rule_of("rule", &[(2, "50")])]);
    let scene = world.scene("ana");
    let largest = Amount::LARGEST;
    let assessment = assess(&world.book.account, &wish(largest, 2), &scene.context());
    assert_eq!(assessment.reasons, [Objection::TotalTooLarge { largest }]);
    assert_eq!((assessment.plan, assessment.parts), (None, None));
    let told = remedies(&world.book.account, &[], &wish(largest, 2), &scene.context());
    // Twice as much with its interest: an odd unit is left over.
    assert_eq!(told.largest_amount, Some(minor(499_999_999_999_999)));
    assert_eq!((told.smallest_prepayment, told.cheapest_plan), (None, None));
}

#[test]
fn a_larger_amount_may_cost_less_where_its_shares_leave_no_rest() {
    let mut world = line_of(minor(23), Currency::Usd);
    world.policy.offering = offering(vec![rule_after("terms", &[(30, "0"), (60, "0"), (90, "400")])]);
    let scene = world.scene("ana");
    let total = |units| {
        let plan = assess(&world.book.account, &wish(minor(units), 3), &scene.context()).plan;
        plan.map(|plan| plan.total().minor())
    };
    // 2 + 2 + 5 × 3, 2 + 2 + 5 × 4, 3 + 3 + 5 × 3, and 3 + 3 + 5 × 4.
    assert_eq!([7, 8, 9, 10].map(total), [Some(19), Some(24), Some(21), Some(26)]);
    let told = remedies(&world.book.account, &[], &wish(minor(10), 3), &scene.context());
    assert_eq!(told.largest_amount, Some(minor(9)));
}

#[test]
fn however_much_is_wished_the_largest_amount_that_passes_is_the_same() {
    for limit in 1..=100 {
        let mut world = line_of(minor(limit), Currency::Usd);
        world.policy.offering = offering(vec![rule_after("terms", &[(30, "0"), (60, "33"), (90, "400")])]);
        let scene = world.scene("ana");
        let passes = |units: &u64| {
            let assessment = assess(&world.book.account, &wish(minor(*units), 3), &scene.context());
            assessment.reasons.is_empty()
        };
        let largest = (1..=limit).rev().find(passes).map(minor);
        // More than any plan is offered for: its total would be no amount any more.
        for wished in [minor(limit), minor(10_000), Amount::LARGEST] {
            let told = remedies(&world.book.account, &[], &wish(wished, 3), &scene.context());
            assert_eq!(told.largest_amount, largest, "{limit}: {wished:?}");
        }
    }
}

#[test]
fn what_would_be_too_much_in_all_is_paid_first() {
    let mut world = line_of(Amount::LARGEST, Currency::Usd);
    world.run("luis", &change_tolerance(Tolerance::LARGEST)).unwrap();
    world.run("ana", &buy("an order", usd("100"), 1)).unwrap();
    let scene = world.scene("ana");
    let told = remedies(&world.book.account, &[], &wish(Amount::LARGEST, 1), &scene.context());
    assert_eq!(told.smallest_prepayment, Some(usd("100")));
    assert_eq!(told.largest_amount, Some(minor(Amount::LARGEST.minor() - 10_000)));
}

#[test]
fn a_line_that_is_not_open_has_no_plan() {
    for status in [Status::Pending, Status::Rejected, Status::Cancelled] {
        let account = standing_at(status);
        let mut world = World::new(Currency::Usd);
        let scene = world.scene("ana");
        let assessment = assess(&account, &wish(usd("1"), 1), &scene.context());
        let was_granted = status == Status::Cancelled;
        assert_eq!(assessment.reasons, [Objection::LineNotOpen { current: status, was_granted }]);
        assert_eq!(assessment.parts, None);
    }
}

#[test]
fn there_is_no_snapshot_of_an_account_that_never_was() {
    let now = noon(day("2025-11-24"));
    let validity = Validity { taken_at: now, today: day("2025-11-24"), today_ends_at: now, valid_until: now };
    let world = World::new(Currency::Usd);
    assert_eq!(Snapshot::of(&Account::default(), Vec::new(), &world.policy, validity), None);
}

#[test]
fn an_unknown_account_is_unknown_to_a_purchase_and_begins_by_a_request_or_an_opening() {
    let mut world = World::new(Currency::Usd);
    let scene = world.scene("ana");
    let decided =
        |command: &Command| decide(&Account::default(), &Items::default(), command, &scene.context());
    assert_eq!(decided(&buy("an order", usd("1"), 1)), Err(Rejection::AccountNotFound {}));
    let life: LifeId = scene.new_life;
    let asked = decided(&request(usd("1"), 30)).unwrap();
    assert_eq!(asked, [Event::Requested { life, limit: usd("1"), term: term(30) }]);
    let opened = decided(&open(usd("1"), Tolerance::LARGEST)).unwrap();
    let (limit, tolerance) = (usd("1"), Tolerance::LARGEST);
    assert_eq!(opened, [Event::Opened { life, limit, tolerance, term: term(30) }]);
}

#[test]
fn a_snapshot_holds_until_it_is_to_be_fetched_again_and_never_after_its_day() {
    let at = instant;
    let (today_ends_at, taken_at) = (at("2025-11-25T05:00:00Z"), at("2025-11-25T04:00:00Z"));
    let until = |valid_until| Validity { taken_at, today: day("2025-11-24"), today_ends_at, valid_until };
    let cases = [
        ("2025-11-25T04:01:00Z", "2025-11-25T04:00:00Z", true),
        ("2025-11-25T04:01:00Z", "2025-11-25T04:00:59.999999Z", true),
        ("2025-11-25T04:01:00Z", "2025-11-25T04:01:00Z", false),
        ("2025-11-25T05:00:00Z", "2025-11-25T04:59:59Z", true),
        ("2025-11-25T05:00:00Z", "2025-11-25T05:00:00Z", false),
        ("2025-11-25T06:00:00Z", "2025-11-25T05:00:00Z", false),
    ];
    for (valid_until, now, holds) in cases {
        assert_eq!(until(at(valid_until)).holds_at(at(now)), holds, "until {valid_until}, at {now}");
    }
}
