CREATE TABLE found_word (
  word TEXT NOT NULL,
  place INTEGER NOT NULL,
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (word, place, account, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE found_by (
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (account, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE found_due (
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (account, contact)
) STRICT, WITHOUT ROWID;

INSERT INTO found_due (account, contact) SELECT id, 0 FROM account;
INSERT INTO found_due (account, contact) SELECT account, id FROM contact;

INSERT INTO job (kind, key, due_at, lease_until, fence, tries)
  SELECT DISTINCT 'accounts.words', 'due', 0, 0, 0, 0 FROM account WHERE id > 0 ON CONFLICT (kind, key) DO NOTHING;
