CREATE INDEX withdrawn_fact_account ON withdrawn_fact (account, line);
