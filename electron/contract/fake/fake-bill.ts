/** The open bill: queue, pasted or typed; edits that count revisions. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { BillChange, BillOutcome, BillView, ExplanationView, LineView } from '../bill-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { SaleLineView, SaleView } from '../sale-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { badInput, BILL_EMPTY, BILL_STALE, CARD_CHANGED, lineUnknown, NO_BILL, NO_CARD, OTHER_PERSON, SETTLING, UNREADABLE_VISIT, VISIT_NOT_READABLE, visitGone } from './fake-refusals.ts'
import { fen, splitLine, sumsView, unsplitLine, yuan, type FakeLine, type SplitLine } from './fake-sums.ts'
import { drugOf, isWithheld, judged, saleView } from './fake-verdict.ts'
import { setQueue, readyCard, tell, type OpenBill, type World } from './fake-world.ts'
import { SAMPLE_DRUGS } from './sample-drugs.ts'
import { catalogueHit, SAMPLE_ITEMS, THREE_LINES } from './sample-items.ts'
import { TYPED_VISIT } from './sample-visits.ts'

export function outcomeOf(world: World, bill: OpenBill): BillOutcome {
  const card = readyCard(world)
  if (card === null) return { state: 'no-card' }
  const charged = billLines(world, bill).filter(({ sale }) => sale === null || !isWithheld(sale))
  if (charged.length === 0) return { state: 'empty' }
  const blocking = card.warnings.find(({ blocks }) => blocks)
  if (blocking !== undefined) return { state: 'refused', refusal: blocking.refusal }
  if (bill.visit.patient !== '' && bill.visit.patient !== card.holder.name) return { state: 'refused', refusal: OTHER_PERSON }
  const balance = card.account.state === 'on-card' ? card.account.balance : null
  const sums = sumsView(charged.map(({ line }) => splitLine(line)), balance, bill.useAccount)
  return { state: 'computed', sums: { ...sums, accountKnown: card.account.state !== 'after-pin' }, provisional: true }
}

/** Lines divide only while somebody's rules are applied. */
const lineViews = (world: World, bill: OpenBill, outcome: BillOutcome): readonly LineView[] =>
  billLines(world, bill).map(({ line, sale }) => ({ ...(outcome.state === 'computed' && (sale === null || !isWithheld(sale)) ? splitLine : unsplitLine)(line), sale }))

/** Of a sale: with the light of each, and what it does to the amounts. */
export function billLines(world: World, { lines, sale }: OpenBill): readonly { readonly line: FakeLine; readonly sale: SaleLineView | null }[] {
  return lines.map((line) => {
    const judgement = sale === null ? undefined : judged(world, sale, line, lines.length === 1)
    return judgement === undefined ? { line, sale: null } : { line: judgement.line, sale: judgement.view }
  })
}

function saleOf(world: World, { sale, lines }: OpenBill, views: readonly LineView[], outcome: BillOutcome): SaleView | null {
  return sale === null ? null : saleView(world, sale, lines, views.flatMap((view) => view.sale ?? []), outcome.state === 'computed' ? outcome.sums : null)
}

export function billView(world: World, bill: OpenBill): BillView {
  const { revision, source, visit, useAccount: flag } = bill
  const outcome = outcomeOf(world, bill)
  const lines = lineViews(world, bill, outcome)
  return { revision, source, visit, madeFor: madeFor(world, bill), lines, useAccount: flag, outcome, sale: saleOf(world, bill, lines, outcome) }
}

/** Made by hand it is the first one's whose card is there, until it is passed on. */
function meet(world: World, bill: OpenBill): void {
  const card = readyCard(world)
  if (card !== null && bill.file === null && (bill.owner === null || bill.lines.length === 0)) bill.owner = card.holder.name
}

export function madeFor(world: World, { owner, sale }: OpenBill): string | null {
  const card = readyCard(world)
  return card === null || owner === null || sale?.returnOf || owner === card.holder.name ? null : owner
}

export function passOn(world: World, { revision, presence }: Params<'bill.pass-on'>): Answer<'bill.pass-on'> {
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  const card = readyCard(world)
  if (card?.presence !== presence) return refuse(CARD_CHANGED)
  bill.value.owner = card.holder.name
  tellBill(world)
  return ok(billView(world, bill.value))
}

export const tellBill = (world: World): void => {
  if (world.bill === null || world.settling !== null) return
  meet(world, world.bill)
  world.bill.revision = nextRevision(world)
  tell(world, { topic: 'bill', bill: billView(world, world.bill) })
}

const nextRevision = (world: World): number => (world.revision += 1)

export function open(world: World, { sale = null, ...bill }: Omit<OpenBill, 'revision' | 'useAccount' | 'sale' | 'owner'> & Partial<Pick<OpenBill, 'sale'>>): Answer<'bill.start'> {
  if (world.settling !== null) return refuse(SETTLING)
  closeBill(world)
  world.bill = { ...bill, revision: nextRevision(world), useAccount: '1', sale, owner: null }
  meet(world, world.bill)
  setQueue(world, bill.file, 'open')
  const view = billView(world, world.bill)
  tell(world, { topic: 'bill', bill: view })
  return ok(view)
}

export function openQueue(world: World, { file }: Params<'bill.open-queue'>): Answer<'bill.open-queue'> {
  const entry = world.queue.find((waiting) => waiting.file === file)
  if (entry === undefined) return refuse(visitGone(file))
  if (entry.visit === null) return refuse(entry.refusal ?? UNREADABLE_VISIT)
  const lines = entry.file === world.queue[0]?.file ? world.billLines : THREE_LINES
  return open(world, { source: 'queue', visit: entry.visit, file, lines })
}

export function openText(world: World, { text }: Params<'bill.open-text'>): Answer<'bill.open-text'> {
  return isVisitText(text) ? open(world, { source: 'opened', visit: TYPED_VISIT, file: null, lines: world.billLines }) : refuse(VISIT_NOT_READABLE)
}

function isVisitText(text: string): boolean {
  try {
    const visit: unknown = JSON.parse(text)
    return typeof visit === 'object' && visit !== null && 'lines' in visit
  } catch {
    return false
  }
}

export const startBill = (world: World): Answer<'bill.start'> => open(world, { source: 'typed', visit: TYPED_VISIT, file: null, lines: [] })

export function closeBill(world: World): Answer<'bill.close'> {
  if (world.settling !== null) return refuse(SETTLING)
  if (world.bill === null) return ok(null)
  setQueue(world, world.bill.file, 'waiting')
  world.bill = null
  tell(world, { topic: 'bill', bill: null })
  return ok(null)
}

const openAt = (world: World, revision: number): Result<OpenBill, RefusalView> => {
  if (world.bill === null) return refuse(NO_BILL)
  return world.bill.revision === revision ? ok(world.bill) : refuse(BILL_STALE)
}

export const editable = (world: World, revision: number): Result<OpenBill, RefusalView> =>
  world.settling === null ? openAt(world, revision) : refuse(SETTLING)

export function changed(world: World, bill: OpenBill, lines: readonly FakeLine[], sale = bill.sale): Result<BillChange, RefusalView> {
  const before = new Map(bill.lines.map((line) => [line.line, line]))
  const saleBefore = new Map(billLines(world, bill).map(({ line, sale: of }) => [line.line, JSON.stringify(of)]))
  const kept = new Set(lines.map(({ line }) => line))
  bill.lines = lines
  bill.sale = sale
  bill.revision = nextRevision(world)
  const outcome = outcomeOf(world, bill)
  const views = lineViews(world, bill, outcome)
  const isSame = (view: LineView, index: number): boolean =>
    before.get(view.line) === lines[index] && (view.sale === null || saleBefore.get(view.line) === JSON.stringify(view.sale))
  return ok({
    revision: bill.revision,
    changed: views.filter((view, index) => !isSame(view, index)),
    removed: [...before.keys()].filter((line) => !kept.has(line)),
    useAccount: bill.useAccount,
    outcome,
    sale: saleOf(world, bill, views, outcome)
  })
}

const QUANTITY = /^(?!0+(\.0+)?$)\d{1,12}(\.\d{1,4})?$/
const PRICE = /^\d{1,12}(\.\d{1,6})?$/

export const isQuantity = (text: string): boolean => QUANTITY.test(text)
export const quantityRefusal = (quantity: string): RefusalView =>
  badInput('bad-input', `数量"${quantity}"无效:应为最多4位小数的正数`, `quantity "${quantity}" is refused: a positive number with up to 4 places`)

export function addLine(world: World, { revision, code, quantity }: Params<'bill.add-line'>): Answer<'bill.add-line'> {
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  const item = bill.value.sale === null ? SAMPLE_ITEMS.find((known) => known.code === code) : drugOf(code)
  if (item === undefined) return refuse(badInput('bad-input', `目录中没有${code}`, `code "${code}" is refused: it is not in the catalogue`))
  if (!QUANTITY.test(quantity)) return refuse(quantityRefusal(quantity))
  const highest = Math.max(0, ...bill.value.lines.map(({ line }) => Number.parseInt(line, 10)))
  return changed(world, bill.value, [...bill.value.lines, { line: String(highest + 1), item, price: item.price, quantity, approval: '0', ...(bill.value.sale !== null && { packs: [] }) }])
}

export function setLine(world: World, { revision, line, quantity, price, approval }: Params<'bill.set-line'>): Answer<'bill.set-line'> {
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  if (!bill.value.lines.some((known) => known.line === line)) return refuse(lineUnknown(line))
  if (quantity !== undefined && !QUANTITY.test(quantity)) return refuse(quantityRefusal(quantity))
  if (price !== undefined && !PRICE.test(price)) {
    return refuse(badInput('bad-input', `单价"${price}"无效:应为最多6位小数的数`, `price "${price}" is refused: a number with up to 6 places`))
  }
  const edited = (before: FakeLine): FakeLine => ({
    ...before,
    quantity: quantity ?? before.quantity,
    price: price ?? before.price,
    approval: approval ?? before.approval
  })
  return changed(world, bill.value, bill.value.lines.map((before) => (before.line === line ? edited(before) : before)))
}

export function removeLine(world: World, { revision, line }: Params<'bill.remove-line'>): Answer<'bill.remove-line'> {
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  const left = bill.value.lines.filter((known) => known.line !== line)
  return left.length === bill.value.lines.length ? refuse(lineUnknown(line)) : changed(world, bill.value, left)
}

export function useAccount(world: World, { revision, flag }: Params<'bill.use-account'>): Answer<'bill.use-account'> {
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  bill.value.useAccount = flag
  return changed(world, bill.value, bill.value.lines)
}

const sentence = (line: SplitLine): ExplanationView['steps'][number] => ({
  text: {
    zh: `第${line.line}项${line.name}:${line.price}×${line.quantity}=${line.amount}元,政策范围内${line.inScope}元。`,
    en: `Line ${line.line} ${line.name}: ${line.price} x ${line.quantity} = ${line.amount}; in scope ${line.inScope}.`
  },
  amount: line.amount,
  line: line.line
})

export function explain(world: World, { revision }: Params<'bill.explain'>): Answer<'bill.explain'> {
  const bill = openAt(world, revision)
  if (!bill.ok) return bill
  const outcome = outcomeOf(world, bill.value)
  if (outcome.state === 'refused') return refuse(outcome.refusal)
  if (outcome.state !== 'computed') return refuse(bill.value.lines.length === 0 ? BILL_EMPTY : NO_CARD)
  const { total, personal, fundPaid } = outcome.sums
  return ok({
    steps: [
      ...bill.value.lines.map(splitLine).map(sentence),
      { text: { zh: `总额${total}元,减基金支付${fundPaid}元,个人负担${personal}元。`, en: `Total ${total} less funds ${fundPaid} leaves ${personal} to the person.` }, amount: personal }
    ],
    policy: { region: world.till.region.code, name: world.till.region.name, version: '1' }
  })
}

export function changeToGive(world: World, { revision, received }: Params<'bill.change'>): Answer<'bill.change'> {
  const bill = openAt(world, revision)
  if (!bill.ok) return bill
  const outcome = outcomeOf(world, bill.value)
  if (outcome.state !== 'computed') return refuse(NO_CARD)
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(received)) {
    return refuse(badInput('amount-malformed', `实收"${received}"无效:应为最多2位小数的金额`, `received "${received}" is refused: an amount with up to 2 places`))
  }
  const cash = fen(outcome.sums.cash)
  return fen(received) < cash
    ? refuse(badInput('received-too-little', `实收${received}元,少于应收${yuan(cash)}元`, `received ${received} is less than the ${yuan(cash)} due`))
    : ok({ change: yuan(fen(received) - cash) })
}

export function searchCatalogue(world: World, { text, limit }: Params<'catalogue.search'>): Answer<'catalogue.search'> {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return ok([])
  const isHit = (item: (typeof SAMPLE_ITEMS)[number] | (typeof SAMPLE_DRUGS)[number]): boolean =>
    item.code.toLowerCase().startsWith(wanted) ||
    item.initials.startsWith(wanted) ||
    item.name.toLowerCase().includes(wanted) ||
    ('barcode' in item && (item.barcode === wanted || item.product === wanted))
  const items = world.till.institution.kind === 'pharmacy' ? SAMPLE_DRUGS : SAMPLE_ITEMS
  return ok(items.filter(isHit).slice(0, limit).map(catalogueHit))
}
