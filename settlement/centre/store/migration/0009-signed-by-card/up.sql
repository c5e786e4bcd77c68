-- What the card has signed for a settlement stands in its row too, as its serial does: terminal number 12 digits, time 14 digits, terminal
-- serial. A table beside it would be one more place to write for every settlement.
ALTER TABLE settlement ADD COLUMN card_signed TEXT CHECK (card_signed IS NULL OR (card_id IS NOT NULL AND reverses IS NULL));
UPDATE settlement SET card_signed = known.signed FROM card_signature AS known WHERE known.settlement_id = settlement.medins_setl_id;
DROP TABLE card_signature;
-- No card signs the same twice. In the order in which terminals sign, so that it grows at one end for each of them.
CREATE UNIQUE INDEX settlement_signed ON settlement (card_signed, card_id) WHERE card_signed IS NOT NULL;
