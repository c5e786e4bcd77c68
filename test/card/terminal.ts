/** A terminal for tests: virtual reader, fixture card, fixture PSAM, joined as the host joins them. */

import { readFileSync } from 'node:fs'
import { invariant } from '../../base/invariant.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import { tracedChannel, type TraceEntry } from '../../card/channel/trace.ts'
import { openPsam, type PsamSession } from '../../card/psam/psam-session.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { Pin } from '../../card/secret/pin.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import { openCardSession, type OpenRefusal } from '../../card/session/open-card-session.ts'
import type { Result } from '../../base/result.ts'
import { cardUnderTest, type CardUnderTest } from '../chip/card-under-test.ts'
import { countingEntropy, poweredPsam, type PsamFixture } from '../support/psam.ts'

export const TODAY = '2026-03-15'
export const TIME = '20260315093015'

export function fixtureCard(name: string, changed: object = {}): CardUnderTest {
  const json: unknown = JSON.parse(readFileSync(`fixtures/cards/${name}.json`, 'utf8'))
  return cardUnderTest({ ...(json as object), ...changed })
}

export async function fixturePsam(name: PsamFixture = 'terminal-v2'): Promise<PsamSession> {
  const { chip } = poweredPsam(name)
  const reader = new VirtualReader('psam')
  reader.insert(chip)
  const connected = await reader.connect()
  invariant(connected.ok, 'the PSAM answers')
  const opened = await openPsam(connected.value)
  invariant(opened.ok, 'the PSAM opens')
  return opened.value
}

export function pin(digits: string): Pin {
  const parsed = Pin.parse(digits)
  invariant(parsed.ok, 'a PIN of digits')
  return parsed.value
}

/** Everything that leaves for the card, in hex, through any reader. */
export function recorded(reader: CardReader, trace: TraceEntry[]): CardReader {
  return {
    name: reader.name,
    async connect() {
      const connected = await reader.connect()
      if (!connected.ok) return connected
      const { value } = connected
      const channel = tracedChannel(value, (entry) => trace.push(entry), { readAnswers: 'whole' })
      const transmit = (command: Uint8Array) => channel.transmit(command)
      return { ok: true, value: { ...value, atr: value.atr, transmit } }
    }
  }
}

export class TestTerminal {
  readonly reader = new VirtualReader('counter')
  readonly trace: TraceEntry[] = []
  readonly psam: PsamSession | undefined

  constructor(psam: PsamSession | undefined) {
    this.psam = psam
  }

  open(): Promise<Result<CardSession, OpenRefusal>> {
    return openCardSession({
      reader: recorded(this.reader, this.trace),
      psam: this.psam,
      entropy: countingEntropy(),
      today: TODAY
    })
  }

  async session(): Promise<CardSession> {
    const opened = await this.open()
    invariant(opened.ok, `the card opens: ${JSON.stringify(opened)}`)
    return opened.value
  }

  /** How many commands with this INS reached the card. */
  sent(instruction: string): number {
    return this.trace.filter(({ command }) => command.slice(2, 4) === instruction).length
  }
}

export async function terminalWith(card: CardUnderTest, psam: PsamFixture = 'terminal-v2'): Promise<TestTerminal> {
  const terminal = new TestTerminal(await fixturePsam(psam))
  terminal.reader.insert(card.chip)
  return terminal
}
