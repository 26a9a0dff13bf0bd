-- Batches are counted, and the database is told from every other, so that what is written ahead of
-- its rows is found again after a crash, once, and nowhere else.
ALTER TABLE tail ADD COLUMN batches INTEGER NOT NULL DEFAULT 0; -- how many there have been
ALTER TABLE tail ADD COLUMN mark BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
UPDATE tail SET mark = randomblob(16);

-- Every index is a page more that a purchase changes, and nobody looks for a position.
DROP INDEX journal_by_position;
DROP INDEX refusals_by_position;

-- The statement lies in the order in which it is read.
CREATE TABLE lines (
    organization  TEXT NOT NULL,
    customer      TEXT NOT NULL,
    sequence      INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    value         INTEGER NOT NULL,
    used_after    INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    kind          TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, sequence, line)
) STRICT, WITHOUT ROWID;
INSERT INTO lines SELECT organization, customer, sequence, line, at, value, used_after, balance_after, kind
    FROM statement;
DROP TABLE statement;
ALTER TABLE lines RENAME TO statement;
