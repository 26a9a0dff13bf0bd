//! What every command does in every status.

use crate::support::commands::{
    ADD_HOLDER, CANCEL, CLOSE, OPEN_AUTOMATICALLY, REACTIVATE, REJECT, SUSPEND, adjust, approve, authorize,
    buy, change_hold, change_limit, change_tolerance, line_plan, open, pay, purchase_by, release,
    remove_holder, request, settle, transaction, update, usd,
};
use crate::support::world::World;
use crate::support::{table, variant};
use fiado_core::account::{Command, Rejection, Status};
use fiado_core::calendar::Day;
use fiado_core::identity::LifeId;
use fiado_core::money::{Currency, Tolerance};

/// A column a status, a row a command: the event it makes, or why not.
///
/// A line stands here without debt; with debt, it cannot be cancelled.
const TRANSITIONS: &str = "
                 | no account           | pending              | rejected             | approved             | suspended              | cancelled
request          | Requested → pending  | × InvalidTransition  | Requested → pending  | × InvalidTransition  | × InvalidTransition    | Requested → pending
approve          | × AccountNotFound    | Approved             | × InvalidTransition  | × InvalidTransition  | × InvalidTransition    | × InvalidTransition
reject           | × AccountNotFound    | Rejected             | × InvalidTransition  | × InvalidTransition  | × InvalidTransition    | × InvalidTransition
suspend          | × AccountNotFound    | × InvalidTransition  | × InvalidTransition  | Suspended            | × InvalidTransition    | × InvalidTransition
reactivate       | × AccountNotFound    | × InvalidTransition  | × InvalidTransition  | × InvalidTransition  | Reactivated → approved | × InvalidTransition
cancel           | × AccountNotFound    | Cancelled            | × InvalidTransition  | Cancelled            | Cancelled              | × InvalidTransition
change limit     | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | LimitChanged         | LimitChanged           | × LineNotOpen
change tolerance | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | ToleranceChanged     | ToleranceChanged       | × LineNotOpen
use              | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Used                 | × LineSuspended        | × LineNotOpen
use by a plan    | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Used                 | × LineSuspended        | × LineNotOpen
use by an old one| × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | × PlanChanged        | × PlanChanged          | × LineNotOpen
pay              | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Paid                 | Paid                   | × LineNotOpen
open             | Opened → approved    | × InvalidTransition  | Opened → approved    | × AlreadyOpen        | × AlreadyOpen          | Opened → approved
open by itself   | Opened → approved    | × LineNotOpen        | × LineNotOpen        | × AlreadyOpen        | × AlreadyOpen          | × LineNotOpen
update           | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Updated              | Updated                | × LineNotOpen
close            | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Cancelled            | Cancelled              | × LineNotOpen
adjust           | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | BalanceAdjusted      | BalanceAdjusted        | × LineNotOpen
add holder       | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | HolderAdded          | HolderAdded            | × LineNotOpen
hold             | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Authorized           | × LineSuspended        | × LineNotOpen
hold by name     | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Authorized           | × LineSuspended        | × LineNotOpen
";

const COLUMNS: [Option<Status>; 6] = [
    None,
    Some(Status::Pending),
    Some(Status::Rejected),
    Some(Status::Approved),
    Some(Status::Suspended),
    Some(Status::Cancelled),
];

fn commands() -> [(&'static str, Command); 20] {
    let today = World::new(Currency::Usd).today;
    let by_plan_of = |day: Day| {
        let seen = line_plan(usd("10"), 2, day);
        Command::UseCredit(purchase_by("an order", &seen, None))
    };
    [
        ("request", request(usd("2000"), 30)),
        ("approve", approve(usd("2000"), 30)),
        ("reject", REJECT),
        ("suspend", SUSPEND),
        ("reactivate", REACTIVATE),
        ("cancel", CANCEL),
        ("change limit", change_limit(usd("2000"))),
        ("change tolerance", change_tolerance(Tolerance::parse("0.1").unwrap())),
        ("use", buy("an order", usd("10"), 1)),
        ("use by a plan", by_plan_of(today)),
        ("use by an old one", by_plan_of(today.minus_days(1))),
        ("pay", pay("a transfer", usd("10"), today)),
        ("open", open(usd("2000"), Tolerance::NONE)),
        ("open by itself", OPEN_AUTOMATICALLY),
        ("update", update(None, None)),
        ("close", CLOSE),
        ("adjust", adjust("a movement", -1500)),
        ("add holder", ADD_HOLDER),
        ("hold", authorize(usd("10"))),
        ("hold by name", Command::ChangeHold(change_hold(&transaction("pedido"), usd("10")))),
    ]
}

fn standing_at(status: Option<Status>) -> World {
    let road = match status {
        None => vec![],
        Some(Status::Pending) => vec![request(usd("1000"), 30)],
        Some(Status::Rejected) => vec![request(usd("1000"), 30), REJECT],
        Some(Status::Approved) => vec![request(usd("1000"), 30), approve(usd("1000"), 30)],
        Some(Status::Suspended) => vec![request(usd("1000"), 30), approve(usd("1000"), 30), SUSPEND],
        Some(Status::Cancelled) => vec![request(usd("1000"), 30), approve(usd("1000"), 30), CANCEL],
    };
    let mut world = World::new(Currency::Usd);
    for (actor, command) in ["ana", "luis", "luis"].into_iter().zip(road) {
        world.run(actor, &command).unwrap();
    }
    assert_eq!(world.book.account.life.as_ref().map(|life| life.status()), status);
    world
}

/// A cell of the table: the event a command makes, with the status after it where its name does not
/// say it, or why it is refused.
fn cell(status: Option<Status>, command: &Command) -> String {
    let mut world = standing_at(status);
    world.policy.automatic_opening = matches!(command, Command::OpenAutomatically(_));
    match world.run("maria", command) {
        Ok(outcome) => {
            let event = outcome.entries.first().map(|entry| variant(&entry.event)).unwrap();
            let now = outcome.account.life.map(|life| life.status());
            let is_said = now == status || now.is_some_and(|now| event.to_lowercase() == now.word());
            if is_said { event } else { format!("{event} → {}", now.map_or("nothing", Status::word)) }
        }
        Err(rejection) => {
            assert!(says_where_it_stands(&rejection, status), "{rejection:?}");
            format!("× {}", variant(&rejection))
        }
    }
}

/// Whether a rejection tells where the account stands, and tells it right.
fn says_where_it_stands(rejection: &Rejection, status: Option<Status>) -> bool {
    match rejection {
        Rejection::AccountNotFound {} => status.is_none(),
        Rejection::InvalidTransition { current, .. } | Rejection::LineNotOpen { current, .. } => {
            status == Some(*current)
        }
        Rejection::LineSuspended {} => status == Some(Status::Suspended),
        Rejection::AlreadyOpen {} | Rejection::PlanChanged { .. } => {
            matches!(status, Some(Status::Approved | Status::Suspended))
        }
        _ => false,
    }
}

#[test]
fn every_command_in_every_status_does_what_the_table_says() {
    let heads = COLUMNS.map(|status| status.map_or("no account", Status::word).to_owned());
    let rows =
        commands().map(|(name, command)| (name, COLUMNS.map(|status| cell(status, &command)).to_vec()));
    table::compare(TRANSITIONS, &heads, &rows);
}

#[test]
fn the_same_limit_or_tolerance_again_makes_no_event() {
    let mut world = standing_at(Some(Status::Approved));
    for command in [change_limit(usd("1000")), change_tolerance(Tolerance::NONE)] {
        assert!(world.run("maria", &command).unwrap().entries.is_empty(), "{command:?}");
    }
}

/// Commands given one after the other, and what each comes to.
fn answers(commands: &[Command]) -> Vec<String> {
    let mut world = World::new(Currency::Usd);
    let answers = commands.iter().map(|command| match world.run("ana", command) {
        Ok(outcome) if outcome.entries.is_empty() => "nothing new".to_owned(),
        Ok(outcome) => variant(&outcome.entries[0].event),
        Err(rejection) => format!("× {}", variant(&rejection)),
    });
    answers.collect()
}

#[test]
fn a_line_is_opened_once_and_closed_once_and_has_a_new_life_after_that() {
    let opening = || open(usd("100"), Tolerance::NONE);
    let expected =
        ["Opened", "× AlreadyOpen", "Cancelled", "× LineNotOpen", "Opened", "× AlreadyOpen", "Cancelled"];
    assert_eq!(
        answers(&[opening(), opening(), CLOSE, CLOSE, opening(), OPEN_AUTOMATICALLY, CLOSE]),
        expected
    );
}

#[test]
fn a_line_closes_only_when_nothing_is_owed_or_held() {
    let today = World::new(Currency::Usd).today;
    let id = transaction("pedido");
    let steps = [
        (open(usd("100"), Tolerance::NONE), "Opened"),
        (buy("an order", usd("10"), 1), "Used"),
        (CLOSE, "× DebtOutstanding"),
        (pay("a transfer", usd("10"), today), "Paid"),
        (Command::ChangeHold(change_hold(&id, usd("10"))), "Authorized"),
        (CLOSE, "× DebtOutstanding"),
        (settle(&id, usd("10")), "Settled"),
        (CLOSE, "× DebtOutstanding"),
        (pay("another", usd("10"), today), "Paid"),
        (CLOSE, "Cancelled"),
        (release(&id), "× HoldEnded"),
    ];
    let (commands, expected): (Vec<Command>, Vec<&str>) = steps.into_iter().unzip();
    assert_eq!(answers(&commands), expected);
}

#[test]
fn a_movement_of_the_balance_is_made_once_in_each_life() {
    let steps = [
        (open(usd("100"), Tolerance::NONE), "Opened"),
        (adjust("a movement", -1500), "BalanceAdjusted"),
        (adjust("a movement", -1500), "nothing new"),
        (adjust("a movement", 1500), "× StatementConflict"),
        (adjust("another", -1500), "BalanceAdjusted"),
        (CLOSE, "Cancelled"),
        (adjust("a movement", -1500), "nothing new"),
        (adjust("a third", 1), "× LineNotOpen"),
        (open(usd("100"), Tolerance::NONE), "Opened"),
        (adjust("a movement", 1500), "BalanceAdjusted"),
        (adjust("a movement", 1500), "nothing new"),
    ];
    let (commands, expected): (Vec<Command>, Vec<&str>) = steps.into_iter().unzip();
    assert_eq!(answers(&commands), expected);
}

#[test]
fn a_holder_is_removed_once_and_by_a_new_life() {
    let mut world = standing_at(Some(Status::Approved));
    for _ in 0..2 {
        world.run("ana", &ADD_HOLDER).unwrap();
    }
    let holders: Vec<_> = world.book.holders.keys().copied().collect();
    world.run("ana", &remove_holder(holders[0])).unwrap();
    for command in [CANCEL, open(usd("100"), Tolerance::NONE)] {
        world.run("ana", &command).unwrap();
    }
    for holder in [holders[0], holders[1], LifeId::new([0xee; 10]).child(1)] {
        let refused = world.run("ana", &remove_holder(holder)).unwrap_err();
        assert_eq!(refused, Rejection::HolderNotFound { holder });
    }
}
