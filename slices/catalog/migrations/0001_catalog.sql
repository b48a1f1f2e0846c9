CREATE TABLE product (
  id INTEGER NOT NULL PRIMARY KEY,
  line INTEGER NOT NULL,
  product_key TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  offer TEXT NOT NULL,
  custom_scope INTEGER NOT NULL,
  custom_price INTEGER NOT NULL,
  price INTEGER,
  currency TEXT NOT NULL,
  run INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX product_place ON product (line, product_key);
CREATE UNIQUE INDEX product_name ON product (name_key, id);

CREATE TABLE product_said (
  product INTEGER NOT NULL,
  n INTEGER NOT NULL,
  body TEXT NOT NULL,
  run INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (product, n)
) STRICT, WITHOUT ROWID;
