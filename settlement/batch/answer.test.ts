import { describe, expect, it } from 'vitest'
import { SALE_AMOUNTS } from '../../test/contract/ledger-fixture.ts'
import { fen } from '../money/fen.ts'
import {
  readBatchAnswer,
  readEntryVerdict,
  readStanding,
  readUnbookedFacts,
  writeBatchAnswer,
  writeEntryVerdict,
  writeFramesAnswer,
  writeUnbookedFacts
} from './answer.ts'
import type { BatchAnswer, EntryRefusal, Verdict } from './batch.ts'

const HASH = 'ab'.repeat(32)
const overTheWire = (answer: object): unknown => JSON.parse(JSON.stringify(answer))
const accepted: Verdict = { kind: 'accepted', setlId: '99999920261126101500000001', setlTime: '20261126101500' }

describe('an answer of the centre', () => {
  const verdicts: Verdict[] = [
    { kind: 'noted' },
    accepted,
    {
      ...accepted,
      ofRecord: { amounts: SALE_AMOUNTS, counters: { hifp_pay: fen(17500), act_pay_dedc: fen(-100) }, reason: 'counters-differ' }
    },
    { kind: 'exists', verdict: accepted },
    { kind: 'exists', verdict: { kind: 'refused', refusal: { kind: 'tac-wrong' } } },
    { kind: 'conflict', conflict: { kind: 'visit-settled', settlementId: 'P1' } },
    { kind: 'conflict', conflict: { kind: 'id-taken', id: 'P2' } }
  ]
  const refusals: EntryRefusal[] = [
    { kind: 'claim-malformed', field: 'lines[0].pric', rule: 'must be an amount' },
    { kind: 'policy-unknown', region: '999999', version: '9' },
    { kind: 'amounts-wrong', field: 'cash', stated: '1.00', computed: '1.01' },
    { kind: 'person-unknown' },
    { kind: 'card-unknown' },
    { kind: 'card-of-another' },
    { kind: 'card-lost', since: '20261120080000' },
    { kind: 'tac-wrong' },
    { kind: 'card-cloned', serial: 42, other: 'P3' },
    { kind: 'time-ahead', time: '20261126120000', centreTime: '20261126100000' },
    { kind: 'target-not-booked', settlementId: 'P4' },
    { kind: 'load-not-signed', loadId: 'L1' }
  ]

  it('is the same after the wire, verdict by verdict', () => {
    const all = [...verdicts, ...refusals.map((refusal): Verdict => ({ kind: 'refused', refusal }))]
    const answer: BatchAnswer = { number: 3, hash: HASH, verdicts: all.map((verdict, index) => ({ sequence: index + 1, verdict })) }
    expect(readBatchAnswer(overTheWire(writeBatchAnswer(answer)))).toEqual({ ok: true, value: answer })
  })

  it('to frames is the same in one bit for each fact that was booked as stated', () => {
    const booked = (sequence: number): Verdict => ({ kind: 'accepted', setlId: `H999999000010100000000120${sequence % 10}`, setlTime: '20261126101500' })
    const usual = [1201, 1202, 1203, 1204].map((sequence) => ({ sequence, verdict: sequence % 2 === 0 ? booked(sequence) : ({ kind: 'noted' } as const) }))
    const written = writeFramesAnswer({ number: 3, hash: HASH, verdicts: usual })
    expect(written).toEqual({
      number: 3,
      hash: HASH,
      first: 1201,
      count: 4,
      booked: { setlIdPrefix: 'H9999990000101', setlTime: '20261126101500', facts: 'Cg==' },
      others: []
    })
    expect(readBatchAnswer(overTheWire(written))).toEqual({ ok: true, value: { number: 3, hash: HASH, verdicts: usual } })
    const all = [...verdicts, ...refusals.map((refusal): Verdict => ({ kind: 'refused', refusal }))].map((verdict, index) => ({ sequence: 1205 + index, verdict }))
    const answer: BatchAnswer = { number: 3, hash: HASH, verdicts: [...usual, ...all] }
    expect(readBatchAnswer(overTheWire(writeFramesAnswer(answer)))).toEqual({ ok: true, value: answer })
    const none: BatchAnswer = { number: 3, hash: HASH, verdicts: [{ sequence: 9, verdict: { kind: 'noted' } }] }
    expect(writeFramesAnswer(none)).toEqual({ number: 3, hash: HASH, first: 9, count: 1, others: [] })
    expect(readBatchAnswer(overTheWire(writeFramesAnswer(none)))).toEqual({ ok: true, value: none })
  })

  it.each([
    ['a bit of a fact that the batch has not', { booked: { setlIdPrefix: 'H', setlTime: '20261126101500', facts: 'Gg==' } }, 'booked.facts must have 4 bits'],
    ['too few bits', { booked: { setlIdPrefix: 'H', setlTime: '20261126101500', facts: '====' } }, 'booked.facts must have 4 bits'],
    ['a fact that is booked and refused', { booked: { setlIdPrefix: 'H', setlTime: '20261126101500', facts: 'Cg==' }, others: [{ sequence: 1202, verdict: { kind: 'refused', refusal: { kind: 'tac-wrong' } } }] }, 'others[0].sequence must be of a fact of which nothing else is said'],
    ['a fact of another batch', { others: [{ sequence: 1205, verdict: { kind: 'refused', refusal: { kind: 'tac-wrong' } } }] }, 'others[0].sequence must be of a fact of which nothing else is said'],
    ['more facts than a batch has', { count: 2001 }, 'count must be at most 2000']
  ])('to frames is refused with %s', (_, changes, said) => {
    const read = readBatchAnswer({ number: 3, hash: HASH, first: 1201, count: 4, others: [], ...changes })
    expect(read.ok ? '' : read.error).toContain(said)
  })

  it('has its money in yuan as decimal strings', () => {
    const written = writeEntryVerdict({ sequence: 1, verdict: verdicts[2] ?? accepted })
    expect(written).toMatchObject({
      verdict: { ofRecord: { amounts: { total: '420.00', cash: '45.00' }, counters: { act_pay_dedc: '-1.00' }, reason: 'counters-differ' } }
    })
  })

  it('may say more than this terminal knows', () => {
    expect(readEntryVerdict({ sequence: 1, verdict: { kind: 'noted', since: 'today' }, more: {} })).toEqual({ ok: true, value: { sequence: 1, verdict: { kind: 'noted' } } })
  })

  it.each([
    ['a page of a router', '<html>', 'the answer must be a JSON object'],
    ['another verdict', { sequence: 1, verdict: { kind: 'perhaps' } }, 'verdict.kind must be one of'],
    ['an unknown reason', { sequence: 1, verdict: { kind: 'refused', refusal: { kind: 'moon-phase' } } }, 'verdict.refusal.kind must be one of'],
    ['an amount as a number', { sequence: 1, verdict: { ...accepted, ofRecord: { amounts: { total: 420 }, counters: {}, reason: 'not-entitled' } } }, 'verdict.ofRecord.amounts.total must be an amount'],
    ['no number', { sequence: 0, verdict: { kind: 'noted' } }, 'sequence must be a whole number from 1']
  ])('is refused as %s', (_, json, problem) => {
    const read = readEntryVerdict(json)
    expect(read.ok ? '' : read.error).toContain(problem)
  })

  it('says which facts are not booked, and where to go on', () => {
    for (const unbooked of [{ facts: [2, 9_007_199_254_740_991], next: 9_007_199_254_740_991 }, { facts: [], next: undefined }]) {
      expect(readUnbookedFacts(overTheWire(writeUnbookedFacts(unbooked)))).toEqual({ ok: true, value: unbooked })
    }
    const problemOf = (json: unknown): string => {
      const read = readUnbookedFacts(json)
      return read.ok ? '' : read.error
    }
    expect(problemOf({ facts: [2, '4'], next: null })).toBe('facts.1 must be a whole number from 1')
    expect(problemOf({ facts: [0], next: null })).toBe('facts.0 must be a whole number from 1')
    expect(problemOf({ facts: [], next: 0 })).toBe('next must be a whole number from 1')
    expect(problemOf({ facts: [] })).toBe('next is missing: must be a whole number from 1')
    expect(problemOf({ facts: Array.from({ length: 1_001 }, (_, index) => index + 1), next: null })).toBe('facts must have at most 1000 items, has 1001')
  })

  it('says where the centre stands', () => {
    const standing = { terminal: 'H99999900001-01', batch: 0, batchHash: '0'.repeat(64), sequence: 0, chainHash: '0'.repeat(64) }
    expect(readStanding(standing)).toEqual({ ok: true, value: standing })
    expect(readStanding({ ...standing, chainHash: 'x' })).toEqual({ ok: false, error: 'chainHash must be a SHA-256 of 64 hex digits' })
  })
})
