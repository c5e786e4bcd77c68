/**
 * Why the centre did not book an entry, as a report has it: by the name of the reason alone. The Sync screen, which has the
 * whole verdict, says more.
 */

import type { ParkedReason } from '../../../settlement/sync/parked.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

const REASONS: Readonly<Record<ParkedReason, Text>> = {
  'claim-malformed': say('申报内容不合格式', 'the claim cannot be read there'),
  'policy-unknown': say('中心没有所用的政策版本', 'the centre does not have the policy that was used'),
  'amounts-wrong': say('金额与按政策计算的不一致', 'the amounts are not what the claim comes to'),
  'person-unknown': say('中心没有该参保人的登记', 'the centre does not know the person'),
  'card-unknown': say('中心没有该卡的发卡记录', 'the centre does not know the card'),
  'card-of-another': say('该卡登记为他人所有', "the card is another person's"),
  'card-lost': say('该卡在结算前已挂失', 'the card was reported lost before'),
  'tac-wrong': say('卡的交易验证码验证不通过', "the card's proof of the debit is not genuine"),
  'card-cloned': say('同一卡交易序号出现两笔交易', "two transactions carry one serial of the card"),
  'time-ahead': say('结算时间晚于中心时间', "its time lies ahead of the centre's"),
  'target-not-booked': say('所针对的结算中心没有入账', 'the centre has not booked what it refers to'),
  'load-not-signed': say('中心没有签发过这次圈存', 'the centre never signed this load'),
  'visit-settled': say('该次就诊中心已有另一笔结算', 'the centre has another settlement of the visit'),
  'id-taken': say('编号在中心已用于另一笔', 'the centre has the number with other content'),
  'answer-differs': say('中心先后两次的答复不同', 'the centre has said two different things of it')
}

export function parkedReasonText(reason: string, id: string): Text {
  const { zh, en } = Object.entries(REASONS).find(([name]) => name === reason)?.[1] ?? say(reason, reason)
  return say(`中心没有入账：${zh}（${id}）`, `not booked by the centre: ${en} (${id})`)
}
