/** What can be broken between this process and a PSAM in a reader: the way to the reader, or what lies in it. */

import type { PsamRefusal } from '../../../card/psam/psam-refusal.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'

export type PsamTrouble =
  | { readonly kind: 'psam-reader'; readonly trouble: ReaderTrouble }
  | { readonly kind: 'psam-slot-empty'; readonly reader: string }
  | { readonly kind: 'psam-mute'; readonly reader: string }
  /** A chip that is no PSAM of the social security, or one that does not let itself be opened. */
  | { readonly kind: 'psam-not-opened'; readonly reader: string; readonly refusal: PsamRefusal }
