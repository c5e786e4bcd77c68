-- The chain. `content` is the canonical encoding of the fact; every table below repeats a part of it, in the same
-- transaction, so that SQL can find and sum it. The verifier recomputes all of them from here.
CREATE TABLE fact (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  kind     TEXT NOT NULL CHECK (kind IN ('hold', 'posting', 'release', 'correction')),
  content  BLOB NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Where the ledger stands: the holds without a closing, one a visit, few at any time, and what a restart asks for first; and
-- under no visit the end of the chain, a second time, so that facts taken off it leave an end that points at nothing. Both
-- change with every fact, so they share a page. A hold has no table besides: what is written before the card is asked is
-- the fact and this row, and the settlement's number is indexed when the hold is closed.
CREATE TABLE standing (
  institution   TEXT NOT NULL,
  visit_no      TEXT NOT NULL,
  settlement_id TEXT,
  sequence      INTEGER NOT NULL CHECK (sequence >= 0),
  hash          BLOB CHECK (length(hash) = 32),
  PRIMARY KEY (institution, visit_no),
  CHECK ((institution = '' AND visit_no = '') = (hash IS NOT NULL)),
  CHECK ((hash IS NULL) = (settlement_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO standing VALUES ('', '', NULL, 0, zeroblob(32));

-- What closed a hold: a posting or a release. Both, and the correction, are found by the hold, which is the settlement. Only
-- what is searched or summed stands here: policy, card and evidence are read from the facts.
CREATE TABLE posting (
  hold            INTEGER PRIMARY KEY REFERENCES fact (sequence),
  sequence        INTEGER NOT NULL REFERENCES fact (sequence),
  settlement_id   TEXT NOT NULL UNIQUE,
  institution     TEXT NOT NULL,
  visit_no        TEXT NOT NULL,
  person_no       TEXT NOT NULL,
  insurance_type  TEXT NOT NULL,
  policy_year     INTEGER NOT NULL,
  posted_at       TEXT NOT NULL,
  total           INTEGER NOT NULL,
  own_pay         INTEGER NOT NULL,
  over_ceiling    INTEGER NOT NULL,
  pre_pay         INTEGER NOT NULL,
  in_scope        INTEGER NOT NULL,
  deductible      INTEGER NOT NULL,
  hifp_pay        INTEGER NOT NULL,
  hifob_pay       INTEGER NOT NULL,
  hifmi_pay       INTEGER NOT NULL,
  hifes_pay       INTEGER NOT NULL,
  cvlserv_pay     INTEGER NOT NULL,
  hifdm_pay       INTEGER NOT NULL,
  maf_pay         INTEGER NOT NULL,
  oth_pay         INTEGER NOT NULL,
  fund_paid       INTEGER NOT NULL,
  personal        INTEGER NOT NULL,
  account         INTEGER NOT NULL,
  mutual_aid      INTEGER NOT NULL,
  cash            INTEGER NOT NULL,
  hospital        INTEGER NOT NULL,
  CHECK (total = fund_paid + personal + hospital),
  CHECK (personal = account + cash),
  CHECK (fund_paid = hifp_pay + hifob_pay + hifmi_pay + hifes_pay + cvlserv_pay + hifdm_pay + maf_pay + oth_pay),
  CHECK (total = own_pay + over_ceiling + pre_pay + in_scope)
) STRICT;
-- A visit settles once, also when it is corrected later.
CREATE UNIQUE INDEX posting_visit ON posting (institution, visit_no);

-- A released attempt's number is used up.
CREATE TABLE release (
  hold          INTEGER PRIMARY KEY REFERENCES fact (sequence),
  sequence      INTEGER NOT NULL REFERENCES fact (sequence),
  settlement_id TEXT NOT NULL UNIQUE,
  proof         TEXT NOT NULL,
  released_at   TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
  hold          INTEGER PRIMARY KEY REFERENCES posting (hold),
  sequence      INTEGER NOT NULL REFERENCES fact (sequence),
  correction_id TEXT NOT NULL UNIQUE,
  reason        TEXT NOT NULL,
  corrected_at  TEXT NOT NULL
) STRICT;

-- Double entry, debit positive: each posting as its sides, each correction as the same sides turned round. A reading and not
-- a table, so that it cannot say anything else than the posting; the checks of a posting are what makes it sum to zero.
CREATE VIEW entry AS
WITH
  effect (fact, hold, sign) AS (
    SELECT sequence, hold, 1 FROM posting UNION ALL SELECT sequence, hold, -1 FROM correction
  ),
  side (account) AS (
    VALUES ('fund:hifp_pay'), ('fund:hifob_pay'), ('fund:hifmi_pay'), ('fund:hifes_pay'), ('fund:cvlserv_pay'),
      ('fund:hifdm_pay'), ('fund:maf_pay'), ('fund:oth_pay'), ('personal-account'), ('mutual-aid'), ('cash'), ('hospital'),
      ('revenue')
  )
SELECT
  effect.fact AS fact,
  side.account AS account,
  effect.sign * CASE side.account
    WHEN 'fund:hifp_pay' THEN hifp_pay
    WHEN 'fund:hifob_pay' THEN hifob_pay
    WHEN 'fund:hifmi_pay' THEN hifmi_pay
    WHEN 'fund:hifes_pay' THEN hifes_pay
    WHEN 'fund:cvlserv_pay' THEN cvlserv_pay
    WHEN 'fund:hifdm_pay' THEN hifdm_pay
    WHEN 'fund:maf_pay' THEN maf_pay
    WHEN 'fund:oth_pay' THEN oth_pay
    WHEN 'personal-account' THEN posting.account - mutual_aid
    WHEN 'mutual-aid' THEN mutual_aid
    WHEN 'cash' THEN cash
    WHEN 'hospital' THEN hospital
    ELSE -total
  END AS amount
FROM effect JOIN posting USING (hold) CROSS JOIN side
WHERE amount <> 0;

-- What a person has used of a policy year: one row, so that reading it is one page. Canonical encoding of the counters.
CREATE TABLE accumulator (
  person_no      TEXT NOT NULL,
  insurance_type TEXT NOT NULL,
  policy_year    INTEGER NOT NULL,
  counters       BLOB NOT NULL,
  PRIMARY KEY (person_no, insurance_type, policy_year)
) STRICT, WITHOUT ROWID;

-- Facts stay. REPLACE deletes without asking a delete trigger, so the chain also refuses to take a number twice.
CREATE TRIGGER fact_follows BEFORE INSERT ON fact
WHEN NEW.sequence <> (SELECT sequence + 1 FROM standing WHERE institution = '' AND visit_no = '')
BEGIN SELECT RAISE(ABORT, 'a fact takes the next number of the chain'); END;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'fact is never changed'); END;
CREATE TRIGGER fact_remains BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'fact is never deleted'); END;
CREATE TRIGGER posting_stays BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is never changed'); END;
CREATE TRIGGER posting_remains BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is never deleted'); END;
CREATE TRIGGER release_stays BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'release is never changed'); END;
CREATE TRIGGER release_remains BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'release is never deleted'); END;
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'correction is never changed'); END;
CREATE TRIGGER correction_remains BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'correction is never deleted'); END;
