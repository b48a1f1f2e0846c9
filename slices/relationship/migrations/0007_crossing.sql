CREATE TABLE crossing (
  id INTEGER NOT NULL PRIMARY KEY,
  relationship INTEGER NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  until INTEGER NOT NULL,
  answered_by INTEGER NOT NULL,
  answered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX crossing_relationship ON crossing (relationship, state);
CREATE INDEX crossing_waiting ON crossing (id) WHERE state = 'waits';
CREATE INDEX crossing_at ON crossing (at, id);
