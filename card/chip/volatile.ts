/** What a card knows only while it has its supply. One object, thrown away whole at reset and power-off. */

import type { PlacedApplication, PlacedFile } from './image/layout.ts'
import type { PurseState } from './purse/purse-state.ts'

export interface Volatile {
  /** The current directory. After a reset it is the SSSE, the card's root (alias 3F00), as ISO 7816-4 has it for an MF. */
  application: PlacedApplication
  file: PlacedFile | undefined
  pinVerified: boolean
  /** Bit n: EXTERNAL AUTHENTICATE under key n of the SSSE succeeded. Survives moving among the SSSE's directories. */
  globalKeys: number
  /** The same for the current application; lost when another is chosen. */
  localKeys: number
  /** What this command may use: made by the command before, and by no earlier one (P1: valid for the next command only). */
  challenge: Uint8Array | undefined
  /** Made by this command, for the next. */
  nextChallenge: Uint8Array | undefined
  purse: PurseState
  /** Answer of the last case 4 command, waiting for GET RESPONSE. */
  pending: Uint8Array | undefined
}

export const newVolatile = (root: PlacedApplication): Volatile => ({
  application: root,
  file: undefined,
  pinVerified: false,
  globalKeys: 0,
  localKeys: 0,
  challenge: undefined,
  nextChallenge: undefined,
  purse: { kind: 'idle' },
  pending: undefined
})
