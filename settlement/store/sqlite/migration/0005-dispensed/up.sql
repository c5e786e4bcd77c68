-- What holds say was handed over, so that a till can ask for a pack or a person: written with the hold, from its claim. Rows
-- stay like the facts that they repeat; whether a pack is still sold, or a supply still counts, is said by what became of
-- the hold. Nothing of older ledgers belongs here: their claims could say neither codes nor days.

-- Packs by trace code. Less than a whole pack (split) may be sold again under its code.
CREATE TABLE trace_code (
  code    TEXT NOT NULL,
  hold    INTEGER NOT NULL REFERENCES fact (sequence),
  line_no TEXT NOT NULL,
  split   INTEGER NOT NULL CHECK (split IN (0, 1)),
  PRIMARY KEY (code, hold, line_no)
) STRICT, WITHOUT ROWID;

-- Supplies of a person in the order of their days, less what the same bill takes back. quantity: ten-thousandths of a unit.
CREATE TABLE supply (
  person_no      TEXT NOT NULL,
  supplied_on    TEXT NOT NULL CHECK (length(supplied_on) = 10),
  hold           INTEGER NOT NULL REFERENCES fact (sequence),
  line_no        TEXT NOT NULL,
  insurance_type TEXT NOT NULL,
  item_code      TEXT NOT NULL,
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  days           INTEGER CHECK (days >= 0),
  fund_paid      INTEGER NOT NULL CHECK (fund_paid IN (0, 1)),
  PRIMARY KEY (person_no, supplied_on, hold, line_no)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER trace_code_stays BEFORE UPDATE ON trace_code BEGIN SELECT RAISE(ABORT, 'trace_code is never changed'); END;
CREATE TRIGGER trace_code_remains BEFORE DELETE ON trace_code BEGIN SELECT RAISE(ABORT, 'trace_code is never deleted'); END;
CREATE TRIGGER supply_stays BEFORE UPDATE ON supply BEGIN SELECT RAISE(ABORT, 'supply is never changed'); END;
CREATE TRIGGER supply_remains BEFORE DELETE ON supply BEGIN SELECT RAISE(ABORT, 'supply is never deleted'); END;
