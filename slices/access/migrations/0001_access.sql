CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  role TEXT NOT NULL,
  active INTEGER NOT NULL,
  since INTEGER NOT NULL,
  left_at INTEGER,
  signed_in_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX person_email ON person (email) WHERE active = 1;

CREATE TABLE session (
  hash BLOB NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person);

CREATE TABLE sign_in_link (
  hash BLOB NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_link_person ON sign_in_link (person);

CREATE TABLE api_token (
  id INTEGER NOT NULL PRIMARY KEY,
  hash BLOB NOT NULL,
  name TEXT NOT NULL,
  person INTEGER NOT NULL,
  role TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX api_token_hash ON api_token (hash);
CREATE INDEX api_token_person ON api_token (person);

CREATE TABLE audit (
  serial INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  via TEXT NOT NULL,
  operation TEXT NOT NULL,
  subject TEXT NOT NULL,
  input TEXT,
  salt BLOB NOT NULL,
  input_hash BLOB NOT NULL,
  outcome TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_subject ON audit (subject);
