import { never } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import type { Recovery } from '../../../settlement/case/recover-holds.ts'
import { recoverVisits } from '../../host/counter.ts'
import { required, type Command } from '../command.ts'
import { refused, type Outcome } from '../failure.ts'
import { readOptionalPin } from '../pin-input.ts'
import { counterFailure } from '../refusal-failure.ts'
import { atTill } from '../at-till.ts'

const SYNOPSIS = '--card FILE --ledger DB [--pin-stdin] [--psam FILE]'

export const recoverCommand: Command = {
  name: 'recover',
  synopsis: SYNOPSIS,
  summary: 'resolve what a crash or a pulled card left in doubt, by the proof of the card (存疑处理)',
  options: {
    card: { type: 'string' },
    ledger: { type: 'string' },
    psam: { type: 'string' },
    'pin-stdin': { type: 'boolean' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const card = required(input, 'card', `recover ${SYNOPSIS}`)
    if (!card.ok) return card
    const ledger = required(input, 'ledger', `recover ${SYNOPSIS}`)
    if (!ledger.ok) return ledger
    const pin = await readOptionalPin(input, terminal, 'PIN')
    if (!pin.ok) return pin
    return atTill({ card: card.value, ledger: ledger.value, psam: input.text('psam') }, terminal, async (till) => {
      const recovered = await recoverVisits(till, pin.value)
      if (!recovered.ok) return counterFailure(recovered.error)
      return outcomeOf(recovered.value)
    })
  }
}

/** Whatever is still open afterwards is a refusal: a script must not take it for done. */
function outcomeOf(recoveries: readonly Recovery[]): Outcome {
  const json = { recoveries: recoveries.map(recoveryJson) }
  const texts = recoveries.map(recoveryText)
  const isOpen = recoveries.some(({ kind }) => kind === 'in-doubt' || kind === 'not-recorded')
  if (isOpen) return refused('in-doubt', texts.join('; '), json)
  return ok({ text: texts.length === 0 ? 'nothing was open (无存疑记录)' : texts.join('\n'), json })
}

export function recoveryText(recovery: Recovery): string {
  const { settlementId, visit } = recovery.hold
  const name = `${settlementId} visit ${visit.visitNo}`
  switch (recovery.kind) {
    case 'posted':
      return `${name}: the card had been charged (${recovery.evidence.source}); now posted (已补记)`
    case 'released':
      return `${name}: the card had not been charged (${recovery.proof}); released (已释放)`
    case 'in-doubt':
      return `${name}: still in doubt: ${recovery.reason}; put the same card back (存疑)`
    case 'not-recorded':
      return `${name}: the ledger could not record the proof: ${recovery.refusal.kind} (存疑)`
    default:
      return never(recovery)
  }
}

const recoveryJson = (recovery: Recovery): unknown => ({
  settlement_id: recovery.hold.settlementId,
  visit_no: recovery.hold.visit.visitNo,
  outcome: recovery.kind,
  text: recoveryText(recovery)
})
