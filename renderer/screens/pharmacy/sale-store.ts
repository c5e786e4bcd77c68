/**
 * What the sale's screen itself knows: what stands open below the lines, what of a prescription is typed so far. View data; it
 * lasts as long as the counter, so that a look at the records loses nothing that was typed.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { PrescriptionView } from '../../../electron/contract/sale-view.ts'
import type { CounterStore } from '../outpatient/counter.ts'

/** Below the lines: why, how it is taken, what could be taken instead. */
export type Below = 'reasons' | 'dose' | 'substitutes'

/** What is typed of a paper prescription, as it stands in the fields. */
export interface PaperDraft {
  readonly number: string
  /** YYYY-MM-DD; null: nobody touched it, so it is today. */
  readonly issuedOn: string | null
  readonly doctor: string
  readonly institution: string
  readonly institutionCode: string
  /** null: nobody has said it. */
  readonly level: '0' | '1' | '2' | '3' | null
  readonly visit: PrescriptionView['visit']
  readonly diagnoses: string
}

export interface SaleState {
  readonly below: Below
  /** The reasons are written out; else their first sentence stands in the line alone. */
  readonly whyOpen: boolean
  /** The pane of the prescription: closed is one line. */
  readonly prescribing: 'closed' | 'paper' | 'electronic'
  readonly draft: PaperDraft
  /** Of the prescription alone, beside its fields. */
  readonly prescriptionRefusal: RefusalView | null
  /** One that was scanned while another stands: what it says, and what the host said to it. */
  readonly second: { readonly text: string; readonly refusal: RefusalView } | null
  /** More than one item carries the barcode that was scanned. */
  readonly choosing: readonly string[]
  /** A letter that was typed among the lines belongs to the search. */
  readonly seed: string
  /** Something was scanned while the last sale still stands: how often, so that it is said again. */
  readonly heldBack: number
}

export type SaleStore = StoreApi<SaleState>

export const EMPTY_DRAFT: PaperDraft = {
  number: '',
  issuedOn: null,
  doctor: '',
  institution: '',
  institutionCode: '',
  level: null,
  visit: 'ordinary',
  diagnoses: ''
}

/** Before a patient. Where the prescriptions come from is often the same house: it stays. */
export const freshSale = ({ draft }: Pick<SaleState, 'draft'>): SaleState => ({
  below: 'reasons',
  whyOpen: true,
  prescribing: 'closed',
  draft: { ...EMPTY_DRAFT, institution: draft.institution, institutionCode: draft.institutionCode, level: draft.level },
  prescriptionRefusal: null,
  second: null,
  choosing: [],
  seed: '',
  heldBack: 0
})

const STORES = new WeakMap<CounterStore, SaleStore>()

export function saleStoreOf(counter: CounterStore): SaleStore {
  const known = STORES.get(counter)
  if (known !== undefined) return known
  const store = createStore<SaleState>()(() => freshSale({ draft: EMPTY_DRAFT }))
  STORES.set(counter, store)
  return store
}
