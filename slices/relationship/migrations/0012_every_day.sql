-- Every day is decided since policy 2.1.0 (docs/decisions/0020): what was decided by firsts of months cannot be decided
-- again the same, and everybody is decided anew.
UPDATE decision_log SET policy = -1;
INSERT INTO stale (account, line, since, fresh)
  SELECT account, line, 0, 0 FROM relationship WHERE 0 < id ON CONFLICT (account, line) DO NOTHING;
INSERT INTO job (kind, key, due_at, lease_until, fence, tries)
  SELECT DISTINCT 'judge', '0', 0, 0, 0, 0 FROM relationship WHERE 0 < id ON CONFLICT (kind, key) DO NOTHING;
