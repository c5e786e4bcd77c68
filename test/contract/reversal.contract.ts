/** What a terminal may take back by its number alone, the same over every database. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Verdict } from '../../settlement/batch/batch.ts'
import { describeBatchProblem } from '../../settlement/batch/batch-problem.ts'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { CompiledPolicies } from '../../settlement/centre/intake/policies.ts'
import { retryFact } from '../../settlement/centre/intake/retry-fact.ts'
import { reverseSettlement } from '../../settlement/centre/intake/reverse-settlement.ts'
import { noStep } from '../../settlement/centre/intake/steps.ts'
import { takeBatch, type IntakePorts } from '../../settlement/centre/intake/take-batch.ts'
import { owedOfRecord } from '../../settlement/centre/load/owed-of-record.ts'
import { detailsOfRecord } from '../../settlement/centre/reconcile/details.ts'
import { readCounters } from '../../settlement/centre/record/counters-text.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { contentsOf, INSTITUTION, NOW, psnNoOf, seedCentre, terminalName, till } from '../support/centre-of-tests.ts'
import { standInAuthority, testCard, type TestCard, type TestTill } from '../support/test-till.ts'

const MORNING = '20260315090000'
const NOON = '20260315113000'
/** Of the posting that is fact 2 of the first terminal. */
const BOOKED = 'H9999990000101000000000002'
const REVERSED = { ok: true, value: { setlId: `${BOOKED}R`, setlTime: NOW.time } }

export function reversalContract(open: () => Promise<CentreDatabase>): void {
  let database: CentreDatabase
  let ports: IntakePorts
  let card: TestCard

  beforeEach(async () => {
    database = await open()
    card = testCard(1)
    ports = { database, authority: standInAuthority, clock: () => NOW, policies: new CompiledPolicies(), reached: noStep }
    await seedCentre(database, { terminals: [1, 2].map(terminalName), cards: [card] })
  })
  afterEach(() => database.close())

  async function send(from: TestTill): Promise<Verdict[]> {
    const bytes = from.batch(NOON)
    const batch = decodeBatch(bytes)
    if (!batch.ok) throw new Error(describeBatchProblem(batch.error))
    const answer = await takeBatch(ports, { terminal: from.options.terminal, batch: batch.value, body: bytes, hash: batchHash(bytes), signature: 'signature', time: NOON })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return answer.value.verdicts.map(({ verdict }) => verdict)
  }

  const reverse = (settlementId: string, terminal = terminalName(1), reason = '患者未取药') => reverseSettlement(ports, { terminal, settlementId, reason })
  const settlements = () => database.db.selectFrom('settlement').selectAll().orderBy('setl_id').execute()
  const balance = async (): Promise<number> =>
    (await database.db.selectFrom('card').select('balance').where('card_id', '=', card.issued.cardId).executeTakeFirstOrThrow()).balance
  const counters = async (): Promise<Record<string, number>> => {
    const rows = await database.db.selectFrom('accumulator').selectAll().where('psn_no', '=', psnNoOf(card)).execute()
    return Object.assign({}, ...rows.map((row) => readCounters(row.counters)))
  }

  test('is a row of its own with every amount negative; counters and deductible go back, the purse is owed', async () => {
    const one = till(1)
    const { hold } = one.settle({ card, time: MORNING })
    await send(one)
    expect(await counters()).toMatchObject({ act_pay_dedc: 40_000, hifp_pay: 20_300 })
    expect(await reverse(hold.settlementId)).toEqual(REVERSED)

    const [booked, reversal] = await settlements()
    if (booked === undefined || reversal === undefined) throw new Error('a pair')
    expect(booked.reversed_by).toBe(`${BOOKED}R`)
    expect(reversal).toMatchObject({
      setl_id: `${BOOKED}R`, medins_setl_id: `${BOOKED}R`, source: 'terminal', terminal: terminalName(1), reverses: BOOKED, reversed_by: null,
      setl_time: '20260315120000', psn_no: psnNoOf(card), total: -72_000, hifp_pay: -20_300, fund_paid: -20_300, personal: -51_700, deductible: -40_000
    })
    expect(Object.values(await counters()).filter((amount) => amount !== 0)).toEqual([])
    // As after a correction: the card paid and gets it back by a load.
    expect(await balance()).toBe(300_000 - 51_700)
    expect(await owedOfRecord(database.db, booked, '')).toBe(51_700)
    expect(await database.db.selectFrom('reversal').selectAll().execute()).toEqual([
      { setl_id: `${BOOKED}R`, reverses: BOOKED, terminal: terminalName(1), reason: '患者未取药', reversed_at: '20260315120000' }
    ])
    const { rows } = await detailsOfRecord(database.db, { institution: INSTITUTION, terminal: terminalName(1), from: NOW.today, to: NOW.today, limit: 10 })
    expect(rows.map(({ setlId, total, posting }) => [setlId, total, posting?.sequence])).toEqual([
      [BOOKED, 72_000, 2],
      [`${BOOKED}R`, -72_000, undefined]
    ])
  })

  test('what was booked with other amounts than stated goes back as it was booked', async () => {
    const [one, two] = [till(1), till(2)]
    one.settle({ card, time: MORNING })
    const late = two.settle({ card, time: NOON })
    await send(one)
    const before = await counters()
    expect(await send(two)).toMatchObject([{ kind: 'noted' }, { kind: 'accepted', ofRecord: { amounts: { fundPaid: 48_300, deductible: 0 } } }])
    expect(await reverse(late.hold.settlementId, terminalName(2))).toMatchObject({ ok: true })
    const after = await counters()
    expect(Object.keys({ ...before, ...after }).filter((name) => (before[name] ?? 0) !== (after[name] ?? 0))).toEqual([])
    expect(after).toMatchObject({ act_pay_dedc: 40_000, hifp_pay: 20_300 })
    expect((await settlements()).reduce((sum, { fund_paid }) => sum + fund_paid, 0)).toBe(20_300)
  })

  test('a repeat is answered as the first time and changes nothing, however many come at once', async () => {
    const one = till(1)
    const { hold } = one.settle({ card, time: MORNING })
    await send(one)
    const answers = await Promise.all([1, 2, 3, 4].map(() => reverse(hold.settlementId)))
    expect(answers).toEqual([REVERSED, REVERSED, REVERSED, REVERSED])
    const before = await contentsOf(database)
    const later = { ...ports, clock: () => ({ ...NOW, time: '20260316080000' }) }
    expect(await reverseSettlement(later, { terminal: terminalName(1), settlementId: hold.settlementId, reason: '再问一次' })).toEqual(REVERSED)
    expect(await contentsOf(database)).toEqual(before)
    expect(await settlements()).toHaveLength(2)
  })

  test("the terminal's own correction, when it comes after all, meets the row that is there; judged again too", async () => {
    const one = till(1)
    const sold = one.settle({ card, time: MORNING })
    await send(one)
    await reverse(sold.hold.settlementId)
    const { sequence } = one.correct(sold, NOON)
    const conflict = { kind: 'conflict', conflict: { kind: 'id-taken', id: `${BOOKED}R` } }
    expect(await send(one)).toEqual([conflict])
    expect(await retryFact(ports, terminalName(1), sequence)).toEqual({ ok: true, value: { sequence, verdict: conflict } })
    expect(await retryFact(ports, terminalName(1), sold.postingSequence)).toMatchObject({ ok: true, value: { verdict: { kind: 'exists' } } })
    expect((await settlements()).map(({ total }) => total)).toEqual([72_000, -72_000])
    expect(Object.values(await counters()).filter((amount) => amount !== 0)).toEqual([])
    // And the answer to whoever asks again is what it was.
    expect(await reverse(sold.hold.settlementId)).toEqual(REVERSED)
  })

  test('a settlement that the terminal has corrected is not taken back once more', async () => {
    const one = till(1)
    const sold = one.settle({ card, time: MORNING })
    const { correctionId } = one.correct(sold, NOON)
    await send(one)
    const before = await contentsOf(database)
    const setlId = 'H9999990000101000000000003'
    expect(await reverse(sold.hold.settlementId)).toEqual({ ok: false, error: { kind: 'already-reversed', settlementId: sold.hold.settlementId, setlId } })
    expect(await reverse(correctionId)).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId: correctionId } })
    expect(await contentsOf(database)).toEqual(before)
  })

  test('a correction and a reversal at once take it back once', async () => {
    const one = till(1)
    const sold = one.settle({ card, time: MORNING })
    await send(one)
    one.correct(sold, NOON)
    const [verdicts, answer] = await Promise.all([send(one), reverse(sold.hold.settlementId)])
    expect([verdicts[0]?.kind, answer.ok]).toEqual(answer.ok ? ['conflict', true] : ['accepted', false])
    expect((await settlements()).map(({ total }) => total)).toEqual([72_000, -72_000])
    expect(Object.values(await counters()).filter((amount) => amount !== 0)).toEqual([])
  })

  test('a number that nobody knows, a reversal, a settlement of another terminal or of the national interface: refused by name', async () => {
    const [one, two] = [till(1), till(2)]
    const { hold } = one.settle({ card, time: MORNING })
    const other = two.settle({ card, time: NOON })
    await send(one)
    await send(two)
    const [booked] = await settlements()
    if (booked === undefined) throw new Error('nothing was booked')
    const national = { ...booked, source: 'national' as const, terminal: null, sequence: null, card_serial: null, card_signed: null, setl_id: 'N1', medins_setl_id: 'M1', visit_no: 'MZ2' }
    await database.db.insertInto('settlement').values(national).execute()
    const before = await contentsOf(database)
    expect(await reverse('M9')).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId: 'M9' } })
    expect(await reverse(other.hold.settlementId)).toEqual({ ok: false, error: { kind: 'settlement-of-another', settlementId: other.hold.settlementId } })
    expect(await reverse('M1')).toEqual({ ok: false, error: { kind: 'settlement-of-another', settlementId: 'M1' } })
    expect(await reverse(hold.settlementId, terminalName(9))).toEqual({ ok: false, error: { kind: 'terminal-unknown', terminal: terminalName(9) } })
    expect(await contentsOf(database)).toEqual(before)
    await reverse(hold.settlementId)
    expect(await reverse(`${BOOKED}R`)).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId: `${BOOKED}R` } })
  })

  test('something else under the number that the centre would give is named, and nothing is booked', async () => {
    const one = till(1)
    const { hold } = one.settle({ card, time: MORNING })
    await send(one)
    const [booked] = await settlements()
    if (booked === undefined) throw new Error('nothing was booked')
    await database.db.insertInto('settlement').values({ ...booked, setl_id: 'X1', medins_setl_id: `${BOOKED}R`, visit_no: 'MZ2', card_serial: null, card_signed: null }).execute()
    expect(await reverse(hold.settlementId)).toEqual({ ok: false, error: { kind: 'id-taken', id: `${BOOKED}R` } })
    expect(await settlements()).toHaveLength(2)
  })
}
