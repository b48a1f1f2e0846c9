DROP INDEX orders_key;
CREATE UNIQUE INDEX orders_key ON orders (line, order_key, currency, account);
