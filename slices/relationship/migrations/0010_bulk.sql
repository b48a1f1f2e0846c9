CREATE TABLE bulk (
  id INTEGER NOT NULL PRIMARY KEY,
  act TEXT NOT NULL,
  input TEXT NOT NULL,
  sentence TEXT NOT NULL,
  done_by INTEGER NOT NULL,
  done_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  undone_by INTEGER NOT NULL,
  undone_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE bulk_part (
  bulk INTEGER NOT NULL,
  relationship INTEGER NOT NULL,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  made INTEGER NOT NULL,
  crossing INTEGER NOT NULL,
  crossing_until INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (bulk, relationship)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_part_account ON bulk_part (account);
