use super::envelope::ErrorBody;
use super::{PayAnswer, PayBody, UseCreditAnswer, UseCreditBody};
use crate::catalogue::{Language, Problem};
use crate::fields::{FieldError, Fields, read};
use crate::json::Json;
use crate::vtex::{AuthorizeBody, HoldAnswer, RefundAnswer, RefundBody, SettleAnswer, SettleBody};
use fiado_core::account::{Command, Receipt, Release};
use fiado_core::calendar::Day;
use fiado_core::identity::{CustomerId, TextError, TransactionId};
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};

/// Varias operaciones en una solicitud, de cualesquiera clientes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(BulkBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct BulkBody {
    /// `true`: se hacen todas o ninguna. `false`, o sin él: cada una por sí misma, en su orden.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_or_nothing: Option<bool>,
    /// Las operaciones, de 1 a 100, en el orden en que se deciden.
    #[schema(min_items = 1, max_items = 100)]
    pub operations: Vec<BulkedBody>,
}

/// Una de las operaciones.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkedBody {
    /// Cuál: `use` compra, `payment` registra un pago, `authorize` reserva crédito, `settle` liquida una reserva,
    /// `release` la libera, `refund` reembolsa una compra.
    #[schema(schema_with = operation_words)]
    pub operation: &'static str,
    /// El cliente: texto imprimible sin «/».
    #[schema(min_length = 1, max_length = 200, example = "cust_456")]
    pub customer_id: String,
    /// La reserva o la compra; con `settle`, `release` y `refund`, y solo con ellas.
    #[schema(nullable = false, min_length = 1, max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    /// Clave de repetición segura de esta operación, como el encabezado `Idempotency-Key` de la suya. Sin ella, si la
    /// solicitud trae el encabezado, es la de él con `/` y el índice de la operación.
    #[schema(nullable = false, min_length = 1, max_length = 255)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    /// El mismo cuerpo que recibe la operación por sí sola; `release` no lleva ninguno.
    #[schema(schema_with = any_body)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

fn operation_words() -> RefOr<Schema> {
    let words = BulkOperation::ALL.map(BulkOperation::word);
    let description = "Cuál: `use` compra, `payment` registra un pago, `authorize` reserva crédito, `settle` liquida una \
                       reserva, `release` la libera, `refund` reembolsa una compra.";
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some(description))
        .enum_values(Some(words))
        .into()
}

fn any_body() -> RefOr<Schema> {
    let names = [
        UseCreditBody::name(),
        PayBody::name(),
        AuthorizeBody::name(),
        SettleBody::name(),
        RefundBody::name(),
    ];
    let description = "El mismo cuerpo que recibe la operación por sí sola; `release` no lleva ninguno.";
    any_of(&names, description)
}

/// One of these schemas, whichever the operation says.
fn any_of(names: &[std::borrow::Cow<'_, str>], description: &str) -> RefOr<Schema> {
    let schemas = names.iter().map(|name| Ref::from_schema_name(name.as_ref()));
    let any = schemas.fold(AnyOfBuilder::new(), AnyOfBuilder::item);
    any.description(Some(description)).into()
}

/// An operation that may stand in a list of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkOperation {
    /// `POST /api/v1/customers/{customer_id}/credit/use`.
    Use,
    /// `POST /api/v1/customers/{customer_id}/credit/payment`.
    Payment,
    /// `POST /api/creditcontrol/accounts/{creditAccountId}/transactions`.
    Authorize,
    /// `PUT …/transactions/{transactionId}/settlement`.
    Settle,
    /// `DELETE …/transactions/{transactionId}`.
    Release,
    /// `POST …/transactions/{transactionId}/refunds`.
    Refund,
}

impl BulkOperation {
    const ALL: [BulkOperation; 6] = [
        BulkOperation::Use,
        BulkOperation::Payment,
        BulkOperation::Authorize,
        BulkOperation::Settle,
        BulkOperation::Release,
        BulkOperation::Refund,
    ];
    const WORDS: &'static [&'static str] = &["use", "payment", "authorize", "settle", "release", "refund"];

    /// The word it is asked for by.
    pub const fn word(self) -> &'static str {
        match self {
            BulkOperation::Use => "use",
            BulkOperation::Payment => "payment",
            BulkOperation::Authorize => "authorize",
            BulkOperation::Settle => "settle",
            BulkOperation::Release => "release",
            BulkOperation::Refund => "refund",
        }
    }

    fn of_word(word: &str) -> Option<BulkOperation> {
        BulkOperation::ALL.into_iter().find(|operation| operation.word() == word)
    }

    /// Whether it is about a transaction that is there.
    fn names_transaction(self) -> bool {
        matches!(self, BulkOperation::Settle | BulkOperation::Release | BulkOperation::Refund)
    }
}

/// Operations that were asked for together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// Whether none is done where one is not.
    pub all_or_nothing: bool,
    /// The operations, in order.
    pub operations: Vec<Bulked>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulked {
    /// Which.
    pub operation: BulkOperation,
    /// Whose account.
    pub customer: CustomerId,
    /// Under which key it may be repeated.
    pub idempotency_key: Option<String>,
    /// What is asked of the account, or what is wrong with its own body: the others are none the worse.
    pub command: Result<Command, Vec<FieldError>>,
}

/// How long an idempotency key may be.
const LONGEST_KEY: usize = 255;

impl BulkBody {
    /// How many operations it may have.
    pub const MOST_OPERATIONS: usize = 100;

    /// An example.
    pub fn sample() -> BulkBody {
        let operation = |operation: BulkOperation, key: &str, body| BulkedBody {
            operation: operation.word(),
            customer_id: "cust_456".to_owned(),
            transaction_id: None,
            idempotency_key: Some(key.to_owned()),
            body,
        };
        let purchase = serde_json::to_value(UseCreditBody::sample()).ok();
        let payment = serde_json::to_value(PayBody::sample()).ok();
        BulkBody {
            all_or_nothing: Some(false),
            operations: vec![
                operation(BulkOperation::Use, "order_789", purchase),
                operation(BulkOperation::Payment, "PAY-123456", payment),
            ],
        }
    }

    /// Reads a body on the store's present day.
    ///
    /// # Errors
    /// Every wrong field that is no operation's own body's; those are told operation by operation.
    pub fn read(json: &Json, currency: Currency, today: Day) -> Result<Bulk, Vec<FieldError>> {
        read(json, |fields| {
            let all_or_nothing = fields.optional("all_or_nothing", Fields::boolean);
            let operations = fields.list("operations", BulkBody::MOST_OPERATIONS, |fields| {
                read_operation(fields, currency, today)
            });
            Some(Bulk { all_or_nothing: all_or_nothing?.unwrap_or(false), operations: operations? })
        })
    }
}

fn read_operation(fields: &mut Fields<'_>, currency: Currency, today: Day) -> Option<Bulked> {
    let operation = fields.word("operation", BulkOperation::WORDS, BulkOperation::of_word);
    let customer = fields.key("customer_id", CustomerId::LONGEST, CustomerId::new);
    let key = fields.optional("idempotency_key", |fields, name| fields.text(name, LONGEST_KEY, check_key));
    let names_transaction = operation.is_some_and(BulkOperation::names_transaction);
    let transaction = names_transaction
        .then(|| fields.key("transaction_id", TransactionId::LONGEST, TransactionId::new))
        .flatten();
    let nothing = Json::Object(Vec::new());
    let body = fields.written("body").unwrap_or(&nothing);
    let (operation, customer, idempotency_key) = (operation?, customer?, key?);
    let command = read_command(operation, transaction, body, currency, today);
    Some(Bulked { operation, customer, idempotency_key, command })
}

/// Reads an operation's own body, as the operation does alone.
fn read_command(
    operation: BulkOperation,
    transaction: Option<TransactionId>,
    body: &Json,
    currency: Currency,
    today: Day,
) -> Result<Command, Vec<FieldError>> {
    match (operation, transaction) {
        (BulkOperation::Use, _) => UseCreditBody::read(body, currency).map(Command::UseCredit),
        (BulkOperation::Payment, _) => PayBody::read(body, currency, today).map(Command::Pay),
        (BulkOperation::Settle, Some(transaction)) => {
            SettleBody::read(body, currency, transaction).map(Command::Settle)
        }
        (BulkOperation::Release, Some(transaction)) => {
            read(body, |_| Some(Command::Release(Release { transaction })))
        }
        (BulkOperation::Refund, Some(transaction)) => {
            RefundBody::read(body, currency, transaction).map(Command::Refund)
        }
        (BulkOperation::Authorize, _) => AuthorizeBody::read(body, currency).map(Command::Authorize),
        // Named before this, as a field beside the body.
        (_, None) => Err(Vec::new()),
    }
}

/// A key as it could stand in the header: printable ASCII.
fn check_key(key: String) -> Result<String, TextError> {
    match key.len() {
        0 => Err(TextError::Empty),
        length if length > LONGEST_KEY => Err(TextError::TooLong),
        _ if key.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => Ok(key),
        _ => Err(TextError::Forbidden),
    }
}

impl Bulk {
    /// What is wrong with the operations' own bodies, each named by its place in the whole.
    pub fn faults(&self) -> Vec<FieldError> {
        let wrong = self.operations.iter().enumerate();
        let wrong = wrong.filter_map(|(index, bulked)| Some((index, bulked.command.as_ref().err()?)));
        let placed = wrong.flat_map(|(index, faults)| faults.iter().map(move |fault| within(index, fault)));
        placed.collect()
    }
}

fn within(index: usize, FieldError { field, fault }: &FieldError) -> FieldError {
    let place = format!("operations[{index}].body");
    let field = if field.is_empty() { place } else { format!("{place}.{field}") };
    FieldError { field, fault: fault.clone() }
}

/// Lo que se respondió a cada operación.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(BulkAnswer::sample()))]
pub struct BulkAnswer {
    /// Cuántas se hicieron.
    pub succeeded: usize,
    /// Cuántas no.
    pub failed: usize,
    /// Una respuesta por operación, en el mismo orden.
    pub answers: Vec<OperationAnswer>,
}

/// La respuesta a una operación: lo mismo que respondería por sí sola.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OperationAnswer {
    /// `success` o `error`.
    #[schema(schema_with = status_words)]
    pub status: &'static str,
    /// El estado HTTP que tendría por sí sola.
    #[schema(example = 200)]
    #[serde(rename = "statusCode")]
    pub status_code: u16,
    /// `true` si ya se había respondido antes, a la misma clave, orden o referencia de pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replayed: Option<bool>,
    /// Lo que se hizo; no está en un `error` ni en un `release`, que no dice nada más.
    #[schema(schema_with = any_answer)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<BulkedAnswer>,
    /// Qué pasó, y qué haría falta; solo en un `error`.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorBody>,
}

fn status_words() -> RefOr<Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some("`success` o `error`."))
        .enum_values(Some(["success", "error"]))
        .into()
}

fn any_answer() -> RefOr<Schema> {
    let names = [
        UseCreditAnswer::name(),
        PayAnswer::name(),
        HoldAnswer::name(),
        SettleAnswer::name(),
        RefundAnswer::name(),
    ];
    let description = "Lo que se hizo; no está en un `error` ni en un `release`, que no dice nada más.";
    any_of(&names, description)
}

/// What an operation answers alone.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum BulkedAnswer {
    /// A purchase.
    Use(UseCreditAnswer),
    /// A payment.
    Payment(PayAnswer),
    /// A hold.
    Authorize(HoldAnswer),
    /// A settlement.
    Settle(SettleAnswer),
    /// A refund.
    Refund(RefundAnswer),
}

impl OperationAnswer {
    /// That an operation was done; `None` where the receipt is another operation's.
    pub fn done(
        operation: BulkOperation,
        receipt: &Receipt,
        currency: Currency,
        replayed: bool,
    ) -> Option<OperationAnswer> {
        let data = match (operation, receipt) {
            (BulkOperation::Use, Receipt::Usage(usage)) => {
                Some(BulkedAnswer::Use(UseCreditAnswer::new(usage, currency)))
            }
            (BulkOperation::Payment, Receipt::Payment(payment)) => {
                Some(BulkedAnswer::Payment(PayAnswer::new(payment, currency)))
            }
            (BulkOperation::Authorize, Receipt::Hold(hold)) => {
                Some(BulkedAnswer::Authorize(HoldAnswer::new(hold, currency)))
            }
            (BulkOperation::Settle, Receipt::Captured { transaction, amount }) => {
                Some(BulkedAnswer::Settle(SettleAnswer::new(transaction, *amount, currency)))
            }
            (BulkOperation::Refund, Receipt::Captured { amount, .. }) => {
                Some(BulkedAnswer::Refund(RefundAnswer::new(*amount, currency)))
            }
            (BulkOperation::Release, _) => None,
            _ => return None,
        };
        // A payment is answered as something that was made, as it is alone.
        let status_code = if operation == BulkOperation::Payment { 201 } else { 200 };
        Some(OperationAnswer {
            status: "success",
            status_code,
            replayed: replayed.then_some(true),
            data,
            error: None,
        })
    }

    /// Why an operation was not done.
    pub fn refused(problem: &Problem, replayed: bool, language: Language) -> OperationAnswer {
        OperationAnswer {
            status: "error",
            status_code: problem.message().status,
            replayed: replayed.then_some(true),
            data: None,
            error: Some(ErrorBody::new(problem, language)),
        }
    }

    /// Whether it was done.
    pub fn is_success(&self) -> bool {
        self.error.is_none()
    }
}

impl BulkAnswer {
    /// The answers to all operations, in their order.
    pub fn new(answers: Vec<OperationAnswer>) -> BulkAnswer {
        let succeeded = answers.iter().filter(|answer| answer.is_success()).count();
        BulkAnswer { succeeded, failed: answers.len().saturating_sub(succeeded), answers }
    }

    /// An example.
    pub fn sample() -> BulkAnswer {
        let done = |status_code, data| OperationAnswer {
            status: "success",
            status_code,
            replayed: None,
            data: Some(data),
            error: None,
        };
        BulkAnswer::new(vec![
            done(200, BulkedAnswer::Use(UseCreditAnswer::sample())),
            done(201, BulkedAnswer::Payment(PayAnswer::sample())),
        ])
    }
}
