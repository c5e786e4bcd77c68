/**
 * What a posting is summed by, as one text that begins with the hour of its time (YYYYMMDDhh). Written as the index has it: SQLite
 * uses an index of an expression only for the very same expression.
 */

export const POSTING_KEY = "substr(posted_at, 1, 10) || ' ' || insurance_type || ' ' || med_type || ' ' || person_type"
