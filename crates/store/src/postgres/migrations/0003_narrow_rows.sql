-- A purchase writes fewer rows, and fewer and narrower entries of indices: each is work for every one.
--
-- * The statement stands beside the entries of the journal that made it, and not in rows of its own.
-- * What is owed by due day stands with its account: it is read with it, and written with it.
-- * Long names have a number in indices (`numbers.rs` makes the same): the first eight bytes of the
--   SHA-256 of `organization/customer`. It finds, and never tells apart: two names may have the same, so
--   no index here is UNIQUE, and whoever finds a row by a number compares the names on it too. What keeps
--   a second row of the same name out is said at each table.
-- * A purchase is found by its friendly name, which follows from its transaction; its invoices by the
--   moment it was made at, which is the moment they were issued.
--
-- The rows are written anew, the numbers first, which saves the room between them. This takes as long as
-- writing all of them once, and as much room beside them, in one transaction.

-- Every batch, of a server of whatever version, looks for its accounts first and keeps that lock until its
-- commit: from here on nothing is committed that is not copied.
LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE;

SET LOCAL enable_seqscan = on;
SET LOCAL maintenance_work_mem = '256MB';

CREATE FUNCTION number_of(names TEXT) RETURNS BIGINT IMMUTABLE LANGUAGE SQL
    AS $$ SELECT ('x' || left(encode(sha256(convert_to(names, 'UTF8')), 'hex'), 16))::bit(64)::bigint $$;

-- One row for each account: its key keeps others out.
CREATE TABLE new_accounts (
    account         BIGINT NOT NULL, -- the number of its names
    version         BIGINT NOT NULL, -- the sequence of its last entry
    open_count      BIGINT NOT NULL,
    open_high       BIGINT NOT NULL,
    open_low        BIGINT NOT NULL,
    paid_count      BIGINT NOT NULL,
    paid_high       BIGINT NOT NULL,
    paid_low        BIGINT NOT NULL,
    cancelled_count BIGINT NOT NULL,
    cancelled_high  BIGINT NOT NULL,
    cancelled_low   BIGINT NOT NULL,
    requested_at    TIMESTAMPTZ,     -- as in `state`, for lists
    updated_at      TIMESTAMPTZ,     -- as in `state`, for lists
    is_open         BOOLEAN,         -- true: it has a line, false: it had one; NULL: none in this life
    organization    TEXT COLLATE "C" NOT NULL REFERENCES organizations,
    customer        TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C", -- as in `state`, for lists
    head            BYTEA NOT NULL,  -- the last link of its chain
    state           TEXT NOT NULL,   -- JSON
    ladder          TEXT NOT NULL    -- JSON: what is owed, each due day (since 1970) with its amount
) WITH (fillfactor = 50);
INSERT INTO new_accounts (account, version, open_count, open_high, open_low, paid_count, paid_high, paid_low,
        cancelled_count, cancelled_high, cancelled_low, requested_at, updated_at, is_open, organization,
        customer, status, head, state, ladder)
    SELECT number_of(organization || '/' || customer), version, open_count, open_high, open_low,
        paid_count, paid_high, paid_low, cancelled_count, cancelled_high, cancelled_low, requested_at,
        updated_at, is_open, organization, customer, status, head, state, coalesce(
            (SELECT json_agg(json_build_array(due_day - DATE '1970-01-01', amount) ORDER BY due_day)::text
                FROM ladder WHERE ladder.organization = accounts.organization
                    AND ladder.customer = accounts.customer), '[]')
    FROM accounts;
DROP TABLE accounts, ladder;
ALTER TABLE new_accounts RENAME TO accounts;
ALTER TABLE accounts ADD PRIMARY KEY (organization, customer);
CREATE INDEX accounts_by_request ON accounts (('r' || organization), requested_at, customer);
CREATE INDEX accounts_by_status ON accounts (('s' || organization), status, requested_at, customer);
CREATE INDEX accounts_by_update ON accounts (('u' || organization), is_open, updated_at, customer)
    WHERE is_open IS NOT NULL;

-- Whoever adds an entry has made the account, or holds its row's lock and has checked its version.
CREATE TABLE new_journal (
    account      BIGINT NOT NULL,
    sequence     BIGINT NOT NULL,
    position     BIGINT NOT NULL DEFAULT nextval('positions'),
    at           TIMESTAMPTZ NOT NULL,
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    body         BYTEA NOT NULL, -- JSON, the very bytes that were hashed
    hash         BYTEA NOT NULL,
    statement    TEXT            -- JSON: its lines of the statement, in order, not hashed; NULL: none
);
INSERT INTO new_journal (account, sequence, position, at, organization, customer, kind, body, hash, statement)
    SELECT number_of(organization || '/' || customer), sequence, position, at, organization, customer,
        kind, body, hash,
        (SELECT json_agg(json_build_object('line', line, 'value', value, 'used_after', used_after,
                'balance_after', balance_after, 'kind', statement.kind::json) ORDER BY line)::text
            FROM statement WHERE statement.organization = journal.organization
                AND statement.customer = journal.customer AND statement.sequence = journal.sequence)
    FROM journal;
DROP TABLE journal, statement;
ALTER TABLE new_journal RENAME TO journal;
CREATE INDEX journal_by_account ON journal (account, sequence);
-- Where the lives of an account begin, so that any entry finds which life it is of; and which customers
-- have a journal.
CREATE INDEX journal_lives ON journal (organization, customer, sequence)
    WHERE kind IN ('requested', 'opened');

-- What is noted on an invoice leads to it by the friendly name of its purchase.
ALTER TABLE invoice_notes ADD COLUMN friendly TEXT COLLATE "C";
UPDATE invoice_notes SET friendly = usages.friendly FROM usages
    WHERE usages.organization = invoice_notes.organization AND usages.customer = invoice_notes.customer
        AND usages.transaction_id = invoice_notes.transaction_id;

-- A transaction is new in its account where nobody has found it behind the lock on the account's row.
CREATE TABLE new_usages (
    account         BIGINT NOT NULL,
    amount          BIGINT NOT NULL, -- when it was bought
    interest        BIGINT NOT NULL, -- what of its amount is interest
    authorized      BIGINT NOT NULL,
    captured        BIGINT NOT NULL,
    value           BIGINT NOT NULL, -- now
    paid            BIGINT NOT NULL,
    used_after      BIGINT NOT NULL,
    available_after BIGINT NOT NULL,
    used_at         TIMESTAMPTZ NOT NULL,
    due_day         DATE NOT NULL,
    installments    SMALLINT NOT NULL,
    organization    TEXT COLLATE "C" NOT NULL,
    customer        TEXT COLLATE "C" NOT NULL,
    transaction_id  TEXT COLLATE "C" NOT NULL,
    order_id        TEXT COLLATE "C" NOT NULL,
    friendly        TEXT COLLATE "C" NOT NULL,
    plan            TEXT,            -- NULL: none was chosen
    parts           TEXT NOT NULL    -- JSON, as they were planned
) WITH (fillfactor = 90);
INSERT INTO new_usages (account, amount, interest, authorized, captured, value, paid, used_after,
        available_after, used_at, due_day, installments, organization, customer, transaction_id, order_id,
        friendly, plan, parts)
    SELECT number_of(organization || '/' || customer), amount, interest, authorized, captured, value,
        paid, used_after, available_after, used_at, due_day, installments, organization, customer,
        transaction_id, order_id, friendly, plan, parts
    FROM usages;
DROP TABLE usages;
ALTER TABLE new_usages RENAME TO usages;
CREATE INDEX usages_by_time ON usages (account, used_at);
CREATE INDEX usages_by_order ON usages (order_id, organization);
CREATE INDEX usages_by_friendly ON usages (friendly);

-- They come with their purchase, once.
CREATE TABLE new_invoices (
    account          BIGINT NOT NULL,
    value            BIGINT NOT NULL,
    paid             BIGINT NOT NULL,
    postponements    BIGINT NOT NULL,
    issued_at        TIMESTAMPTZ NOT NULL, -- when its purchase was made
    updated_at       TIMESTAMPTZ NOT NULL,
    resolved_at      TIMESTAMPTZ,
    due_day          DATE NOT NULL,
    original_due_day DATE NOT NULL,
    installment      SMALLINT NOT NULL,
    installments     SMALLINT NOT NULL,
    past             BOOLEAN NOT NULL, -- of a life that another has followed
    organization     TEXT COLLATE "C" NOT NULL,
    customer         TEXT COLLATE "C" NOT NULL,
    transaction_id   TEXT COLLATE "C" NOT NULL,
    order_id         TEXT COLLATE "C" NOT NULL,
    state            TEXT COLLATE "C" NOT NULL
) WITH (fillfactor = 90);
INSERT INTO new_invoices (account, value, paid, postponements, issued_at, updated_at, resolved_at, due_day,
        original_due_day, installment, installments, past, organization, customer, transaction_id, order_id,
        state)
    SELECT number_of(organization || '/' || customer), value, paid, postponements, issued_at,
        updated_at, resolved_at, due_day, original_due_day, installment, installments, past, organization,
        customer, transaction_id, order_id, state
    FROM invoices;
DROP TABLE invoices;
ALTER TABLE new_invoices RENAME TO invoices;
-- Two small indices instead of one: what is open is found without passing what is closed.
CREATE INDEX invoices_open ON invoices (account, due_day, transaction_id, installment) WHERE state = 'open';
CREATE INDEX invoices_closed ON invoices (account, due_day, transaction_id, installment)
    WHERE state <> 'open';
-- The invoices of a purchase, and the lists of a whole organization. New invoices come at its ends.
CREATE INDEX invoices_by_state
    ON invoices (('s' || organization), state, issued_at, customer, transaction_id, installment, past);
-- What falls due on some days; and values, which are looked for on one day after the other.
CREATE INDEX invoices_by_due ON invoices (('d' || organization), due_day, value) WHERE NOT past;

-- An answer is new where nobody has found it behind the lock on its account's row, or, where the account
-- is not there yet, behind one on its number.
CREATE TABLE new_answers (
    number       BIGINT NOT NULL, -- the upper half of its account's number, the lower half of its own
    at           TIMESTAMPTZ NOT NULL,
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    operation    TEXT COLLATE "C" NOT NULL,
    answer_key   TEXT COLLATE "C" NOT NULL,
    fingerprint  BYTEA NOT NULL,
    result       TEXT NOT NULL -- JSON
);
INSERT INTO new_answers (number, at, organization, customer, operation, answer_key, fingerprint, result)
    SELECT (number_of(organization || '/' || customer) & -4294967296)
            | (number_of(organization || '/' || customer || '/' || operation || '/' || answer_key)
                & 4294967295), at,
        organization, customer, operation, answer_key, fingerprint, result
    FROM answers;
DROP TABLE answers;
ALTER TABLE new_answers RENAME TO answers;
CREATE INDEX answers_by_number ON answers (number);
CREATE INDEX answers_by_time ON answers (at);

DROP FUNCTION number_of;

-- While an import is under way, the indices of the older version are kept as text, to be made again.
DO $$
BEGIN
    IF to_regclass('indices_set_aside') IS NOT NULL THEN
        DELETE FROM indices_set_aside
            WHERE split_part(name, '_', 1) IN ('accounts', 'journal', 'usages', 'invoices', 'answers');
    END IF;
END $$;
