-- Recomputing a day read four columns of a posting to find out which sum it belongs to, and one that is nearly always zero.
-- Both are known when it is written: what it is summed by is one text, in the order of its parts, and postings in which a
-- seldom fund pays have an index of their own. A posting that is not among them costs it nothing.
DROP INDEX posting_hour;
CREATE INDEX posting_hour ON posting (
  substr(posted_at, 1, 10) || ' ' || insurance_type || ' ' || med_type || ' ' || person_type,
  total, own_pay, over_ceiling, pre_pay, deductible, hifp_pay, cvlserv_pay, account, mutual_aid, cash
);
CREATE INDEX posting_seldom ON posting (
  substr(posted_at, 1, 10) || ' ' || insurance_type || ' ' || med_type || ' ' || person_type,
  hifob_pay, hifmi_pay, hifes_pay, hifdm_pay, maf_pay, oth_pay
) WHERE (hifob_pay | hifmi_pay | hifes_pay | hifdm_pay | maf_pay | oth_pay) <> 0;

-- A day's corrections and adjustments are found without reading those of every other day.
CREATE INDEX correction_hour ON correction (substr(corrected_at, 1, 10));
CREATE INDEX adjustment_hour ON adjustment (substr(adjusted_at, 1, 10));
