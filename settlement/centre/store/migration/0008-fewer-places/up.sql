-- A settlement is written in fewer places of the file. The serial that a card has given it stands in its own row, and once: whose it was,
-- and where, need not be said beside it again. And what terminals have settled for a person is found by the cards that have paid, so the
-- index over all people, of which every settlement wrote another page, has only what came without a card.
ALTER TABLE settlement ADD COLUMN card_serial INTEGER CHECK (card_serial IS NULL OR (card_id IS NOT NULL AND reverses IS NULL));
UPDATE settlement SET card_serial = used.serial FROM card_serial AS used WHERE used.settlement_id = settlement.medins_setl_id;
DROP TABLE card_serial;
-- A serial used twice is a copy of the card.
CREATE UNIQUE INDEX settlement_card ON settlement (card_id, card_serial) WHERE card_serial IS NOT NULL;

DROP INDEX settlement_person;
CREATE INDEX settlement_national_person ON settlement (psn_no) WHERE source = 'national';
