/**
 * kill -9 of the command line at every step of a load and before every single write into the card's memory; then a restart
 * with the same card, and the cashier tries again. Whatever the moment: the card holds what it held or that and the refund,
 * once; and in the end card, ledger and centre say the same.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import { wireCentre, type WiredCentre } from '../../electron/centre/wire-centre.ts'
import { noFault } from '../../electron/host/fault-point.ts'
import { systemEntropy } from '../../electron/host/system.ts'
import { openCardFile } from '../../electron/host/terminal-hardware.ts'
import { LOAD_STEPS } from '../../settlement/case/load-card.ts'
import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { pin } from '../card/terminal.ts'
import { enrolLedger, startCentre, syncLedger } from '../support/centre-process.ts'
import { caresettle, caresettleHere, caresettleJson, fixture, temporaryFolder, type Run } from '../support/command-line.ts'

const PIN = '246810'
const BEFORE = 276_000
const WRITES_MAX = 100
const ENTRY = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'caresettle.js')
const SUFFIXES = ['card', 'db', 'db.psam', 'db.centre.json', 'db.key', 'centre'] as const

const folder = temporaryFolder()
let settlementId = ''
let paid = 0

/** A till whose refund is booked: its files are copied for every kill. */
beforeAll(async () => {
  const [card, ledger] = [folder.path('ready.card'), folder.path('ready.db')]
  const centre = await startCentre(`sqlite:${folder.path('ready.centre')}`)
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
  const visit = fixture('visits', 'outpatient-demo.json')
  expect(caresettle(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger], { stdin: `${PIN}\n` }).exit).toBe(0)
  settlementId = (caresettleJson(['ledger', 'show', ledger]) as { settlements: { medins_setl_id: string }[] }).settlements[0]?.medins_setl_id ?? ''
  expect(caresettle(['ledger', 'refund', ledger, '--settlement', settlementId, '--reason', '退药']).exit).toBe(0)
  await enrolLedger(ledger, centre)
  await syncLedger(ledger)
  await centre.stop()
  paid = BEFORE - (await balanceOf(card))
  expect(paid).toBeGreaterThan(0)
}, 60_000)
afterAll(() => folder.remove())

interface Counter {
  readonly card: string
  readonly ledger: string
  readonly centre: WiredCentre
}

/** A copy of the till and of its centre, which listens in this process on a port of its own. */
async function counter(name: string): Promise<Counter> {
  const own = name.replace('#', '-')
  for (const suffix of SUFFIXES) {
    const from = folder.path(`ready.${suffix}`)
    if (existsSync(from)) copyFileSync(from, folder.path(`${own}.${suffix}`))
  }
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  const wired = await wireCentre({ url: `sqlite:${folder.path(`${own}.centre`)}`, fixtures: fixture(), log: silent, version: 'test' })
  invariant(wired.ok, `the centre opens: ${JSON.stringify(wired)}`)
  const url = await wired.value.listen({ host: '127.0.0.1', port: 0 })
  const file = folder.path(`${own}.db.centre.json`)
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), url }))
  return { card: folder.path(`${own}.card`), ledger: folder.path(`${own}.db`), centre: wired.value }
}

/** The one that dies is a process of its own; not `caresettle`, which waits without letting the centre of this process answer. */
async function killed(args: readonly string[], killAt: string): Promise<Run> {
  const child = spawn(process.execPath, [ENTRY, ...args], { env: { ...process.env, CARESETTLE_KILL_AT: killAt } })
  child.stdin.end(`${PIN}\n`)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { exit: child.exitCode ?? 'killed', stdout, stderr }
}

const here = (args: readonly string[]): Promise<Run> => caresettleHere(args, { stdin: `${PIN}\n` })

function load({ card, ledger }: Counter, killAt?: string): Promise<Run> {
  const args = ['load', '--settlement', settlementId, '--card', card, '--ledger', ledger, '--pin-stdin', '--json']
  return killAt === undefined ? here(args) : killed(args, killAt)
}

const recover = ({ card, ledger }: Counter): Promise<Run> => here(['recover', '--card', card, '--ledger', ledger, '--pin-stdin'])

/** fen, of a copy: looking leaves no trace. */
async function balanceOf(card: string): Promise<number> {
  const copy = `${card}.look`
  copyFileSync(card, copy)
  const file = openCardFile(copy, systemEntropy, noFault)
  invariant(file.ok, 'the card is a chip')
  const reader = new VirtualReader('look')
  reader.insert(file.value.chip)
  const session = await openCardSession({ reader, entropy: systemEntropy, today: '2026-03-15' })
  invariant(session.ok, 'the card opens')
  await session.value.verifyPin(pin(PIN))
  const balance = await session.value.readBalance()
  await session.value.close()
  file.value.close()
  return balance.ok ? balance.value : -1
}

function ledgerOf(path: string): { readonly owed: number; readonly held: number; readonly loaded: number } {
  const ledger = openLedgerForReading(path)
  invariant(ledger.ok, 'the ledger opens')
  const owed = ledger.value.owedToCard(settlementId)
  ledger.value.close()
  invariant(owed.ok && owed.value !== undefined, 'the settlement is known')
  return owed.value
}

async function loadsOf({ centre }: Counter): Promise<string[]> {
  const loads = await centre.ports.database.db.selectFrom('load').select(['state', 'amount']).orderBy('load_id').execute()
  return loads.map(({ state, amount }) => `${state} ${amount}`)
}

/** Whether the load reached the fault point at all; if it did, everything that must hold afterwards holds. */
async function survives(killAt: string): Promise<boolean> {
  const till = await counter(killAt)
  try {
    const loaded = await load(till, killAt)
    if (loaded.exit === 0) return false
    expect(loaded.exit, loaded.stderr).toBe('killed')
    // Before any recovery: money that is on the card is a posting or a load that everyone can see.
    const crashed = ledgerOf(till.ledger)
    const balance = await balanceOf(till.card)
    expect([BEFORE - paid, BEFORE]).toContain(balance)
    if (balance === BEFORE) expect(crashed.held + crashed.loaded).toBe(paid)
    else expect(crashed.loaded).toBe(0)

    const recovered = await recover(till)
    expect(recovered.exit, recovered.stderr).toBe(0)
    const isLoaded = balance === BEFORE
    expect(ledgerOf(till.ledger)).toEqual(isLoaded ? { owed: 0, held: 0, loaded: paid } : { owed: paid, held: 0, loaded: 0 })
    expect(await balanceOf(till.card)).toBe(balance)

    // The cashier tries again: the card gets the refund once in all.
    const again = await load(till)
    expect(again.exit, again.stderr).toBe(isLoaded ? 3 : 0)
    expect([await balanceOf(till.card), ledgerOf(till.ledger)]).toEqual([BEFORE, { owed: 0, held: 0, loaded: paid }])

    await syncLedger(till.ledger)
    const loads = await loadsOf(till)
    expect(loads.filter((each) => each === `closed ${paid}`)).toHaveLength(1)
    expect(loads.filter((each) => each.startsWith('signed'))).toEqual([])
    const verified = verifyLedger(till.ledger)
    expect(verified.ok && verified.value.findings).toEqual([])
    return true
  } finally {
    await till.centre.close()
  }
}

const HOST_STEPS = ['recovered', ...LOAD_STEPS]

describe('killed between two steps', () => {
  it.each(HOST_STEPS)('at "%s" nothing is loaded twice or without a trace', async (step) => {
    expect(await survives(step)).toBe(true)
  }, 60_000)
})

describe('killed inside the chip', () => {
  it('before each write into the card nothing is loaded twice or without a trace', async () => {
    let writes = 0
    while (writes < WRITES_MAX && (await survives(`card-write#${writes + 1}`))) writes += 1
    expect(writes).toBeGreaterThan(5)
    expect(writes).toBeLessThan(WRITES_MAX)
  }, 400_000)
})

describe('a load that was signed and proved in vain', () => {
  it('is given up at the centre when the terminal next sends its facts', async () => {
    const till = await counter('in-vain')
    try {
      expect((await load(till, 'load-held')).exit).toBe('killed')
      expect(await loadsOf(till)).toEqual([`signed ${paid}`])
      expect((await recover(till)).exit).toBe(0)
      await syncLedger(till.ledger)
      expect(await loadsOf(till)).toEqual([`void ${paid}`])
    } finally {
      await till.centre.close()
    }
  }, 60_000)

  it('is in doubt while another card lies in the reader', async () => {
    const till = await counter('other-card')
    try {
      expect((await load(till, 'load-credited')).exit).toBe('killed')
      const other = folder.path('other.card')
      expect((await here(['card', 'new', '--from', fixture('cards', 'retired-32k.json'), '--out', other])).exit).toBe(0)
      const wrong = await recover({ ...till, card: other })
      expect([wrong.exit, wrong.stderr.includes('still in doubt: another card')]).toEqual([3, true])
      expect(ledgerOf(till.ledger)).toEqual({ owed: 0, held: paid, loaded: 0 })
      const waiting = await load({ ...till, card: other })
      expect(JSON.parse(waiting.stdout)).toMatchObject({ error: { kind: 'card-differs' } })
      expect((await recover(till)).exit).toBe(0)
      expect([await balanceOf(till.card), ledgerOf(till.ledger)]).toEqual([BEFORE, { owed: 0, held: 0, loaded: paid }])
    } finally {
      await till.centre.close()
    }
  }, 60_000)
})
