/** What a parked entry says to the people who look at it: why it was not booked, whose turn it is, what to do. */

import { never } from '../../../base/invariant.ts'
import { handlingOf, wasConfirmed, type NextStep, type Owner, type ParkedVerdict } from '../../../settlement/sync/parked.ts'
import type { EntryConflict, EntryRefusal } from '../../../settlement/batch/batch.ts'
import type { ParkedAction } from '../../contract/sync-view.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'
import { ruleZh } from '../../../settlement/wire/rule-zh.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'

export interface ParkedWords {
  readonly what: Text
  readonly owner: Text
  readonly next: Text
  readonly actions: readonly ParkedAction[]
}

export function parkedWords(verdict: ParkedVerdict): ParkedWords {
  const { owner, next } = handlingOf(verdict)
  return { what: parkedWhat(verdict), owner: OWNERS[owner], next: nextOf(verdict, next), actions: ACTIONS[next] }
}

export function parkedWhat(verdict: ParkedVerdict): Text {
  const what = whatOf(verdict)
  if (!wasConfirmed(verdict)) return what
  return { zh: `中心先前已确认，恢复旧数据后不再承认：${what.zh}`, en: `the centre had confirmed it, was put back from an older copy and does not book it again: ${what.en}` }
}

function whatOf(verdict: ParkedVerdict): Text {
  switch (verdict.kind) {
    case 'refused':
      return refusalWhat(verdict.refusal)
    case 'conflict':
      return conflictWhat(verdict.conflict)
    case 'answer-differs':
      return say(
        `中心先前已确认，现在又给出另一个结算编号（${verdict.setlId}）`,
        `the centre had confirmed it and now names another settlement (${verdict.setlId})`
      )
    default:
      return never(verdict)
  }
}

const OWNERS: Readonly<Record<Owner, Text>> = {
  'this-counter': say('本收费窗口', 'this counter'),
  institution: say('本院医保办', "this institution's insurance office"),
  centre: say('医保中心', 'the insurance centre'),
  vendor: say('软件厂商', 'the software vendor')
}

/** The proposed step first; a person may always hand it over. */
const ACTIONS: Readonly<Record<NextStep, readonly ParkedAction[]>> = {
  retry: ['retry', 'hand-over', 'reverse'],
  reverse: ['reverse', 'retry', 'hand-over'],
  'hand-over': ['hand-over', 'retry', 'reverse']
}

function refusalWhat(refusal: EntryRefusal): Text {
  switch (refusal.kind) {
    case 'claim-malformed':
      return say(
        `中心读不懂这笔结算的明细：${refusal.field}（${ruleZh(refusal.rule)}）`,
        `the centre cannot read the claim: ${refusal.field}: ${refusal.rule}`
      )
    case 'policy-unknown':
      return say(
        `中心没有所用的政策版本（${refusal.region} ${refusal.version}）`,
        `the centre does not have the policy that was used (${refusal.region} ${refusal.version})`
      )
    case 'amounts-wrong':
      return say(
        `金额与按所用政策计算的结果不一致：${refusal.field} 上报${refusal.stated}，应为${refusal.computed}`,
        `the amounts are not what the claim comes to: ${refusal.field} ${refusal.stated} instead of ${refusal.computed}`
      )
    case 'person-unknown':
      return say('中心没有该参保人的登记', 'the centre does not know this person')
    case 'card-unknown':
      return say('中心没有该卡的发卡记录', 'the centre does not know this card')
    case 'card-of-another':
      return say('该卡在中心登记为他人所有', "the card is registered as another person's")
    case 'card-lost':
      return say(
        `该卡在结算前已挂失（${readableTime(refusal.since)}）`,
        `the card was reported lost before the settlement (${readableTime(refusal.since)})`
      )
    case 'tac-wrong':
      return say('卡的交易验证码（TAC）验证不通过', "the card's proof of the debit (TAC) is not genuine")
    case 'card-cloned':
      return say(
        `同一卡交易序号${refusal.serial}出现两笔不同交易，其中一张可能是复制卡`,
        `two different transactions carry the card's serial ${refusal.serial}: one of the two cards may be a copy`
      )
    case 'time-ahead':
      return say(
        `结算时间${readableTime(refusal.time)}晚于中心时间${readableTime(refusal.centreTime)}`,
        `its time ${readableTime(refusal.time)} lies ahead of the centre's ${readableTime(refusal.centreTime)}`
      )
    case 'target-not-booked':
      return say('它所针对的结算在中心没有入账', 'the centre has not booked what it refers to')
    case 'load-not-signed':
      return say('中心没有签发过这次圈存', 'the centre never signed this load')
    default:
      return never(refusal)
  }
}

function conflictWhat(conflict: EntryConflict): Text {
  switch (conflict.kind) {
    case 'visit-settled':
      return say(
        `该次就诊在中心已有另一笔结算（${conflict.settlementId}）`,
        `the centre has another settlement of this visit (${conflict.settlementId})`
      )
    case 'id-taken':
      return say(`结算号${conflict.id}在中心已用于另一笔内容`, `the centre has number ${conflict.id} with other content`)
    default:
      return never(conflict)
  }
}

function nextOf(verdict: ParkedVerdict, next: NextStep): Text {
  const reason = verdict.kind === 'refused' ? verdict.refusal.kind : verdict.kind === 'conflict' ? verdict.conflict.kind : verdict.kind
  return NEXT_OF[reason] ?? NEXT[next]
}

const NEXT: Readonly<Record<NextStep, Text>> = {
  retry: say('原因消除后重新上传', 'have it judged again when the cause is mended'),
  reverse: say('办理退费，改为自费或重新结算', 'refund it; the patient pays and claims, or it is settled anew'),
  'hand-over': say('写明情况，移交处理', 'write down what happened and hand it over')
}

const NEXT_OF: Readonly<Record<string, Text>> = {
  'policy-unknown': say('请中心装入该政策版本，然后重新上传', 'ask the centre to load that policy, then have it judged again'),
  'person-unknown': say('请中心核对参保登记，然后重新上传', 'ask the centre to check the registration, then have it judged again'),
  'card-unknown': say('请中心核对发卡记录，然后重新上传', 'ask the centre to check the issue of the card, then have it judged again'),
  'time-ahead': say('先校准本机时钟，到时后重新上传', "set this machine's clock, and have it judged again when the time has come"),
  'target-not-booked': say('先处理它所针对的那笔结算，再重新上传', 'settle what it refers to first, then have it judged again'),
  'card-lost': say('联系持卡人：退费，或由其解除挂失后重新上传', 'call the holder: refund it, or have it judged again when the report is lifted')
}
