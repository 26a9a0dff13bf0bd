-- A commit that the disk has to take changes something, and counts no batch by it: others may not be written
-- yet.
ALTER TABLE tail ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
