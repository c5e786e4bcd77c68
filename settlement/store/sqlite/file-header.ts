/**
 * What a file says of itself in its first 100 bytes, read without opening it as a database: opening would already write
 * beside a file that is not ours. Layout: "The SQLite Database File Format", section 1.3.
 */

import { closeSync, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { refuse, ok, type Result } from '../../../base/result.ts'

/** "CSLg", in the header of every ledger of ours. */
export const APPLICATION_ID = 0x43_53_4c_67

export type FileRefusal =
  | { readonly kind: 'folder-missing'; readonly path: string }
  | { readonly kind: 'ledger-missing'; readonly path: string }
  | { readonly kind: 'not-a-file'; readonly path: string }
  /** Hard links: each name would have a log and a lock of its own. */
  | { readonly kind: 'several-names'; readonly path: string; readonly names: number }
  | { readonly kind: 'unreadable'; readonly path: string; readonly detail: string }
  | { readonly kind: 'not-a-database'; readonly path: string }
  | { readonly kind: 'truncated'; readonly path: string; readonly bytes: number; readonly bytesExpected: number }
  | { readonly kind: 'another-application'; readonly path: string; readonly applicationId: number }
  /** Below 1, which no ledger of ours has: it is made under another name until it is of version 1. */
  | { readonly kind: 'unknown-version'; readonly path: string; readonly version: number }
  | { readonly kind: 'newer-version'; readonly path: string; readonly version: number; readonly versionMax: number }

const HEADER_LENGTH = 100
const MAGIC = 'SQLite format 3\0'

/**
 * Refuses what is not a whole ledger of a version up to `versionMax`; gives the file's version otherwise. Another program of
 * this house asks for the files of its own application.
 */
export function checkFile(path: string, versionMax: number, application: number = APPLICATION_ID): Result<number, FileRefusal> {
  const opened = readHeader(path)
  if (!opened.ok) return opened
  const { header, bytes, names } = opened.value
  if (bytes < HEADER_LENGTH) {
    const isOurs = bytes === 0 || MAGIC.startsWith(textOf(header.subarray(0, Math.min(bytes, MAGIC.length))))
    return refuse(
      isOurs ? { kind: 'truncated', path, bytes, bytesExpected: HEADER_LENGTH } : { kind: 'not-a-database', path }
    )
  }
  if (textOf(header.subarray(0, MAGIC.length)) !== MAGIC) return refuse({ kind: 'not-a-database', path })
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const applicationId = view.getUint32(68)
  if (applicationId !== application) return refuse({ kind: 'another-application', path, applicationId })
  if (names > 1) return refuse({ kind: 'several-names', path, names })
  const version = view.getUint32(60)
  if (version < 1) return refuse({ kind: 'unknown-version', path, version })
  if (version > versionMax) return refuse({ kind: 'newer-version', path, version, versionMax })
  const bytesExpected = view.getUint16(16) * view.getUint32(28)
  // After a crash the write-ahead log may hold the missing end of the file, so then the size alone proves nothing.
  if (bytes < bytesExpected && sizeOf(`${realpathSync(path)}-wal`) === 0) {
    return refuse({ kind: 'truncated', path, bytes, bytesExpected })
  }
  return ok(version)
}

interface Opened {
  readonly header: Uint8Array
  readonly bytes: number
  /** Hard links to the file. */
  readonly names: number
}

function readHeader(path: string): Result<Opened, FileRefusal> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    return refuse(openingRefusal(path, cause))
  }
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) return refuse({ kind: 'not-a-file', path })
    const header = new Uint8Array(HEADER_LENGTH)
    readSync(file, header)
    return ok({ header, bytes: stat.size, names: stat.nlink })
  } catch (cause) {
    return refuse({ kind: 'unreadable', path, detail: messageOf(cause) })
  } finally {
    closeSync(file)
  }
}

function openingRefusal(path: string, cause: unknown): FileRefusal {
  if (codeOf(cause) === 'ENOENT' && isLink(path)) {
    return { kind: 'unreadable', path, detail: 'it is a link to a file that is not there' }
  }
  if (codeOf(cause) === 'ENOENT') return { kind: 'ledger-missing', path }
  if (codeOf(cause) === 'ENOTDIR') return { kind: 'folder-missing', path }
  return { kind: 'unreadable', path, detail: messageOf(cause) }
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

/** 0 when there is no such file. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined)
