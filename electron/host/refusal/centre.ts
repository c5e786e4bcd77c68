/** What the counter knows of its centre is too old to settle on, or its ledger is older than the centre's books. */

import type { CounterRefusal } from '../counter-refusal.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, refused, say, type Answers } from './answers.ts'

type Stale = Extract<CounterRefusal, { kind: 'centre-stale' }>

export const staleAnswers = ({ answeredAt, days, daysMax }: Stale): Answers =>
  refused({
    what: and(
      say(
        `本机最近一次从医保中心取得政策、挂失名单和待遇信息是${readableTime(answeredAt)}，已${days}天，超过本地规定的${daysMax}天，统筹基金暂停支付`,
        `policies, lost cards and entitlements were last confirmed by the centre on ${readableTime(answeredAt)}, ${days === 1 ? 'a day' : `${days} days`} ago; the limit here is ${daysMax}, and no fund pays until the centre has answered`
      ),
      NOTHING_CHARGED
    ),
    mend: say(
      '请在“同步”页联机；连不上的，按该页的提示找网络维护人员或医保中心，恢复后即可结算',
      'go online on the Sync screen; where that fails, the network staff or the centre mends it as that screen says, and it settles at once afterwards'
    ),
    today: TODAY.payAndClaim
  })

type Older = Extract<CounterRefusal, { kind: 'ledger-older' }>

export const olderAnswers = ({ batches }: Older): Answers =>
  refused({
    what: and(
      say(
        `本机账簿是由旧备份恢复的，医保中心比它多${batches}批，其中的结算本机还没有；现在记账会与中心接不上，所以暂停结算、退费、圈存和日结`,
        `this till's ledger was put back from an older copy, and the centre has records that are not here (batches: ${batches}); what is written now could never be joined to them, so nothing is settled, refunded, loaded or closed`
      ),
      NOTHING_CHARGED
    ),
    mend: say('请在“同步”页按“取回”，一般几秒钟，之后即可结算', 'press Fetch on the Sync screen: it takes some seconds as a rule, and it settles at once afterwards'),
    today: TODAY.otherWindow
  })
