CREATE TABLE service_line (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  industry TEXT NOT NULL,
  live INTEGER NOT NULL,
  last_day INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX service_line_name ON service_line (name_key);

CREATE TABLE fact (
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  id INTEGER NOT NULL,
  date_only INTEGER NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT,
  about INTEGER NOT NULL,
  body TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (account, line, occurred_at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE withdrawn_fact (
  serial INTEGER NOT NULL PRIMARY KEY,
  id INTEGER NOT NULL,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  date_only INTEGER NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT,
  about INTEGER NOT NULL,
  body TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL,
  withdrawn_at INTEGER NOT NULL,
  withdrawn_by INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stale (
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (account, line)
) STRICT, WITHOUT ROWID;
