/** Where in the card, or in the PSAM, a command strikes: what was selected before it. */

import type { Described } from './described.ts'

export type CardDirectory = 'SSSE' | 'DF01' | 'DF02' | 'DF03' | 'DF04' | 'DF05' | 'DF06' | 'DF07'

export interface CardPlace {
  readonly slot: 'card'
  readonly directory: CardDirectory
  readonly file: number | undefined
  /** The first generation keeps other items under the tags of DF04. */
  readonly isFirstGeneration: boolean
  /** The command whose answer waits for GET RESPONSE. */
  readonly waiting: Described | undefined
}

export interface PsamPlace {
  readonly slot: 'psam'
  readonly directory: 'MF' | 'ADF'
  readonly file: number | undefined
  readonly waiting: Described | undefined
}

export type Place = CardPlace | PsamPlace

/** Where a card and a PSAM stand after a reset. */
export const AT_RESET = {
  card: { slot: 'card', directory: 'SSSE', file: undefined, isFirstGeneration: false, waiting: undefined },
  psam: { slot: 'psam', directory: 'MF', file: undefined, waiting: undefined }
} as const satisfies Readonly<Record<Place['slot'], Place>>
