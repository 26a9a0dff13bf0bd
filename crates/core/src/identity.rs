//! Who and what: the names of organizations, customers, orders, payments, usages and invoices.
//!
//! Names that come from outside are checked texts. Names that are made here are unique by
//! construction: they join the life of the account, which is random once, with the sequence of
//! the event that made them, which no other event of that life has.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Nothing in it.
    Empty,
    /// More characters than allowed.
    TooLong,
    /// A character that may not be there: a control character, `/` in a key, space at an end.
    Forbidden,
}

/// Which characters a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    /// Printable, no space at either end, no `/`: it stands in paths.
    Key,
    /// Printable on one line, no space at either end.
    Line,
    /// Printable, with line breaks and tabs.
    Prose,
    /// Printable without spaces, with something on both sides of one `@`.
    Email,
}

impl Alphabet {
    pub(crate) fn check(self, text: &str, longest: usize) -> Result<(), TextError> {
        if text.trim().is_empty() {
            return Err(TextError::Empty);
        }
        if text.chars().count() > longest {
            return Err(TextError::TooLong);
        }
        // In a path these two are not names but ways.
        if self == Alphabet::Key && matches!(text, "." | "..") {
            return Err(TextError::Forbidden);
        }
        if self == Alphabet::Email && !is_email(text) {
            return Err(TextError::Forbidden);
        }
        let edges = self == Alphabet::Prose || text.trim().len() == text.len();
        if edges && text.chars().all(|character| self.holds(character)) {
            Ok(())
        } else {
            Err(TextError::Forbidden)
        }
    }

    fn holds(self, character: char) -> bool {
        match character {
            '/' => self != Alphabet::Key,
            '\n' | '\r' | '\t' => self == Alphabet::Prose,
            ' ' => self != Alphabet::Email,
            // Invisible characters, and marks that reorder text, make one name look like another.
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}'
            | '\u{FFA0}' => false,
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => false,
            '\u{E0000}'..='\u{E007F}' => false,
            _ => !character.is_control(),
        }
    }
}

fn is_email(text: &str) -> bool {
    let sides = text.split_once('@');
    sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// Declares a checked text: private inside, read through `new`, written as it was.
macro_rules! text_type {
    ($(#[$documentation:meta])* $name:ident, $longest:literal, $alphabet:ident) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const LONGEST: usize = $longest;

            /// The checked text.
            pub fn new(text: impl Into<String>) -> Result<$name, $crate::identity::TextError> {
                let text = text.into();
                $crate::identity::text_type!(@alphabet $alphabet).check(&text, $longest)?;
                Ok($name(text))
            }

            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<$name, &'static str> {
                $name::new(text).map_err(|_| concat!("not a ", stringify!($name)))
            }
        }
    };
    (@alphabet key) => { $crate::identity::Alphabet::Key };
    (@alphabet line) => { $crate::identity::Alphabet::Line };
    (@alphabet prose) => { $crate::identity::Alphabet::Prose };
    (@alphabet email) => { $crate::identity::Alphabet::Email };
}
pub(crate) use text_type;

text_type! {
    /// The shop whose books these are (tenant). Every key starts with it.
    OrganizationId, 100, key
}

text_type! {
    /// The company that buys on account: façade `customerId`, VTEX `creditAccountId` (DECISIONS 1).
    CustomerId, 200, key
}

text_type! {
    /// What a plan is offered under: its rule and its terms, `line:3x` where the shop has no rule.
    PlanId, 320, line
}

impl PlanId {
    /// The id of terms of a source. A rule's id and the days of 48 deadlines always fit.
    pub(crate) fn of(source: &str, terms: &str) -> PlanId {
        PlanId(format!("{source}:{terms}"))
    }
}

text_type! {
    /// A payment rule of an organization, as it stands in the gateway's paths (`ruleId`).
    RuleId, 64, key
}

text_type! {
    /// Who did it: the `user_id` or `sub` of a token, or the name of an application key.
    ActorId, 200, line
}

impl ActorId {
    /// Who previews: whoever it is has no part in what a preview says.
    pub fn nobody() -> ActorId {
        ActorId("nobody".to_owned())
    }
}

text_type! {
    /// The order that is bought on account, unique in its account.
    OrderId, 200, line
}

text_type! {
    /// A purchase from its hold to its last invoice. Made here it is a [`ChildId`]; a VTEX client may
    /// choose its own (operation 18). Unique in its account.
    TransactionId, 64, key
}

text_type! {
    /// A movement of the manual balance, named by its client (VTEX operation 16). Unique in its
    /// account.
    StatementId, 64, key
}

text_type! {
    /// The payer's reference of a payment (a transfer's number), unique in its account.
    PaymentReference, 200, line
}

/// Which account: organization and customer, in this order, as in every key of every store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountKey {
    /// The shop.
    pub organization: OrganizationId,
    /// The company.
    pub customer: CustomerId,
}

const LIFE_BYTES: usize = 10;

/// One life of an account, from request or opening to closing: ten random bytes, made once.
///
/// Written as twenty lower-case hexadecimal digits; `credit_…` in the façade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LifeId([u8; LIFE_BYTES]);

impl LifeId {
    /// The life with these random bytes.
    pub const fn new(random: [u8; LIFE_BYTES]) -> LifeId {
        LifeId(random)
    }

    /// The id of what the event with this sequence made in this life.
    pub fn child(self, sequence: u64) -> ChildId {
        ChildId { life: self, sequence: sequence & ChildId::LARGEST_SEQUENCE }
    }
}

impl fmt::Display for LifeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h, i, j, k] = self.0;
        let number = u128::from_be_bytes([0, 0, 0, 0, 0, 0, a, b, c, d, e, g, h, i, j, k]);
        write!(f, "{number:020x}")
    }
}

impl From<LifeId> for String {
    fn from(life: LifeId) -> String {
        life.to_string()
    }
}

impl TryFrom<String> for LifeId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<LifeId, &'static str> {
        let wrong = "a life is twenty lower-case hexadecimal digits";
        let is_hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 20 || !text.bytes().all(is_hexadecimal) {
            return Err(wrong);
        }
        let number = u128::from_str_radix(&text, 16).map_err(|_| wrong)?;
        let [_, _, _, _, _, _, bytes @ ..] = number.to_be_bytes();
        Ok(LifeId(bytes))
    }
}

/// What one event made: a usage's transaction, a payment. 32 hexadecimal digits, twenty of the
/// life and twelve of the event's sequence, so that it is unique by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChildId {
    life: LifeId,
    sequence: u64,
}

impl ChildId {
    const LARGEST_SEQUENCE: u64 = 0xffff_ffff_ffff;

    /// The sequence of the event that made it.
    pub const fn sequence(self) -> u64 {
        self.sequence
    }

    /// The life in which it was made.
    pub const fn life(self) -> LifeId {
        self.life
    }

    /// Reads 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<ChildId> {
        let (life, sequence) = text.split_at_checked(20)?;
        let life = LifeId::try_from(life.to_owned()).ok()?;
        let is_hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if sequence.len() != 12 || !sequence.bytes().all(is_hexadecimal) {
            return None;
        }
        Some(ChildId { life, sequence: u64::from_str_radix(sequence, 16).ok()? })
    }
}

impl fmt::Display for ChildId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:012x}", self.life, self.sequence)
    }
}

impl From<ChildId> for String {
    fn from(id: ChildId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for ChildId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<ChildId, &'static str> {
        ChildId::parse(&text).ok_or("an id is 32 lower-case hexadecimal digits")
    }
}

impl From<ChildId> for TransactionId {
    fn from(id: ChildId) -> TransactionId {
        TransactionId(id.to_string())
    }
}

impl From<TransactionId> for OrderId {
    /// Every text that names a transaction can name an order.
    fn from(transaction: TransactionId) -> OrderId {
        OrderId(transaction.0)
    }
}

impl TransactionId {
    /// A short name for people: eight letters and digits that follow from the id alone
    /// (VTEX `friendlyId`, without its installment).
    pub fn friendly(&self) -> String {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut rest = scatter(self.0.as_bytes());
        let digits = (0..8).map(|_| {
            let digit = usize::try_from(rest.rem_euclid(62)).unwrap_or_default();
            rest = rest.div_euclid(62);
            DIGITS.get(digit).map_or('0', |digit| char::from(*digit))
        });
        digits.collect()
    }
}

/// 64 bits that depend on every byte (FNV-1a, then the finalizer of SplitMix64). Not a secret.
fn scatter(bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// One invoice: the purchase that made it, and which of its installments it is (1 to 48).
///
/// Written `{transaction}-01`, as VTEX does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvoiceId {
    /// The purchase.
    pub transaction: TransactionId,
    /// Which installment, from 1.
    pub installment: u8,
}

impl InvoiceId {
    /// Reads `{transaction}-01`.
    pub fn parse(text: &str) -> Option<InvoiceId> {
        let (transaction, number) = text.rsplit_once('-')?;
        let installment = number.parse().ok().filter(|number| (1..=99).contains(number))?;
        let id = InvoiceId { transaction: TransactionId::new(transaction).ok()?, installment };
        (id.to_string() == text).then_some(id)
    }

    /// A short name for people: `u8KFsGDk-1` (VTEX `friendlyId`).
    pub fn friendly(&self) -> String {
        format!("{}-{}", self.transaction.friendly(), self.installment)
    }
}

impl fmt::Display for InvoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.transaction, self.installment)
    }
}

impl From<InvoiceId> for String {
    fn from(id: InvoiceId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for InvoiceId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<InvoiceId, &'static str> {
        InvoiceId::parse(&text).ok_or("an invoice is {transaction}-{two digits}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_printable_text_without_a_slash() {
        for text in ["cust_456", "55555555555_CPF", "a b", "ñandú", "x+y_z@test.com", &"x".repeat(200)] {
            assert!(CustomerId::new(text).is_ok(), "{text:?}");
        }
        let refused = [
            ("", TextError::Empty),
            ("   ", TextError::Empty),
            ("a/b", TextError::Forbidden),
            (".", TextError::Forbidden),
            ("..", TextError::Forbidden),
            (" a", TextError::Forbidden),
            ("a\nb", TextError::Forbidden),
            ("a\u{0}b", TextError::Forbidden),
            ("a\u{202E}b", TextError::Forbidden),
            ("\u{61C}", TextError::Forbidden),
            ("a\u{AD}b", TextError::Forbidden),
            (&"x".repeat(201), TextError::TooLong),
        ];
        for (text, error) in refused {
            assert_eq!(CustomerId::new(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn ids_are_written_and_read_back() {
        let life = LifeId::new([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]);
        let child = life.child(18);
        assert_eq!(child.to_string(), "000102030405060708ff000000000012");
        assert_eq!(ChildId::parse(&child.to_string()), Some(child));
        let invoice = InvoiceId { transaction: child.into(), installment: 3 };
        assert_eq!(InvoiceId::parse(&invoice.to_string()), Some(invoice));
        assert_eq!(InvoiceId::parse("pedido-77-12").map(|id| id.installment), Some(12));
        for text in ["", "x", "-01", "000102030405060708ff000000000012-3", "a/b-03", "a-00"] {
            assert_eq!(InvoiceId::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_friendly_name_is_short_and_follows_from_the_id() {
        let name = |text: &str| InvoiceId::parse(text).unwrap().friendly();
        assert_eq!(name("A424887D0F2D45028FE5C96E9B0E1A2D-01"), name("A424887D0F2D45028FE5C96E9B0E1A2D-01"));
        assert_ne!(name("A424887D0F2D45028FE5C96E9B0E1A2D-01"), name("A424887D0F2D45028FE5C96E9B0E1A2E-01"));
        let (letters, number) =
            name("pedido-12").split_once('-').map(|(a, b)| (a.len(), b.to_owned())).unwrap();
        assert_eq!((letters, number.as_str()), (8, "12"));
    }
}
