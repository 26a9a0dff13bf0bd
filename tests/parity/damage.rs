//! What goes wrong with input on its way: fields lost, misspelt, of another type, out of bounds.
//!
//! Names that are whole numbers are left out, because JavaScript puts them before all others; so
//! are names written twice, of which JSON.parse keeps the last.

use crate::written::number;
use fiado_tests::Dice;
use serde_json::{Value, json};

/// A way to damage a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    Lost,
    Misspelt,
    Unknown,
    Null,
    AnotherType,
    NotANumber,
    TooManyDecimals,
    Negative,
    Zero,
    Huge,
    NoSuchDay,
    Nested,
    TooLong,
    OddText,
    TwoWays,
    Replaced,
}

impl Damage {
    pub(crate) const ALL: [Damage; 16] = [
        Damage::Lost,
        Damage::Misspelt,
        Damage::Unknown,
        Damage::Null,
        Damage::AnotherType,
        Damage::NotANumber,
        Damage::TooManyDecimals,
        Damage::Negative,
        Damage::Zero,
        Damage::Huge,
        Damage::NoSuchDay,
        Damage::Nested,
        Damage::TooLong,
        Damage::OddText,
        Damage::TwoWays,
        Damage::Replaced,
    ];

    /// Damages one field somewhere in `input`, or the whole argument.
    pub(crate) fn apply(self, dice: &mut Dice, input: &mut Value) {
        let fields = fields_of(input);
        let field = dice.pick(&fields);
        match self {
            Damage::Lost => drop(take(input, &field)),
            Damage::Misspelt => misspell(dice, input, &field),
            Damage::Unknown => add_unknown(dice, input, &field),
            Damage::Null => put(input, &field, Value::Null),
            Damage::AnotherType => put(input, &field, another_type(dice)),
            Damage::NotANumber => put(input, &field, not_a_number(dice)),
            Damage::TooManyDecimals => put(input, &field, too_many_decimals(dice)),
            Damage::Negative => put(input, &field, negative(dice)),
            Damage::Zero => put(input, &field, zero(dice)),
            Damage::Huge => put(input, &field, huge(dice)),
            Damage::NoSuchDay => put(input, &field, no_such_day(dice)),
            Damage::Nested => put(input, &field, nested(dice)),
            Damage::TooLong => put(input, &field, too_long(dice)),
            Damage::OddText => put_odd_text(dice, input, field),
            Damage::TwoWays => pay_two_ways(dice, input),
            Damage::Replaced => *input = replacement(dice),
        }
    }
}

/// A field: the pointer of the object it is in, and its name.
#[derive(Clone)]
struct Field {
    parent: String,
    name: String,
}

fn fields_of(input: &Value) -> Vec<Field> {
    let mut fields = Vec::new();
    collect_fields(input, String::new(), &mut fields);
    fields
}

fn collect_fields(value: &Value, pointer: String, fields: &mut Vec<Field>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                fields.push(Field { parent: pointer.clone(), name: name.clone() });
                collect_fields(inner, format!("{pointer}/{name}"), fields);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                collect_fields(inner, format!("{pointer}/{index}"), fields);
            }
        }
        _ => {}
    }
}

fn parent<'a>(input: &'a mut Value, field: &Field) -> &'a mut serde_json::Map<String, Value> {
    input.pointer_mut(&field.parent).and_then(Value::as_object_mut).unwrap()
}

fn take(input: &mut Value, field: &Field) -> Value {
    parent(input, field).remove(&field.name).unwrap()
}

fn put(input: &mut Value, field: &Field, value: Value) {
    parent(input, field).insert(field.name.clone(), value);
}

fn misspell(dice: &mut Dice, input: &mut Value, field: &Field) {
    let mut letters: Vec<char> = field.name.chars().collect();
    let place = dice.between(0, letters.len() as u64 - 2) as usize;
    match dice.between(1, 4) {
        1 => letters.swap(place, place + 1),
        2 => drop(letters.remove(place)),
        3 => letters.insert(place, 'x'),
        _ => letters[0] = letters[0].to_ascii_uppercase(),
    }
    let value = take(input, field);
    put(input, &Field { name: letters.into_iter().collect(), ..field.clone() }, value);
}

fn add_unknown(dice: &mut Dice, input: &mut Value, field: &Field) {
    let names = ["x", "", "note", "__proto__", "amount ", "límite", "💳", "credit-limit", "constructor"];
    let name = dice.pick(&names).to_owned();
    let value = another_type(dice);
    put(input, &Field { name, ..field.clone() }, value);
}

fn another_type(dice: &mut Dice) -> Value {
    let values = [
        json!(true),
        json!(false),
        json!([]),
        json!([1]),
        json!({}),
        json!({ "a": 1 }),
        json!("x"),
        json!(7),
    ];
    dice.pick(&values)
}

fn not_a_number(dice: &mut Dice) -> Value {
    let texts = [
        "",
        " ",
        "NaN",
        "Infinity",
        "-Infinity",
        "1,5",
        "+1",
        "1_000",
        "0x10",
        "１０",
        " 5",
        ".5",
        "5.",
        "1e",
    ];
    json!(dice.pick(&texts))
}

fn too_many_decimals(dice: &mut Dice) -> Value {
    let digits = dice.pick(&["0.1", "0.001", "10.005", "99999999.9999999", "1e-7", "1.5", "0.0000001"]);
    number_or_text(dice, digits)
}

fn negative(dice: &mut Dice) -> Value {
    let digits = dice.pick(&["-1", "-0.01", "-1e3", "-999999999999999", "-1e400"]);
    number_or_text(dice, digits)
}

fn zero(dice: &mut Dice) -> Value {
    let digits = dice.pick(&["0", "0.00", "-0", "0e9"]);
    number_or_text(dice, digits)
}

fn huge(dice: &mut Dice) -> Value {
    let digits =
        dice.pick(&["1e400", "1e15", "1e21", "1e308", "100000000000000", "99999999999999", "10000", "366"]);
    number_or_text(dice, digits)
}

fn number_or_text(dice: &mut Dice, digits: &str) -> Value {
    if dice.one_in(2) { number(digits) } else { json!(digits) }
}

fn no_such_day(dice: &mut Dice) -> Value {
    let texts = [
        "2025-02-29",
        "2025-13-01",
        "2025-00-10",
        "2025-6-01",
        "24/11/2025",
        "2025-11-24T10:00:00",
        "2025-11-24T25:00:00Z",
        "0000-01-01",
        "hoy",
    ];
    json!(dice.pick(&texts))
}

/// Lists in lists, deeper than anything that is read about as often as not.
fn nested(dice: &mut Dice) -> Value {
    let levels = dice.between(2, 30);
    (0..levels).fold(json!(1), |inner, _| if dice.one_in(2) { json!([inner]) } else { json!({ "a": inner }) })
}

/// A text, or a list, that is longer than any field takes.
fn too_long(dice: &mut Dice) -> Value {
    if dice.one_in(2) { json!("ñ".repeat(1_300)) } else { json!(vec![30; 1_200]) }
}

/// No text at all, or one with what no name holds, where a text was; in any field where there was none.
fn put_odd_text(dice: &mut Dice, input: &mut Value, otherwise: Field) {
    let is_text = |field: &Field| parent_of(input, field)[&field.name].is_string();
    let texts: Vec<Field> = fields_of(input).into_iter().filter(is_text).collect();
    let field = if texts.is_empty() { otherwise } else { dice.pick(&texts) };
    put(input, &field, json!(dice.pick(&["", "a/\u{7}"])));
}

fn parent_of<'a>(input: &'a Value, field: &Field) -> &'a Value {
    input.pointer(&field.parent).unwrap()
}

/// To be paid in so many parts, and by a plan as well.
fn pay_two_ways(dice: &mut Dice, input: &mut Value) {
    if let Some(fields) = input.as_object_mut() {
        fields.insert("installments".to_owned(), json!(dice.between(1, 48)));
        let (name, other) = dice.pick(&[("plan_id", json!("line:3x")), ("terms", json!([30, 60]))]);
        fields.insert(name.to_owned(), other);
    }
}

fn replacement(dice: &mut Dice) -> Value {
    let values = [json!(null), json!([]), json!({}), json!("x"), json!(5), json!(true), json!([{}])];
    dice.pick(&values)
}
