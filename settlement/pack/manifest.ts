/**
 * The manifest: what a pack is, from when it holds, and the sum of every member. Its bytes are what is signed, so that
 * nothing in the pack can be changed, taken out or put in.
 */

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { dateField, textField } from '../wire/fields.ts'
import { MEMBER_KINDS, MEMBERS_MAX } from './pack-limits.ts'
import { isMemberPath, MEMBER_PATH_RULE } from './zip-directory.ts'

export const PACK_FORMAT = 'caresettle-pack-1'
export const MANIFEST_PATH = 'manifest.json'
export const SIGNATURE_PATH = 'manifest.sig'

/** Ids and versions become names of folders and files, on every system. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)$/
export const packIdField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower case letters, digits and "-", at most 63, such as "999999-test"')
  .refine((id) => !DEVICE_NAME.test(id), 'must not be the name of a device')

const VERSION_PART_MAX = 999_999
export const packVersionField = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){0,3}$/, `must be one to four numbers up to ${VERSION_PART_MAX} with dots between, such as "2026.1"`)

const memberSchema = z.strictObject({
  path: z
    .string()
    .refine(isMemberPath, MEMBER_PATH_RULE)
    .refine((path) => path !== MANIFEST_PATH && path !== SIGNATURE_PATH, 'must not be the manifest or its signature')
    .describe('Path of the member in the ZIP.'),
  kind: z.enum(MEMBER_KINDS).describe('"rules": eligibility rules. "policy": who pays what. "catalogue": items with their dates.'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower case hexadecimal digits').describe('SHA-256 of the unpacked member.'),
  bytes: z.int('must be a whole number').min(1, 'must be at least 1').describe('Bytes of the unpacked member.')
})

export const manifestSchema = z
  .strictObject({
    format: z.literal(PACK_FORMAT, `must be "${PACK_FORMAT}"; a newer format needs a newer program`),
    id: packIdField.describe('Names the pack through all its versions.'),
    version: packVersionField.describe('Goes up with every edition; compared number by number.'),
    issued: dateField.describe('Day on which it was made.'),
    effective: dateField.describe('First day of service for which it is used. It may be installed before.'),
    publisher: textField(80).describe('Who publishes it, in their own words; who it really is, the key says.'),
    note: textField(2000).optional().describe('Free text for people.'),
    members: z.array(memberSchema, 'must be a list of members').min(1, 'must have at least one member').max(MEMBERS_MAX - 2, `must have at most ${MEMBERS_MAX - 2} members`)
  })
  .superRefine(({ members }, context) => {
    const seen = new Set<string>()
    for (const [index, { path }] of members.entries()) {
      if (seen.has(path.toLowerCase())) context.addIssue({ code: 'custom', path: ['members', index, 'path'], message: 'must be named once' })
      seen.add(path.toLowerCase())
    }
  })
  .meta({ title: 'Pack manifest' })

export type Manifest = z.output<typeof manifestSchema>
export type ManifestMember = Manifest['members'][number]

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Below zero: `left` is the older one. "2026.1" and "2026.1.0" are one version. */
export function compareVersions(left: string, right: string): number {
  const [lefts, rights] = [left.split('.').map(Number), right.split('.').map(Number)]
  const differing = [0, 1, 2, 3].find((index) => (lefts[index] ?? 0) !== (rights[index] ?? 0))
  return differing === undefined ? 0 : (lefts[differing] ?? 0) - (rights[differing] ?? 0)
}
