CREATE TABLE duplicate_key (
  hash INTEGER NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY (hash, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX duplicate_key_account ON duplicate_key (account);

CREATE TABLE duplicate_wide (
  hash INTEGER NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE duplicate_due (
  account INTEGER NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO duplicate_due (account) SELECT id FROM account;

CREATE TABLE duplicate (
  first INTEGER NOT NULL,
  second INTEGER NOT NULL,
  score INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  state TEXT NOT NULL,
  decided_by INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX duplicate_state ON duplicate (state, score, first, second);
CREATE INDEX duplicate_second ON duplicate (second);
