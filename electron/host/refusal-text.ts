/**
 * What a counter says when it does not settle: what is wrong, who can mend it, what the patient can do today (the three
 * questions that the published service notices answer). `outside` tells a fault of disk or reader from a refusal.
 */

import { never } from '../../base/invariant.ts'
import type { OpenRefusal } from '../../card/session/open-card-session.ts'
import type { PinOutcomeRefusal } from '../../card/session/pin.ts'
import { formatFen } from '../../settlement/money/fen.ts'
import type { DeviceRefusal } from '../../settlement/payment/payment-device.ts'
import type { SettleRefusal } from '../../settlement/case/settle-visit.ts'
import { describeRefusal } from '../../settlement/wire/describe-refusal.ts'
import { describeProblem } from '../../settlement/wire/input-problem.ts'
import type { CounterRefusal } from './counter-refusal.ts'

export interface RefusalText {
  /** bad-input: the visit; refusal: card or rules; outside: disk, reader. */
  readonly blame: 'bad-input' | 'refusal' | 'outside'
  readonly en: string
  readonly zh: string
}

const refusal = (en: string, zh: string): RefusalText => ({ blame: 'refusal', en, zh })
const outside = (en: string, zh: string): RefusalText => ({ blame: 'outside', en, zh })

const SERVICE_WINDOW = {
  en: 'the social-security service window, with card and ID',
  zh: '请持卡和身份证到社保服务窗口办理'
}

export function refusalText(counterRefusal: CounterRefusal): RefusalText {
  switch (counterRefusal.kind) {
    case 'card-not-opened':
      return openText(counterRefusal.refusal)
    case 'card-lost':
      return refusal(
        `the card was reported lost (${counterRefusal.reported}); keep it and call 12333; the holder pays today and claims later`,
        `该卡已${counterRefusal.reported === 'formal' ? '正式' : '临时'}挂失,请致电12333;本次先自费,之后凭票据报销`
      )
    case 'card-not-activated':
      return refusal(
        `the card is not activated; ${SERVICE_WINDOW.en}; pay today and claim later`,
        `卡尚未激活,${SERVICE_WINDOW.zh};本次先自费,之后报销`
      )
    case 'card-expired':
      return refusal(
        `the card expired on ${counterRefusal.expiryDate}; the bank replaces it in five working days; pay today and claim later`,
        `卡已于${counterRefusal.expiryDate}过期,请到银行换卡(五个工作日);本次先自费,之后报销`
      )
    case 'card-unreadable':
      return refusal(
        `the card cannot be read: ${detailOf(counterRefusal.refusal)}; ${SERVICE_WINDOW.en}`,
        `卡内数据无法读取(${detailOf(counterRefusal.refusal)}),${SERVICE_WINDOW.zh}`
      )
    case 'other-region':
      return refusal(
        `the card is insured in ${counterRefusal.insuredRegion}, this institution lies in ${counterRefusal.region}: ` +
          'its account works at home only; file for treatment elsewhere, or pay cash',
        `参保地${counterRefusal.insuredRegion}与就医地${counterRefusal.region}不同,卡上账户只能在本地使用;请先办理异地备案,或现金支付`
      )
    case 'visit-contradicts':
      return {
        blame: 'bad-input',
        en: `visit: ${counterRefusal.field}: "${counterRefusal.stated}" is refused: ${counterRefusal.rule}`,
        zh: `就诊单${counterRefusal.field}与卡或日期不符`
      }
    case 'policy':
      return refusal(describeRefusal(counterRefusal.refusal).en, describeRefusal(counterRefusal.refusal).zh)
    case 'pin-locked':
      return refusal(`the PIN is locked; ${SERVICE_WINDOW.en}; pay today and claim later`, `密码已锁定,${SERVICE_WINDOW.zh};本次先自费,之后报销`)
    case 'pin':
      return pinText(counterRefusal.refusal)
    case 'first-pin-unchanged':
      return refusal(
        'the PIN is still the one the card was issued with: the holder changes it first (card change-pin)',
        '密码仍为初始密码,请持卡人先修改密码'
      )
    case 'claim':
      return claimText(counterRefusal.refusal)
    case 'calculation':
      return refusal(describeRefusal(counterRefusal.refusal).en, describeRefusal(counterRefusal.refusal).zh)
    case 'settle':
      return settleText(counterRefusal.refusal)
    case 'ledger':
      return outside(`the ledger: ${counterRefusal.refusal.cause}: ${counterRefusal.refusal.detail}`, `账簿存储故障:${counterRefusal.refusal.cause}`)
    default:
      return never(counterRefusal)
  }
}

function openText(open: OpenRefusal): RefusalText {
  switch (open.kind) {
    case 'no-card':
      return refusal('no card, or inserted the wrong way round', '无卡或卡插反')
    case 'mute-card':
      return refusal('the card does not answer; clean its contacts, else the bank replaces it', '卡无应答,请清洁触点;仍不行请到银行换卡')
    case 'not-a-social-security-card':
      return refusal(`not a social security card (SW ${open.statusWord})`, `不是社会保障卡(${open.statusWord})`)
    case 'blank-card':
      return refusal('the card is blank: it was never personalised', '空卡,尚未个人化')
    case 'card-blocked':
    case 'application-blocked':
      return refusal(`the card is blocked (SW ${open.statusWord}); ${SERVICE_WINDOW.en}`, `卡已锁定(${open.statusWord}),${SERVICE_WINDOW.zh}`)
    case 'reader-fault':
      return outside(`the reader: ${open.detail}`, `读卡器故障:${open.detail}`)
    default:
      return refusal(`the card was not accepted: ${detailOf(open)}`, `卡未通过检查(${detailOf(open)}),${SERVICE_WINDOW.zh}`)
  }
}

function pinText(pin: PinOutcomeRefusal): RefusalText {
  switch (pin.kind) {
    case 'wrong-pin':
      return pin.triesLeft === 0
        ? refusal(`wrong PIN, and now the PIN is locked; ${SERVICE_WINDOW.en}`, `密码错误,密码已锁定,${SERVICE_WINDOW.zh}`)
        : refusal(`wrong PIN, ${pin.triesLeft} tries left`, `密码错误,还可输入${pin.triesLeft}次`)
    case 'pin-length-refused':
      return refusal('the card refuses a PIN of this length', '密码位数与卡不符')
    case 'reader-fault':
      return outside(`the reader: ${pin.detail}`, `读卡器故障:${pin.detail}`)
    default:
      return refusal(`the PIN could not be verified: ${detailOf(pin)}`, `密码校验未完成(${detailOf(pin)})`)
  }
}

function claimText(claim: Extract<CounterRefusal, { kind: 'claim' }>['refusal']): RefusalText {
  if (claim.kind === 'other-person') {
    return refusal(`the visit's patient is not the card's holder (${claim.field} differs)`, `就诊人与持卡人不符(${claim.field})`)
  }
  const problems = claim.problems.map(describeProblem).join('; ')
  return { blame: 'bad-input', en: `visit: ${problems}`, zh: `就诊单:${problems}` }
}

function settleText(settle: SettleRefusal): RefusalText {
  switch (settle.kind) {
    case 'device':
      return deviceText(settle.refusal)
    case 'in-doubt':
      return refusal(
        `in doubt (${settle.cause}): the card may have been charged for ${settle.settlementId}; put the same card back, do not charge again`,
        `存疑(${settle.cause}):${settle.settlementId}可能已扣款,请重新插入同一张卡,切勿重复收费`
      )
    case 'not-recorded':
      return outside(
        `the card was asked but the ledger could not record it (${settle.refusal.kind}): ${settle.settlementId} stays in doubt`,
        `账簿未能记录,${settle.settlementId}存疑`
      )
    case 'ledger':
      switch (settle.refusal.kind) {
        case 'visit-already-settled':
          return refusal(`the visit is settled already, as ${settle.refusal.settlementId}`, `该次就诊已结算(${settle.refusal.settlementId})`)
        case 'visit-in-doubt':
          return refusal(
            `the visit has a hold in doubt, ${settle.refusal.settlementId}: put the same card back first`,
            `该次就诊有存疑记录(${settle.refusal.settlementId}),请先插入同一张卡`
          )
        case 'store-failure':
          return outside(`the ledger: ${settle.refusal.cause}: ${settle.refusal.detail}`, `账簿存储故障:${settle.refusal.cause}`)
        default:
          return refusal(`the ledger refused: ${settle.refusal.kind}`, `账簿拒绝:${settle.refusal.kind}`)
      }
    default:
      return never(settle)
  }
}

function deviceText(device: DeviceRefusal): RefusalText {
  switch (device.kind) {
    case 'insufficient-balance': {
      const balance = device.balance === undefined ? '' : ` of ${formatFen(device.balance)}`
      return refusal(`the balance${balance} does not cover ${formatFen(device.asked)}`, `账户余额不足以支付${formatFen(device.asked)}元`)
    }
    case 'amount-too-large':
      return refusal(
        `amount ${formatFen(device.amount)}: a card signs at most ${formatFen(device.max)} in one settlement`,
        `金额${formatFen(device.amount)}元超过卡片单次上限${formatFen(device.max)}元`
      )
    case 'session-ended':
      return refusal(`the card left (${device.cause}): nothing was charged`, `卡已离开(${device.cause}),未扣款`)
    case 'reader-fault':
      return outside(`the reader: ${device.detail}`, `读卡器故障:${device.detail}`)
    default:
      return refusal(`the card refused: ${detailOf(device)}; nothing was charged`, `卡拒绝(${detailOf(device)}),未扣款`)
  }
}

/** Kind, step and status word: what support staff asks for. */
export function detailOf(reason: object): string {
  return Object.entries(reason)
    .map(([name, value]) => (name === 'kind' ? String(value) : `${name} ${String(value)}`))
    .join(' ')
}
