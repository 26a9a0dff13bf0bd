//! What every command does to a hold, a purchase and an invoice, wherever it stands.

use crate::support::commands::{
    CANCEL, buy, cancel_invoice, change_hold, day, open, parts, pay, pay_for, pay_invoice, postpone, refund,
    release, settle, transaction, update_invoice, usd,
};
use crate::support::world::World;
use crate::support::{table, variant};
use fiado_core::account::{ChangeHold, Command, InvoiceState};
use fiado_core::identity::{InvoiceId, TransactionId};
use fiado_core::money::{Currency, Tolerance};
use fiado_core::policy::Postponement;

/// A hold of 100 in two parts, and what is done to it a second time or after its end.
const HOLDS: &str = "
               | live           | firm           | expired               | released    | settled             | half paid             | paid             | refunded whole   | bought at once      | unknown
hold less      | HoldChanged    | HoldChanged    | × HoldEnded           | × HoldEnded | × HoldEnded         | × HoldEnded           | × HoldEnded      | × HoldEnded      | × HoldEnded         | Authorized
hold as much   | nothing new    | nothing new    | × HoldEnded           | × HoldEnded | × HoldEnded         | × HoldEnded           | × HoldEnded      | × HoldEnded      | × HoldEnded         | Authorized
make firm      | HoldChanged    | nothing new    | × HoldEnded           | × HoldEnded | × HoldEnded         | × HoldEnded           | × HoldEnded      | × HoldEnded      | × HoldEnded         | Authorized
make not firm  | nothing new    | nothing new    | × HoldEnded           | × HoldEnded | × HoldEnded         | × HoldEnded           | × HoldEnded      | × HoldEnded      | × HoldEnded         | Authorized
release        | HoldReleased   | × HoldFirm     | × HoldEnded           | × HoldEnded | × HoldEnded         | × HoldEnded           | × HoldEnded      | × HoldEnded      | × HoldEnded         | × TransactionNotFound
settle as much | Settled        | Settled        | HoldExpired, Settled  | × HoldEnded | nothing new         | nothing new           | nothing new      | nothing new      | nothing new         | × TransactionNotFound
settle less    | Settled        | Settled        | HoldExpired, Settled  | × HoldEnded | SettlementChanged   | × SettlementBelowPaid | × SettlementBelowPaid | × SettlementBelowPaid | SettlementChanged | × TransactionNotFound
settle more    | Settled        | Settled        | HoldExpired, Settled  | × HoldEnded | SettlementChanged   | SettlementChanged     | × NoOpenInvoice  | × NoOpenInvoice  | SettlementChanged   | × TransactionNotFound
settle too much| × GrowthTooLarge | × GrowthTooLarge | × GrowthTooLarge  | × HoldEnded | × GrowthTooLarge    | × GrowthTooLarge      | × NoOpenInvoice  | × NoOpenInvoice  | × GrowthTooLarge    | × TransactionNotFound
refund a part  | × RefundTooLarge | × RefundTooLarge | × RefundTooLarge  | × RefundTooLarge | Refunded       | Refunded              | Refunded         | × RefundTooLarge | Refunded            | × TransactionNotFound
refund all     | × RefundTooLarge | × RefundTooLarge | × RefundTooLarge  | × RefundTooLarge | Refunded       | Refunded              | Refunded         | × RefundTooLarge | Refunded            | × TransactionNotFound
";

const STANDINGS: [&str; 10] = [
    "live",
    "firm",
    "expired",
    "released",
    "settled",
    "half paid",
    "paid",
    "refunded whole",
    "bought at once",
    "unknown",
];

/// A line of 1000 whose holds may grow by a tenth, and whose invoices may be postponed.
fn line() -> World {
    let mut world = World::new(Currency::Usd);
    world.policy.hold_growth = Tolerance::parse("0.1").unwrap();
    world.policy.postponement = Postponement { enabled: true, most_times: 1, most_days: 10 };
    done(&mut world, &[open(usd("1000"), Tolerance::NONE)]);
    world
}

fn done(world: &mut World, commands: &[Command]) {
    for command in commands {
        world.run("luis", command).unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"));
    }
}

fn standing(name: &str) -> (World, TransactionId) {
    let (mut world, id) = (line(), transaction("pedido"));
    let (today, settled) = (world.today, settle(&id, usd("100")));
    let made = ChangeHold { installments: Some(parts(2)), ..change_hold(&id, usd("100")) };
    if name == "bought at once" {
        done(&mut world, &[buy("an order", usd("100"), 2)]);
        let bought = world.book.usages.keys().next().unwrap().clone();
        return (world, bought);
    }
    if name != "unknown" {
        done(&mut world, &[Command::ChangeHold(ChangeHold { firm: Some(name == "firm"), ..made })]);
    }
    match name {
        "expired" => world.today = world.today.plus_days(1),
        "released" => done(&mut world, &[release(&id)]),
        "settled" => done(&mut world, &[settled]),
        "half paid" => done(&mut world, &[settled, pay("a transfer", usd("50"), today)]),
        "paid" => done(&mut world, &[settled, pay("a transfer", usd("100"), today)]),
        "refunded whole" => done(&mut world, &[settled, refund(&id, usd("100"))]),
        _ => {}
    }
    (world, id)
}

fn done_to_holds(id: &TransactionId) -> [(&'static str, Command); 11] {
    let made = |firm| Command::ChangeHold(ChangeHold { firm: Some(firm), ..change_hold(id, usd("100")) });
    [
        ("hold less", Command::ChangeHold(change_hold(id, usd("40")))),
        ("hold as much", Command::ChangeHold(change_hold(id, usd("100")))),
        ("make firm", made(true)),
        ("make not firm", made(false)),
        ("release", release(id)),
        ("settle as much", settle(id, usd("100"))),
        ("settle less", settle(id, usd("40"))),
        ("settle more", settle(id, usd("110"))),
        ("settle too much", settle(id, usd("110.01"))),
        ("refund a part", refund(id, usd("10"))),
        ("refund all", refund(id, usd("100"))),
    ]
}

/// The events a command makes, or why it is refused.
fn cell(mut world: World, command: &Command) -> String {
    match world.run("ana", command) {
        Ok(outcome) if outcome.entries.is_empty() => "nothing new".to_owned(),
        Ok(outcome) => {
            let events = outcome.entries.iter().map(|entry| variant(&entry.event));
            events.collect::<Vec<String>>().join(", ")
        }
        Err(rejection) => format!("× {}", variant(&rejection)),
    }
}

#[test]
fn every_command_does_to_every_hold_and_purchase_what_the_table_says() {
    let heads = STANDINGS.map(str::to_owned);
    let names = done_to_holds(&transaction("pedido")).map(|(name, _)| name);
    let rows: Vec<(&str, Vec<String>)> = (0..names.len())
        .map(|row| {
            let cells = STANDINGS.map(|name| {
                let (world, id) = standing(name);
                cell(world, &done_to_holds(&id)[row].1)
            });
            (names[row], cells.to_vec())
        })
        .collect();
    table::compare(HOLDS, &heads, &rows);
}

/// An invoice of 100, and what is done to it a second time or after its end.
const INVOICES: &str = "
               | open              | partly paid       | paid              | cancelled         | refunded to nothing | of an earlier life | unknown
pay            | Paid              | Paid              | × InvoiceResolved | × InvoiceResolved | × InvoiceResolved   | × InvoiceNotFound  | × InvoiceNotFound
mark paid      | Paid              | Paid              | nothing new       | × InvoiceResolved | × InvoiceResolved   | × InvoiceNotFound  | × InvoiceNotFound
mark open      | nothing new       | nothing new       | × InvoiceResolved | × InvoiceResolved | × InvoiceResolved   | × InvoiceNotFound  | × InvoiceNotFound
mark cancelled | InvoiceCancelled  | InvoiceCancelled  | × InvoiceResolved | nothing new       | nothing new         | × InvoiceNotFound  | × InvoiceNotFound
annotate       | InvoiceAnnotated  | InvoiceAnnotated  | InvoiceAnnotated  | InvoiceAnnotated  | InvoiceAnnotated    | × InvoiceNotFound  | × InvoiceNotFound
pay with notes | Paid, InvoiceAnnotated | Paid, InvoiceAnnotated | InvoiceAnnotated | × InvoiceResolved | × InvoiceResolved | × InvoiceNotFound | × InvoiceNotFound
cancel         | InvoiceCancelled  | InvoiceCancelled  | × InvoiceResolved | × InvoiceResolved | × InvoiceResolved   | × InvoiceNotFound  | × InvoiceNotFound
postpone       | InvoicePostponed  | InvoicePostponed  | × InvoiceResolved | × InvoiceResolved | × InvoiceResolved   | × InvoiceNotFound  | × InvoiceNotFound
pay a share    | Paid              | Paid              | × InvoiceNotOpen  | × InvoiceNotOpen  | × InvoiceNotOpen    | × InvoiceNotOpen   | × InvoiceNotOpen
";

const RESOLUTIONS: [&str; 7] =
    ["open", "partly paid", "paid", "cancelled", "refunded to nothing", "of an earlier life", "unknown"];

fn resolution(name: &str) -> (World, InvoiceId) {
    let mut world = line();
    let today = world.today;
    done(&mut world, &[buy("an order", usd("100"), 1)]);
    let id = world.open_invoices()[0].id.clone();
    match name {
        "partly paid" => done(&mut world, &[pay("a transfer", usd("30"), today)]),
        "paid" => done(&mut world, &[pay_invoice(&id)]),
        "cancelled" => done(&mut world, &[cancel_invoice(&id)]),
        "refunded to nothing" => done(&mut world, &[refund(&id.transaction, usd("100"))]),
        "of an earlier life" => {
            done(&mut world, &[pay_invoice(&id), CANCEL, open(usd("1000"), Tolerance::NONE)]);
        }
        "unknown" => return (world, InvoiceId::parse("nobody's-01").unwrap()),
        _ => {}
    }
    (world, id)
}

fn done_to_invoices(id: &InvoiceId) -> [(&'static str, Command); 9] {
    let mark = |state| update_invoice(id, Some(state), false);
    let share = [(id.clone(), usd("1"))];
    [
        ("pay", pay_invoice(id)),
        ("mark paid", mark(InvoiceState::Paid)),
        ("mark open", mark(InvoiceState::Open)),
        ("mark cancelled", mark(InvoiceState::Cancelled)),
        ("annotate", update_invoice(id, None, true)),
        ("pay with notes", update_invoice(id, Some(InvoiceState::Paid), true)),
        ("cancel", cancel_invoice(id)),
        ("postpone", postpone(id, 10)),
        ("pay a share", pay_for("a share", usd("1"), day("2025-11-24"), &share)),
    ]
}

#[test]
fn every_command_does_to_every_invoice_what_the_table_says() {
    let heads = RESOLUTIONS.map(str::to_owned);
    let names = done_to_invoices(&InvoiceId::parse("pedido-01").unwrap()).map(|(name, _)| name);
    let rows: Vec<(&str, Vec<String>)> = (0..names.len())
        .map(|row| {
            let cells = RESOLUTIONS.map(|name| {
                let (world, id) = resolution(name);
                cell(world, &done_to_invoices(&id)[row].1)
            });
            (names[row], cells.to_vec())
        })
        .collect();
    table::compare(INVOICES, &heads, &rows);
}
