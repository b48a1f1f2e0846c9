CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY,
  line INTEGER NOT NULL,
  order_key TEXT NOT NULL,
  number TEXT NOT NULL,
  account INTEGER NOT NULL,
  placed_at INTEGER NOT NULL,
  date_only INTEGER NOT NULL,
  currency TEXT NOT NULL,
  offer TEXT NOT NULL,
  channel TEXT NOT NULL,
  line_count INTEGER NOT NULL,
  sale_lines INTEGER NOT NULL,
  fee_lines INTEGER NOT NULL,
  cancelled_lines INTEGER NOT NULL,
  goods INTEGER NOT NULL,
  fees INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  order_fact INTEGER NOT NULL,
  refund_fact INTEGER NOT NULL,
  run INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX orders_key ON orders (line, order_key);
CREATE INDEX orders_account ON orders (account, placed_at);

CREATE TABLE order_line (
  order_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  identity INTEGER NOT NULL,
  kind TEXT NOT NULL,
  fee INTEGER NOT NULL,
  sku TEXT NOT NULL,
  description TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price INTEGER,
  amount INTEGER NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;
