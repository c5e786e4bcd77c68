-- What is said while a day is being closed: how the drawer was counted, what becomes of an open item, by whom and why. The
-- close itself is a fact and repeats what counted in the end; here is everything that was said on the way to it.
CREATE TABLE close_note (
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  -- the close before, whose period the note belongs to; 0 for the first
  after      INTEGER NOT NULL CHECK (after >= 0),
  kind       TEXT NOT NULL CHECK (kind IN ('count', 'decision')),
  at         TEXT NOT NULL CHECK (length(at) = 14),
  -- of a count
  float      INTEGER,
  counted    INTEGER,
  collected  INTEGER,
  -- of a decision
  item       TEXT,
  resolution TEXT,
  decided_by TEXT,
  person     TEXT,
  note       TEXT,
  CHECK ((kind = 'count') = (float IS NOT NULL AND counted IS NOT NULL AND collected IS NOT NULL)),
  CHECK ((kind = 'decision') = (item IS NOT NULL AND resolution IS NOT NULL AND decided_by IS NOT NULL AND person IS NOT NULL AND note IS NOT NULL))
) STRICT;
CREATE INDEX close_note_after ON close_note (after, number);

CREATE TRIGGER close_note_follows BEFORE INSERT ON close_note
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM close_note)
BEGIN SELECT RAISE(ABORT, 'a note follows the last one'); END;
CREATE TRIGGER close_note_stays BEFORE UPDATE ON close_note BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END;
CREATE TRIGGER close_note_remains BEFORE DELETE ON close_note BEGIN SELECT RAISE(ABORT, 'a note is never deleted'); END;

-- Whoever recomputes a day reads this index alone. Funds that seldom pay stand in it as one number, zero when none of them
-- does: six columns less to read of nearly every posting, and what is read costs what a day costs. Where it is not zero the
-- posting itself is read.
DROP INDEX posting_hour;
CREATE INDEX posting_hour ON posting (
  substr(posted_at, 1, 10), insurance_type, med_type, person_type,
  total, own_pay, over_ceiling, pre_pay, deductible, hifp_pay, cvlserv_pay, account, mutual_aid, cash,
  hifob_pay | hifmi_pay | hifes_pay | hifdm_pay | maf_pay | oth_pay
);
