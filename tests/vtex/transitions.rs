//! What cannot follow on what: every pair of transitions that is not to be, and that the attempt
//! leaves everything as it was.

use fiado_tests::{Answer, CreditAccount, Integration, Shop, invoice_of};
use std::collections::BTreeMap;

/// Why an attempt is refused. One reason has one code, and no other reason has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// The hold was released or settled, or its time had come.
    HoldEnded,
    /// The hold is sure to be settled.
    HoldFirm,
    /// More than was authorized, with what the shop lets it grow by.
    GrowthTooLarge,
    /// Less than has been paid already.
    BelowPaid,
    /// No invoice of the purchase is open.
    NothingOpen,
    /// More than is still owed of the purchase.
    RefundTooLarge,
    /// The invoice is paid or cancelled.
    InvoiceResolved,
    /// Something is owed or held.
    Owed,
    /// The account is closed.
    Closed,
    /// The account is open: VTEX's own code.
    AlreadyOpen,
    /// The movement of the balance had another value.
    OtherValue,
}

/// An account of 1,000.00 with a hold of 100.00 in two installments that may grow by a tenth.
struct Scene {
    vtex: Integration,
    account: CreditAccount,
    hold: String,
}

impl Scene {
    fn new(vtex: &Integration, number: usize) -> Scene {
        let account = vtex.opens(&format!("{number}"), "1000");
        let hold = account.authorizes_with(r#"{"value":100,"installments":2}"#).must_be(200).shows("id");
        Scene { vtex: vtex.clone(), account, hold }
    }

    fn invoice(&self, number: u8) -> String {
        invoice_of(&self.hold, number)
    }

    fn changes_to(&self, status: &str) -> Answer {
        self.account.changes_invoice(&self.invoice(1), &format!(r#"{{"status":"{status}"}}"#))
    }
}

/// Something that is done to the account. All are tried in some pair, most of them succeed in
/// another.
type Step = fn(&Scene) -> Answer;

fn becomes_firm(scene: &Scene) -> Answer {
    let path = scene.account.path(&format!("/transactions/{}", scene.hold));
    scene.vtex.put(&path, r#"{"value":100,"settle":true}"#)
}

fn change(scene: &Scene) -> Answer {
    scene.account.changes_hold(&scene.hold, "90")
}

fn change_to_too_much(scene: &Scene) -> Answer {
    scene.account.changes_hold(&scene.hold, "110.01")
}

fn release(scene: &Scene) -> Answer {
    scene.account.releases(&scene.hold)
}

fn settle(scene: &Scene) -> Answer {
    scene.account.settles(&scene.hold, "100")
}

fn settle_for_more(scene: &Scene) -> Answer {
    scene.account.settles(&scene.hold, "110")
}

fn settle_for_too_much(scene: &Scene) -> Answer {
    scene.account.settles(&scene.hold, "110.01")
}

/// Half of it may be paid.
fn settle_for_less_than_half(scene: &Scene) -> Answer {
    scene.account.settles(&scene.hold, "49.99")
}

fn refund_all(scene: &Scene) -> Answer {
    scene.account.refunds(&scene.hold, "100")
}

fn refund_most(scene: &Scene) -> Answer {
    scene.account.refunds(&scene.hold, "60")
}

fn refund_a_cent(scene: &Scene) -> Answer {
    scene.account.refunds(&scene.hold, "0.01")
}

fn refund_above_all(scene: &Scene) -> Answer {
    scene.account.refunds(&scene.hold, "100.01")
}

fn pay(scene: &Scene) -> Answer {
    scene.account.pays(&scene.invoice(1))
}

fn pay_the_second(scene: &Scene) -> Answer {
    scene.account.pays(&scene.invoice(2))
}

fn cancel(scene: &Scene) -> Answer {
    scene.account.cancels(&scene.invoice(1))
}

fn cancel_the_second(scene: &Scene) -> Answer {
    scene.account.cancels(&scene.invoice(2))
}

fn postpone(scene: &Scene) -> Answer {
    scene.account.postpones(&scene.invoice(1), "1")
}

fn change_to_paid(scene: &Scene) -> Answer {
    scene.changes_to("Paid")
}

fn change_to_cancelled(scene: &Scene) -> Answer {
    scene.changes_to("Cancelled")
}

fn change_to_opened(scene: &Scene) -> Answer {
    scene.changes_to("Opened")
}

fn close(scene: &Scene) -> Answer {
    scene.account.closes()
}

fn open(scene: &Scene) -> Answer {
    let document = scene.account.id().trim_end_matches("_CPF");
    let body = format!(
        r#"{{"document":"{document}","documentType":"CPF","email":"other@test.com","creditLimit":5,"tolerance":0}}"#
    );
    scene.vtex.with("Accept-Language", "en").post("/accounts", body)
}

fn hold(scene: &Scene) -> Answer {
    scene.account.authorizes("1")
}

fn hold_under_an_id(scene: &Scene) -> Answer {
    scene.account.changes_hold("mine", "1")
}

fn update(scene: &Scene) -> Answer {
    scene.vtex.put(&scene.account.path(""), r#"{"email":"other@test.com"}"#)
}

fn change_limit(scene: &Scene) -> Answer {
    scene.account.limit_becomes("5")
}

fn change_tolerance(scene: &Scene) -> Answer {
    scene.account.tolerance_becomes("1")
}

fn share(scene: &Scene) -> Answer {
    scene.vtex.post(&scene.account.path("/holders"), r#"{"claims":{"email":"holder@test.com"}}"#)
}

fn move_balance(scene: &Scene) -> Answer {
    scene.account.balance_moves("st-1", "-15")
}

fn move_balance_otherwise(scene: &Scene) -> Answer {
    scene.account.balance_moves("st-1", "-15.01")
}

/// What is done first, what is tried then, and why it is refused.
#[rustfmt::skip]
const PAIRS: [(&[Step], Step, Reason); 49] = [
    (&[release],                              settle,                    Reason::HoldEnded),
    (&[release],                              release,                   Reason::HoldEnded),
    (&[release],                              change,                    Reason::HoldEnded),
    (&[release],                              refund_a_cent,             Reason::RefundTooLarge),
    (&[becomes_firm],                         release,                   Reason::HoldFirm),
    (&[becomes_firm, settle],                 release,                   Reason::HoldEnded),
    (&[],                                     refund_a_cent,             Reason::RefundTooLarge),
    (&[],                                     change_to_too_much,        Reason::GrowthTooLarge),
    (&[change],                               change_to_too_much,        Reason::GrowthTooLarge),
    (&[change],                               settle_for_too_much,       Reason::GrowthTooLarge),
    (&[],                                     settle_for_too_much,       Reason::GrowthTooLarge),
    (&[settle],                               settle_for_too_much,       Reason::GrowthTooLarge),
    (&[settle_for_more],                      settle_for_too_much,       Reason::GrowthTooLarge),
    (&[settle],                               release,                   Reason::HoldEnded),
    (&[settle],                               change,                    Reason::HoldEnded),
    (&[settle, refund_all],                   release,                   Reason::HoldEnded),
    (&[settle, pay],                          settle_for_less_than_half, Reason::BelowPaid),
    (&[settle, pay, pay_the_second],          settle_for_more,           Reason::NothingOpen),
    (&[settle, cancel, cancel_the_second],    settle_for_more,           Reason::NothingOpen),
    (&[settle],                               refund_above_all,          Reason::RefundTooLarge),
    (&[settle, refund_most],                  refund_most,               Reason::RefundTooLarge),
    (&[settle, refund_all],                   refund_a_cent,             Reason::RefundTooLarge),
    (&[settle, cancel],                       refund_most,               Reason::RefundTooLarge),
    (&[settle, pay, pay_the_second],          refund_above_all,          Reason::RefundTooLarge),
    (&[settle, pay],                          pay,                       Reason::InvoiceResolved),
    (&[settle, pay],                          cancel,                    Reason::InvoiceResolved),
    (&[settle, pay],                          postpone,                  Reason::InvoiceResolved),
    (&[settle, pay],                          change_to_opened,          Reason::InvoiceResolved),
    (&[settle, pay],                          change_to_cancelled,       Reason::InvoiceResolved),
    (&[settle, change_to_paid],               cancel,                    Reason::InvoiceResolved),
    (&[settle, cancel],                       pay,                       Reason::InvoiceResolved),
    (&[settle, cancel],                       cancel,                    Reason::InvoiceResolved),
    (&[settle, cancel],                       postpone,                  Reason::InvoiceResolved),
    (&[settle, cancel],                       change_to_opened,          Reason::InvoiceResolved),
    (&[settle, cancel],                       change_to_paid,            Reason::InvoiceResolved),
    (&[settle, change_to_cancelled],          pay,                       Reason::InvoiceResolved),
    (&[settle, refund_most],                  pay_the_second,            Reason::InvoiceResolved),
    (&[settle, refund_most],                  cancel_the_second,         Reason::InvoiceResolved),
    (&[],                                     close,                     Reason::Owed),
    (&[settle],                               close,                     Reason::Owed),
    (&[settle, pay],                          close,                     Reason::Owed),
    (&[],                                     open,                      Reason::AlreadyOpen),
    (&[release, close],                       close,                     Reason::Closed),
    (&[release, close],                       hold,                      Reason::Closed),
    (&[release, close],                       hold_under_an_id,          Reason::Closed),
    (&[release, close],                       update,                    Reason::Closed),
    (&[release, close],                       change_limit,              Reason::Closed),
    (&[release, close],                       change_tolerance,          Reason::Closed),
    (&[move_balance],                         move_balance_otherwise,    Reason::OtherValue),
];

#[test]
fn what_cannot_follow_is_refused_for_its_own_reason_and_changes_nothing() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let configuration = r#"{"maxPreAuthorizationGrowthRate":0.1,"postponementEnabled":true,"invoicePostponementLimit":9,"maxPostponementDays":90}"#;
    vtex.configures(configuration).must_be(200);
    let mut codes: BTreeMap<Reason, i64> = BTreeMap::new();
    for (number, (before, then, reason)) in PAIRS.iter().enumerate() {
        let scene = Scene::new(&vtex, number);
        before.iter().for_each(|step| drop(step(&scene).must_be(200)));
        let everything = scene.account.everything();
        let refused = then(&scene).must_be_declined(400);
        assert_eq!(scene.account.everything(), everything, "{number}: {reason:?} {}", refused.asked);
        let code = refused.number();
        assert_eq!(*codes.entry(*reason).or_insert(code), code, "{number}: {reason:?} {}", refused.text);
    }
    let mut distinct: Vec<i64> = codes.values().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), codes.len(), "each reason has a code of its own: {codes:?}");
    assert_eq!(codes[&Reason::AlreadyOpen], 1099);
    shop.books_must_agree();
}

#[test]
fn an_account_that_is_open_is_not_opened_and_says_it_as_vtex_does() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let scene = Scene::new(&vtex, 1);
    let said = open(&scene).must_be_declined(400);
    assert_eq!(said.shows("message"), "The Credit Account is already open.");
    assert_eq!(scene.account.figure("email"), "1@test.com");
}

#[test]
fn closing_names_what_is_owed_and_what_is_held() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let transaction = account.buys_in(2, "100");
    let hold = account.holds("30");
    let refused = account.closes().must_be_declined(400).shows("message");
    for figure in ["100.00", "30.00"] {
        assert!(refused.contains(figure), "{figure} is not in {refused:?}");
    }
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    account.refunds(&transaction, "50").must_be(200);
    account.closes().must_be_declined(400);
    account.releases(&hold).must_be(200);
    account.closes().must_be(200);
}

#[test]
fn a_closed_account_takes_nothing_but_being_opened() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let scene = Scene::new(&vtex, 1);
    settle(&scene).must_be(200);
    refund_all(&scene).must_be(200);
    close(&scene).must_be(200);
    let before = scene.account.everything();
    let steps: [Step; 10] = [
        close,
        hold,
        hold_under_an_id,
        update,
        change_limit,
        change_tolerance,
        share,
        move_balance,
        settle_for_more,
        refund_a_cent,
    ];
    for step in steps {
        let refused = step(&scene).must_be_declined(400);
        assert_eq!(scene.account.everything(), before, "{}", refused.asked);
    }
    assert_eq!(open(&scene).must_be(200).shows("creditLimit"), "5.00");
    hold(&scene).must_be(200);
    shop.books_must_agree();
}

#[test]
fn a_hold_whose_time_has_come_frees_its_account_to_be_closed() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "100");
    account.holds("100");
    account.closes().must_be_declined(400);
    shop.clock_moves_to("2025-11-26T00:00:00Z");
    account.closes().must_be(200);
    shop.books_must_agree();
}

#[test]
fn what_is_not_there_is_not_found() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let scene = Scene::new(&vtex, 1);
    settle(&scene).must_be(200);
    let (account, other) = (&scene.account, vtex.opens("2", "1000"));
    let before = [account.everything(), other.everything()];
    let unknown = "0123456789abcdef0123456789abcdef";
    // Another account's transactions and invoices are unknown as well.
    for (account, transaction) in [(account, unknown), (&other, unknown), (&other, scene.hold.as_str())] {
        account.releases(transaction).must_be_declined(404);
        account.settles(transaction, "1").must_be_declined(404);
        account.refunds(transaction, "1").must_be_declined(404);
        let invoice = invoice_of(transaction, 1);
        account.invoice(&invoice).must_be_declined(404);
        account.pays(&invoice).must_be_declined(404);
        account.cancels(&invoice).must_be_declined(404);
        account.postpones(&invoice, "1").must_be_declined(404);
        account.changes_invoice(&invoice, r#"{"status":"Paid"}"#).must_be_declined(404);
    }
    for invoice in [invoice_of(&scene.hold, 3), scene.hold.clone(), "nonsense".to_owned()] {
        account.invoice(&invoice).must_be_declined(404);
        account.pays(&invoice).must_be_declined(404);
    }
    vtex.delete(&account.path(&format!("/holders/{unknown}"))).must_be_declined(404);
    assert_eq!([account.everything(), other.everything()], before);
}

#[test]
fn a_transaction_of_another_account_stays_that_accounts() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let (one, other) = (vtex.opens("1", "1000"), vtex.opens("2", "1000"));
    for account in [&one, &other] {
        account.changes_hold("pedido-1", "100").must_be(200);
    }
    one.releases("pedido-1").must_be(200);
    other.settles("pedido-1", "100").must_be(200);
    assert_eq!(one.figures(), ["1000.00", "0.00"]);
    assert_eq!(other.figures(), ["900.00", "0.00"]);
    // An id is used once: what was released under it does not come back.
    one.changes_hold("pedido-1", "100").must_be_declined(400);
    shop.books_must_agree();
}
