/** Refusals of host, ledger and simulated hardware as failures of a command, with the exit code of their blame. */

import type { ReturnRefusal } from '../../settlement/case/return-packs.ts'
import type { RefundRefusal } from '../../settlement/case/refund-settlement.ts'
import type { OpenRefusal as LedgerRefusal } from '../../settlement/store/sqlite/open-ledger.ts'
import type { VerifyRefusal } from '../../settlement/verifier/verify-ledger.ts'
import type { ChipFileRefusal } from '../host/chip-file.ts'
import type { CounterRefusal } from '../host/counter-refusal.ts'
import { chipLine, ledgerLine, type OpeningLine } from '../host/files/opening-line.ts'
import { recordRefusalView } from '../host/refusal/refund.ts'
import { returnRefusalView } from '../host/refusal/return-packs.ts'
import { lineOf, refusalText, type RefusalText } from '../host/refusal-text.ts'
import type { PsamSlotRefusal } from '../host/terminal-hardware.ts'
import { badInput, fault, refused, type Failure } from './failure.ts'

type Failed = { readonly ok: false; readonly error: Failure }

export const counterFailure = (refusal: CounterRefusal): Failed => saidFailure(refusalText(refusal), refusal)
export const refundFailure = (refusal: RefundRefusal): Failed => saidFailure(lineOf(recordRefusalView(refusal)), refusal)
export const returnFailure = (refusal: ReturnRefusal): Failed => saidFailure(lineOf(returnRefusalView(refusal)), refusal)

function saidFailure({ kind, blame, en, zh }: RefusalText, refusal: CounterRefusal | RefundRefusal | ReturnRefusal): Failed {
  const make = { 'bad-input': badInput, refusal: refused, outside: fault }[blame]
  return make(kind, `${en} (${zh})`, { refusal })
}

export const ledgerFailure = (refusal: LedgerRefusal | VerifyRefusal): Failed => openingFailure(refusal.kind, ledgerLine(refusal))

export const chipFailure = (what: 'card' | 'psam', refusal: ChipFileRefusal): Failed => openingFailure(refusal.kind, chipLine(what, refusal))

const openingFailure = (kind: string, { blame, line }: OpeningLine): Failed => (blame === 'bad-input' ? badInput(kind, line) : fault(kind, line))

export function psamFailure(refusal: PsamSlotRefusal): Failed {
  return 'path' in refusal ? chipFailure('psam', refusal) : fault(refusal.kind, `psam: ${refusal.kind}`, { refusal })
}
