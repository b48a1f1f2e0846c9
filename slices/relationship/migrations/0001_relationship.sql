CREATE TABLE relationship (
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
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relationship_place ON relationship (account, line);
CREATE INDEX relationship_strength ON relationship (class, strength, id);
CREATE INDEX relationship_net ON relationship (class, net, id);
CREATE INDEX relationship_last ON relationship (class, last_day, id);
CREATE INDEX relationship_name ON relationship (class, name_key, id);
CREATE INDEX relationship_as_of ON relationship (line, as_of);

CREATE TABLE book_total (
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (line, class, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision_log (
  serial INTEGER NOT NULL PRIMARY KEY,
  relationship INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  class TEXT NOT NULL,
  score INTEGER,
  decision TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_log_relationship ON decision_log (relationship, serial);

CREATE TABLE baseline (
  line INTEGER NOT NULL,
  currency TEXT NOT NULL,
  version INTEGER NOT NULL,
  ranks TEXT NOT NULL,
  buyers INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  PRIMARY KEY (line, currency, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
  serial INTEGER NOT NULL PRIMARY KEY,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  adopted_by INTEGER NOT NULL,
  adopted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
