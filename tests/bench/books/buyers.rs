//! Who the buyers are: each follows from a number, so that none has to be remembered.

use fiado_core::account::Open;
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::money::{Amount, Currency, Tolerance};
use fiado_core::profile::{Beside, Contact, ContactChange, Document, DocumentType, Email};

/// The organization that every store is made with.
pub(super) const ORGANIZATION: &str = "org_default";

/// Every tenth buyer buys half of everything.
pub(super) const REGULARS: u64 = 10;

/// How many numbers a CPF has.
const DOCUMENTS: u64 = 100_000_000_000;

/// A buyer, by the order in which their accounts are opened, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Buyer(pub(super) u64);

impl Buyer {
    /// Whether they only ever look, and leave again.
    pub(super) fn leaves(self) -> bool {
        self.0 % 100 == 57
    }

    /// Their account.
    pub(super) fn key(self) -> AccountKey {
        AccountKey {
            organization: OrganizationId::new(ORGANIZATION).unwrap(),
            customer: CustomerId::new(format!("{}_CPF", self.document())).unwrap(),
        }
    }

    /// Documents lie scattered, as they do in life: a factor that shares none with ten names each
    /// number once.
    fn document(self) -> String {
        let scattered = u128::from(self.0) * 38_742_049_301 % u128::from(DOCUMENTS);
        format!("{scattered:011}")
    }

    /// How their account is opened. Regulars get higher limits.
    pub(super) fn opening(self) -> Open {
        let (least, steps) = if self.0.is_multiple_of(REGULARS) { (20_000, 160) } else { (2_000, 36) };
        Open {
            limit: Currency::Usd.units(least + 500 * (self.0 * 7_919 % steps)),
            tolerance: Tolerance::from_millionths(50_000 * u32::from(self.0.is_multiple_of(4))).unwrap(),
        }
    }

    /// What is kept beside it.
    pub(super) fn contact(self) -> Beside {
        let email = format!("compras{}@empresa{}.example", self.0, self.0 % 20_011);
        let contact = Contact {
            email: Some(Email::new(email).unwrap()),
            document: Some(Document::new(self.document()).unwrap()),
            document_type: Some(DocumentType::new("CPF").unwrap()),
            description: None,
        };
        Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() }
    }
}

/// An amount of so many cents.
pub(super) fn cents(minor: u64) -> Amount {
    Amount::from_minor(minor).unwrap()
}
