-- Accounts of record. Written in SQLite's words; `migration.ts` says them in PostgreSQL's: INTEGER is BIGINT there, BLOB is
-- BYTEA, TEXT compares byte by byte. Money is fen. Times are 14 digits YYYYMMDDhhmmss, days YYYY-MM-DD, both China's.
-- National names are kept where the national interface has one for the quantity.

CREATE TABLE institution (
  fixmedins_code TEXT PRIMARY KEY,
  fixmedins_name TEXT NOT NULL,
  -- hospital, community, pharmacy; level 1 to 3, or none
  kind           TEXT NOT NULL,
  level          INTEGER,
  -- 6 digits: the division whose centre this institution settles with
  region         TEXT NOT NULL
) STRICT;

-- A counter. Its key is its identity; `batch` to `chain_hash` is where the centre stands with it.
CREATE TABLE terminal (
  terminal         TEXT PRIMARY KEY,
  institution      TEXT NOT NULL REFERENCES institution (fixmedins_code),
  name             TEXT NOT NULL,
  -- Ed25519, SPKI in base64; a key enrols once
  public_key       TEXT NOT NULL UNIQUE,
  enrolled_at      TEXT NOT NULL,
  -- JSON: numbers of the security modules it debits with
  terminal_numbers TEXT NOT NULL,
  batch            INTEGER NOT NULL,
  batch_hash       TEXT NOT NULL,
  sequence         INTEGER NOT NULL,
  chain_hash       TEXT NOT NULL
) STRICT;
CREATE INDEX terminal_institution ON terminal (institution);

-- A code is never stored, only SHA-256 of it.
CREATE TABLE enrolment_code (
  code_hash   TEXT PRIMARY KEY,
  institution TEXT NOT NULL REFERENCES institution (fixmedins_code),
  expires_at  TEXT NOT NULL,
  used_by     TEXT REFERENCES terminal (terminal)
) STRICT;

CREATE TABLE person (
  psn_no        TEXT PRIMARY KEY,
  certno        TEXT NOT NULL UNIQUE,
  psn_cert_type TEXT NOT NULL,
  psn_name      TEXT NOT NULL,
  gend          TEXT NOT NULL,
  naty          TEXT NOT NULL,
  brdy          TEXT NOT NULL
) STRICT;

-- One of a person's insurances, and what its personal account holds at the centre: money that lies in a card's purse was
-- loaded from it and is in it no longer.
CREATE TABLE insurance (
  psn_no           TEXT NOT NULL REFERENCES person (psn_no),
  insutype         TEXT NOT NULL,
  insuplc_admdvs   TEXT NOT NULL,
  psn_type         TEXT NOT NULL,
  psn_insu_stas    TEXT NOT NULL,
  psn_insu_date    TEXT NOT NULL,
  paus_insu_date   TEXT,
  cvlserv_flag     TEXT NOT NULL,
  emp_name         TEXT NOT NULL,
  balc             INTEGER NOT NULL,
  PRIMARY KEY (psn_no, insutype, insuplc_admdvs)
) STRICT;

-- Medical aid, disability, veterans: with a level and a time.
CREATE TABLE identity_row (
  psn_no        TEXT NOT NULL REFERENCES person (psn_no),
  psn_idet_type TEXT NOT NULL,
  psn_type_lv   TEXT NOT NULL,
  begntime      TEXT NOT NULL,
  endtime       TEXT,
  PRIMARY KEY (psn_no, psn_idet_type, begntime)
) STRICT;

-- What a person may have of one fund, and for how long; without med_type for every kind of visit.
CREATE TABLE entitlement (
  psn_no           TEXT NOT NULL REFERENCES person (psn_no),
  insutype         TEXT NOT NULL,
  fund_pay_type    TEXT NOT NULL,
  med_type         TEXT,
  begndate         TEXT NOT NULL,
  enddate          TEXT,
  trt_enjymnt_flag TEXT NOT NULL CHECK (trt_enjymnt_flag IN ('0', '1')),
  -- The reason when not entitled.
  trt_chk_rslt     TEXT NOT NULL
) STRICT;
CREATE INDEX entitlement_person ON entitlement (psn_no, insutype);

-- Chronic diseases (5301), designated institutions (5302), stays in hospital (5303), transfers (5304).
CREATE TABLE filing (
  psn_no         TEXT NOT NULL REFERENCES person (psn_no),
  kind           TEXT NOT NULL CHECK (kind IN ('chronic-disease', 'designated-institution', 'in-hospital', 'transfer')),
  code           TEXT NOT NULL,
  name           TEXT NOT NULL,
  begndate       TEXT NOT NULL,
  enddate        TEXT,
  fixmedins_code TEXT,
  PRIMARY KEY (psn_no, kind, code, begndate)
) STRICT;

CREATE TABLE card (
  -- Hex of item 01, 32 digits
  card_id        TEXT PRIMARY KEY,
  psn_no         TEXT NOT NULL REFERENCES person (psn_no),
  region         TEXT NOT NULL,
  card_factor    TEXT NOT NULL,
  algorithm      TEXT NOT NULL CHECK (algorithm IN ('DES', 'SM4')),
  purse          TEXT NOT NULL CHECK (purse IN ('SSC-LB002', 'PBOC')),
  -- On the day of issue: what the purse and its counters began with
  issued_balance INTEGER NOT NULL,
  issued_serial  INTEGER NOT NULL,
  activated      INTEGER NOT NULL CHECK (activated IN (0, 1)),
  lost           TEXT CHECK (lost IN ('temporary', 'formal')),
  lost_since     TEXT,
  -- Of record: issued, less debits booked, plus loads booked
  balance        INTEGER NOT NULL,
  load_serial    INTEGER NOT NULL,
  CHECK ((lost IS NULL) = (lost_since IS NULL))
) STRICT;
CREATE INDEX card_person ON card (psn_no);
CREATE INDEX card_lost ON card (lost) WHERE lost IS NOT NULL;

-- Every purchase serial that a card has used, and for what: a serial used twice is a copy of the card.
CREATE TABLE card_serial (
  card_id       TEXT NOT NULL,
  serial        INTEGER NOT NULL,
  terminal      TEXT NOT NULL,
  sequence      INTEGER NOT NULL,
  settlement_id TEXT NOT NULL,
  PRIMARY KEY (card_id, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE accumulator (
  psn_no   TEXT NOT NULL,
  insutype TEXT NOT NULL,
  year     INTEGER NOT NULL,
  counter  TEXT NOT NULL,
  amount   INTEGER NOT NULL,
  PRIMARY KEY (psn_no, insutype, year, counter)
) STRICT, WITHOUT ROWID;

-- JSON documents, byte for byte as they were published.
CREATE TABLE policy (
  region   TEXT NOT NULL,
  version  TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (region, version)
) STRICT;

CREATE TABLE catalogue (
  version  TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- The centre's copy of each terminal's chain. What intake writes by the thousand carries no foreign keys: it has found and
-- locked the rows that it names in the same transaction.
CREATE TABLE fact (
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  kind     TEXT NOT NULL,
  -- 64 hex digits
  hash     TEXT NOT NULL,
  content  BLOB NOT NULL,
  verdict  TEXT NOT NULL,
  batch    INTEGER NOT NULL,
  PRIMARY KEY (terminal, sequence)
) STRICT;

CREATE TABLE batch (
  terminal    TEXT NOT NULL,
  number      INTEGER NOT NULL CHECK (number > 0),
  hash        TEXT NOT NULL,
  first       INTEGER NOT NULL,
  count       INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  answer      TEXT NOT NULL,
  -- As the request that carried it was signed
  signature   TEXT NOT NULL,
  time        TEXT NOT NULL,
  PRIMARY KEY (terminal, number)
) STRICT;

-- What is booked. A correction is a row of its own with every amount negative, as the national interface has it.
CREATE TABLE settlement (
  setl_id         TEXT PRIMARY KEY,
  source          TEXT NOT NULL CHECK (source IN ('terminal', 'national')),
  terminal        TEXT,
  sequence        INTEGER,
  medins_setl_id  TEXT NOT NULL UNIQUE,
  institution     TEXT NOT NULL,
  visit_no        TEXT NOT NULL,
  mdtrt_id        TEXT,
  psn_no          TEXT NOT NULL,
  insutype        TEXT NOT NULL,
  psn_type        TEXT NOT NULL,
  med_type        TEXT NOT NULL,
  clr_type        TEXT NOT NULL,
  setl_time       TEXT NOT NULL,
  begntime        TEXT NOT NULL,
  year            INTEGER NOT NULL,
  region          TEXT NOT NULL,
  policy_version  TEXT NOT NULL,
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
  card_id         TEXT,
  proof           TEXT NOT NULL CHECK (proof IN ('tac', 'log', 'none')),
  -- setl_id of the row that took this one back, and of the row that this one takes back
  reversed_by     TEXT,
  reverses        TEXT,
  -- JSON: what the terminal stated, when other amounts were booked
  stated          TEXT,
  -- JSON
  lines           TEXT NOT NULL,
  CHECK ((source = 'terminal') = (terminal IS NOT NULL AND sequence IS NOT NULL)),
  CHECK (total = fund_paid + personal + hospital),
  CHECK (personal = account + cash),
  CHECK (fund_paid = hifp_pay + hifob_pay + hifmi_pay + hifes_pay + cvlserv_pay + hifdm_pay + maf_pay + oth_pay),
  CHECK (total = own_pay + over_ceiling + pre_pay + in_scope)
) STRICT;
-- At a terminal a visit settles once, also when it was taken back.
CREATE UNIQUE INDEX settlement_visit ON settlement (institution, visit_no) WHERE source = 'terminal' AND reverses IS NULL;
CREATE INDEX settlement_time ON settlement (institution, setl_time);
CREATE INDEX settlement_person ON settlement (psn_no, setl_time);
CREATE UNIQUE INDEX settlement_reversal ON settlement (reverses) WHERE reverses IS NOT NULL;

-- Money that the centre lets a terminal put onto a card.
CREATE TABLE load (
  load_id     TEXT PRIMARY KEY,
  setl_id     TEXT NOT NULL UNIQUE,
  terminal    TEXT NOT NULL REFERENCES terminal (terminal),
  card_id     TEXT NOT NULL REFERENCES card (card_id),
  -- JSON: LoadPurpose; LoadOffer
  purpose     TEXT NOT NULL,
  offer       TEXT NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount > 0),
  load_serial INTEGER NOT NULL,
  time        TEXT NOT NULL,
  mac2        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('signed', 'closed', 'void')),
  tac         TEXT
) STRICT;
CREATE INDEX load_card ON load (card_id, load_serial);

CREATE TABLE credit (
  credit_id TEXT PRIMARY KEY,
  card_id   TEXT NOT NULL REFERENCES card (card_id),
  amount    INTEGER NOT NULL CHECK (amount > 0),
  reason    TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'loaded', 'void'))
) STRICT;
CREATE INDEX credit_card ON credit (card_id);
