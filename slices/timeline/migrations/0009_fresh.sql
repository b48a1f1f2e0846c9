ALTER TABLE stale ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;

CREATE INDEX stale_fresh ON stale (account, line) WHERE fresh = 1;
