/** The settlement itself: what the card, or the ledger, said when it came to money. */

import { never } from '../../../base/invariant.ts'
import type { UnknownCause } from '../../../card/session/debit-intent.ts'
import type { SettleRefusal } from '../../../settlement/case/settle-visit.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { DeviceRefusal } from '../../../settlement/payment/payment-device.ts'
import type { Text } from '../../contract/text.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, outside, refused, say, type Answers } from './answers.ts'
import { faultAnswers } from './card.ts'
import { holdAnswers, recordingText, storeDetail } from './ledger.ts'
import { endedAnswers, moduleAnswers, readerAnswers } from './reader.ts'

export function settleAnswers(settle: SettleRefusal): Answers {
  switch (settle.kind) {
    case 'device':
      return deviceAnswers(settle.refusal)
    case 'ledger':
      return holdAnswers(settle.refusal)
    case 'in-doubt':
      return refused({
        what: doubtText(settle.settlementId, settle.cause),
        mend: DOUBT_MEND,
        today: DOUBT_TODAY
      })
    case 'not-recorded': {
      const { zh, en } = recordingText(settle.refusal)
      return outside({
        what: say(
          `结算号${settle.settlementId}存疑：卡已应答，但账簿未能记录（${zh}）`,
          `${settle.settlementId} is in doubt: the card was asked, but the ledger could not record its answer (${en})`
        ),
        mend: and(MEND.support, DOUBT_MEND),
        today: DOUBT_TODAY,
        detail: storeDetail(settle.refusal)
      })
    }
    default:
      return never(settle)
  }
}

const CAUSES: Readonly<Record<UnknownCause, Text>> = {
  'no-answer': say('扣款时卡没有应答', 'no answer to the debit'),
  'card-removed': say('扣款时卡被取走', 'the card was taken out during the debit'),
  'reader-fault': say('扣款时读卡器故障', 'the reader failed during the debit'),
  'unclear-answer': say('卡对扣款的应答不明确', 'the card gave an unclear answer to the debit'),
  'mac2-wrong': say('卡对扣款的应答未通过验证', "the card's answer to the debit was not accepted as genuine"),
  'mac2-unverified': say('卡对扣款的应答未能验证', "the card's answer to the debit could not be checked")
}

const isKnownCause = (cause: string): cause is UnknownCause => Object.hasOwn(CAUSES, cause)

function doubtText(settlementId: string, cause: string): Text {
  const { zh, en } = isKnownCause(cause) ? CAUSES[cause] : say(cause, cause)
  return say(
    `结算号${settlementId}存疑：${zh}，卡上可能已扣款`,
    `${settlementId} is in doubt: ${en}; the card may have been charged`
  )
}

export const DOUBT_MEND = say(
  '请把同一张卡插回本机，由持卡人输入密码；系统随即自动核实，已扣款的补记，没有扣款的释放',
  'put the same card back, and the holder types the PIN: it is then posted or released by itself'
)

export const DOUBT_TODAY = say(
  '核实之前请勿再次收费；卡暂时取不回的，请持卡人留下联系方式，核实后补打结算单',
  'do not charge again before that; a holder who cannot wait leaves a telephone number and gets the statement afterwards'
)

/** The card changed nothing, and said so. */
export function deviceAnswers(device: DeviceRefusal): Answers {
  switch (device.kind) {
    case 'insufficient-balance':
      return refused({
        what: and(
          device.balance === undefined
            ? say(`卡上账户不足以支付${formatFen(device.asked)}元`, `the account on the card does not cover ${formatFen(device.asked)}`)
            : say(
                `账户余额${formatFen(device.balance)}元，不足以支付${formatFen(device.asked)}元`,
                `the balance of ${formatFen(device.balance)} does not cover ${formatFen(device.asked)}`
              ),
          NOTHING_CHARGED
        ),
        mend: MEND.computeAgain,
        today: say('账户不足的部分可付现金', 'what the account does not cover is paid in cash')
      })
    case 'amount-too-large':
      return refused({
        what: and(
          say(
            `金额${formatFen(device.amount)}元超过卡片单次可签的${formatFen(device.max)}元`,
            `amount ${formatFen(device.amount)}: a card signs at most ${formatFen(device.max)} in one settlement`
          ),
          NOTHING_CHARGED
        ),
        mend: say('请收费处分单结算', 'the cashier divides the bill'),
        today: TODAY.payAndClaim
      })
    case 'key-version-unknown':
      return moduleRefusal(say('卡与本机PSAM卡的密钥版本不一致', "card and PSAM have no key version in common"))
    case 'terminal-not-authentic':
      return moduleRefusal(say('卡不承认本机的PSAM卡（MAC1错误）', 'the card does not accept the PSAM of this terminal (wrong MAC1)'))
    case 'psam':
      return moduleAnswers(device)
    case 'session-ended':
      return endedAnswers(device)
    case 'reader-fault':
      return readerAnswers(device)
    case 'pin-not-verified':
    case 'card-blocked':
    case 'card-refused':
      return uncharged(faultAnswers(device))
    default:
      return never(device)
  }
}

const moduleRefusal = (what: Text): Answers =>
  refused({ what: and(what, NOTHING_CHARGED), mend: MEND.support, today: TODAY.otherWindow })

const uncharged = (answers: Answers): Answers => ({ ...answers, what: and(answers.what, NOTHING_CHARGED) })
