/** Which reader serves the counter: chosen in the window, remembered in till.json, in the same words in both. */

import { z } from 'zod'

/** Names of readers are a line on a label; PC/SC allows 128 bytes. */
export const READER_NAME_MAX = 128

const NAME_RULE = `must be part of a reader's name as the system lists it, 1 to ${READER_NAME_MAX} characters`

/** Part of a name: what a system adds to tell two readers apart (" 00 00") changes with the socket. */
const partOfName = z.string({ error: NAME_RULE }).min(1, NAME_RULE).max(READER_NAME_MAX, NAME_RULE)

const PSAM_RULE = 'must be "file", or {"reader": "part of the name of the reader that holds it"}'

const psam = z.union([z.literal('file', { error: PSAM_RULE }), z.strictObject({ reader: partOfName })], { error: PSAM_RULE })

export const readerChoice = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('simulated') }),
    z.strictObject({
      kind: z.literal('pcsc'),
      /** Left out: the only reader there is, beside that of the PSAM. */
      card: partOfName.optional(),
      /** file: the simulated one beside the ledger. */
      psam: psam.default('file')
    })
  ],
  { error: ({ input }) => (typeof input === 'object' && input !== null ? 'must be "simulated" or "pcsc"' : 'must be {"kind": "simulated"} or {"kind": "pcsc", ...}') }
)

export type ReaderChoice = z.output<typeof readerChoice>
export type PcscChoice = Extract<ReaderChoice, { readonly kind: 'pcsc' }>

export const SIMULATED: ReaderChoice = { kind: 'simulated' }

/** What a request left out, filled in. */
export const asChosen = (asked: z.input<typeof readerChoice>): ReaderChoice =>
  asked.kind === 'simulated' ? asked : { ...asked, psam: asked.psam ?? 'file' }
