ALTER TABLE account ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN consumer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN website TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN regulatory TEXT NOT NULL DEFAULT '';

CREATE TABLE account_link (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  other INTEGER NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (account, kind, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_link_other ON account_link (other);

CREATE TABLE contact (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  own_account INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  title TEXT NOT NULL,
  consent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  run INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_account ON contact (account, name_key);
CREATE INDEX contact_own_account ON contact (own_account) WHERE own_account <> 0;

CREATE TABLE contact_role (
  contact INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (contact, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_point (
  contact INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (contact, kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_point_key ON contact_point (kind, key);

CREATE TABLE contact_key (
  space TEXT NOT NULL,
  key TEXT NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_key_contact ON contact_key (contact);

CREATE TABLE earlier_word (
  serial INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  until INTEGER NOT NULL,
  person INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX earlier_word_account ON earlier_word (account, serial);
