//! The chain of hashes through an account's journal (DECISIONS 17).
//!
//! Each entry's link is the SHA-256 of the link before it and of the entry's place and stored
//! bytes. Whoever knows an account's last link can tell whether anything before it was changed.
//!
//! It promises that two different journals never hash the same bytes: every field of variable
//! length is preceded by its length. It never writes an entry anew; the bytes that were stored
//! are the bytes that are hashed.

use crate::StoreError;
use fiado_core::account::Entry;
use fiado_core::identity::AccountKey;
use sha2::{Digest, Sha256};

/// One link of a chain: a SHA-256.
pub type Link = [u8; 32];

/// What an account's first entry follows on.
pub const GENESIS: Link = [0; 32];

/// The link of an entry: SHA-256 over the previous link, organization, customer, sequence and
/// body. Numbers are 8 bytes, big end first; texts and body come after their length in bytes,
/// written the same way.
pub fn link(previous: &Link, key: &AccountKey, sequence: u64, body: &[u8]) -> Link {
    let mut hash = Sha256::new();
    hash.update(previous);
    update_with_length(&mut hash, key.organization.as_str().as_bytes());
    update_with_length(&mut hash, key.customer.as_str().as_bytes());
    hash.update(sequence.to_be_bytes());
    update_with_length(&mut hash, body);
    hash.finalize().into()
}

/// The bytes an entry is stored as behind a link, and its own link.
pub(crate) fn seal(previous: &Link, key: &AccountKey, entry: &Entry) -> Result<(Vec<u8>, Link), StoreError> {
    let body = serde_json::to_vec(entry)
        .map_err(|error| StoreError::Damaged(format!("an entry cannot be written: {error}")))?;
    let link = link(previous, key, entry.sequence, &body);
    Ok((body, link))
}

fn update_with_length(hash: &mut Sha256, field: &[u8]) {
    let length = u64::try_from(field.len()).unwrap_or(u64::MAX);
    hash.update(length.to_be_bytes());
    hash.update(field);
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiado_core::identity::{CustomerId, OrganizationId};

    fn key(organization: &str, customer: &str) -> AccountKey {
        AccountKey {
            organization: OrganizationId::new(organization).unwrap(),
            customer: CustomerId::new(customer).unwrap(),
        }
    }

    fn hexadecimal(link: Link) -> String {
        link.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn a_link_is_what_any_other_program_computes() {
        // python3: sha256(bytes(32) + field(b"org_default") + field(b"cust_456")
        //                 + (1).to_bytes(8) + field(b"{}")), field(x) = len(x).to_bytes(8) + x
        let link = link(&GENESIS, &key("org_default", "cust_456"), 1, b"{}");
        assert_eq!(hexadecimal(link), "f5d6410b6eadf3b65576afcfc2e1671270ff753bf7b9e1a17d5365542c4c72e6");
    }

    #[test]
    fn every_field_counts_and_none_runs_into_the_next() {
        let first = link(&GENESIS, &key("ab", "c"), 1, b"x");
        let others = [
            link(&[1; 32], &key("ab", "c"), 1, b"x"),
            link(&GENESIS, &key("a", "bc"), 1, b"x"),
            link(&GENESIS, &key("ab", "d"), 1, b"x"),
            link(&GENESIS, &key("ab", "c"), 2, b"x"),
            link(&GENESIS, &key("ab", "c"), 1, b"y"),
        ];
        assert!(others.iter().all(|other| *other != first));
    }
}
