/** The ledger: a disk that fails, a visit that it already knows, a settlement that cannot be taken back. */

import { never } from '../../../base/invariant.ts'
import type { HoldRefusal, PostRefusal, ReleaseRefusal, StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { Text } from '../../contract/text.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, outside, refused, say, type Answers } from './answers.ts'

const CAUSES: Readonly<Record<StoreFailure['cause'], Text>> = {
  full: say('磁盘已满', 'the disk is full'),
  busy: say('账簿文件被其他程序占用', 'another program has its file in use'),
  'read-only': say('账簿文件为只读', 'its file is read-only'),
  corrupt: say('账簿文件已损坏', 'its file is damaged'),
  io: say('磁盘读写失败', 'the disk failed')
}

const CURES: Readonly<Record<StoreFailure['cause'], Text>> = {
  full: say('请维护人员清理磁盘空间', 'the support staff make room on the disk'),
  busy: say('请关闭占用账簿的程序后重试；仍被占用的，请联系本机维护人员', 'close the other program and try again; if it stays in use, the support staff of this terminal'),
  'read-only': say('请维护人员恢复账簿文件的写权限', 'the support staff make the file writable'),
  corrupt: say('请维护人员先备份账簿文件，再做账簿核验', 'the support staff copy the file and verify the ledger'),
  io: say('请维护人员检查磁盘', 'the support staff look at the disk')
}

/** Part of a sentence. What the database calls it is for support: `storeDetail`. */
export const storeText = ({ cause }: StoreFailure): Text => say(`账簿无法读写：${CAUSES[cause].zh}`, `the ledger cannot be read or written: ${CAUSES[cause].en}`)

/** undefined: the disk did not fail, the ledger itself refused. */
export const storeDetail = ({ kind, detail }: { readonly kind: string; readonly detail?: string }): string | undefined => (kind === 'store-failure' ? detail : undefined)

export const storeAnswers = (failure: StoreFailure): Answers =>
  outside({ what: storeText(failure), mend: CURES[failure.cause], today: TODAY.otherWindow, detail: failure.detail })

/** Before the card was asked for money: nothing was charged, whatever stands in the way. */
export function holdAnswers(refusal: HoldRefusal): Answers {
  switch (refusal.kind) {
    case 'store-failure':
      return storeAnswers(refusal)
    case 'visit-already-settled':
      return refused({
        what: say(
          `就诊号${refusal.visit.visitNo}已经结算过（结算号${refusal.settlementId}）`,
          `visit ${refusal.visit.visitNo} is settled already, as ${refusal.settlementId}`
        ),
        mend: say(
          '结算单可在结算记录中补打；需要更正的，先退费，再用新的就诊号结算',
          'the records print its statement again; to correct it, refund it and settle under a new visit number'
        ),
        today: NOTHING_CHARGED
      })
    case 'visit-in-doubt':
      return refused({
        what: say(
          `就诊号${refusal.visit.visitNo}有一笔存疑记录（结算号${refusal.settlementId}），结果还没有核实`,
          `visit ${refusal.visit.visitNo} has a hold in doubt, ${refusal.settlementId}`
        ),
        mend: say(
          '请先把当时那张卡插回本机，由持卡人输入密码核实，之后再结算',
          'put the card of that attempt back first, and the holder types the PIN: its log says what happened'
        ),
        today: say('核实之前请勿再次收费', 'nobody is charged again before that')
      })
    case 'id-conflict':
      return refused({
        what: say(`结算号${refusal.id}已被另一笔结算占用`, `settlement number ${refusal.id} is taken by another settlement`),
        mend: say('请重新结算一次，系统会换用新的结算号', 'settle once more: another number is taken'),
        today: NOTHING_CHARGED
      })
    case 'trace-code-sold':
      return {
        ...refused({
          what: say(
            `追溯码${refusal.code}对应的药品已于${refusal.day}售出（结算号${refusal.settlementId}）`,
            `the pack with trace code ${refusal.code} was sold on ${refusal.day}, as ${refusal.settlementId}`
          ),
          mend: say(
            '请核对药盒上的追溯码后重新扫描；确属退回的药品，先办理退药，追溯码随即可以再用',
            'look at the code on the pack and scan it again; a pack that was brought back is returned first, which frees its code'
          ),
          today: say('换一盒未售出的药品扫码后即可结算', 'another pack that was not sold can be scanned and settled now')
        }),
        settlementId: refusal.settlementId
      }
    case 'counter-out-of-range':
      return refused({
        what: and(
          say(`累计额“${refusal.counter}”超出可记录的范围`, `the year's counter ${refusal.counter} would leave its range`),
          NOTHING_CHARGED
        ),
        mend: MEND.support,
        today: TODAY.payAndClaim
      })
    default:
      return never(refusal)
  }
}

/** Why the card's word could not be written down. Part of a sentence. */
export function recordingText(refusal: PostRefusal | ReleaseRefusal): Text {
  switch (refusal.kind) {
    case 'store-failure':
      return storeText(refusal)
    case 'hold-unknown':
      return say('账簿中没有这笔预记录', 'the ledger has no such hold')
    case 'hold-not-open':
      return refusal.closedBy === 'posting'
        ? say('这笔预记录已经记账', 'the hold was posted before')
        : say('这笔预记录已经释放', 'the hold was released before')
    case 'evidence-contradicts':
      return say(
        `卡上余额应为${formatFen(refusal.balanceExpected)}元，实为${formatFen(refusal.balanceFound)}元`,
        `the balance on the card should be ${formatFen(refusal.balanceExpected)} and is ${formatFen(refusal.balanceFound)}`
      )
    case 'id-conflict':
      return say('账簿中已有另一份凭证', 'the ledger has another proof of it')
    case 'counter-out-of-range':
      return say(`累计额“${refusal.counter}”超出可记录的范围`, `the year's counter ${refusal.counter} would leave its range`)
    default:
      return never(refusal)
  }
}
