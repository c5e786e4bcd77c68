/** The driver and the reader process against the distribution's daemon, its virtual reader and our published card. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fromHex } from '../../card/bytes/hex.ts'
import { openPsam } from '../../card/psam/psam-session.ts'
import type { CardConnection, CardReader } from '../../card/reader/card-reader.ts'
import type { PcscModule } from '../../card/reader/pcsc/pcsc-module.ts'
import { PcscReader } from '../../card/reader/pcsc/pcsc-reader.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import type { PurchaseModule } from '../../card/session/ports.ts'
import { cardReaderContract, type ReaderBench } from '../contract/card-reader.contract.ts'
import { fixtureCard, fixturePsam, pin, TIME, TODAY } from '../card/terminal.ts'
import { countingEntropy, poweredPsam } from '../support/psam.ts'
import { contextOf, daemonOfAnotherVersion, moduleHere, readersThrough, slotsOf, systemDelay, until, type ObservedReaders, type Slot } from './driver-bench.ts'
import { startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'

const ATR = '3B6D00000081544C348660999900000001'
const SELECT = fromHex('00A4000002DF04')
const PIN = '246810'
const AMOUNTS = { account: 5000, own: 200, pooled: 10000 }
/** After the cause has ended. */
const RECOVERY_MS_MAX = 2_000

interface Bench {
  readonly daemon: Daemon
  readonly module: PcscModule
  readonly slots: Slot[]
  readonly through: ObservedReaders
}

let opened: Bench | undefined
const bench = (): Bench => {
  invariant(opened !== undefined, 'the bench is set up')
  return opened
}

/** Slots of the contract whose card is in; the others get theirs back meanwhile. */
const ready: Slot[] = []

async function takeReady(): Promise<Slot> {
  while (ready.length === 0) await sleep(10)
  const slot = ready.shift()
  invariant(slot !== undefined, 'a slot is ready')
  return slot
}

async function contractBench(driver: (name: string) => CardReader): Promise<ReaderBench> {
  const slot = await takeReady()
  const reader = driver(slot.name)
  const connections: CardConnection[] = []
  let isIn = true
  const insert = async (card = slot.card): Promise<void> => {
    await slot.insert(card)
    isIn = true
  }
  afterTest = async () => {
    for (const connection of connections) await connection.disconnect()
    if (!isIn) await insert()
    ready.push(slot)
  }
  return {
    reader: {
      name: reader.name,
      // A slot is empty when the daemon says so; until then a connection succeeds, and its first command does not.
      async connect() {
        if (!isIn) await slot.missed()
        const connected = await reader.connect()
        if (connected.ok) connections.push(connected.value)
        return connected
      }
    },
    atr: ATR,
    command: SELECT,
    removeCard: () => {
      slot.remove()
      isIn = false
      return Promise.resolve()
    },
    insertCard: () => insert(),
    insertOtherCard: () => insert(fixtureCard('retired-32k')),
    foreignReset: () => foreignReset(slot.name)
  }
}

let afterTest = (): Promise<void> => Promise.resolve()

async function foreignReset(name: string): Promise<void> {
  const context = await contextOf(bench().module)
  const card = await context.connect(name, { share: 'shared', protocols: ['T=0'] })
  invariant(card.ok && (await card.value.reconnect({ share: 'shared', protocols: ['T=0'] }, 'warm')).ok, 'the other program resets the card')
  context.release()
}

async function sessionIn(name: string, psam?: PurchaseModule): Promise<CardSession> {
  const session = await openCardSession({ reader: bench().through.readers.reader(name), psam, entropy: countingEntropy(), today: TODAY })
  invariant(session.ok, `the card opens: ${JSON.stringify(session)}`)
  return session.value
}

async function verifiedIn(name: string, psam: PurchaseModule): Promise<CardSession> {
  const session = await sessionIn(name, psam)
  expect(await session.verifyPin(pin(PIN))).toEqual({ ok: true, value: null })
  return session
}

async function initialisedIn(name: string, psam: PurchaseModule) {
  const session = await verifiedIn(name, psam)
  const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
  invariant(intent.ok, `the debit is initialised: ${JSON.stringify(intent)}`)
  return { session, intent: intent.value }
}

const DEBIT = 0x2c
const GET_RESPONSE = 0xc0

/** A card that does something once, when the command comes that is watched; a GET RESPONSE is that of the DEBIT. */
function atCommand(card: VirtualCard, watched: number, act: (execute: () => Uint8Array) => Uint8Array): VirtualCard {
  let isDebited = false
  let isDone = false
  const isWatched = (instruction: number | undefined): boolean => {
    isDebited ||= instruction === DEBIT
    if (isDone || !isDebited || instruction !== watched) return false
    isDone = true
    return true
  }
  return {
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => card.reset(),
    transmit: (command) => (isWatched(command[1]) ? act(() => card.transmit(command)) : card.transmit(command))
  }
}

async function startMs(): Promise<number> {
  const other = readersThrough(bench().daemon)
  const ms = await other.see(({ trouble }) => trouble === undefined, 'a process starts')
  await other.readers.close()
  return ms
}

describeWithDaemon('the driver', () => {
  beforeAll(async () => {
    const daemon = await startDaemon({ readers: ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo'] })
    daemon.adopt()
    const module = moduleHere()
    const slots = await slotsOf(daemon, module)
    opened = { daemon, module, slots, through: readersThrough(daemon) }
    await Promise.all(slots.map((slot) => slot.insert()))
    ready.push(...slots)
  })
  afterAll(async () => {
    await opened?.through.readers.close()
    for (const slot of opened?.slots ?? []) slot.remove()
    await opened?.daemon.remove()
  })

  const inContract = (driver: (name: string) => CardReader) => async () => {
    void afterTest()
    return contractBench(driver)
  }
  cardReaderContract(
    'pcsc',
    inContract((name) => new PcscReader({ module: bench().module, name, delay: systemDelay, system: 'linux' }))
  )
  cardReaderContract(
    'pcsc, through the reader process',
    inContract((name) => bench().through.readers.reader(name))
  )

  describe('with other programs', () => {
    it('a part of a name that two readers have names both', async () => {
      const { through, slots } = bench()
      expect(await through.readers.reader('alpha').connect()).toMatchObject({
        ok: false,
        error: { kind: 'reader-fault', trouble: { kind: 'two-match', asked: 'alpha', matches: [slots[0]?.name, slots[1]?.name] } }
      })
      expect(through.readers.find('zulu')).toMatchObject({ kind: 'no-such-reader', asked: 'zulu' })
    })

    it('a program that has the card for itself is named, and seen', async () => {
      const { module, through } = bench()
      const { name } = await takeReady()
      const context = await contextOf(module)
      const other = await context.connect(name, { share: 'exclusive', protocols: ['T=0'] })
      invariant(other.ok, 'the other program connects')
      await through.see(({ readers }) => readers.some((seen) => seen.name === name && seen.card === 'held'), 'the card is seen held')
      expect(await through.readers.reader(name).connect()).toMatchObject({ ok: false, error: { trouble: { kind: 'held-by-other', reader: name } } })
      await other.value.disconnect('leave')
      context.release()
      expect((await through.readers.reader(name).connect()).ok).toBe(true)
    })

    it('its burst is waited for, and ours keeps it waiting; between bursts the card is anybody’s', async () => {
      const { module, through } = bench()
      const { name } = await takeReady()
      const connected = await through.readers.reader(name).connect()
      invariant(connected.ok && connected.value.hold !== undefined, 'the card answers')
      const { hold } = connected.value
      const context = await contextOf(module)
      const other = await context.connect(name, { share: 'shared', protocols: ['T=0'] })
      invariant(other.ok, 'the other program connects')
      const steps: string[] = []
      await other.value.begin()
      const ours = hold.begin().then(() => steps.push('ours begins'))
      await sleep(50)
      steps.push('theirs ends')
      await other.value.end()
      await ours
      const theirs = other.value.begin().then(() => steps.push('theirs begins'))
      await sleep(50)
      steps.push('ours ends')
      await hold.end()
      await theirs
      expect(steps).toEqual(['theirs ends', 'ours begins', 'ours ends', 'theirs begins'])
      await other.value.end()
      expect((await other.value.transmit(SELECT)).ok).toBe(true)
      context.release()
    })
  })

  describe('a settlement', () => {
    it('runs through two readers: the card in one, the PSAM in the other, and the other one’s slot does not matter', async () => {
      const [card, sam] = [await takeReady(), await takeReady()]
      sam.remove()
      await sam.published.insert(poweredPsam('terminal-v2').chip)
      const { through } = bench()
      const { readers } = through
      const PSAM_ATR_START = '3B'
      await through.see((seen) => seen.readers.some(({ name, atr }) => name === sam.name && atr !== undefined && atr !== ATR && atr.startsWith(PSAM_ATR_START)), 'the PSAM is seen')
      const connected = await readers.reader(sam.name).connect()
      invariant(connected.ok, 'the PSAM answers')
      const psam = await openPsam(connected.value)
      invariant(psam.ok, 'the PSAM opens')
      const { session, intent } = await initialisedIn(card.name, psam.value)
      const outcome = await session.debit(intent)
      expect(outcome).toMatchObject({ kind: 'debited', evidence: { source: 'debit-answer', balanceFits: true } })
      await session.close()
      expect(await (await verifiedIn(card.name, psam.value)).resolveDebit(intent)).toMatchObject({ kind: 'debited' })
    })

    it('ends where another program resets the card between the PIN and the debit: nothing is taken', async () => {
      const { name } = await takeReady()
      const session = await sessionIn(name, await fixturePsam())
      await session.verifyPin(pin(PIN))
      await foreignReset(name)
      expect(await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })).toEqual({
        ok: false,
        error: { kind: 'session-ended', cause: 'card-reset' }
      })
      expect(session.ended).toBe('card-reset')
    })

    it.each([
      ['before the card has it', DEBIT, (_: () => Uint8Array, kill: () => void) => (kill(), fromHex('6F00')), 'not-debited'],
      ['after the card did it', DEBIT, (execute: () => Uint8Array, kill: () => void) => (execute(), kill(), fromHex('6F00')), 'debited'],
      ['before its answer is fetched', GET_RESPONSE, (_: () => Uint8Array, kill: () => void) => (kill(), fromHex('6F00')), 'debited']
    ] as const)('whose reader process is killed in its middle, %s, resolves by proof', async (_, watched, act, resolved) => {
      const slot = await takeReady()
      const { through } = bench()
      slot.remove()
      await slot.published.insert(atCommand(slot.card.chip, watched, (execute) => act(execute, () => through.link().kill())))
      await through.see(({ readers }) => readers.some(({ name, card }) => name === slot.name && card === 'present'), 'the card is seen')
      await sleep(500)
      const { session, intent } = await initialisedIn(slot.name, await fixturePsam())
      expect(await session.debit(intent)).toEqual({ kind: 'unknown', cause: watched === DEBIT ? 'reader-fault' : 'no-answer' })
      const recoveredMs = await through.see(({ trouble }) => trouble === undefined, 'the readers are seen again')
      // What any process takes to start on this machine now is not ours.
      expect(recoveredMs).toBeLessThan(RECOVERY_MS_MAX + (await startMs()))
      const again = await verifiedIn(slot.name, await fixturePsam())
      expect((await again.resolveDebit(intent)).kind).toBe(resolved)
      await again.close()
    })
  })

  describe('a daemon', () => {
    it('that is stopped, crashes or starts is noticed within two seconds, and the card is back by itself', async () => {
      const { daemon, through, slots } = bench()
      const [slot] = slots
      invariant(slot !== undefined, 'there is a slot')
      for (const end of ['stop', 'kill'] as const) {
        const connected = await through.readers.reader(slot.name).connect()
        await daemon[end]()
        expect(await through.see(({ trouble }) => trouble?.kind === 'service-stopped', 'the end is seen')).toBeLessThan(RECOVERY_MS_MAX)
        if (connected.ok) expect(await connected.value.transmit(SELECT)).toMatchObject({ ok: false, error: { kind: 'reader-fault' } })
        await daemon.start()
        expect(await through.see(({ trouble }) => trouble === undefined, 'the start is seen')).toBeLessThan(RECOVERY_MS_MAX)
        await through.see(({ readers }) => readers.some(({ name, card }) => name === slot.name && card === 'present'), 'the card is back')
        const again = await through.readers.reader(slot.name).connect()
        invariant(again.ok, 'the card answers again')
        expect((await again.value.transmit(SELECT)).ok).toBe(true)
        await again.value.disconnect()
      }
    })
  })

  describe('what is broken is named by the reader process', () => {
    const folder = mkdtempSync(join(tmpdir(), 'readers-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    async function troubleWith(environment: Readonly<Record<string, string>>) {
      const through = readersThrough({ environment: { ...bench().daemon.environment, ...environment } })
      await through.see(({ trouble }) => trouble?.kind !== 'process-gone', 'the process has looked')
      const { trouble } = through.readers.seen
      await through.readers.close()
      return trouble
    }

    it('a binding that is not there', async () => {
      expect(await troubleWith({ CARESETTLE_PCSC_BINDING: '/nowhere/pcsc.node' })).toMatchObject({ kind: 'module-missing' })
    })

    it('a service that does not run', async () => {
      expect(await troubleWith({ PCSCLITE_CSOCK_NAME: join(folder, 'nobody.comm') })).toEqual({ kind: 'service-stopped' })
    })

    it('a service of another version', async () => {
      const path = join(folder, 'other.comm')
      const server = await daemonOfAnotherVersion(path)
      expect(await troubleWith({ PCSCLITE_CSOCK_NAME: path })).toEqual({ kind: 'version-mismatch' })
      server.close()
    })
  })

  describe('a hundred cards come and go', () => {
    it('and nothing of them stays: no handle, no thread, no connection', async () => {
      const { through, slots } = bench()
      const { pid } = through.link()
      const cycle = async (slot: Slot): Promise<void> => {
        await slot.insert()
        const connected = await through.readers.reader(slot.name).connect()
        if (!connected.ok) throw new Error(`the card in ${slot.name} does not answer: ${JSON.stringify(connected.error)}`)
        await connected.value.transmit(SELECT)
        await connected.value.hold?.begin()
        slot.remove()
        await connected.value.disconnect()
      }
      for (const slot of slots) slot.remove()
      await Promise.all(slots.map(cycle))
      await sleep(SETTLED_MS)
      const before = open(pid)
      for (let time = 0; time < CYCLES_EACH; time++) await Promise.all(slots.map(cycle))
      await until(() => open(pid) <= before, `the reader process has no more than ${before} descriptors open`)
      expect(open(pid)).toBeLessThanOrEqual(before)
    })
  })
})

const CYCLES_EACH = 10
/** Conversations are ended without being waited for. */
const SETTLED_MS = 300

/** Descriptors of a process, as Linux counts them: each conversation with the daemon is one. */
const open = (pid: number | undefined): number => readdirSync(`/proc/${pid}/fd`).length
