-- How this ledger and its centre were apart when the centre was heard last: one row, or none. It holds until the centre says otherwise,
-- also over a start without it.
CREATE TABLE sync_apart (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  kind  TEXT NOT NULL CHECK (kind IN ('facts-missing', 'batches-missing', 'parted')),
  batch INTEGER NOT NULL CHECK (batch >= 0)
) STRICT;
