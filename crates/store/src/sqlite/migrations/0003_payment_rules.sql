-- Payment rules, and the plans that purchases are made by.
--
-- No row is made again: a purchase from before there were plans bears no interest and names no plan,
-- which is what its new columns say.

-- The shops' own texts, as they came.
CREATE TABLE payment_rules (
    organization TEXT NOT NULL REFERENCES organizations,
    rule         TEXT NOT NULL,
    position     INTEGER NOT NULL, -- in the organization, in the order they were made
    document     TEXT NOT NULL,    -- JSON
    PRIMARY KEY (organization, position)
) STRICT;
CREATE UNIQUE INDEX payment_rules_by_name ON payment_rules (organization, rule);

ALTER TABLE usages ADD COLUMN interest INTEGER NOT NULL DEFAULT 0; -- what of its amount is interest
ALTER TABLE usages ADD COLUMN plan TEXT; -- NULL: none was chosen
