-- The day up to which something is to be decided about the term, beside the next day to act, which may be another's: a right to
-- withdraw that ends sooner. Until a contract is looked at again the one stands for the other; what is shown is counted anew.
ALTER TABLE contract ADD COLUMN decide_by INTEGER NOT NULL DEFAULT 0;
UPDATE contract SET decide_by = act_by;
CREATE INDEX contract_decide ON contract (decide_by, id);
