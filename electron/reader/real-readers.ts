/**
 * The client's face of the reader process: what the host sees of the readers of this computer. The host never loads the
 * binding; a reader process that hangs, crashes or is killed takes only its calls with it.
 */

import type { CardReader } from '../../card/reader/card-reader.ts'
import type { ReaderTrouble } from '../../card/reader/pcsc/reader-trouble.ts'

export interface SeenReader {
  /** As the system names it: "ACS ACR39U ICC Reader 00 00". */
  readonly name: string
  /** mute: a card that gives no answer to reset, or lies the wrong way. held: another program has it for itself. */
  readonly card: 'empty' | 'present' | 'mute' | 'held'
  /** Hex of the answer to reset; undefined without a card that answers. */
  readonly atr: string | undefined
  /** Insertions and removals as the service counts them: a card that was swapped between two looks is told by it. */
  readonly insertions: number
}

export interface ReadersSeen {
  readonly readers: readonly SeenReader[]
  /** What is broken for all of them; undefined while the service answers. 'no-reader' when it answers and has none. */
  readonly trouble: ReaderTrouble | undefined
}

export interface RealReaders {
  /** As last heard; never waits. */
  readonly seen: ReadersSeen
  /** Told after every change of `seen`. The answer unsubscribes. */
  onChange(listener: (seen: ReadersSeen) => void): () => void
  /**
   * The one reader that has `asked` in its name, letter case aside; looked for anew at each connect, so it may be plugged
   * in later. Its `connect` refuses with a `trouble` when none or two match.
   */
  reader(asked: string): CardReader
  /** Which reader `asked` means just now. */
  find(asked: string): SeenReader | ReaderTrouble
  /** Ends the process. Open connections answer reader-fault. */
  close(): Promise<void>
}
