-- Summing a day spent nine tenths of its time calling ten sums for every posting. The index now has what they sum as ten words of
-- 32 bits behind each other: a group's words are handed over as one blob and summed outside. They stand in the order of the
-- holds, so that what is settled one after the other is written and read side by side, and not where its amounts happen to sort.
-- What a word cannot hold - an amount of 42 949 672.96 yuan or more, or below zero - and what seldom funds pay is in the index of
-- the unusual.
DROP INDEX posting_hour;
CREATE INDEX posting_hour ON posting (
  substr(posted_at, 1, 10) || ' ' || insurance_type || ' ' || med_type || ' ' || person_type,
  hold,
  unhex(printf('%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x',
    total & 4294967295, own_pay & 4294967295, over_ceiling & 4294967295, pre_pay & 4294967295, deductible & 4294967295,
    hifp_pay & 4294967295, cvlserv_pay & 4294967295, account & 4294967295, mutual_aid & 4294967295, cash & 4294967295))
);
DROP INDEX posting_seldom;
CREATE INDEX posting_unusual ON posting (
  substr(posted_at, 1, 10) || ' ' || insurance_type || ' ' || med_type || ' ' || person_type,
  total, own_pay, over_ceiling, pre_pay, deductible, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay,
  account, mutual_aid, cash
) WHERE (hifob_pay | hifmi_pay | hifes_pay | hifdm_pay | maf_pay | oth_pay
  | ((total | own_pay | over_ceiling | pre_pay | deductible | hifp_pay | cvlserv_pay | account | mutual_aid | cash) >> 32)) <> 0;
