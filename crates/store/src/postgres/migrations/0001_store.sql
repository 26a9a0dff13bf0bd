-- A Fiado store. Every key of an account's rows starts with organization and customer.
--
-- Amounts are BIGINT counts of minor units; hashes are BYTEA of 32 bytes, and so is what was hashed.
-- Texts are ordered by their bytes (COLLATE "C"), as the program orders them. TIMESTAMPTZ holds an
-- instant to the microsecond, which is all that an instant has.
--
-- Every index but the keys begins with a tag, such as 't' before the organization, and a
-- statement that is to be served by it says the tag. So no statement can be served by another index
-- than its own: without statistics, as in a new store, the planner takes them all for the same, and
-- keeps for a while whatever it chose.
--
-- Rows that every command rewrites leave room on their pages, so that no index has to follow.

CREATE TABLE organizations (
    organization TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    zone         TEXT NOT NULL,
    country      TEXT NOT NULL,
    policy       TEXT NOT NULL, -- JSON
    preferences  TEXT NOT NULL  -- JSON
);

-- The account as its journal leaves it; what is owed by due day is in `ladder`.
--
-- Beside it stands how many invoices of its present life there are at each state, and what they
-- come to. A sum is high × 2^32 + low: neither half overflows before there are 2^31 invoices.
CREATE TABLE accounts (
    organization    TEXT COLLATE "C" NOT NULL REFERENCES organizations,
    customer        TEXT COLLATE "C" NOT NULL,
    version         BIGINT NOT NULL, -- the sequence of its last entry
    head            BYTEA NOT NULL,  -- the last link of its chain
    status          TEXT COLLATE "C", -- as in `state`, for lists
    requested_at    TIMESTAMPTZ,     -- as in `state`, for lists
    is_open         BOOLEAN,         -- true: it has a line, false: it had one; NULL: none in this life
    updated_at      TIMESTAMPTZ,     -- as in `state`, for lists
    state           TEXT NOT NULL,   -- JSON
    open_count      BIGINT NOT NULL,
    open_high       BIGINT NOT NULL,
    open_low        BIGINT NOT NULL,
    paid_count      BIGINT NOT NULL,
    paid_high       BIGINT NOT NULL,
    paid_low        BIGINT NOT NULL,
    cancelled_count BIGINT NOT NULL,
    cancelled_high  BIGINT NOT NULL,
    cancelled_low   BIGINT NOT NULL,
    PRIMARY KEY (organization, customer)
) WITH (fillfactor = 50);
CREATE INDEX accounts_by_request ON accounts (('r' || organization), requested_at, customer);
CREATE INDEX accounts_by_status ON accounts (('s' || organization), status, requested_at, customer);
CREATE INDEX accounts_by_update ON accounts (('u' || organization), is_open, updated_at, customer)
    WHERE is_open IS NOT NULL;

-- Positions of journal and refusals together. They are unique, and what is committed before
-- something else begins has the lower one. Batches that run at once may take turns, and a position
-- that was taken for a batch that failed is never seen.
CREATE SEQUENCE positions CACHE 1;

-- The truth. Rows are only ever added.
CREATE TABLE journal (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    sequence     BIGINT NOT NULL,
    position     BIGINT NOT NULL DEFAULT nextval('positions'),
    at           TIMESTAMPTZ NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    body         BYTEA NOT NULL, -- JSON, the very bytes that were hashed
    hash         BYTEA NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
);
-- Where the lives of an account begin in its journal, so that any entry finds which life it is of.
CREATE INDEX journal_lives ON journal (('l' || organization), customer, sequence)
    WHERE kind IN ('requested', 'opened');

-- What was refused, and why.
CREATE TABLE refusals (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    position     BIGINT NOT NULL DEFAULT nextval('positions'),
    at           TIMESTAMPTZ NOT NULL,
    by           TEXT NOT NULL,
    operation    TEXT NOT NULL,
    rejection    TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, position)
);

-- The latest instant of journal and refusals, and below the figures of whole organizations: each
-- stands in up to 32 rows, one for each slot, so that servers that write at once do not wait for each
-- other. A writer changes those of its own slot; what counts is all of them together.
CREATE TABLE tail (
    slot      SMALLINT NOT NULL PRIMARY KEY,
    newest_at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 10);

-- How many accounts are open, and how many closed.
CREATE TABLE account_totals (
    organization TEXT COLLATE "C" NOT NULL,
    is_open      BOOLEAN NOT NULL,
    slot         SMALLINT NOT NULL,
    accounts     BIGINT NOT NULL,
    PRIMARY KEY (organization, is_open, slot)
) WITH (fillfactor = 10);

-- The same sums as in `accounts`, over all accounts of an organization.
CREATE TABLE invoice_totals (
    organization TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL,
    slot         SMALLINT NOT NULL,
    invoices     BIGINT NOT NULL,
    high         BIGINT NOT NULL,
    low          BIGINT NOT NULL,
    PRIMARY KEY (organization, state, slot)
) WITH (fillfactor = 10);

-- What is owed by due day; no rung is ever zero.
CREATE TABLE ladder (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    due_day      DATE NOT NULL,
    amount       BIGINT NOT NULL,
    PRIMARY KEY (organization, customer, due_day)
) WITH (fillfactor = 80);

-- Credit held for purchases that are not settled yet, and what became of it.
CREATE TABLE holds (
    organization      TEXT COLLATE "C" NOT NULL,
    customer          TEXT COLLATE "C" NOT NULL,
    transaction_id    TEXT COLLATE "C" NOT NULL,
    order_id          TEXT COLLATE "C" NOT NULL,
    authorized        BIGINT NOT NULL,
    amount            BIGINT NOT NULL,
    installments      SMALLINT NOT NULL,
    firm              BOOLEAN NOT NULL,
    expires_at        TIMESTAMPTZ NOT NULL,
    expiry_was_chosen BOOLEAN NOT NULL,
    made_at           TIMESTAMPTZ NOT NULL,
    state             TEXT COLLATE "C" NOT NULL,
    number            BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY, -- in the order they were made
    PRIMARY KEY (organization, customer, transaction_id)
);
CREATE INDEX holds_live ON holds (('l' || organization), customer, expires_at, number) WHERE state = 'held';
CREATE INDEX holds_by_expiry ON holds (('e' || state), expires_at, organization, customer) WHERE state = 'held';

-- A purchase is named by its transaction. `friendly` follows from that alone, and leads to it
-- whether the customer is known or not.
CREATE TABLE usages (
    organization    TEXT COLLATE "C" NOT NULL,
    customer        TEXT COLLATE "C" NOT NULL,
    transaction_id  TEXT COLLATE "C" NOT NULL,
    order_id        TEXT COLLATE "C" NOT NULL,
    amount          BIGINT NOT NULL, -- when it was bought
    interest        BIGINT NOT NULL, -- what of its amount is interest
    plan            TEXT,            -- NULL: none was chosen
    authorized      BIGINT NOT NULL,
    captured        BIGINT NOT NULL,
    value           BIGINT NOT NULL, -- now
    installments    SMALLINT NOT NULL,
    parts           TEXT NOT NULL,   -- JSON, as they were planned
    used_at         TIMESTAMPTZ NOT NULL,
    due_day         DATE NOT NULL,
    paid            BIGINT NOT NULL,
    used_after      BIGINT NOT NULL,
    available_after BIGINT NOT NULL,
    friendly        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, customer, transaction_id)
) WITH (fillfactor = 90);
CREATE INDEX usages_by_time ON usages (('t' || organization), customer, used_at, transaction_id);
CREATE INDEX usages_by_order ON usages (('o' || organization), order_id, customer);
CREATE INDEX usages_by_friendly ON usages (('f' || organization), friendly);

CREATE TABLE invoices (
    organization     TEXT COLLATE "C" NOT NULL,
    customer         TEXT COLLATE "C" NOT NULL,
    transaction_id   TEXT COLLATE "C" NOT NULL,
    installment      SMALLINT NOT NULL,
    order_id         TEXT COLLATE "C" NOT NULL,
    value            BIGINT NOT NULL,
    paid             BIGINT NOT NULL,
    installments     SMALLINT NOT NULL,
    issued_at        TIMESTAMPTZ NOT NULL,
    due_day          DATE NOT NULL,
    original_due_day DATE NOT NULL,
    postponements    BIGINT NOT NULL,
    state            TEXT COLLATE "C" NOT NULL,
    updated_at       TIMESTAMPTZ NOT NULL,
    resolved_at      TIMESTAMPTZ,
    past             BOOLEAN NOT NULL, -- of a life that another has followed
    PRIMARY KEY (organization, customer, transaction_id, installment)
) WITH (fillfactor = 90);
-- Two small indices instead of one: what is open is found without passing what is closed.
CREATE INDEX invoices_open ON invoices (('o' || organization), customer, due_day, transaction_id, installment)
    WHERE state = 'open';
CREATE INDEX invoices_closed ON invoices (('c' || organization), customer, due_day, transaction_id, installment)
    WHERE state <> 'open';
-- The lists of a whole organization. New invoices come at their ends.
CREATE INDEX invoices_by_issue ON invoices (('i' || organization), issued_at, customer, transaction_id, installment)
    WHERE NOT past;
CREATE INDEX invoices_by_state
    ON invoices (('s' || organization), state, issued_at, customer, transaction_id, installment) WHERE NOT past;
CREATE INDEX invoices_by_due ON invoices (('d' || organization), state, due_day) WHERE NOT past;
-- Values by the day they were issued: only the last few pages of it change, where an index of values
-- alone would change all over. A value is looked for in one day after the other.
CREATE INDEX invoices_by_value ON invoices (('v' || organization), ((issued_at AT TIME ZONE 'UTC')::date), value)
    WHERE NOT past;

CREATE TABLE payments (
    organization    TEXT COLLATE "C" NOT NULL,
    customer        TEXT COLLATE "C" NOT NULL,
    sequence        BIGINT NOT NULL,
    payment_id      TEXT COLLATE "C" NOT NULL,
    reference       TEXT COLLATE "C", -- NULL: an invoice was paid by its id
    amount          BIGINT NOT NULL,
    paid_day        DATE NOT NULL,
    received_at     TIMESTAMPTZ NOT NULL,
    unapplied       BIGINT NOT NULL,
    applied         TEXT NOT NULL, -- JSON
    used_after      BIGINT NOT NULL,
    available_after BIGINT NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
);
CREATE UNIQUE INDEX payments_by_reference ON payments (('r' || organization), customer, reference)
    WHERE reference IS NOT NULL;

CREATE TABLE statement (
    organization  TEXT COLLATE "C" NOT NULL,
    customer      TEXT COLLATE "C" NOT NULL,
    sequence      BIGINT NOT NULL,
    line          BIGINT NOT NULL,
    at            TIMESTAMPTZ NOT NULL,
    value         BIGINT NOT NULL,
    used_after    BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    kind          TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, sequence, line)
);

-- Who may buy on an account, and who might once. Who that is stands in `holder_emails`.
CREATE TABLE holders (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    holder_id    TEXT COLLATE "C" NOT NULL,
    added_at     TIMESTAMPTZ NOT NULL,
    removed_at   TIMESTAMPTZ,
    PRIMARY KEY (organization, customer, holder_id)
);
CREATE INDEX holders_present ON holders (holder_id, organization) WHERE removed_at IS NULL;

-- Movements of the manual balance in the present life, by their clients' names for them.
CREATE TABLE adjustments (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    statement_id TEXT COLLATE "C" NOT NULL,
    value        BIGINT NOT NULL,
    PRIMARY KEY (organization, customer, statement_id)
);

-- Personal data, beside the journal so that it can be erased.
CREATE TABLE profiles (
    organization      TEXT COLLATE "C" NOT NULL,
    customer          TEXT COLLATE "C" NOT NULL,
    business_name     TEXT NOT NULL,
    tax_id            TEXT COLLATE "C" NOT NULL,
    years_in_business INTEGER,
    PRIMARY KEY (organization, customer)
);
CREATE INDEX profiles_by_tax_id ON profiles (tax_id, organization);

CREATE TABLE contacts (
    organization  TEXT COLLATE "C" NOT NULL,
    customer      TEXT COLLATE "C" NOT NULL,
    email         TEXT COLLATE "C",
    document      TEXT COLLATE "C",
    document_type TEXT,
    description   TEXT,
    PRIMARY KEY (organization, customer)
);
CREATE INDEX contacts_by_email ON contacts (email, organization) WHERE email IS NOT NULL;
-- A shopper is the same however their address is written.
CREATE INDEX contacts_by_shopper ON contacts (('s' || organization), lower(email)) WHERE email IS NOT NULL;
CREATE INDEX contacts_by_document ON contacts (document, organization) WHERE document IS NOT NULL;

-- Of present holders only.
CREATE TABLE holder_emails (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    holder_id    TEXT COLLATE "C" NOT NULL,
    email        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, customer, holder_id)
);
CREATE INDEX holder_emails_by_shopper ON holder_emails (('s' || organization), lower(email));

-- What the shop notes on invoices.
CREATE TABLE invoice_notes (
    organization   TEXT COLLATE "C" NOT NULL,
    customer       TEXT COLLATE "C" NOT NULL,
    transaction_id TEXT COLLATE "C" NOT NULL,
    installment    SMALLINT NOT NULL,
    observation    TEXT COLLATE "C",
    payment_link   TEXT,
    PRIMARY KEY (organization, customer, transaction_id, installment)
);
-- An observation may be longer than an index takes: it is found by its sum, and then compared itself.
CREATE INDEX invoice_notes_by_observation ON invoice_notes (('o' || organization), md5(observation))
    WHERE observation IS NOT NULL;

-- What people wrote beside an entry; may be erased.
CREATE TABLE remarks (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    sequence     BIGINT NOT NULL,
    remark       TEXT NOT NULL,
    PRIMARY KEY (organization, customer, sequence)
);

-- What was answered under an idempotency key.
CREATE TABLE answers (
    organization TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    operation    TEXT COLLATE "C" NOT NULL,
    answer_key   TEXT COLLATE "C" NOT NULL,
    fingerprint  BYTEA NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    result       TEXT NOT NULL, -- JSON
    PRIMARY KEY (organization, customer, operation, answer_key)
);
CREATE INDEX answers_by_time ON answers (at);

-- The shops' own texts, as they came.
CREATE TABLE payment_rules (
    organization TEXT COLLATE "C" NOT NULL REFERENCES organizations,
    rule         TEXT COLLATE "C" NOT NULL,
    position     BIGINT NOT NULL, -- in the organization, in the order they were made
    document     TEXT NOT NULL,   -- JSON
    PRIMARY KEY (organization, position)
);
CREATE UNIQUE INDEX payment_rules_by_name ON payment_rules (organization, rule);

CREATE TABLE api_keys (
    app_key      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    token_hash   BYTEA NOT NULL,
    organization TEXT COLLATE "C" NOT NULL REFERENCES organizations,
    permissions  TEXT NOT NULL, -- JSON
    customer     TEXT COLLATE "C",
    created_at   TIMESTAMPTZ NOT NULL
);

CREATE TABLE secrets (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret BYTEA NOT NULL
);
