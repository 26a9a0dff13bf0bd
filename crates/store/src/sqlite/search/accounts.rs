//! How SQLite lists accounts.

#[cfg(test)]
mod tests {
    use crate::conformance::desk::{ORGANIZATION, organization};
    use crate::search::{Reach, accounts};
    use crate::sqlite::plan;
    use crate::{AccountFilter, AccountTerm};
    use fiado_core::profile::{Document, Email};
    use rusqlite::Connection;

    fn steps(filter: &AccountFilter, from_the_end: bool) -> Vec<String> {
        let organization = organization(ORGANIZATION);
        let reach = Reach { from_the_end, skipped: 0, most: 20 };
        plan::steps(&accounts::page_of::<Connection>(&organization, filter, &reach).text)
    }

    #[test]
    fn a_list_of_all_is_walked_in_its_index() {
        let lists = [(Some(true), 1), (Some(false), 1), (None, 2)];
        for ((open, searches), from_the_end) in
            lists.into_iter().flat_map(|list| [(list, false), (list, true)])
        {
            let steps = steps(&AccountFilter { open, ..AccountFilter::default() }, from_the_end);
            let walks = steps.iter().filter(|step| {
                step.contains("USING COVERING INDEX accounts_by_update (organization=? AND is_open=?)")
            });
            assert_eq!(walks.count(), searches, "{steps:#?}");
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:#?}");
        }
    }

    #[test]
    fn whoever_is_named_is_found_by_an_index() {
        let terms = [
            AccountTerm::Email(Email::new("a@b.pa").unwrap()),
            AccountTerm::Document(Document::new("8-888-8888").unwrap()),
            AccountTerm::User("cust_456".to_owned()),
        ];
        let filters = terms.iter().map(|term| vec![term.clone()]).chain([terms.to_vec()]);
        for terms in filters {
            for any in [false, true] {
                let steps = steps(&AccountFilter { open: Some(true), terms: terms.clone(), any }, false);
                assert!(
                    steps.iter().any(|step| step.contains("accounts USING")
                        && step.contains("(organization=? AND customer=?)")),
                    "{steps:#?}"
                );
                let scans = steps.iter().filter(|step| step.starts_with("SCAN"));
                // The one row that SELECT ? makes is no table.
                assert!(scans.clone().all(|step| step == "SCAN CONSTANT ROW"), "{steps:#?}");
            }
        }
    }
}
