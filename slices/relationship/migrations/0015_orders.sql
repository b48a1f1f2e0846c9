CREATE INDEX crossing_put_off ON crossing (until, id) WHERE state = 'waits';
-- The same columns in an order by which a list is sorted as well.
DROP INDEX relationship_buyers;
CREATE INDEX relationship_buyers ON relationship (class, purchases, id, spend_rank, net, currency, account);
CREATE INDEX relationship_since ON relationship (class, since, id);
