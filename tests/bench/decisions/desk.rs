//! An account on which everything was bought that the questions are about, and the questions.

use super::Subject;
use fiado_contract::facade::{Success, UseCreditAnswer, UseCreditBody};
use fiado_contract::gateway::read_stored;
use fiado_contract::json::parse;
use fiado_core::account::{
    Allocation, Book, Command, Context, Open, Outcome, Pay, PlanChoice, Receipt, Usage, UseCredit, Wish,
    assess, execute, needs,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    AccountKey, ActorId, CustomerId, LifeId, OrderId, OrganizationId, PaymentReference, RuleId,
};
use fiado_core::installments::{
    Due, DueDates, InstallmentCount, Interest, Method, PaymentTerm, Terms, parts,
};
use fiado_core::money::{Amount, Currency, Percent, Tolerance};
use fiado_core::policy::Policy;
use fiado_core::rules::Offering;
use fiado_store::chain::{GENESIS, link};
use std::hint::black_box;

const CURRENCY: Currency = Currency::Usd;

/// How many invoices are open, and a payment is for.
const INVOICES: u64 = 12;

/// The façade's own example of a purchase, in three installments.
const BODY: &[u8] = br#"{"order_id":"order_789","amount":5000.00,"installments":3}"#;

/// A shop with a rule of twelve options at compound interest, and an account with twelve invoices.
pub(super) struct Desk {
    policy: Policy,
    book: Book,
    now: Instant,
    today: Day,
}

impl Desk {
    pub(super) fn open() -> Desk {
        let mut policy = Policy::usual(CURRENCY);
        let rule = read_stored(&rule(), CURRENCY, &RuleId::new("rule_1").unwrap()).unwrap();
        policy.offering = Offering { rules: [rule].into(), country: None };
        let (now, today) =
            (Instant::parse("2025-11-24T15:00:00Z").unwrap(), Day::parse("2025-11-24").unwrap());
        let mut desk = Desk { policy, book: Book::default(), now, today };
        desk.does(&Command::Open(Open { limit: CURRENCY.units(1_000_000), tolerance: Tolerance::NONE }));
        for number in 0..INVOICES {
            desk.does(&purchase(&format!("order_{number}"), CURRENCY.units(100), 1));
        }
        desk
    }

    /// All questions, in the order of the table.
    pub(super) fn subjects(&self) -> Vec<Subject<'_>> {
        let mut subjects = self.decisions();
        subjects.extend(self.schedules());
        subjects.extend(self.words());
        subjects
    }

    fn decisions(&self) -> Vec<Subject<'_>> {
        let purchase = purchase("order_789", CURRENCY.units(5_000), 3);
        let payment = self.payment();
        let wish = Wish {
            amount: CURRENCY.units(5_000),
            choice: Some(PlanChoice::Installments(count(12))),
            channel: None,
        };
        let context = self.context();
        assert!(assess(&self.book.account, &wish, &context).passes());
        vec![
            subject("use in 3 installments", move || drop(black_box(self.outcome(&purchase)))),
            subject("payment over 12 invoices", move || drop(black_box(self.outcome(&payment)))),
            subject("preview of 12 installments", move || {
                drop(black_box(assess(&self.book.account, black_box(&wish), &context)));
            }),
        ]
    }

    fn schedules(&self) -> Vec<Subject<'_>> {
        let plain = Terms::interest_free(count(12));
        let interest =
            Interest { rate: Percent::parse("1.86").unwrap(), method: Method::Compound, due: Due::End };
        let compound = Terms::Equal { count: count(12), interest };
        let days = DueDates::default();
        let split = move |terms: Terms<'static>| {
            move || {
                let amount = black_box(CURRENCY.units(5_000));
                let parts = parts(&terms, amount, self.today, PaymentTerm::USUAL, &days);
                assert_eq!(black_box(parts).unwrap().len(), 12);
            }
        };
        vec![
            subject("12 equal parts", split.clone()(plain)),
            subject("12 parts at compound interest", split(compound)),
        ]
    }

    fn words(&self) -> Vec<Subject<'_>> {
        let outcome = self.outcome(&purchase("order_789", CURRENCY.units(5_000), 3));
        let usage = usage(&outcome);
        let entry = outcome.entries[0].clone();
        let body = serde_json::to_vec(&entry).unwrap();
        let key = AccountKey {
            organization: OrganizationId::new("org_default").unwrap(),
            customer: CustomerId::new("cust_456").unwrap(),
        };
        vec![
            subject("entry as JSON", move || {
                drop(black_box(serde_json::to_vec(black_box(&entry)).unwrap()));
            }),
            subject("link of the chain", move || {
                black_box(link(&GENESIS, black_box(&key), 14, black_box(&body)));
            }),
            subject("body of a use read", || {
                let json = parse(black_box(BODY)).unwrap();
                drop(black_box(UseCreditBody::read(&json, CURRENCY).unwrap()));
            }),
            subject("answer to a use printed", move || {
                let answer = Success::new(UseCreditAnswer::new(black_box(&usage), CURRENCY));
                drop(black_box(serde_json::to_vec(&answer).unwrap()));
            }),
        ]
    }

    /// A payment that is said to go to each of the invoices.
    fn payment(&self) -> Command {
        let invoices = self.book.invoices.values();
        let share = CURRENCY.units(100);
        let allocations: Vec<Allocation> =
            invoices.map(|invoice| Allocation { invoice: invoice.id.clone(), amount: share }).collect();
        assert_eq!(allocations.len() as u64, INVOICES);
        Command::Pay(Pay {
            reference: PaymentReference::new("PAY-123456").unwrap(),
            amount: CURRENCY.units(100 * INVOICES),
            date: self.today,
            allocations: Some(allocations),
        })
    }

    /// What becomes of a command: its items found, decided, followed through.
    fn outcome(&self, command: &Command) -> Outcome {
        let command = black_box(command);
        let items = self.book.items(&needs(command, self.now));
        execute(&self.book.account, &items, command, &self.context()).unwrap()
    }

    fn does(&mut self, command: &Command) {
        let outcome = self.outcome(command);
        outcome.rows.iter().for_each(|row| self.book.apply(row));
        self.book.account = outcome.account;
    }

    fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            today: self.today,
            actor: ActorId::new("user_sales").unwrap(),
            new_life: LifeId::new([7; 10]),
            policy: &self.policy,
        }
    }
}

fn subject<'a>(name: &'static str, once: impl Fn() + 'a) -> Subject<'a> {
    Subject { name, once: Box::new(once) }
}

fn purchase(order: &str, amount: Amount, installments: u64) -> Command {
    let order = OrderId::new(order).unwrap();
    Command::UseCredit(UseCredit { order, amount, installments: count(installments), plan: None })
}

fn usage(outcome: &Outcome) -> Usage {
    let Receipt::Usage(usage) = &outcome.receipt else { unreachable!("a purchase was made") };
    usage.clone()
}

fn count(parts: u64) -> InstallmentCount {
    InstallmentCount::new(parts).unwrap()
}

/// A rule for purchases on account, of 1 to 12 installments at compound interest.
fn rule() -> String {
    let option = |count| format!(r#"{{"quantity":{count},"interestRate":1.86,"interestTax":0}}"#);
    let options: Vec<String> = (1..=12).map(option).collect();
    format!(
        r#"{{"name":"Crédito","salesChannels":[{{"id":":ALL:"}}],"paymentSystem":{{"id":64,"name":"Customer Credit"}},"enabled":true,"installmentOptions":{{"dueDateType":0,"interestRateMethod":0,"minimumInstallmentValue":1,"installments":[{}]}}}}"#,
        options.join(",")
    )
}
