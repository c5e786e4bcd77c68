-- The chain. `content` is the canonical encoding of the fact; every table below repeats a part of it, in the same
-- transaction, so that SQL can find and sum it. The verifier recomputes all of them from here.
CREATE TABLE fact (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  kind     TEXT NOT NULL CHECK (kind IN ('hold', 'posting', 'release', 'correction')),
  content  BLOB NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Where the chain stands, a second time: facts taken off its end leave a head that points at nothing.
CREATE TABLE head (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32));

CREATE TABLE hold (
  sequence      INTEGER PRIMARY KEY REFERENCES fact (sequence),
  settlement_id TEXT NOT NULL UNIQUE,
  institution   TEXT NOT NULL,
  visit_no      TEXT NOT NULL,
  person_no     TEXT NOT NULL,
  card_id       TEXT NOT NULL,
  account       INTEGER NOT NULL,
  held_at       TEXT NOT NULL
) STRICT;

-- The holds without a closing: one a visit.
CREATE TABLE open_hold (
  institution TEXT NOT NULL,
  visit_no    TEXT NOT NULL,
  hold        INTEGER NOT NULL REFERENCES hold (sequence),
  PRIMARY KEY (institution, visit_no)
) STRICT, WITHOUT ROWID;

-- A hold closes once, by a posting or by a release.
CREATE TABLE closing (
  hold INTEGER PRIMARY KEY REFERENCES hold (sequence),
  fact INTEGER NOT NULL REFERENCES fact (sequence)
) STRICT;

CREATE TABLE posting (
  sequence        INTEGER PRIMARY KEY REFERENCES fact (sequence),
  hold            INTEGER NOT NULL REFERENCES hold (sequence),
  settlement_id   TEXT NOT NULL,
  institution     TEXT NOT NULL,
  visit_no        TEXT NOT NULL,
  person_no       TEXT NOT NULL,
  insurance_type  TEXT NOT NULL,
  policy_year     INTEGER NOT NULL,
  card_id         TEXT NOT NULL,
  policy_id       TEXT NOT NULL,
  policy_version  TEXT NOT NULL,
  posted_at       TEXT NOT NULL,
  total           INTEGER NOT NULL,
  own_pay         INTEGER NOT NULL,
  over_ceiling    INTEGER NOT NULL,
  pre_pay         INTEGER NOT NULL,
  in_scope        INTEGER NOT NULL,
  deductible      INTEGER NOT NULL,
  fund_paid       INTEGER NOT NULL,
  personal        INTEGER NOT NULL,
  account         INTEGER NOT NULL,
  mutual_aid      INTEGER NOT NULL,
  cash            INTEGER NOT NULL,
  hospital        INTEGER NOT NULL,
  evidence_source TEXT NOT NULL,
  tac             TEXT,
  mac2            TEXT,
  serial_after    INTEGER NOT NULL,
  balance_after   INTEGER,
  CHECK (total = fund_paid + personal + hospital),
  CHECK (personal = account + cash),
  CHECK (total = own_pay + over_ceiling + pre_pay + in_scope)
) STRICT;
CREATE UNIQUE INDEX posting_visit ON posting (institution, visit_no);
CREATE INDEX posting_person ON posting (person_no);

CREATE TABLE correction (
  sequence      INTEGER PRIMARY KEY REFERENCES fact (sequence),
  posting       INTEGER NOT NULL UNIQUE REFERENCES posting (sequence),
  correction_id TEXT NOT NULL UNIQUE,
  reason        TEXT NOT NULL,
  corrected_at  TEXT NOT NULL,
  total         INTEGER NOT NULL,
  fund_paid     INTEGER NOT NULL,
  account       INTEGER NOT NULL,
  cash          INTEGER NOT NULL
) STRICT;

-- Lines and entries of postings and corrections.
CREATE TABLE line (
  fact         INTEGER NOT NULL REFERENCES fact (sequence),
  position     INTEGER NOT NULL CHECK (position > 0),
  line_no      TEXT NOT NULL,
  item_code    TEXT NOT NULL,
  item_name    TEXT NOT NULL,
  amount       INTEGER NOT NULL,
  own_pay      INTEGER NOT NULL,
  over_ceiling INTEGER NOT NULL,
  pre_pay      INTEGER NOT NULL,
  in_scope     INTEGER NOT NULL,
  PRIMARY KEY (fact, position),
  CHECK (amount = own_pay + over_ceiling + pre_pay + in_scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  fact     INTEGER NOT NULL REFERENCES fact (sequence),
  position INTEGER NOT NULL CHECK (position > 0),
  account  TEXT NOT NULL,
  amount   INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (fact, position)
) STRICT, WITHOUT ROWID;

-- What a person has used of a policy year: one row, so that reading it is one page. Canonical encoding of the counters.
CREATE TABLE accumulator (
  person_no      TEXT NOT NULL,
  insurance_type TEXT NOT NULL,
  policy_year    INTEGER NOT NULL,
  counters       BLOB NOT NULL,
  PRIMARY KEY (person_no, insurance_type, policy_year)
) STRICT, WITHOUT ROWID;

-- What a centre has yet to be told; the document is the fact's content.
CREATE TABLE outbox (
  fact INTEGER PRIMARY KEY REFERENCES fact (sequence)
) STRICT;

-- Facts stay. REPLACE deletes without asking a delete trigger, so the chain also refuses to take a number twice.
CREATE TRIGGER fact_follows BEFORE INSERT ON fact
WHEN NEW.sequence <> (SELECT sequence + 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'a fact takes the next number of the chain'); END;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'fact is never changed'); END;
CREATE TRIGGER fact_remains BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'fact is never deleted'); END;
CREATE TRIGGER hold_stays BEFORE UPDATE ON hold BEGIN SELECT RAISE(ABORT, 'hold is never changed'); END;
CREATE TRIGGER hold_remains BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT, 'hold is never deleted'); END;
CREATE TRIGGER closing_stays BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'closing is never changed'); END;
CREATE TRIGGER closing_remains BEFORE DELETE ON closing BEGIN SELECT RAISE(ABORT, 'closing is never deleted'); END;
CREATE TRIGGER posting_stays BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is never changed'); END;
CREATE TRIGGER posting_remains BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is never deleted'); END;
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'correction is never changed'); END;
CREATE TRIGGER correction_remains BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'correction is never deleted'); END;
CREATE TRIGGER line_stays BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'line is never changed'); END;
CREATE TRIGGER line_remains BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'line is never deleted'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is never deleted'); END;
