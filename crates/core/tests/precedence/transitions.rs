//! What every command does in every status.

use crate::support::commands::{
    CANCEL, REACTIVATE, REJECT, SUSPEND, approve, buy, change_limit, change_tolerance, pay, request, usd,
};
use crate::support::variant;
use crate::support::world::World;
use fiado_core::account::{Command, Rejection, Status};
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
pay              | × AccountNotFound    | × LineNotOpen        | × LineNotOpen        | Paid                 | Paid                   | × LineNotOpen
";

const COLUMNS: [Option<Status>; 6] = [
    None,
    Some(Status::Pending),
    Some(Status::Rejected),
    Some(Status::Approved),
    Some(Status::Suspended),
    Some(Status::Cancelled),
];

fn commands() -> [(&'static str, Command); 10] {
    let today = World::new(Currency::Usd).today;
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
        ("pay", pay("a transfer", usd("10"), today)),
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
    match world.run("maria", command) {
        Ok(outcome) => {
            let event = outcome.entries.first().map(|entry| variant(&entry.event)).unwrap();
            let now = outcome.account.life.map(|life| life.status());
            let is_said = now == status || now.is_some_and(|now| event.to_lowercase() == now.word());
            if is_said { event } else { format!("{event} → {}", now.map_or("nothing", Status::word)) }
        }
        Err(rejection) => {
            assert_eq!(where_it_stands(&rejection), status, "{rejection:?}");
            format!("× {}", variant(&rejection))
        }
    }
}

/// Where an account stands, as its rejection says.
fn where_it_stands(rejection: &Rejection) -> Option<Status> {
    match rejection {
        Rejection::AccountNotFound {} => None,
        Rejection::InvalidTransition { current, .. } | Rejection::LineNotOpen { current } => Some(*current),
        Rejection::LineSuspended {} => Some(Status::Suspended),
        other => panic!("not a matter of status: {other:?}"),
    }
}

#[test]
fn every_command_in_every_status_does_what_the_table_says() {
    let heads = COLUMNS.map(|status| status.map_or("no account", Status::word).to_owned());
    let mut table = vec![row("", &heads)];
    for (name, command) in commands() {
        table.push(row(name, &COLUMNS.map(|status| cell(status, &command))));
    }
    let expected: Vec<String> = TRANSITIONS.lines().skip(1).map(spaced_evenly).collect();
    assert_eq!(table, expected, "\n{}\n", table.join("\n"));
}

fn row(head: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" | {cell}")).collect();
    format!("{head}{cells}")
}

/// A line of the table without what aligns it.
fn spaced_evenly(line: &str) -> String {
    line.split('|').map(str::trim).collect::<Vec<&str>>().join(" | ")
}

#[test]
fn the_same_limit_or_tolerance_again_makes_no_event() {
    let mut world = standing_at(Some(Status::Approved));
    for command in [change_limit(usd("1000")), change_tolerance(Tolerance::NONE)] {
        assert!(world.run("maria", &command).unwrap().entries.is_empty(), "{command:?}");
    }
}
