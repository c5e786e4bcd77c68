/**
 * A settlement that a terminal has posted. Reasons in the order in which they are looked for; the first is given:
 *
 *   the hold it names    same settlement, of the terminal's own institution
 *   known already        the same content: exists; other content under the number, or the visit settled: conflict
 *   time                 not ahead of the centre's clock
 *   claim, policy        readable, known here
 *   amounts              what the claim comes to, line by line, and what the card signed
 *   person, card         known, the card this person's and not reported lost
 *   proof                the card's own code, or its log; a serial and a signature of the card are used once
 *
 * Then it is booked, with the centre's own amounts where the person, the year or an entitlement stands otherwise.
 */

import type { EntryConflict, EntryRefusal, Verdict } from '../../batch/batch.ts'
import { timeDigits } from '../../calendar/written-time.ts'
import { calculate } from '../../calculation/calculate.ts'
import type { Calculation } from '../../calculation/calculation.ts'
import type { FactOf } from '../../ledger/fact.ts'
import { ledgerLineOf } from '../../ledger/ledger-line.ts'
import { negate } from '../../money/fen.ts'
import type { CompiledPolicy } from '../../policy/compile-policy.ts'
import { describeRefusal } from '../../wire/describe-refusal.ts'
import { isAhead } from '../../calendar/clock-tolerance.ts'
import { signedBy } from './card-serials.ts'
import type { CardAuthority } from '../ports.ts'
import type { SettlementRow } from '../store/schema.ts'
import { counterOutOfRange, type Judging } from './judging.ts'
import { readClaim } from './read-claim.ts'
import { factKey, type CardOfRecord, type PersonOfRecord } from './knowledge.ts'
import { amountsOfRecord, type Booked } from './of-record.ts'
import { setlIdOf } from './setl-id.ts'
import { settlementRow } from './settlement-row.ts'
import { wrongInStated } from './stated-amounts.ts'
import { packRows } from './trace-codes.ts'

type Posting = FactOf<'posting'>

export interface PostingEntry {
  readonly sequence: number
  readonly hash: string
  readonly posting: Posting
  /** What the posting names; undefined when it is no hold. */
  readonly hold: FactOf<'hold'> | undefined
}

export function judgePosting(judging: Judging, authority: CardAuthority, entry: PostingEntry): Verdict {
  const { posting, hold } = entry
  if (hold === undefined || hold.settlementId !== posting.settlementId) {
    return refused({ kind: 'claim-malformed', field: 'hold', rule: 'must be the number of the hold of this settlement' })
  }
  const { institution } = judging.known.terminal
  if (hold.visit.institution !== institution) {
    return refused({ kind: 'claim-malformed', field: 'institution', rule: `must be the terminal's own institution, ${institution}` })
  }
  const earlier = knownAlready(judging, entry, hold)
  if (earlier !== undefined) return earlier
  const times = [hold.heldAt, hold.intent.time, posting.postedAt]
  const ahead = times.find((time) => isAhead(time, judging.known.moment))
  if (ahead !== undefined) return refused({ kind: 'time-ahead', time: ahead, centreTime: judging.known.moment.time })
  return judgeClaim(judging, authority, entry, hold)
}

const refused = (refusal: EntryRefusal): Verdict => ({ kind: 'refused', refusal })
const conflict = (of: EntryConflict): Verdict => ({ kind: 'conflict', conflict: of })

function knownAlready(judging: Judging, { hash }: PostingEntry, hold: FactOf<'hold'>): Verdict | undefined {
  const { settlementId, visit } = hold
  const same = judging.settlement(settlementId)
  if (same !== undefined) return existsOrTaken(judging, same, hash, settlementId)
  const other = judging.visit(visit.institution, visit.visitNo)
  return other === undefined ? undefined : conflict({ kind: 'visit-settled', settlementId: other.medins_setl_id })
}

/** A ledger that was enrolled anew sends its whole chain again: the same link of the same chain is the same fact, and the new terminal's. */
export function existsOrTaken(judging: Judging, row: SettlementRow, hash: string, id: string): Verdict {
  const fact = row.terminal === null || row.sequence === null ? undefined : judging.known.facts.get(factKey(row.terminal, row.sequence))
  if (fact === undefined || fact.hash !== hash) return conflict({ kind: 'id-taken', id })
  judging.takeOver(row)
  return fact.verdict.kind === 'exists' ? fact.verdict : { kind: 'exists', verdict: fact.verdict }
}

function judgeClaim(judging: Judging, authority: CardAuthority, entry: PostingEntry, hold: FactOf<'hold'>): Verdict {
  const read = readClaim(hold.claim)
  if (!read.ok) return refused(read.error)
  const { claim, begntime } = read.value
  if (claim.fixmedinsCode !== undefined && claim.fixmedinsCode !== hold.visit.institution) {
    return refused({ kind: 'claim-malformed', field: 'fixmedins_code', rule: 'must be the institution of the visit' })
  }
  const { id: region, version } = hold.policy
  const compiled = judging.known.policy(region, version)
  if (compiled === undefined) return refused({ kind: 'policy-unknown', region, version })
  const calculation = calculate(compiled, claim)
  if (!calculation.ok) return refused({ kind: 'claim-malformed', field: 'claim', rule: `must be computable by the policy: ${describeRefusal(calculation.error).en}` })
  const wrong = wrongInStated(hold, calculation.value, compiled.policy)
  if (wrong !== undefined) return refused(wrong)
  return judgeProof(judging, authority, entry, { hold, calculation: calculation.value, compiled, begntime: timeDigits(begntime) })
}

interface ComputedHold {
  readonly hold: FactOf<'hold'>
  readonly calculation: Calculation
  readonly compiled: CompiledPolicy
  /** 14 digits. */
  readonly begntime: string
}

function judgeProof(judging: Judging, authority: CardAuthority, entry: PostingEntry, computed: ComputedHold): Verdict {
  const { hold, begntime } = computed
  if (isAhead(begntime, judging.known.moment)) {
    return refused({ kind: 'time-ahead', time: begntime, centreTime: judging.known.moment.time })
  }
  const person = judging.known.people.get(hold.personNo)
  if (person === undefined) return refused({ kind: 'person-unknown' })
  const card = judging.known.cards.get(hold.intent.cardId)
  if (card === undefined) return refused({ kind: 'card-unknown' })
  const unproved = wrongProof(judging, authority, entry, { hold, person, card })
  if (unproved !== undefined) return refused(unproved)
  const owner = { psnNo: person.psnNo, insutype: hold.insuranceType, year: hold.policyYear }
  const counters = judging.counters(owner)
  const booked = amountsOfRecord({ stated: computed.calculation, compiled: computed.compiled, person, counters })
  if (!booked.ok) return refused(booked.error)
  const counter = counterOutOfRange(counters, booked.value.counters)
  if (counter !== undefined) {
    return refused({ kind: 'claim-malformed', field: `accumulators.${counter}`, rule: 'must leave the year below 1000000000.00' })
  }
  return book(judging, entry, computed, { person, card, booked: booked.value })
}

interface Payer {
  readonly hold: FactOf<'hold'>
  readonly person: PersonOfRecord
  readonly card: CardOfRecord
}

function wrongProof(judging: Judging, authority: CardAuthority, { posting }: PostingEntry, { hold, person, card }: Payer): EntryRefusal | undefined {
  const { intent } = hold
  const { evidence } = posting
  if (card.psnNo !== person.psnNo) return { kind: 'card-of-another' }
  if (card.isLost && card.lostSince <= intent.time) return { kind: 'card-lost', since: card.lostSince }
  const { terminalNo, terminalSerial, time, amounts } = intent
  const isProved =
    evidence.tac === undefined
      ? evidence.source === 'transaction-log'
      : authority.verifyDebit(card, { ...amounts, terminalNo, terminalSerial, time }, evidence.tac)
  if (!isProved) return { kind: 'tac-wrong' }
  const other = judging.serial(card.ref, evidence.serialAfter) ?? judging.signature(card.ref, signedBy(intent))
  return other === undefined ? undefined : { kind: 'card-cloned', serial: evidence.serialAfter, other }
}

function book(
  judging: Judging,
  { sequence, posting }: PostingEntry,
  { hold, calculation, begntime }: ComputedHold,
  { person, card, booked }: { readonly person: PersonOfRecord; readonly card: CardOfRecord; readonly booked: Booked }
): Verdict {
  const { terminal } = judging.known.terminal
  const { settlementId, intent } = hold
  const setlId = setlIdOf(terminal, sequence)
  const setlTime = judging.known.moment.time
  const { ofRecord } = booked
  const row = settlementRow({
    setlId,
    terminal,
    sequence,
    settlementId,
    institution: hold.visit.institution,
    visitNo: hold.visit.visitNo,
    mdtrtId: calculation.claim.mdtrtId,
    psnNo: person.psnNo,
    insutype: hold.insuranceType,
    psnType: booked.psnType,
    medType: hold.medType,
    setlTime,
    begntime,
    year: hold.policyYear,
    region: hold.policy.id,
    policyVersion: hold.policy.version,
    amounts: booked.amounts,
    cardRef: card.ref,
    cardSerial: posting.evidence.serialAfter,
    cardSigned: signedBy(intent),
    proof: posting.evidence.tac === undefined ? 'log' : 'tac',
    stated: ofRecord === undefined ? undefined : { amounts: hold.amounts, counters: hold.counters },
    lines: ofRecord === undefined ? undefined : booked.lines.map(ledgerLineOf)
  })
  judging.book(row, booked.counters)
  judging.handOver(packRows(setlId, calculation.claim.lines))
  // The purse has paid what it was debited, whatever the account should have paid.
  judging.moveBalance(intent.cardId, negate(intent.amounts.account))
  return ofRecord === undefined ? { kind: 'accepted', setlId, setlTime } : { kind: 'accepted', setlId, setlTime, ofRecord }
}
