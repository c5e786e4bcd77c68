/**
 * A settlement over the system's PC/SC, whose card is pulled inside the debit by closing the driver's socket, or loses its supply
 * there; and the proof after it was put in again.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { PsamSession } from '../../card/psam/psam-session.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type { DebitIntent } from '../../card/session/debit-intent.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import { fixtureCard, fixturePsam, pin, TIME, TODAY } from '../card/terminal.ts'
import type { CardUnderTest } from '../chip/card-under-test.ts'
import { countingEntropy } from '../support/psam.ts'
import { slotOf, startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'
import { ourDriver } from './support/our-driver.ts'
import { publishedAt, type Published } from './support/published.ts'

const AMOUNTS = { account: 5000, own: 200, pooled: 10_000 }
const CARD = 'in-service-32k'
const DEBIT = 0x2c

/** What happens when the debit has come to the card. */
type Event = (card: CardUnderTest, slot: Published, execute: () => Uint8Array) => Uint8Array

const EVENTS: Readonly<Record<string, { readonly event: Event; readonly happened: boolean }>> = {
  'pulled before the card hears of it': {
    event: (_, slot) => {
      slot.remove()
      return new Uint8Array(0)
    },
    happened: false
  },
  'pulled when the card has debited and not answered': {
    event: (_, slot, execute) => {
      const answer = execute()
      slot.remove()
      return answer
    },
    happened: true
  },
  'without supply before the card has decided': {
    event: ({ medium }, _, execute) => {
      medium.cutAfter(10)
      return execute()
    },
    happened: false
  },
  'without supply at the last byte that the card writes': {
    event: ({ medium }, _, execute) => {
      medium.cutAfter(bytesOfDebit - 1)
      return execute()
    },
    happened: true
  }
}

let bytesOfDebit = 0

const eventAtDebit = (card: CardUnderTest, slot: Published, event: Event): VirtualCard => ({
  powerOn: () => card.chip.powerOn(),
  powerOff: () => card.chip.powerOff(),
  reset: () => card.chip.reset(),
  transmit: (command) => {
    const execute = (): Uint8Array => card.chip.transmit(command)
    return command[1] === DEBIT ? event(card, slot, execute) : execute()
  }
})

async function verifiedSession(reader: CardReader, psam: PsamSession): Promise<CardSession> {
  const opened = await openCardSession({ reader, psam, entropy: countingEntropy(), today: TODAY })
  invariant(opened.ok, `the card opens: ${JSON.stringify(opened)}`)
  expect(await opened.value.verifyPin(pin('246810'))).toEqual({ ok: true, value: null })
  return opened.value
}

async function initialised(session: CardSession): Promise<DebitIntent> {
  const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
  invariant(intent.ok, `the debit is initialised: ${JSON.stringify(intent)}`)
  return intent.value
}

/** A settlement without PC/SC: how much the card writes for it. */
async function measureDebit(): Promise<number> {
  const card = fixtureCard(CARD)
  const reader = new VirtualReader('measured')
  reader.insert(card.chip)
  const session = await verifiedSession(reader, await fixturePsam())
  const intent = await initialised(session)
  const before = card.medium.written
  await session.debit(intent)
  return card.medium.written - before
}

describeWithDaemon('a settlement whose card leaves inside the debit', () => {
  let daemon: Daemon

  beforeAll(async () => {
    daemon = await startDaemon({ readers: ['A', 'B'] })
    bytesOfDebit = await measureDebit()
  })
  afterAll(() => daemon.remove())

  // Each in a slot of its own: most of the time the daemon is waited for, which looks for cards every 400 ms.
  it.concurrent.each(Object.entries(EVENTS).map(([name, { event, happened }], index) => ({ name, event, happened, index })))(
    '$name: unknown, and proved when it is in again',
    async ({ event, happened, index }) => {
      const { name, port } = slotOf(daemon, index)
      const slot = publishedAt(port)
      const reader = ourDriver(daemon, name)
      const card = fixtureCard(CARD)
      const psam = await fixturePsam()
      await slot.insert(eventAtDebit(card, slot, event))
      const session = await verifiedSession(reader, psam)
      const intent = await initialised(session)
      expect(await session.debit(intent)).toMatchObject({ kind: 'unknown' })

      card.medium.restorePower()
      await slot.insert(card.chip)
      const again = await verifiedSession(reader, psam)
      const resolution = await again.resolveDebit(intent)
      const evidence = { source: 'transaction-prove', serialAfter: 6, balanceAfter: 271_000, balanceFits: true }
      expect(resolution).toMatchObject(happened ? { kind: 'debited', evidence } : { kind: 'not-debited', proof: 'serial-unchanged' })
      expect(await again.readBalance()).toEqual({ ok: true, value: happened ? 271_000 : 276_000 })
      await again.close()
      slot.remove()
    }
  )
})
