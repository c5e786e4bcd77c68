/** The Chinese sentences of the explanation. */

import { never } from '../../base/invariant.ts'
import type { CalculatedLine, LineReason } from '../calculation/calculation.ts'
import type { LimitState, Step } from '../calculation/step.ts'
import { formatFen as yuan } from '../money/fen.ts'
import { formatPrice, formatQuantity } from '../money/price.ts'
import { formatPercent } from '../money/ratio.ts'
import type { RowReference } from '../policy/parameters.ts'
import type { LimitKind, OffSiteFiling, PersonalPart } from '../policy/policy-parts.ts'
import { closedName, notInForceName } from './closed-names.ts'
import { FUND_TEXTS } from './wire-names.ts'

type OfKind<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

/** Without the row that says so. */
function sentence(of: Step): string {
  switch (of.kind) {
    case 'in-scope':
      return `总额${yuan(of.total)}元，减全自费${yuan(of.ownPay)}元、超限价${yuan(of.overCeiling)}元、先行自付${yuan(of.prePay)}元，符合政策范围${yuan(of.inScope)}元。`
    case 'off-site':
      return offSite(of)
    case 'pharmacy-ratio':
      return of.follows === 'basic-level'
        ? `定点药店按基层医疗机构待遇结算。`
        : `定点药店按开具处方的医疗机构（${of.level}级）待遇结算。`
    case 'fund-not-enjoyed':
      return `按中心待遇核定，本次不享受${FUND_TEXTS[of.fund].zh}待遇：该基金不予支付，其他基金不代为支付。`
    case 'fund-closed':
      return `${closedName(of.reason).zh}，政策范围内${yuan(of.inScope)}元基金不予支付，个人账户仍可使用。`
    case 'not-entitled':
      return `${notInForceName(of.status).zh}，政策范围内${yuan(of.inScope)}元基金不予支付，个人账户仍可使用。`
    case 'no-prescription':
      return `无外配处方，统筹不支付：政策范围内${yuan(of.inScope)}元由个人负担，个人账户仍可使用。`
    case 'account-first':
      return `当年账户余额${yuan(of.balance)}元，先支付${yuan(of.paid)}元（不计入自付段）：${yuan(of.before)}元余${yuan(of.left)}元。`
    case 'deductible':
      return deductible(of)
    case 'band':
      return band(of)
    case 'supplement':
      return supplement(of)
    case 'personal':
      return `总额${yuan(of.total)}元，减基金支付${yuan(of.fundPaid)}元，个人负担${yuan(of.personal)}元。`
    case 'account':
      return `${ACCOUNTS[of.source]}${of.donor === undefined ? '' : `（${of.donor}）`}支付${yuan(of.paid)}元，余额由${yuan(of.balance)}元变为${yuan(of.after)}元。`
    case 'cash':
      return `个人负担${yuan(of.personal)}元，减账户支付${yuan(of.account)}元，现金支付${yuan(of.cash)}元。`
    case 'counter-unused':
      return `累计项${of.counter}（${yuan(of.amount)}元）在本政策中不使用。`
    case 'reversal':
      return `撤销结算：总额${yuan(of.total)}元，基金${yuan(of.fundPaid)}元，账户${yuan(of.account)}元，现金${yuan(of.cash)}元，年度累计一并退回。`
    default:
      return never(of)
  }
}

function offSite({ filing, points, prePay, before, paid, left }: OfKind<'off-site'>): string {
  const reductions = [
    prePay === 0 ? undefined : `政策范围内${yuan(before)}元先行自付${formatPercent(prePay)}=${yuan(paid)}元，余${yuan(left)}元`,
    points === 0 ? undefined : `各段支付比例降低${formatPercent(points).replace(' %', '')}个百分点`
  ].filter((text) => text !== undefined)
  return `异地就医（${FILINGS[filing]}）：${reductions.length === 0 ? '待遇与参保地相同' : reductions.join('；')}。`
}

function deductible(of: OfKind<'deductible'>): string {
  const used = of.used === 0 ? '' : `（年度${yuan(of.amount)}元，已支付${yuan(of.used)}元）`
  return `政策范围内${yuan(of.before)}元，减起付线${yuan(of.paid)}元${used}，余${yuan(of.left)}元。`
}

function band(of: OfKind<'band'>): string {
  const expense = of.isExact ? `${yuan(of.expense)}元` : `约${yuan(of.expense)}元（此前限额所余，未取整）`
  const isByPayment = of.boundBy.some(({ limit: { of: kind } }) => kind === 'payment')
  const capped = of.boundBy.length > 0 ? `${of.boundBy.map(limit).join('')}超出费用${yuan(of.passedOn)}元。` : ''
  return `${expense}×${formatPercent(of.ratio)}${isByPayment ? '，限额内' : '='}${yuan(of.paid)}元，由${FUND_TEXTS[of.fund].zh}支付。${capped}`
}

function supplement(of: OfKind<'supplement'>): string {
  const used = of.used === 0 ? '' : `（本年已累计${yuan(of.used)}元）`
  const base = `${of.of.map((part) => PARTS[part]).join('+')}合计${yuan(of.base)}元${used}`
  const reached = of.tiers.filter(({ expense }) => expense > 0)
  const [first] = of.tiers
  if (reached.length === 0 && first !== undefined) {
    return `${base}：未超过${yuan(first.above)}元，${FUND_TEXTS[of.fund].zh}支付${yuan(of.paid)}元。`
  }
  const tiers = reached.map(({ above, expense, ratio }) => `${yuan(above)}元以上${yuan(expense)}元×${formatPercent(ratio)}`)
  const capped = of.isCapped ? limit(of.limit) : ''
  return `${base}：${tiers.join('；')}${of.isCapped ? '，限额内' : '='}${yuan(of.paid)}元，由${FUND_TEXTS[of.fund].zh}支付。${capped}`
}

const limit = (state: LimitState | undefined): string =>
  state === undefined ? '' : `${LIMITS[state.limit.of]}${yuan(state.limit.amount)}元，结算前剩余${yuan(state.available)}元。`

const step = (of: Step): string => `${sentence(of)}${'row' in of ? row(of.row) : ''}`

const row = ({ parameter, source, certainty }: RowReference): string =>
  source === 'not stated' ? `[${parameter}]` : `[${parameter}:${source};${certainty}]`

function line(of: CalculatedLine): string {
  const { price, quantity, ceiling, name } = of.line
  const parts = [
    of.ownPay === 0 ? undefined : `全自费${yuan(of.ownPay)}元`,
    of.overCeiling === 0 || ceiling === undefined ? undefined : `超限价（${formatPrice(ceiling)}元）${yuan(of.overCeiling)}元`,
    of.prePay === 0 || of.prePayRatio === undefined
      ? undefined
      : `先行自付${formatPercent(of.prePayRatio)} ${yuan(of.prePay)}元`,
    `政策范围内${yuan(of.inScope)}元`
  ]
  return `第${of.lineNo}项${name ?? ''}：${formatPrice(price)}×${formatQuantity(quantity)}=${yuan(of.amount)}元，${REASONS[of.reason]}，${parts.filter((part) => part !== undefined).join('，')}。`
}

const REASONS: Readonly<Record<LineReason, string>> = {
  'class-a': '甲类',
  'class-b': '乙类',
  'class-c': '丙类',
  'class-payable-c': '可支付丙类',
  'own-pay-by-policy': '按当地规定自费',
  'restricted-not-approved': '限制用药未审批',
  'approval-refused': '按自费结算（审批不通过或本人选择）'
}

const FILINGS: Readonly<Record<OffSiteFiling, string>> = {
  resident: '长期异地居住备案',
  referral: '转诊备案',
  emergency: '急诊',
  unfiled: '未备案'
}

const ACCOUNTS = { 'current-year': '当年账户', 'past-years': '历年账户', 'mutual-aid': '共济账户' } as const

const LIMITS: Readonly<Record<LimitKind, string>> = {
  payment: '支付限额',
  expense: '起付线以上费用限额',
  'in-scope-expense': '政策范围内费用限额'
}

const PARTS: Readonly<Record<PersonalPart, string>> = {
  'account-segment': '账户段',
  deductible: '起付线',
  'co-pay': '共付段个人自付',
  uncovered: '限额以上费用',
  'off-site-pre-pay': '异地就医先行自付',
  'pre-self-pay': '先行自付',
  'over-ceiling': '超限价',
  'own-pay': '全自费'
}

export const chineseTexts = { sentence, step, line }
