-- Indices that a purchase changes begin with a number that stands for its account, instead of with two
-- texts: more entries on a page, and so fewer pages for a purchase to change. `number` is a function of
-- the program's (the module `numbers` says which): the first eight bytes of a SHA-256 over names with
-- slashes between them. A number never tells two names apart: that is done by the row.

-- The statement stands beside the entries that made it, and is no part of what is hashed.
CREATE TABLE entries (
    account      INTEGER NOT NULL, -- the number of organization/customer
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    sequence     INTEGER NOT NULL,
    position     INTEGER NOT NULL, -- in journal and refusals together, in order of commit
    at           INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    body         BLOB NOT NULL,    -- JSON, the very bytes that were hashed
    hash         BLOB NOT NULL,
    statement    TEXT              -- JSON, its lines in the statement; NULL: it has none
) STRICT;
INSERT INTO entries
    SELECT number(organization, customer), organization, customer, sequence, position, at, kind, body, hash,
        (SELECT nullif(json_group_array(json_object('line', line, 'value', value, 'used_after', used_after,
                'balance_after', balance_after, 'kind', json(kind))), '[]')
            FROM (SELECT * FROM statement
                WHERE statement.organization = journal.organization AND statement.customer = journal.customer
                    AND statement.sequence = journal.sequence
                ORDER BY line))
    FROM journal ORDER BY rowid;
DROP TABLE journal;
DROP TABLE statement;
ALTER TABLE entries RENAME TO journal;
CREATE INDEX journal_by_account ON journal (account, sequence);
-- Where the lives of an account begin in its journal, so that any entry finds which life it is of. Every
-- journal begins with a life: this is also how all of them are found in the order of their names.
CREATE INDEX journal_lives ON journal (organization, customer, sequence)
    WHERE kind IN ('requested', 'opened');

DROP INDEX usages_by_account;
DROP INDEX usages_by_name;
DROP INDEX usages_by_order;
ALTER TABLE usages ADD COLUMN account INTEGER NOT NULL DEFAULT 0; -- the number of organization/customer
UPDATE usages SET account = number(organization, customer);
CREATE INDEX usages_by_account ON usages (account, used_at);
CREATE INDEX usages_by_name ON usages (friendly, account);
CREATE INDEX usages_by_order ON usages (order_id, account);

DROP INDEX invoices_open;
DROP INDEX invoices_closed;
ALTER TABLE invoices ADD COLUMN account INTEGER NOT NULL DEFAULT 0; -- the number of organization/customer
UPDATE invoices SET account = number(organization, customer);
CREATE INDEX invoices_open ON invoices (account, due_day, transaction_id, installment) WHERE state = 'open';
CREATE INDEX invoices_closed ON invoices (account, due_day, transaction_id, installment) WHERE state <> 'open';

-- What was answered under an idempotency key.
CREATE TABLE given (
    account      INTEGER NOT NULL, -- the number of organization/customer
    number       INTEGER NOT NULL, -- that of organization/customer/operation/answer_key
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    operation    TEXT NOT NULL,
    answer_key   TEXT NOT NULL,
    fingerprint  BLOB NOT NULL,
    at           INTEGER NOT NULL,
    result       TEXT NOT NULL     -- JSON
) STRICT;
INSERT INTO given
    SELECT number(organization, customer), number(organization, customer, operation, answer_key),
        organization, customer, operation, answer_key, fingerprint, at, result
    FROM answers ORDER BY rowid;
DROP TABLE answers;
ALTER TABLE given RENAME TO answers;
CREATE INDEX answers_by_key ON answers (account, number);
CREATE INDEX answers_by_time ON answers (at);
