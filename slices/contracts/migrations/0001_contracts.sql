CREATE TABLE contract (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  contract_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  previous INTEGER NOT NULL,
  name TEXT NOT NULL,
  offer TEXT NOT NULL,
  currency TEXT NOT NULL,
  term TEXT NOT NULL,
  months INTEGER NOT NULL,
  start_day INTEGER NOT NULL,
  paid_from INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  ended_day INTEGER NOT NULL,
  end_reason TEXT NOT NULL,
  trial INTEGER NOT NULL,
  billed INTEGER,
  contract_fact INTEGER NOT NULL,
  end_fact INTEGER NOT NULL,
  paid_fact INTEGER NOT NULL,
  counted_day INTEGER NOT NULL,
  cycle_due INTEGER NOT NULL,
  act_by INTEGER NOT NULL,
  run INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX contract_place ON contract (line, contract_key, account);
CREATE INDEX contract_account ON contract (account);
CREATE INDEX contract_act ON contract (act_by, id);
CREATE INDEX contract_cycle ON contract (line, cycle_due);
CREATE INDEX contract_until ON contract (line, until_day);

CREATE TABLE contract_version (
  contract INTEGER NOT NULL,
  n INTEGER NOT NULL,
  effective INTEGER,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  made_by INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (contract, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE contract_rate (
  contract INTEGER NOT NULL,
  n INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  months INTEGER NOT NULL,
  days INTEGER NOT NULL,
  PRIMARY KEY (contract, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaving (
  id INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  leaving_key TEXT NOT NULL,
  on_day INTEGER,
  reason TEXT NOT NULL,
  refund INTEGER NOT NULL,
  currency TEXT NOT NULL,
  refund_fact INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX leaving_place ON leaving (line, account, kind, leaving_key);

CREATE TABLE contract_step (
  contract INTEGER NOT NULL,
  kind TEXT NOT NULL,
  n INTEGER NOT NULL,
  on_day INTEGER,
  due_day INTEGER,
  choice TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (contract, kind, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE business_calendar (
  name TEXT NOT NULL PRIMARY KEY,
  weekend TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
  calendar TEXT NOT NULL,
  day INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (calendar, day)
) STRICT, WITHOUT ROWID;
