/** What a command may touch of the machine; tests hand in their own. */

import type { Entropy } from '../../card/ports.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import type { Clock } from '../host/system.ts'
import type { Output } from './failure.ts'

/** What stands between a command and its card and PSAM. */
export interface Wire {
  /** Neither card nor PSAM is opened: `reader` and `entropy` need nothing that is handed in. */
  readonly isReplay: boolean
  reader(slot: 'card' | 'psam', reader: CardReader): CardReader
  entropy(entropy: Entropy): Entropy
}

export interface Terminal {
  /** The whole of standard input. */
  readStdin(): Promise<string>
  /** Lines of standard input as they come, until the function that is given back is called. */
  onLine(listener: (line: string) => void): () => void
  readonly clock: Clock
  readonly entropy: Entropy
  /** A recorder, or a recording that is played; undefined: the command speaks to its card itself. */
  readonly wire?: Wire | undefined
  /** Where fixtures (cards, regions, keys) are read from. */
  readonly fixtures: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Shown at once and in the form that was asked for: what a command that runs until it is stopped has to say. */
  announce(output: Output): void
  /** Fulfils when this process is asked to end. */
  untilStopped(): Promise<void>
}
