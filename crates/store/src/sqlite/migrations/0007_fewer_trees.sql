-- Every tree is a page more that a purchase changes.

-- The invoices of all states in the order they were issued are those of one state, and of the next, merged:
-- `invoices_by_state` has them.
DROP INDEX invoices_by_issue;
