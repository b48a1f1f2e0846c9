CREATE INDEX source_change_said ON source_change (kind, id) WHERE before <> '';
