//! What VTEX's clients read: its shapes, without what is absent, as the documentation shows them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper of tests may panic like one")]

use fiado_contract::catalogue::{CredentialFault, Language, Problem};
use fiado_contract::fields::{Fault, FieldError};
use fiado_contract::vtex::{
    AccountView, AccountsAnswer, AdjustBalanceAnswer, AdjustBalanceBody, AuthorizeBody, ChangeHoldBody,
    ChangeLimitBody, ChangeToleranceBody, HoldAnswer, HolderBody, HolderView, HoldersAnswer, InvoiceFigures,
    InvoiceView, InvoicesAnswer, OpenBody, PostponeBody, PurchaseConditions, RefundAnswer, RefundBody,
    RemovedHolder, SettleAnswer, SettleBody, StatementAnswer, StoreConfiguration, StoreConfigurationBody,
    UpdateBody, UpdateInvoiceBody, VtexError, status,
};
use fiado_core::account::{
    Account, Decision, Hold, HoldState, HoldTerms, Holder, Invoice, InvoiceState, Life, Line, LineKind,
    Purchase, Rejection, Standing, StatementLine, Status, Totals,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{ActorId, InvoiceId, LifeId, OrderId, StatementId, TransactionId};
use fiado_core::installments::{InstallmentCount, PaymentTerm};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use fiado_core::policy::Policy;
use fiado_core::profile::{
    BusinessName, Contact, Document, DocumentType, Email, Notes, Observation, Profile, TaxId,
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

const USD: Currency = Currency::Usd;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn dollars(units: u64) -> Amount {
    USD.units(units)
}

fn text(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap()
}

fn decision(moment: &str) -> Decision {
    Decision { at: at(moment), by: ActorId::new("key:vtex").unwrap(), sequence: 1 }
}

fn line() -> Line {
    Line {
        limit: dollars(3_000),
        tolerance: Tolerance::from_millionths(50_000).unwrap(),
        term: PaymentTerm::USUAL,
        approval: decision("2024-02-22T20:43:21.8753045Z"),
    }
}

fn account(standing: Standing) -> Account {
    let life = Life {
        id: LifeId::new([7; 10]),
        number: 1,
        requested_limit: dollars(3_000),
        requested_term: PaymentTerm::USUAL,
        requested_at: at("2024-02-22T20:43:21.8753045Z"),
        requested_by: ActorId::new("key:vtex").unwrap(),
        began: 1,
        updated_at: at("2024-02-26T14:39:54Z"),
        balance: Balance::from_minor(-1_500),
        standing,
    };
    let totals = Totals { outstanding: dollars(3_100), held: dollars(20), unapplied: Amount::ZERO };
    Account { version: 4, life: Some(life), totals, ..Account::default() }
}

fn contact() -> Contact {
    Contact {
        email: Email::new("test@test.com").ok(),
        document: Document::new("55555555555").ok(),
        document_type: DocumentType::new("CPF").ok(),
        description: None,
    }
}

#[test]
fn an_account_is_written_as_vtex_does() {
    let account = account(Standing::Approved(line()));
    let view = AccountView::new("55555555555_CPF", &account, Some(&contact()), None, USD).unwrap();
    let expected = r#"{"id":"55555555555_CPF","balance":-15.00,"document":"55555555555","documentType":"CPF","status":"Open","creditLimit":3000.00,"updatedAt":"2024-02-26T14:39:54Z","createdAt":"2024-02-22T20:43:21.875304Z","availableCredit":-120.00,"preAuthorizedCredit":20.00,"email":"test@test.com","tolerance":0.05,"availableBalance":-120.00}"#;
    assert_eq!(text(&view), expected);
}

#[test]
fn an_account_stands_here_as_open_closed_or_not_at_all() {
    let profile = Profile {
        business_name: BusinessName::new("Constructora ABC").unwrap(),
        tax_id: TaxId::new("RUC-123-456").unwrap(),
        years_in_business: None,
    };
    let seen = |standing| AccountView::new("cust_456", &account(standing), None, Some(&profile), USD);
    let when = || decision("2024-03-01T00:00:00Z");
    let words = [
        (Standing::Approved(line()), Some("Open")),
        (Standing::Suspended(line(), when()), Some("Open")),
        (Standing::Cancelled(Some(line()), when()), Some("Closed")),
        (Standing::Cancelled(None, when()), None),
        (Standing::Pending, None),
        (Standing::Rejected(when()), None),
    ];
    for (standing, expected) in words {
        let shown = seen(standing.clone()).map(|view| serde_json::to_value(&view).unwrap()["status"].clone());
        assert_eq!(shown, expected.map(Value::from), "{standing:?}");
    }
    let view = serde_json::to_value(seen(Standing::Approved(line()))).unwrap();
    let shown = ["document", "documentType", "email"].map(|name| view[name].clone());
    assert_eq!(shown, [json!("RUC-123-456"), json!("Other"), json!("")]);
    assert_eq!(AccountView::new("nobody", &Account::default(), None, None, USD), None);

    // A document that VTEX's client has removed is none, whatever the company once said of itself.
    let bare = Contact::default();
    let view =
        AccountView::new("cust_456", &account(Standing::Approved(line())), Some(&bare), Some(&profile), USD);
    let view = text(&view.unwrap());
    assert!(!view.contains("document") && view.contains(r#""email":"""#), "{view}");
}

fn invoice() -> Invoice {
    Invoice {
        id: InvoiceId::parse("A424887D0F2D45028FE5C96E9B0E1A2D-01").unwrap(),
        order: OrderId::new("1375060513100-01").unwrap(),
        value: dollars(50),
        paid: dollars(20),
        installments: 2,
        issued_at: at("2024-02-26T03:39:54.25Z"),
        due: Day::parse("2024-04-05").unwrap(),
        original_due: Day::parse("2024-03-26").unwrap(),
        postponements: 1,
        state: InvoiceState::Open,
        updated_at: at("2024-02-27T00:00:00Z"),
        resolved_at: None,
        past: false,
    }
}

#[test]
fn an_invoice_falls_due_at_the_time_of_its_issue() {
    let notes = Notes { observation: Observation::new("BF 2023").ok(), payment_link: None };
    // In Panama it was still the evening before: thirty days are thirty days to the tick.
    let issue_day = Day::parse("2024-02-25").unwrap();
    let view = InvoiceView::new("1_CPF", &invoice(), &notes, USD, issue_day);
    let friendly = invoice().id.friendly();
    let expected = format!(
        r#"{{"id":"A424887D0F2D45028FE5C96E9B0E1A2D-01","friendlyId":"{friendly}","status":"Opened","value":50.00,"accountId":"1_CPF","creditValue":20.00,"createdAt":"2024-02-26T03:39:54.25Z","updatedAt":"2024-02-27T00:00:00Z","originalDueDate":"2024-03-27T03:39:54.25Z","dueDate":"2024-04-06T03:39:54.25Z","installment":1,"orderId":"1375060513100-01","observation":"BF 2023","transactionId":"A424887D0F2D45028FE5C96E9B0E1A2D","numberOfInstallments":2,"creditAccountId":"1_CPF"}}"#
    );
    assert_eq!(text(&view), expected);
    let paid =
        Invoice { state: InvoiceState::Paid, resolved_at: Some(at("2024-03-01T00:00:00Z")), ..invoice() };
    let view = text(&InvoiceView::new("1_CPF", &paid, &Notes::default(), USD, issue_day));
    assert!(view.contains(r#""status":"Paid""#) && view.contains(r#""resolvedAt":"2024-03-01T00:00:00Z""#));
}

#[test]
fn totals_may_be_more_than_an_amount() {
    let figures =
        InvoiceFigures { count: 3_000_000, open: 2_999_999_999_999_999_999_997, paid: 5, cancelled: 0 };
    let expected = r#"{"data":[],"summary":{"total":29999999999999999999.97,"count":3000000,"totalPaid":0.05,"totalCancelled":0.00}}"#;
    assert_eq!(text(&InvoicesAnswer::new(Vec::new(), figures, USD)), expected);
    assert_eq!(text(&AccountsAnswer::new(Vec::new(), 35)), r#"{"data":[],"summary":{"count":35}}"#);
}

#[test]
fn a_hold_tells_its_end_only_where_it_was_chosen() {
    let terms = HoldTerms {
        amount: Amount::from_minor(4_970).unwrap(),
        installments: InstallmentCount::ONE,
        firm: false,
        expires_at: at("2023-11-25T00:00:00Z"),
        expiry_was_chosen: true,
    };
    let hold = |terms| Hold {
        transaction: TransactionId::new("pedido-77").unwrap(),
        order: OrderId::new("pedido-77").unwrap(),
        authorized: dollars(40),
        terms,
        made_at: at("2023-11-20T00:00:00Z"),
        state: HoldState::Held,
    };
    let chosen = text(&HoldAnswer::new(&hold(terms), USD));
    let expected =
        r#"{"id":"pedido-77","value":49.70,"installments":1,"expirationDate":"2023-11-25T00:00:00"}"#;
    assert_eq!(chosen, expected);
    let usual = HoldAnswer::new(&hold(HoldTerms { expiry_was_chosen: false, ..terms }), USD);
    assert_eq!(text(&usual), r#"{"id":"pedido-77","value":49.70,"installments":1}"#);
    let transaction = TransactionId::new("pedido-77").unwrap();
    let settled = SettleAnswer::new(&transaction, Amount::from_minor(4_995).unwrap(), USD);
    assert_eq!(text(&settled), r#"{"value":49.95,"id":"pedido-77"}"#);
    assert_eq!(text(&RefundAnswer::new(dollars(30), Currency::Clp)), r#"{"value":3000}"#);
}

#[test]
fn holders_and_conditions_are_written_as_vtex_does() {
    let id = LifeId::new([7; 10]).child(3);
    let holder = Holder { id, added_at: at("2023-11-10T18:33:58.402627Z"), removed_at: None };
    let email = Email::new("holder@test.com").unwrap();
    let view = HolderView::new(&holder, Some(&email));
    let expected = r#"{"level":2,"claims":{"email":"holder@test.com"},"id":"07070707070707070707000000000003","createdAt":"2023-11-10T18:33:58.402627Z"}"#;
    assert_eq!(text(&view), expected);
    assert_eq!(HolderView::new(&holder, None).claims.email, "", "it was erased");
    assert_eq!(text(&HoldersAnswer { data: vec![view] }), format!(r#"{{"data":[{expected}]}}"#));
    assert_eq!(text(&RemovedHolder::new(id)), r#"{"id":"07070707070707070707000000000003"}"#);
    let (account, now) = (account(Standing::Approved(line())), at("2023-11-10T18:33:58Z"));
    let conditions = PurchaseConditions::new("1_CPF", &account, &Policy::usual(USD), None, now).unwrap();
    let expected = r#"{"accountId":"1_CPF","availableCredit":-120.00,"deadlines":[{"paymentOptions":[30],"interestRate":0,"minInstallmentValue":0.00}]}"#;
    assert_eq!(text(&conditions), expected);
}

#[test]
fn each_line_of_a_statement_says_what_it_comes_from() {
    let invoice = invoice().id;
    let purchase = Purchase {
        transaction: invoice.transaction.clone(),
        order: OrderId::new("o-1").unwrap(),
        installments: 2,
    };
    let payment =
        |invoice| LineKind::Payment { payment: LifeId::new([7; 10]).child(4), reference: None, invoice };
    let by = ActorId::new("user_manager").unwrap();
    let kinds = [
        (LineKind::Invoice(purchase.clone()), -10_000),
        (LineKind::Correction(purchase.clone()), 1_000),
        (LineKind::Refund(purchase), 500),
        (LineKind::Cancellation { invoice: invoice.clone() }, 2_500),
        (payment(Some(invoice)), 5_000),
        (payment(None), 100),
        (LineKind::Credit, -50_000),
        (LineKind::Adjustment { statement: StatementId::new("st-1").unwrap(), by }, -1_500),
    ];
    let lines: Vec<StatementLine> = kinds
        .into_iter()
        .map(|(kind, minor)| StatementLine {
            sequence: 1,
            line: 1,
            at: at("2023-11-09T18:26:43.336189Z"),
            value: Balance::from_minor(minor),
            used_after: Amount::ZERO,
            balance_after: Balance::ZERO,
            kind,
        })
        .collect();
    let statement = StatementAnswer::new(&lines, Balance::from_minor(0), Balance::from_minor(-1_500), USD);
    let statement = serde_json::to_value(&statement).unwrap();
    let transaction = "A424887D0F2D45028FE5C96E9B0E1A2D";
    let of_purchase = json!({"transactionId": transaction, "orderId": "o-1", "numberOfInstallments": 2});
    let of_invoice = json!({"transactionId": transaction, "installment": 1});
    let expected = [
        ("Invoice", Some(&of_purchase)),
        ("Invoice", Some(&of_purchase)),
        ("Invoice", Some(&of_purchase)),
        ("Invoice", Some(&of_invoice)),
        ("Payment", Some(&of_invoice)),
        ("Payment", None),
        ("Credit", None),
        ("Statement", None),
    ];
    let entries = statement["statements"].as_array().unwrap();
    let shown: Vec<(&str, Option<&Value>)> =
        entries.iter().map(|entry| (entry["origin"].as_str().unwrap(), entry.get("metadata"))).collect();
    assert_eq!(shown, expected);
    assert_eq!(entries[7]["doneBy"], "user_manager");
    assert!(entries[..7].iter().all(|entry| entry.get("doneBy").is_none()));
    let balances =
        ["currentBalance", "intervalBalance", "previousBalance"].map(|name| statement[name].to_string());
    assert_eq!(balances, ["-15.00", "-524.00", "0.00"]);
}

fn rejected(rejection: Rejection) -> Problem {
    Problem::Rejected { customer: "1_CPF".to_owned(), currency: USD, rejection }
}

#[test]
fn a_refusal_has_an_integer_a_sentence_and_its_figures() {
    let problem = rejected(Rejection::AlreadyOpen {});
    let expected = r#"{"code":1099,"message":"The Credit Account is already open."}"#;
    assert_eq!(text(&VtexError::new(&problem, Language::English)), expected);
    assert_eq!(status(&problem), 400);

    let owed = rejected(Rejection::DebtOutstanding { outstanding: dollars(100), held: dollars(30) });
    let error = text(&VtexError::new(&owed, Language::Spanish));
    assert!(error.ends_with(r#","details":{"outstanding":100.00,"held":30.00}}"#), "{error}");
    assert!(error.contains("se deben 100.00 USD"), "{error}");

    let field = |field: &str, fault| FieldError { field: field.to_owned(), fault };
    let invalid = Problem::Invalid(vec![field("claims.email", Fault::NotAnEmail), field("", Fault::Missing)]);
    let expected = r#"{"code":2001,"message":"The request is not valid: claims.email is not an e-mail address; write it like name@company.com; also wrong: body. Correct it and send again; nothing was recorded.","fields":[{"field":"claims.email","message":"is not an e-mail address; write it like name@company.com"},{"field":"body","message":"is missing and required"}]}"#;
    assert_eq!(text(&VtexError::new(&invalid, Language::English)), expected);
    assert_eq!(status(&invalid), 400);
}

#[test]
fn a_figure_is_spelled_as_this_face_spells() {
    let too_far = Rejection::PostponedTooFar { invoice: invoice().id, most: 30, already: 25, days: 10 };
    let error = text(&VtexError::new(&rejected(too_far), Language::English));
    let details = r#""details":{"invoiceId":"A424887D0F2D45028FE5C96E9B0E1A2D-01","mostDays":30,"daysBefore":25,"days":10}}"#;
    assert!(error.ends_with(details), "{error}");
    let unknown = text(&VtexError::new(&rejected(Rejection::AccountNotFound {}), Language::English));
    assert!(unknown.ends_with(r#""details":{"creditAccountId":"1_CPF"}}"#), "{unknown}");
}

#[test]
fn the_status_says_what_vtexs_clients_know() {
    let transaction = TransactionId::new("pedido-77").unwrap();
    let not_open = |current, was_granted| Rejection::LineNotOpen { current, was_granted };
    let unknown = rejected(Rejection::AccountNotFound {});
    let cases = [
        (unknown.clone(), 404),
        (rejected(Rejection::TransactionNotFound { transaction: transaction.clone() }), 404),
        (rejected(Rejection::InvoiceNotFound { invoice: invoice().id }), 404),
        (rejected(Rejection::HolderNotFound { holder: LifeId::new([7; 10]).child(3) }), 404),
        (rejected(not_open(Status::Pending, false)), 404),
        (rejected(not_open(Status::Rejected, false)), 404),
        // A request that was withdrawn, and a line that has ended.
        (rejected(not_open(Status::Cancelled, false)), 404),
        (rejected(not_open(Status::Cancelled, true)), 400),
        (rejected(Rejection::InvalidTransition { current: Status::Pending, target: Status::Approved }), 400),
        (rejected(Rejection::HoldEnded { transaction, state: HoldState::Expired }), 400),
        (Problem::KeyReused, 400),
        // Their clients try again after a 429.
        (Problem::KeyInProgress, 429),
        (Problem::ShopperUnknown, 404),
        (Problem::UnsupportedMediaType, 400),
        (Problem::OrganizationRequired, 400),
        (Problem::Unauthorized(CredentialFault::Missing), 401),
        (Problem::OrganizationMismatch, 403),
        (Problem::RouteNotFound, 404),
        (Problem::MethodNotAllowed, 405),
        (Problem::PayloadTooLarge { most_bytes: 1 }, 413),
        (Problem::Internal, 500),
        (Problem::Overloaded { retry_after: 1 }, 503),
    ];
    for (problem, expected) in cases {
        assert_eq!(status(&problem), expected, "{problem:?}");
    }
    // A line that was never granted is no account here: it is refused as an unknown one is.
    let seen = |problem| VtexError::new(problem, Language::English);
    assert_eq!(seen(&rejected(not_open(Status::Pending, false))), seen(&unknown));
}

#[test]
fn an_account_that_has_ended_is_closed_in_this_faces_words() {
    let ended = rejected(Rejection::LineNotOpen { current: Status::Cancelled, was_granted: true });
    let expected = r#"{"code":2135,"message":"The account 1_CPF is closed: it takes nothing until it is opened again with POST /api/creditcontrol/accounts.","details":{"creditAccountId":"1_CPF"}}"#;
    assert_eq!(text(&VtexError::new(&ended, Language::English)), expected);
    assert_eq!((status(&ended), ended.message().number), (400, 2115), "the façade has its own words");
}

#[derive(OpenApi)]
#[openapi(components(schemas(
    AccountView,
    AccountsAnswer,
    AdjustBalanceAnswer,
    AdjustBalanceBody,
    AuthorizeBody,
    ChangeHoldBody,
    ChangeLimitBody,
    ChangeToleranceBody,
    HoldAnswer,
    HolderBody,
    HolderView,
    HoldersAnswer,
    InvoiceView,
    InvoicesAnswer,
    OpenBody,
    PostponeBody,
    PurchaseConditions,
    RefundAnswer,
    RefundBody,
    RemovedHolder,
    SettleAnswer,
    SettleBody,
    StatementAnswer,
    StoreConfiguration,
    StoreConfigurationBody,
    UpdateBody,
    UpdateInvoiceBody,
    VtexError,
)))]
struct Documented;

fn schemas() -> Value {
    serde_json::to_value(Documented::openapi()).unwrap()["components"]["schemas"].clone()
}

/// What of a sample is not as the documentation says.
fn differences(name: &str, sample: &impl Serialize) -> Vec<String> {
    let schema =
        json!({"$ref": format!("#/components/schemas/{name}"), "components": {"schemas": schemas()}});
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sample = serde_json::to_value(sample).unwrap();
    validator.iter_errors(&sample).map(|error| format!("{name}{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_sample_is_as_the_documentation_says() {
    let problem = Problem::Invalid(vec![FieldError { field: "value".to_owned(), fault: Fault::Missing }]);
    let all = [
        differences("Account", &AccountView::sample()),
        differences("Accounts", &AccountsAnswer::sample()),
        differences("BalanceAdjusted", &AdjustBalanceAnswer::sample()),
        differences("AdjustBalance", &AdjustBalanceBody::sample()),
        differences("Authorize", &AuthorizeBody::sample()),
        differences("ChangeTransaction", &ChangeHoldBody::sample()),
        differences("ChangeCreditLimit", &ChangeLimitBody::sample()),
        differences("ChangeTolerance", &ChangeToleranceBody::sample()),
        differences("Transaction", &HoldAnswer::sample()),
        differences("AddHolder", &HolderBody::sample()),
        differences("Holder", &HolderView::sample()),
        differences("Holders", &HoldersAnswer::sample()),
        differences("Invoice", &InvoiceView::sample()),
        differences("Invoices", &InvoicesAnswer::sample()),
        differences("OpenAccount", &OpenBody::sample()),
        differences("PostponeInvoice", &PostponeBody::sample()),
        differences("PurchaseConditions", &PurchaseConditions::sample()),
        differences("Refunded", &RefundAnswer::sample()),
        differences("Refund", &RefundBody::sample()),
        differences("HolderRemoved", &RemovedHolder::sample()),
        differences("Settled", &SettleAnswer::sample()),
        differences("Settle", &SettleBody::sample()),
        differences("Statement", &StatementAnswer::sample()),
        differences("StoreConfiguration", &StoreConfiguration::sample()),
        differences("ChangeStoreConfiguration", &StoreConfigurationBody::sample()),
        differences("UpdateAccount", &UpdateBody::sample()),
        differences("UpdateInvoice", &UpdateInvoiceBody::sample()),
        differences("Error", &VtexError::new(&problem, Language::English)),
        differences("Error", &VtexError::new(&rejected(Rejection::AlreadyOpen {}), Language::Spanish)),
    ];
    assert_eq!(all.concat(), [""; 0]);
}

#[test]
fn what_an_answer_always_has_is_what_is_published() {
    let schemas = schemas();
    let required = |name: &str| {
        let names = schemas[name]["required"].as_array().unwrap();
        let mut names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        names.sort_unstable();
        names
    };
    let must_be = |name: &str, expected: &str| {
        let mut expected: Vec<&str> = expected.split(' ').collect();
        expected.sort_unstable();
        assert_eq!(required(name), expected, "{name}");
    };
    must_be(
        "Account",
        "id balance status creditLimit updatedAt createdAt availableCredit preAuthorizedCredit email tolerance availableBalance",
    );
    must_be(
        "Invoice",
        "id friendlyId status value accountId creditValue createdAt updatedAt originalDueDate dueDate installment orderId transactionId numberOfInstallments creditAccountId",
    );
    must_be("InvoicesSummary", "total count totalPaid totalCancelled");
    must_be("StatementEntry", "value date origin");
    must_be("Statement", "statements currentBalance intervalBalance previousBalance");
    must_be("Transaction", "id value installments");
    must_be("Holder", "level claims id createdAt");
    must_be("OpenAccount", "document documentType email creditLimit");
    must_be("Authorize", "value");
    must_be("Error", "code message");
    assert!(schemas["ChangeStoreConfiguration"].get("required").is_none(), "it is merged");
    assert_eq!(schemas["InvoiceStatus"]["enum"], json!(["Opened", "Paid", "Cancelled"]));
    assert_eq!(schemas["AccountStatus"]["enum"], json!(["Open", "Closed"]));
    assert_eq!(schemas["StatementOrigin"]["enum"], json!(["Credit", "Invoice", "Payment", "Statement"]));
}
