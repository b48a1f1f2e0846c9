CREATE INDEX fact_newest_preference ON fact (recorded_at, id) WHERE kind = 'preference';
