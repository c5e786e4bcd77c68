/**
 * The slot of a real reader. Nobody tells it to insert or remove: it looks at what the system says of its reader, and a card
 * that comes is a presence. What is broken on the way is a trouble, and gone by itself as soon as the cause is.
 */

import { never } from '../../../base/invariant.ts'
import { refuse } from '../../../base/result.ts'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { PcscChoice } from '../../contract/reader-choice.ts'
import type { ReadersSeen, RealReaders, SeenReader } from '../../reader/real-readers.ts'
import type { CardSlot, CountPresence } from './card-slot.ts'
import { observedReader, type ExchangeObserver } from './observed-reader.ts'

export interface RealSlotPorts {
  readonly readers: RealReaders
  readonly choice: PcscChoice
  readonly countPresence: CountPresence
  /** A card came or left, or something broke or is whole again. */
  readonly changed: () => void
  readonly trace: ExchangeObserver['after']
  readonly now: ExchangeObserver['now']
}

type Standing =
  /** Nothing was heard of the readers yet. */
  | { readonly kind: 'looking' }
  | { readonly kind: 'broken'; readonly trouble: ReaderTrouble }
  | { readonly kind: 'empty'; readonly seen: SeenReader }
  | { readonly kind: 'card'; readonly seen: SeenReader; readonly presence: number }

export class RealSlot implements CardSlot {
  readonly reader: CardReader
  readonly isShared = true
  readonly #ports: RealSlotPorts
  readonly #stop: () => void
  #standing: Standing = { kind: 'looking' }

  constructor(ports: RealSlotPorts) {
    this.#ports = ports
    this.reader = observedReader(this.#chosenReader(), { before: () => Promise.resolve(), after: ports.trace, now: ports.now })
    this.#stop = ports.readers.onChange((seen) => this.#look(seen))
    this.#standing = isStarting(ports.readers.seen) ? { kind: 'looking' } : this.#next(ports.readers.seen)
  }

  get presence(): number | undefined {
    return this.#standing.kind === 'card' ? this.#standing.presence : undefined
  }

  get trouble(): ReaderTrouble | undefined {
    return this.#standing.kind === 'broken' ? this.#standing.trouble : undefined
  }

  /** The reader that was chosen; undefined while none fits. */
  get seen(): SeenReader | undefined {
    const standing = this.#standing
    return standing.kind === 'empty' || standing.kind === 'card' ? standing.seen : undefined
  }

  /** Nothing is told afterwards. */
  close(): void {
    this.#stop()
    this.#standing = { kind: 'looking' }
  }

  #chosenReader(): CardReader {
    const { readers, choice } = this.#ports
    const seen = (): SeenReader | undefined => this.seen
    return {
      get name() {
        return seen()?.name ?? choice.card ?? ''
      },
      connect: async () => {
        const chosen = seen()
        if (chosen !== undefined) return readers.reader(chosen.name).connect()
        const { trouble } = this
        return refuse(trouble === undefined ? { kind: 'no-card' } : { kind: 'reader-fault', detail: trouble.kind, trouble })
      }
    }
  }

  #look(seen: ReadersSeen): void {
    const before = this.#standing
    this.#standing = this.#next(seen)
    if (!isSame(before, this.#standing)) this.#ports.changed()
  }

  #next(seen: ReadersSeen): Standing {
    if (seen.trouble !== undefined) return { kind: 'broken', trouble: seen.trouble }
    if (seen.readers.length === 0) return { kind: 'looking' }
    const chosen = chosenAmong(this.#ports.choice, this.#ports.readers, seen)
    if ('kind' in chosen) return { kind: 'broken', trouble: chosen }
    switch (chosen.card) {
      case 'empty':
        return { kind: 'empty', seen: chosen }
      case 'held':
        return { kind: 'broken', trouble: { kind: 'held-by-other', reader: chosen.name } }
      // A mute card is there all the same: reading it says what is wrong with it.
      case 'present':
      case 'mute':
        return { kind: 'card', seen: chosen, presence: this.#presenceOf(chosen) }
      default:
        return never(chosen.card)
    }
  }

  /** The same as before while the same card lies in the same reader. */
  #presenceOf(chosen: SeenReader): number {
    const before = this.#standing
    const stays = before.kind === 'card' && isSameInsertion(before.seen, chosen)
    return stays ? before.presence : this.#ports.countPresence()
  }
}

/** A process that has just been started has not looked yet: that is no fault. */
export const isStarting = ({ trouble }: ReadersSeen): boolean => trouble?.kind === 'process-gone'

const isSameInsertion = (before: SeenReader, now: SeenReader): boolean =>
  before.name === now.name && before.card === now.card && before.atr === now.atr && before.insertions === now.insertions

function isSame(before: Standing, now: Standing): boolean {
  if (before.kind === 'card' && now.kind === 'card') return before.presence === now.presence
  if (before.kind === 'broken' && now.kind === 'broken') return JSON.stringify(before.trouble) === JSON.stringify(now.trouble)
  if (before.kind === 'empty' && now.kind === 'empty') return before.seen.name === now.seen.name
  return before.kind === now.kind
}

/** Without a name the only reader there is, beside that of the PSAM: which of several has the patient's card, no program knows. */
export function chosenAmong({ card, psam }: PcscChoice, readers: Pick<RealReaders, 'find'>, seen: ReadersSeen): SeenReader | ReaderTrouble {
  if (card !== undefined) return readers.find(card)
  const ofPsam = psam === 'file' ? undefined : readers.find(psam.reader)
  const left = seen.readers.filter(({ name }) => ofPsam === undefined || 'kind' in ofPsam || ofPsam.name !== name)
  const [only] = left
  if (only === undefined) return { kind: 'no-reader' }
  return left.length === 1 ? only : { kind: 'two-match', asked: '', matches: left.map(({ name }) => name) }
}
