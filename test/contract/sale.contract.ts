/**
 * What a window may rely on when it sells, whatever stands behind the bridge. One terminal serves all of it: every case begins a
 * sale of its own.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BillView, LineView } from '../../electron/contract/bill-view.ts'
import type { Params, RequestName } from '../../electron/contract/requests.ts'
import type { Answer, Terminal } from '../../electron/contract/terminal.ts'

interface Drug {
  readonly code: string
  readonly barcode: string
  /** First seven digits of its trace codes. */
  readonly product: string
}

export interface PharmacyUnderTest {
  readonly terminal: Terminal
  /** A card whose holder is in order, with PIN 246810 and money. */
  readonly card: string
  /** A fund pays it without a prescription. */
  readonly covered: Drug
  /** No fund pays it. */
  readonly ownMoney: Drug
  /** Not covered; `by` is, and is of the same substance. */
  readonly substituted: Drug & { readonly by: string }
  /** Needs the prescription that waits first at the platform. */
  readonly prescribed: Drug
  /** So much of it, of which a fund pays less. */
  readonly limited: Drug & { readonly quantity: string; readonly days?: string; readonly payable: string; readonly own: string }
  /** One barcode of two items. */
  readonly ambiguous: string
  close(): Promise<void>
}

const kind = (answer: Answer<RequestName>): string => (answer.ok ? 'ok' : answer.error.kind)
const packOf = ({ product }: Drug, number: number): string => `${product}${String(number).padStart(13, '0')}`

export function describeSale(name: string, open: () => Promise<PharmacyUnderTest>): void {
  let under: PharmacyUnderTest
  let packs = 0
  const nextPack = (drug: Drug): string => packOf(drug, (packs += 1))

  beforeAll(async () => {
    under = await open()
    await value('reader.insert', { card: under.card })
    await ready()
  })
  afterAll(() => under.close())

  async function value<Name extends RequestName>(request: Name, params: Params<Name>) {
    const answer = await under.terminal.call(request, params)
    if (!answer.ok) throw new Error(`${request}: ${JSON.stringify(answer.error)}`)
    return answer.value
  }

  /** The card that is in the reader, once it was read. */
  async function ready() {
    for (let tries = 0; tries < 100; tries += 1) {
      const { panel } = await value('terminal.state', {})
      if (panel.state === 'ready') return panel.card
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('the card was not read')
  }

  async function bill(): Promise<BillView> {
    const { bill: now } = await value('terminal.state', {})
    if (now === null) throw new Error('no bill is open')
    return now
  }

  const begin = async (): Promise<number> => (await value('sale.start', {})).revision

  async function scan(...texts: string[]): Promise<BillView> {
    for (const text of texts) await value('sale.scan', { revision: (await bill()).revision, text })
    return bill()
  }

  async function sold(drug: Drug): Promise<LineView> {
    await begin()
    const { lines } = await scan(drug.barcode)
    return only(lines)
  }

  function only(lines: readonly LineView[]): LineView {
    const [line] = lines
    if (line === undefined || lines.length !== 1) throw new Error(`${lines.length} lines`)
    return line
  }

  function sumsOf({ outcome }: BillView) {
    if (outcome.state !== 'computed') throw new Error(JSON.stringify(outcome))
    return outcome.sums
  }

  async function settle() {
    const { presence } = await ready()
    await value('card.verify-pin', { presence, pin: '246810', lastTry: false })
    const { revision, outcome } = await bill()
    if (outcome.state !== 'computed') throw new Error(JSON.stringify(outcome))
    return value('settle', { presence, revision, cash: outcome.sums.cash })
  }

  describe(`${name}: a window that sells may rely on it that`, () => {
    it('a sale begins without a line, at this pharmacy, by rules that have a name', async () => {
      const started = await value('sale.start', {})
      expect(started).toMatchObject({ lines: [], outcome: { state: 'empty' }, sale: { prescription: null, returnOf: null, openLines: 0, place: { code: 'P99999900001' } } })
      expect(started.sale?.rules.id).not.toBe('')
    })

    it('a barcode adds its drug, and the same barcode one more of it', async () => {
      await begin()
      const { lines } = await scan(under.covered.barcode, under.covered.barcode)
      expect(lines.map(({ code, quantity, sale }) => [code, quantity, sale?.verdict.light, sale?.tracesWanted])).toEqual([[under.covered.code, '2', 'covered', 2]])
    })

    it('a trace code goes to the line of its drug, once', async () => {
      await begin()
      const code = nextPack(under.covered)
      const { revision, lines } = await scan(under.covered.barcode, under.ownMoney.barcode, code)
      expect(lines.map(({ sale }) => sale?.packs)).toEqual([[{ traceCode: code, isSplit: false }], []])
      expect(kind(await under.terminal.call('sale.scan', { revision, text: code }))).toBe('trace-code-repeated')
      expect(kind(await under.terminal.call('sale.trace', { revision, line: '1', code: '12345', split: false }))).toBe('trace-code-malformed')
      const change = await value('sale.untrace', { revision, line: '1', code })
      expect(change.changed.map(({ line, sale }) => [line, sale?.packs])).toEqual([['1', []]])
    })

    it('what no fund pays is charged whole as own pay, with its reason', async () => {
      const line = await sold(under.ownMoney)
      expect(line).toMatchObject({ ownPay: line.amount, inScope: '0.00', sale: { verdict: { light: 'own-money' } } })
      expect(line.sale?.verdict.reasons[0]?.what.zh).not.toBe('')
    })

    it('one key makes a covered line own pay, and back', async () => {
      const line = await sold(under.covered)
      const own = await value('sale.set-line', { revision: (await bill()).revision, line: line.line, ownPay: true })
      expect(own.changed).toMatchObject([{ ownPay: line.amount, sale: { isOwnPay: true, verdict: { light: 'own-money' } } }])
      const back = await value('sale.set-line', { revision: own.revision, line: line.line, ownPay: false })
      expect(back.changed).toMatchObject([{ ownPay: '0.00', sale: { isOwnPay: false, verdict: { light: 'covered' } } }])
    })

    it('a limited line is split into what a fund pays and own pay', async () => {
      const { limited } = under
      const line = await sold(limited)
      const { quantity, days } = limited
      const set = await value('sale.set-line', { revision: (await bill()).revision, line: line.line, quantity, ...(days === undefined ? {} : { days }) })
      expect(set.changed).toMatchObject([{ sale: { verdict: { light: 'limited', payableQuantity: limited.payable } } }])
      const { changed } = await value('sale.split', { revision: set.revision, line: line.line })
      expect(changed.map((part) => [part.quantity, part.sale?.isOwnPay, part.sale?.verdict.payableQuantity])).toEqual([[limited.payable, false, null], [limited.own, true, null]])
      expect(kind(await under.terminal.call('sale.split', { revision: (await bill()).revision, line: line.line }))).toBe('not-limited')
    })

    it('a drug that needs a prescription is not handed over before there is one, reviewed by a pharmacist', async () => {
      const line = await sold(under.prescribed)
      expect([line.sale?.verdict.light, line.sale?.verdict.reasons[0]?.kind]).toEqual(['forbidden', 'prescription-missing'])
      const [waiting] = await value('sale.prescriptions', {})
      const read = await value('sale.scan', { revision: (await bill()).revision, text: waiting?.text ?? '' })
      expect(read.outcome).toEqual({ kind: 'prescription', number: waiting?.number })
      expect(read.change.sale?.prescription).toMatchObject({ kind: 'electronic', review: 'open' })
      const reviewed = await value('sale.review', { revision: read.change.revision, passed: true, note: '' })
      expect(reviewed.sale?.prescription).toMatchObject({ review: 'passed' })
      const filled = reviewed.sale?.prescription?.lines.find(({ filledBy }) => filledBy === line.line)
      expect(filled?.code).toBe(under.prescribed.code)
      expect((await bill()).lines[0]?.sale?.verdict.light).not.toBe('forbidden')
      const refusedBy = await value('sale.review', { revision: reviewed.revision, passed: false, note: '剂量有误' })
      expect(refusedBy.changed).toMatchObject([{ sale: { verdict: { light: 'forbidden' } } }])
    })

    it('no sum has what may not be handed over, and nothing is settled before it is dropped', async () => {
      await begin()
      const before = await scan(under.covered.barcode, nextPack(under.covered))
      const withheld = await scan(under.prescribed.barcode)
      expect(withheld.sale).toMatchObject({ openLines: 1, withheldLines: 1 })
      expect(withheld.lines.map(({ ownPay, inScope }) => [ownPay, inScope])).toEqual([[before.lines[0]?.ownPay, before.lines[0]?.inScope], [null, null]])
      expect(sumsOf(withheld)).toEqual(sumsOf(before))
      await expect(settle()).rejects.toThrow('sale-not-ready')
      const dropped = await value('bill.remove-line', { revision: (await bill()).revision, line: '2' })
      expect(dropped.sale).toMatchObject({ openLines: 0, withheldLines: 0 })
      expect(sumsOf(await bill()).total).toBe(before.lines[0]?.amount)
    })

    it('a sale of which nothing may be handed over has no sum at all, and is not settled', async () => {
      await sold(under.prescribed)
      const { revision, outcome } = await bill()
      expect(outcome).toEqual({ state: 'empty' })
      const { presence } = await ready()
      expect(kind(await under.terminal.call('settle', { presence, revision, cash: '0.00' }))).toBe('sale-not-ready')
    })

    it('a second prescription replaces the first, and its review, only when that is meant', async () => {
      await sold(under.prescribed)
      const [waiting] = await value('sale.prescriptions', {})
      const { till } = await value('terminal.state', {})
      const paper: Params<'sale.prescribe'>['prescription'] = { kind: 'paper', number: 'C1', issuedOn: till.today, doctor: '测试医生', institutionCode: '', institution: '', level: 1, visit: 'ordinary', diagnoses: [], review: 'passed' }
      const put = await value('sale.prescribe', { revision: (await bill()).revision, prescription: paper })
      const text = waiting?.text ?? ''
      expect(kind(await under.terminal.call('sale.scan', { revision: put.revision, text }))).toBe('prescription-there')
      expect(kind(await under.terminal.call('sale.prescription-text', { revision: put.revision, text }))).toBe('prescription-there')
      expect((await bill()).sale?.prescription).toMatchObject({ number: 'C1', review: 'passed' })
      const replaced = await value('sale.prescription-text', { revision: put.revision, text, replace: true })
      expect(replaced.sale?.prescription).toMatchObject({ number: waiting?.number, review: 'open' })
      expect(kind(await under.terminal.call('sale.prescribe', { revision: replaced.revision, prescription: paper }))).toBe('prescription-there')
      // The same one once more is no other: what the pharmacist said of it stands.
      const reviewed = await value('sale.review', { revision: replaced.revision, passed: true, note: '' })
      const again = await value('sale.scan', { revision: reviewed.revision, text })
      expect(again.change.sale?.prescription).toMatchObject({ number: waiting?.number, review: 'passed' })
    })

    it('a forged prescription is refused by name, and nothing has changed', async () => {
      const revision = await begin()
      const forged = (await value('sale.prescriptions', {})).find(({ note }) => note.zh.includes('签名'))
      expect(kind(await under.terminal.call('sale.prescription-text', { revision, text: forged?.text ?? '' }))).toBe('prescription-forged')
      expect(await bill()).toMatchObject({ revision, sale: { prescription: null } })
    })

    it('a quantity of nothing is refused where it was typed, and names the field as the screen does', async () => {
      const line = await sold(under.covered)
      for (const quantity of ['0', '']) {
        const { revision } = await bill()
        const refused = await under.terminal.call('sale.set-line', { revision, line: line.line, quantity })
        if (refused.ok) throw new Error(`a quantity "${quantity}" was taken`)
        const asked = await under.terminal.call('eligibility.check', { code: under.covered.code, quantity, days: null })
        if (asked.ok) throw new Error(`a quantity "${quantity}" was answered`)
        for (const { kind: why, what, mend } of [refused.error, asked.error]) {
          expect([why, what.zh.includes('数量'), /quantity/i.test(what.en), mend?.zh.includes('科室') ?? false]).toEqual(['bad-input', true, true, false])
        }
      }
    })

    it('a paper prescription has a doctor and a day that was', async () => {
      const revision = await begin()
      const paper: Params<'sale.prescribe'>['prescription'] = { kind: 'paper', number: 'C1', issuedOn: '2999-01-01', doctor: '测试医生', institutionCode: '', institution: '', level: 1, visit: 'ordinary', diagnoses: [], review: 'open' }
      expect(kind(await under.terminal.call('sale.prescribe', { revision, prescription: paper }))).toBe('bad-input')
      const { till } = await value('terminal.state', {})
      const put = await value('sale.prescribe', { revision, prescription: { ...paper, issuedOn: till.today } })
      expect(put.sale?.prescription).toMatchObject({ kind: 'paper', number: 'C1', doctor: '测试医生' })
      expect((await value('sale.unprescribe', { revision: put.revision })).sale?.prescription).toBeNull()
    })

    it('a covered drug of the same substance takes the place of one that is not', async () => {
      const { substituted } = under
      const line = await sold(substituted)
      const { revision } = await bill()
      const offered = await value('sale.substitutes', { revision, line: line.line })
      expect(offered.map(({ code }) => code)).toContain(substituted.by)
      expect(kind(await under.terminal.call('sale.substitute', { revision, line: line.line, code: 'NOBODY' }))).toBe('not-a-substitute')
      const { changed } = await value('sale.substitute', { revision, line: line.line, code: substituted.by })
      expect(changed.map(({ line: of, code }) => [of, code])).toEqual([[line.line, substituted.by]])
    })

    it('what nobody knows is refused, and a barcode of two items asks which', async () => {
      const revision = await begin()
      expect(kind(await under.terminal.call('sale.scan', { revision, text: 'nothing of ours' }))).toBe('scan-unknown')
      const { outcome, change } = await value('sale.scan', { revision, text: under.ambiguous })
      expect(outcome).toMatchObject({ kind: 'choose' })
      expect(change).toMatchObject({ changed: [], removed: [] })
      expect((await bill()).lines).toEqual([])
    })

    it('a fund that pays nothing yet, since the deductible takes it all, is told of, with a sale and without', async () => {
      await begin()
      const small = await scan(under.covered.barcode)
      expect([sumsOf(small).fundPaid, small.sale?.isWithinDeductible]).toEqual(['0.00', true])
      const asked = async (quantity: string) => (await value('eligibility.check', { code: under.covered.code, quantity, days: null })).isWithinDeductible
      expect(await asked('1')).toBe(true)
      const large = await value('sale.set-line', { revision: small.revision, line: '1', quantity: '99' })
      expect([sumsOf(await bill()).fundPaid === '0.00', large.sale?.isWithinDeductible]).toEqual([false, false])
      expect(await asked('99')).toBe(false)
    })

    it('eligibility is answered without a sale', async () => {
      const answer = await value('eligibility.check', { code: under.covered.code, quantity: '1', days: null })
      expect(answer).toMatchObject({ item: { code: under.covered.code }, verdict: { light: 'covered' } })
      expect(answer.holder).not.toBe('')
      expect(kind(await under.terminal.call('eligibility.check', { code: 'NOBODY', quantity: '1', days: null }))).not.toBe('ok')
    })

    it('settling waits for the codes; the statement has them; and one of two packs comes back', async () => {
      await begin()
      const [first, second] = [nextPack(under.covered), nextPack(under.covered)]
      await scan(under.covered.barcode, under.covered.barcode, first)
      await expect(settle()).rejects.toThrow('sale-not-ready')
      await scan(second)
      const statement = await settle()
      expect(statement.lines.map(({ quantity, sale }) => [quantity, sale?.packs.map(({ traceCode }) => traceCode)])).toEqual([['2', [first, second]]])
      const { settlementId } = statement
      const asked = { settlementId, packs: [{ line: '1', codes: [nextPack(under.covered)], quantity: '1' }], reason: '不适' }
      expect(kind(await under.terminal.call('sale.return', asked))).toBe('code-not-of-line')
      const back = await value('sale.return', { ...asked, packs: [{ line: '1', codes: [first], quantity: '1' }] })
      expect(back).toMatchObject({ sale: { returnOf: { settlementId }, openLines: 0 } })
      expect(back?.lines.map(({ quantity, sale }) => [quantity, sale?.returnOf])).toEqual([['2', null], ['-1', '1']])
      const anew = await settle()
      expect([anew.state, (await value('records.open', { settlementId })).state]).toEqual(['settled', 'refunded'])
    })
  })
}
