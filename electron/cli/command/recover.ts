import { ok } from '../../../base/result.ts'
import { isStillOpen, type CardRecovery } from '../../host/card-recovery.ts'
import { recoverVisits } from '../../host/counter.ts'
import { recoveryLine } from '../../host/records/recovery-text.ts'
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
    return atTill({ card: card.value, ledger: ledger.value, psam: input.text('psam'), create: false }, terminal, async (till) => {
      const recovered = await recoverVisits(till, pin.value)
      if (!recovered.ok) return counterFailure(recovered.error)
      return outcomeOf(recovered.value)
    })
  }
}

/** Whatever is still open afterwards is a refusal: a script must not take it for done. */
function outcomeOf(recoveries: readonly CardRecovery[]): Outcome {
  const json = { recoveries: recoveries.map(recoveryJson) }
  const texts = recoveries.map(recoveryLine)
  const hints = recoveries.some(needsPin) ? [PIN_HINT] : []
  if (recoveries.some(isStillOpen)) return refused('in-doubt', [...texts, ...hints].join('; '), json)
  return ok({ text: texts.length === 0 ? 'nothing was open (无存疑记录)' : texts.join('\n'), json })
}

const PIN_HINT = 'give the PIN on stdin: recover --pin-stdin (请加 --pin-stdin 并从标准输入给出密码)'

const needsPin = (recovery: CardRecovery): boolean =>
  (recovery.kind === 'in-doubt' || recovery.kind === 'load-in-doubt') && recovery.reason === 'pin-needed'

const recoveryJson = (recovery: CardRecovery): unknown => ({
  ...('load' in recovery
    ? { load_id: recovery.load.loadId }
    : { settlement_id: recovery.hold.settlementId, visit_no: recovery.hold.visit.visitNo }),
  outcome: recovery.kind,
  text: recoveryLine(recovery)
})
