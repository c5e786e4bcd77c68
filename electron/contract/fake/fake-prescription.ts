/** Prescriptions of the fake: typed from paper, or read from a code, and the pharmacist's review. */

import { ok, refuse } from '../../../base/result.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { changed } from './fake-bill.ts'
import { badInput, NO_PRESCRIPTION, NOT_A_PHARMACY, PRESCRIPTION_FORGED, prescriptionThere } from './fake-refusals.ts'
import { isPharmacy, saleAt } from './fake-sale-bill.ts'
import type { World } from './fake-world.ts'
import { SAMPLE_PRESCRIPTIONS, waitingView, type FakePrescription } from './sample-prescriptions.ts'

const PAPER_DAYS = 3

function lastDay(issuedOn: string): string {
  const day = new Date(`${issuedOn}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + PAPER_DAYS - 1)
  return day.toISOString().slice(0, 10)
}

const isDay = (text: string): boolean => !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

function put(world: World, revision: number, prescription: FakePrescription | null): Answer<'sale.prescribe'> {
  const bill = saleAt(world, revision)
  return bill.ok ? changed(world, bill.value, bill.value.lines, { ...bill.value.sale, prescription }) : bill
}

/** The first stays, with the pharmacist's word on it, unless another is to replace it. */
function layDown(world: World, { revision, replace = false }: { readonly revision: number; readonly replace?: boolean | undefined }, prescription: FakePrescription): Answer<'sale.prescribe'> {
  const bill = saleAt(world, revision)
  if (!bill.ok) return bill
  const { prescription: there } = bill.value.sale
  if (there === null || replace) return put(world, revision, prescription)
  return there.number === prescription.number ? put(world, revision, there) : refuse(prescriptionThere(there.number, prescription.number))
}

export function prescribe(world: World, { revision, prescription }: Params<'sale.prescribe'>): Answer<'sale.prescribe'> {
  const { issuedOn } = prescription
  if (!isDay(issuedOn) || issuedOn > world.till.today) {
    return refuse(badInput('bad-input', `开方日期“${issuedOn}”无效`, `issuedOn "${issuedOn}" is refused: a day that is not after today`))
  }
  if (prescription.doctor.trim() === '') return refuse(badInput('bad-input', '缺开方医师', 'doctor "" is refused: it names the doctor'))
  const validUntil = lastDay(issuedOn)
  const state = validUntil < world.till.today ? 'expired' : 'none'
  return layDown(world, { revision }, { ...prescription, validUntil, state, lines: [] })
}

function numberIn(text: string): { readonly number: string; readonly isForged: boolean } | undefined {
  const read = text.trim()
  if (!read.startsWith('{')) return { number: read, isForged: false }
  try {
    const json = JSON.parse(read) as { readonly hiRxno?: unknown; readonly signature?: unknown }
    return typeof json.hiRxno === 'string' ? { number: json.hiRxno, isForged: json.signature !== 'test' } : undefined
  } catch {
    return undefined
  }
}

export function readPrescription(world: World, { revision, text, replace }: Params<'sale.prescription-text'>): Answer<'sale.prescription-text'> {
  const bill = saleAt(world, revision)
  if (!bill.ok) return bill
  const read = numberIn(text)
  const waiting = SAMPLE_PRESCRIPTIONS.find(({ prescription }) => prescription.number === read?.number)
  if (read === undefined || waiting === undefined) {
    return refuse(badInput('prescription-unreadable', '不是可读取的电子处方', 'this is no electronic prescription that can be read'))
  }
  return read.isForged || waiting.isForged ? refuse(PRESCRIPTION_FORGED) : layDown(world, { revision, replace }, waiting.prescription)
}

export const waitingPrescriptions = (world: World): Answer<'sale.prescriptions'> =>
  isPharmacy(world) ? ok(SAMPLE_PRESCRIPTIONS.map(waitingView)) : refuse(NOT_A_PHARMACY)

export const unprescribe = (world: World, { revision }: Params<'sale.unprescribe'>): Answer<'sale.unprescribe'> => put(world, revision, null)

export function reviewPrescription(world: World, { revision, passed }: Params<'sale.review'>): Answer<'sale.review'> {
  const bill = saleAt(world, revision)
  if (!bill.ok) return bill
  const { prescription } = bill.value.sale
  return prescription === null ? refuse(NO_PRESCRIPTION) : put(world, revision, { ...prescription, review: passed ? 'passed' : 'refused' })
}
