use super::sample_money;
use super::schema::{self, AmountInput, BooleanInput, RateInput, WholeInput};
use crate::fields::{Expected, Fault, FieldError, Fields, read_lenient};
use crate::json::Json;
use crate::{Fraction, Money, Ratio};
use fiado_core::late::LateCharges;
use fiado_core::money::{Amount, Currency, Rate, Tolerance};
use fiado_core::policy::{Policy, Postponement};
use fiado_core::preferences::{Preferences, Reminder, Reminders, TimeOfDay};
use serde::Serialize;
use utoipa::ToSchema;

/// How often invoices may be let be postponed at most.
const MOST_POSTPONEMENTS: u64 = 100;
/// By how many days invoices may be let be postponed at most: ten years.
pub(super) const MOST_DAYS: u64 = 3_650;

/// The store's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(example = json!(StoreConfiguration::sample()))]
#[serde(rename_all = "camelCase")]
pub struct StoreConfiguration {
    /// What an overdue invoice costs a day, as a fraction.
    #[schema(value_type = schema::Rate)]
    pub daily_interest_rate: Ratio,
    /// How often an invoice may be postponed.
    pub invoice_postponement_limit: u16,
    /// What an overdue invoice costs once, as a fraction.
    #[schema(value_type = schema::Rate)]
    pub tax_rate: Ratio,
    /// By how many days an invoice may be postponed in all.
    pub max_postponement_days: u16,
    /// The limit of an account that is opened by itself.
    #[schema(value_type = schema::Amount)]
    pub default_credit_value: Money,
    /// Whether invoices may be postponed.
    pub postponement_enabled: bool,
    /// Whether a shopper whom nobody knows is given an account.
    pub automatic_checking_account_creation_enabled: bool,
    /// Whether the tolerance of accounts counts.
    pub tolerance_enabled: bool,
    /// Whether shoppers see their account in the shop.
    pub my_credits_enabled: bool,
    /// How far a transaction may grow above what was authorized first, as a fraction.
    #[schema(value_type = schema::Rate)]
    pub max_pre_authorization_growth_rate: Fraction,
    /// When shoppers are reminded of what falls due.
    pub notifications_settings: NotificationsSettings,
}

/// When shoppers are reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationsSettings {
    /// Before the due day, at most three times. In a body it stays where it is not sent.
    #[schema(nullable = false, max_items = 3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_prior: Option<Vec<ReminderView>>,
    /// After it, at most three times. In a body it stays where it is not sent.
    #[schema(nullable = false, max_items = 3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_after: Option<Vec<ReminderView>>,
}

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderView {
    /// Days from the due day.
    #[schema(maximum = 10)]
    pub days: u8,
    /// At what time of day, in the store's zone.
    #[schema(pattern = "^[0-9]{2}:[0-9]{2}:[0-9]{2}$", example = "12:00:00")]
    pub time_of_day: String,
}

impl NotificationsSettings {
    fn new(reminders: &Reminders) -> NotificationsSettings {
        let views = |reminders: &[Reminder]| reminders.iter().map(ReminderView::new).collect();
        NotificationsSettings {
            days_prior: Some(views(&reminders.before)),
            days_after: Some(views(&reminders.after)),
        }
    }
}

impl ReminderView {
    fn new(reminder: &Reminder) -> ReminderView {
        ReminderView { days: reminder.days, time_of_day: String::from(reminder.time) }
    }
}

impl StoreConfiguration {
    /// What a store has decided.
    pub fn new(policy: &Policy, preferences: &Preferences) -> StoreConfiguration {
        StoreConfiguration {
            daily_interest_rate: Ratio(policy.late_charges.daily_interest),
            invoice_postponement_limit: policy.postponement.most_times,
            tax_rate: Ratio(policy.late_charges.fine),
            max_postponement_days: policy.postponement.most_days,
            default_credit_value: Money::new(policy.automatic_limit(), policy.currency),
            postponement_enabled: policy.postponement.enabled,
            automatic_checking_account_creation_enabled: policy.automatic_opening,
            tolerance_enabled: policy.tolerance_enabled,
            my_credits_enabled: preferences.my_credits_enabled,
            max_pre_authorization_growth_rate: Fraction(policy.hold_growth),
            notifications_settings: NotificationsSettings::new(&preferences.reminders),
        }
    }

    /// What a new store starts with.
    pub fn sample() -> StoreConfiguration {
        StoreConfiguration::new(&Policy::usual(Currency::Usd), &Preferences::default())
    }
}

/// A change of the store's configuration: what is not sent stays.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChangeStoreConfiguration, example = json!(StoreConfigurationBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct StoreConfigurationBody {
    /// What an overdue invoice costs a day, as a fraction.
    #[schema(value_type = Option<RateInput>)]
    pub daily_interest_rate: Option<Ratio>,
    /// How often an invoice may be postponed, at most 100 times.
    #[schema(value_type = Option<WholeInput>)]
    pub invoice_postponement_limit: Option<u16>,
    /// What an overdue invoice costs once, as a fraction.
    #[schema(value_type = Option<RateInput>)]
    pub tax_rate: Option<Ratio>,
    /// By how many days an invoice may be postponed in all, at most 3650.
    #[schema(value_type = Option<WholeInput>)]
    pub max_postponement_days: Option<u16>,
    /// The limit of an account that is opened by itself.
    #[schema(value_type = Option<AmountInput>)]
    pub default_credit_value: Option<Money>,
    /// How far a transaction may grow above what was authorized first, as a fraction.
    #[schema(value_type = Option<RateInput>)]
    pub max_pre_authorization_growth_rate: Option<Fraction>,
    /// Whether shoppers see their account in the shop.
    #[schema(value_type = Option<BooleanInput>)]
    pub my_credits_enabled: Option<bool>,
    /// Whether the tolerance of accounts counts.
    #[schema(value_type = Option<BooleanInput>)]
    pub tolerance_enabled: Option<bool>,
    /// Whether a shopper whom nobody knows is given an account.
    #[schema(value_type = Option<BooleanInput>)]
    pub automatic_checking_account_creation_enabled: Option<bool>,
    /// Whether invoices may be postponed.
    #[schema(value_type = Option<BooleanInput>)]
    pub postponement_enabled: Option<bool>,
    /// When shoppers are reminded of what falls due; each list is replaced as a whole.
    pub notifications_settings: Option<NotificationsSettings>,
}

impl StoreConfigurationBody {
    /// An example.
    pub fn sample() -> StoreConfigurationBody {
        let rate = |text| Rate::parse(text).ok().map(Ratio);
        let reminder = |days, time: &str| Some(vec![ReminderView { days, time_of_day: time.to_owned() }]);
        StoreConfigurationBody {
            daily_interest_rate: rate("0.01"),
            invoice_postponement_limit: Some(2),
            tax_rate: rate("0.4"),
            max_postponement_days: Some(3),
            default_credit_value: Some(sample_money(150)),
            max_pre_authorization_growth_rate: Tolerance::from_millionths(100_000).map(Fraction),
            my_credits_enabled: Some(true),
            tolerance_enabled: Some(true),
            automatic_checking_account_creation_enabled: Some(true),
            postponement_enabled: Some(true),
            notifications_settings: Some(NotificationsSettings {
                days_prior: reminder(1, "16:00:00"),
                days_after: reminder(0, "12:00:00"),
            }),
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<StoreConfigurationChange, Vec<FieldError>> {
        read_lenient(json, |fields| {
            let daily_interest = fields.optional("dailyInterestRate", Fields::rate);
            let most_times = fields.optional_whole("invoicePostponementLimit", 0, MOST_POSTPONEMENTS);
            let fine = fields.optional("taxRate", Fields::rate);
            let most_days = fields.optional_whole("maxPostponementDays", 0, MOST_DAYS);
            let limit =
                fields.optional("defaultCreditValue", |fields, name| fields.amount_or_zero(name, currency));
            let hold_growth = fields.optional("maxPreAuthorizationGrowthRate", Fields::tolerance);
            let my_credits = fields.optional("myCreditsEnabled", Fields::boolean);
            let tolerance = fields.optional("toleranceEnabled", Fields::boolean);
            let opening = fields.optional("automaticCheckingAccountCreationEnabled", Fields::boolean);
            let postponement = fields.optional("postponementEnabled", Fields::boolean);
            let reminders = fields.optional_object("notificationsSettings", |settings| {
                Some((read_reminders(settings, "daysPrior"), read_reminders(settings, "daysAfter")))
            });
            let (before, after) = reminders?.unwrap_or((Some(None), Some(None)));
            Some(StoreConfigurationChange {
                daily_interest: daily_interest?,
                most_times: most_times?.and_then(|times| u16::try_from(times).ok()),
                fine: fine?,
                most_days: most_days?.and_then(|days| u16::try_from(days).ok()),
                default_limit: limit?,
                hold_growth: hold_growth?,
                my_credits_enabled: my_credits?,
                tolerance_enabled: tolerance?,
                automatic_opening: opening?,
                postponement_enabled: postponement?,
                before: before?,
                after: after?,
            })
        })
    }
}

fn read_reminders(settings: &mut Fields<'_>, name: &'static str) -> Option<Option<Vec<Reminder>>> {
    settings.optional(name, |settings, name| {
        settings.list_or_empty(name, Reminder::MOST, |item| {
            let days = item.whole("days", 0, u64::from(Reminder::MOST_DAYS));
            let fault = Fault::WrongType(Expected::TimeOfDay);
            let time = item.parsed("timeOfDay", fault, TimeOfDay::parse);
            Some(Reminder { days: u8::try_from(days?).ok()?, time: time? })
        })
    })
}

/// What of a store's configuration changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoreConfigurationChange {
    daily_interest: Option<Rate>,
    most_times: Option<u16>,
    fine: Option<Rate>,
    most_days: Option<u16>,
    default_limit: Option<Amount>,
    hold_growth: Option<Tolerance>,
    my_credits_enabled: Option<bool>,
    tolerance_enabled: Option<bool>,
    automatic_opening: Option<bool>,
    postponement_enabled: Option<bool>,
    before: Option<Vec<Reminder>>,
    after: Option<Vec<Reminder>>,
}

impl StoreConfigurationChange {
    /// Writes what changes over what there is.
    pub fn apply(&self, policy: &mut Policy, preferences: &mut Preferences) {
        let postponement = policy.postponement;
        policy.postponement = Postponement {
            enabled: self.postponement_enabled.unwrap_or(postponement.enabled),
            most_times: self.most_times.unwrap_or(postponement.most_times),
            most_days: self.most_days.unwrap_or(postponement.most_days),
        };
        let charges = policy.late_charges;
        policy.late_charges = LateCharges {
            daily_interest: self.daily_interest.unwrap_or(charges.daily_interest),
            fine: self.fine.unwrap_or(charges.fine),
        };
        policy.tolerance_enabled = self.tolerance_enabled.unwrap_or(policy.tolerance_enabled);
        policy.hold_growth = self.hold_growth.unwrap_or(policy.hold_growth);
        policy.automatic_opening = self.automatic_opening.unwrap_or(policy.automatic_opening);
        policy.default_limit = self.default_limit.or(policy.default_limit);
        preferences.my_credits_enabled = self.my_credits_enabled.unwrap_or(preferences.my_credits_enabled);
        let reminders = &mut preferences.reminders;
        reminders.before = self.before.clone().unwrap_or_else(|| std::mem::take(&mut reminders.before));
        reminders.after = self.after.clone().unwrap_or_else(|| std::mem::take(&mut reminders.after));
    }
}
