-- Rows name a card by a short number of this database's own. A card's 32 digits in every settlement, and once more in the index over the
-- serials that cards have used, made that index the largest part of what a batch writes: cards come in no order, so nearly every settlement
-- is another page of it.
ALTER TABLE card ADD COLUMN card_ref INTEGER NOT NULL DEFAULT 0;
UPDATE card SET card_ref = numbered.number FROM (SELECT card_id, row_number() OVER (ORDER BY card_id) AS number FROM card) AS numbered WHERE numbered.card_id = card.card_id;
CREATE UNIQUE INDEX card_number ON card (card_ref);

-- The columns that a check binds to the card's digits cannot outlive them.
CREATE TABLE card_use (setl_id TEXT PRIMARY KEY, card_ref INTEGER, serial INTEGER, signed TEXT) STRICT;
INSERT INTO card_use SELECT setl_id, card.card_ref, card_serial, card_signed FROM settlement JOIN card ON card.card_id = settlement.card_id;
DROP INDEX settlement_card;
DROP INDEX settlement_signed;
ALTER TABLE settlement DROP COLUMN card_signed;
ALTER TABLE settlement DROP COLUMN card_serial;
ALTER TABLE settlement DROP COLUMN card_id;
ALTER TABLE settlement ADD COLUMN card_ref INTEGER;
ALTER TABLE settlement ADD COLUMN card_serial INTEGER CHECK (card_serial IS NULL OR (card_ref IS NOT NULL AND reverses IS NULL));
ALTER TABLE settlement ADD COLUMN card_signed TEXT CHECK (card_signed IS NULL OR (card_ref IS NOT NULL AND reverses IS NULL));
UPDATE settlement SET card_ref = known.card_ref, card_serial = known.serial, card_signed = known.signed FROM card_use AS known WHERE known.setl_id = settlement.setl_id;
DROP TABLE card_use;
-- A serial used twice is a copy of the card; no card signs the same twice.
CREATE UNIQUE INDEX settlement_card ON settlement (card_ref, card_serial) WHERE card_serial IS NOT NULL;
CREATE UNIQUE INDEX settlement_signed ON settlement (card_signed, card_ref) WHERE card_signed IS NOT NULL;
