use super::{Language, Sentence};
use crate::fields::{Expected, Fault, FieldError};
use fiado_core::rules::{DateInterval, EdgeError, IntervalField};
use serde::Serialize;

/// The most wrong fields that are named.
pub const MOST_FIELDS: usize = 100;

/// Un campo que no es válido.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Ruta del campo: `business_info.tax_id`, `allocations[2].amount`.
    #[schema(example = "amount")]
    pub field: String,
    /// Código estable de lo que está mal.
    #[schema(example = "TOO_MANY_DECIMALS")]
    pub code: &'static str,
    /// Qué está mal y qué se espera.
    #[schema(example = "tiene más de 2 decimales")]
    pub message: String,
}

impl FieldProblem {
    /// A wrong field in one language.
    pub fn new(error: &FieldError, language: Language) -> FieldProblem {
        let message = FaultMessage::of(&error.fault);
        let field = if error.field.is_empty() { "body".to_owned() } else { error.field.clone() };
        FieldProblem { field, code: message.code, message: message.sentence.into_language(language) }
    }
}

/// What a fault is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultMessage {
    /// Its stable code.
    pub code: &'static str,
    /// What is wrong and what is expected.
    pub sentence: Sentence,
}

fn message(code: &'static str, es: impl Into<String>, en: impl Into<String>) -> FaultMessage {
    FaultMessage { code, sentence: Sentence { es: es.into(), en: en.into() } }
}

impl FaultMessage {
    /// The code and the sentence of a fault.
    pub fn of(fault: &Fault) -> FaultMessage {
        match fault {
            Fault::Missing => message("MISSING", "falta y es obligatorio", "is missing and required"),
            Fault::Unknown(None) => {
                message("UNKNOWN_FIELD", "no existe en esta operación", "is not known here")
            }
            Fault::Unknown(Some(meant)) => message(
                "UNKNOWN_FIELD",
                format!("no existe en esta operación; ¿quiso decir «{meant}»?"),
                format!("is not known here; did you mean \"{meant}\"?"),
            ),
            Fault::Repeated => message("REPEATED", "aparece más de una vez", "is there more than once"),
            Fault::WrongType(expected) => wrong_type(*expected),
            Fault::NotANumber(example) => message(
                "NOT_A_NUMBER",
                format!("no es un número; escríbalo como {example}"),
                format!("is not a number; write it like {example}"),
            ),
            Fault::Negative => message("NEGATIVE", "no puede ser negativo", "cannot be negative"),
            Fault::Zero => message("ZERO", "debe ser mayor que cero", "must be more than zero"),
            Fault::TooManyDecimals(0) => message(
                "TOO_MANY_DECIMALS",
                "no puede tener decimales en esta moneda",
                "cannot have decimals in this currency",
            ),
            Fault::TooManyDecimals(most) => message(
                "TOO_MANY_DECIMALS",
                format!("tiene más de {most} decimales"),
                format!("has more than {most} decimals"),
            ),
            Fault::Below(least) => message(
                "TOO_SMALL",
                format!("debe ser al menos {least}"),
                format!("must be at least {least}"),
            ),
            Fault::Above(most) => message(
                "TOO_LARGE",
                format!("debe ser como máximo {most}"),
                format!("must be at most {most}"),
            ),
            Fault::TooManyEntries(most) => message(
                "TOO_LARGE",
                format!("puede tener como máximo {most} elementos"),
                format!("must have at most {most} entries"),
            ),
            Fault::Before(begin) => message(
                "TOO_EARLY",
                format!("no puede ser anterior a {begin}"),
                format!("cannot be before {begin}"),
            ),
            Fault::NotADate => message(
                "NOT_A_DATE",
                "no es una fecha que exista; escríbala como 2025-11-24",
                "is not a date that exists; write it like 2025-11-24",
            ),
            Fault::Empty => message("EMPTY", "no puede estar vacío", "cannot be empty"),
            Fault::TooLong(most) => message(
                "TOO_LONG",
                format!("tiene más de {most} caracteres"),
                format!("has more than {most} characters"),
            ),
            Fault::ForbiddenCharacter => message(
                "FORBIDDEN_CHARACTER",
                "contiene un carácter que no se permite (de control, invisible, o espacio al borde)",
                "holds a character that is not allowed (control, invisible, or space at an end)",
            ),
            Fault::NotAKey(most) => message(
                "FORBIDDEN_CHARACTER",
                format!(
                    "debe tener hasta {most} caracteres imprimibles, sin «/» ni espacio al borde, y no ser solo «.» o «..»"
                ),
                format!(
                    "must be up to {most} printable characters, without \"/\" or a space at an end, and not \".\" or \"..\" alone"
                ),
            ),
            Fault::NotAsInPath(id) => message(
                "NOT_AS_IN_PATH",
                format!("debe ser {id} como en la dirección, o no enviarse"),
                format!("must be {id} as in the address, or not be sent"),
            ),
            Fault::NotOneOf(words) => message(
                "NOT_ONE_OF",
                format!("debe ser uno de: {}", words.join(", ")),
                format!("must be one of: {}", words.join(", ")),
            ),
            Fault::NotAnId => message(
                "NOT_AN_ID",
                "no tiene la forma de los identificadores que entrega este servicio",
                "does not have the form of the ids this service gives",
            ),
            Fault::Beside(other) => message(
                "NOT_TOGETHER",
                format!("no puede enviarse junto con {other}; envíe uno de los dos"),
                format!("cannot be sent together with {other}; send one of the two"),
            ),
            Fault::NotAPlanHash => message(
                "NOT_A_PLAN_HASH",
                "no es la huella de un plan con ese plan_id; envíela como la dio la previsualización",
                "is not the hash of a plan with that plan_id; send it as the preview gave it",
            ),
            Fault::NotAnEmail => message(
                "NOT_AN_EMAIL",
                "no es una dirección de correo; escríbala como nombre@empresa.com",
                "is not an e-mail address; write it like name@company.com",
            ),
            Fault::NotACountry => message(
                "NOT_A_COUNTRY",
                "no es el código de un país: son dos letras, como PA",
                "is not a country's code: it is two letters, like PA",
            ),
            Fault::NotAnInterval(error) => not_an_interval(*error),
        }
    }
}

fn wrong_type(expected: Expected) -> FaultMessage {
    let (es, en) = match expected {
        Expected::Object => ("debe ser un objeto", "must be an object"),
        Expected::List => ("debe ser una lista", "must be a list"),
        Expected::Text => ("debe ser un texto", "must be a text"),
        Expected::Number => ("debe ser un número", "must be a number"),
        Expected::WholeNumber => ("debe ser un número entero", "must be a whole number"),
        Expected::Date => ("debe ser una fecha como \"2025-11-24\"", "must be a date like \"2025-11-24\""),
        Expected::Instant => (
            "debe ser un instante como \"2025-11-24T10:00:00Z\"",
            "must be an instant like \"2025-11-24T10:00:00Z\"",
        ),
        Expected::TimeOfDay => {
            ("debe ser una hora como \"12:00:00\"", "must be a time of day like \"12:00:00\"")
        }
        Expected::Boolean => ("debe ser true o false", "must be true or false"),
    };
    message("WRONG_TYPE", es, en)
}

fn not_an_interval(error: EdgeError) -> FaultMessage {
    let (es, en) = match error {
        EdgeError::TooLong => {
            let most = DateInterval::LONGEST;
            (format!("tiene más de {most} caracteres"), format!("has more than {most} characters"))
        }
        EdgeError::NotEightFields => (
            "debe tener ocho campos: segundos minutos horas día-del-mes mes día-de-la-semana año desfase, como \"* * 11 * * 1,3,4 * -0300\"".to_owned(),
            "must have eight fields: seconds minutes hours day-of-month month day-of-week year offset, like \"* * 11 * * 1,3,4 * -0300\"".to_owned(),
        ),
        EdgeError::Wrong(field) => wrong_interval_field(field),
        EdgeError::TimeWithoutHour => (
            "dice minutos o segundos sin decir la hora".to_owned(),
            "tells minutes or seconds and no hour".to_owned(),
        ),
        EdgeError::OtherOffset => (
            "debe tener el mismo desfase que el comienzo".to_owned(),
            "must have the same offset as the start".to_owned(),
        ),
    };
    message("NOT_AN_INTERVAL", es, en)
}

fn wrong_interval_field(field: IntervalField) -> (String, String) {
    const ONE: (&str, &str) = ("* o un número", "* or one number");
    const SEVERAL: (&str, &str) = (
        "*, números separados por comas o rangos como 1-5,",
        "*, numbers between commas or ranges like 1-5,",
    );
    let (name, forms, least, most) = match field {
        IntervalField::Seconds => (("los segundos", "the seconds"), ONE, 0, 59),
        IntervalField::Minutes => (("los minutos", "the minutes"), ONE, 0, 59),
        IntervalField::Hours => (("la hora", "the hour"), ONE, 0, 23),
        IntervalField::DayOfMonth => (("el día del mes", "the day of the month"), SEVERAL, 1, 31),
        IntervalField::Month => (("el mes", "the month"), SEVERAL, 1, 12),
        IntervalField::DayOfWeek => (("el día de la semana", "the day of the week"), SEVERAL, 0, 7),
        IntervalField::Year => (("el año", "the year"), SEVERAL, 1, 9_999),
        IntervalField::Offset => {
            let es = "tiene mal el desfase: escríbalo como -0300".to_owned();
            return (es, "has the offset wrong: write it like -0300".to_owned());
        }
    };
    (
        format!("tiene mal {}: debe ser {} de {least} a {most}", name.0, forms.0),
        format!("has {} wrong: it must be {} from {least} to {most}", name.1, forms.1),
    )
}
