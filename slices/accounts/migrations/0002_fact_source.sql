CREATE TABLE fact_source (
  id INTEGER NOT NULL PRIMARY KEY,
  space TEXT NOT NULL,
  key TEXT NOT NULL,
  identity INTEGER NOT NULL,
  account INTEGER NOT NULL,
  fact INTEGER NOT NULL,
  run INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_source_place ON fact_source (space, key);
CREATE INDEX fact_source_account ON fact_source (account);
