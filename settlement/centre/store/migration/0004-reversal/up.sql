-- What a terminal has asked to be taken back by its number, without a fact of its own: who asked, when, and why. The rows
-- themselves are in settlement.
CREATE TABLE reversal (
  -- the row that takes back
  setl_id     TEXT PRIMARY KEY,
  -- setl_id of the row that is taken back
  reverses    TEXT NOT NULL UNIQUE,
  terminal    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  -- 14 digits, the centre's clock
  reversed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
