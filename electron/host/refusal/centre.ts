/** What the counter knows of its centre is too old to settle on. */

import type { CounterRefusal } from '../counter-refusal.ts'
import { readableTime } from '../records/recorded-visit.ts'
import { NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, refused, say, type Answers } from './answers.ts'

type Stale = Extract<CounterRefusal, { kind: 'centre-stale' }>

export const staleAnswers = ({ answeredAt, days, daysMax }: Stale): Answers =>
  refused({
    what: and(
      say(
        `本机最近一次从医保中心取得政策、挂失名单和待遇信息是${readableTime(answeredAt)}，已${days}天，超过本地规定的${daysMax}天，统筹基金暂停支付`,
        `policies, lost cards and entitlements were last confirmed by the centre on ${readableTime(answeredAt)}, ${days} days ago; here at most ${daysMax} are allowed, and no fund pays until the centre has answered`
      ),
      NOTHING_CHARGED
    ),
    mend: say(
      '请在“同步”页联机；连不上的，按该页的提示找网络维护人员或医保中心，恢复后即可结算',
      'go online on the Sync screen; where that fails, the network staff or the centre mends it as that screen says, and it settles at once afterwards'
    ),
    today: TODAY.payAndClaim
  })
