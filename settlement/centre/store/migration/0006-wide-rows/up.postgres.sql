-- The same as up.sql: PostgreSQL has another name for the function.
CREATE TABLE year_counters (
  psn_no   TEXT COLLATE "C" NOT NULL,
  insutype TEXT COLLATE "C" NOT NULL,
  year     BIGINT NOT NULL,
  counters TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (psn_no, insutype, year)
);
INSERT INTO year_counters
SELECT psn_no, insutype, year, json_object_agg(counter, amount)::text FROM accumulator GROUP BY psn_no, insutype, year;
DROP TABLE accumulator;
ALTER TABLE year_counters RENAME TO accumulator;

CREATE TABLE signed_by_card (
  signed        TEXT COLLATE "C" NOT NULL,
  card_id       TEXT COLLATE "C" NOT NULL,
  settlement_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (signed, card_id)
);
INSERT INTO signed_by_card SELECT signed, card_id, settlement_id FROM card_signature;
DROP TABLE card_signature;
ALTER TABLE signed_by_card RENAME TO card_signature;
