use super::{LONGEST_CHANNEL, plain};
use crate::fields::Fields;
use crate::{Percentage, ShortMoney};
use fiado_core::calendar::Instant;
use fiado_core::installments::{InstallmentCount, Terms};
use fiado_core::money::{Amount, Currency, Percent};
use fiado_core::rules::{Asked, Country, Offered, PaymentRule, RuleOption, offered, systems};
use serde::Serialize;
use utoipa::ToSchema;

/// The most payments that may be asked for at once.
const MOST_PAYMENTS: usize = 100;
/// The most characters of a card's first digits.
const LONGEST_BIN: usize = 20;

/// For what installments are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstallmentsQuery {
    /// What the purchase comes to, above zero.
    pub value: Amount,
    /// The sales channel.
    pub channel: Option<String>,
    /// How it is to be paid, in the order of their indices; none: in any way there is.
    pub payments: Vec<PaymentDetail>,
}

/// One payment that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetail {
    /// The payment system.
    pub system: u32,
    /// How much of the purchase; `None`: all of it.
    pub value: Option<Amount>,
    /// The first digits of the card: answered as they were told, nothing is decided by them.
    pub bin: Option<String>,
}

impl InstallmentsQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>, currency: Currency) -> Option<InstallmentsQuery> {
        fields.leniently();
        let value = fields.amount("request.value", currency);
        let channel = fields.optional_text("request.salesChannel", LONGEST_CHANNEL, plain(LONGEST_CHANNEL));
        let payments = fields.indexed("request.paymentDetails", MOST_PAYMENTS, |payment| {
            let system = payment.whole("id", 1, u64::from(u32::MAX));
            let value = payment.optional("value", |payment, name| payment.amount(name, currency));
            let bin = payment.optional_text("bin", LONGEST_BIN, plain(LONGEST_BIN));
            Some(PaymentDetail { system: u32::try_from(system?).ok()?, value: value?, bin: bin? })
        });
        Some(InstallmentsQuery { value: value?, channel: channel?, payments: payments? })
    }
}

/// In how many parts a purchase may be paid, by payment system.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Installments, example = json!(InstallmentsAnswer::sample()))]
pub struct InstallmentsAnswer {
    /// What the purchase comes to.
    #[schema(value_type = f64)]
    pub value: ShortMoney,
    /// Each payment that was asked for and that a rule offers; where none was, each system that is
    /// offered, in the order of the rules.
    pub installments: Vec<SystemInstallments>,
}

/// In how many parts one payment may be made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SystemInstallments {
    /// The payment.
    pub payment: PaymentView,
    /// In the order of their quantities. Empty where each would make parts below the least one.
    pub options: Vec<OptionView>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Payment)]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    /// The payment system.
    pub id: u32,
    /// Its name.
    #[schema(required = true, nullable = true)]
    pub name: Option<String>,
    /// The first digits of the card, as they were told.
    #[schema(required = true, nullable = true)]
    pub bin: Option<String>,
    /// How much is paid so.
    #[schema(value_type = f64)]
    pub value: ShortMoney,
    /// Whether one of the rules that offer it is a default one.
    pub is_default: bool,
    /// Where it is described.
    #[serde(rename = "self")]
    pub reference: Reference,
}

/// Where something is described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reference {
    /// A path.
    #[schema(example = "/api/pvt/payment-systems/72")]
    pub href: String,
}

/// One number of parts, or one set of terms of payment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = InstallmentOption)]
#[serde(rename_all = "camelCase")]
pub struct OptionView {
    /// The rule it comes from, the cheapest of those that offer it.
    pub rule_id: String,
    /// In how many parts.
    pub quantity: u8,
    /// What each part is, cut and not rounded; the largest of them by terms of payment.
    #[schema(value_type = f64)]
    pub value: ShortMoney,
    /// The interest of a period in percent; the highest of the terms of payment.
    #[schema(value_type = f64)]
    pub interest_rate: Percentage,
    /// As the rule says it.
    #[schema(required = true, nullable = true)]
    pub is_external_installment_service: Option<u32>,
    /// The tax on the interest in percent, as the rule says it.
    #[schema(required = true, nullable = true, value_type = Option<f64>)]
    pub interest_tax: Option<Percentage>,
    /// The terms of payment of Customer Credit, which tell apart what has as many parts.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_options: Option<Vec<PaymentOptionView>>,
}

/// One term of payment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PaymentOption)]
#[serde(rename_all = "camelCase")]
pub struct PaymentOptionView {
    /// Days after the purchase.
    pub days: u16,
    /// The interest of the whole term in percent.
    #[schema(value_type = f64)]
    pub interest_rate: Percentage,
    /// What is paid then.
    #[schema(value_type = f64)]
    pub value: ShortMoney,
}

impl InstallmentsAnswer {
    /// What a shop's rules offer at a moment to whoever buys in this country.
    pub fn new(
        query: &InstallmentsQuery,
        rules: &[PaymentRule],
        at: Instant,
        country: Option<&Country>,
        currency: Currency,
    ) -> InstallmentsAnswer {
        let asked =
            Asked { value: query.value, at, channel: query.channel.as_deref(), merchant: None, country };
        let of_any = |system| PaymentDetail { system, value: None, bin: None };
        let payments = match query.payments.as_slice() {
            [] => systems(rules).into_iter().map(of_any).collect(),
            payments => payments.to_vec(),
        };
        let installments = payments.into_iter().filter_map(|payment| {
            let value = payment.value.unwrap_or(query.value);
            let offered = offered(rules, payment.system, value, &asked)?;
            Some(SystemInstallments::new(&offered, value, payment.bin, currency))
        });
        InstallmentsAnswer {
            value: ShortMoney::new(query.value, currency),
            installments: installments.collect(),
        }
    }

    /// An example: what is published.
    pub fn sample() -> InstallmentsAnswer {
        let currency = Currency::Usd;
        let short = |minor| ShortMoney::new(Amount::from_minor(minor).unwrap_or_default(), currency);
        let option = |(quantity, minor)| OptionView {
            rule_id: "01a8d68b-9116-4655-83f8-3380f658ec04".to_owned(),
            quantity,
            value: short(minor),
            interest_rate: Percentage(Percent::ZERO),
            is_external_installment_service: None,
            interest_tax: Some(Percentage(Percent::ZERO)),
            payment_options: None,
        };
        let payment = PaymentView {
            id: 72,
            name: Some("PicPay".to_owned()),
            bin: None,
            value: short(25_000),
            is_default: false,
            reference: Reference::to_system(72),
        };
        let options = [(1, 25_000), (2, 12_500), (3, 8_333), (4, 6_250)].map(option).to_vec();
        InstallmentsAnswer {
            value: short(25_000),
            installments: vec![SystemInstallments { payment, options }],
        }
    }
}

impl SystemInstallments {
    fn new(
        offered: &Offered<'_>,
        value: Amount,
        bin: Option<String>,
        currency: Currency,
    ) -> SystemInstallments {
        let name = offered.system.name.as_str();
        SystemInstallments {
            payment: PaymentView {
                id: offered.system.id,
                name: (!name.is_empty()).then(|| name.to_owned()),
                bin,
                value: ShortMoney::new(value, currency),
                is_default: offered.is_default,
                reference: Reference::to_system(offered.system.id),
            },
            options: offered.options.iter().map(|option| OptionView::new(option, value, currency)).collect(),
        }
    }
}

impl Reference {
    fn to_system(id: u32) -> Reference {
        Reference { href: format!("/api/pvt/payment-systems/{id}") }
    }
}

impl OptionView {
    fn new(option: &RuleOption<'_>, principal: Amount, currency: Currency) -> OptionView {
        OptionView {
            rule_id: option.rule.id.to_string(),
            quantity: InstallmentCount::get(option.count()),
            value: ShortMoney::new(option.value, currency),
            interest_rate: Percentage(option.rate()),
            is_external_installment_service: option.quantity.and_then(|quantity| quantity.is_external),
            interest_tax: option.quantity.and_then(|quantity| quantity.tax).map(Percentage),
            payment_options: payment_options(&option.terms, principal, currency),
        }
    }
}

fn payment_options(
    terms: &Terms<'_>,
    principal: Amount,
    currency: Currency,
) -> Option<Vec<PaymentOptionView>> {
    let Terms::Deadlines(deadlines) = terms else { return None };
    let parts = terms.amounts(principal).unwrap_or_default();
    let options = deadlines.iter().zip(parts).map(|(deadline, part)| PaymentOptionView {
        days: deadline.days,
        interest_rate: Percentage(deadline.rate),
        value: ShortMoney::new(part, currency),
    });
    Some(options.collect())
}
