/**
 * What kind of file it is, from its first 100 bytes, and the schema that a ledger of its version must have, from the
 * migrations read as text. Written apart from the store's own check, like everything here.
 */

import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { ok, refuse, type Result } from '../../base/result.ts'

export type LedgerFileRefusal =
  | { readonly kind: 'ledger-missing'; readonly path: string }
  | { readonly kind: 'not-a-file'; readonly path: string }
  | { readonly kind: 'cannot-open'; readonly path: string; readonly detail: string }
  | { readonly kind: 'not-a-database'; readonly path: string }
  | { readonly kind: 'truncated'; readonly path: string; readonly bytes: number; readonly bytesExpected: number }
  | { readonly kind: 'another-application'; readonly path: string; readonly applicationId: number }
  | { readonly kind: 'unknown-version'; readonly path: string; readonly version: number }
  | { readonly kind: 'newer-version'; readonly path: string; readonly version: number; readonly versionMax: number }

const MIGRATION_FOLDER = new URL('../store/sqlite/migration/', import.meta.url)
const HEADER_LENGTH = 100
/** "SQLite format 3" and a zero. */
const SIGNATURE = [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33, 0]
/** "CSLg" */
const APPLICATION_ID = 0x43_53_4c_67

/** The ledger's version. Offsets: "The SQLite Database File Format", section 1.3. */
export function versionOfFile(path: string): Result<number, LedgerFileRefusal> {
  const read = readHeader(path)
  if (!read.ok) return read
  const { header, bytes } = read.value
  const signed = SIGNATURE.slice(0, bytes).every((byte, index) => header.getUint8(index) === byte)
  if (!signed) return refuse({ kind: 'not-a-database', path })
  if (bytes < HEADER_LENGTH) return refuse({ kind: 'truncated', path, bytes, bytesExpected: HEADER_LENGTH })
  const applicationId = header.getUint32(68)
  if (applicationId !== APPLICATION_ID) return refuse({ kind: 'another-application', path, applicationId })
  const [version, versionMax] = [header.getUint32(60), migrationNames().length]
  if (version === 0) return refuse({ kind: 'unknown-version', path, version })
  if (version > versionMax) return refuse({ kind: 'newer-version', path, version, versionMax })
  const bytesExpected = header.getUint16(16) * header.getUint32(28)
  const isWhole = bytes >= bytesExpected || (statSync(logOf(path), { throwIfNoEntry: false })?.size ?? 0) > 0
  return isWhole ? ok(version) : refuse({ kind: 'truncated', path, bytes, bytesExpected })
}

/** The write-ahead log stands beside the file itself, not beside a link to it. */
export const logOf = (path: string): string => `${realpathSync(path)}-wal`

/** The statements that make an empty ledger of this version. */
export function schemaOf(version: number): string {
  const names = migrationNames().slice(0, version)
  return names.map((name) => readFileSync(new URL(`${name}/up.sql`, MIGRATION_FOLDER), 'utf8')).join('\n')
}

const migrationNames = (): string[] => readdirSync(MIGRATION_FOLDER).toSorted()

function readHeader(path: string): Result<{ readonly header: DataView; readonly bytes: number }, LedgerFileRefusal> {
  const header = new Uint8Array(HEADER_LENGTH)
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return refuse({ kind: 'ledger-missing', path })
    if (!stat.isFile()) return refuse({ kind: 'not-a-file', path })
    const file = openSync(path, 'r')
    try {
      readSync(file, header)
      return ok({ header: new DataView(header.buffer), bytes: fstatSync(file).size })
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    return refuse({ kind: 'cannot-open', path, detail: cause instanceof Error ? cause.message : String(cause) })
  }
}
