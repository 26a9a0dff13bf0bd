//! Numbers that stand for long names in indices: eight bytes instead of two texts or four, so that an
//! index has more entries on a page, and a purchase changes fewer pages.
//!
//! They find, they never tell apart: two names may have the same number, and whoever finds a row by its
//! number compares the names beside it too. So no key may be made of them alone. Migrations make the same
//! numbers (SQLite through a function of ours, PostgreSQL in SQL): they cannot be made in another way
//! without a new migration.

use crate::AnswerKey;
use fiado_core::identity::AccountKey;
use sha2::{Digest, Sha256};

/// The number of an account: of `organization/customer`.
pub(crate) fn of_account(key: &AccountKey) -> i64 {
    number(&[key.organization.as_str(), key.customer.as_str()])
}

/// The number of an answer: of `organization/customer/operation/key`.
pub(crate) fn of_answer(key: &AnswerKey) -> i64 {
    let AccountKey { organization, customer } = &key.account;
    number(&[organization.as_str(), customer.as_str(), key.operation.word(), &key.key])
}

/// The first eight bytes, big end first, of the SHA-256 of these names with slashes between them.
pub(crate) fn number(names: &[&str]) -> i64 {
    let mut hash = Sha256::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            hash.update(b"/");
        }
        hash.update(name.as_bytes());
    }
    let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = hash.finalize().into();
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::key;
    use fiado_core::account::Operation;

    #[test]
    fn a_number_is_made_of_the_names_as_migrations_make_it() {
        let account = key("cust_456");
        // printf 'org_default/cust_456' | sha256sum
        assert_eq!(of_account(&account), 0x8914_c1f7_2e60_80fc_u64.cast_signed());
        let answer = AnswerKey { account, operation: Operation::UseCredit, key: "k-1".to_owned() };
        // printf 'org_default/cust_456/use_credit/k-1' | sha256sum
        assert_eq!(of_answer(&answer), 0x4266_6fe7_d920_dc93_u64.cast_signed());
    }
}
