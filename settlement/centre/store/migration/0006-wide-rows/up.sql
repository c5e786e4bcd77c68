-- What a settlement moves, in fewer places of the file. The counters of a person's year are one row, and what cards have signed lies
-- in the order in which terminals sign it, at the end of one page, and not at each card's own.
CREATE TABLE year_counters (
  psn_no   TEXT NOT NULL,
  insutype TEXT NOT NULL,
  year     INTEGER NOT NULL,
  -- JSON: fen by name
  counters TEXT NOT NULL,
  PRIMARY KEY (psn_no, insutype, year)
) STRICT, WITHOUT ROWID;
INSERT INTO year_counters
SELECT psn_no, insutype, year, json_group_object(counter, amount) FROM accumulator GROUP BY psn_no, insutype, year;
DROP TABLE accumulator;
ALTER TABLE year_counters RENAME TO accumulator;

CREATE TABLE signed_by_card (
  -- terminal number 12 digits, time 14 digits, terminal serial
  signed        TEXT NOT NULL,
  card_id       TEXT NOT NULL,
  settlement_id TEXT NOT NULL,
  PRIMARY KEY (signed, card_id)
) STRICT, WITHOUT ROWID;
INSERT INTO signed_by_card SELECT signed, card_id, settlement_id FROM card_signature;
DROP TABLE card_signature;
ALTER TABLE signed_by_card RENAME TO card_signature;
