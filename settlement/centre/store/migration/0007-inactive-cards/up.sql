-- Terminals are told of them beside the lost ones.
CREATE INDEX card_inactive ON card (activated) WHERE activated = 0;
