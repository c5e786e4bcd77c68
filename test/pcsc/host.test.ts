/**
 * The terminal host at a real daemon, with a published card in a reader of it: a whole settlement, and everything that breaks on
 * the way. Whatever breaks: the host goes on answering, says which link it is, goes on within two seconds of the cause's
 * end, and a settlement that was open is resolved by what the card proves.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { SSC_LB002 } from '../../card/session/purse-commands.ts'
import type { TerminalEvent, TerminalState } from '../../electron/contract/events.ts'
import type { ReaderView } from '../../electron/contract/reader-view.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { fixtureCard } from '../card/terminal.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'
import { poweredPsam } from '../support/psam.ts'
import { startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'
import { publishedAt, type Published } from './support/published.ts'

const DEBIT = SSC_LB002.debitForPurchase.ins
/** From the end of a cause until the window may be used again. */
const RECOVERED_MS = 2_000

describeWithDaemon('the terminal host', () => {
  const folder = temporaryFolder()
  const data = folder.path('data')
  const { chip } = fixtureCard('in-service-32k')
  /** Done once, when the card has been told to pay and has not yet. */
  let atDebit = (): unknown => undefined
  const watched: VirtualCard = {
    powerOn: () => chip.powerOn(),
    powerOff: () => chip.powerOff(),
    reset: () => chip.reset(),
    transmit: (command) => {
      if (command[1] === DEBIT) {
        atDebit()
        atDebit = () => undefined
      }
      return chip.transmit(command)
    }
  }
  let daemon: Daemon
  let card: Published
  let sam: Published
  let host: HostTerminal
  let visit: string

  beforeAll(async () => {
    daemon = await startDaemon({ readers: ['Virtual PCD', 'SAM'] })
    daemon.adopt()
    card = publishedAt(daemon.ports[0] ?? 0)
    sam = publishedAt(daemon.ports[1] ?? 0)
    mkdirSync(data, { recursive: true })
    const institution = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', level: 2 }
    writeFileSync(join(data, 'till.json'), JSON.stringify({ institution, terminal_name: '1', reader: { kind: 'pcsc', card: 'pcd 00 00' } }))
    host = await startHost({ data })
    visit = readFileSync(join(data, 'queue', '01-internal-medicine.json'), 'utf8')
  })
  afterAll(async () => {
    card.remove()
    sam.remove()
    await host.stop()
    await daemon.remove()
    folder.remove()
  })

  const state = async (): Promise<TerminalState> => {
    const answer = await host.call('terminal.state', {})
    if (!answer.ok) throw new Error(answer.error.kind)
    return answer.value
  }
  /** What was told last, once it is so; and how long that took. */
  const until = async (isSo: (state: TerminalState) => boolean): Promise<number> => {
    const begun = performance.now()
    await expect.poll(async () => isSo(await state()), { timeout: 15_000, interval: 20 }).toBe(true)
    return performance.now() - begun
  }
  const waitsForPin = ({ inDoubt }: TerminalState): boolean => inDoubt.length === 1 && inDoubt.every(({ needsPin }) => needsPin)
  const isReady = ({ panel }: TerminalState): boolean => panel.state === 'ready'
  const brokenLinks = ({ chain }: ReaderView): string[] => chain.filter(({ state: of }) => of === 'broken').map(({ link }) => link)
  const resolutions = (): string[] => host.events.flatMap((event: TerminalEvent) => (event.topic === 'resolved' ? event.resolutions.map(({ outcome }) => outcome) : []))

  let visits = 0
  /** A visit of the card's holder, as the hospital has written one today, under a number of its own. */
  async function openBill(): Promise<void> {
    visits += 1
    const text = visit.replace(/"ipt_otp_no": *"[^"]*"/, `"ipt_otp_no": "MZ-PCSC-${visits}"`)
    const opened = await host.call('bill.open-text', { text })
    expect(opened.ok || opened.error).toBe(true)
  }

  async function givePin(): Promise<number> {
    const { panel } = await state()
    if (panel.state !== 'ready') throw new Error(`the panel shows ${panel.state}`)
    const { presence } = panel.card
    const verified = await host.call('card.verify-pin', { presence, pin: '246810', lastTry: false })
    if (!verified.ok) throw new Error(verified.error.kind)
    return presence
  }

  async function settleParams() {
    await openBill()
    const presence = await givePin()
    const { bill } = await state()
    if (bill?.outcome.state !== 'computed') throw new Error(`not computed: ${JSON.stringify(bill?.outcome)}`)
    return { presence, revision: bill.revision, cash: bill.outcome.sums.cash }
  }

  /** The process that holds the binding: the host's only child. */
  const readerPid = (): number => Number.parseInt(execFileSync('pgrep', ['-P', String(host.child.pid), '-f', 'electron/reader/process']).toString(), 10)

  it('settles a whole visit on a card in the system’s reader', async () => {
    await card.insert(watched)
    await until(isReady)
    const { reader } = await state()
    expect(reader).toMatchObject({ name: 'Virtual PCD 00 00', kind: 'pcsc', trouble: null, tray: [], faults: [] })
    expect(reader.readers.map(({ name, serves }) => [name, serves])).toContainEqual(['Virtual PCD 00 00', 'card'])
    expect(reader.answerToReset?.words.zh).toContain('像社会保障卡')
    const statement = await host.call('settle', await settleParams())
    expect(statement).toMatchObject({ ok: true, value: { state: 'settled', holder: { name: '测试一' } } })
  })

  it('a card that is pulled is another presence when it comes back', async () => {
    const before = await state()
    card.remove()
    await until(({ panel }) => panel.state === 'no-card')
    await card.insert(watched)
    await until(isReady)
    const after = await state()
    expect(after.panel.state === 'ready' && before.panel.state === 'ready' && after.panel.card.presence > before.panel.card.presence).toBe(true)
  })

  it('a debit whose answer the card takes along is resolved by the card when it is back and has its PIN', async () => {
    const params = await settleParams()
    card.reader.faults.arm({ effect: 'remove-after', instruction: [DEBIT], occurrence: 1 })
    const left = card.left()
    expect(await host.call('settle', params)).toMatchObject({ ok: false, error: { kind: 'in-doubt' } })
    await left
    await until(({ panel }) => panel.state === 'no-card')
    expect((await state()).inDoubt).toHaveLength(1)
    await card.insert(watched)
    await until(waitsForPin)
    expect(resolutions()).toEqual(['in-doubt'])
    await givePin()
    expect((await state()).inDoubt).toEqual([])
    expect(resolutions()).toEqual(['in-doubt', 'posted'])
  })

  it('the reader process is killed in the middle of a settlement: the window goes on, and the same card says what became of it', async () => {
    await until(isReady)
    const params = await settleParams()
    atDebit = () => process.kill(readerPid(), 'SIGKILL')
    expect(await host.call('settle', params)).toMatchObject({ ok: false, error: { kind: 'in-doubt' } })
    // The card was debited, and lies where it lay: the next process reads it, and after the PIN it proves what was charged.
    expect(await until((now) => isReady(now) && waitsForPin(now))).toBeLessThan(RECOVERED_MS)
    await givePin()
    expect((await state()).inDoubt).toEqual([])
    expect(resolutions().at(-1)).toBe('posted')
    const verified = verifyLedger(join(data, 'ledger.db'))
    expect(verified.ok && verified.value.findings).toEqual([])
  })

  it('says that the service does not run, and goes on when it does', async () => {
    await daemon.stop()
    // Whoever asks a service that is going down may be turned away before it is gone.
    await until(({ reader }) => reader.trouble !== null && reader.trouble.kind !== 'service-refuses')
    const broken = await state()
    expect([broken.reader.trouble?.kind, brokenLinks(broken.reader), broken.panel.state]).toEqual(['service-stopped', ['service'], 'no-reader'])
    expect(broken.panel.state === 'no-reader' && broken.panel.refusal.kind).toBe('service-stopped')
    await daemon.start()
    expect(await until(({ reader }) => reader.trouble === null)).toBeLessThan(RECOVERED_MS)
    await card.insert(watched)
    await until(isReady)
  })

  it('a reader that is not there is named with those that are', async () => {
    expect((await host.call('reader.choose', { choice: { kind: 'pcsc', card: 'no such reader' } })).ok).toBe(true)
    await until(({ reader }) => reader.trouble?.kind === 'no-such-reader')
    expect((await state()).reader.trouble?.detail).toContain('Virtual PCD 00 01')
  })

  it('asks a PSAM in a slot of its own, says when it is gone, and goes on when it is back', async () => {
    const psam = poweredPsam('terminal-v2').chip
    await sam.insert(psam)
    expect((await host.call('reader.choose', { choice: { kind: 'pcsc', card: 'PCD 00 00', psam: { reader: 'SAM 00 00' } } })).ok).toBe(true)
    await until(isReady)
    expect((await state()).reader.chain.find(({ link }) => link === 'psam')?.state).toBe('good')
    sam.remove()
    await until(({ reader }) => reader.trouble?.kind === 'psam-slot-empty')
    await sam.insert(psam)
    await until((now) => now.reader.trouble === null && isReady(now))
    const statement = await host.call('settle', await settleParams())
    expect(statement).toMatchObject({ ok: true, value: { state: 'settled' } })
  })

  it('leaves the real reader for the simulated one, and no process behind', async () => {
    const pid = readerPid()
    expect((await host.call('reader.choose', { choice: { kind: 'simulated' } })).ok).toBe(true)
    expect((await state()).reader).toMatchObject({ kind: 'virtual', trouble: null })
    await expect.poll(() => isAlive(pid)).toBe(false)
    expect((await host.call('reader.insert', { card: 'retired-32k' })).ok).toBe(true)
    await until(isReady)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
