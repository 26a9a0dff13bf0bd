-- Where the lives of an account begin in its journal, so that any entry finds which life it is of.

CREATE INDEX journal_lives ON journal (organization, customer, sequence)
    WHERE kind IN ('requested', 'opened');
