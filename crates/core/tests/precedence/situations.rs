//! An account and a command against which chosen reasons stand, and no others.

#[path = "situations/credit.rs"]
mod credit;
#[path = "situations/holds.rs"]
mod holds;
#[path = "situations/invoices.rs"]
mod invoices;
#[path = "situations/line.rs"]
mod line;
#[path = "situations/payments.rs"]
mod payments;

use crate::support::commands::{
    CANCEL, SUSPEND, approve, buy, change_limit, change_tolerance, pay, request, usd,
};
use crate::support::variant;
use crate::support::world::World;
use fiado_core::account::Command;
use fiado_core::money::{Amount, Tolerance};
use fiado_core::policy::OverdueStop;

/// What is answered to a command against which these reasons stand: the name of a rejection, or
/// `done`.
pub(crate) fn answer(command: &str, reasons: &[&str]) -> String {
    let reasons = &Reasons(reasons);
    let (mut world, command) = match command {
        "UseCredit" => credit::purchase(reasons),
        "UseCredit by a plan" => credit::purchase_by_a_plan(reasons),
        "Authorize" => credit::authorization(reasons),
        "ChangeHold" => holds::change(reasons),
        "Release" => holds::release_of(reasons),
        "Settle" => holds::settlement(reasons),
        "Refund" => holds::refund_of(reasons),
        "Pay" => payments::payment(reasons),
        "PayInvoice" | "UpdateInvoice" | "CancelInvoice" => invoices::resolution(command, reasons),
        "PostponeInvoice" => invoices::postponement(reasons),
        other => line::command(other, reasons),
    };
    match world.run("ana", &command) {
        Ok(_) => "done".to_owned(),
        Err(rejection) => variant(&rejection),
    }
}

struct Reasons<'a>(&'a [&'a str]);

impl Reasons<'_> {
    fn has(&self, reason: &str) -> bool {
        self.0.contains(&reason)
    }
}

fn granted(world: &mut World) {
    done(world, "ana", &[request(usd("1000"), 30)]);
    done(world, "luis", &[approve(usd("1000"), 30)]);
}

/// Pays all and ends the line.
fn ended(world: &mut World) {
    let debt = world.book.account.totals.outstanding;
    if !debt.is_zero() {
        done(world, "luis", &[pay("all", debt, world.today)]);
    }
    done(world, "luis", &[CANCEL]);
}

fn done(world: &mut World, actor: &str, commands: &[Command]) {
    for command in commands {
        world.run(actor, command).unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"));
    }
}

/// On a granted line, what stands against any new credit. What is held is `held`.
fn stop_credit(world: &mut World, reasons: &Reasons<'_>, held: Amount) {
    if reasons.has("TotalTooLarge") {
        let double = Tolerance::parse("1").unwrap();
        let all = Amount::LARGEST.saturating_sub(world.book.account.totals.outstanding).saturating_sub(held);
        done(world, "luis", &[change_limit(Amount::LARGEST), change_tolerance(double)]);
        done(world, "luis", &[buy("all there is", all, 1)]);
    }
    if reasons.has("OverdueDebt") {
        if !reasons.has("TotalTooLarge") {
            done(world, "luis", &[buy("never paid", usd("100"), 1)]);
        }
        world.policy.overdue_stop = Some(OverdueStop { above: Amount::ZERO, grace_days: 0 });
        world.today = world.today.plus_days(31);
    }
    if reasons.has("CreditNotAvailable") {
        done(world, "luis", &[change_limit(Amount::ZERO)]);
    }
    if reasons.has("LineSuspended") {
        done(world, "luis", &[SUSPEND]);
    }
    if reasons.has("LineNotOpen") {
        ended(world);
    }
}
