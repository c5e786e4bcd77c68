/**
 * The memory of a simulated PSAM: what personalisation writes and the chip wakes up with. Only the counters ever change.
 *
 *   "PSAM" 4 | format 1 | length of the fixed part 2 | its checksum 2 | counters, two copies | fixed part: a chain of TLVs
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { byteAt, bytesEqual, concat, readUint, writeUint } from '../../bytes/bytes.ts'
import { fromHex } from '../../bytes/hex.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import { encodeTlv, parseTlvChain } from '../../bytes/tlv.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE, type CipherSuite } from '../../crypto/cipher-suite.ts'
import { KEY, diversificationFactors, type KeyName } from '../../identifier/key-reference.ts'
import { PSAM_EF } from '../../identifier/psam-file.ts'
import { cityKey, masterKey, provinceKey, type IssuerKeys } from '../../issuer/issuer-keys.ts'
import type { NonvolatileMedium } from '../../ports.ts'
import { Key } from '../../secret/key.ts'
import { checksum, CHECKSUM_LENGTH } from './checksum.ts'
import { COUNTERS_LENGTH, encodeCounters, LOCK } from './psam-counters.ts'
import type { PsamDefinition } from './psam-definition.ts'

export interface PsamKey {
  readonly usage: number
  readonly id: number
  readonly key: Key
}

export interface PsamImage {
  /** Whole. */
  readonly atr: Uint8Array
  readonly suite: CipherSuite
  readonly wrongMac2Limit: number
  /** Contents of the transparent files by file identifier; 0019 is not among them. */
  readonly files: ReadonlyMap<number, Uint8Array>
  readonly keys: readonly PsamKey[]
}

export interface PsamImageInvalid {
  readonly kind: 'psam-image-invalid'
  readonly problem: string
}

const MAGIC = fromHex('5053414D')
const FORMAT = 1
const LENGTH_OFFSET = 5
const CHECKSUM_OFFSET = 7
export const COUNTERS_OFFSET = CHECKSUM_OFFSET + CHECKSUM_LENGTH
const FIXED_OFFSET = COUNTERS_OFFSET + COUNTERS_LENGTH

/** Tags of the fixed part. A file has the low byte of its identifier as tag. */
const TAG = { ATR: 0x01, ALGORITHM: 0x02, WRONG_MAC2_LIMIT: 0x03, KEY: 0x04 } as const
const FILES = [PSAM_EF.PUBLIC_INFO, PSAM_EF.TERMINAL_INFO, PSAM_EF.NATIONAL_INFO, PSAM_EF.PROVINCE_INFO, PSAM_EF.CITY_INFO]
const SUITES = [DES_SUITE, SM4_STAND_IN_SUITE]

/** The whole memory of a new PSAM, to be put into a medium of this size. */
export function personalisePsam(definition: PsamDefinition, issuer: IssuerKeys): Uint8Array {
  const fixed = concat(...fixedPart(definition, issuer))
  return concat(
    MAGIC,
    Uint8Array.of(FORMAT),
    writeUint(fixed.length, 2),
    checksum(fixed),
    encodeCounters({ terminalSerial: definition.nextTerminalSerial, wrongMac2Count: 0, lock: LOCK_OF[definition.state] }),
    fixed
  )
}

const LOCK_OF = { active: LOCK.NONE, 'application-locked': LOCK.APPLICATION, 'card-locked': LOCK.CARD } as const

function fixedPart(definition: PsamDefinition, issuer: IssuerKeys): Uint8Array[] {
  const suite = suiteNamed(definition.algorithm)
  const { publicInfo } = definition
  const versionTypeFci = fromHex(publicInfo.version + publicInfo.keyCardType + publicInfo.fci)
  return [
    encodeTlv(TAG.ATR, concat(fromHex('3B6D0000'), fromHex(definition.atrHistorical))),
    encodeTlv(TAG.ALGORITHM, Uint8Array.of(suite.algorithmByte)),
    encodeTlv(TAG.WRONG_MAC2_LIMIT, Uint8Array.of(definition.wrongMac2Limit)),
    encodeTlv(PSAM_EF.PUBLIC_INFO, concat(fromHex(publicInfo.issuer), packDecimal(publicInfo.serialNumber, 10), versionTypeFci)),
    encodeTlv(PSAM_EF.TERMINAL_INFO, packDecimal(definition.terminalNumber, 6)),
    encodeTlv(PSAM_EF.NATIONAL_INFO, levelInfo(definition.nationalInfo)),
    encodeTlv(PSAM_EF.PROVINCE_INFO, levelInfo(definition.provinceInfo)),
    encodeTlv(PSAM_EF.CITY_INFO, levelInfo(definition.cityInfo)),
    ...definition.keys.map(({ key: name, usage, id }) => {
      const held = keyAtLevel(issuer, name, Number.parseInt(usage, 16), { region: definition.region, suite })
      return held.expose((bytes) => encodeTlv(TAG.KEY, concat(fromHex(usage), fromHex(id), bytes)))
    })
  ]
}

const levelInfo = (info: PsamDefinition['nationalInfo']): Uint8Array =>
  concat(
    Uint8Array.of(info.purchaseKeyIndex, info.authenticationKeyVersion),
    packDecimal(info.startDate, 4),
    packDecimal(info.endDate, 4)
  )

/** Derived as far as the PSAM's usage byte says: the factors it asks for at work are the levels that are left. */
function keyAtLevel(
  issuer: IssuerKeys,
  name: KeyName,
  usage: number,
  where: { readonly region: string; readonly suite: CipherSuite }
): Key {
  const { levels } = KEY[name]
  const done = levels.slice(0, levels.length - diversificationFactors(usage))
  if (done.includes('city')) return cityKey(issuer, name, where)
  return done.includes('province') ? provinceKey(issuer, name, where) : masterKey(issuer, name)
}

function suiteNamed(name: CipherSuite['name']): CipherSuite {
  const suite = SUITES.find((candidate) => candidate.name === name)
  invariant(suite !== undefined, `no cipher suite ${name}`)
  return suite
}

const invalid = (problem: string) => refuse<PsamImageInvalid>({ kind: 'psam-image-invalid', problem })

/** Reads the part that never changes; a damaged or foreign image is refused before the chip runs on it. */
export function readPsamImage(medium: NonvolatileMedium): Result<PsamImage, PsamImageInvalid> {
  if (medium.size < FIXED_OFFSET) return invalid(`${medium.size} bytes are too short for a PSAM`)
  if (!bytesEqual(medium.read(0, 4), MAGIC)) return invalid('no PSAM image')
  const format = byteAt(medium.read(4, 1), 0)
  if (format !== FORMAT) return invalid(`format ${format} is not ${FORMAT}`)
  const length = readUint(medium.read(LENGTH_OFFSET, 2), 0, 2)
  if (FIXED_OFFSET + length !== medium.size) return invalid(`${medium.size} bytes are not the ${FIXED_OFFSET + length} announced`)
  const fixed = medium.read(FIXED_OFFSET, length)
  if (!bytesEqual(medium.read(CHECKSUM_OFFSET, CHECKSUM_LENGTH), checksum(fixed))) return invalid('the fixed part is damaged')
  return parseFixedPart(fixed) ?? invalid('the fixed part lacks an item')
}

function parseFixedPart(fixed: Uint8Array): Result<PsamImage, never> | undefined {
  const items = parseTlvChain(fixed)
  const valueOf = (tag: number): Uint8Array | undefined => items?.find((item) => item.tag === tag)?.value
  const [atr, algorithm, limit] = [valueOf(TAG.ATR), valueOf(TAG.ALGORITHM)?.[0], valueOf(TAG.WRONG_MAC2_LIMIT)?.[0]]
  const suite = SUITES.find(({ algorithmByte }) => algorithmByte === algorithm)
  if (items === undefined || atr === undefined || suite === undefined || limit === undefined) return undefined
  const files = new Map<number, Uint8Array>()
  for (const fid of FILES) {
    const contents = valueOf(fid)
    if (contents === undefined) return undefined
    files.set(fid, contents)
  }
  const keys = items.filter(({ tag }) => tag === TAG.KEY).map(({ value }) => readKey(value))
  return ok({ atr, suite, wrongMac2Limit: limit, files, keys })
}

function readKey(record: Uint8Array): PsamKey {
  const [usage, id] = [byteAt(record, 0), byteAt(record, 1)]
  return { usage, id, key: new Key(`PSAM ${usage.toString(16)}/${id.toString(16)}`, record.subarray(2)) }
}
