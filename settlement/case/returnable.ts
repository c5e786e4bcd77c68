/**
 * What of a sale can still come back: its lines as the claim in the ledger states them, less what earlier lines of the same
 * claim took back. The ledger alone tells it, at any time, so a return that was interrupted can be gone on with.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Hold } from '../ledger/fact.ts'
import type { LedgerReader, SettlementState } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { fen, parseFen, ZERO, type Fen } from '../money/fen.ts'
import { parsePrice, parseQuantity, priceTimesQuantity, type Price, type Quantity } from '../money/price.ts'
import { claimSchema, type ClaimDocument } from '../wire/claim-schema.ts'
import { checkDocument } from '../wire/input-problem.ts'

export type LineDocument = ClaimDocument['lines'][number]

export interface ReturnableLine {
  /** feedetl_sn */
  readonly line: string
  readonly itemCode: string
  readonly itemName: string
  /** Not yet returned; zero: nothing. */
  readonly left: Quantity
  /** What those come to. fen. */
  readonly leftAmount: Fen
  readonly price: Price
  /** Of the packs that are left. */
  readonly codes: readonly { readonly code: string; readonly isSplit: boolean }[]
  readonly codesReturned: readonly string[]
  readonly document: LineDocument
}

export interface Returnable {
  readonly state: SettlementState
  /** The claim that was settled. */
  readonly claim: ClaimDocument
  /** The lines that sell, in the order of the bill. */
  readonly lines: readonly ReturnableLine[]
  /** Of the bill that takes this one's place. */
  readonly visitNo: string
}

export type ReturnableRefusal =
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  /** Nobody knows yet whether there is anything to give back. */
  | { readonly kind: 'settlement-in-doubt'; readonly settlementId: string }
  | { readonly kind: 'settlement-released'; readonly settlementId: string }
  /** From before the ledger kept claims: it can be taken back whole. */
  | { readonly kind: 'claim-missing'; readonly settlementId: string }
  /** The bill in its place is settled, or asked the card and has no answer yet: `by` is its number. */
  | { readonly kind: 'settled-anew'; readonly settlementId: string; readonly by: string }
  | { readonly kind: 'return-in-doubt'; readonly settlementId: string; readonly by: string }
  | StoreFailure

export function returnable(ledger: LedgerReader, settlementId: string): Result<Returnable, ReturnableRefusal> {
  const held = ledger.holdState(settlementId)
  if (!held.ok) return held
  const closing = held.value?.closing
  if (held.value === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  if (closing === undefined) return refuse({ kind: 'settlement-in-doubt', settlementId })
  if (closing.fact.kind === 'release') return refuse({ kind: 'settlement-released', settlementId })
  const state = ledger.settlement(settlementId)
  if (!state.ok) return state
  const claim = state.value === undefined ? undefined : claimOf(state.value.hold.fact)
  if (state.value === undefined || claim === undefined) return refuse({ kind: 'claim-missing', settlementId })
  const visitNo = nextVisitNo(state.value.hold.fact.visit.visitNo)
  const anew = settledAnew(ledger, state.value, visitNo)
  if (!anew.ok) return anew
  return ok({ state: state.value, claim, lines: returnableLines(claim.lines), visitNo })
}

function claimOf({ claim }: Hold): ClaimDocument | undefined {
  try {
    const document = checkDocument(claimSchema, JSON.parse(new TextDecoder().decode(claim)))
    return document.ok ? document.value : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** Also a visit that only happens to have that number is in the way, and is seen before anything is taken back. */
function settledAnew(ledger: LedgerReader, { hold }: SettlementState, visitNo: string): Result<null, ReturnableRefusal> {
  const { settlementId, visit } = hold.fact
  const anew = ledger.holdByVisit({ institution: visit.institution, visitNo })
  if (!anew.ok) return anew
  if (anew.value === undefined || anew.value.closing?.fact.kind === 'release') return ok(null)
  const kind = anew.value.closing === undefined ? 'return-in-doubt' : 'settled-anew'
  return refuse({ kind, settlementId, by: anew.value.hold.fact.settlementId })
}

const VISIT_NO_LENGTH_MAX = 30
const RETURN = /^(.*)-R(\d{1,3})$/

/** "V1" -> "V1-R1" -> "V1-R2": the same number whenever it is asked for, so a bill is made again under its own. */
export function nextVisitNo(visitNo: string): string {
  const [, stem = visitNo, count = '0'] = RETURN.exec(visitNo) ?? []
  const suffix = `-R${Number.parseInt(count, 10) + 1}`
  // The end of a number tells visits apart, its beginning the year and the place.
  return `${stem.slice(-(VISIT_NO_LENGTH_MAX - suffix.length))}${suffix}`
}

function returnableLines(lines: readonly LineDocument[]): ReturnableLine[] {
  const numbered = lines.map((document, index) => ({ ...document, feedetl_sn: document.feedetl_sn ?? String(index + 1) }))
  const returns = new Map<string, LineDocument[]>()
  for (const line of numbered) {
    if (line.return_of !== undefined) returns.set(line.return_of, [...(returns.get(line.return_of) ?? []), line])
  }
  return numbered
    .filter((line) => line.return_of === undefined && quantityOf(line) > 0)
    .map((line) => returnableLine(line, returns.get(line.feedetl_sn) ?? []))
}

function returnableLine(line: LineDocument & { readonly feedetl_sn: string }, returns: readonly LineDocument[]): ReturnableLine {
  const codesReturned = returns.flatMap(({ drug_trac_info = [] }) => drug_trac_info.map(({ drug_trac_codg }) => drug_trac_codg))
  return {
    line: line.feedetl_sn,
    itemCode: line.med_list_codg ?? '',
    itemName: line.name ?? '',
    left: sumOf([line, ...returns].map(quantityOf)) as Quantity,
    leftAmount: fen(sumOf([line, ...returns].map(amountOf))),
    price: priceOf(line),
    codes: (line.drug_trac_info ?? [])
      .filter(({ drug_trac_codg }) => !codesReturned.includes(drug_trac_codg))
      .map(({ drug_trac_codg, trdn_flag }) => ({ code: drug_trac_codg, isSplit: trdn_flag === '1' })),
    codesReturned,
    document: line
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** The schema has seen all three. */
const quantityOf = ({ cnt }: LineDocument): Quantity => parseQuantity(cnt) ?? (0 as Quantity)
const priceOf = ({ pric }: LineDocument): Price => parsePrice(pric) ?? (0 as Price)
const amountOf = (line: LineDocument): Fen =>
  line.det_item_fee_sumamt === undefined ? priceTimesQuantity(priceOf(line), quantityOf(line)) : (parseFen(line.det_item_fee_sumamt) ?? ZERO)
