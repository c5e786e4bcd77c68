/**
 * A real host whose data folder lies on a disk of a few megabytes, at a counter without a centre: one card, one visit after the
 * other. The disk fills up, is full, has room again, is read-only. What a till must do: refuse by name, charge nobody for what it
 * cannot write down, and go on when there is room.
 */

import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { HostTerminal } from '../../../support/host-terminal.ts'
import { auditFolders } from '../../auditor/audit-folders.ts'
import { makeCards, type CardsOfARun } from '../cards-of-a-run.ts'
import { Dice } from '../dice.ts'
import { Durations } from '../durations.ts'
import { EventTail } from '../event-tail.ts'
import { MortalTill } from '../mortal-till.ts'
import { Tally } from '../tally.ts'
import { Refused } from '../till-window.ts'
import type { Finding, TorturePorts } from '../torture-ports.ts'
import { visitText } from '../visit-text.ts'
import { SmallDisk } from './small-disk.ts'

const HOSPITAL = 'H99999900001'
/** Not enough for a grown log, which has to be given up first. */
const DISK_MEGABYTES = 8
const KILOBYTE = 1024

export class TillOnSmallDisk {
  readonly disk: SmallDisk
  readonly findings: Finding[] = []
  readonly events = new EventTail(() => performance.now())
  readonly #till: MortalTill
  readonly #run: CardsOfARun
  readonly #data: string
  readonly #cards: string
  readonly #dice = new Dice(1)
  #opening: Uint8Array | undefined

  private constructor(folder: string, disk: SmallDisk) {
    this.disk = disk
    this.#run = makeCards(folder)
    this.#data = join(disk.folder, 'till')
    mkdirSync(this.#data)
    // Chips are no part of this disk.
    this.#cards = join(folder, 'cards')
    mkdirSync(this.#cards)
    symlinkSync(this.#cards, join(this.#data, 'cards'))
    const ports: TorturePorts = {
      dice: this.#dice,
      durations: new Durations(),
      events: this.events,
      kills: new Tally(),
      operations: new Tally(),
      now: () => performance.now(),
      mayKill: () => false,
      found: (finding) => void this.findings.push(finding)
    }
    this.#till = new MortalTill({ name: 'till', folder: this.#data, kind: 'hospital', institution: HOSPITAL, fixtures: this.#run.fixtures }, ports)
  }

  /** undefined: nothing can be mounted here, which needs root. */
  static mount(folder: string): TillOnSmallDisk | undefined {
    const disk = SmallDisk.mount(join(folder, 'disk'), DISK_MEGABYTES)
    return disk === undefined ? undefined : new TillOnSmallDisk(folder, disk)
  }

  async start(): Promise<void> {
    await this.#till.start()
    if (this.#opening !== undefined) return
    await this.#till.window.insert(this.#card.id)
    this.#opening = new Uint8Array(readFileSync(this.#cardFile))
  }

  /** "settled", or the kind of the refusal. The card is put in anew, so whatever it left open is asked of it first. */
  async settle(visitNo: string): Promise<string> {
    const { window } = this.#till
    try {
      await window.value('reader.remove', {})
      const { presence } = await window.insert(this.#card.id)
      await window.value('card.verify-pin', { presence, pin: this.#card.pin, lastTry: true })
      const { revision, outcome } = await window.value('bill.open-text', { text: visitText(visitNo, HOSPITAL, Date.now(), this.#dice) })
      if (outcome.state !== 'computed') return outcome.state
      const { settlementId } = await window.value('settle', { presence, revision, cash: outcome.sums.cash })
      await window.value('statement.print', { settlementId, format: 'a5' })
      return 'settled'
    } catch (cause) {
      if (cause instanceof Refused) return cause.kind
      throw cause
    }
  }

  /** With so many kilobytes left, and the same visit once more when there is room. */
  async settleWithRoomFor(kilobytes: number): Promise<readonly [full: string, roomAgain: string]> {
    this.disk.fill(kilobytes * KILOBYTE)
    const visitNo = `F-${kilobytes}`
    const full = await this.settle(visitNo)
    this.disk.free()
    return [full, await this.settle(visitNo)]
  }

  async stop(): Promise<void> {
    await this.#till.stop()
  }

  /** Whether a host that starts now is ready, or what it says and with which code it ends; everything that it wrote to standard error. */
  async startsAs(): Promise<{ readonly state: string; readonly complaint: string }> {
    const said: string[] = []
    const host = new HostTerminal({ data: this.#data, fixtures: this.#run.fixtures, complains: (text) => void said.push(text) })
    const state = await host.heard((event) => (event.topic !== 'host' ? undefined : event.host.state === 'failed' ? `failed: ${event.host.reason}` : event.host.state), host.events)
    if (state === 'ready') host.child.kill('SIGTERM')
    const code = await host.exited
    return { state: state === 'ready' ? state : `${state}; exit ${String(code)}`, complaint: said.join('') }
  }

  /** By the independent auditor: what lies on the disk, and what the card says. */
  async audit(): Promise<readonly string[]> {
    if (this.#opening === undefined) return ['it was never started']
    const card = { name: this.#card.id, image: new Uint8Array(readFileSync(this.#cardFile)), opening: this.#opening }
    const view = { tills: [{ name: 'till', folder: this.#data }], cards: [card], centre: undefined, told: [], secrets: { pins: [], keys: [] }, isQuiet: true }
    return (await auditFolders(view)).map(({ message }) => message)
  }

  async close(): Promise<void> {
    await this.stop()
    this.disk.unmount()
  }

  get #card() {
    const [card] = this.#run.cards
    if (card === undefined) throw new Error('a run has cards')
    return card
  }

  get #cardFile(): string {
    return join(this.#cards, `${this.#card.id}.card`)
  }
}
