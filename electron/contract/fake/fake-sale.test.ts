import { describe, expect, it } from 'vitest'
import type { Params, RequestName } from '../requests.ts'
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts'
import { IBUPROFEN, ISATIS, TONIC, VALSARTAN, VALSARTAN_IMPORTED } from './sample-drugs.ts'

async function value<Name extends RequestName>(terminal: FakeTerminal, name: Name, params: Params<Name>) {
  const answer = await terminal.call(name, params)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.value
}

async function sale(codes: readonly string[]) {
  const terminal = createFakeTerminal({ pharmacy: true, card: 'in-service-32k' })
  let { revision } = await value(terminal, 'sale.start', {})
  for (const text of codes) ({ revision } = (await value(terminal, 'sale.scan', { revision, text })).change)
  const bill = async () => {
    const { bill: open } = await value(terminal, 'terminal.state', {})
    if (open === null) throw new Error('no bill')
    return open
  }
  return { terminal, bill }
}

describe('the fake pharmacy', () => {
  it('shows each light with its first reason', async () => {
    const { bill } = await sale([ISATIS.barcode, IBUPROFEN.barcode, IBUPROFEN.barcode, IBUPROFEN.barcode, TONIC.barcode, VALSARTAN.barcode])
    const lights = (await bill()).lines.map((line) => [line.sale?.verdict.light, line.sale?.verdict.reasons[0]?.kind])
    expect(lights).toEqual([
      ['covered', 'trace-code-missing'],
      ['limited', 'over-days-of-supply'],
      ['own-money', 'class-c'],
      ['forbidden', 'prescription-missing']
    ])
  })

  it('a class C drug has a covered substitute, and its line takes it', async () => {
    const { terminal, bill } = await sale([VALSARTAN_IMPORTED.barcode])
    const { revision } = await bill()
    expect((await value(terminal, 'sale.substitutes', { revision, line: '1' })).map(({ code }) => code)).toEqual([VALSARTAN.code])
    const { changed } = await value(terminal, 'sale.substitute', { revision, line: '1', code: VALSARTAN.code })
    expect(changed.map(({ code, price }) => [code, price])).toEqual([[VALSARTAN.code, '25.39']])
  })

  it('sells, and takes one of two packs back', async () => {
    const codes = ['83600010000000000001', '83600010000000000002']
    const { terminal, bill } = await sale([ISATIS.barcode, ...codes])
    await value(terminal, 'card.verify-pin', { presence: 1, pin: '246810', lastTry: false })
    const open = await bill()
    const statement = await value(terminal, 'settle', { presence: 1, revision: open.revision, cash: '0.00' })
    expect(statement.lines.map((line) => [line.quantity, line.sale?.packs.length, line.amount])).toEqual([['2', 2, '31.60']])
    const { settlementId } = statement
    const packs = [{ line: '1', codes: ['83600010000000000001'], quantity: '1' }]
    const back = await value(terminal, 'sale.return', { settlementId, packs, reason: '不适' })
    if (back === null) throw new Error('all of it came back')
    expect(back.lines.map(({ quantity, amount }) => [quantity, amount])).toEqual([['2', '31.60'], ['-1', '-15.80']])
    expect(back.outcome).toMatchObject({ state: 'computed', sums: { total: '15.80' } })
  })
})
