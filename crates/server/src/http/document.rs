//! What operations have in common in their OpenAPI documentation: parameters and refusals.

use super::examples::example;
use fiado_contract::catalogue::{MESSAGES, Message};
use fiado_core::account::InvoiceState;
use std::collections::BTreeMap;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};

/// The parameters of a command: the customer, the idempotency key, the organization.
pub(crate) struct CommandParameters;

/// The parameters of many operations: the idempotency key, the organization.
pub(crate) struct BulkParameters;

/// The parameters of an account's reader: the customer, the organization.
pub(crate) struct AccountParameters;

/// The parameters of any call: the organization.
pub(crate) struct OrganizationParameters;

/// The parameter of a reader that answers 304 where nothing has changed.
pub(crate) struct ConditionalParameters;

/// The parameter of the invoices: open, paid, or all.
pub(crate) struct InvoiceStatusParameter;

/// The parameter of the requests: where their accounts stand, or all.
pub(crate) struct AccountStatusParameter;

/// The parameters of the calendar of due days: from when until when.
pub(crate) struct DueCalendarParameters;

/// The parameters of a list: where to go on, and how many.
pub(crate) struct PageParameters;

impl IntoParams for CommandParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![customer(), idempotency_key(), organization(), tenant()]
    }
}

impl IntoParams for BulkParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let description = "Clave de las operaciones que no tienen una propia: de cada una es esta, `/` y su índice, desde 0.";
        let key = text("Idempotency-Key", ParameterIn::Header, description, 255);
        vec![key.build(), organization(), tenant()]
    }
}

impl IntoParams for AccountParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![customer(), organization(), tenant()]
    }
}

impl IntoParams for OrganizationParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![organization(), tenant()]
    }
}

impl IntoParams for ConditionalParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            text("If-None-Match", ParameterIn::Header, "El `ETag` de una respuesta anterior.", 1_000).build(),
        ]
    }
}

impl IntoParams for InvoiceStatusParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let words = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(InvoiceState::ALL.map(InvoiceState::word)));
        vec![status(
            "`open`: con algo por pagar; `paid`: pagadas; `cancelled`: anuladas; sin él, todas.",
            words,
        )]
    }
}

impl IntoParams for AccountStatusParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let words = Ref::from_schema_name("AccountStatus");
        vec![status("El estado de la cuenta: `pending` son las que esperan decisión; sin él, todas.", words)]
    }
}

impl IntoParams for DueCalendarParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            day("from", "El primer día; sin él, el primero en que se debe algo, también si ya venció."),
            day("to", "El último día; sin él, 366 días después de hoy, o de `from` si es posterior."),
        ]
    }
}

impl IntoParams for PageParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let cursor = text(
            "cursor",
            ParameterIn::Query,
            "El cursor de otra página: `next_cursor` o `previous_cursor`.",
            4_096,
        );
        let schema = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(100));
        let limit = ParameterBuilder::new()
            .name("limit")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some("Cuántos elementos, de 1 a 100; 20 si no se indica."))
            .schema(Some(schema.default(Some(20.into()))));
        vec![cursor.build(), limit.build()]
    }
}

fn text(name: &str, place: ParameterIn, description: &str, longest: usize) -> ParameterBuilder {
    let schema = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest));
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
}

fn day(name: &str, description: &str) -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

fn status(description: &str, words: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name("status")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(words))
        .build()
}

fn customer() -> Parameter {
    text("customer_id", ParameterIn::Path, "El cliente: texto imprimible sin «/».", 200)
        .example(Some("cust_456".into()))
        .build()
}

fn idempotency_key() -> Parameter {
    let description =
        "Clave de repetición segura. La misma clave con el mismo cuerpo devuelve la primera respuesta.";
    text("Idempotency-Key", ParameterIn::Header, description, 255)
        .example(Some("7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11".into()))
        .build()
}

fn organization() -> Parameter {
    let description = "La organización, si el token no la dice.";
    text("X-Organization-ID", ParameterIn::Header, description, 100).build()
}

fn tenant() -> Parameter {
    let description = "Otro nombre de `X-Organization-ID`. Si se envían los dos, deben decir lo mismo.";
    text("X-Tenant-ID", ParameterIn::Header, description, 100).build()
}

/// What any call may be answered with instead.
const OF_ANY: &[&str] = &[
    "CRD-1001", "CRD-1005", "CRD-1006", "CRD-1009", "CRD-1010", "CRD-1013", "CRD-1014", "CRD-3001",
    "CRD-3002",
];
/// What a call that asks for no permission may be answered with instead.
const OF_ANYBODY: &[&str] =
    &["CRD-1001", "CRD-1005", "CRD-1009", "CRD-1010", "CRD-1014", "CRD-3001", "CRD-3002"];
/// What a call about an account may be answered with instead.
const OF_ACCOUNT: &[&str] = &["CRD-2001"];
/// What a call with a body may be answered with instead.
const OF_BODY: &[&str] = &["CRD-1002", "CRD-1003", "CRD-1004", "CRD-1015"];
/// What a call that writes may be answered with instead.
const OF_COMMAND: &[&str] = &["CRD-1011", "CRD-1012", "CRD-3003"];

/// Declares a set of refusals: those of its kind, and the operation's own.
macro_rules! refusals {
    ($($(#[$documentation:meta])* $name:ident = $kinds:expr, $own:expr;)*) => {
        $(
            $(#[$documentation])*
            pub(crate) struct $name;

            impl utoipa::IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    let kinds: &[&[&str]] = &$kinds;
                    documented(&kinds.concat(), &$own)
                }
            }
        )*
    };
}

refusals! {
    /// Of the session.
    SessionErrors = [OF_ANYBODY], [];
    /// Of a list of an organization's.
    ListErrors = [OF_ANY], [];
    /// Of a reader of an account.
    ReadErrors = [OF_ANY, OF_ACCOUNT], [];
    /// Of a reader of an account that asks with a body.
    ReadBodyErrors = [OF_ANY, OF_ACCOUNT, OF_BODY], [];
    /// Of a request for a line.
    RequestErrors = [OF_ANY, OF_BODY, OF_COMMAND], ["CRD-2002"];
    /// Of an approval.
    ApproveErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND], ["CRD-2002", "CRD-2005"];
    /// Of a decision about where a line stands.
    StandingErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND], ["CRD-2002"];
    /// Of the end of a line.
    CancelErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND], ["CRD-2002", "CRD-2010"];
    /// Of a change of a line's terms.
    ChangeErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND], ["CRD-2015"];
    /// Of a purchase.
    UseErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND],
        [
            "CRD-2003", "CRD-2004", "CRD-2006", "CRD-2008", "CRD-2009", "CRD-2014", "CRD-2015", "CRD-2039",
            "CRD-2040",
        ];
    /// Of a payment.
    PayErrors = [OF_ANY, OF_ACCOUNT, OF_BODY, OF_COMMAND],
        ["CRD-2007", "CRD-2011", "CRD-2012", "CRD-2013", "CRD-2014", "CRD-2015"];
    /// Of many operations together.
    BulkErrors = [OF_ANY, OF_BODY], ["CRD-3003"];
    /// Of a payment that is only looked at.
    PreviewPaymentErrors = [OF_ANY, OF_ACCOUNT, OF_BODY],
        ["CRD-2007", "CRD-2011", "CRD-2012", "CRD-2013", "CRD-2014", "CRD-2015"];
}

/// One response a status, with its codes and their sentences from the catalogue.
fn documented(kinds: &[&str], own: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<&Message>> = BTreeMap::new();
    for message in
        MESSAGES.iter().filter(|message| kinds.contains(&message.code) || own.contains(&message.code))
    {
        by_status.entry(message.status).or_default().push(message);
    }
    by_status.into_iter().map(|(status, messages)| (status.to_string(), refusal(&messages).into())).collect()
}

/// `{name}` in a sentence is the figure of that name in `details`.
fn line(message: &Message) -> String {
    format!("- `{}` `{}`: {}", message.code, message.kind, message.spanish)
}

fn refusal(messages: &[&Message]) -> Response {
    let lines: Vec<String> = messages.iter().map(|message| line(message)).collect();
    let examples = messages.iter().map(|message| (message.code, example(message.code)));
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("ErrorEnvelope")))
        .examples_from_iter(examples)
        .build();
    ResponseBuilder::new().description(lines.join("\n")).content("application/json", content).build()
}
