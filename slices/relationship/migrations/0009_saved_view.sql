CREATE TABLE saved_view (
  id INTEGER NOT NULL PRIMARY KEY,
  owner INTEGER NOT NULL,
  name TEXT NOT NULL,
  shared INTEGER NOT NULL,
  filter TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  deleted_by INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_view_owner ON saved_view (owner, id);
CREATE INDEX saved_view_shared ON saved_view (shared, id);
