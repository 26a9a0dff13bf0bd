-- A Fiado store. Every key of an account's rows starts with organization and customer.
--
-- Amounts are INTEGER counts of minor units, days INTEGER days since 1970-01-01, instants INTEGER
-- microseconds since 1970-01-01T00:00:00Z, hashes BLOBs of 32 bytes.
--
-- Tables of long rows keep their rowids: rows are added at the end, and only the narrow keys of
-- their indices are spread over the accounts. That is a third fewer pages a commit has to sync.

PRAGMA application_id = 0x46696164; -- "Fiad"

CREATE TABLE organizations (
    organization TEXT NOT NULL PRIMARY KEY,
    zone         TEXT NOT NULL,
    country      TEXT NOT NULL,
    policy       TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- The account as its journal leaves it; what is owed by due day is in `ladder`.
CREATE TABLE accounts (
    organization TEXT NOT NULL REFERENCES organizations,
    customer     TEXT NOT NULL,
    version      INTEGER NOT NULL, -- the sequence of its last entry
    head         BLOB NOT NULL,    -- the last link of its chain
    status       TEXT,             -- as in `state`, for lists
    requested_at INTEGER,          -- as in `state`, for lists
    state        TEXT NOT NULL,    -- JSON
    PRIMARY KEY (organization, customer)
) STRICT;
CREATE INDEX accounts_by_request ON accounts (organization, requested_at, customer);
CREATE INDEX accounts_by_status ON accounts (organization, status, requested_at, customer);

-- The truth. Rows are only ever added.
CREATE TABLE journal (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    sequence     INTEGER NOT NULL,
    position     INTEGER NOT NULL, -- in journal and refusals together, in order of commit
    at           INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    body         BLOB NOT NULL,    -- JSON, the very bytes that were hashed
    hash         BLOB NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
) STRICT;
CREATE UNIQUE INDEX journal_by_position ON journal (position);

-- What was refused, and why.
CREATE TABLE refusals (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    position     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    by           TEXT NOT NULL,
    operation    TEXT NOT NULL,
    rejection    TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, position)
) STRICT;
CREATE UNIQUE INDEX refusals_by_position ON refusals (position);

-- The end of journal and refusals together.
CREATE TABLE tail (
    only      INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    position  INTEGER NOT NULL, -- the last one given
    newest_at INTEGER           -- the latest instant of them all
) STRICT, WITHOUT ROWID;
INSERT INTO tail (only, position) VALUES (1, 0);

-- What is owed by due day; no rung is ever zero.
CREATE TABLE ladder (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    due_day      INTEGER NOT NULL,
    amount       INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, due_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE usages (
    organization    TEXT NOT NULL,
    customer        TEXT NOT NULL,
    sequence        INTEGER NOT NULL,
    transaction_id  TEXT NOT NULL,
    order_id        TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    installments    INTEGER NOT NULL,
    parts           TEXT NOT NULL, -- JSON, as they were planned
    used_at         INTEGER NOT NULL,
    due_day         INTEGER NOT NULL,
    paid            INTEGER NOT NULL,
    used_after      INTEGER NOT NULL,
    available_after INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
) STRICT;
CREATE UNIQUE INDEX usages_by_order ON usages (organization, customer, order_id);

CREATE TABLE invoices (
    organization   TEXT NOT NULL,
    customer       TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    installment    INTEGER NOT NULL,
    order_id       TEXT NOT NULL,
    value          INTEGER NOT NULL,
    paid           INTEGER NOT NULL,
    installments   INTEGER NOT NULL,
    issued_at      INTEGER NOT NULL,
    due_day        INTEGER NOT NULL,
    resolved_at    INTEGER,
    PRIMARY KEY (organization, customer, transaction_id, installment)
) STRICT;
-- Two small indices instead of one: what is open is found without passing what is closed.
CREATE INDEX invoices_open ON invoices (organization, customer, due_day, transaction_id, installment)
    WHERE paid < value;
CREATE INDEX invoices_closed ON invoices (organization, customer, due_day, transaction_id, installment)
    WHERE paid >= value;

CREATE TABLE payments (
    organization    TEXT NOT NULL,
    customer        TEXT NOT NULL,
    sequence        INTEGER NOT NULL,
    payment_id      TEXT NOT NULL,
    reference       TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    paid_day        INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    unapplied       INTEGER NOT NULL,
    applied         TEXT NOT NULL, -- JSON
    used_after      INTEGER NOT NULL,
    available_after INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
) STRICT;
CREATE UNIQUE INDEX payments_by_reference ON payments (organization, customer, reference);

CREATE TABLE statement (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    sequence     INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    value        INTEGER NOT NULL,
    used_after   INTEGER NOT NULL,
    kind         TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, sequence, line)
) STRICT;

-- Personal data, beside the journal so that it can be erased.
CREATE TABLE profiles (
    organization      TEXT NOT NULL,
    customer          TEXT NOT NULL,
    business_name     TEXT NOT NULL,
    tax_id            TEXT NOT NULL,
    years_in_business INTEGER,
    PRIMARY KEY (organization, customer)
) STRICT, WITHOUT ROWID;

-- What people wrote beside an entry; may be erased.
CREATE TABLE remarks (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    sequence     INTEGER NOT NULL,
    remark       TEXT NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
) STRICT, WITHOUT ROWID;

-- What was answered under an idempotency key.
CREATE TABLE answers (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    operation    TEXT NOT NULL,
    answer_key   TEXT NOT NULL,
    fingerprint  BLOB NOT NULL,
    at           INTEGER NOT NULL,
    result       TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, operation, answer_key)
) STRICT;
CREATE INDEX answers_by_time ON answers (at);

CREATE TABLE api_keys (
    app_key      TEXT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    token_hash   BLOB NOT NULL,
    organization TEXT NOT NULL REFERENCES organizations,
    permissions  TEXT NOT NULL, -- JSON
    customer     TEXT,
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    name   TEXT NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL
) STRICT, WITHOUT ROWID;
