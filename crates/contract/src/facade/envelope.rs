use crate::catalogue::{
    Details, FieldProblem, Language, MOST_FIELDS, Message, Problem, Unread, misallocation_figures,
    misallocation_message, objection_figures, objection_message,
};
use fiado_core::account::{Misallocation, Objection};
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, schema::Type};

/// Respuesta con éxito.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Success<T> {
    /// Siempre `success`.
    #[schema(schema_with = always_success)]
    pub status: &'static str,
    /// Lo que se pidió.
    pub data: T,
}

impl<T> Success<T> {
    /// The envelope around what was asked for.
    pub fn new(data: T) -> Success<T> {
        Success { status: "success", data }
    }
}

/// Una página de una lista.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListEnvelope<T> {
    /// Siempre `success`.
    #[schema(schema_with = always_success)]
    pub status: &'static str,
    /// Los elementos, en el orden de la lista.
    pub data: Vec<T>,
    /// Cómo seguir.
    pub pagination: Pagination,
}

/// Cómo seguir en una lista.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pagination {
    /// Si hay más después.
    pub has_next: bool,
    /// Si hay más antes.
    pub has_previous: bool,
    /// Envíelo como `cursor` para la página siguiente.
    #[schema(required = true, nullable = true)]
    pub next_cursor: Option<String>,
    /// Envíelo como `cursor` para la página anterior.
    #[schema(required = true, nullable = true)]
    pub previous_cursor: Option<String>,
    /// Cuántos elementos trae esta página.
    pub count: usize,
}

impl<T> ListEnvelope<T> {
    /// The envelope around a page.
    pub fn new(
        data: Vec<T>,
        next_cursor: Option<String>,
        previous_cursor: Option<String>,
    ) -> ListEnvelope<T> {
        let pagination = Pagination {
            has_next: next_cursor.is_some(),
            has_previous: previous_cursor.is_some(),
            next_cursor,
            previous_cursor,
            count: data.len(),
        };
        ListEnvelope { status: "success", data, pagination }
    }
}

/// Respuesta con error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorEnvelope {
    /// Siempre `error`.
    #[schema(schema_with = always_error)]
    pub status: &'static str,
    /// El estado HTTP.
    #[schema(example = 409)]
    #[serde(rename = "statusCode")]
    pub status_code: u16,
    /// Qué pasó.
    pub error: ErrorBody,
    /// Cuándo, UTC.
    #[schema(format = DateTime, example = "2025-11-24T10:00:00Z")]
    pub timestamp: String,
    /// Dónde.
    #[schema(example = "/api/v1/customers/cust_456/credit/use")]
    pub path: String,
    /// Identificador de la solicitud, para preguntar por ella.
    #[schema(example = "req_4f1c2b7a9d3e8f60")]
    #[serde(rename = "requestId")]
    pub request_id: String,
}

/// Qué pasó, y qué haría falta.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorBody {
    /// Código estable.
    #[schema(example = "CRD-2003")]
    pub code: &'static str,
    /// El mismo código, en palabras.
    #[schema(example = "CREDIT_NOT_AVAILABLE")]
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Una frase para personas, en español o en inglés.
    pub message: String,
    /// Las cifras.
    #[schema(value_type = ErrorDetails)]
    pub details: Details,
}

impl ErrorBody {
    /// A problem in one language.
    pub fn new(problem: &Problem, language: Language) -> ErrorBody {
        ErrorBody::of(problem.message(), problem.details(language), language)
    }

    /// Why there is no answer to a question.
    pub fn of_unread(unread: &Unread, language: Language) -> ErrorBody {
        ErrorBody::of(unread.message(), Details(unread.figures(language)), language)
    }

    /// What stands against a purchase that is only previewed.
    pub(super) fn of_objection(objection: &Objection, currency: Currency, language: Language) -> ErrorBody {
        let figures = objection_figures("", currency, objection);
        ErrorBody::of(objection_message(objection), Details(figures), language)
    }

    /// Why a payment cannot go where its payer says.
    pub(super) fn of_misallocation(
        misallocation: &Misallocation,
        currency: Currency,
        language: Language,
    ) -> ErrorBody {
        let figures = misallocation_figures(currency, misallocation);
        ErrorBody::of(misallocation_message(misallocation), Details(figures), language)
    }

    fn of(message: &Message, details: Details, language: Language) -> ErrorBody {
        ErrorBody {
            code: message.code,
            kind: message.kind,
            message: details.fill(message, language),
            details,
        }
    }
}

/// How the documentation shows what is always the same word, by which a client tells answers apart.
fn always(word: &'static str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(format!("Siempre `{word}`.")))
        .enum_values(Some([word]))
}

fn always_success() -> RefOr<Schema> {
    always("success").into()
}

fn always_error() -> RefOr<Schema> {
    always("error").into()
}

/// How the documentation shows [`Details`]: figures by name, and the wrong fields of `CRD-1001`.
#[derive(Debug, Clone, Copy)]
pub enum ErrorDetails {}

impl ToSchema for ErrorDetails {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((FieldProblem::name().into(), <FieldProblem as utoipa::PartialSchema>::schema()));
    }
}

impl utoipa::PartialSchema for ErrorDetails {
    fn schema() -> RefOr<Schema> {
        let fields = ArrayBuilder::new()
            .description(Some("Solo en `CRD-1001`: los campos que no son válidos, los primeros cien."))
            .items(Ref::from_schema_name(FieldProblem::name()))
            .max_items(Some(MOST_FIELDS));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(
                "Las cifras del error, por nombre: las mismas que nombra la frase de cada código.",
            ))
            .property("fields", fields)
            .additional_properties(Some(AdditionalProperties::FreeForm(true)))
            .into()
    }
}
