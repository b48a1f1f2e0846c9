-- A range of net is counted from the index alone, and whoever is looked for by spend and purchases is found in the order of strength
-- without looking each up.
DROP INDEX relationship_net;
CREATE INDEX relationship_net ON relationship (class, net, id, currency, account);
DROP INDEX relationship_strength;
CREATE INDEX relationship_strength ON relationship (class, strength, id, spend_rank, purchases);
