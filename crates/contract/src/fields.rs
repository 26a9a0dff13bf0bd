//! Reading an object field by field, so that every wrong field is named at once.
//!
//! A reader asks for each field it knows; what it did not ask for is unknown and an error too. A
//! lenient one ([`read_lenient`]) reads what clients of VTEX send: it lets unknown fields be, null is
//! absence, and numbers and booleans may be texts.
//! Nothing here is a rule of credit: what a value must be is said by the core's own types.

use crate::json::Json;
use fiado_core::calendar::Day;
use fiado_core::identity::TextError;
use fiado_core::money::{
    Amount, AmountError, Balance, Currency, Percent, Rate, RateError, Tolerance, ToleranceError,
};
use fiado_core::profile::Email;
use fiado_core::rules::EdgeError;
use std::collections::BTreeMap;

/// A field that cannot be what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Its path: `business_info.tax_id`, `allocations[2].amount`; empty: the body itself.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// Nobody knows it; perhaps this one was meant.
    Unknown(Option<&'static str>),
    /// It is there more than once.
    Repeated,
    /// It is of another type than this.
    WrongType(Expected),
    /// It is not a number; one is written like this.
    NotANumber(&'static str),
    /// It is below zero.
    Negative,
    /// It is zero.
    Zero,
    /// It has more decimals than these.
    TooManyDecimals(u32),
    /// It is below this.
    Below(String),
    /// It is above this.
    Above(String),
    /// It has more entries than these.
    TooManyEntries(usize),
    /// It is a day or moment before this one, which it ends.
    Before(String),
    /// It is no date, or there is no such date.
    NotADate,
    /// It is empty.
    Empty,
    /// It has more characters than these.
    TooLong(usize),
    /// It holds a character that may not be there.
    ForbiddenCharacter,
    /// It holds what a name in a path may not hold, which has up to so many characters.
    NotAKey(usize),
    /// It is not this, which the path names.
    NotAsInPath(String),
    /// It is not one of these.
    NotOneOf(&'static [&'static str]),
    /// It is not an id as they are given here.
    NotAnId,
    /// It is no e-mail address.
    NotAnEmail,
    /// It cannot be there together with this other field.
    Beside(&'static str),
    /// It is not the hash of a plan of the id beside it.
    NotAPlanHash,
    /// It is no country's code.
    NotACountry,
    /// It is no text of an interval, and why not.
    NotAnInterval(EdgeError),
}

/// What a field was expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Expected {
    Object,
    List,
    Text,
    Number,
    WholeNumber,
    Date,
    Instant,
    TimeOfDay,
    Boolean,
}

/// An object being read.
pub struct Fields<'a> {
    path: String,
    /// Whether everything is a text, as in a query.
    is_query: bool,
    /// Whether it is read as VTEX's clients write.
    is_lenient: bool,
    entries: &'a [(String, Json)],
    asked: Vec<&'static str>,
    errors: &'a mut Vec<FieldError>,
}

/// Reads an object with all of its fields.
///
/// # Errors
/// Every field that is wrong, in the order they were asked for.
pub fn read<T>(json: &Json, reader: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    all_or_errors(|errors| read_object(String::new(), json, false, errors, reader))
}

/// Reads an object as VTEX's clients write it: unknown fields are let be, null is absence, and
/// numbers and booleans may be texts.
///
/// # Errors
/// Every field that is wrong, in the order they were asked for.
pub fn read_lenient<T>(
    json: &Json,
    reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, Vec<FieldError>> {
    all_or_errors(|errors| read_object(String::new(), json, true, errors, reader))
}

/// Reads the parameters of a query, all of them texts.
///
/// # Errors
/// Every parameter that is wrong, in the order they were asked for.
pub fn read_query<T>(
    parameters: &[(String, Json)],
    reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, Vec<FieldError>> {
    all_or_errors(|errors| {
        let (path, asked) = (String::new(), Vec::new());
        Fields { path, is_query: true, is_lenient: false, entries: parameters, asked, errors }.finish(reader)
    })
}

fn all_or_errors<T>(read: impl FnOnce(&mut Vec<FieldError>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    let mut errors = Vec::new();
    match read(&mut errors) {
        Some(value) if errors.is_empty() => Ok(value),
        _ => Err(errors),
    }
}

fn read_object<T>(
    path: String,
    json: &Json,
    is_lenient: bool,
    errors: &mut Vec<FieldError>,
    reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Option<T> {
    let (mut reader, mut value) = (Some(reader), None);
    visit_object(path, json, is_lenient, errors, &mut |fields| {
        value = reader.take().and_then(|reader| reader(fields));
    });
    value
}

/// What of reading an object is the same for all of them: one function for every reader, since a browser
/// loads each copy.
fn visit_object(
    path: String,
    json: &Json,
    is_lenient: bool,
    errors: &mut Vec<FieldError>,
    visit: &mut dyn FnMut(&mut Fields<'_>),
) {
    let Json::Object(entries) = json else {
        errors.push(FieldError { field: path, fault: Fault::WrongType(Expected::Object) });
        return;
    };
    let mut fields = Fields { path, is_query: false, is_lenient, entries, asked: Vec::new(), errors };
    visit(&mut fields);
    fields.refuse_unknown();
}

impl<'a> Fields<'a> {
    /// Reads what is asked for, and names what nobody asked for.
    fn finish<T>(mut self, reader: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Option<T> {
        let value = reader(&mut self);
        self.refuse_unknown();
        value
    }

    /// A field that must be there.
    fn required(&mut self, name: &'static str) -> Option<&'a Json> {
        let found = self.find(name);
        if found.is_none() {
            self.wrong(name, Fault::Missing);
        }
        found
    }

    /// A field, if it is there.
    fn find(&mut self, name: &'static str) -> Option<&'a Json> {
        self.asked.push(name);
        let mut found = self.entries.iter().filter(|(entry, value)| entry == name && self.is_present(value));
        let first = found.next().map(|(_, value)| value);
        if found.next().is_some() {
            self.wrong(name, Fault::Repeated);
        }
        first
    }

    /// Whether a value is one: to a lenient reader null is none, and in a query neither is nothing.
    fn is_present(&self, value: &Json) -> bool {
        match value {
            Json::Null => !self.is_lenient,
            Json::Text(text) => !(self.is_lenient && self.is_query && text.is_empty()),
            _ => true,
        }
    }

    /// Reads a field, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        reader: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> Option<Option<T>> {
        self.asked.push(name);
        let is_there = self.entries.iter().any(|(entry, value)| entry == name && self.is_present(value));
        if is_there { reader(self, name).map(Some) } else { Some(None) }
    }

    /// Reads the rest as VTEX's clients write: see [`read_lenient`]; in a query what is empty is
    /// absent as well.
    pub fn leniently(&mut self) {
        self.is_lenient = true;
    }

    /// Reads a field unless it is absent or null: JavaScript writes absence as `undefined`, which
    /// arrives as null. `None`: it is not there.
    pub fn unless_null<T>(&mut self, name: &'static str, reader: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.asked.push(name);
        let is_there = self.entries.iter().any(|(entry, value)| entry == name && *value != Json::Null);
        is_there.then(|| reader(self))
    }

    /// A field as it was written, if it is there, for a reader of its own.
    pub fn written(&mut self, name: &'static str) -> Option<&'a Json> {
        self.find(name)
    }

    /// Whether a field is there and not null.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(entry, value)| entry == name && *value != Json::Null)
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, name: &str, fault: Fault) {
        let field = self.path_of(name);
        self.errors.push(FieldError { field, fault });
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn check<T>(&mut self, name: &str, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.wrong(name, fault)).ok()
    }

    /// Notes a fault, if there is one.
    fn wrong_if(&mut self, is_wrong: bool, name: &str, fault: Fault) {
        if is_wrong {
            self.wrong(name, fault);
        }
    }

    /// Names fields nobody asked for, so that a misspelt one is never silently left out.
    fn refuse_unknown(&mut self) {
        if self.is_lenient {
            return;
        }
        let unknown: Vec<&String> = self
            .entries
            .iter()
            .map(|(name, _)| name)
            .filter(|name| !self.asked.contains(&name.as_str()))
            .collect();
        for name in unknown {
            let meant = self.asked.iter().copied().find(|asked| is_nearly(asked, name));
            let shown: String = name.chars().take(100).collect();
            self.wrong(&shown, Fault::Unknown(meant));
        }
    }

    /// Lets any other field be there without reading it.
    pub fn ignore_others(&mut self) {
        self.entries = &[];
    }

    /// An amount of at least nothing.
    pub fn amount_or_zero(&mut self, name: &'static str, currency: Currency) -> Option<Amount> {
        let json = self.required(name)?;
        self.check(name, read_amount(json, currency))
    }

    /// An amount of more than nothing.
    pub fn amount(&mut self, name: &'static str, currency: Currency) -> Option<Amount> {
        let amount = self.amount_or_zero(name, currency)?;
        let result = if amount.is_zero() { Err(Fault::Zero) } else { Ok(amount) };
        self.check(name, result)
    }

    /// A bound of at least nothing: one that is finer than the currency is rounded up.
    pub fn bound(&mut self, name: &'static str, currency: Currency) -> Option<Amount> {
        let json = self.required(name)?;
        let result = digits(json).and_then(|text| {
            Amount::parse_rounding_up(text, currency).map_err(|error| match error {
                AmountError::TooManyDecimals => Fault::TooManyDecimals(Amount::FINEST_BOUND),
                error => amount_fault(error, currency),
            })
        });
        self.check(name, result)
    }

    /// An amount with a sign.
    pub fn balance(&mut self, name: &'static str, currency: Currency) -> Option<Balance> {
        let json = self.required(name)?;
        let result = digits(json).and_then(|text| {
            Balance::parse(text, currency).map_err(|error| balance_fault(error, text, currency))
        });
        self.check(name, result)
    }

    /// A rate as a fraction.
    pub fn rate(&mut self, name: &'static str) -> Option<Rate> {
        let json = self.required(name)?;
        let result = digits(json).and_then(|text| Rate::parse(text).map_err(rate_fault));
        self.check(name, result)
    }

    /// A rate in percent.
    pub fn percent(&mut self, name: &'static str) -> Option<Percent> {
        let json = self.required(name)?;
        let result = digits(json).and_then(|text| Percent::parse(text).map_err(percent_fault));
        self.check(name, result)
    }

    /// A tolerance.
    pub fn tolerance(&mut self, name: &'static str) -> Option<Tolerance> {
        let json = self.required(name)?;
        let result = digits(json).and_then(|text| Tolerance::parse(text).map_err(tolerance_fault));
        self.check(name, result)
    }

    /// A whole number that must be there.
    pub fn whole(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let json = self.required(name)?;
        self.check(name, read_whole(json, self.is_query || self.is_lenient, least, most))
    }

    /// A whole number, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_whole(&mut self, name: &'static str, least: u64, most: u64) -> Option<Option<u64>> {
        match self.find(name) {
            None => Some(None),
            Some(json) => {
                self.check(name, read_whole(json, self.is_query || self.is_lenient, least, most)).map(Some)
            }
        }
    }

    /// A text that must be there, read by its own type.
    pub fn text<T>(
        &mut self,
        name: &'static str,
        longest: usize,
        new: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Option<T> {
        let text = self.text_of(name)?;
        self.check(name, new(text.to_owned()).map_err(|error| text_fault(error, longest)))
    }

    /// A name that is a text, or a number whose digits are the name.
    pub fn label<T>(
        &mut self,
        name: &'static str,
        longest: usize,
        new: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Option<T> {
        let result = match self.required(name)? {
            Json::Number(digits) => new(digits.clone()).map_err(|error| text_fault(error, longest)),
            json => read_text(json, longest, new),
        };
        self.check(name, result)
    }

    /// A list of whole numbers that must be there, not empty.
    pub fn wholes(&mut self, name: &'static str, most: usize, largest: u64) -> Option<Vec<u64>> {
        let may_be_text = self.is_query || self.is_lenient;
        let numbers = self.each(name, most, |item| read_whole(item, may_be_text, 0, largest))?;
        let result = if numbers.is_empty() { Err(Fault::Empty) } else { Ok(numbers) };
        self.check(name, result)
    }

    /// A list of texts that must be there and may be empty.
    pub fn texts<T>(
        &mut self,
        name: &'static str,
        most: usize,
        longest: usize,
        mut new: impl FnMut(String) -> Result<T, TextError>,
    ) -> Option<Vec<T>> {
        self.each(name, most, |item| read_text(item, longest, &mut new))
    }

    /// A list that must be there and may be empty, each of its items read by itself.
    fn each<T>(
        &mut self,
        name: &'static str,
        most: usize,
        mut read: impl FnMut(&Json) -> Result<T, Fault>,
    ) -> Option<Vec<T>> {
        let mut values = Vec::new();
        let is_read = self.visit_each(name, most, &mut |item| read(item).map(|value| values.push(value)));
        is_read.then_some(values)
    }

    /// Whether every item of a list is as it must be. All are read, so that all wrong ones are named.
    fn visit_each(
        &mut self,
        name: &'static str,
        most: usize,
        visit: &mut dyn FnMut(&Json) -> Result<(), Fault>,
    ) -> bool {
        let Some(json) = self.required(name) else { return false };
        let items = match json {
            Json::List(items) if items.len() <= most => items,
            json => {
                self.wrong(name, not_such_a_list(json, most));
                return false;
            }
        };
        let mut is_read = true;
        for (index, item) in items.iter().enumerate() {
            if let Err(fault) = visit(item) {
                is_read = false;
                self.wrong(&format!("{name}[{index}]"), fault);
            }
        }
        is_read
    }

    /// A name that could stand in a path, and must be there.
    pub fn key<T>(
        &mut self,
        name: &'static str,
        longest: usize,
        new: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Option<T> {
        let json = self.required(name)?;
        self.check(name, read_key(json, longest, new))
    }

    /// A name that could stand in a path, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_key<T>(
        &mut self,
        name: &'static str,
        longest: usize,
        new: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Option<Option<T>> {
        match self.find(name) {
            None => Some(None),
            Some(Json::Text(text)) if text.is_empty() => Some(None),
            Some(json) => self.check(name, read_key(json, longest, new)).map(Some),
        }
    }

    /// A text, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_text<T>(
        &mut self,
        name: &'static str,
        longest: usize,
        new: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Option<Option<T>> {
        match self.find(name) {
            // A form sends an optional field that nobody filled in as an empty text.
            None => Some(None),
            Some(Json::Text(text)) if text.is_empty() => Some(None),
            Some(json) => self.check(name, read_text(json, longest, new)).map(Some),
        }
    }

    /// An e-mail address.
    pub fn email(&mut self, name: &'static str) -> Option<Email> {
        let json = self.required(name)?;
        self.check(name, read_email(json))
    }

    /// An e-mail address, if it is there and not empty. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_email(&mut self, name: &'static str) -> Option<Option<Email>> {
        match self.find(name) {
            None => Some(None),
            Some(Json::Text(text)) if text.is_empty() => Some(None),
            Some(json) => self.check(name, read_email(json)).map(Some),
        }
    }

    /// A text that stands for one of a few values.
    pub fn word<T>(
        &mut self,
        name: &'static str,
        words: &'static [&'static str],
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.parsed(name, Fault::NotOneOf(words), parse)
    }

    /// A text that stands for one of a few values, if it is there. `Some(None)`: it is not;
    /// `None`: it is wrong.
    pub fn optional_word<T>(
        &mut self,
        name: &'static str,
        words: &'static [&'static str],
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        self.optional_parsed(name, Fault::NotOneOf(words), parse)
    }

    /// A text in a form of its own, such as an id or an instant.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        fault: Fault,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text_of(name);
        let parsed = text.and_then(parse);
        self.wrong_if(text.is_some() && parsed.is_none(), name, fault);
        parsed
    }

    /// A text as it was written.
    fn text_of(&mut self, name: &'static str) -> Option<&'a str> {
        let json = self.required(name)?;
        if let Json::Text(text) = json {
            return Some(text);
        }
        self.wrong(name, Fault::WrongType(Expected::Text));
        None
    }

    /// A text in a form of its own, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_parsed<T>(
        &mut self,
        name: &'static str,
        fault: Fault,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        self.optional(name, |fields, name| fields.parsed(name, fault, parse))
    }

    /// A day written `YYYY-MM-DD`.
    pub fn day(&mut self, name: &'static str) -> Option<Day> {
        let json = self.required(name)?;
        let result = match json {
            Json::Text(text) => Day::parse(text).ok_or(Fault::NotADate),
            _ => Err(Fault::WrongType(Expected::Date)),
        };
        self.check(name, result)
    }

    /// `true` or `false`; to a lenient reader also as a text.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let json = self.required(name)?;
        let result = match json {
            Json::Boolean(value) => Ok(*value),
            Json::Text(text) if self.is_lenient && text.eq_ignore_ascii_case("true") => Ok(true),
            Json::Text(text) if self.is_lenient && text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(Fault::WrongType(Expected::Boolean)),
        };
        self.check(name, result)
    }

    /// An object that must be there.
    pub fn object<T>(
        &mut self,
        name: &'static str,
        reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let json = self.required(name)?;
        read_object(self.path_of(name), json, self.is_lenient, self.errors, reader)
    }

    /// An object, if it is there and not null. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_object<T>(
        &mut self,
        name: &'static str,
        reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.find(name) {
            None | Some(Json::Null) => Some(None),
            Some(json) => {
                read_object(self.path_of(name), json, self.is_lenient, self.errors, reader).map(Some)
            }
        }
    }

    /// A list of objects that must be there and may be empty.
    pub fn list_or_empty<T>(
        &mut self,
        name: &'static str,
        most: usize,
        reader: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.required(name)? {
            Json::List(items) if items.is_empty() => Some(Vec::new()),
            json => self.read_list(name, json, most, reader),
        }
    }

    /// A list of objects that must be there and have one at least.
    pub fn list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        reader: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let json = self.required(name)?;
        self.read_list(name, json, most, reader)
    }

    /// A list of objects, if it is there. `Some(None)`: it is not; `None`: it is wrong.
    pub fn optional_list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        reader: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Option<Vec<T>>> {
        match self.find(name) {
            None => Some(None),
            Some(json) => self.read_list(name, json, most, reader).map(Some),
        }
    }

    /// The objects that a query tells field by field, `name[0].field`, in the order of their indices.
    /// None are none; what is not written so is not among them.
    pub fn indexed<T>(
        &mut self,
        name: &'static str,
        most: usize,
        mut reader: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut objects: BTreeMap<u32, Vec<(String, Json)>> = BTreeMap::new();
        for (entry, value) in self.entries {
            if let Some((index, field)) = indexed_name(entry, name) {
                objects.entry(index).or_default().push((field.to_owned(), value.clone()));
            }
        }
        let result = if objects.len() > most { Err(Fault::TooManyEntries(most)) } else { Ok(()) };
        self.check(name, result)?;
        let (name, is_query, is_lenient) = (self.path_of(name), self.is_query, self.is_lenient);
        let read = objects.iter().map(|(index, entries)| {
            let (path, asked, errors) = (format!("{name}[{index}]"), Vec::new(), &mut *self.errors);
            Fields { path, is_query, is_lenient, entries, asked, errors }.finish(&mut reader)
        });
        read.collect::<Vec<Option<T>>>().into_iter().collect()
    }

    fn read_list<T>(
        &mut self,
        name: &'static str,
        json: &Json,
        most: usize,
        mut reader: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut values = Vec::new();
        let visited = self.visit_list(name, json, most, &mut |fields| values.extend(reader(fields)));
        visited.filter(|visited| *visited == values.len()).map(|_| values)
    }

    /// How many objects a list has that is as it must be.
    fn visit_list(
        &mut self,
        name: &'static str,
        json: &Json,
        most: usize,
        visit: &mut dyn FnMut(&mut Fields<'_>),
    ) -> Option<usize> {
        let items = match json {
            Json::List(items) if !items.is_empty() && items.len() <= most => items,
            json => {
                self.wrong(name, not_such_a_list(json, most));
                return None;
            }
        };
        let path = self.path_of(name);
        for (index, item) in items.iter().enumerate() {
            visit_object(format!("{path}[{index}]"), item, self.is_lenient, self.errors, visit);
        }
        Some(items.len())
    }
}

/// Why a value is not a list with entries, and no more of them than these.
fn not_such_a_list(json: &Json, most: usize) -> Fault {
    match json {
        Json::List(items) if items.is_empty() => Fault::Empty,
        Json::List(_) => Fault::TooManyEntries(most),
        _ => Fault::WrongType(Expected::List),
    }
}

/// How a whole number is written.
const A_WHOLE: &str = "3";
/// How a rate or a tolerance is written.
const A_FRACTION: &str = "0.05";

/// How a percentage is written.
const A_PERCENTAGE: &str = "1.86";

/// The index and the field of `name[0].field`.
fn indexed_name<'a>(entry: &'a str, name: &str) -> Option<(u32, &'a str)> {
    let (index, field) = entry.strip_prefix(name)?.strip_prefix('[')?.split_once("].")?;
    let is_digits = index.bytes().all(|byte| byte.is_ascii_digit());
    Some((index.parse().ok().filter(|_| is_digits)?, field))
}

/// How an amount is written.
fn an_amount(currency: Currency) -> &'static str {
    if currency.decimals() == 0 { "5000" } else { "5000.00" }
}

/// A number's digits, written as a number or as a text.
fn digits(json: &Json) -> Result<&str, Fault> {
    match json {
        Json::Number(digits) | Json::Text(digits) => Ok(digits),
        _ => Err(Fault::WrongType(Expected::Number)),
    }
}

fn read_amount(json: &Json, currency: Currency) -> Result<Amount, Fault> {
    Amount::parse(digits(json)?, currency).map_err(|error| amount_fault(error, currency))
}

fn amount_fault(error: AmountError, currency: Currency) -> Fault {
    match error {
        AmountError::NotANumber => Fault::NotANumber(an_amount(currency)),
        AmountError::Negative => Fault::Negative,
        AmountError::TooManyDecimals => Fault::TooManyDecimals(currency.decimals()),
        AmountError::TooLarge => Fault::Above(currency.largest().printed(currency).to_string()),
    }
}

fn balance_fault(error: AmountError, text: &str, currency: Currency) -> Fault {
    match (error, amount_fault(error, currency)) {
        // Of a number with a sign, only a second sign is too much.
        (AmountError::Negative, _) => Fault::NotANumber(an_amount(currency)),
        (_, Fault::Above(most)) if text.starts_with('-') => Fault::Below(format!("-{most}")),
        (_, fault) => fault,
    }
}

fn percent_fault(error: RateError) -> Fault {
    match error {
        RateError::NotANumber => Fault::NotANumber(A_PERCENTAGE),
        RateError::Negative => Fault::Negative,
        RateError::TooManyDecimals => Fault::TooManyDecimals(Percent::MOST_DECIMALS),
        RateError::TooLarge => Fault::Above(Percent::LARGEST.printed().to_string()),
    }
}

fn rate_fault(error: RateError) -> Fault {
    match error {
        RateError::NotANumber => Fault::NotANumber(A_FRACTION),
        RateError::Negative => Fault::Negative,
        RateError::TooManyDecimals => Fault::TooManyDecimals(Rate::MOST_DECIMALS),
        RateError::TooLarge => Fault::Above("100".to_owned()),
    }
}

fn tolerance_fault(error: ToleranceError) -> Fault {
    match error {
        ToleranceError::NotANumber => Fault::NotANumber(A_FRACTION),
        ToleranceError::Negative => Fault::Negative,
        ToleranceError::TooManyDecimals => Fault::TooManyDecimals(Tolerance::MOST_DECIMALS),
        ToleranceError::TooLarge => Fault::Above(Tolerance::LARGEST.printed().to_string()),
    }
}

/// Whole numbers are read like amounts of a currency without decimals: `30` and `30.0` are the
/// same, `1.5` is not whole. A text is one in a query alone.
fn read_whole(json: &Json, is_query: bool, least: u64, most: u64) -> Result<u64, Fault> {
    let digits = match json {
        Json::Number(digits) => digits,
        Json::Text(digits) if is_query => digits,
        _ => return Err(Fault::WrongType(Expected::WholeNumber)),
    };
    let number = Amount::parse(digits, Currency::Clp).map_err(|error| match error {
        AmountError::NotANumber => Fault::NotANumber(A_WHOLE),
        AmountError::Negative => Fault::Below(least.to_string()),
        AmountError::TooManyDecimals => Fault::WrongType(Expected::WholeNumber),
        AmountError::TooLarge => Fault::Above(most.to_string()),
    })?;
    match number.minor() {
        number if number < least => Err(Fault::Below(least.to_string())),
        number if number > most => Err(Fault::Above(most.to_string())),
        number => Ok(number),
    }
}

fn read_text<T>(
    json: &Json,
    longest: usize,
    new: impl FnOnce(String) -> Result<T, TextError>,
) -> Result<T, Fault> {
    let Json::Text(text) = json else { return Err(Fault::WrongType(Expected::Text)) };
    new(text.clone()).map_err(|error| text_fault(error, longest))
}

fn read_key<T>(
    json: &Json,
    longest: usize,
    new: impl FnOnce(String) -> Result<T, TextError>,
) -> Result<T, Fault> {
    let Json::Text(text) = json else { return Err(Fault::WrongType(Expected::Text)) };
    new(text.clone()).map_err(|error| key_fault(error, longest))
}

fn read_email(json: &Json) -> Result<Email, Fault> {
    read_text(json, Email::LONGEST, Email::new).map_err(|fault| match fault {
        Fault::ForbiddenCharacter => Fault::NotAnEmail,
        fault => fault,
    })
}

/// What is wrong with a name in a path that its type refused.
pub fn key_fault(error: TextError, longest: usize) -> Fault {
    match error {
        TextError::Empty => Fault::Empty,
        TextError::TooLong => Fault::TooLong(longest),
        TextError::Forbidden => Fault::NotAKey(longest),
    }
}

/// What is wrong with a text that its type refused.
fn text_fault(error: TextError, longest: usize) -> Fault {
    match error {
        TextError::Empty => Fault::Empty,
        TextError::TooLong => Fault::TooLong(longest),
        TextError::Forbidden => Fault::ForbiddenCharacter,
    }
}

/// Whether a name is another one misspelt: the same letters but for case and marks, with one letter
/// more, less or changed, or two neighbours swapped.
fn is_nearly(known: &str, written: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        name.chars()
            .filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii())
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let (known, written) = (letters(known), letters(written));
    let same_start = known.iter().zip(&written).take_while(|(a, b)| a == b).count();
    let same_end = known.iter().rev().zip(written.iter().rev()).take_while(|(a, b)| a == b).count();
    let changed = known.len().max(written.len()).saturating_sub(same_start + same_end);
    let is_swap = || {
        let two = |letters: &[char]| letters.get(same_start..same_start + 2).map(<[char]>::to_vec);
        let swapped = two(&written).map(|two| two.into_iter().rev().collect::<Vec<char>>());
        known.len() == written.len() && two(&known) == swapped
    };
    match changed {
        0 | 1 => known.len().abs_diff(written.len()) <= 1,
        2 => is_swap(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let json =
            parse(br#"{"amuont":5,"inner":{"days":10000,"x":1},"list":[{"n":0},{}],"twice":1,"twice":2}"#);
        let errors = read(&json.unwrap(), |fields| {
            let amount = fields.amount("amount", Currency::Usd);
            let days = fields.object("inner", |inner| inner.whole("days", 1, 365));
            let list = fields.list_or_empty("list", 9, |item| item.amount("n", Currency::Usd));
            let twice = fields.whole("twice", 0, 9);
            Some((amount?, days?, list?, twice?))
        })
        .unwrap_err();
        let named: Vec<(&str, &Fault)> = errors.iter().map(|e| (e.field.as_str(), &e.fault)).collect();
        let expected = [
            ("amount", Fault::Missing),
            ("inner.days", Fault::Above("365".into())),
            ("inner.x", Fault::Unknown(None)),
            ("list[0].n", Fault::Zero),
            ("list[1].n", Fault::Missing),
            ("twice", Fault::Repeated),
            ("amuont", Fault::Unknown(Some("amount"))),
        ];
        assert_eq!(named, expected.iter().map(|(field, fault)| (*field, fault)).collect::<Vec<_>>());
    }

    /// What a lenient reader makes of `{"it":…}`.
    fn lenient<T>(
        value: &str,
        reader: impl FnOnce(&mut Fields<'_>, &'static str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let json = parse(format!(r#"{{"it":{value},"unknown":1}}"#).as_bytes()).unwrap();
        read_lenient(&json, |fields| fields.optional("it", reader)).map_err(|mut errors| {
            assert_eq!((errors.len(), errors[0].field.as_str()), (1, "it"), "{value}");
            errors.remove(0).fault
        })
    }

    #[test]
    fn to_a_lenient_reader_null_is_absent_and_numbers_may_be_texts() {
        let whole = |value| lenient(value, |fields, name| fields.whole(name, 1, 48));
        assert_eq!(whole("null"), Ok(None));
        assert_eq!((whole("7"), whole("\"7\"")), (Ok(Some(7)), Ok(Some(7))));
        assert_eq!(whole("1.5"), Err(Fault::WrongType(Expected::WholeNumber)));
        assert_eq!(whole("true"), Err(Fault::WrongType(Expected::WholeNumber)));
        assert_eq!(whole("\"\""), Err(Fault::NotANumber("3")));
        assert_eq!(whole("10000"), Err(Fault::Above("48".into())));

        let boolean = |value| lenient(value, |fields, name| fields.boolean(name));
        assert_eq!((boolean("true"), boolean("\"False\"")), (Ok(Some(true)), Ok(Some(false))));
        for value in ["1", "\"yes\"", "[]"] {
            assert_eq!(boolean(value), Err(Fault::WrongType(Expected::Boolean)), "{value}");
        }

        let missing = read_lenient(&parse(br#"{"it":null}"#).unwrap(), |fields| fields.boolean("it"));
        assert_eq!(missing.unwrap_err()[0].fault, Fault::Missing);
        let nested = parse(br#"{"it":{"inner":[{"n":"5","x":null,"y":1}]}}"#).unwrap();
        let read = read_lenient(&nested, |fields| {
            fields.object("it", |it| {
                it.list_or_empty("inner", 3, |item| {
                    let absent = item.optional("x", Fields::boolean)?;
                    Some((item.whole("n", 0, 9)?, absent))
                })
            })
        });
        assert_eq!(read, Ok(vec![(5, None)]));
    }

    #[test]
    fn a_strict_reader_takes_neither_null_nor_texts() {
        let json = parse(br#"{"n":"5","b":"true","x":null}"#).unwrap();
        let errors = read(&json, |fields| {
            let n = fields.whole("n", 0, 9);
            let b = fields.boolean("b");
            let x = fields.optional("x", Fields::boolean);
            Some((n?, b?, x?))
        });
        let named: Vec<String> = errors.unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(named, ["n", "b", "x"]);
    }

    #[test]
    fn signed_amounts_and_rates_are_read_exactly() {
        let balance = |value| lenient(value, |fields, name| fields.balance(name, Currency::Usd));
        let minor = |minor| Ok(Some(Balance::from_minor(minor)));
        assert_eq!((balance("-15"), balance("\"-15.0\"")), (minor(-1_500), minor(-1_500)));
        assert_eq!((balance("4.5"), balance("\"0\"")), (minor(450), minor(0)));
        assert_eq!(balance("-0.001"), Err(Fault::TooManyDecimals(2)));
        assert_eq!(balance("\"--1\""), Err(Fault::NotANumber("5000.00")));
        assert_eq!(balance("-1e400"), Err(Fault::Below("-9999999999999.99".into())));
        assert_eq!(balance("1e400"), Err(Fault::Above("9999999999999.99".into())));

        let rate =
            |value| lenient(value, |fields, name| fields.rate(name)).map(|rate| rate.map(String::from));
        assert_eq!(rate("\"0.010\""), Ok(Some("0.01".to_owned())));
        assert_eq!(rate("-0.01"), Err(Fault::Negative));
        assert_eq!(rate("100.1"), Err(Fault::Above("100".into())));
        assert_eq!(rate("\"1 %\""), Err(Fault::NotANumber("0.05")));
    }

    #[test]
    fn bounds_percentages_and_names_are_read_as_they_come() {
        let bound = |value| {
            let read = lenient(value, |fields, name| fields.bound(name, Currency::Usd));
            read.map(|bound| bound.map(Amount::minor))
        };
        assert_eq!(
            (bound("10"), bound("\"10.001\""), bound("0")),
            (Ok(Some(1_000)), Ok(Some(1_001)), Ok(Some(0)))
        );
        assert_eq!(bound("1e-40"), Err(Fault::TooManyDecimals(28)));
        assert_eq!(
            (bound("-1"), bound("[]")),
            (Err(Fault::Negative), Err(Fault::WrongType(Expected::Number)))
        );

        let percent =
            |value| lenient(value, |fields, name| fields.percent(name)).map(|rate| rate.map(String::from));
        assert_eq!(
            (percent("1.860"), percent("\"25\"")),
            (Ok(Some("1.86".to_owned())), Ok(Some("25".to_owned())))
        );
        assert_eq!(percent("0.0000001"), Err(Fault::TooManyDecimals(Tolerance::MOST_DECIMALS)));
        assert_eq!(
            (percent("10001"), percent("-1")),
            (Err(Fault::Above("10000".into())), Err(Fault::Negative))
        );
        assert_eq!(percent("\"1 %\""), Err(Fault::NotANumber("1.86")));

        let short = |text: String| if text.len() > 3 { Err(TextError::TooLong) } else { Ok(text) };
        let label = |value| lenient(value, |fields, name| fields.label(name, 3, short));
        assert_eq!((label("1"), label("\"1\"")), (Ok(Some("1".to_owned())), Ok(Some("1".to_owned()))));
        assert_eq!(label("1234"), Err(Fault::TooLong(3)));
        assert_eq!(label("true"), Err(Fault::WrongType(Expected::Text)));

        let texts = |value: &str| {
            let json = parse(format!(r#"{{"it":{value}}}"#).as_bytes()).unwrap();
            let read = read_lenient(&json, |fields| fields.texts("it", 2, 3, short));
            read.map_err(|errors| errors.into_iter().map(|error| error.field).collect::<Vec<String>>())
        };
        assert_eq!(texts(r#"["a","b"]"#), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(texts("[]"), Ok(Vec::new()));
        assert_eq!(texts(r#"[1,"long"]"#), Err(vec!["it[0]".to_owned(), "it[1]".to_owned()]));
        assert_eq!(texts(r#"["a","b","c"]"#), Err(vec!["it".to_owned()]));
        assert_eq!(texts("{}"), Err(vec!["it".to_owned()]));
    }

    #[test]
    fn a_query_tells_objects_field_by_field() {
        let read = |text: &str| {
            let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
            let pairs: Vec<_> =
                pairs.map(|(name, value)| (name.to_owned(), Json::Text(value.to_owned()))).collect();
            let read = read_query(&pairs, |fields| {
                fields.leniently();
                fields.indexed("it", 2, |item| item.whole("n", 0, 9))
            });
            read.map_err(|errors| {
                errors.into_iter().map(|error| (error.field, error.fault)).collect::<Vec<_>>()
            })
        };
        assert_eq!(read("it[7].n=2&it[0].n=1&it[0].x=&other[0].n=x"), Ok(vec![1, 2]));
        assert_eq!(read("it=1&it[].n=1&it[a].n=1&it[+1].n=1&it[0]n=1&it[99999999999].n=1"), Ok(vec![]));
        let wrong =
            vec![("it[0].n".to_owned(), Fault::NotANumber("3")), ("it[3].n".to_owned(), Fault::Missing)];
        assert_eq!(read("it[0].n=x&it[3].n="), Err(wrong));
        assert_eq!(read("it[2].n=1&it[2].n=1"), Err(vec![("it[2].n".to_owned(), Fault::Repeated)]));
        let many = "it[1].n=1&it[2].n=1&it[3].n=1";
        assert_eq!(read(many), Err(vec![("it".to_owned(), Fault::TooManyEntries(2))]));
    }

    #[test]
    fn misspelt_names_are_recognized() {
        for written in ["Amount", "amuont", "amout", "ammount", "amount_", "AMOUNT"] {
            assert!(is_nearly("amount", written), "{written}");
        }
        for written in ["order_id", "amo", "", "count"] {
            assert!(!is_nearly("amount", written), "{written}");
        }
    }
}
