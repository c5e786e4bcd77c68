/** Whatever a card sends: no exception, no endless loop, no VERIFY and no debit more than a person asked for. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { PurseStub } from '../../test/support/purse-stub.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import { Pin } from '../secret/pin.ts'
import type { CardSession } from './card-session.ts'
import { openCardSession } from './open-card-session.ts'

/** Far above what any operation needs, far below for ever. */
const COMMANDS_MAX = 3000

/** Behaves until the `from`-th command, then answers from `noise`, over and over. */
class HostileCard extends PurseStub {
  #calls = 0
  readonly #noise: readonly Uint8Array[]
  readonly #from: number

  constructor(noise: readonly Uint8Array[], from: number) {
    super({ balance: 20_000 })
    this.#noise = noise
    this.#from = from
  }

  override transmit(command: Uint8Array): Uint8Array {
    this.#calls += 1
    const good = super.transmit(command)
    return this.#calls < this.#from ? good : (this.#noise[this.#calls % this.#noise.length] ?? good)
  }
}

/** Half of the answers end in a word that means something, so that garbage gets past the first check. */
const answer = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(0x9000, 0x6108, 0x6100, 0x6c10, 0x6282, 0x63c3, 0x6982, 0x6a83, 0x9406))
    .map(([data, sw]) => Uint8Array.of(...data, sw >> 8, sw & 0xff))
)

function pin(): Pin {
  const parsed = Pin.parse('123456')
  invariant(parsed.ok, 'digits')
  return parsed.value
}

async function everything(session: CardSession): Promise<{ readonly pinSubmissions: number; readonly debits: number }> {
  await session.readHolder()
  await session.readMedical()
  await session.readPhoto()
  await session.pinTriesLeft()
  await session.verifyPin(pin())
  await session.readBalance()
  await session.readYearlyTotals()
  await session.readTransactionLog()
  await session.readSpecialSettlements()
  await session.readOfflineCounters()
  await session.writeOfflineCounters({ amount: 1, count: 1 })
  const intent = await session.initialiseDebit({ amounts: { account: 1, own: 0, pooled: 0 }, time: '20260315093015' })
  if (!intent.ok) return { pinSubmissions: 1, debits: 0 }
  const outcome = await session.debit(intent.value)
  await session.resolveDebit(intent.value)
  expect(['debited', 'not-debited', 'unknown']).toContain(outcome.kind)
  return { pinSubmissions: 1, debits: 1 }
}

async function meet(noise: readonly Uint8Array[], from: number) {
  const card = new HostileCard(noise, from)
  const reader = new VirtualReader('counter')
  reader.insert(card)
  const opened = await openCardSession({
    reader,
    psam: scriptedModule(),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  const asked = opened.ok ? await everything(opened.value) : { pinSubmissions: 0, debits: 0 }
  return { card, asked, opened: opened.ok }
}

describe('a card that sends garbage', () => {
  it('never loops, throws, or gets a VERIFY or a debit that nobody asked for', async () => {
    let openedCount = 0
    let debitCount = 0
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), fc.nat({ max: 90 }), async (noise, from) => {
        const { card, asked, opened } = await meet(noise, from)
        openedCount += Number(opened)
        debitCount += asked.debits
        expect(card.sent.length).toBeLessThan(COMMANDS_MAX)
        // A query of the tries left has no body: four bytes.
        const verifies = card.sent.filter((command) => command.startsWith('0020') && command.length > 8)
        expect(verifies.length).toBeLessThanOrEqual(asked.pinSubmissions)
        expect(card.count('2C')).toBeLessThanOrEqual(asked.debits)
      }),
      { numRuns: 400, seed: 20260315 }
    )
    // Not vacuous: the garbage came before, in and after opening, and some cards got as far as a debit.
    expect(openedCount).toBeGreaterThan(50)
    expect(debitCount).toBeGreaterThan(10)
  })
})
