/** Why something about the centre was not done: connecting, trying, judging again, handing over. */

import { never } from '../../../base/invariant.ts'
import type { RestoreStop } from '../../../settlement/sync/restore-ledger.ts'
import type { HandOverRefusal, RetryRefusal } from '../../../settlement/sync/sync.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import { MEND } from '../refusal/advice.ts'
import { and, badInput, outside, refused, say, type Answers } from '../refusal/answers.ts'
import { storeAnswers } from '../refusal/ledger.ts'
import type { EnrolRefusal } from './enrol.ts'
import { CONNECT_ANEW, failureDetail, failureText, KEY_UNUSABLE, stopDetail, stopText } from './link-text.ts'
import { restoreStopDetail, restoreStopText } from './restore-text.ts'

export type SyncRefusal =
  | { readonly kind: 'not-connected' }
  /** A person set this till offline. */
  | { readonly kind: 'paused' }
  | EnrolRefusal
  | { readonly kind: 'restore'; readonly refusal: RestoreStop }
  | RetryRefusal
  | HandOverRefusal

export const syncRefusalView = (refusal: SyncRefusal): RefusalView => ({ kind: kindOf(refusal), ...answersTo(refusal) })

function kindOf(refusal: SyncRefusal): string {
  switch (refusal.kind) {
    case 'link':
      return refusal.failure.kind === 'refused' && isCodeRefused(refusal.failure.reason) ? 'code-refused' : refusal.failure.kind
    case 'file':
      return refusal.problem.kind
    case 'stopped':
      return refusal.reason.kind
    case 'restore':
      return refusal.refusal.kind === 'link' ? refusal.refusal.failure.kind : refusal.refusal.kind
    case 'no-longer-parked':
      return 'not-parked'
    default:
      return refusal.kind
  }
}

function answersTo(refusal: SyncRefusal): Answers {
  switch (refusal.kind) {
    case 'not-connected':
      return refused({
        what: say('本机尚未接入医保中心', 'this terminal is not connected to a centre yet'),
        mend: say('在“同步”页填写中心地址和一次性接入码', 'give the address and the one-time code of the centre on the Sync screen')
      })
    case 'paused':
      return refused({ what: say('已离线，不与中心通信', 'this till was set offline'), mend: say('请先恢复联机', 'go online first') })
    case 'address-malformed':
      return badInput({ what: say('中心地址应以https://或http://开头', 'the address begins with https:// or http://') })
    case 'already-connected':
      return refused({
        what: say(`本机已接入${refusal.url}（${refusal.terminal}）`, `this terminal is connected already, to ${refusal.url} as ${refusal.terminal}`)
      })
    case 'institution-differs':
      return refused({
        what: say(
          `接入码是发给其他机构的，本机属于${refusal.here}；接入码没有用掉`,
          `the code was given out for another institution, and this counter is ${refusal.here}'s; the code is still good there`
        ),
        mend: say('请核对机构编号，或为本院要一个接入码', 'check the number of the institution, or ask the centre for a code of this one')
      })
    case 'terminal-key':
      return outside({ what: KEY_UNUSABLE, mend: CONNECT_ANEW, detail: refusal.problem })
    case 'file':
      return outside({ what: say('记录所接入中心的文件不能使用', 'the file that says which centre this terminal has cannot be used'), mend: MEND.support, detail: refusal.problem.message })
    case 'link':
      return linkAnswers(refusal.failure)
    case 'not-parked':
    case 'no-longer-parked':
      return refused({ what: say('这一条已不在待处理中', 'this entry is not parked any more') })
    case 'note-missing':
      return badInput({ what: say('请写明交给谁、为什么', 'say whom it goes to, and why') })
    case 'restore':
      return restoreAnswers(refusal.refusal)
    case 'stopped':
      return refused({ what: stopText(refusal.reason), mend: MEND.support, detail: stopDetail(refusal.reason) })
    case 'store-failure':
      return storeAnswers(refusal)
    default:
      return never(refusal)
  }
}

const restoreAnswers = (stop: RestoreStop): Answers =>
  stop.kind === 'link' ? linkAnswers(stop.failure) : stop.kind === 'store-failure' ? storeAnswers(stop) : refused({ what: restoreStopText(stop), mend: stop.kind === 'histories-differ' ? CONNECT_ANEW : MEND.support, detail: restoreStopDetail(stop) })

const isCodeRefused = (reason: string): boolean => reason === 'code-unknown' || reason === 'code-expired' || reason === 'code-used'

const RIGHT_ADDRESS = say('地址填错的请更正', 'a wrong address is corrected here')

function linkAnswers(failure: LinkFailure): Answers {
  const [what, detail] = [failureText(failure), failureDetail(failure)]
  switch (failure.kind) {
    case 'network-down':
      return outside({ what, mend: and(MEND.network, RIGHT_ADDRESS), detail })
    case 'centre-down':
      return outside({ what, mend: and(MEND.centre, RIGHT_ADDRESS), detail })
    case 'clock-skew':
      return outside({ what, mend: MEND.clock })
    case 'too-many':
      return outside({ what })
    case 'refused':
      return isCodeRefused(failure.reason)
        ? refused({
            what: say('中心不认这个接入码，或它已用过、已过期', 'the centre does not know the code, or it was used, or it is too old'),
            mend: say('请向医保中心要一个新的接入码', 'ask the centre for a new one')
          })
        : refused({ what })
    default:
      return never(failure)
  }
}
