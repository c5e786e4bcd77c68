/**
 * kill -9 of the command line at every step of a settlement and before every single write into the card's memory; then a
 * restart with the same card. Whatever the moment: balance on the card and ledger agree, the visit is charged once or not
 * at all, and no charge is without a posting or a visible hold.
 */

import { copyFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SETTLE_STEPS } from '../../settlement/case/settle-visit.ts'
import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'

const PIN = '246810\n'
const VISIT = fixture('visits', 'outpatient-demo.json')
const BEFORE = '2760.00'
const WRITES_MAX = 100

interface CardShown {
  readonly balance: string
}

interface LedgerShown {
  readonly settlements: number
  readonly inDoubt: number
}

const folder = temporaryFolder()
const blank = folder.path('blank.card')
let AFTER = ''

beforeAll(() => {
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', blank]).exit).toBe(0)
  const { card, ledger } = counter('undisturbed')
  expect(settle(card, ledger).exit).toBe(0)
  AFTER = balanceOf(card)
  expect(AFTER).not.toBe(BEFORE)
})
afterAll(() => folder.remove())

function counter(name: string): { card: string; ledger: string } {
  const card = folder.path(`${name.replace('#', '-')}.card`)
  copyFileSync(blank, card)
  return { card, ledger: folder.path(`${name.replace('#', '-')}.db`) }
}

const settle = (card: string, ledger: string, killAt?: string) =>
  caresettle(['settle', '--visit', VISIT, '--card', card, '--pin-stdin', '--ledger', ledger], {
    stdin: PIN,
    ...(killAt === undefined ? {} : { killAt })
  })

const balanceOf = (card: string): string =>
  (caresettleJson(['card', 'show', card, '--pin-stdin'], { stdin: PIN }) as CardShown).balance

function ledgerOf(path: string): LedgerShown {
  const ledger = openLedgerForReading(path)
  // Killed before the ledger was begun: nothing is booked.
  if (!ledger.ok) return { settlements: 0, inDoubt: 0 }
  const settlements = ledger.value.settlements({ limit: 10 })
  const open = ledger.value.openHolds()
  ledger.value.close()
  if (!settlements.ok || !open.ok) throw new Error(`the ledger ${path} cannot be read`)
  return { settlements: settlements.value.length, inDoubt: open.value.length }
}

/** Whether the settlement reached the fault point at all; if it did, everything that must hold afterwards holds. */
function survives(killAt: string): boolean {
  const { card, ledger } = counter(killAt)
  const settled = settle(card, ledger, killAt)
  if (settled.exit === 0) return false
  expect(settled.exit, settled.stderr).toBe('killed')

  // Before any recovery: money that left the card is a posting or a hold that everyone can see.
  const crashed = ledgerOf(ledger)
  if (balanceOf(card) !== BEFORE) expect(crashed.settlements + crashed.inDoubt).toBe(1)

  const recovered = caresettle(['recover', '--card', card, '--ledger', ledger, '--pin-stdin'], { stdin: PIN })
  expect(recovered.exit, recovered.stderr).toBe(0)
  const afterRecovery = ledgerOf(ledger)
  expect(afterRecovery.inDoubt).toBe(0)
  expect([balanceOf(card), afterRecovery.settlements]).toEqual(afterRecovery.settlements === 1 ? [AFTER, 1] : [BEFORE, 0])

  // The cashier tries again: the visit is charged once in all.
  const again = settle(card, ledger)
  expect(again.exit, again.stderr).toBe(afterRecovery.settlements === 1 ? 3 : 0)
  expect([balanceOf(card), ledgerOf(ledger).settlements]).toEqual([AFTER, 1])
  const verified = verifyLedger(ledger)
  expect(verified.ok && verified.value.findings).toEqual([])
  return true
}

const HOST_STEPS = ['pin-verified', 'recovered', 'calculated', ...SETTLE_STEPS]

describe('killed between two steps', () => {
  it.each(HOST_STEPS)('at "%s" nobody is charged twice or without a trace', (step) => {
    expect(survives(step)).toBe(true)
  })
})

describe('killed inside a chip', () => {
  it('before each write into the card nobody is charged twice or without a trace', () => {
    let writes = 0
    while (writes < WRITES_MAX && survives(`card-write#${writes + 1}`)) writes += 1
    expect(writes).toBeGreaterThan(5)
    expect(writes).toBeLessThan(WRITES_MAX)
  }, 240_000)

  it('before the PSAM counts its serial up the settlement never was, and the next one works', () => {
    expect(survives('psam-write#1')).toBe(true)
  })
})

describe('another card cannot resolve what this one left open', () => {
  it('stays in doubt until the same card comes back', () => {
    const { card, ledger } = counter('left-open')
    expect(settle(card, ledger, 'debited').exit).toBe('killed')
    const other = folder.path('other.card')
    expect(caresettle(['card', 'new', '--from', fixture('cards', 'retired-32k.json'), '--out', other]).exit).toBe(0)
    const wrong = caresettle(['recover', '--card', other, '--ledger', ledger, '--pin-stdin'], { stdin: PIN })
    expect([wrong.exit, wrong.stderr.includes('still in doubt: another card')]).toEqual([3, true])
    expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 1 })
    // Somebody else's visit is served meanwhile; the hold waits.
    const visit = fixture('visits', 'community-chronic.json')
    const served = caresettle(['settle', '--visit', visit, '--card', other, '--pin-stdin', '--ledger', ledger], { stdin: PIN })
    expect(served.exit, served.stderr).toBe(0)
    expect(ledgerOf(ledger)).toEqual({ settlements: 1, inDoubt: 1 })
    expect(caresettle(['recover', '--card', card, '--ledger', ledger, '--pin-stdin'], { stdin: PIN }).exit).toBe(0)
    expect([balanceOf(card), ledgerOf(ledger)]).toEqual([AFTER, { settlements: 2, inDoubt: 0 }])
  })
})

describe('a card that went on to another till before it came back', () => {
  it('still proves the debit that was left open, by its log', () => {
    const { card, ledger } = counter('wandered')
    expect(settle(card, ledger, 'debited').exit).toBe('killed')
    const elsewhere = folder.path('elsewhere.db')
    const visit = fixture('visits', 'community-chronic.json')
    const served = caresettle(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', elsewhere], { stdin: PIN })
    expect(served.exit, served.stderr).toBe(0)
    const recovered = caresettle(['recover', '--card', card, '--ledger', ledger, '--pin-stdin', '--json'], { stdin: PIN })
    expect(recovered.exit, recovered.stderr).toBe(0)
    expect(JSON.parse(recovered.stdout)).toMatchObject({ recoveries: [{ outcome: 'posted' }] })
    expect(ledgerOf(ledger)).toEqual({ settlements: 1, inDoubt: 0 })
    const verified = verifyLedger(ledger)
    expect(verified.ok && verified.value.findings).toEqual([])
  })

  it('and one that was not debited is proved free only while its serial stands', () => {
    const { card, ledger } = counter('wandered-held')
    expect(settle(card, ledger, 'held').exit).toBe('killed')
    const visit = fixture('visits', 'community-chronic.json')
    const elsewhere = folder.path('elsewhere-held.db')
    expect(caresettle(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', elsewhere], { stdin: PIN }).exit).toBe(0)
    const recovered = caresettle(['recover', '--card', card, '--ledger', ledger, '--pin-stdin'], { stdin: PIN })
    expect([recovered.exit, recovered.stderr.includes('still in doubt')]).toEqual([3, true])
    expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 1 })
  })
})
