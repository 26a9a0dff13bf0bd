use super::Language;
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
        FieldProblem { field, code: message.code, message: message.sentence_in(language) }
    }
}

/// What a fault is called, in words that are always the same.
struct Words {
    code: &'static str,
    /// `{}` is the fault's figure, here and below.
    spanish: &'static str,
    english: &'static str,
}

/// What a fault is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultMessage {
    /// Its stable code.
    pub code: &'static str,
    spanish: &'static str,
    english: &'static str,
    figure: String,
}

impl FaultMessage {
    /// The code and the words of a fault.
    pub fn of(fault: &Fault) -> FaultMessage {
        let Words { code, spanish, english } = words(fault);
        FaultMessage { code, spanish, english, figure: figure(fault) }
    }

    /// What is wrong and what is expected, in one language.
    pub fn sentence_in(&self, language: Language) -> String {
        let template = match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
        };
        match template.split_once("{}") {
            Some((before, after)) => [before, &self.figure, after].concat(),
            None => template.to_owned(),
        }
    }
}

/// The figure in a fault's words.
fn figure(fault: &Fault) -> String {
    match fault {
        Fault::Unknown(Some(word)) | Fault::NotANumber(word) | Fault::Beside(word) => (*word).to_owned(),
        Fault::Below(text) | Fault::Above(text) | Fault::Before(text) | Fault::NotAsInPath(text) => {
            text.clone()
        }
        Fault::TooManyEntries(most) | Fault::TooLong(most) | Fault::NotAKey(most) => most.to_string(),
        Fault::TooManyDecimals(most) => most.to_string(),
        Fault::NotOneOf(words) => words.join(", "),
        Fault::NotAnInterval(EdgeError::TooLong) => DateInterval::LONGEST.to_string(),
        _ => String::new(),
    }
}

/// Each of them once, in one place of the browser's module.
fn words(fault: &Fault) -> &'static Words {
    match fault {
        Fault::Missing => {
            &Words { code: "MISSING", spanish: "falta y es obligatorio", english: "is missing and required" }
        }
        Fault::Unknown(None) => &Words {
            code: "UNKNOWN_FIELD",
            spanish: "no existe en esta operación",
            english: "is not known here",
        },
        Fault::Unknown(Some(_)) => &Words {
            code: "UNKNOWN_FIELD",
            spanish: "no existe en esta operación; ¿quiso decir «{}»?",
            english: "is not known here; did you mean \"{}\"?",
        },
        Fault::Repeated => {
            &Words {
                code: "REPEATED", spanish: "aparece más de una vez", english: "is there more than once"
            }
        }
        Fault::WrongType(expected) => wrong_type(*expected),
        Fault::NotANumber(_) => &Words {
            code: "NOT_A_NUMBER",
            spanish: "no es un número; escríbalo como {}",
            english: "is not a number; write it like {}",
        },
        Fault::Negative => {
            &Words { code: "NEGATIVE", spanish: "no puede ser negativo", english: "cannot be negative" }
        }
        Fault::Zero => {
            &Words { code: "ZERO", spanish: "debe ser mayor que cero", english: "must be more than zero" }
        }
        Fault::TooManyDecimals(0) => &Words {
            code: "TOO_MANY_DECIMALS",
            spanish: "no puede tener decimales en esta moneda",
            english: "cannot have decimals in this currency",
        },
        Fault::TooManyDecimals(_) => &Words {
            code: "TOO_MANY_DECIMALS",
            spanish: "tiene más de {} decimales",
            english: "has more than {} decimals",
        },
        Fault::Below(_) => {
            &Words { code: "TOO_SMALL", spanish: "debe ser al menos {}", english: "must be at least {}" }
        }
        Fault::Above(_) => {
            &Words { code: "TOO_LARGE", spanish: "debe ser como máximo {}", english: "must be at most {}" }
        }
        Fault::TooManyEntries(_) => &Words {
            code: "TOO_LARGE",
            spanish: "puede tener como máximo {} elementos",
            english: "must have at most {} entries",
        },
        Fault::Before(_) => &Words {
            code: "TOO_EARLY",
            spanish: "no puede ser anterior a {}",
            english: "cannot be before {}",
        },
        Fault::NotADate => &Words {
            code: "NOT_A_DATE",
            spanish: "no es una fecha que exista; escríbala como 2025-11-24",
            english: "is not a date that exists; write it like 2025-11-24",
        },
        Fault::Empty => {
            &Words { code: "EMPTY", spanish: "no puede estar vacío", english: "cannot be empty" }
        }
        Fault::TooLong(_) => &TOO_LONG,
        Fault::ForbiddenCharacter => &Words {
            code: "FORBIDDEN_CHARACTER",
            spanish: "contiene un carácter que no se permite (de control, invisible, o espacio al borde)",
            english: "holds a character that is not allowed (control, invisible, or space at an end)",
        },
        Fault::NotAKey(_) => &Words {
            code: "FORBIDDEN_CHARACTER",
            spanish: "debe tener hasta {} caracteres imprimibles, sin «/» ni espacio al borde, y no ser solo «.» o «..»",
            english: "must be up to {} printable characters, without \"/\" or a space at an end, and not \".\" or \"..\" alone",
        },
        Fault::NotAsInPath(_) => &Words {
            code: "NOT_AS_IN_PATH",
            spanish: "debe ser {} como en la dirección, o no enviarse",
            english: "must be {} as in the address, or not be sent",
        },
        Fault::NotOneOf(_) => {
            &Words { code: "NOT_ONE_OF", spanish: "debe ser uno de: {}", english: "must be one of: {}" }
        }
        Fault::NotAnId => &Words {
            code: "NOT_AN_ID",
            spanish: "no tiene la forma de los identificadores que entrega este servicio",
            english: "does not have the form of the ids this service gives",
        },
        Fault::Beside(_) => &Words {
            code: "NOT_TOGETHER",
            spanish: "no puede enviarse junto con {}; envíe uno de los dos",
            english: "cannot be sent together with {}; send one of the two",
        },
        Fault::NotAPlanHash => &Words {
            code: "NOT_A_PLAN_HASH",
            spanish: "no es la huella de un plan con ese plan_id; envíela como la dio la previsualización",
            english: "is not the hash of a plan with that plan_id; send it as the preview gave it",
        },
        Fault::NotAnEmail => &Words {
            code: "NOT_AN_EMAIL",
            spanish: "no es una dirección de correo; escríbala como nombre@empresa.com",
            english: "is not an e-mail address; write it like name@company.com",
        },
        Fault::NotACountry => &Words {
            code: "NOT_A_COUNTRY",
            spanish: "no es el código de un país: son dos letras, como PA",
            english: "is not a country's code: it is two letters, like PA",
        },
        Fault::NotAnInterval(error) => not_an_interval(*error),
    }
}

const TOO_LONG: Words =
    Words {
        code: "TOO_LONG", spanish: "tiene más de {} caracteres", english: "has more than {} characters"
    };

fn wrong_type(expected: Expected) -> &'static Words {
    match expected {
        Expected::Object => {
            &Words { code: "WRONG_TYPE", spanish: "debe ser un objeto", english: "must be an object" }
        }
        Expected::List => {
            &Words { code: "WRONG_TYPE", spanish: "debe ser una lista", english: "must be a list" }
        }
        Expected::Text => {
            &Words { code: "WRONG_TYPE", spanish: "debe ser un texto", english: "must be a text" }
        }
        Expected::Number => {
            &Words { code: "WRONG_TYPE", spanish: "debe ser un número", english: "must be a number" }
        }
        Expected::WholeNumber => &Words {
            code: "WRONG_TYPE",
            spanish: "debe ser un número entero",
            english: "must be a whole number",
        },
        Expected::Date => &Words {
            code: "WRONG_TYPE",
            spanish: "debe ser una fecha como \"2025-11-24\"",
            english: "must be a date like \"2025-11-24\"",
        },
        Expected::Instant => &Words {
            code: "WRONG_TYPE",
            spanish: "debe ser un instante como \"2025-11-24T10:00:00Z\"",
            english: "must be an instant like \"2025-11-24T10:00:00Z\"",
        },
        Expected::TimeOfDay => &Words {
            code: "WRONG_TYPE",
            spanish: "debe ser una hora como \"12:00:00\"",
            english: "must be a time of day like \"12:00:00\"",
        },
        Expected::Boolean => {
            &Words { code: "WRONG_TYPE", spanish: "debe ser true o false", english: "must be true or false" }
        }
    }
}

fn not_an_interval(error: EdgeError) -> &'static Words {
    match error {
        EdgeError::TooLong => &Words { code: NOT_AN_INTERVAL, ..TOO_LONG },
        EdgeError::NotEightFields => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "debe tener ocho campos: segundos minutos horas día-del-mes mes día-de-la-semana año desfase, como \"* * 11 * * 1,3,4 * -0300\"",
            english: "must have eight fields: seconds minutes hours day-of-month month day-of-week year offset, like \"* * 11 * * 1,3,4 * -0300\"",
        },
        EdgeError::Wrong(field) => wrong_interval_field(field),
        EdgeError::TimeWithoutHour => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "dice minutos o segundos sin decir la hora",
            english: "tells minutes or seconds and no hour",
        },
        EdgeError::OtherOffset => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "debe tener el mismo desfase que el comienzo",
            english: "must have the same offset as the start",
        },
    }
}

const NOT_AN_INTERVAL: &str = "NOT_AN_INTERVAL";

/// What one of the eight fields must be.
fn wrong_interval_field(field: IntervalField) -> &'static Words {
    match field {
        IntervalField::Seconds => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal los segundos: debe ser * o un número de 0 a 59",
            english: "has the seconds wrong: it must be * or one number from 0 to 59",
        },
        IntervalField::Minutes => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal los minutos: debe ser * o un número de 0 a 59",
            english: "has the minutes wrong: it must be * or one number from 0 to 59",
        },
        IntervalField::Hours => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal la hora: debe ser * o un número de 0 a 23",
            english: "has the hour wrong: it must be * or one number from 0 to 23",
        },
        IntervalField::DayOfMonth => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal el día del mes: debe ser *, números separados por comas o rangos como 1-5, de 1 a 31",
            english: "has the day of the month wrong: it must be *, numbers between commas or ranges like 1-5, from 1 to 31",
        },
        IntervalField::Month => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal el mes: debe ser *, números separados por comas o rangos como 1-5, de 1 a 12",
            english: "has the month wrong: it must be *, numbers between commas or ranges like 1-5, from 1 to 12",
        },
        IntervalField::DayOfWeek => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal el día de la semana: debe ser *, números separados por comas o rangos como 1-5, de 0 a 7",
            english: "has the day of the week wrong: it must be *, numbers between commas or ranges like 1-5, from 0 to 7",
        },
        IntervalField::Year => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal el año: debe ser *, números separados por comas o rangos como 1-5, de 1 a 9999",
            english: "has the year wrong: it must be *, numbers between commas or ranges like 1-5, from 1 to 9999",
        },
        IntervalField::Offset => &Words {
            code: NOT_AN_INTERVAL,
            spanish: "tiene mal el desfase: escríbalo como -0300",
            english: "has the offset wrong: write it like -0300",
        },
    }
}
