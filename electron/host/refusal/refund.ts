/** The records: a settlement that is not there, and one that cannot be taken back. */

import { never } from '../../../base/invariant.ts'
import type { RefundRefusal } from '../../../settlement/case/refund-settlement.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { RecordRefusal } from '../records/recorded-visit.ts'
import { MEND } from './advice.ts'
import { badInput, refused, say, type Answers } from './answers.ts'
import { storeAnswers } from './ledger.ts'

export const recordRefusalView = (refusal: RecordRefusal | RefundRefusal): RefusalView => ({
  kind: refusal.kind,
  ...answersTo(refusal)
})

function answersTo(refusal: RecordRefusal | RefundRefusal): Answers {
  switch (refusal.kind) {
    case 'reason-invalid':
      return badInput({
        what: say(
          `退费原因为${refusal.length}个字符，须为1至${refusal.lengthMax}个字符，不能含换行等控制字符`,
          `the reason must have 1 to ${refusal.lengthMax} characters and no control characters; its length is ${refusal.length}`
        ),
        mend: say('请填写退费原因', 'write why it is refunded')
      })
    case 'settlement-unknown':
      return badInput({
        what: say(`本机账簿中没有结算号“${refusal.settlementId}”`, `settlement "${refusal.settlementId}" is not in this ledger`),
        mend: say('请核对结算号；在别的机器上结算的，请到那台机器办理', 'check the number; one made at another terminal is there')
      })
    case 'settlement-in-doubt':
      return refused({
        what: say(
          `结算号${refusal.settlementId}存疑，是否扣款还没有核实，暂不能退费`,
          `settlement ${refusal.settlementId} is in doubt and cannot be refunded before that is clear`
        ),
        mend: MEND.insertAndPin,
        today: say('核实后如已扣款即可退费，没有扣款的不用退', 'refund it when the card says that it was charged; otherwise nothing is due')
      })
    case 'settlement-released':
      return refused({
        what: say(
          `结算号${refusal.settlementId}没有扣款，已释放，不用退费`,
          `settlement ${refusal.settlementId} was released without a charge: there is nothing to give back`
        ),
        mend: say('就诊可以重新结算', 'the visit may be settled again')
      })
    case 'already-refunded':
      return refused({
        what: say(
          `结算号${refusal.settlementId}已经退费（退费号${refusal.correctionId}）`,
          `settlement ${refusal.settlementId} is refunded already, as ${refusal.correctionId}`
        ),
        mend: say('退费单可在结算记录中补打', 'the records print it again')
      })
    case 'id-conflict':
      return refused({
        what: say(`退费号${refusal.id}已被占用`, `refund number ${refusal.id} is taken`),
        mend: say('请再退一次，系统会换用新的退费号', 'refund it once more: another number is taken')
      })
    case 'counter-out-of-range':
      return refused({
        what: say(`累计额“${refusal.counter}”超出可记录的范围`, `the year's counter ${refusal.counter} would leave its range`),
        mend: MEND.support
      })
    case 'store-failure':
      return storeAnswers(refusal)
    default:
      return never(refusal)
  }
}
