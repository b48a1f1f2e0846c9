CREATE INDEX fact_assignment ON fact (account, line, occurred_at, id) WHERE kind = 'assignment';
