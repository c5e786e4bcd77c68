/** A simulated card of this test, in its memory, in a slot of a daemon: what `caresettle card publish` does with a file. */

import { once } from 'node:events'
import { invariant } from '../../../base/invariant.ts'
import { PublishedSlot } from '../../../card/publish/published-slot.ts'
import type { VirtualCard } from '../../../card/reader/virtual/virtual-card.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import { DriverLink } from '../../../electron/cli/publish/driver-link.ts'

export interface Published {
  /** In which the card stands: its faults are those of the published card. */
  readonly reader: VirtualReader
  /** How often the driver has taken a card in. */
  readonly arrivals: () => number
  /** Fulfils when the driver has the card in its slot. A card that is in is taken out first, long enough to be missed. */
  insert(card: VirtualCard): Promise<void>
  /** Closes the driver's socket: how a card is pulled, also in the middle of a command. */
  remove(): void
  /** Fulfils when the driver has lost the card: by `remove`, by a fault, by a loss of supply. */
  left(): Promise<void>
}

/** `port`: of the slot, as `daemon.ports` names those of the first slots. */
export function publishedAt(port: number): Published {
  const reader = new VirtualReader(`published at ${port}`)
  const events = new EventTarget()
  let arrivals = 0
  const link = new DriverLink(
    { host: '127.0.0.1', port },
    {
      joined: () => (arrivals += 1),
      driverGone: () => events.dispatchEvent(new Event('left')),
      left: () => events.dispatchEvent(new Event('left'))
    }
  )
  return {
    reader,
    arrivals: () => arrivals,
    async insert(card) {
      reader.insert(card)
      const connected = await reader.connect()
      invariant(connected.ok, 'the card has an answer to reset')
      const { atr } = connected.value
      await connected.value.disconnect()
      const joined = await link.join((line) => new PublishedSlot(reader, atr, line))
      invariant(joined.ok, `the card gets into its slot: ${joined.ok ? '' : joined.error.kind}`)
    },
    remove() {
      link.leave()
      reader.remove()
      events.dispatchEvent(new Event('left'))
    },
    left: async () => void (await once(events, 'left'))
  }
}
