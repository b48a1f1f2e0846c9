CREATE TABLE invoice (
  id INTEGER NOT NULL PRIMARY KEY,
  line INTEGER NOT NULL,
  key TEXT NOT NULL,
  account INTEGER NOT NULL,
  number TEXT NOT NULL,
  currency TEXT NOT NULL,
  at INTEGER,
  date_only INTEGER,
  due INTEGER,
  paid_on INTEGER,
  amount INTEGER,
  tax INTEGER,
  owed INTEGER,
  status TEXT NOT NULL,
  order_key TEXT NOT NULL,
  offer TEXT NOT NULL,
  channel TEXT NOT NULL,
  period_start INTEGER,
  period_end INTEGER,
  stands_alone INTEGER,
  fact INTEGER NOT NULL,
  refund_fact INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX invoice_key ON invoice (line, key);
CREATE INDEX invoice_number ON invoice (line, number);
CREATE INDEX invoice_account ON invoice (account, at);
CREATE INDEX invoice_order ON invoice (line, order_key) WHERE order_key <> '';

CREATE TABLE payment (
  id INTEGER NOT NULL PRIMARY KEY,
  line INTEGER NOT NULL,
  key TEXT NOT NULL,
  account INTEGER NOT NULL,
  number TEXT NOT NULL,
  currency TEXT NOT NULL,
  at INTEGER,
  date_only INTEGER,
  amount INTEGER,
  tax INTEGER,
  refunded INTEGER,
  fee INTEGER,
  settled INTEGER,
  settled_currency TEXT NOT NULL,
  method TEXT NOT NULL,
  status TEXT NOT NULL,
  invoice_key TEXT NOT NULL,
  order_key TEXT NOT NULL,
  offer TEXT NOT NULL,
  channel TEXT NOT NULL,
  stands_alone INTEGER,
  fact INTEGER NOT NULL,
  refund_fact INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payment_key ON payment (line, key);
CREATE INDEX payment_account ON payment (account, at);
CREATE INDEX payment_invoice ON payment (line, invoice_key) WHERE invoice_key <> '';
CREATE INDEX payment_order ON payment (line, order_key) WHERE order_key <> '';

CREATE INDEX invoice_fact ON invoice (fact) WHERE fact <> 0;
CREATE INDEX payment_fact ON payment (fact) WHERE fact <> 0;
CREATE INDEX payment_refund_fact ON payment (refund_fact) WHERE refund_fact <> 0;
CREATE INDEX invoice_refund_fact ON invoice (refund_fact) WHERE refund_fact <> 0;
