ALTER TABLE account ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
CREATE INDEX account_merged ON account (merged);

CREATE TABLE account_merge (
  id INTEGER NOT NULL PRIMARY KEY,
  asked_by INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  failure TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE merge_pair (
  id INTEGER NOT NULL PRIMARY KEY,
  merge INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  state TEXT NOT NULL,
  high INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX merge_pair_merge ON merge_pair (merge, state, id);
CREATE INDEX merge_pair_gone ON merge_pair (gone);
CREATE INDEX merge_pair_kept ON merge_pair (kept);

CREATE TABLE merge_move (
  pair INTEGER NOT NULL,
  place TEXT NOT NULL,
  n INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (pair, place, n, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE merge_conflict (
  pair INTEGER NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  told TEXT NOT NULL,
  PRIMARY KEY (pair, kind)
) STRICT, WITHOUT ROWID;
