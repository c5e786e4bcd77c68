/** The quiet period: nobody dies any more, every card is put into every reader, everything is sent and confirmed. */

import type { Clerk } from './clerk.ts'
import type { MortalCentre } from './mortal-centre.ts'
import type { MortalTill } from './mortal-till.ts'
import type { TorturePorts } from './torture-ports.ts'

const SENT_MS_MAX = 60_000
const LOOK_EVERY_MS = 100

export async function becomeQuiet(
  centre: MortalCentre,
  tills: readonly { readonly till: MortalTill; readonly clerk: Clerk }[],
  ports: TorturePorts
): Promise<void> {
  await Promise.all(tills.map(({ till }) => till.stop()))
  await centre.start()
  for (const { till } of tills) await till.start()
  for (const { clerk } of tills) await clerk.letGo()
  for (const { clerk } of tills) await clerk.proveEverything()
  for (const { till } of tills) await everythingSent(till, ports)
  for (const { till } of tills) await till.stop()
}

/** What the centre does not book waits parked, for a person: that is an answer too. */
async function everythingSent({ window, place }: MortalTill, { now, found }: TorturePorts): Promise<void> {
  const until = now() + SENT_MS_MAX
  // A host that died in a pause comes back in it.
  await window.ask('sync.resume', {})
  let waits = ''
  while (now() < until) {
    await window.ask('sync.now', {})
    const { sync } = await window.state()
    if (sync.queue.facts === 0 && sync.queue.batches === 0 && sync.unconfirmed.count === sync.parked.length && sync.link === 'up') return
    waits = `link ${sync.link}, ${sync.queue.facts} facts and ${sync.queue.batches} batches to send, ${sync.unconfirmed.count} unconfirmed, ${sync.parked.length} parked`
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  found({ where: place.name, what: `not everything was sent in ${SENT_MS_MAX} ms of quiet: ${waits}` })
}
