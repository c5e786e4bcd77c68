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
import { caresettle, caresettleHere, fixture, temporaryFolder, type Run } from '../support/command-line.ts'

const PIN = '246810\n'
const VISIT = fixture('visits', 'outpatient-demo.json')
const CHRONIC = fixture('visits', 'community-chronic.json')
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

beforeAll(async () => {
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', blank]).exit).toBe(0)
  const { card, ledger } = counter('undisturbed')
  expect(caresettle(settling(card, ledger), { stdin: PIN }).exit).toBe(0)
  AFTER = await balanceOf(card)
  expect(AFTER).not.toBe(BEFORE)
})
afterAll(() => folder.remove())

function counter(name: string): { card: string; ledger: string } {
  const card = folder.path(`${name.replace('#', '-')}.card`)
  copyFileSync(blank, card)
  return { card, ledger: folder.path(`${name.replace('#', '-')}.db`) }
}

const settling = (card: string, ledger: string, visit = VISIT): string[] => ['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger]
const recovering = (card: string, ledger: string): string[] => ['recover', '--card', card, '--ledger', ledger, '--pin-stdin', '--json']

/** The one that dies is a process of its own. */
const killedWhileSettling = (card: string, ledger: string, killAt: string): Run => caresettle(settling(card, ledger), { stdin: PIN, killAt })

async function balanceOf(card: string): Promise<string> {
  const shown = await caresettleHere(['card', 'show', card, '--pin-stdin', '--json'], { stdin: PIN })
  return (JSON.parse(shown.stdout) as CardShown).balance
}

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
async function survives(killAt: string): Promise<boolean> {
  const { card, ledger } = counter(killAt)
  const settled = killedWhileSettling(card, ledger, killAt)
  if (settled.exit === 0) return false
  expect(settled.exit, settled.stderr).toBe('killed')

  // Before any recovery: money that left the card is a posting or a hold that everyone can see.
  const crashed = ledgerOf(ledger)
  if ((await balanceOf(card)) !== BEFORE) expect(crashed.settlements + crashed.inDoubt).toBe(1)

  const recovered = await caresettleHere(recovering(card, ledger), { stdin: PIN })
  expect(recovered.exit, recovered.stderr).toBe(0)
  const afterRecovery = ledgerOf(ledger)
  expect(afterRecovery.inDoubt).toBe(0)
  expect([await balanceOf(card), afterRecovery.settlements]).toEqual(afterRecovery.settlements === 1 ? [AFTER, 1] : [BEFORE, 0])

  // The cashier tries again: the visit is charged once in all.
  const again = await caresettleHere(settling(card, ledger), { stdin: PIN })
  expect(again.exit, again.stderr).toBe(afterRecovery.settlements === 1 ? 3 : 0)
  expect([await balanceOf(card), ledgerOf(ledger).settlements]).toEqual([AFTER, 1])
  const verified = verifyLedger(ledger)
  expect(verified.ok && verified.value.findings).toEqual([])
  return true
}

const HOST_STEPS = ['pin-verified', 'recovered', 'calculated', ...SETTLE_STEPS]

describe('killed between two steps', () => {
  it.each(HOST_STEPS)('at "%s" nobody is charged twice or without a trace', async (step) => {
    expect(await survives(step)).toBe(true)
  })
})

describe('killed inside a chip', () => {
  it('before each write into the card nobody is charged twice or without a trace', async () => {
    let writes = 0
    while (writes < WRITES_MAX && (await survives(`card-write#${writes + 1}`))) writes += 1
    expect(writes).toBeGreaterThan(5)
    expect(writes).toBeLessThan(WRITES_MAX)
  }, 240_000)

  it('before the PSAM counts its serial up the settlement never was, and the next one works', async () => {
    expect(await survives('psam-write#1')).toBe(true)
  })
})

describe('another card cannot resolve what this one left open', () => {
  it('stays in doubt until the same card comes back', async () => {
    const { card, ledger } = counter('left-open')
    expect(killedWhileSettling(card, ledger, 'debited').exit).toBe('killed')
    const other = folder.path('other.card')
    expect((await caresettleHere(['card', 'new', '--from', fixture('cards', 'retired-32k.json'), '--out', other])).exit).toBe(0)
    const wrong = await caresettleHere(recovering(other, ledger), { stdin: PIN })
    expect([wrong.exit, wrong.stderr.includes('still in doubt: another card')]).toEqual([3, true])
    expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 1 })
    // Somebody else's visit is served meanwhile; the hold waits.
    const served = await caresettleHere(settling(other, ledger, CHRONIC), { stdin: PIN })
    expect(served.exit, served.stderr).toBe(0)
    expect(ledgerOf(ledger)).toEqual({ settlements: 1, inDoubt: 1 })
    expect((await caresettleHere(recovering(card, ledger), { stdin: PIN })).exit).toBe(0)
    expect([await balanceOf(card), ledgerOf(ledger)]).toEqual([AFTER, { settlements: 2, inDoubt: 0 }])
  })
})

/** Without the PIN the log stays shut: nothing is resolved, and the command says what it wants. */
async function waitsForPin(card: string, ledger: string): Promise<void> {
  const { exit, stderr } = await caresettleHere(['recover', '--card', card, '--ledger', ledger])
  expect([exit, stderr]).toEqual([3, expect.stringContaining("still in doubt: the card's log needs the holder's PIN")])
  expect(stderr).toContain('give the PIN on stdin: recover --pin-stdin')
  expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 1 })
}

describe('a card that comes back without its PIN', () => {
  it('proves at once that nothing was taken', async () => {
    const { card, ledger } = counter('free-of-pin')
    expect(killedWhileSettling(card, ledger, 'held').exit).toBe('killed')
    const recovered = await caresettleHere(['recover', '--card', card, '--ledger', ledger])
    expect([recovered.exit, recovered.stdout]).toEqual([0, expect.stringContaining('released')])
    expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 0 })
  })

  it('does not prove that something was: the PIN is asked for', async () => {
    const { card, ledger } = counter('wants-pin')
    expect(killedWhileSettling(card, ledger, 'debited').exit).toBe('killed')
    await waitsForPin(card, ledger)
    expect((await caresettleHere(recovering(card, ledger), { stdin: PIN })).exit).toBe(0)
    expect([await balanceOf(card), ledgerOf(ledger)]).toEqual([AFTER, { settlements: 1, inDoubt: 0 }])
  })
})

describe('a card that went on to another till before it came back', () => {
  it('still proves the debit that was left open, by its log', async () => {
    const { card, ledger } = counter('wandered')
    expect(killedWhileSettling(card, ledger, 'debited').exit).toBe('killed')
    const served = await caresettleHere(settling(card, folder.path('elsewhere.db'), CHRONIC), { stdin: PIN })
    expect(served.exit, served.stderr).toBe(0)
    const recovered = await caresettleHere(recovering(card, ledger), { stdin: PIN })
    expect(recovered.exit, recovered.stderr).toBe(0)
    expect(JSON.parse(recovered.stdout)).toMatchObject({ recoveries: [{ outcome: 'posted' }] })
    expect(ledgerOf(ledger)).toEqual({ settlements: 1, inDoubt: 0 })
    const verified = verifyLedger(ledger)
    expect(verified.ok && verified.value.findings).toEqual([])
  })

  it('and one that was not debited is released: its log shows that the other till took the serial', async () => {
    const { card, ledger } = counter('wandered-held')
    expect(killedWhileSettling(card, ledger, 'held').exit).toBe('killed')
    expect((await caresettleHere(settling(card, folder.path('elsewhere-held.db'), CHRONIC), { stdin: PIN })).exit).toBe(0)
    // To the PSAM of this till the codes of that debit are as good as ours: only the log tells whose it is.
    await waitsForPin(card, ledger)
    const recovered = await caresettleHere(recovering(card, ledger), { stdin: PIN })
    expect(recovered.exit, recovered.stderr).toBe(0)
    expect(JSON.parse(recovered.stdout)).toMatchObject({ recoveries: [{ outcome: 'released', text: expect.stringContaining('serial-taken-by-another') }] })
    expect(ledgerOf(ledger)).toEqual({ settlements: 0, inDoubt: 0 })
  })
})
