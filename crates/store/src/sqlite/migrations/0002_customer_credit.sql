-- Holds, holders, invoices that are cancelled or postponed, and lists over a whole organization.
--
-- Every table that can be made again from the journal is dropped here and made anew; `to_rebuild`
-- says whose rows are to be written into them, and where their journals ended. What cannot be made
-- again stays as it is.

ALTER TABLE organizations ADD COLUMN preferences TEXT NOT NULL DEFAULT -- JSON
    '{"my_credits_enabled":false,"reminders":{"before":[{"days":5,"time":"12:00:00"},{"days":1,"time":"12:00:00"},{"days":0,"time":"12:00:00"}],"after":[{"days":3,"time":"12:00:00"}]}}';

CREATE TABLE to_rebuild (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    head         BLOB NOT NULL, -- the last link of its chain, as it was kept
    PRIMARY KEY (organization, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO to_rebuild SELECT organization, customer, head FROM accounts;

DROP TABLE accounts;
DROP TABLE ladder;
DROP TABLE usages;
DROP TABLE invoices;
DROP TABLE payments;
DROP TABLE statement;

-- The account as its journal leaves it; what is owed by due day is in `ladder`.
--
-- Beside it stands how many invoices of its present life there are at each state, and what they
-- come to. A sum is high × 2^32 + low: neither half overflows before there are 2^31 invoices.
CREATE TABLE accounts (
    organization    TEXT NOT NULL REFERENCES organizations,
    customer        TEXT NOT NULL,
    version         INTEGER NOT NULL, -- the sequence of its last entry
    head            BLOB NOT NULL,    -- the last link of its chain
    status          TEXT,             -- as in `state`, for lists
    requested_at    INTEGER,          -- as in `state`, for lists
    is_open         INTEGER,          -- 1: it has a line, 0: it had one; NULL: none in this life
    updated_at      INTEGER,          -- as in `state`, for lists
    open_count      INTEGER NOT NULL,
    open_high       INTEGER NOT NULL,
    open_low        INTEGER NOT NULL,
    paid_count      INTEGER NOT NULL,
    paid_high       INTEGER NOT NULL,
    paid_low        INTEGER NOT NULL,
    cancelled_count INTEGER NOT NULL,
    cancelled_high  INTEGER NOT NULL,
    cancelled_low   INTEGER NOT NULL,
    state           TEXT NOT NULL,    -- JSON
    PRIMARY KEY (organization, customer)
) STRICT;
CREATE INDEX accounts_by_request ON accounts (organization, requested_at, customer);
CREATE INDEX accounts_by_status ON accounts (organization, status, requested_at, customer);
CREATE INDEX accounts_by_update ON accounts (organization, is_open, updated_at, customer)
    WHERE is_open IS NOT NULL;

-- How many accounts are open, and how many closed, kept by the triggers below.
CREATE TABLE account_totals (
    organization TEXT NOT NULL,
    is_open      INTEGER NOT NULL,
    accounts     INTEGER NOT NULL,
    PRIMARY KEY (organization, is_open)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER accounts_count_new AFTER INSERT ON accounts WHEN new.is_open IS NOT NULL
BEGIN
    INSERT INTO account_totals (organization, is_open, accounts) VALUES (new.organization, new.is_open, 1)
        ON CONFLICT (organization, is_open) DO UPDATE SET accounts = accounts + 1;
END;
CREATE TRIGGER accounts_count_changed AFTER UPDATE OF is_open ON accounts
    WHEN old.is_open IS NOT new.is_open
BEGIN
    UPDATE account_totals SET accounts = accounts - 1
        WHERE organization = old.organization AND is_open = old.is_open;
    INSERT INTO account_totals (organization, is_open, accounts)
        SELECT new.organization, new.is_open, 1 WHERE new.is_open IS NOT NULL
        ON CONFLICT (organization, is_open) DO UPDATE SET accounts = accounts + 1;
END;

-- What is owed by due day; no rung is ever zero.
CREATE TABLE ladder (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    due_day      INTEGER NOT NULL,
    amount       INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, due_day)
) STRICT, WITHOUT ROWID;

-- Credit held for purchases that are not settled yet, and what became of it.
CREATE TABLE holds (
    organization      TEXT NOT NULL,
    customer          TEXT NOT NULL,
    transaction_id    TEXT NOT NULL,
    order_id          TEXT NOT NULL,
    authorized        INTEGER NOT NULL,
    amount            INTEGER NOT NULL,
    installments      INTEGER NOT NULL,
    firm              INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    expiry_was_chosen INTEGER NOT NULL,
    made_at           INTEGER NOT NULL,
    state             TEXT NOT NULL,
    PRIMARY KEY (organization, customer, transaction_id)
) STRICT;
CREATE INDEX holds_live ON holds (organization, customer, expires_at) WHERE state = 'held';
CREATE INDEX holds_by_expiry ON holds (expires_at, organization, customer) WHERE state = 'held';

-- A purchase is named by its transaction. `friendly` follows from that alone, and leads to it
-- whether the customer is known or not.
CREATE TABLE usages (
    usage_id        INTEGER PRIMARY KEY,
    organization    TEXT NOT NULL,
    customer        TEXT NOT NULL,
    used_at         INTEGER NOT NULL,
    transaction_id  TEXT NOT NULL,
    friendly        TEXT NOT NULL,
    order_id        TEXT NOT NULL,
    amount          INTEGER NOT NULL, -- when it was bought
    authorized      INTEGER NOT NULL,
    captured        INTEGER NOT NULL,
    value           INTEGER NOT NULL, -- now
    installments    INTEGER NOT NULL,
    parts           TEXT NOT NULL,    -- JSON, as they were planned
    due_day         INTEGER NOT NULL,
    paid            INTEGER NOT NULL,
    used_after      INTEGER NOT NULL,
    available_after INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX usages_by_account ON usages (organization, customer, used_at, transaction_id);
CREATE UNIQUE INDEX usages_by_name ON usages (organization, friendly, customer, transaction_id);
CREATE INDEX usages_by_order ON usages (organization, order_id, customer);

-- An account's invoices are found through its purchases: their own key grows at its end only, where
-- one by account would be spread over all of it once more.
CREATE TABLE invoices (
    invoice_id       INTEGER PRIMARY KEY, -- usage_id × 128 + installment
    organization     TEXT NOT NULL,
    customer         TEXT NOT NULL,
    transaction_id   TEXT NOT NULL,
    installment      INTEGER NOT NULL,
    order_id         TEXT NOT NULL,
    value            INTEGER NOT NULL,
    paid             INTEGER NOT NULL,
    installments     INTEGER NOT NULL,
    issued_at        INTEGER NOT NULL,
    due_day          INTEGER NOT NULL,
    original_due_day INTEGER NOT NULL,
    postponements    INTEGER NOT NULL,
    state            TEXT NOT NULL,
    updated_at       INTEGER NOT NULL,
    resolved_at      INTEGER,
    past             INTEGER NOT NULL -- 1: of a life that another has followed
) STRICT;
-- Two small indices instead of one: what is open is found without passing what is closed.
CREATE INDEX invoices_open ON invoices (organization, customer, due_day, transaction_id, installment)
    WHERE state = 'open';
CREATE INDEX invoices_closed ON invoices (organization, customer, due_day, transaction_id, installment)
    WHERE state <> 'open';
-- The lists of a whole organization, which end with `invoice_id`. New invoices come at their ends.
CREATE INDEX invoices_by_issue ON invoices (organization, issued_at, customer, transaction_id)
    WHERE past = 0;
CREATE INDEX invoices_by_state ON invoices (organization, state, issued_at, customer, transaction_id)
    WHERE past = 0;
CREATE INDEX invoices_by_due ON invoices (organization, state, due_day) WHERE past = 0;
-- Values in stretches of 1,024 purchases: only the last few pages of it change, where an index of
-- values alone would change all over. A value is looked for in one stretch after the other.
CREATE INDEX invoices_by_value ON invoices (organization, invoice_id >> 17, value) WHERE past = 0;

-- The same sums as in `accounts`, over all accounts of an organization.
CREATE TABLE invoice_totals (
    organization TEXT NOT NULL,
    state        TEXT NOT NULL,
    invoices     INTEGER NOT NULL,
    high         INTEGER NOT NULL,
    low          INTEGER NOT NULL,
    PRIMARY KEY (organization, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments (
    organization    TEXT NOT NULL,
    customer        TEXT NOT NULL,
    sequence        INTEGER NOT NULL,
    payment_id      TEXT NOT NULL,
    reference       TEXT, -- NULL: an invoice was paid by its id
    amount          INTEGER NOT NULL,
    paid_day        INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    unapplied       INTEGER NOT NULL,
    applied         TEXT NOT NULL, -- JSON
    used_after      INTEGER NOT NULL,
    available_after INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
) STRICT;
CREATE UNIQUE INDEX payments_by_reference ON payments (organization, customer, reference)
    WHERE reference IS NOT NULL;

CREATE TABLE statement (
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
) STRICT;

-- Who may buy on an account, and who might once. Who that is stands in `holder_emails`.
CREATE TABLE holders (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    holder_id    TEXT NOT NULL,
    added_at     INTEGER NOT NULL,
    removed_at   INTEGER,
    PRIMARY KEY (organization, customer, holder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX holders_present ON holders (organization, holder_id) WHERE removed_at IS NULL;

-- Movements of the manual balance in the present life, by their clients' names for them.
CREATE TABLE adjustments (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    statement_id TEXT NOT NULL,
    value        INTEGER NOT NULL,
    PRIMARY KEY (organization, customer, statement_id)
) STRICT, WITHOUT ROWID;

-- Personal data, beside the journal so that it can be erased.
CREATE INDEX profiles_by_tax_id ON profiles (organization, tax_id);

CREATE TABLE contacts (
    organization  TEXT NOT NULL,
    customer      TEXT NOT NULL,
    email         TEXT,
    document      TEXT,
    document_type TEXT,
    description   TEXT,
    PRIMARY KEY (organization, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_by_email ON contacts (organization, email) WHERE email IS NOT NULL;
-- A shopper is the same however their address is written.
CREATE INDEX contacts_by_shopper ON contacts (organization, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX contacts_by_document ON contacts (organization, document) WHERE document IS NOT NULL;

-- Of present holders only.
CREATE TABLE holder_emails (
    organization TEXT NOT NULL,
    customer     TEXT NOT NULL,
    holder_id    TEXT NOT NULL,
    email        TEXT NOT NULL,
    PRIMARY KEY (organization, customer, holder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX holder_emails_by_shopper ON holder_emails (organization, lower(email));

-- What the shop notes on invoices. `friendly` leads to the purchase, as in `usages`.
CREATE TABLE invoice_notes (
    organization   TEXT NOT NULL,
    customer       TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    installment    INTEGER NOT NULL,
    friendly       TEXT NOT NULL,
    observation    TEXT,
    payment_link   TEXT,
    PRIMARY KEY (organization, customer, transaction_id, installment)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_notes_by_observation ON invoice_notes (organization, observation)
    WHERE observation IS NOT NULL;
