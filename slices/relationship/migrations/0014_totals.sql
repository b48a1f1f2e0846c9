-- Totals know service fit and confidence as well: a list by either says how many there are without counting them.
DROP TABLE book_total;
CREATE TABLE book_total (
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  preference TEXT NOT NULL,
  currency TEXT NOT NULL,
  fit TEXT NOT NULL,
  confidence TEXT NOT NULL,
  count INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (line, class, preference, currency, fit, confidence)
) STRICT, WITHOUT ROWID;
INSERT INTO book_total (line, class, preference, currency, fit, confidence, count, net)
  SELECT line, class, preference, currency, fit, confidence, COUNT(*), CAST(SUM(net) AS BIGINT)
  FROM relationship GROUP BY line, class, preference, currency, fit, confidence;
