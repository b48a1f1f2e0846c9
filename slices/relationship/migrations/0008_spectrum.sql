CREATE TABLE spectrum_cell (
  currency TEXT NOT NULL,
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  preference TEXT NOT NULL,
  fit TEXT NOT NULL,
  strength INTEGER NOT NULL,
  value INTEGER NOT NULL,
  count INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (currency, line, class, preference, fit, strength, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX relationship_currency ON relationship (currency, class, strength, id);

CREATE TABLE spectrum_decade (unit INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO spectrum_decade (unit) VALUES (1000), (10000), (100000), (1000000), (10000000), (100000000), (1000000000),
  (10000000000), (100000000000), (1000000000000), (10000000000000), (100000000000000);
CREATE TABLE spectrum_bound (value INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO spectrum_bound (value) SELECT unit * 10 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT unit * 15 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT unit * 20 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT unit * 30 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT unit * 50 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT unit * 70 FROM spectrum_decade;
INSERT INTO spectrum_bound (value) SELECT -value FROM spectrum_bound;
INSERT INTO spectrum_bound (value) VALUES (0);
INSERT INTO spectrum_cell (currency, line, class, preference, fit, strength, value, count, net)
  SELECT currency, line, class, preference, fit, step, value, COUNT(*), CAST(SUM(net) AS BIGINT) FROM (
    SELECT currency, line, class, preference, fit, net,
      CASE WHEN strength < 0 THEN -1 WHEN strength >= 1000000 THEN 990000 ELSE strength / 10000 * 10000 END AS step,
      COALESCE((SELECT MAX(spectrum_bound.value) FROM spectrum_bound WHERE spectrum_bound.value <= relationship.net),
        -9223372036854775807 - 1) AS value
    FROM relationship) AS placed
  GROUP BY currency, line, class, preference, fit, step, value;
DROP TABLE spectrum_bound;
DROP TABLE spectrum_decade;
