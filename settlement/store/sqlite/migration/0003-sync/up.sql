-- What the terminal keeps of its centre, beside the chain: no money, only how far the two sides agree.

-- A batch is durable before it is sent for the first time and stays as it was made: it may have to be sent again at any
-- time, to a centre that was put back from an older copy too. What is added is only when it was answered.
CREATE TABLE sync_batch (
  number      INTEGER PRIMARY KEY CHECK (number > 0),
  previous    TEXT NOT NULL CHECK (length(previous) = 64),
  hash        TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  first       INTEGER NOT NULL REFERENCES fact (sequence),
  count       INTEGER NOT NULL CHECK (count > 0),
  made_at     TEXT NOT NULL CHECK (length(made_at) = 14),
  bytes       INTEGER NOT NULL CHECK (bytes > 0),
  answered_at TEXT CHECK (length(answered_at) = 14)
) STRICT;
-- Batches are answered in their order, so the open ones are the last few.
CREATE INDEX sync_batch_open ON sync_batch (number) WHERE answered_at IS NULL;

-- The bodies lie apart: who counts batches does not read them.
CREATE TABLE sync_body (
  number INTEGER PRIMARY KEY REFERENCES sync_batch (number),
  body   BLOB NOT NULL
) STRICT;

-- Entries that the centre did not book, one a fact; resolved ones stay, as what happened.
CREATE TABLE parked (
  sequence   INTEGER PRIMARY KEY REFERENCES fact (sequence),
  kind       TEXT NOT NULL CHECK (kind IN ('posting', 'correction', 'load-posting', 'other')),
  id         TEXT NOT NULL,
  verdict    TEXT NOT NULL CHECK (json_valid(verdict)),
  since      TEXT NOT NULL CHECK (length(since) = 14),
  state      TEXT NOT NULL CHECK (state IN ('open', 'handed-over', 'reversed', 'resolved')),
  retries    INTEGER NOT NULL CHECK (retries >= 0),
  changed_at TEXT NOT NULL CHECK (length(changed_at) = 14),
  note       TEXT NOT NULL
) STRICT;
CREATE INDEX parked_id ON parked (id);
CREATE INDEX parked_waiting ON parked (sequence) WHERE state IN ('open', 'handed-over');
CREATE INDEX parked_reversed ON parked (sequence) WHERE state = 'reversed';

CREATE TABLE download (
  kind       TEXT PRIMARY KEY CHECK (kind IN ('policies', 'catalogue', 'lost-cards', 'entitlements')),
  version    TEXT NOT NULL,
  etag       TEXT NOT NULL,
  fetched_at TEXT NOT NULL CHECK (length(fetched_at) = 14),
  checked_at TEXT NOT NULL CHECK (length(checked_at) = 14),
  document   TEXT NOT NULL
) STRICT;

CREATE TRIGGER sync_batch_follows BEFORE INSERT ON sync_batch
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM sync_batch)
  OR NEW.first <> coalesce((SELECT first + count FROM sync_batch WHERE number = NEW.number - 1), 1)
  OR NEW.previous <> coalesce((SELECT hash FROM sync_batch WHERE number = NEW.number - 1), printf('%064d', 0))
  OR NEW.answered_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch follows the last one'); END;
CREATE TRIGGER sync_batch_stays BEFORE UPDATE ON sync_batch
WHEN OLD.answered_at IS NOT NULL OR NEW.answered_at IS NULL OR NEW.number <> OLD.number OR NEW.previous <> OLD.previous
  OR NEW.hash <> OLD.hash OR NEW.first <> OLD.first OR NEW.count <> OLD.count OR NEW.made_at <> OLD.made_at OR NEW.bytes <> OLD.bytes
BEGIN SELECT RAISE(ABORT, 'a batch is never changed, only answered'); END;
CREATE TRIGGER sync_batch_remains BEFORE DELETE ON sync_batch BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;
CREATE TRIGGER sync_body_stays BEFORE UPDATE ON sync_body BEGIN SELECT RAISE(ABORT, 'a batch is never changed'); END;
CREATE TRIGGER sync_body_remains BEFORE DELETE ON sync_body BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;
CREATE TRIGGER parked_stays BEFORE UPDATE ON parked
WHEN NEW.sequence <> OLD.sequence OR NEW.since <> OLD.since OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'a parked entry stays the same entry'); END;
CREATE TRIGGER parked_remains BEFORE DELETE ON parked BEGIN SELECT RAISE(ABORT, 'a parked entry is never deleted'); END;
