CREATE INDEX fact_assignment ON fact (account, occurred_at, id) WHERE kind = 'assignment';
