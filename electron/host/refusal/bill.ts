/** The bill, and the rules that are to be applied to it. */

import { never } from '../../../base/invariant.ts'
import type { CalculationRefusal } from '../../../settlement/calculation/refusal.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { PolicyChoiceRefusal } from '../../../settlement/policy/choose-policy.ts'
import type { ComposeRefusal } from '../../../settlement/visit/compose-claim.ts'
import { insuranceTypeName } from '../../../settlement/wire/code-names.ts'
import type { InputProblem } from '../../../settlement/wire/input-problem.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, badInput, refused, say, type Answers } from './answers.ts'
import { problemsText } from './problem-text.ts'
import { typedAnswers } from './typed.ts'

export function problemsAnswers(problems: readonly InputProblem[]): Answers {
  const { zh, en } = problemsText(problems)
  return badInput({ what: say(`就诊单有误：${zh}`, `visit: ${en}`), mend: MEND.hospital, today: TODAY.once })
}

export function claimAnswers(claim: ComposeRefusal, isTyped = false): Answers {
  switch (claim.kind) {
    case 'other-person':
      return refused({
        what: say(
          `就诊单上的${PERSON_FIELDS[claim.field]}与持卡人不一致`,
          `the visit's patient is not the card's holder (${claim.field} differs)`
        ),
        mend: and(MEND.theirCard, say('就诊单写错的，请收费处更正', 'a slip in the visit is corrected by the cashier')),
        today: TODAY.payAndClaim
      })
    case 'bad-input':
      return isTyped ? typedAnswers(claim.problems) : problemsAnswers(claim.problems)
    default:
      return never(claim)
  }
}

const PERSON_FIELDS = { psn_no: '人员编号', certno: '证件号码', psn_name: '姓名' } as const

const VISIT_FIELDS: Readonly<Record<string, string>> = {
  'begntime': '就诊时间',
  'fixmedins_code': '医疗机构编码',
  'insured.insutype': '险种',
  'insured.insuplc_admdvs': '参保地'
}

/** By what the till itself knows; the rest by the card. */
const CONTRADICTED: Readonly<Record<string, string>> = {
  'begntime': '晚于现在（以本机时钟为准）',
  'fixmedins_code': '不是本终端所属的医疗机构'
}

type Contradiction = Extract<CounterRefusal, { kind: 'visit-contradicts' }>

export const contradictionAnswers = ({ field, stated, rule }: Contradiction): Answers =>
  badInput({
    what: say(
      `就诊单的${VISIT_FIELDS[field] ?? field}“${stated}”${CONTRADICTED[field] ?? '与卡上记录不一致'}`,
      `visit: ${field}: "${stated}" is refused: ${rule}`
    ),
    mend: MEND.hospital,
    today: TODAY.once
  })

type Changed = Extract<CounterRefusal, { kind: 'amounts-changed' }>

const AMOUNTS: Readonly<Record<Changed['field'], ReturnType<typeof say>>> = {
  total: say('医疗费总额', 'total'),
  fundPaid: say('基金支付', 'paid by the funds'),
  account: say('个人账户支付', 'paid from the account'),
  cash: say('现金应付', 'cash due')
}

export function changedAnswers({ field, agreed, now }: Changed): Answers {
  const { zh, en } = AMOUNTS[field]
  return refused({
    what: and(
      say(
        `${zh}由${formatFen(agreed)}元变为${formatFen(now)}元`,
        `${en} is ${formatFen(now)} now, not ${formatFen(agreed)} as shown before`
      ),
      NOTHING_CHARGED
    ),
    mend: MEND.computeAgain
  })
}

/** The rules do not cover this person or day, or ask for something that nobody said. */
export function rulesAnswers(refusal: CalculationRefusal | PolicyChoiceRefusal): Answers {
  switch (refusal.kind) {
    case 'other-region':
      return noRules(
        say(
          `参保地${refusal.claimed}不在本政策的统筹区${refusal.region}内`,
          `insured in ${refusal.claimed}: the policy rules region ${refusal.region} only`
        )
      )
    case 'region-unknown':
      return noRules(
        say(
          `本机没有统筹区${refusal.region}的医保政策（现有：${refusal.known.join('、')}）`,
          `region ${refusal.region}: no policy here; known: ${refusal.known.join(', ')}`
        )
      )
    case 'insurance-type-not-covered':
      return noRules(
        say(
          `险种“${insuranceTypeName(refusal.insutype).zh}”（${refusal.insutype}）不在本机政策范围内`,
          `${insuranceTypeName(refusal.insutype).en} (${refusal.insutype}): not covered by the policy here`
        )
      )
    case 'not-in-force': {
      const periods = 'period' in refusal ? [refusal.period] : refusal.periods
      return noRules(
        say(
          `就诊日期${refusal.date}没有生效的医保政策（本机政策有效期：${periods.map(periodZh).join('、')}）`,
          `day of service ${refusal.date}: outside the policy's days, ${periods.join('; ')}`
        )
      )
    }
    case 'ambiguous':
      return noRules(
        say(
          `同一日期有多个政策版本生效：${refusal.versions.join('、')}`,
          `versions ${refusal.versions.join(', ')} are in force on the same day`
        )
      )
    case 'no-parameter':
      return noRules(
        say('参保地的医保政策没有适用于此人本次就诊的规定', 'the policy of the insured place says nothing of this person at this visit'),
        `${refusal.parameter}: ${refusal.facts}`
      )
    case 'fact-missing':
    case 'pre-pay-ratio-missing':
    case 'negative-sum':
    case 'bill-over-limit':
      return billAnswers(refusal)
    default:
      return never(refusal)
  }
}

/** "2023-01-01 to further notice" */
const periodZh = (period: string): string => period.replace(' to further notice', '起').replace(' to ', '至')

const noRules = (what: ReturnType<typeof say>, detail?: string): Answers => refused({ what, mend: MEND.rules, today: TODAY.payAndClaim, ...(detail !== undefined && { detail }) })

type BillRefusal = Extract<
  CalculationRefusal,
  { kind: 'fact-missing' | 'pre-pay-ratio-missing' | 'negative-sum' | 'bill-over-limit' }
>

function billAnswers(refusal: BillRefusal): Answers {
  switch (refusal.kind) {
    case 'fact-missing':
      return corrected(
        refusal.field === 'brdy'
          ? say('缺少出生日期，当地政策需要该项', 'the birth date is missing, and the policy depends on it')
          : say('缺少退休日期，当地政策需要该项', 'the day of retirement is missing, and the policy depends on it'),
        refusal.parameter
      )
    case 'pre-pay-ratio-missing':
      return corrected(
        say(
          `第${refusal.lineNo}项：${refusal.chrgitmLv === '02' ? '乙类' : '可支付丙类'}项目没有先行自付比例，政策也没有规定`,
          `line ${refusal.lineNo}: class ${refusal.chrgitmLv} without a pre-self-pay share, and the policy gives none`
        )
      )
    case 'negative-sum':
      return refused({
        what: say(
          `第${refusal.lineNo}项数量${refusal.quantity}：该项目的${SUMS[refusal.field]?.zh ?? refusal.field}为${refusal.amount}元，退回多于本单购买`,
          `line ${refusal.lineNo}, quantity ${refusal.quantity}: more of the item is returned than this bill buys, ${SUMS[refusal.field]?.en ?? refusal.field} is ${refusal.amount}`
        ),
        mend: say('请在结算记录中对原结算办理退费', 'refund the original settlement in the records instead'),
        today: NOTHING_CHARGED
      })
    case 'bill-over-limit':
      return refused({
        what: say(
          `费用总额${refusal.amount}元，超过单次限额${refusal.limit}元`,
          `the total of ${refusal.amount} is over the limit of ${refusal.limit} for one bill`
        ),
        mend: say('请收费处按规定分单结算', 'the cashier divides the bill as the rules allow'),
        today: and(TODAY.payAndClaim, NOTHING_CHARGED)
      })
    default:
      return never(refusal)
  }
}

const SUMS: Readonly<Record<string, ReturnType<typeof say>>> = {
  det_item_fee_sumamt: say('金额', 'its amount'),
  fulamt_ownpay_amt: say('全自费金额', 'own pay'),
  overlmt_selfpay: say('超限价自费金额', 'over ceiling'),
  preselfpay_amt: say('先行自付金额', 'pre-self-pay'),
  inscp_scp_amt: say('符合医保范围金额', 'the sum in scope')
}

const corrected = (what: ReturnType<typeof say>, detail?: string): Answers => refused({ what, mend: MEND.hospital, today: TODAY.once, ...(detail !== undefined && { detail }) })
