//! How the documentation shows a rule. A rule is answered as it was written, so these types are never
//! written themselves.

use super::RuleDocument;
use crate::vtex::schema::{AmountInput, BooleanInput, LabelInput, PercentInput, WholeInput};
use utoipa::ToSchema;

/// A payment rule: for whom it is, when it holds, and in how many parts it lets pay. What is not named
/// here is kept and given back as well.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRule, example = json!(RuleDocument::sample()), rename_all = "camelCase")]
pub struct RuleView {
    /// Its id, in every answer. In a body it does not count: a new rule is given one, and one that is
    /// replaced keeps the path's.
    #[schema(max_length = 64)]
    pub id: Option<String>,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Where it is for what is bought: `:ALL:`, or some channels.
    #[schema(min_items = 1, max_items = 100)]
    pub sales_channels: Vec<SalesChannelView>,
    /// How is paid.
    pub payment_system: SystemView,
    /// Who takes the payment: kept, nothing is decided by it.
    pub connector: Option<ConnectorView>,
    /// Whose cards: kept, nothing is decided by it.
    pub issuer: Option<NamedView>,
    /// Who looks for fraud: kept, nothing is decided by it.
    pub antifraud: Option<ConnectorView>,
    /// In how many parts is paid; null: at once.
    pub installment_options: Option<InstallmentOptionsView>,
    /// Kept, nothing is decided by it.
    #[schema(value_type = Option<BooleanInput>)]
    pub is_self_authorized: Option<bool>,
    /// Kept, nothing is decided by it.
    #[schema(value_type = Option<BooleanInput>)]
    pub requires_authentication: Option<bool>,
    /// Whether it counts.
    #[schema(value_type = BooleanInput)]
    pub enabled: bool,
    /// Kept, nothing is decided by it.
    #[schema(value_type = Option<BooleanInput>)]
    pub installments_service: Option<bool>,
    /// Whether it goes before another rule that is as cheap.
    #[schema(value_type = Option<BooleanInput>)]
    pub is_default: Option<bool>,
    /// From when it holds, included, UTC.
    #[schema(example = "2023-12-10T17:00:00Z")]
    pub begin_date: Option<String>,
    /// Until when it holds, excluded, UTC.
    #[schema(example = "2023-12-22T01:00:00Z")]
    pub end_date: Option<String>,
    /// A commercial condition: kept, nothing is decided by it.
    pub condition: Option<ConditionView>,
    /// Whose goods it is for; null or none: anybody's.
    #[schema(max_items = 100)]
    pub multi_merchant_list: Option<Vec<String>>,
    /// In which country it holds; null: in any.
    pub country: Option<CountryView>,
    /// In which hours it holds, in any of them; null or none: always.
    #[schema(max_items = 100)]
    pub date_intervals: Option<Vec<IntervalView>>,
    /// Kept, nothing is decided by it.
    #[schema(value_type = Option<BooleanInput>)]
    pub external_interest: Option<bool>,
    /// The least purchase it is for. One that is finer than the currency is rounded up.
    #[schema(value_type = Option<AmountInput>)]
    pub minimum_value: Option<String>,
    /// The terms of payment a Customer Credit buyer may choose from: the gateway offers them in the
    /// place of the quantities.
    #[schema(max_items = 48)]
    pub deadlines: Option<Vec<DeadlineView>>,
    /// A card's brand beside its own: kept, nothing is decided by it.
    pub cobrand: Option<NamedView>,
    /// A card's level: kept, nothing is decided by it.
    pub card_level: Option<NamedView>,
}

/// A sales channel.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleSalesChannel)]
pub struct SalesChannelView {
    /// Its id, or `:ALL:` for all of them.
    #[schema(example = ":ALL:", value_type = LabelInput)]
    pub id: String,
}

/// A payment system.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleSystem)]
pub struct SystemView {
    /// Its number: 64 is Customer Credit.
    #[schema(value_type = WholeInput)]
    pub id: u32,
    /// Its name.
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// Kept, nothing is decided by it.
    pub implementation: Option<String>,
}

/// Who does something for the shop.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleConnector, rename_all = "camelCase")]
pub struct ConnectorView {
    /// What does it.
    pub implementation: Option<String>,
    /// With which agreement.
    pub affiliation_id: Option<String>,
}

/// Something with a name.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleNamed)]
pub struct NamedView {
    /// Its name.
    pub name: Option<String>,
}

/// A commercial condition.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleCondition, rename_all = "camelCase")]
pub struct ConditionView {
    /// Its id.
    pub id: Option<String>,
    /// Its weight.
    pub pull_rate: Option<f64>,
    /// Its name.
    pub name: Option<String>,
}

/// A country.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleCountry, rename_all = "camelCase")]
pub struct CountryView {
    /// Its name: kept, nothing is decided by it.
    pub name: Option<String>,
    /// Its two letters (ISO 3166-1 alpha-2), in any case.
    #[schema(pattern = "^[A-Za-z]{2}$", example = "us")]
    pub iso_code: Option<String>,
}

/// Hours of some days. Eight fields: seconds, minutes, hours, day of the month, month, day of the week
/// (0 and 7 are Sunday), year, offset. Of days a field is `*`, a number, a list or a range; of the time
/// `*` or a number. An end that is not after its start is on the next day.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleInterval)]
pub struct IntervalView {
    /// From when, included.
    #[schema(example = "* * 11 * * 1,3,4 * -0300", max_length = 200)]
    pub start: String,
    /// Until when, excluded; in the same offset.
    #[schema(example = "* * 18 * * 1,3,4 * -0300", max_length = 200)]
    pub end: String,
}

/// In how many parts is paid.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleInstallments, rename_all = "camelCase")]
pub struct InstallmentOptionsView {
    /// When in its period a part is paid: 0 at its end, 1 at its beginning.
    #[schema(value_type = Option<WholeInput>)]
    pub due_date_type: Option<u8>,
    /// How interest is counted: 0 or null compound, 1 simple with a tax on it, 2 simple. Customer Credit
    /// knows simple interest alone.
    #[schema(value_type = Option<WholeInput>)]
    pub interest_rate_method: Option<u8>,
    /// The least a part may be. One that is finer than the currency is rounded up.
    #[schema(value_type = Option<AmountInput>)]
    pub minimum_installment_value: Option<String>,
    /// Each number of parts, once.
    #[schema(max_items = 48)]
    pub installments: Option<Vec<QuantityView>>,
}

/// One number of parts.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleQuantity, rename_all = "camelCase")]
pub struct QuantityView {
    /// How many parts, 1 to 48.
    #[schema(value_type = WholeInput)]
    pub quantity: u8,
    /// The interest of a period.
    #[schema(value_type = Option<PercentInput>)]
    pub interest_rate: Option<String>,
    /// The tax on the interest.
    #[schema(value_type = Option<PercentInput>)]
    pub interest_tax: Option<String>,
    /// Who divides the payment: kept and answered, nothing is decided by it.
    #[schema(value_type = Option<WholeInput>)]
    pub is_external_installment_service: Option<u32>,
}

/// Terms of payment.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleDeadline, rename_all = "camelCase")]
pub struct DeadlineView {
    /// When the parts fall due. They are equal but for their interest.
    #[schema(min_items = 1, max_items = 48)]
    pub payment_options: Vec<TermView>,
}

/// One term of payment.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = PaymentRuleTerm, rename_all = "camelCase")]
pub struct TermView {
    /// Days after the purchase, at most 3650.
    #[schema(value_type = WholeInput)]
    pub days: u16,
    /// The interest of the whole term.
    #[schema(value_type = Option<PercentInput>)]
    pub interest_rate: Option<String>,
}
