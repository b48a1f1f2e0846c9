CREATE INDEX import_run_waiting ON import_run (id)
  WHERE state IN ('received', 'dry run done', 'paused', 'failed') AND left_out = 0;
CREATE INDEX import_run_bundle ON import_run (bundle, part, id);
