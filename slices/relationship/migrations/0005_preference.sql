ALTER TABLE relationship ADD COLUMN preference TEXT NOT NULL DEFAULT '';
CREATE INDEX relationship_preference_strength ON relationship (preference, class, strength, id) WHERE preference <> '';
CREATE INDEX relationship_preference_net ON relationship (preference, class, net, id) WHERE preference <> '';
CREATE INDEX relationship_preference_last ON relationship (preference, class, last_day, id) WHERE preference <> '';
CREATE INDEX relationship_preference_name ON relationship (preference, class, name_key, id) WHERE preference <> '';

DROP TABLE book_total;
CREATE TABLE book_total (
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  preference TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (line, class, preference, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO book_total (line, class, preference, currency, count, net)
  SELECT line, class, '', currency, COUNT(*), CAST(SUM(net) AS BIGINT) FROM relationship GROUP BY line, class, currency;

INSERT INTO stale (account, line, since)
  SELECT DISTINCT account, line, 0 FROM fact WHERE kind = 'preference' ON CONFLICT (account, line) DO NOTHING;
INSERT INTO job (kind, key, due_at, lease_until, fence, tries)
  SELECT DISTINCT 'judge', '0', 0, 0, 0, 0 FROM fact WHERE kind = 'preference' ON CONFLICT (kind, key) DO NOTHING;
