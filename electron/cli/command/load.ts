import { ok, refuse, type Result } from '../../../base/result.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { CounterRefusal } from '../../host/counter-refusal.ts'
import { readCardRegister } from '../../host/issue-card.ts'
import { ledgerSigner, type LedgerSignerRefusal } from '../../host/load/ledger-signer.ts'
import { loadAtTill, type LoadedAtTill, type NamedDue } from '../../host/load/load-on-card.ts'
import { neverBooked } from '../../host/load/never-booked.ts'
import { recoveryLine } from '../../host/records/recovery-text.ts'
import { systemSyncClock } from '../../host/system.ts'
import { atTill } from '../at-till.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, fault, type Failure, type Output } from '../failure.ts'
import { readPins } from '../pin-input.ts'
import { counterFailure } from '../refusal-failure.ts'
import { notConnected } from '../sync-place.ts'

const SYNOPSIS = '--card FILE --ledger DB --settlement ID|--credit ID --pin-stdin [--psam FILE]'

export const loadCommand: Command = {
  name: 'load',
  synopsis: SYNOPSIS,
  summary: 'put back onto a card what a refund owes it, or a credit of the centre, by its signature (圈存)',
  options: {
    card: { type: 'string' },
    ledger: { type: 'string' },
    settlement: { type: 'string' },
    credit: { type: 'string' },
    psam: { type: 'string' },
    'pin-stdin': { type: 'boolean' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const card = required(input, 'card', `load ${SYNOPSIS}`)
    if (!card.ok) return card
    const ledger = required(input, 'ledger', `load ${SYNOPSIS}`)
    if (!ledger.ok) return ledger
    const due = dueOf(input)
    if (!due.ok) return due
    const pins = await readPins(input, terminal, ['PIN'])
    if (!pins.ok) return pins
    const [pin] = pins.value
    const register = asBadInput(readCardRegister(card.value))
    if (!register.ok) return register
    const signer = ledgerSigner(ledger.value, systemSyncClock)
    if (!signer.ok) return signerFailure(signer.error)
    return atTill({ card: card.value, ledger: ledger.value, psam: input.text('psam'), create: false }, terminal, async (till) => {
      const loaded = await loadAtTill({ ...till, isNeverBooked: neverBooked(till.ledger.sync) }, { signer: signer.value, register: register.value, pin, due: due.value })
      return loaded.ok ? ok(outputOf(loaded.value)) : loadFailure(loaded.error)
    })
  }
}

function dueOf(input: CommandInput): Result<NamedDue, Failure> {
  const [settlementId, creditId] = [input.text('settlement'), input.text('credit')]
  if ((settlementId === undefined) === (creditId === undefined)) {
    return badInput('missing-option', `--settlement or --credit: give one of the two; usage: caresettle load ${SYNOPSIS}`)
  }
  return ok(settlementId === undefined ? { kind: 'credit', creditId: creditId ?? '' } : { kind: 'refund', settlementId })
}

const loadFailure = (refusal: CounterRefusal): Result<never, Failure> =>
  refusal.kind === 'load' && refusal.refusal.kind === 'signer' && refusal.refusal.refusal.kind === 'not-connected' ? notConnected() : counterFailure(refusal)

const signerFailure = (refusal: LedgerSignerRefusal): Result<never, Failure> =>
  refusal.kind === 'file' ? asBadInput<never>(refuse(refusal.problem)) : fault(refusal.kind, `key ${refusal.path}: ${refusal.problem}`)

function outputOf({ posting, purpose, intent, evidence, recoveries }: LoadedAtTill): Output {
  const { loadId, postedAt } = posting.fact
  const [amount, before] = [formatFen(intent.amount), formatFen(intent.balanceBefore)]
  const after = evidence.balanceAfter === undefined ? null : formatFen(evidence.balanceAfter)
  return {
    text: [...recoveries.map(recoveryLine), `已圈存 loaded: ${amount}, load ${loadId}; 余额 balance ${before} -> ${after ?? '?'}`].join('\n'),
    json: {
      load_id: loadId,
      purpose,
      amount,
      balance_before: before,
      balance_after: after,
      load_serial_after: evidence.serialAfter,
      tac: evidence.tac ?? null,
      loaded_at: postedAt,
      recoveries: recoveries.map(recoveryLine)
    }
  }
}
