-- embedded engine:
-- Rows of a thousand bytes, found by their number: where a table has no numbers of its own, each page above the leaves holds rows as
-- well, a handful of them, and with a million of them one is found through eight pages instead of three.
CREATE TABLE relationship_numbered (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  standing TEXT NOT NULL,
  lean TEXT NOT NULL,
  why TEXT NOT NULL,
  since INTEGER NOT NULL,
  entered TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  score INTEGER,
  strength INTEGER NOT NULL,
  coverage INTEGER NOT NULL,
  confidence TEXT NOT NULL,
  fit TEXT NOT NULL,
  contributions TEXT NOT NULL,
  ask TEXT NOT NULL,
  policy TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  baseline INTEGER NOT NULL,
  net INTEGER NOT NULL,
  currency TEXT NOT NULL,
  purchases INTEGER NOT NULL,
  spend_rank INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  computed TEXT NOT NULL DEFAULT '',
  override INTEGER NOT NULL DEFAULT 0,
  preference TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO relationship_numbered (
  id, account, line, class, standing, lean, why, since, entered, as_of, score, strength, coverage, confidence, fit,
  contributions, ask, policy, policy_version, baseline, net, currency, purchases, spend_rank, first_day, last_day,
  name_key, decided_at, computed, override, preference
) SELECT
  id, account, line, class, standing, lean, why, since, entered, as_of, score, strength, coverage, confidence, fit,
  contributions, ask, policy, policy_version, baseline, net, currency, purchases, spend_rank, first_day, last_day,
  name_key, decided_at, computed, override, preference
FROM relationship;
DROP TABLE relationship;
ALTER TABLE relationship_numbered RENAME TO relationship;

CREATE UNIQUE INDEX relationship_place ON relationship (account, line);
CREATE INDEX relationship_strength ON relationship (class, strength, id);
CREATE INDEX relationship_net ON relationship (class, net, id);
CREATE INDEX relationship_last ON relationship (class, last_day, id);
CREATE INDEX relationship_name ON relationship (class, name_key, id, net, currency, account);
CREATE INDEX relationship_since ON relationship (class, since, id);
CREATE INDEX relationship_buyers ON relationship (class, purchases, id, spend_rank, net, currency, account);
CREATE INDEX relationship_served ON relationship (class, confidence, fit, net, currency, account);
CREATE INDEX relationship_currency ON relationship (currency, class, strength, id);
CREATE INDEX relationship_override ON relationship (class, override) WHERE override > 0;
CREATE INDEX relationship_preference_strength ON relationship (preference, class, strength, id) WHERE preference <> '';
CREATE INDEX relationship_preference_net ON relationship (preference, class, net, id) WHERE preference <> '';
CREATE INDEX relationship_preference_last ON relationship (preference, class, last_day, id) WHERE preference <> '';
CREATE INDEX relationship_preference_name ON relationship (preference, class, name_key, id) WHERE preference <> '';
CREATE INDEX relationship_as_of ON relationship (line, as_of);
