CREATE TABLE account (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  country TEXT NOT NULL,
  email TEXT NOT NULL,
  wall INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  run INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_wall ON account (wall);
CREATE INDEX account_name ON account (name_key, id);

CREATE TABLE account_key (
  space TEXT NOT NULL,
  key TEXT NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_key_account ON account_key (account);

CREATE TABLE wall_member (
  wall INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (wall, person)
) STRICT, WITHOUT ROWID;
