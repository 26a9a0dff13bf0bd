//! What VTEX's clients send is read as they write it, and what cannot be is named.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::fields::{Fault, FieldError, Fields, read_query};
use fiado_contract::json::{Json, parse};
use fiado_contract::vtex::{
    AccountUpdate, AccountsQuery, AdjustBalanceBody, AuthorizeBody, ChangeHoldBody, ChangeLimitBody,
    ChangeToleranceBody, HolderBody, InvoicesQuery, OpenBody, OpenByIdBody, PostponeBody,
    PurchaseConditionsQuery, QueryDate, RefundBody, SettleBody, StatementQuery, StoreConfiguration,
    StoreConfigurationBody, UpdateBody, UpdateInvoiceBody,
};
use fiado_core::account::{InvoiceState, Open};
use fiado_core::calendar::Day;
use fiado_core::identity::{CustomerId, InvoiceId, StatementId, TransactionId};
use fiado_core::money::Currency;
use fiado_core::policy::Policy;
use fiado_core::preferences::Preferences;
use fiado_core::profile::{Contact, ContactChange, NoteChange};
use serde::Serialize;

const USD: Currency = Currency::Usd;

fn json(body: &str) -> Json {
    parse(body.as_bytes()).unwrap()
}

fn written(sample: &impl Serialize) -> Json {
    parse(&serde_json::to_vec(sample).unwrap()).unwrap()
}

fn transaction() -> TransactionId {
    TransactionId::new("B2E754DCD7304D22866CB6F221CF0FEB").unwrap()
}

fn invoice() -> InvoiceId {
    InvoiceId::parse("A424887D0F2D45028FE5C96E9B0E1A2D-01").unwrap()
}

fn statement() -> StatementId {
    StatementId::new("451924c579a6759cf6e112a").unwrap()
}

fn customer() -> CustomerId {
    CustomerId::new("1_CPF").unwrap()
}

fn read_update(body: &str) -> Result<AccountUpdate, Vec<FieldError>> {
    UpdateBody::read(&json(body), USD, &customer())
}

fn read_opening(body: &str, currency: Currency) -> Result<(Open, Contact), Vec<FieldError>> {
    OpenByIdBody::read(&json(body), currency, &customer())
}

/// The fields that are wrong.
fn named<T>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
    result.err().unwrap_or_default().into_iter().map(|error| error.field).collect()
}

/// A body's reader, which tells the fields that are wrong.
type Reader = fn(&Json) -> Vec<String>;

#[rustfmt::skip]
const READERS: [(&str, Reader); 13] = [
    ("open", |json| named(OpenBody::read(json, USD))),
    ("open by id", |json| named(OpenByIdBody::read(json, USD, &customer()))),
    ("update", |json| named(UpdateBody::read(json, USD, &customer()))),
    ("limit", |json| named(ChangeLimitBody::read(json, USD))),
    ("tolerance", |json| named(ChangeToleranceBody::read(json))),
    ("balance", |json| named(AdjustBalanceBody::read(json, USD, statement()))),
    ("authorize", |json| named(AuthorizeBody::read(json, USD))),
    ("change", |json| named(ChangeHoldBody::read(json, USD, transaction()))),
    ("settle", |json| named(SettleBody::read(json, USD, transaction()))),
    ("refund", |json| named(RefundBody::read(json, USD, transaction()))),
    ("invoice", |json| named(UpdateInvoiceBody::read(json, invoice()))),
    ("postpone", |json| named(PostponeBody::read(json, invoice()))),
    ("store", |json| named(StoreConfigurationBody::read(json, USD))),
];

fn reads(reader: &str, body: &str) -> Vec<String> {
    READERS.iter().find(|(name, _)| *name == reader).unwrap().1(&json(body))
}

#[test]
fn every_published_request_and_every_sample_is_read() {
    #[rustfmt::skip]
    let published = [
        ("open", r#"{"document":"11111111111","documentType":"CPF","email":"test@test.com","creditLimit":"1100","tolerance":"0.2"}"#),
        ("update", r#"{"email":"test1@test.com","document":"111111111111","documentType":"CPF","creditLimit":3400,"tolerance":0.25}"#),
        ("open by id", r#"{"email":"test1@test.com","document":"111111111111","documentType":"CPF","creditLimit":3400,"tolerance":0.25}"#),
        ("limit", r#"{"value":5500}"#),
        ("tolerance", r#"{"value":0.3}"#),
        ("balance", r#"{"value":"-15"}"#),
        ("authorize", r#"{"value":49.7,"settle":true,"installments":1,"expirationDate":"2023-11-25"}"#),
        ("change", r#"{"value":55.0,"settle":true,"installments":1}"#),
        ("settle", r#"{"value":49.95}"#),
        ("refund", r#"{"value":30}"#),
        ("invoice", r#"{"status":"Paid","observation":"BF 2023 customer invoice.","paymentLink":"https://paymentlink.com"}"#),
        ("postpone", r#"{"dueDays":10}"#),
        ("store", r#"{"dailyInterestRate":0.01,"invoicePostponementLimit":2,"taxRate":0.4,"maxPostponementDays":3,"defaultCreditValue":150.0,"maxPreAuthorizationGrowthRate":0.1,"myCreditsEnabled":true,"toleranceEnabled":true,"automaticCheckingAccountCreationEnabled":true,"postponementEnabled":true,"notificationsSettings":{"daysPrior":[{"days":1,"timeOfDay":"16:00:00"}],"daysAfter":[{"days":0,"timeOfDay":"12:00:00"}]}}"#),
    ];
    for (reader, body) in published {
        assert_eq!(reads(reader, body), [""; 0], "{reader}");
        // Whatever else a client sends is let be.
        let more = body.replacen('{', r#"{"antifraud":null,"x":[{"y":1}],"#, 1);
        assert_eq!(reads(reader, &more), [""; 0], "{reader}");
    }
    let holder = r#"{"claims":{"email":"email@domain.com"},"level":2}"#;
    assert_eq!(HolderBody::read(&json(holder)).unwrap().as_str(), "email@domain.com");

    let samples = [
        ("open", written(&OpenBody::sample())),
        ("update", written(&UpdateBody::sample())),
        ("limit", written(&ChangeLimitBody::sample())),
        ("tolerance", written(&ChangeToleranceBody::sample())),
        ("balance", written(&AdjustBalanceBody::sample())),
        ("authorize", written(&AuthorizeBody::sample())),
        ("change", written(&ChangeHoldBody::sample())),
        ("settle", written(&SettleBody::sample())),
        ("refund", written(&RefundBody::sample())),
        ("invoice", written(&UpdateInvoiceBody::sample())),
        ("postpone", written(&PostponeBody::sample())),
        ("store", written(&StoreConfigurationBody::sample())),
    ];
    for (reader, sample) in samples {
        let read = READERS.iter().find(|(name, _)| *name == reader).unwrap().1;
        assert_eq!(read(&sample), [""; 0], "{reader}");
    }
    assert!(HolderBody::read(&written(&HolderBody::sample())).is_ok());
}

#[test]
fn an_opening_is_of_its_document_and_what_is_not_sent_is_usual() {
    let body = r#"{"document":"55555555555","documentType":"CPF","email":"a+b_c@test.com","creditLimit":"3000","tolerance":"0.05","description":""}"#;
    let opening = OpenBody::read(&json(body), USD).unwrap();
    assert_eq!(opening.customer.as_str(), "55555555555_CPF");
    let terms = (opening.command.limit.minor(), opening.command.tolerance.millionths());
    assert_eq!(terms, (300_000, 50_000));
    assert_eq!(opening.contact.email.unwrap().as_str(), "a+b_c@test.com");
    assert_eq!(opening.contact.description, None);

    let (open, contact) = read_opening(r#"{"email":"a@b.c","document":null}"#, USD).unwrap();
    assert_eq!((open.limit.minor(), open.tolerance.millionths()), (10_000, 0));
    assert_eq!((contact.document, contact.document_type), (None, None));
    let (open, _) = read_opening(r#"{"email":"a@b.c"}"#, Currency::Clp).unwrap();
    assert_eq!(open.limit.minor(), 100);
}

#[test]
fn an_update_removes_a_document_that_is_not_sent_and_nothing_else() {
    let update = read_update(r#"{"email":"","creditLimit":null}"#).unwrap();
    assert_eq!((update.command.limit, update.command.tolerance), (None, None));
    assert_eq!(update.change, ContactChange::Update { email: None, document: None, document_type: None });
    let update = read_update(r#"{"document":"1","documentType":"RUC","tolerance":"0.25"}"#).unwrap();
    assert_eq!(update.command.tolerance.unwrap().millionths(), 250_000);
    let ContactChange::Update { document, document_type, .. } = update.change else { panic!() };
    assert_eq!((document.unwrap().as_str(), document_type.unwrap().as_str()), ("1", "RUC"));
}

#[test]
fn an_id_that_is_sent_is_the_one_of_the_path() {
    for id in ["\"1_CPF\"", "null", "\"\""] {
        let body = format!(r#"{{"id":{id},"email":"a@b.c"}}"#);
        assert_eq!((reads("update", &body), reads("open by id", &body)), (vec![], vec![]), "{id}");
    }
    let error = FieldError { field: "id".to_owned(), fault: Fault::NotAsInPath("1_CPF".to_owned()) };
    let body = r#"{"id":"2_CPF","email":"a@b.c"}"#;
    assert_eq!(read_update(body), Err(vec![error.clone()]));
    assert_eq!(read_opening(body, USD), Err(vec![error]));
    for id in ["1", "\"1_cpf\"", "\" 1_CPF\"", "[]"] {
        let body = format!(r#"{{"id":{id},"email":"x"}}"#);
        assert_eq!(reads("update", &body), ["id", "email"], "{id}");
        assert_eq!(reads("open by id", &body), ["id", "email"], "{id}");
    }
}

#[test]
fn a_reason_is_of_its_field() {
    let fault = |errors: Vec<FieldError>| errors.into_iter().map(|error| error.fault).collect::<Vec<_>>();
    let opening =
        r#"{"document":"..","documentType":"a/b","email":"a@b.c","creditLimit":"x","tolerance":""}"#;
    assert_eq!(
        fault(OpenBody::read(&json(opening), USD).unwrap_err()),
        [Fault::NotAKey(100), Fault::NotAKey(50), Fault::NotANumber("5000.00"), Fault::NotANumber("0.05")]
    );
    let hold = |currency| AuthorizeBody::read(&json(r#"{"value":"x","installments":"tres"}"#), currency);
    assert_eq!(fault(hold(USD).unwrap_err()), [Fault::NotANumber("5000.00"), Fault::NotANumber("3")]);
    assert_eq!(fault(hold(Currency::Clp).unwrap_err())[0], Fault::NotANumber("5000"));
    let store = r#"{"taxRate":"x","notificationsSettings":{"daysPrior":[{},{},{},{}]}}"#;
    assert_eq!(
        fault(StoreConfigurationBody::read(&json(store), USD).unwrap_err()),
        [Fault::NotANumber("0.05"), Fault::TooManyEntries(3)]
    );
    let days = |days: u32| PostponeBody::read(&json(&format!(r#"{{"dueDays":{days}}}"#)), invoice());
    assert_eq!(days(3_650).map(|command| command.days), Ok(3_650));
    assert_eq!(fault(days(3_651).unwrap_err()), [Fault::Above("3650".into())]);
}

#[test]
fn a_hold_says_only_what_it_must() {
    let hold = AuthorizeBody::read(&json(r#"{"value":"49.70"}"#), USD).unwrap();
    assert_eq!((hold.amount.minor(), hold.installments.get(), hold.firm), (4_970, 1, false));
    assert_eq!((hold.expires_at, hold.order), (None, None));
    let body = r#"{"value":1,"settle":"TRUE","installments":"48","expirationDate":"2023-11-25T10:00:00-05:00","orderId":"o-1"}"#;
    let hold = AuthorizeBody::read(&json(body), USD).unwrap();
    assert_eq!((hold.installments.get(), hold.firm), (48, true));
    assert_eq!(hold.expires_at.unwrap().to_string(), "2023-11-25T15:00:00Z");
    let change = ChangeHoldBody::read(&json(r#"{"value":55,"installments":null}"#), USD, transaction());
    let change = change.unwrap();
    assert_eq!((change.installments, change.firm, change.expires_at), (None, None, None), "it stays");
}

#[test]
fn an_invoice_changes_by_what_is_sent() {
    let read = |body: &str| UpdateInvoiceBody::read(&json(body), invoice()).unwrap();
    for body in ["{}", r#"{"status":null,"observation":null}"#, r#"{"status":""}"#] {
        let (update, notes) = read(body);
        assert_eq!((update.state, update.annotated, notes), (None, false, None), "{body}");
    }
    let words = [
        ("open", InvoiceState::Open),
        ("Opened", InvoiceState::Open),
        ("PAID", InvoiceState::Paid),
        ("cancelled", InvoiceState::Cancelled),
    ];
    for (word, state) in words {
        assert_eq!(read(&format!(r#"{{"status":"{word}"}}"#)).0.state, Some(state), "{word}");
    }
    let (update, notes) = read(r#"{"observation":"","paymentLink":"https://pay.example"}"#);
    let notes = notes.unwrap();
    assert!(update.annotated && notes.invoice == invoice());
    assert_eq!(notes.observation, NoteChange::Clear);
    assert!(matches!(notes.payment_link, NoteChange::Set(link) if link.as_str() == "https://pay.example"));
}

#[rustfmt::skip]
const WRONG: [(&str, &str, &[&str]); 35] = [
    ("open",      "[]",                                                              &[""]),
    ("open",      "{}",                                       &["document", "documentType", "email", "creditLimit"]),
    ("open",      r#"{"document":"1/2","documentType":"","email":"x","creditLimit":-1,"tolerance":1e9}"#,
                                             &["document", "documentType", "email", "creditLimit", "tolerance"]),
    ("open",      r#"{"document":5,"documentType":"CPF","email":"a@b.c","creditLimit":"1,5","tolerance":"-1","description":[]}"#,
                                                            &["document", "creditLimit", "tolerance", "description"]),
    ("open by id", r#"{"creditLimit":true}"#,                                        &["email", "creditLimit"]),
    ("open by id", r#"{"email":""}"#,                                                &["email"]),
    ("update",    r#"{"email":"a b@c.d","document":"a/b","tolerance":"x"}"#,         &["email", "document", "tolerance"]),
    ("update",    r#"{"email":5}"#,                                                  &["email"]),
    ("limit",     r#"{"value":null}"#,                                               &["value"]),
    ("limit",     r#"{"value":"mil"}"#,                                              &["value"]),
    ("limit",     r#"{"value":0.001}"#,                                              &["value"]),
    ("tolerance", r#"{"value":-1}"#,                                                 &["value"]),
    ("tolerance", r#"{"value":1000000000}"#,                                         &["value"]),
    ("balance",   r#"{"value":"--15"}"#,                                             &["value"]),
    ("balance",   r#"{"value":true}"#,                                               &["value"]),
    ("authorize", r#"{"value":0,"settle":"yes","installments":0,"expirationDate":"2023-02-29","orderId":5}"#,
                                           &["value", "settle", "installments", "expirationDate", "orderId"]),
    ("authorize", r#"{"value":1,"installments":1.5}"#,                               &["installments"]),
    ("authorize", r#"{"value":1,"installments":10000}"#,                             &["installments"]),
    ("authorize", r#"{"value":1,"installments":49}"#,                                &["installments"]),
    ("authorize", r#"{"value":1,"installments":"-1"}"#,                              &["installments"]),
    ("authorize", r#"{"value":1,"expirationDate":20231125}"#,                        &["expirationDate"]),
    ("authorize", r#"{"value":1,"value":2}"#,                                        &["value"]),
    ("change",    r#"{"value":-5}"#,                                                 &["value"]),
    ("settle",    r#"{"value":"0.00"}"#,                                             &["value"]),
    ("settle",    r#"{"value":[]}"#,                                                 &["value"]),
    ("refund",    r#"{"value":1e400}"#,                                              &["value"]),
    ("invoice",   r#"{"status":"Late","observation":7}"#,                            &["status", "observation"]),
    ("invoice",   r#"{"status":false,"paymentLink":" x"}"#,                          &["status", "paymentLink"]),
    ("postpone",  r#"{"dueDays":0}"#,                                                &["dueDays"]),
    ("postpone",  r#"{"dueDays":"many"}"#,                                           &["dueDays"]),
    ("postpone",  r#"{"dueDays":3651}"#,                                             &["dueDays"]),
    ("store",     r#"{"invoicePostponementLimit":101,"maxPostponementDays":3651,"taxRate":100.1}"#,
                                            &["invoicePostponementLimit", "taxRate", "maxPostponementDays"]),
    ("store",     r#"{"toleranceEnabled":1,"postponementEnabled":"perhaps","myCreditsEnabled":[]}"#,
                                            &["myCreditsEnabled", "toleranceEnabled", "postponementEnabled"]),
    ("store",     r#"{"notificationsSettings":{"daysPrior":[{"days":11,"timeOfDay":"noon"}],"daysAfter":[5]}}"#,
                  &["notificationsSettings.daysPrior[0].days", "notificationsSettings.daysPrior[0].timeOfDay",
                    "notificationsSettings.daysAfter[0]"]),
    ("store",     r#"{"notificationsSettings":{"daysPrior":[{},{},{},{}]}}"#,        &["notificationsSettings.daysPrior"]),
];

#[test]
fn every_wrong_field_is_named_at_once() {
    for (reader, body, expected) in WRONG {
        assert_eq!(reads(reader, body), expected, "{reader} {body}");
    }
    for body in ["{}", r#"{"claims":"x"}"#, r#"{"claims":[]}"#] {
        assert_eq!(named(HolderBody::read(&json(body))), ["claims"], "{body}");
    }
    for body in [r#"{"claims":{}}"#, r#"{"claims":{"email":"nobody"}}"#, r#"{"claims":{"email":null}}"#] {
        assert_eq!(named(HolderBody::read(&json(body))), ["claims.email"], "{body}");
    }
}

#[test]
fn a_configuration_changes_by_what_is_sent() {
    let (mut policy, mut preferences) = (Policy::usual(USD), Preferences::default());
    let mut change = |body: &str| {
        StoreConfigurationBody::read(&json(body), USD).unwrap().apply(&mut policy, &mut preferences);
        serde_json::to_string(&StoreConfiguration::new(&policy, &preferences)).unwrap()
    };
    let first = change("{}");
    let defaults = r#"{"dailyInterestRate":0,"invoicePostponementLimit":0,"taxRate":0,"maxPostponementDays":0,"defaultCreditValue":2000.00,"postponementEnabled":false,"automaticCheckingAccountCreationEnabled":false,"toleranceEnabled":true,"myCreditsEnabled":false,"maxPreAuthorizationGrowthRate":0,"notificationsSettings":{"daysPrior":[{"days":5,"timeOfDay":"12:00:00"},{"days":1,"timeOfDay":"12:00:00"},{"days":0,"timeOfDay":"12:00:00"}],"daysAfter":[{"days":3,"timeOfDay":"12:00:00"}]}}"#;
    assert_eq!(first, defaults);
    let after = change(
        r#"{"dailyInterestRate":"0.010","myCreditsEnabled":"true","notificationsSettings":{"daysPrior":[]}}"#,
    );
    let expected = defaults
        .replace(r#""dailyInterestRate":0"#, r#""dailyInterestRate":0.01"#)
        .replace(r#""myCreditsEnabled":false"#, r#""myCreditsEnabled":true"#);
    let (head, tail) = expected.split_once(r#""daysPrior":["#).unwrap();
    let (_, tail) = tail.split_once(']').unwrap();
    let expected = format!(r#"{head}"daysPrior":[]{tail}"#);
    assert_eq!(after, expected, "the other list stays");
    assert_eq!(change(r#"{"taxRate":null,"notificationsSettings":null}"#), expected);
    let whole = serde_json::to_string(&StoreConfigurationBody::sample()).unwrap();
    assert!(change(&whole).contains(r#""defaultCreditValue":150.00,"postponementEnabled":true"#));
}

/// A query as the server hands it over.
fn query<T>(text: &str, reader: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), Json::Text(value.replace('+', " ")))
    });
    read_query(&pairs.collect::<Vec<_>>(), reader)
}

fn accounts(text: &str) -> Result<AccountsQuery, Vec<FieldError>> {
    query(text, AccountsQuery::read)
}

fn invoices(text: &str) -> Result<InvoicesQuery, Vec<FieldError>> {
    query(text, |fields| InvoicesQuery::read(fields, USD))
}

#[test]
fn pages_are_positions_from_one() {
    let page = |text: &str| accounts(text).map(|query| (query.positions.first, query.positions.last));
    let cases = [
        ("", (1, 20)),
        ("from=&to=", (1, 20)),
        ("from=9&to=9", (9, 9)),
        ("from=21", (21, 40)),
        ("to=40", (1, 40)),
        ("from=9&to=1008", (9, 1008)),
        ("from=1.0&to=2", (1, 2)),
        ("from=999999999999", (999_999_999_999, 1_000_000_000_018)),
    ];
    for (text, expected) in cases {
        assert_eq!(page(text), Ok(expected), "{text}");
    }
    let wrong = [
        ("from=0", "from", Fault::Below("1".into())),
        ("from=-1", "from", Fault::Below("1".into())),
        ("from=x", "from", Fault::NotANumber("3")),
        ("from=9223372036854775807", "from", Fault::Above("999999999999".into())),
        ("from=5&to=4", "to", Fault::Below("5".into())),
        ("from=1&to=1001", "to", Fault::Above("1000".into())),
        ("to=0", "to", Fault::Below("1".into())),
        ("from=1&from=2", "from", Fault::Repeated),
    ];
    for (text, field, fault) in wrong {
        assert_eq!(page(text), Err(vec![FieldError { field: field.to_owned(), fault }]), "{text}");
    }
}

#[test]
fn accounts_are_asked_for_by_words_in_any_case() {
    let open = |text: &str| accounts(text).unwrap().open;
    for word in ["Open", "opened", "OPEN"] {
        assert_eq!(open(&format!("status={word}")), Some(true), "{word}");
    }
    for word in ["cLOSED", "Paid", "cancelled"] {
        assert_eq!(open(&format!("status={word}")), Some(false), "{word}");
    }
    assert_eq!((open(""), open("status=")), (None, None));
    let read = accounts("email=c+d_e@test.com&document=100&userId=300_CPF&op=OR&_fields=id").unwrap();
    assert_eq!(read.email.unwrap().as_str(), "c+d_e@test.com");
    assert_eq!(read.document.unwrap().as_str(), "100");
    assert!(read.user.unwrap().as_str() == "300_CPF" && read.any && !read.finds_nothing);
    assert_eq!(named(accounts("status=Late&op=xor&from=0")), ["from", "op", "status"]);
}

#[test]
fn what_no_record_can_be_is_not_found_and_no_error() {
    for text in ["email=test.com", "email=%", "document=a/b", "userId=a/b", "document=1&email=x"] {
        assert!(accounts(text).unwrap().finds_nothing, "{text}");
    }
    for text in ["email=x&document=1&op=or", "email=&document=1", "status=Open&email=x&op=or"] {
        assert!(!accounts(text).unwrap().finds_nothing, "{text}");
    }
    assert!(accounts("email=x&op=or").unwrap().finds_nothing, "nothing else is asked for");
    for text in ["Id=nonsense", "id=x", "orderId= x", "creditAccountId=a/b", "value=1&id=x"] {
        assert!(invoices(text).unwrap().finds_nothing, "{text}");
    }
    assert!(!invoices("dueDateTo=2025-01-01&id=x&op=or").unwrap().finds_nothing);
}

#[test]
fn invoices_are_asked_for_by_each_filter() {
    let text = "value=50.0&status=open&createdDateFrom=2025-11-30&createDateTo=2025-12-01T00:00:00\
                &dueDateFrom=2025-12-24T23:00:00-05:00&dueDateTo=2025-12-31T00:00:00+01:00\
                &friendlyId=u8KFsGDk-1&observation=BF+2023&orderId=o-1&creditAccountId=2_CPF\
                &Id=A424887D0F2D45028FE5C96E9B0E1A2D-01&nobodyKnows=1";
    let read = invoices(text).unwrap();
    assert_eq!((read.value.unwrap().minor(), read.state, read.any), (5_000, Some(InvoiceState::Open), false));
    let day = |date: Option<QueryDate>| {
        date.unwrap().day(|instant| {
            assert!(["2025-12-25T04:00:00Z", "2025-12-30T23:00:00Z"].contains(&instant.to_string().as_str()));
            Day::parse("2025-12-24").unwrap()
        })
    };
    let days = [read.created_from, read.created_to, read.due_from, read.due_to].map(day);
    assert_eq!(days.map(|day| day.to_string()), ["2025-11-30", "2025-12-01", "2025-12-24", "2025-12-24"]);
    assert_eq!(read.friendly.as_deref(), Some("u8KFsGDk-1"));
    assert_eq!(read.observation.unwrap().as_str(), "BF 2023");
    assert_eq!((read.id, read.account.unwrap().as_str()), (Some(invoice()), "2_CPF"));
    assert!(read.order.unwrap().as_str() == "o-1" && !read.finds_nothing);
    let wrong = "status=Late&value=x&dueDateTo=2025-02-29&createdDateFrom=yesterday&from=3&to=2";
    assert_eq!(named(invoices(wrong)), ["to", "createdDateFrom", "dueDateTo", "value", "status"]);
}

#[test]
fn no_stretch_ends_before_it_begins() {
    let before = |field: &str, begin: &str| {
        vec![FieldError { field: field.to_owned(), fault: Fault::Before(begin.to_owned()) }]
    };
    let invoices = |text: &str| invoices(text).err().unwrap_or_default();
    let statement = |text: &str| query(text, StatementQuery::read).err().unwrap_or_default();
    let begin = "2025-12-02";
    for field in ["createdDateTo", "createDateTo"] {
        let reversed = format!("createdDateFrom={begin}&{field}=2025-12-01");
        assert_eq!(invoices(&reversed), before(field, begin), "{reversed}");
    }
    assert_eq!(
        invoices(&format!("dueDateFrom={begin}&dueDateTo=2025-12-01T23:00:00")),
        before("dueDateTo", begin),
        "without a zone it is a day"
    );
    assert_eq!(statement(&format!("from={begin}&to=2025-12-01")), before("to", begin));
    let moments = "from=2025-12-02T10:00:00Z&to=2025-12-02T10:00:00+01:00";
    assert_eq!(statement(moments), before("to", "2025-12-02T10:00:00Z"));
    let both =
        "createdDateFrom=2025-12-02&createdDateTo=2025-12-01&dueDateFrom=2025-12-02&dueDateTo=2025-12-01";
    let named: Vec<String> = invoices(both).into_iter().map(|error| error.field).collect();
    assert_eq!(named, ["createdDateTo", "dueDateTo"]);
    // The day of a moment is the store's to tell.
    for text in ["from=2025-12-02&to=2025-12-02", "from=2025-12-02&to=2025-12-01T10:00:00Z", "to=2025-12-01"]
    {
        assert_eq!(statement(text), [], "{text}");
    }
}

#[test]
fn a_stretch_of_a_statement_and_conditions_are_asked_for() {
    let read = query("from=2025-12-02&to=&x=1", StatementQuery::read).unwrap();
    assert!(matches!((read.from, read.to), (Some(QueryDate::Day(_)), None)));
    assert_eq!(named(query("from=soon&to=2025-13-01", StatementQuery::read)), ["from", "to"]);
    let conditions = |text: &str| query(text, PurchaseConditionsQuery::read);
    assert_eq!(conditions("email=1+a@test.com&sc=1&skus=1,2").unwrap().email.as_str(), "1+a@test.com");
    let channel = |text: &str| conditions(&format!("email=1@test.com{text}")).unwrap().channel;
    assert_eq!([channel("&sc=1"), channel("&salesChannel=1")], [Some("1".to_owned()), Some("1".to_owned())]);
    assert_eq!([channel(""), channel("&sc=&skus=1")], [None, None]);
    assert_eq!(named(conditions(&format!("email=x&sc={}", "1".repeat(101)))), ["email", "sc"]);
    for text in ["", "email=", "email=x"] {
        assert_eq!(named(conditions(text)), ["email"], "{text}");
    }
}
