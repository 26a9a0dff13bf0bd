//! The head of the document of VTEX's API, and what the operations of Customer Credit have in common:
//! parameters and refusals. It is in English, as the interface it is compatible with. The gateway's
//! operations stand in the same document ([`crate::gateway`]).

use crate::gateway::{Refusals as GatewayRefusals, open_rules};
use crate::http::{Face, describe_headers, headers, keep_referred};
use fiado_contract::catalogue::{Language, MESSAGES, Message, samples};
use fiado_contract::gateway::GatewayError;
use fiado_contract::vtex::{VtexError, as_seen};
use std::collections::BTreeMap;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};

/// The head of the document; its operations come with their routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fiado: VTEX Customer Credit",
        description = "Customer Credit as VTEX's clients call it: the same accounts, rules and journal as Fiado's façade.\n\n\
            Every success is 200. Every refusal is `{code, message}`: `1099` as VTEX publishes it, all others from 2000 up, listed at each operation; `fields` names what is wrong in a request, `details` has the figures. Messages are English, or Spanish with `Accept-Language: es`.\n\n\
            Every number may be sent as a number or as a text. Amounts are answered with exactly the currency's decimals and are never rounded.\n\n\
            The payment rules and the installments they offer (`/api/pvt`) are the gateway's, whose clients know another refusal: `{error: {code, message, exception}}`. There a refusal has both shapes at once, numbers are written as short as they are, and installments are cut to the currency's decimals.\n\n\
            The old spelling `/transaction` of `/transactions` and trailing slashes serve too. Every operation that writes to an account takes an `Idempotency-Key`; `PUT /accounts/{creditAccountId}` and `PUT /storeconfig` leave the same behind however often they are sent.",
        license(name = "MIT", identifier = "MIT")
    ),
    tags(
        (name = "Accounts", description = "Open, show, change and close accounts."),
        (name = "Holders", description = "Who may buy on an account."),
        (name = "Transactions", description = "Hold credit, settle it, refund it."),
        (name = "Invoices", description = "What is owed, part by part."),
        (name = "Statements", description = "What has moved an account."),
        (name = "Store configuration", description = "What the store has decided about all accounts."),
        (name = "Payment rules", description = "How is paid, when and in how many parts.")
    ),
    components(schemas(VtexError, GatewayError)),
    security(("appKey" = [], "appToken" = []), ("userToken" = []), ("userTokenCookie" = []), ("token" = [])),
    modifiers(&Credentials, &Refusals, &GatewayRefusals)
)]
pub(super) struct Document;

/// How callers show who they are.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let header = |name| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(name)));
        let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        components.add_security_scheme("appKey", header("X-VTEX-API-AppKey"));
        components.add_security_scheme("appToken", header("X-VTEX-API-AppToken"));
        components.add_security_scheme("userToken", header("VtexIdclientAutCookie"));
        components.add_security_scheme("userTokenCookie", cookie("VtexIdclientAutCookie"));
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// What operations refer to: an example of each refusal, made as the server makes the refusal, and the
/// headers of answers.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let examples = samples().into_iter().map(|problem| {
            let error = VtexError::new(&problem, Language::English);
            let (code, value) = (error.code.to_string(), serde_json::to_value(error).ok());
            let kind = as_seen(&problem).message().kind;
            (code, ExampleBuilder::new().summary(kind).value(value).build().into())
        });
        let components = document.components.get_or_insert_default();
        components.examples.extend(examples);
        components.headers.extend(headers(Face::Vtex));
    }
}

/// Says of every operation what none of them says itself: its answers' headers, and that its body is
/// needed.
pub(super) fn complete(document: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let face = Face::of(path);
        item.get.iter_mut().for_each(|reader| describe_headers(face, reader, false));
        for command in item.post.iter_mut().chain(&mut item.put).chain(&mut item.delete) {
            // No account decides about a rule, and no answer is remembered.
            describe_headers(face, command, face == Face::Vtex);
            if let Some(RefOr::T(body)) = &mut command.request_body {
                body.required = Some(Required::True);
            }
        }
    }
    open_rules(document);
    keep_referred(document);
}

/// The whole document, as `/openapi/vtex.json` answers it and `openapi/vtex.json` keeps it.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    super::router().into_openapi()
}

/// Declares sets of parameters.
macro_rules! parameters {
    ($($(#[$documentation:meta])* $name:ident = [$($parameter:expr),*];)*) => {
        $(
            $(#[$documentation])*
            pub(super) struct $name;

            impl utoipa::IntoParams for $name {
                fn into_params(
                    _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
                ) -> Vec<utoipa::openapi::path::Parameter> {
                    vec![$($parameter),*]
                }
            }
        )*
    };
}
pub(crate) use parameters;

parameters! {
    /// Of an operation on the whole store.
    TenantParameters = [organization()];
    /// Of an operation that writes, on no account yet.
    WritingParameters = [idempotency_key(), organization()];
    /// Of an operation that reads an account.
    AccountParameters = [account(), organization()];
    /// Of an operation that writes to an account.
    WritingAccountParameters = [account(), idempotency_key(), organization()];
    /// Of an operation on a transaction.
    TransactionParameters = [account(), transaction(), idempotency_key(), organization()];
    /// Of an operation on a movement of the balance.
    StatementParameters = [account(), statement(), idempotency_key(), organization()];
    /// Of an operation on a holder.
    HolderParameters = [account(), holder(), idempotency_key(), organization()];
    /// Of an operation that reads an invoice.
    InvoiceParameters = [account(), invoice(), organization()];
    /// Of an operation that writes to an invoice.
    WritingInvoiceParameters = [account(), invoice(), friendly(), idempotency_key(), organization()];
    /// Of a statement.
    StretchParameters = [account(), day("from", "The first day."), day("to", "The last day."), organization()];
    /// Of the list of accounts.
    AccountsParameters = [
        position("from", "The first position, from 1."),
        position("to", "The last position, included."),
        words("status", "Only open or only closed ones.", &["Open", "Closed"]),
        query("email", "The e-mail, exactly."),
        query("document", "The document's number, exactly."),
        query("userId", "The account's id, or the id of one of its holders."),
        operator(),
        organization()
    ];
    /// Of the list of all invoices.
    InvoicesParameters = [
        position("from", "The first position, from 1."),
        position("to", "The last position, included."),
        day("createdDateFrom", "Issued on this day or later."),
        day("createdDateTo", "Issued on this day or earlier; also written `createDateTo`."),
        day("dueDateFrom", "Due on this day or later."),
        day("dueDateTo", "Due on this day or earlier."),
        number("value", "The value, exactly."),
        words("status", "How it stands.", &["Opened", "Paid", "Cancelled"]),
        query("friendlyId", "The short name, exactly."),
        query("observation", "What was noted on it, exactly."),
        query("creditAccountId", "Only this account's. Not required, whatever VTEX's own document says."),
        query("Id", "The id, exactly."),
        query("orderId", "Only this order's."),
        operator(),
        organization()
    ];
    /// Of the list of one account's invoices.
    AccountInvoicesParameters = [
        account(),
        position("from", "The first position, from 1."),
        position("to", "The last position, included."),
        day("createdDateFrom", "Issued on this day or later."),
        day("createdDateTo", "Issued on this day or earlier; also written `createDateTo`."),
        day("dueDateFrom", "Due on this day or later."),
        day("dueDateTo", "Due on this day or earlier."),
        number("value", "The value, exactly."),
        words("status", "How it stands.", &["Opened", "Paid", "Cancelled"]),
        query("friendlyId", "The short name, exactly."),
        query("observation", "What was noted on it, exactly."),
        query("Id", "The id, exactly."),
        query("orderId", "Only this order's."),
        operator(),
        organization()
    ];
    /// Of the purchase conditions.
    PurchaseConditionsParameters = [
        email(),
        query("sc", "The sales channel; also written `salesChannel`."),
        query("skus", "What is bought."),
        organization()
    ];
}

pub(crate) fn parameter(
    name: &str,
    place: ParameterIn,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
) -> ParameterBuilder {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
}

pub(crate) fn text(longest: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest))
}

fn account() -> Parameter {
    let description = "The account: printable text without `/`.";
    parameter("creditAccountId", ParameterIn::Path, description, text(200))
        .example(Some("55555555555_CPF".into()))
        .build()
}

fn transaction() -> Parameter {
    let description = "The transaction: 32 hexadecimal digits, or a client's own id.";
    parameter("transactionId", ParameterIn::Path, description, text(64))
        .example(Some("B2E754DCD7304D22866CB6F221CF0FEB".into()))
        .build()
}

fn invoice() -> Parameter {
    let description = "The invoice: its transaction and its installment.";
    parameter("invoiceId", ParameterIn::Path, description, text(70))
        .example(Some("A424887D0F2D45028FE5C96E9B0E1A2D-01".into()))
        .build()
}

fn friendly() -> Parameter {
    query("friendlyId", "Taken and not looked at: the path names the invoice.")
}

fn statement() -> Parameter {
    let description = "The client's own name of the movement.";
    parameter("statementId", ParameterIn::Path, description, text(64))
        .example(Some("451924c579a6759cf6e112a".into()))
        .build()
}

fn holder() -> Parameter {
    parameter("holderId", ParameterIn::Path, "The holder: 32 hexadecimal digits.", text(32)).build()
}

pub(crate) fn query(name: &str, description: &str) -> Parameter {
    parameter(name, ParameterIn::Query, description, ObjectBuilder::new().schema_type(Type::String)).build()
}

fn email() -> Parameter {
    let schema = text(254).format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)));
    let description = "The shopper's e-mail.";
    parameter("email", ParameterIn::Query, description, schema).required(Required::True).build()
}

fn position(name: &str, description: &str) -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    parameter(name, ParameterIn::Query, description, schema).build()
}

fn day(name: &str, description: &str) -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    parameter(name, ParameterIn::Query, description, schema).build()
}

fn number(name: &str, description: &str) -> Parameter {
    parameter(name, ParameterIn::Query, description, ObjectBuilder::new().schema_type(Type::Number)).build()
}

fn words(name: &str, description: &str, words: &'static [&'static str]) -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()));
    parameter(name, ParameterIn::Query, description, schema).build()
}

fn operator() -> Parameter {
    words("op", "Whether all filters must hold or one is enough; `and` unless said.", &["and", "or"])
}

fn idempotency_key() -> Parameter {
    let description = "The same key with the same body is answered as the first time.";
    parameter("Idempotency-Key", ParameterIn::Header, description, text(255)).build()
}

pub(crate) fn organization() -> Parameter {
    let description = "The organization, where the credential does not say it.";
    parameter("X-Organization-ID", ParameterIn::Header, description, text(100)).build()
}

/// What any call may be answered with instead.
pub(crate) const OF_ANY: &[u16] = &[2001, 2005, 2006, 2009, 2010, 2013, 2014, 2201, 2202];
/// What a call about an account may be answered with instead.
const OF_ACCOUNT: &[u16] = &[2101];
/// What a call that writes may be answered with instead.
const OF_COMMAND: &[u16] = &[2002, 2004, 2011, 2012, 2015, 2203];
/// What a call about an open account may be answered with instead.
const OF_OPEN_ACCOUNT: &[u16] = &[2135];
/// What a call for new credit may be answered with instead.
const OF_CREDIT: &[u16] = &[2103, 2104, 2108, 2109, 2114];

/// Declares sets of refusals by their integer codes: those of their kinds, and their own.
macro_rules! refusals {
    ($($(#[$documentation:meta])* $name:ident = $kinds:expr, $own:expr;)*) => {
        $(
            $(#[$documentation])*
            pub(super) struct $name;

            impl utoipa::IntoResponses for $name {
                fn responses() -> std::collections::BTreeMap<
                    String,
                    utoipa::openapi::RefOr<utoipa::openapi::Response>,
                > {
                    let kinds: &[&[u16]] = &$kinds;
                    documented(&kinds.concat(), &$own)
                }
            }
        )*
    };
}
pub(crate) use refusals;

refusals! {
    /// Of a list.
    ListErrors = [OF_ANY], [];
    /// Of a change of the store's configuration.
    ConfigureErrors = [OF_ANY], [2002, 2004, 2015];
    /// Of the purchase conditions, which may open an account.
    PurchaseConditionsErrors = [OF_ANY, OF_ACCOUNT], [2134, 2135, 2203];
    /// Of a reader of an account.
    ReadErrors = [OF_ANY, OF_ACCOUNT], [];
    /// Of a reader of an invoice.
    ReadInvoiceErrors = [OF_ANY, OF_ACCOUNT], [2016, 2118];
    /// Of an opening.
    OpenErrors = [OF_ANY, OF_COMMAND], [1099, 2136];
    /// Of a change of an account, or an opening by id.
    UpdateErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT], [1099, 2136];
    /// Of a change of an account's terms.
    ChangeErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT], [];
    /// Of a closing.
    CloseErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT], [2110];
    /// Of a movement of the balance.
    AdjustErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT], [2114, 2120];
    /// Of a new holder.
    HolderErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT], [];
    /// Of a holder's end.
    RemoveHolderErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT], [2016, 2119];
    /// Of a hold.
    HoldErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT, OF_CREDIT], [2124];
    /// Of a change of a hold.
    ChangeHoldErrors =
        [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT, OF_CREDIT], [2117, 2122, 2124, 2126];
    /// Of a release.
    ReleaseErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT], [2117, 2122, 2123];
    /// Of a settlement.
    SettleErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT, OF_OPEN_ACCOUNT, OF_CREDIT],
        [2117, 2122, 2125, 2126, 2131];
    /// Of a refund.
    RefundErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT], [2114, 2117, 2132];
    /// Of a change of an invoice.
    InvoiceErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT], [2016, 2118, 2127];
    /// Of a postponement.
    PostponeErrors = [OF_ANY, OF_COMMAND, OF_ACCOUNT], [2016, 2118, 2127, 2128, 2129, 2130];
}

fn documented(kinds: &[u16], own: &[u16]) -> BTreeMap<String, RefOr<Response>> {
    responses(&[kinds, own].concat(), |messages| refusal("Error", "", messages))
}

/// One response a status, with its codes and their sentences from the catalogue.
pub(crate) fn responses(
    codes: &[u16],
    refusal: impl Fn(&[&Message]) -> Response,
) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<&Message>> = BTreeMap::new();
    for message in MESSAGES.iter().filter(|message| codes.contains(&message.number)) {
        by_status.entry(message.vtex_status()).or_default().push(message);
    }
    by_status.into_iter().map(|(status, messages)| (status.to_string(), refusal(&messages).into())).collect()
}

/// A refusal of this schema; its examples are the components of this prefix and their codes.
pub(crate) fn refusal(schema: &str, prefix: &str, messages: &[&Message]) -> Response {
    let line = |message: &&Message| format!("- `{}`: {}", message.number, message.english);
    let lines: Vec<String> = messages.iter().map(line).collect();
    let examples = messages.iter().map(|message| {
        let code = message.number.to_string();
        let example = Ref::new(format!("#/components/examples/{prefix}{code}"));
        (code, RefOr::Ref(example))
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(schema)))
        .examples_from_iter(examples)
        .build();
    ResponseBuilder::new().description(lines.join("\n")).content("application/json", content).build()
}
