-- The words of what a contract is called and of its number, by which it is found.
CREATE TABLE contract_word (
  word TEXT NOT NULL,
  contract INTEGER NOT NULL,
  PRIMARY KEY (word, contract)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_word_contract ON contract_word (contract, word);
-- Whatever the clock looks at is written anew, with its words: -2147483648 is before any day.
UPDATE contract SET act_by = -2147483648;
UPDATE job SET due_at = 0 WHERE kind = 'contracts.clock';
