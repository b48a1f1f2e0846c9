-- embedded engine:
-- Found by their number through three pages instead of five: see relationship 0016.
CREATE TABLE account_numbered (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  country TEXT NOT NULL,
  email TEXT NOT NULL,
  wall INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  consumer INTEGER NOT NULL DEFAULT 0,
  phone TEXT NOT NULL DEFAULT '',
  website TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  regulatory TEXT NOT NULL DEFAULT '',
  merged INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO account_numbered (
  id, name, name_key, country, email, wall, created_at, run, kind, consumer, phone, website, street, postcode, city,
  region, regulatory, merged
) SELECT
  id, name, name_key, country, email, wall, created_at, run, kind, consumer, phone, website, street, postcode, city,
  region, regulatory, merged
FROM account;
DROP TABLE account;
ALTER TABLE account_numbered RENAME TO account;

CREATE INDEX account_wall ON account (wall);
CREATE INDEX account_name ON account (name_key, id, merged, wall);
CREATE INDEX account_merged ON account (merged);

CREATE TABLE contact_numbered (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  own_account INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  title TEXT NOT NULL,
  consent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  run INTEGER NOT NULL
) STRICT;

INSERT INTO contact_numbered (
  id, account, own_account, name, name_key, title, consent, created_at, run
) SELECT
  id, account, own_account, name, name_key, title, consent, created_at, run
FROM contact;
DROP TABLE contact;
ALTER TABLE contact_numbered RENAME TO contact;

CREATE INDEX contact_account ON contact (account, name_key);
CREATE INDEX contact_own_account ON contact (own_account) WHERE own_account <> 0;
