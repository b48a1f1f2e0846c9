-- The first hundred letters of the country of the account, as it was written, beside what lists are sorted and filtered by: an index
-- does not take what is long. Whoever was renamed since they were decided gets their name beside it.
ALTER TABLE relationship ADD COLUMN country TEXT NOT NULL DEFAULT '';
UPDATE relationship SET
  country = COALESCE(
    (SELECT SUBSTR(account.country, 1, 100) FROM account WHERE account.id = relationship.account), ''),
  name_key = COALESCE(
    (SELECT account.name_key FROM account WHERE account.id = relationship.account), name_key);

-- Those of a country stand by name, and are counted from the index alone; so is a range of net. In the other orders, who is of a
-- country, or of a rank of spend and so many purchases, is known without looking each up.
CREATE INDEX relationship_country ON relationship (class, country, name_key, id, net, currency, account);
DROP INDEX relationship_name;
CREATE INDEX relationship_name ON relationship (class, name_key, id, net, currency, account, country);
DROP INDEX relationship_net;
CREATE INDEX relationship_net ON relationship (class, net, id, currency, account, country);
DROP INDEX relationship_strength;
CREATE INDEX relationship_strength ON relationship (class, strength, id, spend_rank, purchases, country);
DROP INDEX relationship_last;
CREATE INDEX relationship_last ON relationship (class, last_day, id, country);

-- How many there are of a country, and what they brought.
CREATE TABLE country_total (
  country TEXT NOT NULL,
  line INTEGER NOT NULL,
  class TEXT NOT NULL,
  preference TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (country, line, class, preference, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO country_total (country, line, class, preference, currency, count, net)
  SELECT country, line, class, preference, currency, COUNT(*), CAST(SUM(net) AS BIGINT)
  FROM relationship GROUP BY country, line, class, preference, currency;
