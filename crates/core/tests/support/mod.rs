//! What the suites share: an account with its journal in memory, a calendar moved by hand, and
//! short names for commands.
#![allow(dead_code, reason = "each suite uses its part")]

pub(crate) mod commands;
pub(crate) mod deeds;
pub(crate) mod history;
pub(crate) mod offering;
pub(crate) mod table;
pub(crate) mod world;

/// The names of an enum's variants in the order they are written in its source.
pub(crate) fn variants_in_source(source: &'static str, name: &str) -> Vec<&'static str> {
    let opening = format!("pub enum {name} {{");
    let body = source.split_once(&opening).unwrap().1.split_once("\n}").unwrap().0;
    let is_variant = |line: &&str| line.starts_with("    ") && line.as_bytes()[4].is_ascii_uppercase();
    let name_of = |line: &'static str| first_word(line.trim());
    body.lines().filter(|line| line.len() > 4).filter(is_variant).map(name_of).collect()
}

/// The name of the variant a value is, as `Debug` writes it.
pub(crate) fn variant(value: &impl std::fmt::Debug) -> String {
    first_word(&format!("{value:?}")).to_owned()
}

fn first_word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}
