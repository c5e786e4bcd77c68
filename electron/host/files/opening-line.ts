/** Why a file that the terminal works on cannot be opened, on one line: which file, what was found, what is allowed. */

import { never } from '../../../base/invariant.ts'
import type { OpenRefusal as LedgerRefusal } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { VerifyRefusal } from '../../../settlement/verifier/verify-ledger.ts'
import type { ChipFileRefusal } from '../chip-file.ts'

export interface OpeningLine {
  /** bad-input: another file is meant; outside: disk, another program. */
  readonly blame: 'bad-input' | 'outside'
  readonly line: string
}

const badInput = (line: string): OpeningLine => ({ blame: 'bad-input', line })
const outside = (line: string): OpeningLine => ({ blame: 'outside', line })

export function ledgerLine(refusal: LedgerRefusal | VerifyRefusal): OpeningLine {
  switch (refusal.kind) {
    case 'folder-missing':
      return badInput(`ledger ${refusal.path}: its folder does not exist`)
    case 'ledger-missing':
      return badInput(`ledger: no such file: ${refusal.path}; "caresettle settle --ledger" begins one`)
    case 'not-a-file':
      return badInput(`ledger: ${refusal.path} is not a file`)
    case 'not-a-database':
      return badInput(`ledger: ${refusal.path} is not a database`)
    case 'truncated':
      return badInput(`ledger ${refusal.path}: truncated: ${refusal.bytes} bytes of ${refusal.bytesExpected}`)
    case 'another-application':
      return badInput(`ledger: ${refusal.path} is a database of another application`)
    case 'several-names':
      return badInput(`ledger ${refusal.path}: the file has ${refusal.names} names (hard links); a ledger has one`)
    case 'unknown-version':
      return badInput(`ledger ${refusal.path}: version ${refusal.version} is no version of a ledger`)
    case 'newer-version':
      return badInput(
        `ledger ${refusal.path}: version ${refusal.version} is newer than ${refusal.versionMax}, the newest this program knows`
      )
    case 'older-version':
      return badInput(
        `ledger ${refusal.path}: version ${refusal.version}, and version ${refusal.versionNeeded} is needed: open it once with the terminal, which brings it up to date`
      )
    case 'in-use':
      return outside(`ledger ${refusal.path}: another process is writing it (waited ${refusal.waitedMs} ms)`)
    case 'unreadable':
    case 'cannot-open':
      return outside(`ledger ${refusal.path}: ${refusal.detail}`)
    case 'store-failure':
      return outside(`ledger: ${refusal.cause}: ${refusal.detail}`)
    default:
      return never(refusal)
  }
}

export function chipLine(what: 'card' | 'psam', refusal: ChipFileRefusal): OpeningLine {
  switch (refusal.kind) {
    case 'no-such-file':
      return badInput(`${what}: no such file: ${refusal.path}`)
    case 'not-a-file':
      return badInput(`${what}: ${refusal.path} is not a file`)
    case 'several-names':
      return badInput(`${what} ${refusal.path}: the file has ${refusal.names} names (hard links); a chip has one`)
    case 'file-in-use':
      return outside(`${what} ${refusal.path}: another process holds it`)
    case 'file-not-lockable':
      return outside(`${what} ${refusal.path}: cannot be locked: ${refusal.detail}`)
    case 'file-not-writable':
      return outside(`${what} ${refusal.path}: cannot be written: ${refusal.detail}`)
    case 'not-a-chip-file':
      return badInput(
        `${what} ${refusal.path} is not a ${what} file (${refusal.reason}); ` +
          (what === 'card' ? 'make one with "caresettle card new --from PERSONALISATION"' : 'remove it to have a new one made')
      )
    default:
      return never(refusal)
  }
}
