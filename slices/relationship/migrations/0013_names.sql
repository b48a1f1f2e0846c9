-- What a name begins with is counted from the index alone.
DROP INDEX relationship_name;
CREATE INDEX relationship_name ON relationship (class, name_key, id, net, currency, account);
