//! Previews in the browser: a snapshot and a cart, both as a page has them.
//!
//! Success and failure are both data, in the façade's own shapes, so that a page shows a preview's
//! refusal as it shows the server's. It promises what `POST …/credit/preview` would answer, to the
//! same cent, whichever way it is asked; and it never throws.

use super::preview::{read_wish, unless_null};
use super::snapshot::read_snapshot;
use super::{AvailabilityView, ErrorBody, InstallmentView, PlanView, PreviewAnswer, RemediesView, numbers};
use crate::catalogue::{Language, Unread};
use crate::fields::{Expected, Fault, FieldError, read};
use crate::json::Json;
use fiado_core::account::{
    Account, Assessment, Context, Moment, Remedies, Snapshot, Wish, assess, offered, remedies,
};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, LifeId};
use fiado_core::installments::Plan;
use fiado_core::money::Currency;
use fiado_core::policy::Policy;
use serde::Serialize;

/// What a preview answers in the browser: what was asked, or why it could not be read.
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
        error: Box<ErrorBody>,
    },
}

impl<T> Preview<T> {
    /// What came of it, in the façade's own words.
    pub fn of(result: Result<T, Unread>, language: Language) -> Preview<T> {
        result.map_err(|unread| ErrorBody::of_unread(&unread, language)).into()
    }
}

impl<T> From<Result<T, ErrorBody>> for Preview<T> {
    fn from(result: Result<T, ErrorBody>) -> Preview<T> {
        match result {
            Ok(data) => Preview::Success { data },
            Err(error) => Preview::Error { error: Box::new(error) },
        }
    }
}

/// Previews a cart against a snapshot. A cart is the body of `POST …/credit/preview`, with the
/// present moment (`now`) and the `language` of its sentences besides.
pub fn preview(snapshot: &Json, cart: &Json) -> Preview<PreviewAnswer> {
    let answer =
        Previewer::read(snapshot).and_then(|previewer| Ok(previewer.answer(&previewer.asked_by_cart(cart)?)));
    Preview::of(answer, language_of(cart))
}

/// The cart's language even where the rest of it cannot be read.
pub fn language_of(cart: &Json) -> Language {
    let Json::Object(entries) = cart else { return Language::Spanish };
    let is_english =
        entries.iter().any(|(name, value)| name == "language" && *value == Json::Text("en".to_owned()));
    if is_english { Language::English } else { Language::Spanish }
}

/// A snapshot that is asked again and again: it is read once, and what all questions need of it is
/// made once.
#[derive(Debug, Clone)]
pub struct Previewer {
    snapshot: Snapshot,
    policy: Policy,
    /// Who asks has no part in a preview; anybody will do.
    nobody: ActorId,
}

/// One purchase to be previewed, as of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is to be bought, and how it is to be paid.
    pub wish: Wish,
    /// As of when.
    pub moment: Moment,
    /// In which language its sentences are.
    pub language: Language,
}

impl Previewer {
    /// Makes a snapshot ready to be asked.
    pub fn new(snapshot: Snapshot) -> Previewer {
        Previewer { policy: snapshot.policy(), nobody: ActorId::nobody(), snapshot }
    }

    /// Reads a snapshot as the server has written it.
    ///
    /// # Errors
    /// [`Unread::Invalid`] with every wrong field.
    pub fn read(snapshot: &Json) -> Result<Previewer, Unread> {
        read_snapshot(snapshot).map(Previewer::new).map_err(|errors| invalid("snapshot", errors))
    }

    /// The currency of the line.
    pub fn currency(&self) -> Currency {
        self.snapshot.currency
    }

    /// The question that a cart asks.
    ///
    /// # Errors
    /// [`Unread::Invalid`] with every wrong field, [`Unread::SnapshotExpired`].
    pub fn asked_by_cart(&self, cart: &Json) -> Result<Question, Unread> {
        let (currency, today) = (self.snapshot.currency, self.snapshot.validity.today);
        let read = read(cart, |fields| {
            let wish = read_wish(fields, currency, today);
            let now = unless_null(fields, "now", |fields| {
                fields.parsed("now", Fault::WrongType(Expected::Instant), Instant::parse)
            });
            let known = |word: &str| matches!(word, "es" | "en").then_some(());
            let said =
                unless_null(fields, "language", |fields| fields.word("language", &["es", "en"], known));
            said?;
            Some((wish?, now?))
        });
        let ((wish, date), now) = read.map_err(|errors| invalid("cart", errors))?;
        self.is_valid_at(now)?;
        Ok(Question { wish, moment: self.snapshot.moment(date, now), language: language_of(cart) })
    }

    /// The question of an amount in minor units that is paid at once, at a moment in milliseconds
    /// since 1970; `NaN` where none is told.
    ///
    /// # Errors
    /// [`Unread::Invalid`] with every wrong argument, [`Unread::SnapshotExpired`].
    pub fn asked_by_amount(&self, amount: f64, now: f64) -> Result<Question, Unread> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, fault| errors.push(FieldError { field: field.to_owned(), fault });
        let largest = self.snapshot.currency.largest();
        let amount = numbers::amount(amount, largest).map_err(|fault| wrong("amount", fault)).ok();
        let now = numbers::moment(now).map_err(|fault| wrong("now", fault)).ok();
        let (Some(amount), Some(now)) = (amount, now) else { return Err(Unread::Invalid(errors)) };
        self.is_valid_at(now)?;
        let wish = Wish { amount, choice: None, channel: None };
        Ok(Question { wish, moment: self.snapshot.moment(None, now), language: Language::Spanish })
    }

    fn is_valid_at(&self, now: Option<Instant>) -> Result<(), Unread> {
        let validity = self.snapshot.validity;
        match now {
            Some(now) if !validity.holds_at(now) => {
                Err(Unread::SnapshotExpired { valid_until: validity.valid_until })
            }
            _ => Ok(()),
        }
    }

    /// All that is answered to a question.
    pub fn answer(&self, question: &Question) -> PreviewAnswer {
        PreviewAnswer {
            plans: self.plans(question),
            would_pass: self.would_pass(question),
            date: question.moment.today.to_string(),
            version: self.snapshot.version,
            ..PreviewAnswer::of(&self.assessment(question), self.snapshot.currency, question.language)
        }
    }

    /// The figures and plans of the answer as [`numbers`] lays them out.
    pub fn numbers(&self, question: &Question) -> Vec<f64> {
        numbers::of(&self.assessment(question), &self.offered(question), question.moment.today)
    }

    /// The reasons of the answer, in a language.
    pub fn reasons(&self, question: &Question, language: Language) -> Vec<ErrorBody> {
        let reasons = self.assessment(question).reasons;
        reasons
            .iter()
            .map(|reason| ErrorBody::of_objection(reason, self.snapshot.currency, language))
            .collect()
    }

    /// The plans of the answer.
    pub fn plans(&self, question: &Question) -> Vec<PlanView> {
        self.offered(question).iter().map(|offered| self.plan_view(offered)).collect()
    }

    /// One of the plans of the answer, counted from 0.
    pub fn plan(&self, question: &Question, index: usize) -> Option<PlanView> {
        self.offered(question).get(index).map(|offered| self.plan_view(offered))
    }

    fn plan_view(&self, (plan, passes): &(Plan, bool)) -> PlanView {
        PlanView::offered(plan, *passes, self.snapshot.currency)
    }

    /// The chosen plan of the answer.
    pub fn chosen(&self, question: &Question) -> Option<PlanView> {
        self.assessment(question).plan.map(|plan| PlanView::new(&plan, self.snapshot.currency))
    }

    /// The parts of the answer.
    pub fn installments(&self, question: &Question) -> Option<Vec<InstallmentView>> {
        self.assessment(question).parts.map(|parts| InstallmentView::all(&parts, self.snapshot.currency))
    }

    /// What would make it pass, of the answer.
    pub fn would_pass(&self, question: &Question) -> RemediesView {
        RemediesView::new(&self.remedies(question), self.snapshot.currency)
    }

    /// What the line has left, whatever is bought, at a moment as for
    /// [`Previewer::asked_by_amount`].
    ///
    /// # Errors
    /// As there.
    pub fn availability(&self, now: f64) -> Result<AvailabilityView, Unread> {
        let least = self.asked_by_amount(1.0, now)?;
        let largest = self.remedies(&least).largest_amount;
        let account = self.snapshot.account_at(least.moment, &self.nobody);
        let spendable = self.assessment(&least).spendable;
        Ok(AvailabilityView::new(&self.snapshot, &account, least.moment.today, spendable, largest))
    }

    fn assessment(&self, question: &Question) -> Assessment {
        self.ask(question, assess)
    }

    fn offered(&self, question: &Question) -> Vec<(Plan, bool)> {
        self.ask(question, offered)
    }

    fn remedies(&self, question: &Question) -> Remedies {
        self.ask(question, |account, wish, context| remedies(account, &self.snapshot.holds, wish, context))
    }

    fn ask<T>(&self, question: &Question, ask: impl FnOnce(&Account, &Wish, &Context<'_>) -> T) -> T {
        let Moment { now, today } = question.moment;
        let (actor, new_life) = (self.nobody.clone(), LifeId::new([0; 10]));
        let context = Context { now, today, actor, new_life, policy: &self.policy };
        ask(&self.snapshot.account_at(question.moment, &self.nobody), &question.wish, &context)
    }
}

fn invalid(argument: &str, errors: Vec<FieldError>) -> Unread {
    let path =
        |field: String| if field.is_empty() { argument.to_owned() } else { format!("{argument}.{field}") };
    let under = errors.into_iter().map(|error| FieldError { field: path(error.field), ..error });
    Unread::Invalid(under.collect())
}
