CREATE TABLE audit_account (
  serial INTEGER NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY (serial, account)
) STRICT, WITHOUT ROWID;
