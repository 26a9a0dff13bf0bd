//! A small engine for the cases: it does with a batch what the server does, with a clock and
//! names of its own.

use crate::{
    AccountRecord, Answer, AnswerKey, Changes, Commit, Loaded, Organization, Refusal, Store, StoreError,
    Wanted,
};
use fiado_core::account::{
    AddHolder, AdjustBalance, Allocation, Approve, Authorize, Book, Cancel, CancelInvoice, ChangeHold,
    ChangeLimit, ChangeTolerance, ChosenPlan, Close, Command, Context, ExpireHolds, Hold, Open, Pay,
    PayInvoice, PostponeInvoice, Reactivate, Receipt, Refund, Reject, Rejection, Release, RemoveHolder,
    Request, Settle, Suspend, Update, UpdateInvoice, Usage, UseCredit, execute, needs,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    AccountKey, ActorId, ChildId, CustomerId, InvoiceId, LifeId, OrderId, OrganizationId, PaymentReference,
    PlanId, RuleId, StatementId, TransactionId,
};
use fiado_core::installments::{Due, InstallmentCount, PaymentTerm};
use fiado_core::money::{Amount, Balance, Currency, Percent, Tolerance};
use fiado_core::policy::{Policy, Postponement};
use fiado_core::profile::{Beside, Email};
use fiado_core::rules::{
    self, InstallmentOptions, MethodKind, Offering, PaymentRule, PaymentSystem, Quantity, SalesChannels,
};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The usual organization.
pub(crate) const ORGANIZATION: &str = "org_default";

const OPENING: &str = "2025-11-24T10:00:00Z";

pub(crate) fn organization(id: &str) -> OrganizationId {
    OrganizationId::new(id).unwrap()
}

/// A customer of the usual organization.
pub(crate) fn key(customer: &str) -> AccountKey {
    key_in(ORGANIZATION, customer)
}

pub(crate) fn key_in(id: &str, customer: &str) -> AccountKey {
    AccountKey { organization: organization(id), customer: CustomerId::new(customer).unwrap() }
}

pub(crate) fn amount(minor: u64) -> Amount {
    Amount::from_minor(minor).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// An account as it stands when the desk opens.
pub(crate) fn find(store: &dyn Store, key: &AccountKey) -> Option<AccountRecord> {
    store.account(key, instant(OPENING)).unwrap()
}

/// Writes an organization over what was there.
pub(crate) fn save(store: &dyn Store, organization: &Organization) -> Result<Organization, StoreError> {
    store.change_organization(&organization.id, &mut |there| *there = organization.clone())
}

/// Something somebody asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) key: AccountKey,
    pub(crate) command: Command,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) beside: Beside,
}

impl Asked {
    pub(crate) fn new(key: &AccountKey, command: Command) -> Asked {
        Asked { key: key.clone(), command, idempotency_key: None, beside: Beside::default() }
    }

    fn wanted(&self, now: Instant) -> Wanted {
        Wanted { key: self.key.clone(), needs: needs(&self.command, now), answer: self.answer_key() }
    }

    pub(crate) fn answer_key(&self) -> Option<AnswerKey> {
        let key = self.idempotency_key.clone()?;
        Some(AnswerKey { account: self.key.clone(), operation: self.command.operation(), key })
    }
}

pub(crate) fn request(limit: u64) -> Command {
    Command::Request(Request { requested_limit: amount(limit), term: PaymentTerm::USUAL })
}

pub(crate) fn approve(limit: u64) -> Command {
    Command::Approve(Approve { limit: amount(limit), term: PaymentTerm::USUAL })
}

pub(crate) fn reject() -> Command {
    Command::Reject(Reject {})
}

pub(crate) fn suspend() -> Command {
    Command::Suspend(Suspend {})
}

pub(crate) fn reactivate() -> Command {
    Command::Reactivate(Reactivate {})
}

pub(crate) fn cancel() -> Command {
    Command::Cancel(Cancel {})
}

pub(crate) fn limit(limit: u64) -> Command {
    Command::ChangeLimit(ChangeLimit { limit: amount(limit) })
}

/// So many millionths above the limit.
pub(crate) fn tolerance(millionths: u32) -> Command {
    Command::ChangeTolerance(ChangeTolerance { tolerance: Tolerance::from_millionths(millionths).unwrap() })
}

pub(crate) fn buy(order: &str, minor: u64, installments: u64) -> Command {
    Command::UseCredit(UseCredit {
        order: OrderId::new(order).unwrap(),
        amount: amount(minor),
        installments: InstallmentCount::new(installments).unwrap(),
        plan: None,
    })
}

pub(crate) fn pay(reference: &str, minor: u64) -> Command {
    pay_to(reference, minor, None)
}

pub(crate) fn pay_by_name(reference: &str, parts: &[(InvoiceId, u64)]) -> Command {
    let allocations =
        parts.iter().map(|(invoice, minor)| Allocation { invoice: invoice.clone(), amount: amount(*minor) });
    let total = parts.iter().map(|(_, minor)| minor).sum();
    pay_to(reference, total, Some(allocations.collect()))
}

fn pay_to(reference: &str, minor: u64, allocations: Option<Vec<Allocation>>) -> Command {
    Command::Pay(Pay {
        reference: PaymentReference::new(reference).unwrap(),
        amount: amount(minor),
        date: day("2025-11-24"),
        allocations,
    })
}

pub(crate) fn open(limit: u64) -> Command {
    Command::Open(Open { limit: amount(limit), tolerance: Tolerance::NONE })
}

pub(crate) fn close() -> Command {
    Command::Close(Close {})
}

pub(crate) fn update() -> Command {
    Command::Update(Update { limit: None, tolerance: None })
}

pub(crate) fn adjust(statement: &str, minor: i64) -> Command {
    let statement = StatementId::new(statement).unwrap();
    Command::AdjustBalance(AdjustBalance { statement, value: Balance::from_minor(minor) })
}

pub(crate) fn add_holder() -> Command {
    Command::AddHolder(AddHolder {})
}

pub(crate) fn remove_holder(holder: ChildId) -> Command {
    Command::RemoveHolder(RemoveHolder { holder })
}

/// Credit that is held for a day, under an id made here.
pub(crate) fn authorize(minor: u64) -> Command {
    Command::Authorize(Authorize {
        order: None,
        amount: amount(minor),
        installments: InstallmentCount::ONE,
        firm: false,
        expires_at: None,
    })
}

pub(crate) fn transaction(text: &str) -> TransactionId {
    TransactionId::new(text).unwrap()
}

/// Credit that is held in so many parts under a client's own id, for the order `order-1`.
pub(crate) fn hold(id: &str, minor: u64, installments: u64) -> Command {
    Command::ChangeHold(ChangeHold {
        transaction: transaction(id),
        order: OrderId::new("order-1").ok(),
        amount: amount(minor),
        installments: InstallmentCount::new(installments),
        firm: None,
        expires_at: None,
    })
}

/// Credit that is held under a client's own id until a moment of its choice.
pub(crate) fn hold_until(id: &str, expires_at: Instant) -> Command {
    Command::ChangeHold(ChangeHold {
        transaction: transaction(id),
        order: OrderId::new("order-1").ok(),
        amount: amount(100),
        installments: InstallmentCount::new(1_u64),
        firm: None,
        expires_at: Some(expires_at),
    })
}

pub(crate) fn release(id: &str) -> Command {
    Command::Release(Release { transaction: transaction(id) })
}

pub(crate) fn settle(id: &str, minor: u64) -> Command {
    Command::Settle(Settle { transaction: transaction(id), amount: amount(minor) })
}

pub(crate) fn refund(id: &str, minor: u64) -> Command {
    Command::Refund(Refund { transaction: transaction(id), amount: amount(minor) })
}

pub(crate) fn expire_holds() -> Command {
    Command::ExpireHolds(ExpireHolds {})
}

/// An installment of a purchase.
pub(crate) fn invoice(id: &str, installment: u8) -> InvoiceId {
    InvoiceId { transaction: transaction(id), installment }
}

pub(crate) fn pay_invoice(invoice: InvoiceId) -> Command {
    Command::PayInvoice(PayInvoice { invoice })
}

pub(crate) fn cancel_invoice(invoice: InvoiceId) -> Command {
    Command::CancelInvoice(CancelInvoice { invoice })
}

pub(crate) fn postpone(invoice: InvoiceId, days: u16) -> Command {
    Command::PostponeInvoice(PostponeInvoice { invoice, days })
}

pub(crate) fn annotate(invoice: InvoiceId) -> Command {
    Command::UpdateInvoice(UpdateInvoice { invoice, state: None, annotated: true })
}

/// What the core says to a command.
pub(crate) type Said = Result<Receipt, Rejection>;

/// A desk where commands are taken, one batch after the other, each command a second later.
pub(crate) struct Desk<'a> {
    pub(crate) store: &'a dyn Store,
    now: Cell<Instant>,
    rules: Arc<[PaymentRule]>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(store: &'a dyn Store) -> Desk<'a> {
        Desk::with_rules(store, Vec::new())
    }

    /// A desk that offers what these payment rules say.
    pub(crate) fn with_rules(store: &'a dyn Store, rules: Vec<PaymentRule>) -> Desk<'a> {
        Desk { store, now: Cell::new(instant(OPENING)), rules: rules.into() }
    }

    /// The moment of the last command.
    pub(crate) fn now(&self) -> Instant {
        self.now.get()
    }

    pub(crate) fn wait(&self, seconds: u32) {
        self.now.set(self.now().plus_seconds(seconds));
    }

    /// A line that may be used.
    pub(crate) fn open_line(&self, key: &AccountKey, limit: u64) {
        self.done(key, request(limit));
        self.done(key, approve(limit));
    }

    /// One command that must pass.
    pub(crate) fn done(&self, key: &AccountKey, command: Command) -> Receipt {
        self.said(key, command).unwrap()
    }

    /// One command.
    pub(crate) fn said(&self, key: &AccountKey, command: Command) -> Said {
        self.batch(&[Asked::new(key, command)]).unwrap().remove(0)
    }

    /// One command that must pass, with what is kept beside the journal.
    pub(crate) fn done_with(&self, key: &AccountKey, command: Command, beside: Beside) -> Receipt {
        let asked = Asked { beside, ..Asked::new(key, command) };
        self.batch(&[asked]).unwrap().remove(0).unwrap()
    }

    /// Buys an order by a plan that is offered now.
    pub(crate) fn bought_by(&self, key: &AccountKey, order: &str, minor: u64, plan: &str) -> Usage {
        let (policy, at) = (self.policy(key), self.now().plus_seconds(1));
        let purchase = rules::Asked::on_account(amount(minor), None, at, &policy);
        let offer = policy.offering.offer(&purchase, &PlanId::new(plan).unwrap()).unwrap();
        let seen = offer.plan(amount(minor), today(at), PaymentTerm::USUAL, &policy.due_dates).unwrap();
        let command = Command::UseCredit(UseCredit {
            order: OrderId::new(order).unwrap(),
            amount: amount(minor),
            installments: InstallmentCount::ONE,
            plan: Some(Box::new(ChosenPlan { seen, channel: None })),
        });
        match self.done(key, command) {
            Receipt::Usage(usage) => usage,
            other => unreachable!("{other:?}"),
        }
    }

    /// Holds credit under an id made here.
    pub(crate) fn authorized(&self, key: &AccountKey, minor: u64) -> Hold {
        match self.done(key, authorize(minor)) {
            Receipt::Hold(hold) => hold,
            other => unreachable!("{other:?}"),
        }
    }

    /// Lets whoever shops under an address buy on an account.
    pub(crate) fn holder(&self, key: &AccountKey, email: &str) -> ChildId {
        let beside = Beside { holder: Email::new(email).ok(), ..Beside::default() };
        match self.done_with(key, add_holder(), beside) {
            Receipt::Holder(holder) => holder.id,
            other => unreachable!("{other:?}"),
        }
    }

    /// Lets holds grow by half, and invoices be postponed ten times by 100 days in all.
    pub(crate) fn be_generous(&self) {
        let change = self.store.change_organization(&organization(ORGANIZATION), &mut |shop| {
            shop.policy.hold_growth = Tolerance::from_millionths(500_000).unwrap();
            shop.policy.postponement = Postponement { enabled: true, most_times: 10, most_days: 100 };
        });
        change.unwrap();
    }

    /// Commands of one account, each in a batch of its own; all must pass.
    pub(crate) fn all_done(&self, key: &AccountKey, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.done(key, command);
        }
    }

    /// One batch.
    pub(crate) fn batch(&self, asked: &[Asked]) -> Result<Vec<Said>, StoreError> {
        let wanted = self.wanted(asked);
        let mut said = Vec::new();
        self.store.batch(&wanted, &mut |loaded| {
            let changes;
            (changes, said) = self.decide(asked, loaded);
            changes
        })?;
        Ok(said)
    }

    /// What would be said to a command, by what is read for it alone. Nothing happens, and no time
    /// passes.
    pub(crate) fn rehearsed(&self, key: &AccountKey, command: Command) -> Said {
        let before = self.now();
        let asked = [Asked::new(key, command)];
        let needs = self.wanted(&asked).remove(0).needs;
        let book = self.store.book_for(key, &needs).unwrap().unwrap_or_default();
        let loaded = Loaded { books: BTreeMap::from([(key.clone(), book)]), ..Loaded::default() };
        let said = self.decide(&asked, loaded).1.remove(0);
        self.now.set(before);
        said
    }

    /// What a batch does, without writing it.
    pub(crate) fn plan(&self, asked: &[Asked]) -> Changes {
        let mut planned = Changes::default();
        let wanted = self.wanted(asked);
        let looked = self.store.batch(&wanted, &mut |loaded| {
            planned = self.decide(asked, loaded).0;
            Changes::default()
        });
        looked.unwrap();
        planned
    }

    /// What a batch needs by the time its last command is decided.
    fn wanted(&self, asked: &[Asked]) -> Vec<Wanted> {
        let end = self.now().plus_seconds(u32::try_from(asked.len()).unwrap());
        asked.iter().map(|asked| asked.wanted(end)).collect()
    }

    /// Decides a batch on what was loaded for it.
    pub(crate) fn decide(&self, asked: &[Asked], mut loaded: Loaded) -> (Changes, Vec<Said>) {
        let (mut changes, mut said) = (Changes::default(), Vec::new());
        for asked in asked {
            self.wait(1);
            let book = loaded.books.get_mut(&asked.key).unwrap();
            let result = self.decide_one(asked, book, &mut changes);
            if let Some(key) = asked.answer_key() {
                let answer = Answer { fingerprint: [7; 32], at: self.now(), result: result.clone() };
                changes.answers.push((key, answer));
            }
            said.push(result);
        }
        (changes, said)
    }

    fn decide_one(&self, asked: &Asked, book: &mut Book, changes: &mut Changes) -> Said {
        let policy = self.policy(&asked.key);
        let actor = match asked.command {
            Command::Request(_) => "buyer",
            _ => "manager",
        };
        let context = Context {
            now: self.now(),
            today: today(self.now()),
            actor: ActorId::new(actor).unwrap(),
            new_life: new_life(&asked.key, book.account.version),
            policy: &policy,
        };
        let items = book.items(&needs(&asked.command, context.now));
        let outcome = match execute(&book.account, &items, &asked.command, &context) {
            Ok(outcome) => outcome,
            Err(rejection) => {
                changes.refusals.push(Refusal {
                    key: asked.key.clone(),
                    at: context.now,
                    by: context.actor,
                    operation: asked.command.operation(),
                    rejection: rejection.clone(),
                });
                return Err(rejection);
            }
        };
        book.account = outcome.account.clone();
        outcome.rows.iter().for_each(|row| book.apply(row));
        if !outcome.entries.is_empty() {
            changes.commits.push(Commit {
                key: asked.key.clone(),
                account: Arc::new(outcome.account),
                entries: outcome.entries,
                rows: outcome.rows,
                beside: asked.beside.clone(),
            });
        }
        Ok(outcome.receipt)
    }

    fn policy(&self, key: &AccountKey) -> Policy {
        let organization = self.store.organization(&key.organization).unwrap();
        let policy = organization.map_or(Policy::usual(Currency::Usd), |organization| organization.policy);
        let offering = Offering { rules: Arc::clone(&self.rules), ..Offering::default() };
        Policy { offering, ..policy }
    }
}

/// A payment rule for what is bought on account, at a tenth more than it costs: in three parts.
pub(crate) fn a_tenth_more(id: &str) -> PaymentRule {
    let quantity = Quantity {
        count: InstallmentCount::new(3_u64).unwrap(),
        rate: Percent::parse("10").unwrap(),
        tax: None,
        is_external: None,
    };
    let options = InstallmentOptions {
        due: Due::End,
        method: MethodKind::Simple,
        minimum_part: Amount::ZERO,
        quantities: vec![quantity],
    };
    PaymentRule {
        id: RuleId::new(id).unwrap(),
        enabled: true,
        is_default: false,
        system: PaymentSystem { id: PaymentSystem::CUSTOMER_CREDIT, name: String::new() },
        channels: SalesChannels::All,
        begins: None,
        ends: None,
        intervals: Vec::new(),
        merchants: Vec::new(),
        country: None,
        minimum: Amount::ZERO,
        options: Some(options),
        deadlines: Vec::new(),
    }
}

fn today(now: Instant) -> Day {
    let days = now.microseconds().div_euclid(86_400_000_000);
    Day::from_days_since_epoch(i32::try_from(days).unwrap()).unwrap()
}

/// Random enough: no two lives of the cases are alike.
fn new_life(key: &AccountKey, version: u64) -> LifeId {
    let link = crate::chain::link(&[0; 32], key, version, b"life");
    let (bytes, _) = link.split_first_chunk::<10>().unwrap();
    LifeId::new(*bytes)
}
