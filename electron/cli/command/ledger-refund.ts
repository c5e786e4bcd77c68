import { ok } from '../../../base/result.ts'
import { refundSettlement, type Refund } from '../../../settlement/case/refund-settlement.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import { centrePathsOf, readCentreFile } from '../../host/sync/centre-files.ts'
import { required, type Command } from '../command.ts'
import { asBadInput } from '../document.ts'
import type { Output } from '../failure.ts'
import { hexOf } from '../../host/records/fact-hash.ts'
import { refundFailure } from '../refusal-failure.ts'
import { openWritableLedger } from '../writable-ledger.ts'

const SYNOPSIS = 'DB --settlement ID --reason TEXT'

export const ledgerRefundCommand: Command = {
  name: 'ledger refund',
  synopsis: SYNOPSIS,
  summary: 'take back a whole settlement: what goes back in cash, to the funds, to the card (退费)',
  options: { settlement: { type: 'string' }, reason: { type: 'string' } },
  positionals: ['DB'],
  run: (input, { clock }) => {
    const [path = ''] = input.positionals
    const settlementId = required(input, 'settlement', `ledger refund ${SYNOPSIS}`)
    if (!settlementId.ok) return settlementId
    const reason = required(input, 'reason', `ledger refund ${SYNOPSIS}`)
    if (!reason.ok) return reason
    const ledger = openWritableLedger(path, { create: false })
    if (!ledger.ok) return ledger
    try {
      const centre = asBadInput(readCentreFile(centrePathsOf(path)))
      if (!centre.ok) return centre
      const made = { time: clock().cardTime, terminal: centre.value?.terminal }
      const request = { settlementId: settlementId.value, reason: reason.value, ...made }
      const refunded = refundSettlement(ledger.value, request)
      return refunded.ok ? ok(outputOf(refunded.value)) : refundFailure(refunded.error)
    } finally {
      ledger.value.close()
    }
  }
}

function outputOf({ correction, due }: Refund): Output {
  const { correctionId, settlementId, reason, correctedAt } = correction.fact
  const [cash, fund, atCentre, owed] = [due.cash, due.fund, due.atCentre, due.owedToCard].map(formatFen)
  return {
    text: [
      `已退费 refunded: ${settlementId}, refund ${correctionId}`,
      `退现金 cash to hand back ${cash}; 基金不再申报 funds ${fund}; 中心账户退回 accounts at the centre ${atCentre}`,
      due.owedToCard === 0
        ? '无需退回卡上账户 nothing is owed to the card'
        : `应退回卡上账户（待中心圈存）owed to the card until the centre signs a load: ${owed}`
    ].join('\n'),
    json: {
      medins_setl_id: settlementId,
      correction_id: correctionId,
      reason,
      corrected_at: correctedAt,
      cash,
      fund_pay_sumamt: fund,
      at_centre: atCentre,
      owed_to_card: owed,
      ledger: { sequence: correction.sequence, hash: hexOf(correction.hash) }
    }
  }
}
