-- Every index is work for each purchase. The invoices of all states in the order they were issued are
-- those of one state, and of the next, merged: `invoices_by_state` has them. Dropping an index takes no
-- longer for a large store than for a small one. While an import is under way, it is set aside already.
DROP INDEX IF EXISTS invoices_by_issue;
