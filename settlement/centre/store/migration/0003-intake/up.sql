-- What a card has signed, and for what: the PSAM's number, its serial and the time, which a TAC covers and a card's own serial
-- is not. The same signature under a second settlement is a replay, whatever serial it claims.
CREATE TABLE card_signature (
  card_id       TEXT NOT NULL,
  -- terminal number 12 digits, time 14 digits, terminal serial
  signed        TEXT NOT NULL,
  settlement_id TEXT NOT NULL,
  PRIMARY KEY (card_id, signed)
) STRICT, WITHOUT ROWID;

-- A visit that an institution's own software has settled is not settled at a terminal once more.
CREATE INDEX settlement_national_visit ON settlement (institution, visit_no) WHERE source = 'national' AND reverses IS NULL;
