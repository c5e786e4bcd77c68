/** Why a centre cannot be opened, as a failure of a command: the address is wrong, or something outside is. */

import { never } from '../../base/invariant.ts'
import type { OpenCentreRefusal } from '../../settlement/centre/store/open-centre.ts'
import { badInput, fault, type Failure } from './failure.ts'

export function centreFailure(refusal: OpenCentreRefusal): { readonly ok: false; readonly error: Failure } {
  switch (refusal.kind) {
    case 'bad-url':
      return badInput(refusal.kind, `--db: must be ${refusal.rule}`)
    case 'folder-missing':
      return badInput(refusal.kind, `centre ${refusal.path}: its folder does not exist`)
    case 'ledger-missing':
      return badInput('centre-missing', `centre: no such file: ${refusal.path}; "caresettle centre seed" begins one`)
    case 'empty-database':
      return badInput('centre-missing', 'centre: the database is empty; "caresettle centre seed" begins a centre')
    case 'not-a-file':
      return badInput(refusal.kind, `centre: ${refusal.path} is not a file`)
    case 'not-a-database':
      return badInput(refusal.kind, `centre: ${refusal.path} is not a database`)
    case 'truncated':
      return badInput(refusal.kind, `centre ${refusal.path}: truncated: ${refusal.bytes} bytes of ${refusal.bytesExpected}`)
    case 'another-application':
      return badInput(refusal.kind, `centre: ${refusal.path} is a database of another application`)
    case 'another-database':
      return badInput(refusal.kind, `centre: the database holds other tables ("${refusal.table}"); a centre needs one of its own`)
    case 'several-names':
      return badInput(refusal.kind, `centre ${refusal.path}: the file has ${refusal.names} names (hard links); a centre has one`)
    case 'unknown-version':
      return badInput(refusal.kind, `centre ${refusal.path}: version ${refusal.version} is no version of a centre`)
    case 'newer-version':
    case 'newer-database':
      return badInput('newer-version', `centre: version ${refusal.version} is newer than ${refusal.versionMax}, the newest this program knows`)
    case 'unreadable':
      return fault(refusal.kind, `centre ${refusal.path}: ${refusal.detail}`)
    case 'store-failure':
      return fault(refusal.kind, `centre: ${refusal.cause}: ${refusal.detail}`)
    case 'unreachable':
      return fault(refusal.kind, `centre: the database cannot be reached: ${refusal.detail}`)
    default:
      return never(refusal)
  }
}
