//! The catalogue is whole: every problem has its line, every sentence its figures, in both
//! languages.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::catalogue::{CredentialFault, FaultMessage, Language, MESSAGES, Problem};
use fiado_contract::fields::{Expected, Fault, FieldError};
use fiado_contract::json::MalformedJson;
use fiado_core::account::{Rejection, Status};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{InvoiceId, LifeId, OrderId, PaymentReference};
use fiado_core::installments::InstallmentCount;
use fiado_core::money::{Amount, Balance, Currency};
use std::collections::BTreeSet;

fn rejections() -> Vec<Rejection> {
    let amount = Amount::from_minor(125_000).unwrap();
    let order = OrderId::new("order_789").unwrap();
    let reference = PaymentReference::new("PAY-1").unwrap();
    let invoice = InvoiceId { transaction: LifeId::new([7; 10]).child(3), installment: 1 };
    let earliest_due = Day::parse("2025-12-24").unwrap();
    vec![
        Rejection::AccountNotFound {},
        Rejection::OrderConflict {
            order,
            first_amount: amount,
            first_installments: 1,
            amount,
            installments: 2,
        },
        Rejection::PaymentConflict { reference, first_amount: amount, amount },
        Rejection::InvalidTransition { current: Status::Approved, target: Status::Approved },
        Rejection::LineNotOpen { current: Status::Pending },
        Rejection::OwnRequest {},
        Rejection::LineSuspended {},
        Rejection::OverdueDebt { overdue: amount, above: amount, grace_days: 5, earliest_due },
        Rejection::TooManyInstallments {
            amount,
            installments: InstallmentCount::MOST,
            most: Some(InstallmentCount::ONE),
        },
        Rejection::CreditNotAvailable {
            limit: amount,
            ceiling: Balance::from(amount),
            used: amount,
            held: amount,
            available: amount,
            spendable: amount,
            required: amount,
            shortfall: amount,
        },
        Rejection::DebtOutstanding { outstanding: amount, held: amount },
        Rejection::InvoiceNotOpen { invoice },
        Rejection::AllocationAboveInvoice { invoice, left: amount, allocated: amount },
        Rejection::AllocationsAbovePayment { amount, allocated: amount },
        Rejection::TotalTooLarge { largest: amount },
    ]
}

fn problems() -> Vec<Problem> {
    let currency = Currency::Usd;
    let rejected = rejections().into_iter().map(|rejection| Problem::Rejected {
        customer: "cust_456".to_owned(),
        currency,
        rejection,
    });
    let field = FieldError { field: "amount".to_owned(), fault: Fault::Missing };
    let others = [
        Problem::Invalid(vec![field]),
        Problem::Malformed(MalformedJson { line: 1, column: 2, field: Some("amount".to_owned()) }),
        Problem::UnsupportedMediaType,
        Problem::PayloadTooLarge { most_bytes: 65_536 },
        Problem::BodyTimeout,
        Problem::InsufficientPermissions { required: "credit:use", held: vec!["credit:read".to_owned()] },
        Problem::CustomerMismatch { bound_to: "cust_1".to_owned() },
        Problem::OrganizationRequired,
        Problem::OrganizationMismatch,
        Problem::OrganizationUnknown { organization: "org_x".to_owned() },
        Problem::RouteNotFound,
        Problem::MethodNotAllowed,
        Problem::KeyReused,
        Problem::KeyInProgress,
        Problem::SnapshotExpired { valid_until: Instant::EPOCH },
        Problem::Internal,
        Problem::Unavailable,
        Problem::Overloaded { retry_after: 1 },
        Problem::NotBuilt { command: "cargo xtask pkg" },
    ];
    let credentials = CredentialFault::ALL.iter().map(|fault| Problem::Unauthorized(*fault));
    rejected.chain(others).chain(credentials).collect()
}

#[test]
fn every_sentence_has_all_its_figures_in_both_languages() {
    for problem in problems() {
        for language in [Language::Spanish, Language::English] {
            let sentence = problem.sentence_in(language);
            assert!(!sentence.contains(['{', '}']), "{problem:?}: {sentence}");
            assert!(sentence.ends_with('.'), "{sentence}");
        }
        let both = problem.sentence();
        assert_ne!(both.es, both.en, "{problem:?}");
    }
}

#[test]
fn every_line_of_the_catalogue_is_some_problems_and_every_code_is_its_own() {
    let used: BTreeSet<&str> = problems().iter().map(|problem| problem.message().code).collect();
    let codes: Vec<&str> = MESSAGES.iter().map(|message| message.code).collect();
    assert_eq!(codes, used.into_iter().collect::<Vec<_>>(), "in order, each once, none unused");
    for message in MESSAGES {
        let (letters, digits) = message.code.split_once('-').unwrap();
        assert!(letters == "CRD" && digits.len() == 4 && digits.parse::<u16>().is_ok(), "{}", message.code);
        assert!((400..=599).contains(&message.status));
    }
}

#[test]
fn every_fault_of_a_field_has_a_code_and_a_sentence_in_both_languages() {
    let expected = [
        Expected::Object,
        Expected::List,
        Expected::Text,
        Expected::Number,
        Expected::WholeNumber,
        Expected::Date,
        Expected::Instant,
        Expected::Boolean,
    ];
    let others = [
        Fault::Missing,
        Fault::Unknown(None),
        Fault::Unknown(Some("amount")),
        Fault::Repeated,
        Fault::NotANumber,
        Fault::Negative,
        Fault::Zero,
        Fault::TooManyDecimals(0),
        Fault::TooManyDecimals(2),
        Fault::Below("1".to_owned()),
        Fault::Above("365".to_owned()),
        Fault::NotADate,
        Fault::Empty,
        Fault::TooLong(200),
        Fault::ForbiddenCharacter,
        Fault::NotOneOf(&["open", "paid"]),
        Fault::NotAnId,
    ];
    for fault in expected.map(Fault::WrongType).into_iter().chain(others) {
        let message = FaultMessage::of(&fault);
        assert!(!message.code.is_empty() && message.sentence.es != message.sentence.en, "{fault:?}");
    }
}

#[test]
fn the_sentences_read_well() {
    let sentence = |code: &str, language| {
        let mut all = problems().into_iter().filter(|problem| problem.message().code == code);
        all.next().unwrap().sentence_in(language)
    };
    assert_eq!(
        sentence("CRD-2003", Language::Spanish),
        "Cliente no tiene crédito disponible: pidió 1250.00 USD y puede comprar hasta 1250.00 USD; faltan \
         1250.00 USD. Pasaría con un importe menor, con un pago previo de al menos 1250.00 USD, o con un límite mayor."
    );
    assert_eq!(
        sentence("CRD-2015", Language::Spanish),
        "La cuenta está pendiente: esta operación necesita un crédito aprobado."
    );
    assert_eq!(
        sentence("CRD-1005", Language::Spanish),
        "Falta una credencial válida (no se envió ninguna). Envíe Authorization: Bearer con un token vigente, \
         o las cabeceras X-VTEX-API-AppKey y X-VTEX-API-AppToken."
    );
}
