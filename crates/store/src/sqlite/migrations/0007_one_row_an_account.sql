-- What is owed by due day stands with its account: it is read with it, and written with it. A tree less
-- under a purchase, and one less that a reader goes down.
ALTER TABLE accounts ADD COLUMN ladder TEXT NOT NULL DEFAULT '[]'; -- JSON: each due day (since 1970) with its amount
UPDATE accounts SET ladder = (
    SELECT json_group_array(json_array(due_day, amount)) FROM (
        SELECT due_day, amount FROM ladder
            WHERE ladder.organization = accounts.organization AND ladder.customer = accounts.customer
            ORDER BY due_day));
DROP TABLE ladder;
