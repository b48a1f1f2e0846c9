CREATE TABLE switch (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  reason TEXT NOT NULL,
  until INTEGER NOT NULL,
  list TEXT NOT NULL,
  deeds TEXT NOT NULL,
  author INTEGER NOT NULL,
  at INTEGER NOT NULL,
  undone_by INTEGER NOT NULL,
  undone_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX switch_place ON switch (account, line, id);
