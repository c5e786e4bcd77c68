/** Why some names are never met: what this world has none of, or what the program never lets get so far. */

const NO_PAD = 'no reader of this world has keys of its own'
const NO_TRAY = 'tills of this world have a reader, no tray of simulated cards'
const TERMINALS_ARE_HONEST = "only a till that computes wrongly is told so, and the centre's arithmetic is the same program"
const FIRST_REFUSED_ELSEWHERE = 'the desk refuses it before the ledger is asked'
const WHOLE_RULES = 'the rules of the test region are whole; packs are checked when they are installed'
const NOT_SOLD_HERE = 'the shelf of this world has no such drug'
const ASSERTED = 'only a caller that is broken gets it'
const COVERED = 'the test region covers every insurance of the cards of this world'
const NO_CHOICE = 'readers are chosen when a till is set up; nobody chooses another'
const SAM_STAYS = "a till's second reader, that of its PSAM, is never unplugged"
const NO_CSV = 'nobody saves a close as a table here'
const IN_ORDER = 'whom the cards of this world belong to is insured, in no arrears and in no hospital'
const ENROLLED = 'tills of this world are enrolled before the first day'

export const KNOWN_GAPS: Readonly<Record<string, string>> = {
  'refusal:no-pad': NO_PAD,
  'refusal:pin-on-pad': NO_PAD,
  'refusal:pad-only-verifies': NO_PAD,
  'refusal:card-not-insertable': NO_TRAY,
  'refusal:no-fixture-pin': NO_TRAY,
  'refusal:not-simulated': NO_TRAY,
  'refusal:visit-gone': 'visits come as text, not through the folder of the queue',
  'refusal:two-match': 'each till has two readers with names of their own',
  'refusal:module-missing': 'the reader service is always installed',
  'refusal:service-absent': 'the reader service is always installed',
  'refusal:service-refuses': 'the reader service is always installed',
  'refusal:version-mismatch': 'the reader service is always installed',
  'refusal:ambiguous': WHOLE_RULES,
  'refusal:circle': WHOLE_RULES,
  'refusal:contradictory': WHOLE_RULES,
  'refusal:base-unknown': WHOLE_RULES,
  'refusal:base-not-in-force': WHOLE_RULES,
  'refusal:no-parameter': WHOLE_RULES,
  'refusal:fact-missing': WHOLE_RULES,
  'refusal:pre-pay-ratio-missing': WHOLE_RULES,
  'refusal:hold-unknown': ASSERTED,
  'refusal:hold-not-open': ASSERTED,
  'refusal:load-unknown': ASSERTED,
  'refusal:load-not-open': ASSERTED,
  'refusal:target-unknown': ASSERTED,
  'refusal:target-of-another': ASSERTED,
  'refusal:of-record-not-allowed': 'the centre gives amounts of record to settlements only',
  'refusal:of-record-wrong': 'the centre adds up, and nobody else can sign as it',
  'refusal:already-confirmed': 'becomes a parked entry, "answer-differs", and no refusal of a window',
  'refusal:counter-out-of-range': 'nobody uses up a thousand million',
  'refusal:amount-too-large': 'no bill comes to what four bytes of fen cannot hold',
  'refusal:card-differs': FIRST_REFUSED_ELSEWHERE,
  'refusal:address-malformed': ENROLLED,
  'refusal:institution-differs': ENROLLED,
  'refusal:terminal-key': 'the key of a till is never taken from its folder',
  'refusal:report-unreadable': 'no older program has closed a day here',
  'refusal:claim-missing': 'no older program has sold here',
  'refusal:bill-unmade': 'what was sold makes a bill again',
  'refusal:prescription-withdrawn': NOT_SOLD_HERE,
  'refusal:work-injury-only': NOT_SOLD_HERE,
  'refusal:maternity-only': NOT_SOLD_HERE,
  'refusal:insurance-type-not-covered': COVERED,
  'refusal:reader-not-remembered': NO_CHOICE,
  'refusal:no-reader': SAM_STAYS,
  'refusal:csv-not-written': NO_CSV,
  'refusal:not-on-card': 'nobody looks at a number of a card in full',
  'refusal:received-too-little': 'what cashiers type is never less than what is due',
  'refusal:in-arrears': IN_ORDER,
  'refusal:in-hospital': IN_ORDER,
  'refusal:insurance-ended': IN_ORDER,
  'refusal:insurance-suspended': IN_ORDER,
  'refusal:not-insured': IN_ORDER,
  'refusal:waiting-period': IN_ORDER,
  'refusal:card-lost-temporarily': 'cards are reported lost for good, or found again',
  'verdict:amounts-wrong': TERMINALS_ARE_HONEST,
  'verdict:claim-malformed': TERMINALS_ARE_HONEST,
  'verdict:tac-wrong': "only a posting on another till's codes is told so",
  'verdict:card-cloned': 'no card of this world is a copy with the keys of another',
  'verdict:card-of-another': 'cards do not change their owner',
  'centre-refusal:load-id-taken': 'the number of a load has the till in it',
  'centre-refusal:credit-amount-differs': 'a credit is asked for as it was told',
  'centre-refusal:institution-differs': ENROLLED,
  'centre-refusal:institution-full': 'nobody enrols a hundredth window',
  'refusal:done-not-shown': 'no disk of this world fails while it is read',
  'state:link-not-connected': ENROLLED,
  'state:host-broke': 'a fault of the program: the run ends with it'
}
