-- Every tree is a page more that a purchase changes, and one more that a reader goes down.

-- The invoices of all states in the order they were issued are those of one state, and of the next, merged:
-- `invoices_by_state` has them.
DROP INDEX invoices_by_issue;

-- What is owed by due day stands with its account: it is read with it, and written with it.
ALTER TABLE accounts ADD COLUMN ladder TEXT NOT NULL DEFAULT '[]'; -- JSON: each due day (since 1970) with its amount
UPDATE accounts SET ladder = (
    SELECT json_group_array(json_array(due_day, amount)) FROM (
        SELECT due_day, amount FROM ladder
            WHERE ladder.organization = accounts.organization AND ladder.customer = accounts.customer
            ORDER BY due_day));
DROP TABLE ladder;
