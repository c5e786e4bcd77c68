/**
 * A pharmacy's counter: drugs and packs are scanned, a prescription is laid beside them, what no fund pays is split off or paid
 * by the holder, and the pharmacist looks once more. Then the card is charged as at any counter.
 */

import { ok } from '../../../base/result.ts'
import type { BillChange, BillView, LineView } from '../../../electron/contract/bill-view.ts'
import type { Params } from '../../../electron/contract/requests.ts'
import type { Outcome } from '../operation.ts'
import { isRefused, showCard } from './card-at-counter.ts'
import { prescribeElectronically } from './e-prescription.ts'
import { SaleOnScreen } from './sale-on-screen.ts'
import { settleOpenBill, walkAway } from './settle.ts'
import { packCode, SHELF, type Drug } from './shelf.ts'
import { slipInSale } from './slips.ts'
import type { SalePlan } from './plan.ts'
import type { Undertaking, Went } from './undertaking.ts'

type Selling = Undertaking<SalePlan>
type Change = BillChange

const DRUGS_MAX = 4
const PACKS_MAX = 3
const ROUNDS_MAX = 12
const PAPER_DAYS_OLD = 40

export async function sell(op: Selling): Promise<Outcome> {
  const isCardFirst = op.plan.basket % 2 === 1
  if (isCardFirst) {
    const shown = await showCard(op)
    if (!shown.ok) return shown.error
  }
  const sale = new SaleOnScreen(op)
  const begun = await fill(op, sale)
  if (!begun.ok) return begun.error
  if (op.plan.cashier === 'walks-away') return walkAway(op)
  // Whoever lost the sale with its host scans everything again: the packs are the same.
  const again = async (): Promise<Went<BillView>> => fill(op, new SaleOnScreen(op))
  return settleOpenBill(op, begun.value.visit.visitNo, again, (bill) => makeReady(op, sale, bill))
}

/** Everything that is bought, as it is scanned. */
async function fill(op: Selling, sale: SaleOnScreen): Promise<Went<BillView>> {
  const draw = op.draw.fork('basket')
  const started = await sale.edit(() => op.ask('sale.start', {}))
  if (!started.ok) return started
  const count = 1 + draw.below(DRUGS_MAX)
  const drugs: Drug[] = []
  for (let at = 0; at < count; at += 1) {
    const chosen = draw.pick(SHELF)
    if (!drugs.includes(chosen)) drugs.push(chosen)
  }
  const wantsRx = drugs.some(({ onPrescription }) => onPrescription) || op.plan.habit === 'expired-paper' || op.plan.habit === 'refused-review'
  const isPrescribed = wantsRx && draw.chance(9, 10)
  const isElectronic = isPrescribed && op.plan.habit !== 'expired-paper' && op.draw.fork('kind of prescription').chance(1, 2)
  if (isPrescribed && !isElectronic) {
    const prescribed = await prescribe(op, sale)
    if (!prescribed.ok) return prescribed
  }
  for (const bought of drugs) {
    const scanned = await scanDrug(op, sale, bought, 1 + draw.below(PACKS_MAX))
    if (!scanned.ok) return scanned
  }
  if (isElectronic) {
    const prescribed = await prescribeElectronically(op, sale, op.plan.habit !== 'refused-review')
    if (!prescribed.ok) return prescribed
  }
  if (op.plan.habit === 'strange-code') await strangeScans(op, sale)
  if (op.plan.habit === 'sold-pack') await scanSoldPack(op, sale)
  const before = await sale.bill()
  if (!before.ok) return before
  await slipInSale(op, before.value)
  const bill = await sale.bill()
  if (!bill.ok) return bill
  return bill.value === null ? { ok: false, error: { kind: 'left', why: 'nothing-to-do' } } : ok(bill.value)
}

/** The barcode first, or the pack alone, which names its drug. */
async function scanDrug(op: Selling, sale: SaleOnScreen, bought: Drug, packs: number): Promise<Went<unknown>> {
  if (bought.chosen !== undefined || op.draw.chance(1, 2)) {
    const scanned = await sale.edit((revision) => op.ask('sale.scan', { revision, text: bought.barcode }))
    if (!scanned.ok) return scanned
    if (scanned.value.outcome.kind === 'choose') {
      const { chosen = '' } = bought
      const added = await sale.edit((revision) => op.ask('bill.add-line', { revision, code: chosen, quantity: '1' }))
      if (!added.ok) return added
    }
  }
  const scans = op.plan.habit === 'missing-code' ? packs - 1 : packs
  for (let pack = 0; pack < scans; pack += 1) {
    const text = packCode(bought, op.id, sale.nextPack())
    const scanned = await sale.edit((revision) => op.ask('sale.scan', { revision, text }))
    if (!scanned.ok) return scanned
  }
  return ok(null)
}

async function prescribe(op: Selling, sale: SaleOnScreen): Promise<Went<Change>> {
  const prescription: Params<'sale.prescribe'>['prescription'] = {
    kind: 'paper',
    number: `CF${op.id}`,
    issuedOn: op.plan.habit === 'expired-paper' ? daysBefore(op.people.world.today, PAPER_DAYS_OLD) : op.people.world.today,
    doctor: '测试医生',
    institutionCode: 'H99999900001',
    institution: '测试第一医院',
    level: 2,
    visit: op.draw.fork('rx').pick(['ordinary', 'ordinary', 'chronic', 'long-term']),
    diagnoses: ['高血压(测试)'],
    review: 'open'
  }
  const prescribed = await sale.edit((revision) => op.ask('sale.prescribe', { revision, prescription }))
  // A till whose clock went back calls today's paper tomorrow's.
  if (!prescribed.ok) return prescribed
  return sale.edit((revision) => op.ask('sale.review', { revision, passed: op.plan.habit !== 'refused-review', note: '' }))
}

async function strangeScans(op: Selling, sale: SaleOnScreen): Promise<void> {
  for (const text of ['no such code', '83699990000000000001', 'RX00000000000001', '{"hiRxno":"RX1"}', '{']) {
    await sale.edit((revision) => op.ask('sale.scan', { revision, text }))
  }
  await sale.edit((revision) => op.ask('sale.trace', { revision, line: '1', code: '123', split: false }))
}

/** Somebody brings a box that went over this counter before. */
async function scanSoldPack(op: Selling, sale: SaleOnScreen): Promise<void> {
  const text = op.memory.soldPacks.at(-1)
  if (text !== undefined) await sale.edit((revision) => op.ask('sale.scan', { revision, text }))
}

/** Until settling waits for nothing, or for what this pharmacist will not do. */
async function makeReady(op: Selling, sale: SaleOnScreen, first: BillView): Promise<Went<null>> {
  let bill: BillView | null = first
  const tried = new Set<string>()
  for (let round = 0; round < ROUNDS_MAX && bill?.sale !== null && bill !== null; round += 1) {
    const next = nextStep(op, sale, bill, tried)
    if (next === undefined) return ok(null)
    const done = await next()
    // What was not done is settled all the same, and refused as it must be.
    if (!done.ok && !isRefused(done.error, 'not-limited', 'not-a-substitute', 'line-unknown', 'no-sale', 'no-bill', 'trace-code-repeated')) return done
    const seen = await sale.bill()
    if (!seen.ok) return seen
    bill = seen.value
  }
  return ok(null)
}

type Step = () => Promise<Went<unknown>>

function nextStep(op: Selling, sale: SaleOnScreen, bill: BillView, tried: Set<string>): Step | undefined {
  for (const line of bill.lines) {
    const step = stepOf(op, sale, line, tried)
    if (step !== undefined) return step
  }
  return undefined
}

/** What this line still wants; each kind of step is tried once on a line. */
function stepOf(op: Selling, sale: SaleOnScreen, line: LineView, tried: Set<string>): Step | undefined {
  const once = (what: string): boolean => {
    const key = `${what} ${line.line}`
    return !tried.has(key) && tried.add(key).size > 0
  }
  const { verdict, tracesWanted = 0, packs = [], hasSubstitute = false, isOwnPay = false } = line.sale ?? {}
  const kinds = new Set(verdict?.reasons.filter(({ effect }) => effect === 'forbids' || effect === 'asks').map(({ kind }) => kind))
  const { habit } = op.plan
  const name = line.line
  if (habit === 'own-pay' && !isOwnPay && once('own-pay')) return () => sale.edit((revision) => op.ask('sale.set-line', { revision, line: name, ownPay: true }))
  if (habit === 'untraces' && packs.length > 0 && once('untrace')) return () => untrace(op, sale, name, packs[0]?.traceCode ?? '')
  if (habit === 'substitutes' && hasSubstitute && once('substitute')) return () => substitute(op, sale, name)
  if (typeof verdict?.payableQuantity === 'string' && once('split')) return () => sale.edit((revision) => op.ask('sale.split', { revision, line: name }))
  // Not one whole pack fits into what the fund still pays.
  if (typeof verdict?.payableQuantity === 'string' && !isOwnPay && once('own-pay')) {
    return () => sale.edit((revision) => op.ask('sale.set-line', { revision, line: name, ownPay: true }))
  }
  const product = packs[0]?.traceCode.slice(0, 7) ?? productOf(line)
  if (kinds.has('trace-code-missing') && habit !== 'missing-code' && packs.length < tracesWanted && product !== undefined) {
    return () => sale.edit((revision) => op.ask('sale.trace', { revision, line: name, code: packCode({ product }, op.id, sale.nextPack()), split: false }))
  }
  if (kinds.has('prescription-not-reviewed') && habit !== 'refused-review' && once('review')) {
    return () => sale.edit((revision) => op.ask('sale.review', { revision, passed: true, note: '' }))
  }
  const isHopeless = verdict?.light === 'forbidden' && !(habit === 'missing-code' || habit === 'refused-review' || habit === 'expired-paper' || habit === 'sold-pack')
  if (isHopeless && once('remove')) return () => sale.edit((revision) => op.ask('bill.remove-line', { revision, line: name }))
  return undefined
}

const productOf = ({ code }: LineView): string | undefined => (code.startsWith('X') || code.startsWith('Z') ? '8369998' : undefined)

/** Scanned by mistake, taken off, and scanned again. */
async function untrace(op: Selling, sale: SaleOnScreen, line: string, code: string): Promise<Went<unknown>> {
  const off = await sale.edit((revision) => op.ask('sale.untrace', { revision, line, code }))
  return off.ok ? sale.edit((revision) => op.ask('sale.trace', { revision, line, code, split: false })) : off
}

async function substitute(op: Selling, sale: SaleOnScreen, line: string): Promise<Went<unknown>> {
  const found = await askSubstitutes(op, sale, line)
  if (!found.ok) return found
  const paid = found.value.find(({ light }) => light === 'covered' || light === 'limited')
  if (paid === undefined) return ok(null)
  op.people.hit('operation:substituted')
  return sale.edit((revision) => op.ask('sale.substitute', { revision, line, code: paid.code }))
}

async function askSubstitutes(op: Selling, sale: SaleOnScreen, line: string) {
  const bill = await sale.bill()
  return bill.ok ? op.ask('sale.substitutes', { revision: bill.value?.revision ?? 0, line }) : bill
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}
