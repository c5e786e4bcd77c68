/**
 * After an exchange that broke off: did the card leave? The service looks at its slots a few times a second, so what it says at
 * once may be of before. A card that is still there after that time was there all along.
 */

import type { Delay } from './delay.ts'
import type { PcscContext } from './pcsc-module.ts'

export type CardPlace = 'in-slot' | 'left' | 'reader-gone' | 'service-gone'

/** pcsc-lite looks every 400 ms where a reader does not tell by itself. */
const NOTICE_MS = 600

export async function whereIs(context: PcscContext, reader: string, delay: Delay): Promise<CardPlace> {
  let isOver = false
  const cancel = delay.after(NOTICE_MS, () => {
    isOver = true
    context.cancel()
  })
  const place = await watch(context, reader, () => isOver)
  cancel()
  return place
}

async function watch(context: PcscContext, reader: string, isOver: () => boolean): Promise<CardPlace> {
  for (;;) {
    const readers = await context.readers()
    if (!readers.ok) return 'service-gone'
    const status = readers.value.find(({ name }) => name === reader)
    if (status === undefined) return 'reader-gone'
    if (!status.present) return 'left'
    if (isOver()) return 'in-slot'
    const waited = await context.waitForChange([status], NOTICE_MS)
    if (!waited.ok) return 'service-gone'
  }
}
