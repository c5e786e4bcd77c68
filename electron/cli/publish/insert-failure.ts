/** Why a chip's file does not get into its slot, as a failure of the command. */

import { never } from '../../../base/invariant.ts'
import { badInput, fault, type Failure } from '../failure.ts'
import { chipFailure } from '../refusal-failure.ts'
import type { DriverAddress } from './driver-link.ts'
import type { InsertRefusal } from './published-chip.ts'

export function insertFailure(refusal: InsertRefusal): { readonly ok: false; readonly error: Failure } {
  switch (refusal.kind) {
    case 'driver-absent':
      return fault(
        refusal.kind,
        `no virtual reader at ${at(refusal.address)} (${refusal.detail}): start the PC/SC daemon with the driver vpcd; ` +
          'Debian, Ubuntu: apt-get install pcscd vsmartcard-vpcd; other systems: README (没有虚拟读卡器驱动)'
      )
    case 'slot-taken':
      return badInput(
        refusal.kind,
        `the slot at ${at(refusal.address)} has a card already: take that one out, or name another slot with --slot (插槽已有卡)`
      )
    case 'no-card':
    case 'mute-card':
    case 'reader-fault':
      return fault(refusal.kind, `card: ${refusal.kind}`)
    case 'no-such-file':
    case 'not-a-file':
    case 'several-names':
    case 'file-in-use':
    case 'file-not-lockable':
    case 'file-not-writable':
    case 'not-a-chip-file':
      return chipFailure('card', refusal)
    default:
      return never(refusal)
  }
}

const at = ({ host, port }: DriverAddress): string => `${host}:${port}`
