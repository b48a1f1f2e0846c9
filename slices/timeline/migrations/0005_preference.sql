CREATE INDEX fact_preference ON fact (account) WHERE kind = 'preference';
