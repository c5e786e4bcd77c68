/** What a simulated PSAM is made from: a file of fixtures/psam, schema-checked. Which keys it holds, and from which level. */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { KEY, KEY_NAMES, diversificationFactors } from '../../identifier/key-reference.ts'

const byteHex = z.string().regex(/^[0-9a-fA-F]{2}$/, 'must be 2 hexadecimal digits')
const bytesHex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-fA-F]{${2 * bytes}}$`), `must be ${2 * bytes} hexadecimal digits`)
const digits = (count: number) => z.string().regex(new RegExp(`^\\d{${count}}$`), `must be ${count} digits`)
const byte = z.int().min(0).max(0xff)

/** Files 001A-001C: what a level of administration says about its keys. Dates are YYYYMMDD. */
const levelInfo = z.strictObject({
  purchaseKeyIndex: byte,
  authenticationKeyVersion: byte,
  startDate: digits(8),
  endDate: digits(8)
})

/** `usage` and `id` as the PSAM carries them: the top three bits of `usage` decide from which level the key is taken. */
const heldKey = z
  .strictObject({ key: z.enum(KEY_NAMES), usage: byteHex, id: byteHex })
  .refine(
    ({ key, usage }) => {
      const factors = diversificationFactors(Number.parseInt(usage, 16))
      return factors >= 1 && factors <= KEY[key].levels.length
    },
    { path: ['usage'], message: 'asks for a number of factors that this key cannot take' }
  )

export const psamSchema = z.strictObject({
  name: z.string().min(1),
  /** SM4-STAND-IN agrees with the simulated v3.00 card only; no real PSAM computes so. */
  algorithm: z.enum(['DES', 'SM4-STAND-IN']),
  /** The 13 historical bytes of the answer to reset. */
  atrHistorical: bytesHex(13),
  /** File 0015. */
  publicInfo: z.strictObject({
    issuer: byteHex,
    serialNumber: digits(20),
    version: byteHex,
    keyCardType: byteHex,
    fci: bytesHex(2)
  }),
  /** File 0016. Digits 1-6 are the region, 7-12 the issuer's choice. */
  terminalNumber: digits(12),
  /** File 0019: what the next purchase gets. FFFFFFFF is never given: the counter is then exhausted. */
  nextTerminalSerial: z.int().min(0).max(0xffff_ffff),
  /** Whose province and city keys it holds, where it does not hold national ones. */
  region: digits(6),
  nationalInfo: levelInfo,
  provinceInfo: levelInfo,
  cityInfo: levelInfo,
  /** Wrong MAC2 in a row that lock the application for good. */
  wrongMac2Limit: z.int().min(1).max(0xff),
  state: z.enum(['active', 'application-locked', 'card-locked']),
  keys: z.array(heldKey).refine(
    (keys) => new Set(keys.map(({ usage, id }) => `${usage} ${id}`.toUpperCase())).size === keys.length,
    'hold two keys of the same usage and id'
  )
})

export type PsamDefinition = z.infer<typeof psamSchema>

export interface PsamDefinitionInvalid {
  readonly kind: 'psam-definition-invalid'
  /** Path in the document such as "publicInfo.serialNumber". */
  readonly field: string
  readonly problem: string
}

/** `json` is the parsed document. */
export function parsePsamDefinition(json: unknown): Result<PsamDefinition, PsamDefinitionInvalid> {
  const parsed = psamSchema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return refuse({
    kind: 'psam-definition-invalid',
    field: issue?.path.join('.') ?? '',
    problem: issue?.message ?? 'is no PSAM definition'
  })
}
