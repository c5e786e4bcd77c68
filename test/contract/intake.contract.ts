/** What every database of a centre must make of batches: the same suite over SQLite and PostgreSQL. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registerCards } from '../../settlement/centre/record/cards.ts'
import { NO_BATCH, type BatchAnswer, type ChainLink, type Verdict } from '../../settlement/batch/batch.ts'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { describeBatchProblem } from '../../settlement/batch/batch-problem.ts'
import { CompiledPolicies } from '../../settlement/centre/intake/policies.ts'
import { repeatedPacks } from '../../settlement/centre/intake/trace-codes.ts'
import { serialGaps } from '../../settlement/centre/intake/card-serials.ts'
import { heldSerial } from '../../settlement/centre/intake/held-serial.ts'
import { retryFact } from '../../settlement/centre/intake/retry-fact.ts'
import { reverseSettlement } from '../../settlement/centre/intake/reverse-settlement.ts'
import { noStep } from '../../settlement/centre/intake/steps.ts'
import { takeBatch, type BatchRefusal, type IntakePorts } from '../../settlement/centre/intake/take-batch.ts'
import { unbookedFacts } from '../../settlement/centre/intake/unbooked-facts.ts'
import { keptLinks } from '../../settlement/centre/record/chain-copy.ts'
import { readCounters } from '../../settlement/centre/record/counters-text.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import type { Result } from '../../base/result.ts'
import { decodeFact } from '../../settlement/ledger/fact-decoding.ts'
import type { FactOf } from '../../settlement/ledger/fact.ts'
import { fen } from '../../settlement/money/fen.ts'
import { contentsOf, INSTITUTION, NOW, psnNoOf, rowsOf, seedCentre, terminalName, till } from '../support/centre-of-tests.ts'
import { contentBatch } from '../support/readable-batch.ts'
import { standInAuthority, testCard, type Sold, type TestCard, type TestTill } from '../support/test-till.ts'

const MORNING = '20260315090000'
const NOON = '20260315113000'

export function intakeContract(open: () => Promise<CentreDatabase>): void {
  let database: CentreDatabase
  let ports: IntakePorts
  let cards: TestCard[]

  beforeEach(async () => {
    database = await open()
    cards = [1, 2, 3, 4].map((number) => testCard(number))
    ports = { database, authority: standInAuthority, clock: () => NOW, policies: new CompiledPolicies(), reached: noStep }
    await seedCentre(database, { terminals: [1, 2, 3].map(terminalName), cards })
  })
  afterEach(() => database.close())

  const card = (index: number): TestCard => {
    const found = cards[index]
    if (found === undefined) throw new Error(`no card ${index}`)
    return found
  }

  function send(bytes: Uint8Array, terminal = terminalName(1), at = ports): Promise<Result<BatchAnswer, BatchRefusal>> {
    const batch = decodeBatch(bytes)
    if (!batch.ok) throw new Error(describeBatchProblem(batch.error))
    return takeBatch(at, { terminal, batch: batch.value, body: bytes, hash: batchHash(bytes), signature: 'signature', time: NOON })
  }

  async function answered(bytes: Uint8Array, terminal = terminalName(1)): Promise<Verdict[]> {
    const answer = await send(bytes, terminal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return answer.value.verdicts.map(({ verdict }) => verdict)
  }

  const counters = async (of: TestCard): Promise<Record<string, number>> => {
    const rows = await database.db.selectFrom('accumulator').selectAll().where('psn_no', '=', psnNoOf(of)).execute()
    return Object.assign({}, ...rows.map((row) => readCounters(row.counters)))
  }
  const accumulators = () => database.db.selectFrom('accumulator').selectAll().orderBy('psn_no').execute()
  const settlements = () => database.db.selectFrom('settlement').selectAll().orderBy('setl_id').execute()
  const balance = async (of: TestCard): Promise<number> =>
    (await database.db.selectFrom('card').select('balance').where('card_id', '=', of.issued.cardId).executeTakeFirstOrThrow()).balance

  describe('a batch', () => {
    it('is booked: settlement, counters, serial and balance of the card', async () => {
      const one = till(1)
      const { hold } = one.settle({ card: card(0), time: MORNING, visitNo: 'MZ1' })
      expect(await answered(one.batch(NOON))).toEqual([
        { kind: 'noted' },
        { kind: 'accepted', setlId: 'H9999990000101000000000002', setlTime: '20260315120000' }
      ])
      // 720.00: 20.00 own pay, 10.00 pre-self-pay, 690.00 in scope, deductible 400.00, 70 % of 290.00 from the pool; the card pays the rest.
      expect(await settlements()).toMatchObject([
        {
          setl_id: 'H9999990000101000000000002',
          source: 'terminal',
          terminal: 'H99999900001-01',
          sequence: 2,
          medins_setl_id: hold.settlementId,
          institution: INSTITUTION,
          visit_no: 'MZ1',
          psn_no: psnNoOf(card(0)),
          insutype: '310',
          psn_type: '11',
          med_type: '11',
          clr_type: '11',
          setl_time: '20260315120000',
          begntime: '20260315000000',
          year: 2026,
          region: '999999',
          policy_version: '1',
          total: 72_000,
          own_pay: 2_000,
          pre_pay: 1_000,
          in_scope: 69_000,
          deductible: 40_000,
          hifp_pay: 20_300,
          fund_paid: 20_300,
          personal: 51_700,
          card_ref: 1,
          card_serial: 1,
          card_signed: `999999000001${MORNING}1`,
          proof: 'tac',
          reversed_by: null,
          reverses: null,
          stated: null
        }
      ])
      expect(await counters(card(0))).toMatchObject({ act_pay_dedc: 40_000, hifp_pay: 20_300, inscp_scp_amt: 69_000 })
      expect(await balance(card(0))).toBe(300_000 - hold.intent.amounts.account)
    })

    it('leaves the terminal standing at its end, with a copy of its chain', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON)
      await answered(bytes)
      const row = await database.db.selectFrom('terminal').selectAll().where('terminal', '=', terminalName(1)).executeTakeFirstOrThrow()
      expect(row).toMatchObject({ batch: 1, batch_hash: batchHash(bytes), sequence: 2, chain_hash: one.links[1]?.hash })
      const { body } = await database.db.selectFrom('batch').select('body').executeTakeFirstOrThrow()
      expect(keptLinks(body)).toMatchObject(one.links)
    })
  })

  describe('what comes again', () => {
    it('the same batch gets the answer that it got, and changes nothing', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON)
      const first = await answered(bytes)
      const before = await contentsOf(database)
      expect(await answered(bytes)).toEqual(first)
      expect(await contentsOf(database)).toEqual(before)
    })

    it('an older batch too, when later ones have been taken', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON)
      const first = await answered(bytes)
      one.settle({ card: card(0), time: NOON })
      await answered(one.batch(NOON))
      expect(await answered(bytes)).toEqual(first)
    })

    it('four uploads of one batch at once book it once and get one answer', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON)
      const answers = await Promise.all([send(bytes), send(bytes), send(bytes), send(bytes)])
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(answers[0]).toMatchObject({ ok: true })
      expect(await settlements()).toHaveLength(1)
      expect(await counters(card(0))).toMatchObject({ hifp_pay: 20_300 })
    })

    it('the chain of a terminal that was enrolled anew is known, fact by fact', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING, visitNo: 'MZ1' })
      const first = await answered(one.batch(NOON))
      const batch = batchOf(terminalName(2), one.links)
      expect(await answered(batch, terminalName(2))).toEqual([{ kind: 'noted' }, { kind: 'exists', verdict: first[1] }])
      expect(await settlements()).toHaveLength(1)
    })

    it('what was booked from it is the new terminal’s, with what took it back, and moves nothing', async () => {
      const one = till(1)
      const [kept, corrected, reversed] = [0, 1, 2].map((index) => one.settle({ card: card(index), time: MORNING })) as [Sold, Sold, Sold]
      one.correct(corrected, NOON)
      await answered(one.batch(NOON))
      const byNumber = await reverseSettlement(ports, { terminal: terminalName(1), settlementId: reversed.hold.settlementId, reason: '患者未取药' })
      expect(byNumber).toMatchObject({ ok: true })
      const [years, before] = [await accumulators(), await settlements()]

      const again = batchOf(terminalName(2), one.links)
      expect((await answered(again, terminalName(2))).map(({ kind }) => kind)).toEqual(['noted', 'exists', 'noted', 'exists', 'noted', 'exists', 'exists'])
      expect(await settlements()).toEqual(before.map((row) => ({ ...row, terminal: terminalName(2) })))
      expect(before).toHaveLength(5)
      expect(await accumulators()).toEqual(years)

      const { sequence } = one.correct(kept, NOON)
      const more = batchOf(terminalName(2), one.links.slice(sequence - 1), { number: 2, previous: batchHash(again) })
      expect(await answered(more, terminalName(2))).toMatchObject([{ kind: 'accepted' }])
      expect(Object.values(await counters(card(0))).every((amount) => amount === 0)).toBe(true)
    })

    it('the older name, where it is still in use, may send on and take back what both have', async () => {
      const one = till(1)
      const sold = one.settle({ card: card(0), time: MORNING })
      await answered(one.batch(NOON))
      await answered(batchOf(terminalName(2), one.links), terminalName(2))
      one.correct(sold, NOON)
      expect(await answered(one.batch(NOON))).toMatchObject([{ kind: 'accepted' }])
      expect(Object.values(await counters(card(0))).every((amount) => amount === 0)).toBe(true)
    })
  })

  describe('what does not follow', () => {
    const refusedWith = async (bytes: Uint8Array, terminal?: string): Promise<unknown> => {
      const before = await contentsOf(database)
      const answer = await send(bytes, terminal)
      expect(await contentsOf(database)).toEqual(before)
      return answer.ok ? 'taken' : answer.error
    }

    it('a batch too early is told where the centre stands', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      one.batch(NOON)
      one.settle({ card: card(1), time: MORNING })
      expect(await refusedWith(one.batch(NOON))).toEqual({
        kind: 'batch-out-of-order',
        standing: { terminal: terminalName(1), batch: 0, batchHash: '0'.repeat(64), sequence: 0, chainHash: '0'.repeat(64) }
      })
    })

    it('a hole in the facts', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      one.settle({ card: card(1), time: MORNING })
      expect(await refusedWith(batchOf(terminalName(1), one.links.slice(2)))).toMatchObject({ kind: 'batch-out-of-order' })
    })

    it('other content under a known number', async () => {
      const [one, other] = [till(1), till(1)]
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON)
      await answered(bytes)
      other.settle({ card: card(1), time: MORNING })
      expect(await refusedWith(other.batch(NOON))).toEqual({ kind: 'batch-conflict', number: 1, hash: batchHash(bytes) })
    })

    it('a batch that names another one before it', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const bytes = one.batch(NOON, 2, (head) => ({ ...head, previous: 'a'.repeat(64) }))
      expect(await refusedWith(bytes)).toMatchObject({ kind: 'chain-broken', at: 'previous' })
    })

    it('a fact whose hash is not the chain\'s', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      const forged = one.links.map((link, index) => (index === 1 ? { ...link, hash: 'b'.repeat(64) } : link))
      expect(await refusedWith(batchOf(terminalName(1), forged))).toMatchObject({ kind: 'chain-broken', at: 2 })
    })

    it('a batch of another terminal', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      expect(await refusedWith(one.batch(NOON), terminalName(2))).toEqual({
        kind: 'terminal-differs',
        signedBy: terminalName(2),
        inBatch: terminalName(1)
      })
    })

    it('a terminal that is enrolled no more', async () => {
      const one = till(9)
      one.settle({ card: card(0), time: MORNING })
      expect(await refusedWith(one.batch(NOON), terminalName(9))).toEqual({ kind: 'terminal-unknown', terminal: terminalName(9) })
    })
  })

  describe('a poisoned fact', () => {
    it('is refused alone; what stands around it is booked', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      one.settle({ card: card(1), time: MORNING, forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, tac: 'DEADBEEF' } }) })
      one.settle({ card: card(2), time: MORNING })
      expect((await answered(one.batch(NOON))).map(({ kind }) => kind)).toEqual(['noted', 'accepted', 'noted', 'refused', 'noted', 'accepted'])
      expect((await settlements()).map(({ psn_no }) => psn_no)).toEqual([psnNoOf(card(0)), psnNoOf(card(2))])
      expect(await counters(card(1))).toEqual({})
      expect(await balance(card(1))).toBe(300_000)
    })

    it('and never blocks what comes after it', async () => {
      const one = till(1)
      one.settle({ card: card(1), time: MORNING, forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, tac: 'DEADBEEF' } }) })
      await answered(one.batch(NOON))
      one.settle({ card: card(0), time: MORNING })
      expect((await answered(one.batch(NOON))).map(({ kind }) => kind)).toEqual(['noted', 'accepted'])
    })
  })

  describe('across batches', () => {
    it('a posting finds its hold of an earlier batch', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING })
      expect(await answered(one.batch(NOON, 1))).toEqual([{ kind: 'noted' }])
      expect(await answered(one.batch(NOON, 1))).toMatchObject([{ kind: 'accepted' }])
    })

    it('a correction takes a booked settlement back to zero', async () => {
      const one = till(1)
      const sold = one.settle({ card: card(0), time: MORNING })
      await answered(one.batch(NOON))
      one.correct(sold, NOON)
      expect(await answered(one.batch(NOON))).toMatchObject([{ kind: 'accepted' }])
      const [booked, reversal] = await settlements()
      expect([booked?.reversed_by, reversal?.reverses]).toEqual([reversal?.setl_id, booked?.setl_id])
      for (const column of ['total', 'fund_paid', 'account', 'cash', 'hifp_pay', 'in_scope'] as const) {
        expect((booked?.[column] ?? 0) + (reversal?.[column] ?? 0)).toBe(0)
      }
      expect(Object.values(await counters(card(0))).every((amount) => amount === 0)).toBe(true)
      expect(await balance(card(0))).toBe(300_000 - sold.hold.intent.amounts.account)
    })

    it('the year of a person goes on where another window has left it, and the first is told', async () => {
      const [one, two] = [till(1), till(2)]
      one.settle({ card: card(0), time: MORNING })
      two.settle({ card: card(0), time: NOON })
      expect(await answered(one.batch(NOON))).toMatchObject([{ kind: 'noted' }, { kind: 'accepted' }])
      const [, late] = await answered(two.batch(NOON), terminalName(2))
      // The deductible was paid at the first window: 690.00 at 70 %.
      expect(late).toMatchObject({ kind: 'accepted', ofRecord: { reason: 'counters-differ', amounts: { fundPaid: 48_300, deductible: 0 } } })
      expect(await counters(card(0))).toMatchObject({ act_pay_dedc: 40_000, hifp_pay: 68_600 })
    })

    it('one card serial for two settlements gives the copy away', async () => {
      const [one, two] = [till(1), till(2)]
      const copy = { ...card(0) }
      const { hold } = one.settle({ card: card(0), time: MORNING })
      two.settle({ card: copy, time: NOON })
      await answered(one.batch(NOON))
      expect((await answered(two.batch(NOON), terminalName(2)))[1]).toEqual({
        kind: 'refused',
        refusal: { kind: 'card-cloned', serial: 1, other: hold.settlementId }
      })
    })

    it.each(['one batch', 'two batches'])('one signature of a card for two settlements of %s is a replay, whatever serial it claims', async (sent) => {
      const one = till(1)
      const { hold } = one.settle({ card: card(0), time: MORNING, visitNo: 'MZ1' })
      const { evidence } = postingOf(one, 2)
      if (sent === 'two batches') await answered(one.batch(NOON))
      const again = one.hold({ card: { ...card(0), balance: fen(300_000) }, time: MORNING, visitNo: 'MZ2', claim: { accumulators: {} } })
      const forged = one.append({ ...again, intent: hold.intent })
      one.append({ kind: 'posting', settlementId: again.settlementId, hold: forged, evidence: { ...evidence, serialAfter: 60_000 }, postedAt: NOON })
      expect((await answered(one.batch(NOON))).at(-1)).toEqual({
        kind: 'refused',
        refusal: { kind: 'card-cloned', serial: 60_000, other: hold.settlementId }
      })
    })

    it('a visit that the institution\'s own software has settled is not settled again', async () => {
      const one = till(1)
      one.settle({ card: card(0), time: MORNING, visitNo: 'MZ1' })
      await answered(one.batch(NOON))
      const [booked] = await settlements()
      if (booked === undefined) throw new Error('nothing was booked')
      const national = { ...booked, source: 'national' as const, terminal: null, sequence: null, card_serial: null, card_signed: null, setl_id: 'N1', medins_setl_id: 'M1', visit_no: 'MZ2' }
      await database.db.insertInto('settlement').values(national).execute()
      one.settle({ card: card(0), time: NOON, visitNo: 'MZ2' })
      expect((await answered(one.batch(NOON)))[1]).toEqual({ kind: 'conflict', conflict: { kind: 'visit-settled', settlementId: 'M1' } })
    })

    it('a gap in a card\'s serials stays open until the missing one comes', async () => {
      const [one, two] = [till(1), till(2)]
      one.settle({ card: card(0), time: MORNING })
      two.settle({ card: card(0), time: NOON })
      await answered(two.batch(NOON), terminalName(2))
      expect(await serialGaps(database.db, 10)).toEqual([{ cardId: card(0).issued.cardId, first: 1, last: 1 }])
      await answered(one.batch(NOON))
      expect(await serialGaps(database.db, 10)).toEqual([])
    })

    describe('by a hold that its terminal has not closed', () => {
      const held = (sequence: number, terminal = 1) => heldSerial(database.db, terminalName(terminal), sequence)
      /** Held at the first window, and sent. */
      const hold = async (): Promise<void> => {
        const one = till(1)
        one.append(one.hold({ card: card(0), time: MORNING }))
        await answered(one.batch(NOON))
      }
      const payAt = async (terminal: number, of: TestCard): Promise<void> => {
        const other = till(terminal)
        other.settle({ card: of, time: NOON })
        await answered(other.batch(NOON), terminalName(terminal))
      }

      it('and by nobody else that is known: nothing is said of it', async () => {
        await hold()
        await payAt(2, card(1))
        expect(await held(1)).toEqual({ sequence: 1, usedAt: undefined })
      })

      it('and by another settlement: it is told when that was booked', async () => {
        await hold()
        await payAt(2, card(0))
        expect(await held(1)).toEqual({ sequence: 1, usedAt: '20260315120000' })
      })

      it('and the payment after it is another serial: nothing is said of it', async () => {
        await hold()
        card(0).serial += 1
        await payAt(2, card(0))
        expect(await held(1)).toEqual({ sequence: 1, usedAt: undefined })
      })

      it('and by its own settlement, which the terminal has lost: that is no other', async () => {
        const one = till(1)
        one.settle({ card: card(0), time: MORNING })
        await answered(one.batch(NOON))
        expect(await held(1)).toEqual({ sequence: 1, usedAt: undefined })
      })

      it('and of which another terminal asks, or that is no hold, or has not come: there is none', async () => {
        await hold()
        await payAt(2, card(0))
        expect([await held(1, 3), await held(2, 2), await held(2)]).toEqual([undefined, undefined, undefined])
      })
    })
  })

  describe('packs', () => {
    const LINE = { feedetl_sn: '1', med_list_codg: 'XA02BCA099A001010199999', name: '测试药品甲', chrgitm_lv: '01', pric: '300.00', cnt: '2' } as const
    const packs = (flag: '0' | '1', ...codes: readonly string[]) => codes.map((drug_trac_codg) => ({ drug_trac_codg, trdn_flag: flag }))
    const repeated = async () => (await repeatedPacks(database.db, 10)).map(({ code, settlementId }) => [code, settlementId])

    it('sold at two terminals are booked both times and told, until one of the sales is taken back', async () => {
      const [one, two] = [till(1), till(2)]
      const first = one.settle({ card: card(0), time: MORNING, lines: [{ ...LINE, drug_trac_info: packs('0', 'A', 'B') }] })
      const second = two.settle({ card: card(1), time: NOON, lines: [{ ...LINE, drug_trac_info: packs('0', 'C', 'B') }] })
      expect(await answered(one.batch(NOON))).toMatchObject([{ kind: 'noted' }, { kind: 'accepted' }])
      expect(await repeated()).toEqual([])
      expect(await answered(two.batch(NOON), terminalName(2))).toMatchObject([{ kind: 'noted' }, { kind: 'accepted' }])
      expect(await repeated()).toEqual([['B', first.hold.settlementId], ['B', second.hold.settlementId]])
      two.correct(second, NOON)
      await answered(two.batch(NOON), terminalName(2))
      expect(await repeated()).toEqual([])
    })

    it('of which each sale had a part, and packs that came back within their bill, are no repetition', async () => {
      const [one, two] = [till(1), till(2)]
      const back = { ...LINE, feedetl_sn: '2', cnt: '-1', return_of: '1', drug_trac_info: packs('0', 'B') }
      one.settle({ card: card(0), time: MORNING, lines: [{ ...LINE, drug_trac_info: [...packs('0', 'B'), ...packs('1', 'S', 'S')] }, back] })
      two.settle({ card: card(1), time: NOON, lines: [{ ...LINE, drug_trac_info: [...packs('0', 'B'), ...packs('1', 'S')] }] })
      expect(await answered(one.batch(NOON))).toMatchObject([{ kind: 'noted' }, { kind: 'accepted' }])
      expect(await answered(two.batch(NOON), terminalName(2))).toMatchObject([{ kind: 'noted' }, { kind: 'accepted' }])
      expect(await repeated()).toEqual([])
      const rows = await database.db.selectFrom('national_trace_code').select(['feedetl_sn', 'drug_trac_codg', 'trdn_flag']).orderBy('setl_id').orderBy('drug_trac_codg').execute()
      expect(rows.map((row) => Object.values(row).join(' '))).toEqual(['1 S 1', '1 B 0', '1 S 1'])
    })

    it('of which one sale had a part and another the whole are told', async () => {
      const [one, two] = [till(1), till(2)]
      one.settle({ card: card(0), time: MORNING, lines: [{ ...LINE, drug_trac_info: packs('1', 'S') }] })
      two.settle({ card: card(1), time: NOON, lines: [{ ...LINE, drug_trac_info: packs('0', 'S') }] })
      await answered(one.batch(NOON))
      await answered(two.batch(NOON), terminalName(2))
      expect((await repeatedPacks(database.db, 10)).map(({ code, isSplit }) => [code, isSplit])).toEqual([['S', true], ['S', false]])
    })
  })

  describe('terminals at once', () => {
    it('lose no update of a person whom all of them have seen', async () => {
      const tills = [1, 2, 3].map((number) => till(number))
      for (const [index, one] of tills.entries()) {
        for (let visit = 0; visit < 5; visit += 1) {
          // Each window's own order of the same people: locks that were taken as they come would go in a circle.
          for (const of of index % 2 === 0 ? cards : cards.toReversed()) one.settle({ card: of, time: MORNING, visitNo: `${index}-${visit}-${of.certno}` })
        }
      }
      const answers = await Promise.all(tills.map((one) => send(one.batch(NOON), one.options.terminal)))
      expect(answers.every(({ ok }) => ok)).toBe(true)
      const booked = await settlements()
      expect(booked).toHaveLength(60)
      for (const of of cards) {
        const own = booked.filter(({ psn_no }) => psn_no === psnNoOf(of))
        const sums = await counters(of)
        expect(sums['hifp_pay']).toBe(own.reduce((total, { hifp_pay }) => total + hifp_pay, 0))
        expect(sums['act_pay_dedc']).toBe(40_000)
        expect(sums['inscp_scp_amt']).toBe(own.reduce((total, { in_scope }) => total + in_scope, 0))
        expect(await balance(of)).toBe(of.balance)
      }
    })

    it('that bring one visit book it once', async () => {
      const tills = [1, 2, 3].map((number) => till(number))
      for (const [index, one] of tills.entries()) one.settle({ card: card(index), time: `2026031509000${index}`, visitNo: 'MZ1' })
      const answers = await Promise.all(tills.map((one) => send(one.batch(NOON), one.options.terminal)))
      const verdicts = answers.map((answer) => (answer.ok ? answer.value.verdicts[1]?.verdict.kind : answer.error.kind))
      expect([verdicts.filter((kind) => kind === 'accepted').length, verdicts.filter((kind) => kind === 'conflict').length]).toEqual([1, 2])
      expect(await settlements()).toHaveLength(1)
    })
  })

  describe('a fact judged again', () => {
    it('is booked when what it lacked is there, and only once', async () => {
      const stranger = testCard(7)
      const one = till(1)
      const { postingSequence } = one.settle({ card: stranger, time: MORNING })
      expect((await answered(one.batch(NOON)))[1]).toEqual({ kind: 'refused', refusal: { kind: 'person-unknown' } })
      expect(await retryFact(ports, terminalName(1), postingSequence)).toMatchObject({ ok: true, value: { verdict: { kind: 'refused' } } })
      await register(stranger)
      const accepted = { kind: 'accepted', setlId: 'H9999990000101000000000002', setlTime: NOW.time }
      expect(await retryFact(ports, terminalName(1), postingSequence)).toEqual({ ok: true, value: { sequence: 2, verdict: accepted } })
      expect(await retryFact(ports, terminalName(1), postingSequence)).toEqual({ ok: true, value: { sequence: 2, verdict: { kind: 'exists', verdict: accepted } } })
      expect(await settlements()).toHaveLength(1)
      expect(await counters(stranger)).toMatchObject({ hifp_pay: 20_300 })
    })

    it('brings its correction with it: what was taken back never stands booked', async () => {
      const stranger = testCard(7)
      const one = till(1)
      const sold = one.settle({ card: stranger, time: MORNING })
      const { sequence } = one.correct(sold, NOON)
      expect((await answered(one.batch(NOON)))[2]).toMatchObject({ kind: 'refused', refusal: { kind: 'target-not-booked' } })
      await register(stranger)
      expect(await retryFact(ports, terminalName(1), sold.postingSequence)).toMatchObject({ ok: true, value: { verdict: { kind: 'accepted' } } })
      expect((await settlements()).map(({ total }) => total)).toEqual([72_000, -72_000])
      expect(await retryFact(ports, terminalName(1), sequence)).toMatchObject({ ok: true, value: { verdict: { kind: 'exists', verdict: { kind: 'accepted' } } } })
      expect(Object.values(await counters(stranger)).every((amount) => amount === 0)).toBe(true)
    })

    it('is not booked until then, and is told among those that are not', async () => {
      const [stranger, other, one, two] = [testCard(7), testCard(8), till(1), till(2)]
      one.settle({ card: stranger, time: MORNING })
      one.settle({ card: card(0), time: MORNING })
      const sold = one.settle({ card: other, time: MORNING })
      one.correct(sold, NOON)
      two.settle({ card: stranger, time: NOON })
      await answered(one.batch(NOON))
      await answered(two.batch(NOON), terminalName(2))
      const unbooked = (after: number, limit?: number) => unbookedFacts(database.db, terminalName(1), after, limit)
      expect(await unbooked(0)).toEqual({ facts: [2, 6, 7], next: undefined })
      expect(await unbooked(2)).toEqual({ facts: [6, 7], next: undefined })
      expect([await unbooked(0, 2), await unbooked(6, 2)]).toEqual([{ facts: [2, 6], next: 6 }, { facts: [7], next: undefined }])
      await register(other)
      await retryFact(ports, terminalName(1), sold.postingSequence)
      expect([await unbooked(0, 2), await unbooked(6, 2)]).toEqual([{ facts: [2], next: 6 }, { facts: [], next: undefined }])
      expect(await unbookedFacts(database.db, terminalName(3), 0)).toEqual({ facts: [], next: undefined })
    })

    it('must have been sent', async () => {
      expect(await retryFact(ports, terminalName(1), 1)).toEqual({ ok: false, error: { kind: 'fact-unknown', sequence: 1 } })
    })
  })

  async function register(of: TestCard): Promise<void> {
    const row = rowsOf(of)
    await database.write(async (transaction) => {
      await transaction.insertInto('person').values(row.person).execute()
      await transaction.insertInto('insurance').values(row.insurance).execute()
      await registerCards(transaction, [row.card])
    })
  }
}

function postingOf(from: TestTill, sequence: number): FactOf<'posting'> {
  const link = from.links[sequence - 1]
  const fact = link === undefined ? undefined : decodeFact(link.content)
  if (fact?.kind !== 'posting') throw new Error(`fact ${sequence} is no posting`)
  return fact
}

/** A batch of these links, by default a first one. */
function batchOf(terminal: string, links: readonly ChainLink[], place = { number: 1, previous: NO_BATCH }): Uint8Array {
  return contentBatch({ version: 1, terminal, ...place, first: links[0]?.sequence ?? 1, count: links.length, madeAt: NOON }, links)
}
