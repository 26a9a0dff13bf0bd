//! The catalogue is whole: every problem has its line, every sentence its figures, in both
//! languages.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::catalogue::{CredentialFault, FaultMessage, Language, MESSAGES, Problem, samples};
use fiado_contract::fields::{Expected, Fault, FieldError};
use fiado_contract::json::MalformedJson;
use fiado_core::account::{HoldState, InvoiceState, PlanChoice, Rejection, Status};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    ChildId, InvoiceId, LifeId, OrderId, PaymentReference, PlanId, StatementId, TransactionId,
};
use fiado_core::installments::{DueDates, InstallmentCount, PaymentTerm, Plan, Terms};
use fiado_core::money::{Amount, Balance, Currency};
use fiado_core::rules::{EdgeError, IntervalField};
use std::collections::BTreeSet;

fn amount() -> Amount {
    Amount::from_minor(125_000).unwrap()
}

fn child() -> ChildId {
    LifeId::new([7; 10]).child(3)
}

fn invoice() -> InvoiceId {
    InvoiceId { transaction: child().into(), installment: 1 }
}

fn rejections() -> Vec<Rejection> {
    [conflicts(), standing(), buying(), planning(), holding(), invoicing()].concat()
}

fn conflicts() -> Vec<Rejection> {
    let (amount, value) = (amount(), Balance::from(amount()));
    vec![
        Rejection::OrderConflict {
            order: OrderId::new("order_789").unwrap(),
            first_amount: amount,
            first_installments: 1,
            amount,
            installments: 2,
        },
        Rejection::PaymentConflict {
            reference: PaymentReference::new("PAY-1").unwrap(),
            first_amount: amount,
            amount,
        },
        Rejection::StatementConflict {
            statement: StatementId::new("st-1").unwrap(),
            first_value: value.negated(),
            value,
        },
    ]
}

fn standing() -> Vec<Rejection> {
    vec![
        Rejection::AccountNotFound {},
        Rejection::HolderNotFound { holder: child() },
        Rejection::AlreadyOpen {},
        Rejection::InvalidTransition { current: Status::Approved, target: Status::Approved },
        Rejection::LineNotOpen { current: Status::Pending, was_granted: false },
        Rejection::OwnRequest {},
        Rejection::LineSuspended {},
        Rejection::DebtOutstanding { outstanding: amount(), held: amount() },
    ]
}

fn planning() -> Vec<Rejection> {
    let terms = Terms::interest_free(InstallmentCount::new(3).unwrap());
    let (id, start) = (PlanId::new("line:3x").unwrap(), Day::parse("2025-11-24").unwrap());
    let plan = Plan::new(id.clone(), &terms, amount(), start, PaymentTerm::USUAL, &DueDates::default());
    let plan = Box::new(plan.unwrap());
    vec![
        Rejection::PlanChanged { seen: plan.clone(), current: Some(plan.clone()) },
        Rejection::PlanChanged { seen: plan, current: None },
        Rejection::PlanNotOffered {
            choice: PlanChoice::Installments(InstallmentCount::ONE),
            offered: vec![id.clone()],
        },
        Rejection::PlanNotOffered { choice: PlanChoice::Days(vec![15, 30]), offered: vec![id] },
    ]
}

fn buying() -> Vec<Rejection> {
    let amount = amount();
    vec![
        Rejection::OverdueDebt {
            overdue: amount,
            above: amount,
            grace_days: 5,
            earliest_due: Day::parse("2025-12-24").unwrap(),
        },
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
        Rejection::TotalTooLarge { largest: amount },
    ]
}

fn holding() -> Vec<Rejection> {
    let (transaction, amount) = (TransactionId::from(child()), amount());
    vec![
        Rejection::TransactionNotFound { transaction: transaction.clone() },
        Rejection::HoldEnded { transaction: transaction.clone(), state: HoldState::Released },
        Rejection::HoldFirm { transaction: transaction.clone(), expires_at: Instant::EPOCH },
        Rejection::ExpirationPassed { expires_at: Instant::EPOCH, now: Instant::EPOCH },
        Rejection::NoOpenInvoice { transaction: transaction.clone() },
        Rejection::GrowthTooLarge {
            transaction: transaction.clone(),
            authorized: amount,
            most: amount,
            required: amount,
        },
        Rejection::SettlementBelowPaid { transaction: transaction.clone(), least: amount, required: amount },
        Rejection::RefundTooLarge { transaction, most: amount, required: amount },
    ]
}

fn invoicing() -> Vec<Rejection> {
    let (invoice, amount) = (invoice(), amount());
    vec![
        Rejection::InvoiceNotFound { invoice: invoice.clone() },
        Rejection::InvoiceResolved { invoice: invoice.clone(), state: InvoiceState::Cancelled },
        Rejection::PostponementDisabled {},
        Rejection::PostponedTooOften { invoice: invoice.clone(), most: 2 },
        Rejection::PostponedTooFar { invoice: invoice.clone(), most: 30, already: 25, days: 10 },
        Rejection::InvoiceNotOpen { invoice: invoice.clone() },
        Rejection::AllocationAboveInvoice { invoice, left: amount, allocated: amount },
        Rejection::AllocationsAbovePayment { amount, allocated: amount },
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
        Problem::IdUnknown { parameter: "invoiceId" },
        Problem::InsufficientPermissions { required: "credit:use", held: vec!["credit:read".to_owned()] },
        Problem::CustomerMismatch { bound_to: "cust_1".to_owned() },
        Problem::OrganizationRequired,
        Problem::OrganizationMismatch,
        Problem::OrganizationUnknown { organization: "org_x".to_owned() },
        Problem::RouteNotFound,
        Problem::MethodNotAllowed,
        Problem::KeyReused,
        Problem::KeyInProgress,
        Problem::NotCarriedOut { because_of: 3 },
        Problem::ShopperUnknown,
        Problem::AccountClosed { customer: "cust_456".to_owned() },
        Problem::RequestWaiting { customer: "cust_456".to_owned() },
        Problem::RuleUnknown { rule: "rule-1".to_owned() },
        Problem::TooManyRules { most: 1_000 },
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

/// Both codes of each message. They are for ever: a line here is added, never changed.
#[rustfmt::skip]
const NUMBERS: [(&str, u16); 61] = [
    ("CRD-1001", 2001), ("CRD-1002", 2002), ("CRD-1003", 2003), ("CRD-1004", 2004), ("CRD-1005", 2005),
    ("CRD-1006", 2006), ("CRD-1007", 2007), ("CRD-1008", 2008), ("CRD-1009", 2009), ("CRD-1010", 2010),
    ("CRD-1011", 2011), ("CRD-1012", 2012), ("CRD-1013", 2013), ("CRD-1014", 2014), ("CRD-1015", 2015),
    ("CRD-1016", 2016), ("CRD-1017", 2017),
    ("CRD-2001", 2101), ("CRD-2002", 2102), ("CRD-2003", 2103), ("CRD-2004", 2104), ("CRD-2005", 2105),
    ("CRD-2006", 2106), ("CRD-2007", 2107), ("CRD-2008", 2108), ("CRD-2009", 2109), ("CRD-2010", 2110),
    ("CRD-2011", 2111), ("CRD-2012", 2112), ("CRD-2013", 2113), ("CRD-2014", 2114), ("CRD-2015", 2115),
    ("CRD-2016", 2116), ("CRD-2017", 2117), ("CRD-2018", 2118), ("CRD-2019", 2119), ("CRD-2020", 2120),
    ("CRD-2021", 1099), ("CRD-2022", 2122), ("CRD-2023", 2123), ("CRD-2024", 2124), ("CRD-2025", 2125),
    ("CRD-2026", 2126), ("CRD-2027", 2127), ("CRD-2028", 2128), ("CRD-2029", 2129), ("CRD-2030", 2130),
    ("CRD-2031", 2131), ("CRD-2032", 2132), ("CRD-2034", 2134), ("CRD-2035", 2135), ("CRD-2036", 2136),
    ("CRD-2037", 2137), ("CRD-2038", 2138), ("CRD-2039", 2139), ("CRD-2040", 2140), ("CRD-2041", 2141),
    ("CRD-3001", 2201), ("CRD-3002", 2202), ("CRD-3003", 2203), ("CRD-3004", 2204),
];

#[test]
fn every_message_has_its_own_integer_for_ever() {
    let numbers: Vec<(&str, u16)> = MESSAGES.iter().map(|message| (message.code, message.number)).collect();
    assert_eq!(numbers, NUMBERS);
    let distinct: BTreeSet<u16> = numbers.iter().map(|(_, number)| *number).collect();
    assert_eq!(distinct.len(), MESSAGES.len(), "each once");
    // Below 2000 are the codes that are published; of those we only know one.
    let published: Vec<&str> =
        MESSAGES.iter().filter(|message| message.number < 2000).map(|message| message.kind).collect();
    assert_eq!(published, ["ALREADY_OPEN"]);
}

#[test]
fn vtexs_clients_get_no_status_they_do_not_know() {
    for message in MESSAGES {
        let expected = match (message.kind, message.status) {
            ("IDEMPOTENCY_KEY_IN_PROGRESS", 409) => 429,
            (_, 409 | 415 | 422 | 424 | 428) => 400,
            (_, status) => status,
        };
        assert_eq!(message.vtex_status(), expected, "{}", message.code);
    }
    let seen: BTreeSet<u16> = MESSAGES.iter().map(|message| message.vtex_status()).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [400, 401, 403, 404, 405, 408, 413, 429, 500, 503]);
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
        Expected::TimeOfDay,
        Expected::Boolean,
    ];
    let others = [
        Fault::Missing,
        Fault::Unknown(None),
        Fault::Unknown(Some("amount")),
        Fault::Repeated,
        Fault::NotANumber("3"),
        Fault::Negative,
        Fault::Zero,
        Fault::TooManyDecimals(0),
        Fault::TooManyDecimals(2),
        Fault::Below("1".to_owned()),
        Fault::Above("365".to_owned()),
        Fault::TooManyEntries(3),
        Fault::NotADate,
        Fault::Before("2025-12-01".to_owned()),
        Fault::Empty,
        Fault::TooLong(200),
        Fault::ForbiddenCharacter,
        Fault::NotAKey(64),
        Fault::NotAsInPath("1_CPF".to_owned()),
        Fault::NotOneOf(&["open", "paid"]),
        Fault::NotAnId,
        Fault::NotAnEmail,
        Fault::NotACountry,
        Fault::Beside("plan_id"),
        Fault::NotAPlanHash,
        Fault::NotAnInterval(EdgeError::TooLong),
        Fault::NotAnInterval(EdgeError::NotEightFields),
        Fault::NotAnInterval(EdgeError::Wrong(IntervalField::Hours)),
        Fault::NotAnInterval(EdgeError::Wrong(IntervalField::DayOfWeek)),
        Fault::NotAnInterval(EdgeError::Wrong(IntervalField::Offset)),
        Fault::NotAnInterval(EdgeError::TimeWithoutHour),
        Fault::NotAnInterval(EdgeError::OtherOffset),
    ];
    for fault in expected.map(Fault::WrongType).into_iter().chain(others) {
        let message = FaultMessage::of(&fault);
        let [spanish, english] =
            [Language::Spanish, Language::English].map(|language| message.sentence_in(language));
        assert!(!message.code.is_empty() && spanish != english, "{fault:?}");
        assert!(!spanish.contains("{}") && !english.contains("{}"), "{fault:?}");
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
    assert_eq!(sentence("CRD-2021", Language::English), "The Credit Account is already open.");
    assert_eq!(
        sentence("CRD-2027", Language::Spanish),
        "La factura 07070707070707070707000000000003-01 está cancelada y así se queda: esta operación necesita una \
         factura abierta."
    );
    assert_eq!(
        sentence("CRD-2020", Language::English),
        "The movement st-1 was made before with -1250.00 USD; now 1250.00 USD was sent. Repeat it unchanged to \
         get its answer, or use another id."
    );
    assert_eq!(
        sentence("CRD-1005", Language::Spanish),
        "Falta una credencial válida (no se envió ninguna). Envíe Authorization: Bearer con un token vigente, \
         o las cabeceras X-VTEX-API-AppKey y X-VTEX-API-AppToken, o VtexIdclientAutCookie."
    );
    assert_eq!(
        sentence("CRD-2032", Language::English),
        "A refund of 1250.00 USD was asked for the transaction 07070707070707070707000000000003, of which 1250.00 USD \
         can be refunded: what was settled, less what was refunded or cancelled since. Refund that at most."
    );
    assert_eq!(
        sentence("CRD-2022", Language::English),
        "The hold 07070707070707070707000000000003 has ended: it is released. Authorize a new one, under another id."
    );
    assert_eq!(
        sentence("CRD-2036", Language::English),
        "A request for credit is waiting for the customer cust_456. It is approved or rejected at \
         POST /api/v1/customers/cust_456/credit/approve or …/reject."
    );
}

#[test]
fn the_first_wrong_field_has_its_reason_and_the_others_are_named() {
    let field = |field: &str, fault| FieldError { field: field.to_owned(), fault };
    let sentence = |errors: &[FieldError], language| Problem::Invalid(errors.to_vec()).sentence_in(language);
    let errors = [field("value", Fault::Missing), field("settle", Fault::Empty), field("", Fault::Missing)];
    assert_eq!(
        sentence(&errors[..1], Language::English),
        "The request is not valid: value is missing and required. Correct it and send again; nothing was recorded."
    );
    assert_eq!(
        sentence(&errors, Language::English),
        "The request is not valid: value is missing and required; also wrong: settle, body. Correct it and send \
         again; nothing was recorded."
    );
    assert_eq!(
        sentence(&errors, Language::Spanish),
        "La solicitud no es válida: value falta y es obligatorio; también están mal: settle, body. Corríjala y \
         vuelva a enviarla; no se registró nada."
    );
}

#[test]
fn a_reason_tells_how_the_field_is_written() {
    let english = |fault| FaultMessage::of(&fault).sentence_in(Language::English);
    assert_eq!(english(Fault::NotANumber("3")), "is not a number; write it like 3");
    assert_eq!(english(Fault::TooManyEntries(3)), "must have at most 3 entries");
    assert_eq!(english(Fault::Before("2025-12-01".to_owned())), "cannot be before 2025-12-01");
    assert_eq!(
        english(Fault::NotAKey(64)),
        "must be up to 64 printable characters, without \"/\" or a space at an end, and not \".\" or \"..\" alone"
    );
    assert_eq!(
        english(Fault::NotAsInPath("1_CPF".to_owned())),
        "must be 1_CPF as in the address, or not be sent"
    );
}

#[test]
fn every_rejection_has_an_example_for_the_documentation() {
    let shown: BTreeSet<&str> = samples().iter().map(|problem| problem.message().code).collect();
    let missing: Vec<&str> = rejections()
        .into_iter()
        .map(|rejection| {
            let problem =
                Problem::Rejected { customer: "cust_456".to_owned(), currency: Currency::Usd, rejection };
            problem.message().code
        })
        .filter(|code| !shown.contains(code))
        .collect();
    assert_eq!(missing, [""; 0]);
}
