CREATE INDEX relationship_buyers ON relationship (class, purchases, spend_rank, net, currency, account);
CREATE INDEX relationship_served ON relationship (class, confidence, fit, net, currency, account);
