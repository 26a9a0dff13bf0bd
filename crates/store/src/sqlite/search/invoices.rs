//! How SQLite lists invoices.

#[cfg(test)]
mod tests {
    use crate::conformance::desk::{ORGANIZATION, amount, instant, invoice, key, organization};
    use crate::search::invoices::statements;
    use crate::sqlite::plan;
    use crate::{InvoiceFilter, InvoiceTerm};
    use fiado_core::account::InvoiceState;
    use fiado_core::identity::OrderId;
    use fiado_core::profile::Observation;
    use rusqlite::Connection;

    fn selective() -> Vec<InvoiceTerm> {
        vec![
            InvoiceTerm::Customer(key("cust_456").customer),
            InvoiceTerm::Due { from: None, to: None },
            InvoiceTerm::Value(amount(1)),
            InvoiceTerm::Friendly("u8KFsGDk-1".to_owned()),
            InvoiceTerm::Observation(Observation::new("x").unwrap()),
            InvoiceTerm::Id(invoice("t-1", 1)),
            InvoiceTerm::Order(OrderId::new("order-1").unwrap()),
        ]
    }

    fn issued() -> InvoiceTerm {
        InvoiceTerm::Issued { from: Some(instant("2025-11-24T10:00:00Z")), before: None }
    }

    /// The steps of a page and of its totals.
    fn steps(filter: &InvoiceFilter, from_the_end: bool) -> (Vec<String>, Vec<String>) {
        let organization = organization(ORGANIZATION);
        let (page, sum) = statements::<Connection>(&organization, filter, from_the_end);
        (plan::steps(&page), sum.map_or_else(Vec::new, |sum| plan::steps(&sum)))
    }

    fn filter(customer: bool, terms: &[InvoiceTerm]) -> InvoiceFilter {
        let customer = customer.then(|| key("cust_456").customer);
        InvoiceFilter { customer, terms: terms.to_vec(), any: false }
    }

    #[test]
    fn a_list_in_its_own_order_is_walked_in_an_index() {
        let open = InvoiceTerm::State(InvoiceState::Open);
        let walks = [
            (filter(false, &[]), "COVERING INDEX invoices_by_issue (organization=?)"),
            (filter(false, &[issued()]), "COVERING INDEX invoices_by_issue (organization=? AND issued_at"),
            (
                filter(false, std::slice::from_ref(&open)),
                "COVERING INDEX invoices_by_state (organization=? AND state=?)",
            ),
            (
                filter(false, &[open.clone(), issued()]),
                "COVERING INDEX invoices_by_state (organization=? AND state=? AND issued_at",
            ),
            (filter(true, &[]), "INDEX usages_by_account (account=?)"),
            (filter(true, &[open, issued()]), "INDEX usages_by_account (account=? AND used_at"),
        ];
        for (filter, walk) in walks {
            for from_the_end in [false, true] {
                let (page, totals) = steps(&filter, from_the_end);
                assert!(page.iter().any(|step| step.contains(walk)), "{filter:?}\n{page:#?}");
                let sorted = page.iter().filter(|step| step.contains(plan::SORTED)).count();
                assert_eq!(sorted, 1, "only the page itself is sorted\n{page:#?}");
                assert!(!totals.iter().any(|step| step.contains(plan::SORTED)), "{totals:#?}");
            }
        }
    }

    #[test]
    fn several_lists_are_merged_without_being_sorted() {
        let states = [InvoiceState::Open, InvoiceState::Paid].map(InvoiceTerm::State);
        let filter = InvoiceFilter { customer: None, terms: states.to_vec(), any: true };
        let (page, totals) = steps(&filter, false);
        assert_eq!(page.iter().filter(|step| step.contains("COVERING INDEX invoices_by_state")).count(), 2);
        assert_eq!(page.iter().filter(|step| step.contains("TEMP B-TREE")).count(), 1, "{page:#?}");
        assert!(totals.is_empty(), "they are kept");
    }

    #[test]
    fn whatever_is_asked_is_found_by_an_index() {
        let mut filters: Vec<InvoiceFilter> =
            selective().iter().map(|term| filter(false, std::slice::from_ref(term))).collect();
        filters.extend(selective().iter().map(|term| filter(true, std::slice::from_ref(term))));
        filters.push(filter(false, &selective()));
        filters
            .push(filter(false, &[InvoiceTerm::Due { from: None, to: None }, InvoiceTerm::Value(amount(1))]));
        let any = [selective(), vec![InvoiceTerm::State(InvoiceState::Paid), issued()]].concat();
        for customer in [None, Some(key("cust_456").customer)] {
            filters.push(InvoiceFilter { customer, terms: any.clone(), any: true });
        }
        for filter in filters {
            let (page, totals) = steps(&filter, false);
            // Only what was found before, and the stretches there are.
            let few = ["(subquery", "CONSTANT ROW", "SCAN stretches"];
            let passes =
                |step: &&String| step.starts_with("SCAN") && !few.iter().any(|few| step.contains(few));
            let passed: Vec<&String> = page.iter().chain(&totals).filter(passes).collect();
            assert!(passed.is_empty(), "{filter:?}\n{passed:#?}\n{page:#?}");
        }
    }

    #[test]
    fn what_is_named_leads_whatever_else_is_asked() {
        let broad = [InvoiceTerm::Due { from: None, to: None }, issued(), InvoiceTerm::Value(amount(1))];
        let order = InvoiceTerm::Order(OrderId::new("order-1").unwrap());
        let (named, _) = steps(&filter(false, &[&broad[..], &[order]].concat()), false);
        let (of_account, _) = steps(&filter(true, &broad), false);
        let (value, _) = steps(&filter(false, &broad), false);
        let by = |steps: &[String], index: &str| steps.iter().any(|step| step.contains(index));
        assert!(by(&named, "usages_by_order") && !by(&named, "invoices_by_"), "{named:#?}");
        assert!(by(&of_account, "usages_by_account") && !by(&of_account, "invoices_by_"), "{of_account:#?}");
        assert!(by(&value, "invoices_by_value") && !by(&value, "invoices_by_due"), "{value:#?}");
    }

    #[test]
    fn a_value_is_looked_for_in_one_stretch_after_the_other() {
        let (page, _) = steps(&filter(false, &[InvoiceTerm::Value(amount(1))]), false);
        for search in
            ["invoices_by_value (organization=? AND <expr>>?)", "(organization=? AND <expr>=? AND value=?)"]
        {
            assert!(page.iter().any(|step| step.contains(search)), "{page:#?}");
        }
    }
}
