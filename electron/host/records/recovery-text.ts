/** What became of a hold when a card was asked, in words: for the window, and on one line for the command line. */

import { never } from '../../../base/invariant.ts'
import type { UnresolvedReason } from '../../../card/session/debit-intent.ts'
import type { LoadUnresolvedReason } from '../../../card/session/load-intent.ts'
import type { LoadEvidence } from '../../../settlement/payment/load-device.ts'
import { USED_ELSEWHERE } from '../../../settlement/sync/doubts.ts'
import type { DebitEvidence } from '../../../settlement/payment/payment-device.ts'
import type { Text } from '../../contract/text.ts'
import type { CardRecovery } from '../card-recovery.ts'
import { MEND } from '../refusal/advice.ts'
import { and, say } from '../refusal/answers.ts'
import { recordingText, storeDetail } from '../refusal/ledger.ts'
import { loadRecordingText } from '../refusal/load.ts'

const SOURCES: Readonly<Record<DebitEvidence['source'] | LoadEvidence['source'], Text>> = {
  'debit-answer': say('扣款应答', 'debit-answer'),
  'credit-answer': say('写卡应答', 'credit-answer'),
  'transaction-prove': say('卡内交易认证', 'transaction-prove'),
  'transaction-log': say('卡内交易明细', 'transaction-log')
}

const REASONS: Readonly<Record<UnresolvedReason | LoadUnresolvedReason, Text>> = {
  'other-card': say('读卡器里不是当时那张卡', 'another card lies in the reader'),
  'pin-needed': say('需要持卡人输入密码才能查卡内明细', "the card's log needs the holder's PIN"),
  'psam-needed': say('本机没有PSAM卡，无法验证卡的真伪', 'without a PSAM the card cannot prove that it is genuine'),
  'not-genuine': say('卡未通过真伪验证', 'the card did not prove that it is genuine'),
  'session-ended': say('核实时卡被取走', 'the card left while it was asked'),
  'card-does-not-answer': say('卡没有应答', 'the card does not answer'),
  'serial-does-not-fit': say('卡的交易序号对不上', "the card's serial does not fit"),
  'balance-does-not-fit': say('卡上余额对不上', "the card's balance does not fit"),
  'log-shows-another-transaction': say('卡内明细是另一笔交易', "the card's log shows another transaction"),
  'log-does-not-show-it': say('卡内明细中没有这笔交易', "the card's log does not show it")
}

const isReason = (reason: string): reason is keyof typeof REASONS => Object.hasOwn(REASONS, reason)

const reasonText = (reason: string): Text => (isReason(reason) ? REASONS[reason] : say(reason, reason))

/** What has to be done before the hold, or the load, can be closed. */
export function nextStep(reason: string | undefined): Text {
  switch (reason) {
    case 'psam-needed':
      return and(MEND.support, say('装好PSAM卡后再插卡核实', 'with a PSAM in place the card is asked again'))
    case 'not-genuine':
    case 'serial-does-not-fit':
    case 'balance-does-not-fit':
    case 'log-shows-another-transaction':
    case 'log-does-not-show-it':
      return say('卡不能证明，请保留记录，待医保中心对账核实', 'the card cannot prove it: the hold stays until the centre reconciles it')
    default:
      return MEND.insertAndPin
  }
}

export function recoveryText(recovery: CardRecovery): Text {
  switch (recovery.kind) {
    case 'posted': {
      const { zh, en } = SOURCES[recovery.evidence.source]
      return say(`卡已扣款（依据：${zh}），现已补记`, `the card had been charged (${en}); now posted`)
    }
    case 'released':
      return releasedText(recovery.proof)
    case 'load-posted': {
      const { zh, en } = SOURCES[recovery.evidence.source]
      return say(`圈存已写入卡（依据：${zh}），现已补记`, `the card had been loaded (${en}); now posted`)
    }
    case 'load-released':
      return say('卡没有写入圈存，已释放，可以重新圈存', `the card had not been loaded (${recovery.proof}); released`)
    case 'in-doubt':
    case 'load-in-doubt': {
      const { zh, en } = reasonText(recovery.reason)
      return and(say(`仍存疑：${zh}`, `still in doubt: ${en}`), nextStep(recovery.reason))
    }
    case 'not-recorded': {
      const { zh, en } = recordingText(recovery.refusal)
      return say(`已核实，但账簿未能记录，仍存疑：${zh}`, `the ledger could not record the proof: ${en}`)
    }
    case 'load-not-recorded': {
      const { zh, en } = loadRecordingText(recovery.refusal)
      return say(`已核实，但账簿未能记录，仍存疑：${zh}`, `the ledger could not record the proof: ${en}`)
    }
    default:
      return never(recovery)
  }
}

const releasedText = (proof: string): Text =>
  proof.startsWith(USED_ELSEWHERE)
    ? say(
        '医保中心已记有该卡同一交易序号的另一笔结算，证明卡没有扣本笔款，预记录已释放，可以重新结算',
        `the centre has another settlement under the card's serial, so the card had not been charged (${proof}); released`
      )
    : say('卡没有扣款，预记录已释放，可以重新结算', `the card had not been charged (${proof}); released`)

/** For the command line: which settlement or load, and both languages. */
export function recoveryLine(recovery: CardRecovery): string {
  const { zh, en } = recoveryText(recovery)
  const detail = 'refusal' in recovery ? storeDetail(recovery.refusal) : undefined
  const subject = 'load' in recovery ? `load ${recovery.load.loadId}` : `${recovery.hold.settlementId} visit ${recovery.hold.visit.visitNo}`
  return `${subject}: ${en} (${zh})${detail === undefined ? '' : `; ${detail}`}`
}
