CREATE INDEX fact_preference ON fact (account, occurred_at, id) WHERE kind = 'preference';
