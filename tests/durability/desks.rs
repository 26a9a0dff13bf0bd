//! A crowd that does whatever can be done at either face, to a few accounts, and knows what must have
//! come of it.

use crate::load::{amount, cents};
use fiado_tests::{Answer, Company, CreditAccount, Dice, Integration, Shop, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

const ACCOUNTS: u64 = 20;
/// In units of currency. With purchases of up to 200.00 it is soon used up, and stays contended.
const LIMIT: u64 = 1000;

/// How long the crowd works: so many seconds, enough for every action to be done and refused; others
/// where `FIADO_CROWD_SECONDS` says so.
pub(crate) fn duration(usual: u64) -> Duration {
    let seconds = std::env::var("FIADO_CROWD_SECONDS").map_or(usual, |seconds| seconds.parse().unwrap());
    Duration::from_secs(seconds)
}

/// An account as both faces of one server show it, and what the crowd has done to it at any.
pub(crate) struct Desk<'a> {
    vtex: Integration,
    account: CreditAccount,
    company: Company<'a>,
    done: Arc<Done>,
}

/// What was done to an account.
struct Done {
    /// Every hold that was made, with how often it was ended each way.
    holds: Mutex<BTreeMap<String, Ends>>,
    /// In units of currency. It is only ever raised: what was let pass once stays below it.
    limit: Mutex<u64>,
}

/// How often a hold was settled and released. A settlement may be changed, so that more than one is
/// no second ending; one of either beside one of the other is.
#[derive(Debug, Default)]
struct Ends {
    settled: u32,
    released: u32,
}

impl Ends {
    fn is_over(&self) -> bool {
        self.settled > 0 || self.released > 0
    }

    fn is_right(&self) -> bool {
        self.released == 0 || (self.released == 1 && self.settled == 0)
    }
}

/// Something a client does to an account; nothing where there is nothing to do it to.
type Action = fn(&Desk<'_>, &mut Dice) -> Option<Answer>;

const ACTIONS: [(&str, Action); 20] = [
    ("authorize", authorize),
    ("authorize under an id", authorize_under_an_id),
    ("change a hold", change_hold),
    ("release", release),
    ("settle", settle),
    ("settle all", settle_all),
    ("refund", refund),
    ("pay an invoice", pay_invoice),
    ("cancel an invoice", cancel_invoice),
    ("annotate an invoice", annotate_invoice),
    ("postpone an invoice", postpone_invoice),
    ("move the balance", move_balance),
    ("share", share),
    ("raise the limit", raise_limit),
    ("buy through the façade", buy),
    ("pay through the façade", pay),
    ("list accounts", list_accounts),
    ("list invoices", list_invoices),
    ("read the statement", read_statement),
    ("look", look),
];

impl<'a> Desk<'a> {
    /// Opens the accounts, in a shop that is configured for all that the crowd does.
    pub(crate) fn open_all(shop: &'a Shop) -> Vec<Desk<'a>> {
        let vtex = shop.integration();
        let configuration = r#"{"maxPreAuthorizationGrowthRate":0.1,"postponementEnabled":true,"invoicePostponementLimit":3,"maxPostponementDays":20}"#;
        vtex.configures(configuration).must_be(200);
        let desk = |number: u64| {
            let account = vtex.opens_with_tolerance(&number.to_string(), &LIMIT.to_string(), "0.1");
            let done = Done { holds: Mutex::default(), limit: Mutex::new(LIMIT) };
            Desk { company: shop.company(account.id()), vtex: vtex.clone(), account, done: Arc::new(done) }
        };
        (1..=ACCOUNTS).map(desk).collect()
    }

    /// The same accounts at another server.
    pub(crate) fn at<'b>(branch: &'b Shop, desks: &[Desk<'_>]) -> Vec<Desk<'b>> {
        let vtex = branch.integration();
        let desk = |desk: &Desk<'_>| {
            let account = vtex.account(desk.account.id());
            Desk {
                company: branch.company(account.id()),
                vtex: vtex.clone(),
                account,
                done: Arc::clone(&desk.done),
            }
        };
        desks.iter().map(desk).collect()
    }

    fn holds(&self) -> MutexGuard<'_, BTreeMap<String, Ends>> {
        self.done.holds.lock().unwrap()
    }

    fn any_hold(&self, dice: &mut Dice) -> Option<String> {
        let holds: Vec<String> = self.holds().keys().cloned().collect();
        (!holds.is_empty()).then(|| dice.pick(&holds))
    }

    fn any_open_invoice(&self, dice: &mut Dice) -> Option<String> {
        let open = self.account.reads("/invoices?status=Opened").must_be(200).column("id");
        (!open.is_empty()).then(|| dice.pick(&open))
    }

    /// Keeps count of a hold, where what was done to it succeeded.
    fn note(&self, hold: &str, answer: Answer, count: impl Fn(&mut Ends)) -> Option<Answer> {
        if answer.status == 200 {
            count(self.holds().entry(hold.to_owned()).or_default());
        }
        Some(answer)
    }

    /// Stops the test where more is owed and held than limit and tolerance let.
    #[track_caller]
    fn must_be_within_its_ceiling(&self) -> Answer {
        let line = self.company.reads("").must_be(200);
        let figures = ["credit_limit", "credit_used", "credit_held", "unapplied"];
        let [limit, used, held, unapplied] = figures.map(|name| cents(&line.at(name)));
        assert!(used + held <= limit + limit / 10 + unapplied, "{}", line.text);
        line
    }

    /// Stops the test where the two faces, or the account and its invoices, differ.
    pub(crate) fn must_agree(&self) {
        let line = self.must_be_within_its_ceiling();
        let figure = |name: &str| cents(&line.at(name));
        assert_eq!(owed_by_invoices(&self.account), figure("credit_used"), "{}", line.text);
        let account = self.account.reads("").must_be(200);
        assert_eq!(cents(&account.shows("preAuthorizedCredit")), figure("credit_held"), "{}", account.text);
        let available = i128::from(figure("credit_limit"))
            - i128::from(figure("credit_used"))
            - i128::from(figure("credit_held"));
        let shown: i128 = account.shows("availableCredit").replace('.', "").parse().unwrap();
        assert_eq!(shown, available, "{}", account.text);
    }

    /// Releases what is still held: each hold that nobody ended ends now, and no other.
    pub(crate) fn everything_is_released(&self) {
        for (hold, ends) in self.holds().iter() {
            assert!(ends.is_right(), "{} ended more than once: {hold} {ends:?}", self.account.id());
            let status = if ends.is_over() { 400 } else { 200 };
            self.account.releases(hold).must_be(status);
        }
        assert_eq!(self.account.figures()[1], "0.00", "nothing is held that nobody knows of");
    }
}

/// What is owed of an account's open invoices, in cents.
fn owed_by_invoices(account: &CreditAccount) -> u64 {
    let mut owed = 0;
    for from in (1..).step_by(1000) {
        let page =
            account.reads(&format!("/invoices?status=Opened&from={from}&to={}", from + 999)).must_be(200);
        let sum = |name: &str| page.column(name).iter().map(|figure| cents(figure)).sum::<u64>();
        owed += sum("value") - sum("creditValue");
        if page.items().len() < 1000 {
            break;
        }
    }
    owed
}

/// From a cent to 200.00.
fn price(dice: &mut Dice) -> String {
    amount(dice.of_any_size(20_000))
}

fn authorize(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let installments = dice.between(1, 4);
    let body = format!(r#"{{"value":{},"installments":{installments}}}"#, price(dice));
    let answer = desk.account.authorizes_with(&body);
    let hold = answer.shows("id");
    desk.note(&hold, answer, |_| {})
}

/// One of a few ids, so that clients meet: it makes the hold, changes it, or comes too late.
fn authorize_under_an_id(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let hold = format!("order-{}", dice.between(1, 200));
    let answer = desk.account.changes_hold(&hold, &price(dice));
    desk.note(&hold, answer, |_| {})
}

fn change_hold(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let hold = desk.any_hold(dice)?;
    Some(desk.account.changes_hold(&hold, &price(dice)))
}

fn release(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let hold = desk.any_hold(dice)?;
    let answer = desk.account.releases(&hold);
    desk.note(&hold, answer, |ends| ends.released += 1)
}

fn settle(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let hold = desk.any_hold(dice)?;
    let answer = desk.account.settles(&hold, &price(dice));
    desk.note(&hold, answer, |ends| ends.settled += 1)
}

/// Settles a new hold at once, as a shop does that ships the same minute; somebody else may be faster.
fn settle_all(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let authorized = authorize(desk, dice)?;
    if authorized.status != 200 {
        return Some(authorized);
    }
    let hold = authorized.shows("id");
    let answer = desk.account.settles(&hold, &authorized.shows("value"));
    desk.note(&hold, answer, |ends| ends.settled += 1)
}

fn refund(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let hold = desk.any_hold(dice)?;
    Some(desk.account.refunds(&hold, &price(dice)))
}

fn pay_invoice(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let invoice = desk.any_open_invoice(dice)?;
    Some(desk.account.pays(&invoice))
}

fn cancel_invoice(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let invoice = desk.any_open_invoice(dice)?;
    Some(desk.account.cancels(&invoice))
}

fn annotate_invoice(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let invoice = desk.any_open_invoice(dice)?;
    let body = format!(r#"{{"observation":"Nota {}"}}"#, dice.between(1, 9));
    Some(desk.account.changes_invoice(&invoice, &body))
}

fn postpone_invoice(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let invoice = desk.any_open_invoice(dice)?;
    Some(desk.account.postpones(&invoice, &dice.between(1, 9).to_string()))
}

fn move_balance(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let sign = dice.pick(&["", "-"]);
    let value = format!("{sign}{}", price(dice));
    Some(desk.account.balance_moves(&format!("st-{}", dice.between(1, 200)), &value))
}

fn share(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let body = format!(r#"{{"claims":{{"email":"holder_{}@test.com"}}}}"#, dice.between(1, 9));
    Some(desk.vtex.post(&desk.account.path("/holders"), body))
}

/// One at a time: of two that arrived the other way round, the second would lower it.
fn raise_limit(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let mut limit = desk.done.limit.lock().unwrap();
    *limit += dice.between(1, 20);
    Some(desk.account.limit_becomes(&limit.to_string()))
}

fn buy(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let order = format!("façade-{}", dice.between(1, 1_000_000));
    let installments = u8::try_from(dice.between(1, 4)).unwrap();
    Some(desk.company.buys_in(installments, &order, &price(dice)))
}

fn pay(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    Some(desk.company.pays(&format!("PAY-{}", dice.between(1, 1_000_000)), &price(dice)))
}

fn list_accounts(desk: &Desk<'_>, _: &mut Dice) -> Option<Answer> {
    let page = desk.vtex.get("/accounts").must_be(200);
    assert_eq!(page.json()["summary"], json(&format!(r#"{{"count":{ACCOUNTS}}}"#)));
    assert_eq!(page.items().len() as u64, ACCOUNTS);
    Some(page)
}

fn list_invoices(desk: &Desk<'_>, dice: &mut Dice) -> Option<Answer> {
    let from = dice.between(1, 30);
    Some(desk.vtex.get(&format!("/invoices?status=Opened&from={from}&to={}", from + 19)))
}

fn read_statement(desk: &Desk<'_>, _: &mut Dice) -> Option<Answer> {
    Some(desk.account.reads("/statements"))
}

fn look(desk: &Desk<'_>, _: &mut Dice) -> Option<Answer> {
    Some(desk.must_be_within_its_ceiling())
}

/// How often each action was done and refused.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<&'static str, [u32; 2]>);

impl Tally {
    /// Counts an answer; stops the test where it is neither a success nor the client's own doing.
    fn count(&mut self, action: &'static str, answer: &Answer) {
        let refused = match answer.status {
            200 | 201 => 0,
            400 | 404 | 409 | 422 => 1,
            _ => panic!("{action}: {} answered {} {}", answer.asked, answer.status, answer.text),
        };
        self.0.entry(action).or_default()[refused] += 1;
    }

    pub(crate) fn add(&mut self, other: Tally) {
        for (action, [done, refused]) in other.0 {
            let all = self.0.entry(action).or_default();
            *all = [all[0] + done, all[1] + refused];
        }
    }

    /// Stops the test unless every action was done at least once.
    pub(crate) fn must_have_done_everything(&self) {
        for (action, [done, refused]) in &self.0 {
            println!("{action}: {done} done, {refused} refused");
        }
        for (action, _) in ACTIONS {
            assert!(self.0.get(action).is_some_and(|[done, _]| *done > 0), "nobody got to {action}");
        }
    }
}

/// One client: any action on any account at any server, until the time is over.
pub(crate) fn works(servers: &[&[Desk<'_>]], client: u64, until: Instant) -> Tally {
    let (mut dice, mut tally) = (Dice::new(client), Tally::default());
    while Instant::now() < until {
        let desks = dice.pick(servers);
        let desk = &desks[dice.between(0, ACCOUNTS - 1) as usize];
        let (name, action) = dice.pick(&ACTIONS);
        if let Some(answer) = action(desk, &mut dice) {
            tally.count(name, &answer);
        }
    }
    tally
}
