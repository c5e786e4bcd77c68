/**
 * The cards of a run and the folder of fixtures that knows them: the project's, with a tray of a dozen cards of people who
 * have enough money and are in order, so that hundreds of bills can be settled with them. All fake, as every fixture.
 */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PROJECT = join(import.meta.dirname, '..', '..', '..', 'fixtures')

export interface RunCard {
  /** Name in the tray. */
  readonly id: string
  readonly pin: string
}

export interface CardsOfARun {
  /** Folder. */
  readonly fixtures: string
  readonly cards: readonly RunCard[]
}

/** What each card is made after, and with which PIN: chips of both generations, both dialects of the purse, odd names. */
const PATTERNS = ['in-service-32k', 'retired-32k', 'pboc-profile', 'in-service-32k', 'v3-contactless', 'rare-name', 'retired-32k', 'in-service-32k', 'resident-adult', 'pboc-profile']
const OPENING_BALANCE = '60000.00'
/** Far from the serials of the delivered fixtures. */
const FIRST_SERIAL = 0x4000

/** Of a till's own: each security module has a number that no other has, in the whole run. */
const MODULES = ['terminal-v2', 'terminal-v3-stand-in']

export function fixturesOfTill(given: string, folder: string, number: number): string {
  cpSync(given, folder, { recursive: true })
  for (const [index, module] of MODULES.entries()) {
    const path = join(folder, 'psam', `${module}.json`)
    const document = JSON.parse(readFileSync(path, 'utf8')) as Json
    writeFileSync(path, JSON.stringify({ ...document, terminalNumber: String(999_999_000_000 + (index + 1) * 100 + number) }))
  }
  return folder
}

type Json = Readonly<Record<string, unknown>>

export function makeCards(folder: string): CardsOfARun {
  const fixtures = join(folder, 'fixtures')
  cpSync(PROJECT, fixtures, { recursive: true })
  rmSync(join(fixtures, 'cards'), { recursive: true })
  mkdirSync(join(fixtures, 'cards'))
  const made = PATTERNS.map((pattern, index) => cardAfter(pattern, index))
  for (const { id, document } of made) writeFileSync(join(fixtures, 'cards', `${id}.json`), JSON.stringify(document))
  writeFileSync(join(fixtures, 'people', 'people.json'), JSON.stringify({ note: 'Everybody is in order.', people: made.map(({ certno }) => inOrder(certno)) }))
  return { fixtures, cards: made.map(({ id, pin }) => ({ id, pin })) }
}

function cardAfter(pattern: string, index: number) {
  const document = JSON.parse(readFileSync(join(PROJECT, 'cards', `${pattern}.json`), 'utf8')) as Record<'holder' | 'issue' | 'medical' | 'purse', Json> & Json
  const certno = citizenNumber(index)
  const serial = FIRST_SERIAL + index
  const pin = String(135_790 + index * 7_919)
  const purse = { ...document.purse, balance: OPENING_BALANCE }
  return {
    id: `card-${String(index + 1).padStart(2, '0')}`,
    pin,
    certno,
    document: {
      ...document,
      serial: serial.toString(16).toUpperCase().padStart(8, '0'),
      issue: { ...document.issue, cardNumber: `A9${String(index + 1).padStart(6, '0')}` },
      holder: { ...document.holder, socialSecurityNumber: certno, birthDate: '1985-05-05' },
      medical: { ...document.medical, accountNumber: String(999_900_001_000 + index) },
      pin: { value: pin },
      purse,
      log: [],
      description: `Of a torture run, after ${pattern}`
    }
  }
}

/** Weights of GB 11643. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function citizenNumber(index: number): string {
  const body = `00000019850505${String(500 + index)}`
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0)
  return `${body}${'10X98765432'[sum % 11] ?? ''}`
}

const inOrder = (certno: string): Json => ({
  certno,
  note: 'in order',
  insurance: { psn_insu_stas: '1', psn_insu_date: '{D-2000}', began: 'continuous' },
  in_hospital: false
})
