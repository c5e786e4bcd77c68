/** Why the link to the centre does not do what it should, for the people who can mend it. */

import { never } from '../../../base/invariant.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { StopReason } from '../../../settlement/sync/stop-reason.ts'
import type { Text } from '../../contract/text.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { say } from '../refusal/answers.ts'
import { storeDetail, storeText } from '../refusal/ledger.ts'
import { isOfAnother } from './may-connect-anew.ts'
import { because } from './unreached-text.ts'

export function failureText(failure: LinkFailure): Text {
  switch (failure.kind) {
    case 'network-down':
      return because(say('连不上中心', 'the centre cannot be reached'), failure.cause)
    case 'centre-down':
      return because(say('中心没有正常应答', 'the centre does not answer as a centre does'), failure.cause)
    case 'clock-skew':
      return say(
        `本机时钟与中心相差过大，中心时间为${readableTime(failure.centreTime)}`,
        `this machine's clock is too far from the centre's, which says ${readableTime(failure.centreTime)}`
      )
    case 'too-many':
      return say('中心要求稍后再试', 'the centre asks to come again later')
    case 'refused':
      return refusedText(failure.reason, failure.message)
    default:
      return never(failure)
  }
}

/** What support looks for: the code of the system, or what an answer had. */
export const failureDetail = (failure: LinkFailure): string | undefined => ('cause' in failure ? failure.cause : undefined)

export function stopText(stop: StopReason): Text {
  switch (stop.kind) {
    case 'centre-ahead':
      return say(
        `中心已有${stop.centre}批，本机账簿只有${stop.here}批：账簿是由旧备份恢复的，取回缺的记录之前不能结算（命令行：ledger restore）`,
        `the centre has more batches (${stop.centre}) than this ledger (${stop.here}): it was put back from an older copy, and nothing is settled until the rest is fetched (command line: ledger restore)`
      )
    case 'histories-differ':
      return say(
        `第${stop.batch}批在中心与本机不一致：恢复旧备份后本机又有了新记录，或两台机器共用一个身份。${CONNECT_ANEW.zh}`,
        `batch ${stop.batch} differs here and at the centre: this ledger has gone on since an older copy was put back, or two machines share one identity. ${CONNECT_ANEW.en}`
      )
    case 'refused':
      return refusedText(stop.reason, stop.message)
    case 'answer-wrong':
      return say('中心的应答与所问对不上', "the centre's answer does not fit what it was asked")
    case 'not-recorded':
      return say(`账簿不能记录中心对第${stop.sequence}条的答复`, `the ledger does not take what the centre says of fact ${stop.sequence}`)
    case 'fact-too-large':
      return say(`第${stop.sequence}条过大（${stop.bytes}字节），无法上传`, `fact ${stop.sequence} is too large to be sent (${stop.bytes} bytes)`)
    case 'store-failure':
      return storeText(stop)
    default:
      return never(stop)
  }
}

export function stopDetail(stop: StopReason): string | undefined {
  switch (stop.kind) {
    case 'answer-wrong':
      return stop.detail
    case 'not-recorded':
      return stop.refusal
    default:
      return storeDetail(stop)
  }
}

/** Under another name, which takes nothing more than a code. */
export const CONNECT_ANEW = say(
  '请向医保中心要一个新的接入码，重新接入（命令行：sync connect --anew）',
  'Ask the centre for a new code and connect anew (command line: sync connect --anew)'
)

/** What is wrong with it is for support. */
export const KEY_UNUSABLE = say('本机向中心证明身份的密钥不能使用', 'the key by which this terminal proves itself to the centre cannot be used')

const OF_ANOTHER = {
  'terminal-unknown': say('中心没有本机的登记', 'the centre does not know this terminal'),
  'signature-wrong': say('中心不认本机的签名', "the centre does not accept this terminal's signature"),
  'chain-broken': say('账簿的链与中心的副本对不上', "the ledger's chain does not follow the centre's copy"),
  'batch-conflict': say('中心已有同号而内容不同的一批', 'the centre has another batch of that number')
} as const

function refusedText(reason: string, message: string): Text {
  if (isOfAnother(reason)) return say(`${OF_ANOTHER[reason].zh}。${CONNECT_ANEW.zh}`, `${OF_ANOTHER[reason].en}. ${CONNECT_ANEW.en}`)
  const said = message === '' ? reason : message
  return say(`中心拒绝：${said}`, `the centre refuses: ${said}`)
}
