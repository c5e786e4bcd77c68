/**
 * An electronic prescription as the platform gives it out and its holder shows it: a code with the platform's signature. Most are in
 * order; some are another person's, expired, withdrawn, used, altered after they were signed, or say less than is bought.
 */

import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok } from '../../../base/result.ts'
import type { LineView } from '../../../electron/contract/bill-view.ts'
import type { Random } from '../world/random.ts'
import { dayAfter } from '../world/day.ts'
import { cardOf, isRefused, type AtCounter } from './card-at-counter.ts'
import type { SaleOnScreen } from './sale-on-screen.ts'
import type { Went } from './undertaking.ts'

export const RX_FLAWS = ['forged', 'unreadable', 'other-person', 'expired', 'withdrawn', 'used', 'one-taken', 'too-few', 'one-missing', 'shown-again'] as const
export type RxFlaw = (typeof RX_FLAWS)[number]

/** Of a hundred: that there is something wrong with it. */
const FLAWED = 35
const HUNDRED = 100
const VALID_DAYS = 3
const PLATFORM = join('fixtures', 'keys', 'test-prescription-platform.json')

/** By the till: what was shown there, newest last. */
const shown = new WeakMap<object, string[]>()

/** Lays it beside the drugs that stand on the bill, by whichever way a counter has, and looks at it as a pharmacist does. */
export async function prescribeElectronically(op: AtCounter, sale: SaleOnScreen, passed: boolean): Promise<Went<unknown>> {
  const draw = op.draw.fork('e-prescription')
  const bill = await sale.bill()
  if (!bill.ok) return bill
  const lines = bill.value?.lines ?? []
  if (lines.length === 0) return ok(null)
  const earlier = shown.get(op.memory) ?? []
  const drawn = draw.chance(FLAWED, HUNDRED) ? draw.pick(RX_FLAWS) : undefined
  const flaw = drawn === 'shown-again' && earlier.length === 0 ? undefined : drawn
  const text = flaw === 'shown-again' ? (earlier.at(-1) ?? '') : rxText(op, lines, flaw, draw)
  if (flaw !== undefined) op.besides.add('odd-prescription')
  shown.set(op.memory, [...earlier.slice(-9), text])
  const isScanned = draw.chance(1, 2)
  const laid = isScanned
    ? await sale.edit((revision) => op.ask('sale.scan', { revision, text }))
    : await sale.edit((revision) => op.ask('sale.prescription-text', { revision, text }))
  op.people.hit(`operation:e-prescription-${flaw ?? 'sound'}`)
  if (!laid.ok) return isRefused(laid.error, 'prescription-forged', 'prescription-unreadable') ? ok(null) : laid
  return sale.edit((revision) => op.ask('sale.review', { revision, passed, note: '' }))
}

function rxText(op: AtCounter, lines: readonly LineView[], flaw: RxFlaw | undefined, draw: Random): string {
  const { today } = op.people.world
  const { holder } = cardOf(op)
  const isOthers = flaw === 'other-person' || holder.name === ''
  const number = op.id.slice('op-'.length).padStart(5, '0')
  const issuedOn = flaw === 'expired' ? dayAfter(today, -20) : today
  const prescription = {
    hiRxno: `RX${today.replaceAll('-', '')}${number}`,
    rxTraceCode: `RXT${number}`,
    prscTime: `${issuedOn} 00:00:01`,
    valiEndTime: `${dayAfter(issuedOn, VALID_DAYS)} 23:59:59`,
    rxExraAttrCode: draw.pick(['02', '02', '01', '99']),
    visit: draw.pick(['ordinary', 'ordinary', 'chronic', 'emergency']),
    fixmedinsCode: 'H99999900001',
    fixmedinsName: '测试第一医院',
    hospLv: 2,
    drCode: 'D999999001',
    drName: '测试医生',
    patnName: isOthers ? '测试别人' : holder.name,
    certno: isOthers ? '000000199001010018' : holder.certno,
    diseinfo: [{ diagCode: 'M03900', diagName: '高血压(测试)' }],
    ...(flaw === 'expired' ? { rxStasCodg: '2' } : flaw === 'withdrawn' ? { rxStasCodg: '3' } : {}),
    ...(flaw === 'used' ? { rxUsedStasCodg: '2' } : {}),
    rxdrugdetail: linesOf(lines, flaw)
  }
  const document = JSON.stringify({ prescription: flaw === 'forged' ? { ...prescription, drName: '测试冒名医生' } : prescription, signature: signatureOf(prescription) })
  return flaw === 'unreadable' ? document.slice(0, -9) : document
}

function linesOf(lines: readonly LineView[], flaw: RxFlaw | undefined): readonly object[] {
  const wanted = flaw === 'one-missing' && lines.length > 1 ? lines.slice(1) : lines
  return wanted.map(({ code, name, quantity }, index) => ({
    medListCodg: code,
    drugGenname: name,
    drugCnt: flaw === 'too-few' && index === 0 ? '0.5' : quantity,
    drugDosunt: '盒',
    useDayNum: 7,
    ...(flaw === 'one-taken' && index === 0 ? { takeDrugFlag: '1' } : {})
  }))
}

/** Ed25519 over the keys of every object in order, without spaces. */
function signatureOf(prescription: object): string {
  const { private_key: key } = JSON.parse(readFileSync(PLATFORM, 'utf8')) as { readonly private_key: string }
  const platform = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
  return sign(null, Buffer.from(JSON.stringify(inOrder(prescription))), platform).toString('base64')
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, part]) => [name, inOrder(part)])
  )
}
