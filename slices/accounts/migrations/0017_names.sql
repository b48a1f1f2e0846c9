-- Who of a name may be seen is told by the index alone.
DROP INDEX account_name;
CREATE INDEX account_name ON account (name_key, id, merged, wall);
