-- A ledger that is enrolled anew sends all its facts again, under its new name. What was made under the older one goes nowhere any more: its
-- heads stay, as what happened, and its bytes, which follow from the facts, do not.
CREATE TABLE former_batch (
  hash        TEXT PRIMARY KEY CHECK (length(hash) = 64),
  terminal    TEXT NOT NULL CHECK (terminal <> ''),
  number      INTEGER NOT NULL CHECK (number > 0),
  previous    TEXT NOT NULL CHECK (length(previous) = 64),
  first       INTEGER NOT NULL REFERENCES fact (sequence),
  count       INTEGER NOT NULL CHECK (count > 0),
  made_at     TEXT NOT NULL CHECK (length(made_at) = 14),
  bytes       INTEGER NOT NULL CHECK (bytes > 0),
  answered_at TEXT CHECK (length(answered_at) = 14)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER former_batch_stays BEFORE UPDATE ON former_batch BEGIN SELECT RAISE(ABORT, 'a batch is never changed'); END;
CREATE TRIGGER former_batch_remains BEFORE DELETE ON former_batch BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;

-- As whom the batches are made; none before the first connection.
CREATE TABLE sync_terminal (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  terminal TEXT NOT NULL CHECK (terminal <> '')
) STRICT;

DROP TRIGGER sync_batch_remains;
CREATE TRIGGER sync_batch_remains BEFORE DELETE ON sync_batch
WHEN NOT EXISTS (SELECT 1 FROM former_batch WHERE hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;
DROP TRIGGER sync_body_remains;
CREATE TRIGGER sync_body_remains BEFORE DELETE ON sync_body
WHEN NOT EXISTS (SELECT 1 FROM sync_batch JOIN former_batch USING (hash) WHERE sync_batch.number = OLD.number)
BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;
