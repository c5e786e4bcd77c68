/** A calculation for people: lines, sums, who pays, and every step in words. Chinese terms beside the English. */

import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import { FUNDS } from '../../../settlement/calculation/settlement-result.ts'
import { add, formatFen, type Fen } from '../../../settlement/money/fen.ts'
import { formatPrice, formatQuantity } from '../../../settlement/money/price.ts'
import { explainSteps } from '../../../settlement/wire/explain.ts'
import { FUND_TEXTS } from '../../../settlement/wire/wire-names.ts'
import { clip, table } from './columns.ts'

const NAME_CELLS = 24
const CLASS_NAMES: Readonly<Record<string, string>> = { '01': 'A 甲', '02': 'B 乙', '03': 'C 丙', '04': 'C+ 丙' }

export const calculationText = (calculation: Calculation, { accountKnown } = { accountKnown: true }): string[] => [
  ...linesText(calculation),
  '',
  ...sumsText(calculation, accountKnown),
  '',
  ...stepsText(calculation)
]

function linesText({ lines }: Calculation): string[] {
  const head = ['#', '项目 item', '类 class', '单价 price', '数量 qty', '金额 amount', '自费 own', '超限价 over', '先自付 pre', '范围内 scope']
  const rows = lines.map(({ lineNo, line, amount, ownPay, overCeiling, prePay, inScope }) => [
    lineNo,
    clip(line.name ?? line.medListCodg ?? '', NAME_CELLS),
    CLASS_NAMES[line.chargeClass] ?? line.chargeClass,
    formatPrice(line.price),
    formatQuantity(line.quantity),
    ...[amount, ownPay, overCeiling, prePay, inScope].map(formatFen)
  ])
  return table([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'])
}

const row = (zh: string, en: string, amount: Fen): string[] => [zh, en, formatFen(amount)]

/** Who pays what, from the bill down to the cash. A fund that pays nothing is left out, but for the basic pool. */
function sumsText({ amounts, account }: Calculation, accountKnown: boolean): string[] {
  const paying = FUNDS.filter((fund) => amounts.funds[fund] !== 0 || fund === 'hifp_pay')
  return table(
    [
      row('医疗费总额', 'total', amounts.total),
      row('自费', 'full own-pay', amounts.ownPay),
      row('超限价自费', 'over ceiling', amounts.overCeiling),
      row('先行自付', 'class-B pre-pay', amounts.prePay),
      row('符合医保范围', 'in scope', amounts.inScope),
      row('起付线', 'deductible', amounts.deductible),
      ...paying.map((fund) => row(FUND_TEXTS[fund].zh, FUND_TEXTS[fund].en, amounts.funds[fund])),
      row('基金支付合计', 'funds together', amounts.fundPaid),
      row('个人负担', 'personal part', amounts.personal),
      row('个人账户支付', 'from the account', amounts.account),
      ...(amounts.mutualAid === 0 ? [] : [row('其中共济账户', 'of which mutual aid', amounts.mutualAid)]),
      row('现金支付', 'cash', amounts.cash),
      ...(accountKnown ? [row('账户余额', 'account after', add(account.currentYear, account.pastYears))] : [])
    ],
    ['left', 'left', 'right']
  )
}

function stepsText(calculation: Calculation): string[] {
  const english = explainSteps(calculation, 'en')
  return [
    '计算步骤 how it was computed',
    ...explainSteps(calculation, 'zh-CN').flatMap((zh, index) => [`  ${index + 1}. ${zh}`, `     ${english[index] ?? ''}`])
  ]
}
