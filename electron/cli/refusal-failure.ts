/** Refusals of host, ledger and simulated hardware as failures of a command, with the exit code of their blame. */

import { never } from '../../base/invariant.ts'
import type { RefundRefusal } from '../../settlement/case/refund-settlement.ts'
import type { OpenRefusal as LedgerRefusal } from '../../settlement/store/sqlite/open-ledger.ts'
import type { VerifyRefusal } from '../../settlement/verifier/verify-ledger.ts'
import type { ChipFileRefusal } from '../host/chip-file.ts'
import type { CounterRefusal } from '../host/counter-refusal.ts'
import { recordRefusalView } from '../host/refusal/refund.ts'
import { lineOf, refusalText, type RefusalText } from '../host/refusal-text.ts'
import type { PsamSlotRefusal } from '../host/terminal-hardware.ts'
import { badInput, fault, refused, type Failure } from './failure.ts'

type Failed = { readonly ok: false; readonly error: Failure }

export const counterFailure = (refusal: CounterRefusal): Failed => saidFailure(refusalText(refusal), refusal)
export const refundFailure = (refusal: RefundRefusal): Failed => saidFailure(lineOf(recordRefusalView(refusal)), refusal)

function saidFailure({ kind, blame, en, zh }: RefusalText, refusal: CounterRefusal | RefundRefusal): Failed {
  const make = { 'bad-input': badInput, refusal: refused, outside: fault }[blame]
  return make(kind, `${en} (${zh})`, { refusal })
}

export function ledgerFailure(refusal: LedgerRefusal | VerifyRefusal): Failed {
  switch (refusal.kind) {
    case 'folder-missing':
      return badInput(refusal.kind, `ledger ${refusal.path}: its folder does not exist`)
    case 'ledger-missing':
      return badInput(refusal.kind, `ledger: no such file: ${refusal.path}`)
    case 'not-a-file':
      return badInput(refusal.kind, `ledger: ${refusal.path} is not a file`)
    case 'not-a-database':
      return badInput(refusal.kind, `ledger: ${refusal.path} is not a database`)
    case 'truncated':
      return badInput(refusal.kind, `ledger ${refusal.path}: truncated: ${refusal.bytes} bytes of ${refusal.bytesExpected}`)
    case 'another-application':
      return badInput(refusal.kind, `ledger: ${refusal.path} is a database of another application`)
    case 'several-names':
      return badInput(refusal.kind, `ledger ${refusal.path}: the file has ${refusal.names} names (hard links); a ledger has one`)
    case 'unknown-version':
      return badInput(refusal.kind, `ledger ${refusal.path}: version ${refusal.version} is no version of a ledger`)
    case 'newer-version':
      return badInput(
        refusal.kind,
        `ledger ${refusal.path}: version ${refusal.version} is newer than ${refusal.versionMax}, the newest this program knows`
      )
    case 'in-use':
      return fault(refusal.kind, `ledger ${refusal.path}: another process is writing it (waited ${refusal.waitedMs} ms)`)
    case 'unreadable':
    case 'cannot-open':
      return fault(refusal.kind, `ledger ${refusal.path}: ${refusal.detail}`)
    case 'store-failure':
      return fault(refusal.kind, `ledger: ${refusal.cause}: ${refusal.detail}`)
    default:
      return never(refusal)
  }
}

export function chipFailure(what: 'card' | 'psam', refusal: ChipFileRefusal): Failed {
  switch (refusal.kind) {
    case 'no-such-file':
      return badInput(refusal.kind, `${what}: no such file: ${refusal.path}`)
    case 'not-a-file':
      return badInput(refusal.kind, `${what}: ${refusal.path} is not a file`)
    case 'several-names':
      return badInput(refusal.kind, `${what} ${refusal.path}: the file has ${refusal.names} names (hard links); a chip has one`)
    case 'file-in-use':
      return fault(refusal.kind, `${what} ${refusal.path}: another process holds it`)
    case 'file-not-lockable':
      return fault(refusal.kind, `${what} ${refusal.path}: cannot be locked: ${refusal.detail}`)
    case 'not-a-chip-file':
      return badInput(
        refusal.kind,
        `${what} ${refusal.path} is not a ${what} file (${refusal.reason}); ` +
          (what === 'card' ? 'make one with "caresettle card new --from PERSONALISATION"' : 'remove it to have a new one made')
      )
    default:
      return never(refusal)
  }
}

export function psamFailure(refusal: PsamSlotRefusal): Failed {
  return 'path' in refusal ? chipFailure('psam', refusal) : fault(refusal.kind, `psam: ${refusal.kind}`, { refusal })
}
