-- What the centre brings: confirmations with their adjustments, loads, closes of days, and the totals that are compared with
-- its own. The facts stay as they are.

-- New kinds of fact. Only the check on the kind changes, which every stored row keeps, so the table's text is put right and
-- not one fact is moved (https://www.sqlite.org/lang_altertable.html, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(
  sql, '''correction'')',
  '''correction'', ''confirmation'', ''load-hold'', ''load-posting'', ''load-release'', ''close'', ''reopen'')'
)
WHERE type = 'table' AND name = 'fact';
PRAGMA writable_schema = RESET;

-- A hold's provisional result, beside the chain, which covers its hash. Holds of encoding 1 have theirs in the content.
CREATE TABLE result (
  hold     INTEGER PRIMARY KEY REFERENCES fact (sequence),
  document BLOB NOT NULL
) STRICT;

-- Codes that totals are kept by; empty for settlements from before.
ALTER TABLE posting ADD COLUMN med_type TEXT NOT NULL DEFAULT '';
ALTER TABLE posting ADD COLUMN person_type TEXT NOT NULL DEFAULT '';
-- Whoever recomputes a day from its postings reads nothing else. The amounts that are left out follow from these.
CREATE INDEX posting_hour ON posting (
  substr(posted_at, 1, 10), insurance_type, med_type, person_type,
  total, own_pay, over_ceiling, pre_pay, deductible,
  hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
  account, mutual_aid, cash
);

-- What the centre has booked; `target` is the posting, the correction or the posting of a load.
CREATE TABLE confirmation (
  target    INTEGER PRIMARY KEY REFERENCES fact (sequence),
  sequence  INTEGER NOT NULL REFERENCES fact (sequence),
  id        TEXT NOT NULL,
  setl_id   TEXT NOT NULL,
  setl_time TEXT NOT NULL,
  of_record INTEGER NOT NULL CHECK (of_record IN (0, 1))
) STRICT;
CREATE INDEX confirmation_time ON confirmation (setl_time);

-- What has yet to be confirmed: few while the centre can be reached.
CREATE TABLE awaiting (
  sequence INTEGER PRIMARY KEY REFERENCES fact (sequence)
) STRICT;
INSERT INTO awaiting SELECT sequence FROM posting UNION ALL SELECT sequence FROM correction ORDER BY 1;

-- What a confirmation with other amounts adds to its posting. None when the settlement had been taken back before.
CREATE TABLE adjustment (
  hold            INTEGER PRIMARY KEY REFERENCES posting (hold),
  sequence        INTEGER NOT NULL REFERENCES fact (sequence),
  adjusted_at     TEXT NOT NULL,
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

-- Money put onto cards: what was to be loaded, what became of it, and the loads without an end, one a card.
CREATE TABLE load (
  hold       INTEGER PRIMARY KEY REFERENCES fact (sequence),
  load_id    TEXT NOT NULL UNIQUE,
  purpose    TEXT NOT NULL CHECK (purpose IN ('refund', 'credit')),
  purpose_id TEXT NOT NULL,
  card_id    TEXT NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE INDEX load_purpose ON load (purpose, purpose_id);
CREATE TABLE load_closing (
  hold     INTEGER PRIMARY KEY REFERENCES load (hold),
  sequence INTEGER NOT NULL REFERENCES fact (sequence),
  posted   INTEGER NOT NULL CHECK (posted IN (0, 1))
) STRICT;
CREATE TABLE open_load (
  card_id TEXT PRIMARY KEY,
  hold    INTEGER NOT NULL REFERENCES load (hold)
) STRICT, WITHOUT ROWID;

-- Settlements of which a card has yet to get something back. Those of before are filled in by the program, which can read in
-- the contents what each card had paid.
CREATE TABLE owed (
  hold    INTEGER PRIMARY KEY REFERENCES posting (hold),
  card_id TEXT NOT NULL,
  amount  INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE INDEX owed_card ON owed (card_id);

CREATE TABLE day_close (
  sequence  INTEGER PRIMARY KEY REFERENCES fact (sequence),
  day       TEXT NOT NULL,
  closed_at TEXT NOT NULL
) STRICT;
CREATE TABLE day_reopen (
  close       INTEGER PRIMARY KEY REFERENCES day_close (sequence),
  sequence    INTEGER NOT NULL REFERENCES fact (sequence),
  reason      TEXT NOT NULL,
  reopened_at TEXT NOT NULL
) STRICT;

-- Running totals by the hour (YYYYMMDDhh) of each fact's own time: postings, less corrections, plus adjustments. A day is a
-- few rows that lie together.
CREATE TABLE hour_total (
  hour            TEXT NOT NULL,
  insurance_type  TEXT NOT NULL,
  med_type        TEXT NOT NULL,
  person_type     TEXT NOT NULL,
  settlements     INTEGER NOT NULL,
  corrections     INTEGER NOT NULL,
  adjustments     INTEGER NOT NULL,
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
  PRIMARY KEY (hour, insurance_type, med_type, person_type)
) STRICT, WITHOUT ROWID;
INSERT INTO hour_total
SELECT
  hour, insurance_type, '', '', sum(sign = 1), sum(sign = -1), 0,
  sum(sign * total), sum(sign * own_pay), sum(sign * over_ceiling), sum(sign * pre_pay), sum(sign * in_scope),
  sum(sign * deductible), sum(sign * hifp_pay), sum(sign * hifob_pay), sum(sign * hifmi_pay), sum(sign * hifes_pay),
  sum(sign * cvlserv_pay), sum(sign * hifdm_pay), sum(sign * maf_pay), sum(sign * oth_pay), sum(sign * fund_paid),
  sum(sign * personal), sum(sign * account), sum(sign * mutual_aid), sum(sign * cash), sum(sign * hospital)
FROM (
  SELECT substr(posted_at, 1, 10) AS hour, hold, 1 AS sign FROM posting
  UNION ALL
  SELECT substr(corrected_at, 1, 10), hold, -1 FROM correction
)
JOIN posting USING (hold)
GROUP BY hour, insurance_type;

-- Double entry as before, with the entries of adjustments; a correction turns round its posting and what had been adjusted.
DROP VIEW entry;
CREATE VIEW entry AS
WITH
  effect (
    fact, sign, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
    account, mutual_aid, cash, hospital, total
  ) AS (
    SELECT
      sequence, 1, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
      account, mutual_aid, cash, hospital, total
    FROM posting
    UNION ALL
    SELECT
      sequence, 1, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
      account, mutual_aid, cash, hospital, total
    FROM adjustment
    UNION ALL
    SELECT
      correction.sequence, -1, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
      account, mutual_aid, cash, hospital, total
    FROM correction JOIN posting USING (hold)
    UNION ALL
    SELECT
      correction.sequence, -1, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
      account, mutual_aid, cash, hospital, total
    FROM correction JOIN adjustment USING (hold)
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
    WHEN 'personal-account' THEN effect.account - mutual_aid
    WHEN 'mutual-aid' THEN mutual_aid
    WHEN 'cash' THEN cash
    WHEN 'hospital' THEN hospital
    ELSE -total
  END AS amount
FROM effect CROSS JOIN side
WHERE amount <> 0;

CREATE TRIGGER result_stays BEFORE UPDATE ON result BEGIN SELECT RAISE(ABORT, 'result is never changed'); END;
CREATE TRIGGER result_remains BEFORE DELETE ON result BEGIN SELECT RAISE(ABORT, 'result is never deleted'); END;
CREATE TRIGGER confirmation_stays BEFORE UPDATE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmation is never changed'); END;
CREATE TRIGGER confirmation_remains BEFORE DELETE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmation is never deleted'); END;
CREATE TRIGGER adjustment_stays BEFORE UPDATE ON adjustment BEGIN SELECT RAISE(ABORT, 'adjustment is never changed'); END;
CREATE TRIGGER adjustment_remains BEFORE DELETE ON adjustment BEGIN SELECT RAISE(ABORT, 'adjustment is never deleted'); END;
CREATE TRIGGER load_stays BEFORE UPDATE ON load BEGIN SELECT RAISE(ABORT, 'load is never changed'); END;
CREATE TRIGGER load_remains BEFORE DELETE ON load BEGIN SELECT RAISE(ABORT, 'load is never deleted'); END;
CREATE TRIGGER load_closing_stays BEFORE UPDATE ON load_closing BEGIN SELECT RAISE(ABORT, 'load_closing is never changed'); END;
CREATE TRIGGER load_closing_remains BEFORE DELETE ON load_closing BEGIN SELECT RAISE(ABORT, 'load_closing is never deleted'); END;
CREATE TRIGGER day_close_stays BEFORE UPDATE ON day_close BEGIN SELECT RAISE(ABORT, 'day_close is never changed'); END;
CREATE TRIGGER day_close_remains BEFORE DELETE ON day_close BEGIN SELECT RAISE(ABORT, 'day_close is never deleted'); END;
CREATE TRIGGER day_reopen_stays BEFORE UPDATE ON day_reopen BEGIN SELECT RAISE(ABORT, 'day_reopen is never changed'); END;
CREATE TRIGGER day_reopen_remains BEFORE DELETE ON day_reopen BEGIN SELECT RAISE(ABORT, 'day_reopen is never deleted'); END;
