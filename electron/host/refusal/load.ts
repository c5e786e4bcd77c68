/** Loads 圈存: what the card, the centre or the ledger said when money was to go back onto a card. */

import { never } from '../../../base/invariant.ts'
import type { LoadUnknownCause } from '../../../card/session/load-intent.ts'
import type { LoadRefusal } from '../../../settlement/case/load-card.ts'
import type { SignerFailure } from '../../../settlement/case/load-signer.ts'
import type { HoldLoadRefusal, PostLoadRefusal, ReleaseLoadRefusal } from '../../../settlement/ledger/refusal.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { LoadDeviceRefusal } from '../../../settlement/payment/load-device.ts'
import type { Text } from '../../contract/text.ts'
import { failureDetail, failureText } from '../sync/link-text.ts'
import { MEND } from './advice.ts'
import { and, badInput, outside, refused, say, type Answers } from './answers.ts'
import { faultAnswers } from './card.ts'
import { innermostKind } from './innermost-kind.ts'
import { storeAnswers, storeDetail, storeText } from './ledger.ts'
import { endedAnswers, moduleAnswers, readerAnswers } from './reader.ts'

const NOTHING_LOADED = say('本次没有写卡', 'nothing was put onto the card')
const SYNC_FIRST = say('请先在“同步”页把记录传到中心，再圈存', 'send the records to the centre first (Sync), then load')
const LOOK = say('请看结算记录：可能已写卡，或当时没有从卡上扣款', 'look at the record: it is on the card already, or nothing was taken from the card')
const CENTRE = say('请联系医保中心核实', 'the centre looks into it')

export const LOAD_DOUBT_MEND = say(
  '请把同一张卡插回本机并输入密码，系统会自动核实：没有写卡的可重新圈存，已写卡的会补记',
  'put the same card back and give its PIN: it says whether it was loaded, and the load is posted or released by itself'
)

export const LOAD_DOUBT_TODAY = say('核实之前不再给这张卡圈存，也不要以现金补退', 'nothing is loaded onto that card before that, and nothing handed out in cash instead')

/** What the window and scripts switch on: the centre's own word where it said no. */
export function loadRefusalKind(refusal: LoadRefusal): string {
  return refusal.kind === 'signer' && refusal.refusal.kind === 'refused' ? refusal.refusal.reason : innermostKind(refusal)
}

/** What other families say of today - pay in full, another window - is about settling: here nothing is lost by waiting. */
export function loadAnswers(load: LoadRefusal): Answers {
  const answers = answersTo(load)
  return answers.today === LOAD_DOUBT_TODAY || answers.today === GRANTED_FIRST ? answers : { ...answers, today: KEPT }
}

const KEPT = say('应退金额一直记在账上，之后随时可以圈存', 'what is owed stays in the ledger and can be loaded any day')

/** Waiting makes no load of what the centre does not have. */
const GRANTED_FIRST = say(
  '今天不能圈存，也不要以现金补退；中心划入后，持卡人带卡来，持卡人一栏会列出“中心划入”，圈存那一笔',
  'nothing can be loaded today, and nothing is handed out in cash instead; once it is granted, the panel of the card lists it as a credit of the centre: load that one'
)

function answersTo(load: LoadRefusal): Answers {
  switch (load.kind) {
    case 'settlement-unknown':
      return badInput({
        what: say(`本机账簿中没有结算号“${load.settlementId}”`, `settlement "${load.settlementId}" is not in this ledger`),
        mend: say('请核对结算号', 'check the number')
      })
    case 'card-differs':
      return refused({
        what: and(say(`结算号${load.settlementId}是用另一张卡付的`, `another card paid ${load.settlementId}`), NOTHING_LOADED),
        mend: say('请插入当时付款的卡', 'put in the card that paid')
      })
    case 'load-in-doubt':
      return refused({
        what: say(`这张卡的圈存${load.loadId}存疑，尚未核实`, `load ${load.loadId} of this card is in doubt`),
        mend: LOAD_DOUBT_MEND,
        today: LOAD_DOUBT_TODAY
      })
    case 'nothing-owed':
      return refused({
        what: say(`结算号${load.settlementId}没有应退回卡上的金额`, `nothing of ${load.settlementId} is owed to the card`),
        mend: LOOK
      })
    case 'correction-not-confirmed':
      return notBooked(load.settlementId)
    case 'never-booked':
      return refused({
        what: and(
          say(
            `中心没有入账结算号${load.settlementId}，也就没有可以圈存的退费；卡上已扣${formatFen(load.owed)}元`,
            `the centre never booked ${load.settlementId}, so there is no refund that it could sign; the card has paid ${formatFen(load.owed)}`
          ),
          NOTHING_LOADED
        ),
        mend: say('请凭结算单上的交易验证码（TAC）联系医保中心，由中心划入', "the centre's staff grant it as a credit, on the TAC of the statement"),
        today: GRANTED_FIRST
      })
    case 'credit-loaded':
      return refused({ what: say(`划入${load.creditId}已经写卡`, `credit ${load.creditId} is on the card already`), mend: LOOK })
    case 'credit-unknown':
      return refused({
        what: say(`中心没有给这张卡的划入${load.creditId}`, `the centre has no credit ${load.creditId} waiting for this card`),
        mend: LOOK
      })
    case 'device':
      return deviceAnswers(load.refusal)
    case 'signer':
      return signerAnswers(load.refusal)
    case 'ledger':
      return ledgerAnswers(load.refusal)
    case 'in-doubt':
      return refused({ what: doubtText(load.loadId, load.cause), mend: LOAD_DOUBT_MEND, today: LOAD_DOUBT_TODAY })
    case 'not-recorded': {
      const { zh, en } = loadRecordingText(load.refusal)
      return outside({
        what: say(
          `圈存${load.loadId}存疑：卡已应答，但账簿未能记录（${zh}）`,
          `load ${load.loadId} is in doubt: the card was asked, but the ledger could not record its answer (${en})`
        ),
        mend: and(MEND.support, LOAD_DOUBT_MEND),
        today: LOAD_DOUBT_TODAY,
        detail: storeDetail(load.refusal)
      })
    }
    default:
      return never(load)
  }
}

const notBooked = (settlementId: string): Answers =>
  refused({
    what: and(say(`中心尚未确认结算号${settlementId}的退费`, `the centre has not confirmed the refund of ${settlementId}`), NOTHING_LOADED),
    mend: SYNC_FIRST
  })

const CAUSES: Readonly<Record<LoadUnknownCause, Text>> = {
  'no-answer': say('写卡时卡没有应答', 'no answer to the load'),
  'card-removed': say('写卡时卡被取走', 'the card was taken out during the load'),
  'reader-fault': say('写卡时读卡器故障', 'the reader failed during the load'),
  'unclear-answer': say('卡对写卡的应答不明确', 'the card gave an unclear answer to the load'),
  'balance-does-not-fit': say('卡说已写入，但余额对不上', 'the card says yes, and its balance does not fit')
}

const isKnownCause = (cause: string): cause is LoadUnknownCause => Object.hasOwn(CAUSES, cause)

function doubtText(loadId: string, cause: string): Text {
  const { zh, en } = isKnownCause(cause) ? CAUSES[cause] : say(cause, cause)
  return say(`圈存${loadId}存疑：${zh}，可能已写入卡`, `load ${loadId} is in doubt: ${en}; it may be on the card`)
}

/** The card changed nothing, and said so. */
function deviceAnswers(device: LoadDeviceRefusal): Answers {
  switch (device.kind) {
    case 'account-not-on-card':
      return refused({
        what: say('这张卡的个人账户在中心，不需要圈存', 'the account of this card is at the centre; nothing is loaded'),
        mend: say('退回的金额由中心记入账户', 'the centre puts the amount into the account')
      })
    case 'load-not-authentic':
      return refused({
        what: and(say('卡不承认中心的签名（MAC2错误）', "the card does not accept the centre's signature (wrong MAC2)"), NOTHING_LOADED),
        mend: say('请重新圈存一次；仍然如此请联系医保中心', 'load it once more; if it stays so, the centre looks into it')
      })
    case 'amount-too-large':
      return refused({
        what: and(
          say(`金额${formatFen(device.amount)}元超过卡片可记的${formatFen(device.max)}元`, `amount ${formatFen(device.amount)}: a card takes at most ${formatFen(device.max)}`),
          NOTHING_LOADED
        ),
        mend: CENTRE
      })
    case 'key-version-unknown':
      return refused({ what: and(say('卡没有这个版本的圈存密钥', 'the card has no load key of this version'), NOTHING_LOADED), mend: CENTRE })
    case 'psam':
      return moduleAnswers(device)
    case 'session-ended':
      return endedAnswers(device)
    case 'reader-fault':
      return readerAnswers(device)
    case 'pin-not-verified':
    case 'card-blocked':
    case 'card-refused': {
      const answers = faultAnswers(device)
      return { ...answers, what: and(answers.what, NOTHING_LOADED) }
    }
    case 'insufficient-balance':
    case 'terminal-not-authentic':
      return refused({ what: and(say('卡拒绝圈存', 'the card refuses the load'), NOTHING_LOADED), mend: MEND.support })
    default:
      return never(device)
  }
}

/** The centre's reasons, as settlement/centre/load names them. */
const SIGNER_REASONS: Readonly<Record<string, { readonly what: Text; readonly mend: Text }>> = {
  'settlement-not-booked': { what: say('中心还没有这笔结算', 'the centre has not booked this settlement'), mend: SYNC_FIRST },
  'correction-not-confirmed': { what: say('中心还没有记录这笔退费', 'the centre has not booked this refund'), mend: SYNC_FIRST },
  'load-serial-differs': { what: say('卡的圈存序号与中心记录不一致，有一笔圈存还没传到中心', "the card's load serial is not the centre's: an earlier load has not arrived there"), mend: SYNC_FIRST },
  'load-open': { what: say('这张卡另有一笔圈存尚未了结', 'another load of this card is not finished'), mend: SYNC_FIRST },
  'load-ended': { what: say('这笔圈存在中心已经了结', 'this load is finished at the centre'), mend: SYNC_FIRST },
  'card-lost': { what: say('这张卡已挂失', 'this card was reported lost'), mend: MEND.lostCard },
  'card-not-activated': { what: say('这张卡尚未启用', 'this card has not been activated'), mend: MEND.serviceWindow },
  'card-unknown': { what: say('中心没有这张卡', 'the centre does not know this card'), mend: CENTRE },
  'mac1-wrong': { what: say('中心不承认卡的请求（MAC1错误）', "the centre does not accept the card's request (wrong MAC1)"), mend: CENTRE },
  'settlement-of-another': { what: say('这笔结算不是本机、本卡的', 'this settlement was made at another terminal or with another card'), mend: CENTRE },
  'nothing-owed': { what: say('中心记录没有应退回卡上的金额', 'of record nothing is owed to this card'), mend: CENTRE },
  'more-than-owed': { what: say('金额超过中心记录的应退额', 'the amount is more than is owed of record'), mend: SYNC_FIRST },
  'credit-unknown': { what: say('中心没有这笔划入', 'the centre has no such credit'), mend: CENTRE },
  'credit-of-another': { what: say('这笔划入属于另一张卡', "this credit is another card's"), mend: CENTRE },
  'credit-spent': { what: say('这笔划入已经使用', 'this credit is used'), mend: CENTRE },
  'credit-amount-differs': { what: say('这笔划入的金额有变', 'this credit has another amount now'), mend: say('请重新读卡', 'read the card again') }
}

function signerAnswers(failure: SignerFailure): Answers {
  switch (failure.kind) {
    case 'not-connected':
      return refused({
        what: and(say('本机尚未接入医保中心，圈存须由中心签名', 'this terminal has no centre, and only a centre signs a load'), NOTHING_LOADED),
        mend: say('在“同步”页填写中心地址和一次性接入码', 'give the address and the one-time code of the centre on the Sync screen')
      })
    case 'refused': {
      const known = SIGNER_REASONS[failure.reason]
      return known === undefined
        ? refused({ what: and(failureText(failure), NOTHING_LOADED), mend: CENTRE })
        : refused({ what: and(known.what, NOTHING_LOADED), mend: known.mend })
    }
    case 'network-down':
    case 'centre-down':
    case 'clock-skew':
    case 'too-many':
      return outside({
        what: and(failureText(failure), NOTHING_LOADED),
        mend: say('恢复联机后再圈存，欠款记录一直保留', 'load when the centre is back; what is owed stays in the ledger'),
        detail: failureDetail(failure)
      })
    default:
      return never(failure)
  }
}

/** Before the card was given anything. */
function ledgerAnswers(refusal: HoldLoadRefusal): Answers {
  switch (refusal.kind) {
    case 'store-failure':
      return storeAnswers(refusal)
    case 'load-in-doubt':
      return answersTo({ kind: 'load-in-doubt', loadId: refusal.loadId })
    case 'settlement-unknown':
    case 'card-differs':
    case 'nothing-owed':
      return answersTo(refusal)
    case 'credit-loaded':
      return answersTo({ kind: 'credit-loaded', creditId: refusal.creditId })
    case 'more-than-owed':
      return refused({
        what: and(say(`金额超过应退的${formatFen(refusal.owed)}元`, `the amount is more than the ${formatFen(refusal.owed)} owed`), NOTHING_LOADED),
        mend: say('请重新读卡后再圈存', 'read the card again and load once more')
      })
    case 'id-conflict':
      return refused({ what: and(say(`圈存号${refusal.id}已被占用`, `load number ${refusal.id} is taken`), NOTHING_LOADED), mend: MEND.support })
    default:
      return never(refusal)
  }
}

/** Why the card's word could not be written down. Part of a sentence. */
export function loadRecordingText(refusal: PostLoadRefusal | ReleaseLoadRefusal): Text {
  switch (refusal.kind) {
    case 'store-failure':
      return storeText(refusal)
    case 'load-unknown':
      return say('账簿中没有这笔圈存', 'the ledger has no such load')
    case 'load-not-open':
      return refusal.closedBy === 'load-posting' ? say('这笔圈存已经记账', 'the load was posted before') : say('这笔圈存已经释放', 'the load was released before')
    case 'evidence-contradicts':
      return say(
        `卡上余额应为${formatFen(refusal.balanceExpected)}元，实为${formatFen(refusal.balanceFound)}元`,
        `the balance on the card should be ${formatFen(refusal.balanceExpected)} and is ${formatFen(refusal.balanceFound)}`
      )
    case 'id-conflict':
      return say('账簿中已有另一份凭证', 'the ledger has another proof of it')
    default:
      return never(refusal)
  }
}
