//! An account and a command against which chosen reasons stand, and no others.

use crate::support::commands::{
    CANCEL, SUSPEND, approve, buy, change_limit, change_tolerance, pay, pay_for, request, usd,
};
use crate::support::variant;
use crate::support::world::World;
use fiado_core::account::Command;
use fiado_core::identity::{InvoiceId, LifeId};
use fiado_core::money::{Amount, Currency, Tolerance};
use fiado_core::policy::OverdueStop;

/// What is answered to a command against which these reasons stand: the name of a rejection, or
/// `done`.
pub(crate) fn answer(command: &str, reasons: &[&str]) -> String {
    let reasons = Reasons(reasons);
    let (mut world, command) = match command {
        "Approve" => approval(&reasons),
        "UseCredit" => purchase(&reasons),
        "Pay" => payment(&reasons),
        other => panic!("no situations for {other}"),
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

fn approval(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    let asking = if reasons.has("OwnRequest") { "ana" } else { "luis" };
    done(&mut world, asking, &[request(usd("1000"), 30)]);
    if reasons.has("InvalidTransition") {
        done(&mut world, "maria", &[approve(usd("1000"), 30)]);
    }
    (world, approve(usd("1000"), 30))
}

fn purchase(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    if !reasons.has("AccountNotFound") {
        line_that_bought_before(&mut world, reasons);
    }
    if reasons.has("OverdueDebt") {
        world.policy.overdue_stop = Some(OverdueStop { above: Amount::ZERO, grace_days: 0 });
        world.today = world.today.plus_days(31);
    }
    let order = if reasons.has("OrderConflict") { "bought before" } else { "new" };
    let command = if reasons.has("TooManyInstallments") {
        buy(order, usd("0.01"), 2)
    } else {
        buy(order, usd("10"), 1)
    };
    (world, command)
}

fn line_that_bought_before(world: &mut World, reasons: &Reasons<'_>) {
    granted(world);
    let before = if reasons.has("TotalTooLarge") { Amount::LARGEST } else { usd("100") };
    if reasons.has("TotalTooLarge") {
        let double = Tolerance::parse("1").unwrap();
        done(world, "luis", &[change_limit(Amount::LARGEST), change_tolerance(double)]);
    }
    done(world, "luis", &[buy("bought before", before, 1)]);
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

fn payment(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    let today = world.today;
    let mut shares: Vec<(InvoiceId, Amount)> = Vec::new();
    if !reasons.has("AccountNotFound") {
        granted(&mut world);
        done(&mut world, "luis", &[buy("an order", usd("100"), 1), pay("known", usd("5"), today)]);
        let invoice = world.open_invoices()[0].id;
        if reasons.has("TotalTooLarge") {
            done(&mut world, "luis", &[pay_for("ahead", Amount::LARGEST, today, &[])]);
        }
        if reasons.has("LineNotOpen") {
            ended(&mut world);
        } else {
            let above = reasons.has("AllocationAboveInvoice");
            shares.push((invoice, if above { usd("95.01") } else { usd("10") }));
        }
    }
    if reasons.has("InvoiceNotOpen") {
        let stranger = LifeId::new([0xee; 10]).child(1);
        shares.push((InvoiceId { transaction: stranger, installment: 1 }, usd("1")));
    }
    let reference = if reasons.has("PaymentConflict") { "known" } else { "new" };
    let amount = if reasons.has("AllocationsAbovePayment") { usd("9.99") } else { usd("200") };
    (world, pay_for(reference, amount, today, &shares))
}

fn granted(world: &mut World) {
    done(world, "ana", &[request(usd("1000"), 30)]);
    done(world, "luis", &[approve(usd("1000"), 30)]);
}

/// Pays all and ends the line.
fn ended(world: &mut World) {
    let debt = world.book.account.totals.outstanding;
    let invoice = world.open_invoices()[0].id;
    let all = pay_for("all", debt, world.today, &[(invoice, debt)]);
    done(world, "luis", &[all, CANCEL]);
}

fn done(world: &mut World, actor: &str, commands: &[Command]) {
    for command in commands {
        world.run(actor, command).unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"));
    }
}
