//! The preview: what would become of a cart, from a snapshot, without a server.
//!
//! Success and failure are both data, in the façade's own shapes, so that a page shows a preview's
//! refusal as it shows the server's.

use super::snapshot::read_snapshot;
use super::use_credit::read_installments;
use super::{ErrorBody, InstallmentView};
use crate::Money;
use crate::catalogue::{Language, Problem};
use crate::fields::{Expected, Fault, FieldError, Fields, read};
use crate::json::Json;
use fiado_core::account::{self, Context, Snapshot, UseCredit};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, LifeId, OrderId};
use fiado_core::installments::{InstallmentCount, interest_free};
use fiado_core::money::{Amount, Currency};
use serde::Serialize;

/// What a preview answers: what was asked, or why it could not be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Preview<T> {
    /// It was read.
    Success {
        /// What was asked.
        data: T,
    },
    /// It could not be read.
    Error {
        /// Why.
        error: ErrorBody,
    },
}

/// What would become of a cart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// `accepted`, or `refused` with at least one reason.
    pub verdict: &'static str,
    /// Everything that stands against it, the most important first: the server would answer that.
    pub reasons: Vec<ErrorBody>,
    /// What is left of the limit now.
    pub credit_available: Money,
    /// The largest amount that passes limit and tolerance now.
    pub spendable: Money,
    /// By how much the cart is too much; zero where it fits.
    pub shortfall: Money,
    /// What would be owed after it; absent where it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_used_after: Option<Money>,
    /// What would be left of the limit after it; absent where it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_available_after: Option<Money>,
    /// The installments it would be paid in; absent where it cannot be split so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Vec<InstallmentView>>,
    /// The currency, ISO 4217.
    pub currency: &'static str,
    /// The account's version the preview is of.
    pub version: u64,
}

/// One way to pay a cart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// In how many installments.
    pub installments: u8,
    /// What they add up to.
    pub total: Money,
    /// The installments.
    pub parts: Vec<InstallmentView>,
}

/// Previews a cart: what the server would decide, to the same cent.
pub fn assess(snapshot: &Json, cart: &Json) -> Preview<Assessment> {
    preview(snapshot, cart, |snapshot| read_cart(cart, snapshot.currency), assess_cart)
}

/// The plans a cart can be paid by, from one installment upwards.
pub fn plans(snapshot: &Json, cart: &Json) -> Preview<Vec<Plan>> {
    preview(
        snapshot,
        cart,
        |snapshot| read_plans_cart(cart, snapshot.currency),
        |snapshot, cart, _| Ok(plan_cart(snapshot, cart)),
    )
}

fn preview<C, T>(
    snapshot: &Json,
    cart: &Json,
    read_cart: impl FnOnce(&Snapshot) -> Result<C, Vec<FieldError>>,
    answer: impl FnOnce(&Snapshot, C, Language) -> Result<T, Problem>,
) -> Preview<T> {
    let language = language_of(cart);
    let result = read_snapshot(snapshot)
        .map_err(|errors| prefixed("snapshot", errors))
        .and_then(|snapshot| {
            let cart = read_cart(&snapshot).map_err(|errors| prefixed("cart", errors))?;
            Ok((snapshot, cart))
        })
        .map_err(Problem::Invalid)
        .and_then(|(snapshot, cart)| answer(&snapshot, cart, language));
    match result {
        Ok(data) => Preview::Success { data },
        Err(problem) => Preview::Error { error: ErrorBody::new(&problem, language) },
    }
}

fn prefixed(argument: &str, errors: Vec<FieldError>) -> Vec<FieldError> {
    let path =
        |field: String| if field.is_empty() { argument.to_owned() } else { format!("{argument}.{field}") };
    errors.into_iter().map(|error| FieldError { field: path(error.field), ..error }).collect()
}

/// The cart's language even where the rest of it cannot be read.
fn language_of(cart: &Json) -> Language {
    let Json::Object(entries) = cart else { return Language::Spanish };
    let is_english =
        entries.iter().any(|(name, value)| name == "language" && *value == Json::Text("en".to_owned()));
    if is_english { Language::English } else { Language::Spanish }
}

struct Cart {
    amount: Amount,
    installments: InstallmentCount,
    now: Option<Instant>,
}

struct PlansCart {
    amount: Amount,
    most: InstallmentCount,
}

fn read_cart(cart: &Json, currency: Currency) -> Result<Cart, Vec<FieldError>> {
    read(cart, |fields| {
        let amount = fields.amount("amount", currency);
        let installments =
            fields.unless_null("installments", read_installments).unwrap_or(Some(InstallmentCount::ONE));
        let now = fields.unless_null("now", |fields| {
            fields.parsed("now", Fault::WrongType(Expected::Instant), Instant::parse)
        });
        read_language(fields)?;
        Some(Cart {
            amount: amount?,
            installments: installments?,
            now: now.map_or(Some(None), |now| now.map(Some))?,
        })
    })
}

fn read_plans_cart(cart: &Json, currency: Currency) -> Result<PlansCart, Vec<FieldError>> {
    read(cart, |fields| {
        let amount = fields.amount("amount", currency);
        let most = fields.unless_null("most_installments", |fields| {
            fields.whole("most_installments", 1, u64::from(InstallmentCount::MOST.get()))
        });
        read_language(fields)?;
        let most = most.unwrap_or(Some(12)).and_then(InstallmentCount::new);
        Some(PlansCart { amount: amount?, most: most? })
    })
}

fn read_language(fields: &mut Fields<'_>) -> Option<()> {
    let known = |word: &str| matches!(word, "es" | "en").then_some(());
    fields.unless_null("language", |fields| fields.word("language", &["es", "en"], known)).unwrap_or(Some(()))
}

fn assess_cart(snapshot: &Snapshot, cart: Cart, language: Language) -> Result<Assessment, Problem> {
    let Snapshot { currency, validity, .. } = *snapshot;
    if cart.now.is_some_and(|now| !validity.holds_at(now)) {
        return Err(Problem::SnapshotExpired { valid_until: validity.valid_until });
    }
    // The order and the actor have no part in a preview; any will do.
    let (order, nobody) = (OrderId::new("preview"), ActorId::new("preview"));
    let (Ok(order), Ok(nobody)) = (order, nobody) else { return Err(Problem::Internal) };
    let policy = snapshot.policy();
    let context = Context {
        now: validity.taken_at,
        today: validity.today,
        actor: nobody.clone(),
        new_life: LifeId::new([0; 10]),
        policy: &policy,
    };
    let purchase = UseCredit { order, amount: cart.amount, installments: cart.installments };
    let assessment = account::assess(&snapshot.account(&nobody), &purchase, &context);
    Ok(assessment_view(snapshot, &assessment, language, currency))
}

fn assessment_view(
    snapshot: &Snapshot,
    assessment: &account::Assessment,
    language: Language,
    currency: Currency,
) -> Assessment {
    let money = |amount: Amount| Money::new(amount, currency);
    let reason = |rejection: &account::Rejection| {
        let problem = Problem::Rejected { customer: String::new(), currency, rejection: rejection.clone() };
        ErrorBody::new(&problem, language)
    };
    Assessment {
        verdict: if assessment.passes() { "accepted" } else { "refused" },
        reasons: assessment.reasons.iter().map(reason).collect(),
        credit_available: money(assessment.available),
        spendable: money(assessment.spendable),
        shortfall: money(assessment.shortfall),
        credit_used_after: assessment.used_after.map(money),
        credit_available_after: assessment.available_after.map(money),
        installments: assessment.parts.as_ref().map(|parts| InstallmentView::all(parts, currency)),
        currency: currency.code(),
        version: snapshot.version,
    }
}

fn plan_cart(snapshot: &Snapshot, cart: PlansCart) -> Vec<Plan> {
    let counts = (1..=u64::from(cart.most.get())).filter_map(InstallmentCount::new);
    let plan = |count: InstallmentCount| {
        let parts = interest_free(cart.amount, count, snapshot.term, snapshot.validity.today)?;
        let total = Amount::saturating_sum(parts.iter().map(|part| part.amount));
        Some(Plan {
            installments: count.get(),
            total: Money::new(total, snapshot.currency),
            parts: InstallmentView::all(&parts, snapshot.currency),
        })
    };
    counts.filter_map(plan).collect()
}
