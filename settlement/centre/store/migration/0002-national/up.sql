-- What the national interface sandbox keeps besides the accounts of record. What it books stands in `settlement`.

-- Gateway access of an institution's own software. The secret signs requests with HMAC: the centre must know it.
CREATE TABLE national_key (
  access_key  TEXT PRIMARY KEY,
  secret      TEXT NOT NULL,
  institution TEXT NOT NULL REFERENCES institution (fixmedins_code),
  made_at     TEXT NOT NULL
) STRICT;
CREATE INDEX national_key_institution ON national_key (institution);

CREATE TABLE national_sign_in (
  sign_no       TEXT PRIMARY KEY,
  institution   TEXT NOT NULL REFERENCES institution (fixmedins_code),
  opter         TEXT NOT NULL,
  signed_in_at  TEXT NOT NULL,
  signed_out_at TEXT
) STRICT;
CREATE INDEX national_sign_in_day ON national_sign_in (institution, signed_in_at);

-- Every msgid that a handler has seen, or that a reversal has barred before it came: it counts once, or never.
CREATE TABLE national_message (
  msgid       TEXT PRIMARY KEY,
  infno       TEXT NOT NULL,
  institution TEXT NOT NULL,
  psn_no      TEXT,
  received_at TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'barred', 'reversed')),
  -- What it booked in `settlement`, and the visit that it was about
  setl_id     TEXT,
  mdtrt_id    TEXT,
  -- Whether the answer reached the sender; a lost one of a settlement holds the visit until it is resolved
  answer      TEXT NOT NULL CHECK (answer IN ('sent', 'lost', 'resolved'))
) STRICT;
CREATE INDEX national_message_visit ON national_message (mdtrt_id) WHERE mdtrt_id IS NOT NULL;

CREATE TABLE national_visit (
  mdtrt_id       TEXT PRIMARY KEY,
  institution    TEXT NOT NULL REFERENCES institution (fixmedins_code),
  psn_no         TEXT NOT NULL REFERENCES person (psn_no),
  insutype       TEXT NOT NULL,
  insuplc_admdvs TEXT NOT NULL,
  ipt_otp_no     TEXT NOT NULL,
  begntime       TEXT NOT NULL,
  mdtrt_cert_type TEXT NOT NULL,
  -- From 2203, or the settlement itself
  med_type       TEXT,
  dise_codg      TEXT,
  -- Where a pharmacy's prescription was written (2203A)
  prescriber     TEXT,
  state          TEXT NOT NULL CHECK (state IN ('open', 'cancelled')),
  -- JSON: the registration as it was sent, what 2203 said of the visit, its diagnoses
  registration   TEXT NOT NULL,
  particulars    TEXT NOT NULL,
  diagnoses      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX national_visit_number ON national_visit (institution, ipt_otp_no) WHERE state = 'open';
CREATE INDEX national_visit_person ON national_visit (psn_no, begntime);

-- Charges. `setl_id` names the settlement that holds, none while they are open.
CREATE TABLE national_line (
  mdtrt_id   TEXT NOT NULL REFERENCES national_visit (mdtrt_id),
  feedetl_sn TEXT NOT NULL,
  chrg_bchno TEXT NOT NULL,
  place      INTEGER NOT NULL,
  setl_id    TEXT,
  amount     INTEGER NOT NULL,
  own_pay    INTEGER NOT NULL,
  over_ceiling INTEGER NOT NULL,
  pre_pay    INTEGER NOT NULL,
  in_scope   INTEGER NOT NULL,
  -- JSON: the line as it was sent
  document   TEXT NOT NULL,
  PRIMARY KEY (mdtrt_id, feedetl_sn)
) STRICT;

-- Trace codes of packs (102) that are out of the house; a code may be sold once until it comes back.
CREATE TABLE national_trace_code (
  setl_id        TEXT NOT NULL,
  feedetl_sn     TEXT NOT NULL,
  drug_trac_codg TEXT NOT NULL,
  trdn_flag      TEXT NOT NULL,
  PRIMARY KEY (setl_id, feedetl_sn, drug_trac_codg)
) STRICT;
CREATE INDEX national_trace_code_code ON national_trace_code (drug_trac_codg);

-- What a row of `settlement` came to in this interface: its answer, what it counted, and whether the row was undone as if it
-- had never been (2601), so that reconciliation leaves it out.
CREATE TABLE national_booking (
  setl_id   TEXT PRIMARY KEY REFERENCES settlement (setl_id),
  infno     TEXT NOT NULL,
  technical INTEGER NOT NULL CHECK (technical IN (0, 1)),
  -- The row that a cancel took back, kept when its reversal revives that row
  cancels   TEXT,
  -- JSON: setlinfo and setldetail as answered; counters added to the policy year; feedetl_sn of the lines
  setlinfo  TEXT NOT NULL,
  setldetail TEXT NOT NULL,
  counters  TEXT NOT NULL,
  line_numbers TEXT NOT NULL
) STRICT;

-- Uploaded by 9101 or made here, to be fetched by 9102. Without an institution a file is for everybody.
CREATE TABLE national_file (
  file_qury_no TEXT PRIMARY KEY,
  institution  TEXT,
  filename     TEXT NOT NULL,
  content      BLOB NOT NULL,
  made_at      TEXT NOT NULL,
  ends_at      TEXT NOT NULL
) STRICT;
