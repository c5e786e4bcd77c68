/** The card itself: what it is, what it lets itself be asked, what the back office knows of it. */

import { never } from '../../../base/invariant.ts'
import type { AccountRefusal } from '../../../card/session/account.ts'
import type { CardFault } from '../../../card/session/fault.ts'
import type { OpenRefusal } from '../../../card/session/open-card-session.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { PersonRefusal } from '../insured-person.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, refused, say, type Answers } from './answers.ts'
import { connectAnswers, endedAnswers, moduleAnswers, readerAnswers } from './reader.ts'

export function openAnswers(open: OpenRefusal): Answers {
  switch (open.kind) {
    case 'no-card':
    case 'mute-card':
    case 'reader-fault':
      return connectAnswers(open)
    case 'not-a-social-security-card':
      return refused({
        what: say(`这不是社会保障卡（状态字${open.statusWord}）`, `this is not a social security card (status word ${open.statusWord})`),
        mend: MEND.theirCard,
        today: TODAY.payWithoutCard
      })
    case 'blank-card':
      return refused({
        what: say('这是空卡，尚未写入持卡人信息', 'the card is blank: it was never personalised'),
        mend: MEND.serviceWindow,
        today: TODAY.payAndClaim
      })
    case 'identification-malformed':
      return unfit(say('卡的识别码格式不对', 'the identification code of the card is malformed'))
    case 'unsupported-version':
      return unfit(
        say(
          `本机不认识该卡的规范版本“${open.version ?? '无'}”（可用1.00、2.00、3.00）`,
          `this terminal does not know card version "${open.version ?? 'none'}" (it knows 1.00, 2.00, 3.00)`
        )
      )
    case 'not-genuine':
      return refused({
        what: say('卡未通过真伪验证，不能使用', 'the card did not prove that it is genuine and cannot be used'),
        mend: and(say('请核对持卡人身份证', "compare the holder's ID"), MEND.serviceWindow),
        today: TODAY.payAndClaim
      })
    case 'application-blocked':
      return blocked(open.statusWord)
    default:
      return faultAnswers(open)
  }
}

export function unreadableAnswers(refusal: CardFault | AccountRefusal | PersonRefusal): Answers {
  switch (refusal.kind) {
    case 'not-on-card':
      return refused({
        what: say('卡上没有个人账户余额：账户由医保中心管理', 'the account is not on the card: the centre keeps it'),
        mend: say('余额可拨打12333或到社保服务窗口查询', '12333 or the service window tell the balance'),
        today: say('不影响本次结算', 'this settlement goes on without it')
      })
    case 'card-data-missing':
      return unfit(say(`卡内缺少${ITEMS[refusal.item]}`, `the card has no ${refusal.item}`))
    default:
      return faultAnswers(refusal)
  }
}

const ITEMS: Readonly<Record<PersonRefusal['item'], string>> = {
  'social security number': '社会保障号码',
  'birth date': '出生日期',
  'insurance type': '险种',
  'person class': '医疗待遇类别'
}

/** What can go wrong with any question to a card that was not the debit. */
export function faultAnswers(fault: CardFault): Answers {
  switch (fault.kind) {
    case 'session-ended':
      return endedAnswers(fault)
    case 'reader-fault':
      return readerAnswers(fault)
    case 'psam':
      return moduleAnswers(fault)
    case 'card-blocked':
      return blocked(fault.statusWord)
    case 'pin-not-verified':
      return refused({
        what: say('卡要求先验证密码', 'the card asks for the PIN first'),
        mend: say('请持卡人输入密码', 'the holder types the PIN')
      })
    case 'card-refused':
      return unfit(say('卡拒绝了本机的查询', 'the card refused what this terminal asks'), `${fault.step}: ${fault.statusWord}`)
    case 'malformed-answer':
      return unfit(say('卡的应答不符合规范', 'the card gave an answer that is none'), `${fault.step}: ${fault.length} bytes`)
    default:
      return never(fault)
  }
}

/** Damaged, or from a batch that this terminal cannot read: the window finds out which. */
const unfit = (what: ReturnType<typeof say>, detail?: string): Answers =>
  refused({ what, mend: MEND.serviceWindow, today: TODAY.payAndClaim, ...(detail !== undefined && { detail }) })

const blocked = (statusWord: string): Answers =>
  unfit(say('卡已被发卡机构锁定', 'the card was blocked by its issuer'), statusWord)

export type CardState = Extract<CounterRefusal, { kind: 'card-lost' | 'card-not-activated' | 'card-expired' | 'person-unknown' | 'other-region' }>

export function stateAnswers(state: CardState): Answers {
  switch (state.kind) {
    case 'card-lost':
      return refused({
        what:
          state.reported === 'formal'
            ? say('该卡已正式挂失，不能使用', 'the card was formally reported lost and cannot be used')
            : say('该卡已临时（电话）挂失，不能使用', 'the card was reported lost by telephone and cannot be used'),
        mend: MEND.lostCard,
        today: TODAY.payAndClaim
      })
    case 'card-not-activated':
      return refused({ what: say('卡尚未激活', 'the card is not activated'), mend: MEND.serviceWindow, today: TODAY.payAndClaim })
    case 'card-expired':
      return refused({ what: expiredText(state.expiryDate), mend: MEND.newCard, today: TODAY.payAndClaim })
    case 'person-unknown':
      return refused({
        what: say('中心没有持卡人的参保登记，刷卡结算不会入账', "the centre has no registration of the card's holder: it would not book a settlement with it"),
        mend: say(
          '请持卡人到参保地医保经办机构核对参保登记，登记后按F5重新读卡',
          'the holder has the registration put right where he or she is insured; then F5 reads the card again'
        ),
        today: and(TODAY.payAndClaim, NOTHING_CHARGED)
      })
    case 'other-region':
      return refused({
        what: say(
          `参保地（${state.insuredRegion}）与就医地（${state.region}）不同，卡上账户只能在参保地使用`,
          `the card is insured in ${state.insuredRegion}, this institution lies in ${state.region}: its account works at home only`
        ),
        mend: say(
          '请持卡人向参保地医保经办机构办理异地就医备案（或转诊），备案后到异地联网定点机构结算',
          'the holder files for treatment elsewhere (or is referred) at the insured place, and then settles at a listed institution'
        ),
        today: and(TODAY.payAndClaim, NOTHING_CHARGED)
      })
    default:
      return never(state)
  }
}

/** A date that the card does not tell is not made up. */
const expiredText = (expiryDate: string): ReturnType<typeof say> =>
  expiryDate === ''
    ? say('卡已过有效期', 'the card has expired')
    : say(`卡的有效期至${expiryDate}，已过期`, `the card expired on ${expiryDate}`)
