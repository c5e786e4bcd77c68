-- What terminals have settled for a person is found by the cards that have paid: an index over all people was one more place of the file,
-- and never the same, that each settlement had to write. Only what came without a card is in it now.
DROP INDEX settlement_person;
CREATE INDEX settlement_national_person ON settlement (psn_no) WHERE source = 'national';
