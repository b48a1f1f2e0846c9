CREATE TABLE override (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  reason TEXT NOT NULL,
  author INTEGER NOT NULL,
  set_on INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  computed TEXT NOT NULL,
  until INTEGER NOT NULL,
  withdrawn_on INTEGER,
  withdrawn_by INTEGER NOT NULL,
  withdrawn_reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX override_place ON override (account, line, id);

ALTER TABLE relationship ADD COLUMN computed TEXT NOT NULL DEFAULT '';
ALTER TABLE relationship ADD COLUMN override INTEGER NOT NULL DEFAULT 0;
UPDATE relationship SET computed = class;
CREATE INDEX relationship_override ON relationship (class, override) WHERE override > 0;
