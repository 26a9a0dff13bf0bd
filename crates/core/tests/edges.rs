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
    Account, Command, Entry, Event, Rejection, Snapshot, Status, Validity, assess, decide,
    earliest_payment_day, evolve, latest_payment_day,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{ActorId, LifeId};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use support::commands::{
    CANCEL, REJECT, SUSPEND, approve, buy, change_limit, change_tolerance, day, minor, pay, pay_for,
    purchase, request, term, usd,
};
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
    let invoice = world.open_invoices()[0].id;
    let twice = [(invoice, Amount::LARGEST), (invoice, Amount::LARGEST)];
    let payment = pay_for("twice", Amount::LARGEST, world.today, &twice);
    assert_eq!(variant(&rejection(&mut world, &payment)), "AllocationAboveInvoice");
    let once = pay_for("once", Amount::LARGEST, world.today, &[(invoice, Amount::LARGEST)]);
    assert_eq!(world.run("ana", &once).unwrap().account.totals.outstanding, Amount::ZERO);
}

#[test]
fn an_allocation_of_nothing_leaves_no_trace() {
    let mut world = line_of(usd("100"), Currency::Usd);
    world.run("ana", &buy("an order", usd("10"), 1)).unwrap();
    let invoice = world.open_invoices()[0].id;
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
        let assessment = assess(&world.book.account, &purchase("an order", largest, 1), &scene.context());
        assert!(assessment.passes());
        assert_eq!(assessment.spendable, largest);
        assert_eq!(world.book.account.ceiling(&world.policy), Tolerance::LARGEST.ceiling(largest));
        assert!(world.book.account.ceiling(&world.policy) > Balance::from(largest));

        world.run("ana", &buy("all there is", largest, 1)).unwrap();
        world.run("luis", &change_limit(Amount::ZERO)).unwrap();
        let scene = world.scene("ana");
        let assessment = assess(&world.book.account, &purchase("more", largest, 1), &scene.context());
        assert_eq!((assessment.spendable, assessment.shortfall), (Amount::ZERO, largest));
    }
}

#[test]
fn what_is_held_counts_against_limit_and_ceiling_and_keeps_a_line_from_ending() {
    let mut world = line_of(usd("1000"), Currency::Usd);
    world.book.account.totals.held = usd("300");
    assert_eq!(world.book.account.available(), usd("700"));
    let Rejection::CreditNotAvailable { held, spendable, shortfall, .. } =
        rejection(&mut world, &buy("an order", usd("700.01"), 1))
    else {
        panic!("not a matter of credit");
    };
    assert_eq!((held, spendable, shortfall), (usd("300"), usd("700"), usd("0.01")));
    let outstanding = Amount::ZERO;
    assert_eq!(rejection(&mut world, &CANCEL), Rejection::DebtOutstanding { outstanding, held });
    let outcome = world.run("ana", &buy("an order", usd("700"), 1)).unwrap();
    assert_eq!(outcome.account.available(), Amount::ZERO);
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
fn a_line_that_is_not_open_has_no_plan() {
    for status in [Status::Pending, Status::Rejected, Status::Cancelled] {
        let account = standing_at(status);
        let mut world = World::new(Currency::Usd);
        let scene = world.scene("ana");
        let assessment = assess(&account, &purchase("an order", usd("1"), 1), &scene.context());
        assert_eq!(assessment.reasons, [Rejection::LineNotOpen { current: status }]);
        assert_eq!(assessment.parts, None);
    }
}

#[test]
fn there_is_no_snapshot_of_an_account_that_never_was() {
    let now = noon(day("2025-11-24"));
    let validity = Validity { taken_at: now, today: day("2025-11-24"), today_ends_at: now, valid_until: now };
    let world = World::new(Currency::Usd);
    assert_eq!(Snapshot::of(&Account::default(), &world.policy, validity), None);
}

#[test]
fn an_unknown_account_is_unknown_to_every_command_but_a_request() {
    let mut world = World::new(Currency::Usd);
    let scene = world.scene("ana");
    let command = buy("an order", usd("1"), 1);
    let items = world.items(&command);
    let unknown = decide(&Account::default(), &items, &command, &scene.context());
    assert_eq!(unknown, Err(Rejection::AccountNotFound {}));
    let asked = decide(&Account::default(), &items, &request(usd("1"), 30), &scene.context()).unwrap();
    let life: LifeId = scene.new_life;
    assert_eq!(asked, [Event::Requested { life, limit: usd("1"), term: term(30) }]);
}

#[test]
fn a_snapshot_holds_until_it_is_to_be_fetched_again_and_never_after_its_day() {
    let at = |text: &str| Instant::parse(text).unwrap();
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
