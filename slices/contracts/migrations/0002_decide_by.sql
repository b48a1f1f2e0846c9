-- The day up to which something is to be decided about the term, beside the next day to act, which may be another's: a right to
-- withdraw that ends sooner.
ALTER TABLE contract ADD COLUMN decide_by INTEGER NOT NULL DEFAULT 0;
UPDATE contract SET decide_by = act_by;
-- The clock looks at all of them again, at once: -2147483648 is before any day, 2147483647 is never.
UPDATE contract SET act_by = -2147483648 WHERE act_by < 2147483647;
UPDATE job SET due_at = 0 WHERE kind = 'contracts.clock';
CREATE INDEX contract_decide ON contract (decide_by, id);
