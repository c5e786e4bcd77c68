/** The PIN of the card's medical account. The bank account on the same card has another, which nobody here asks for. */

import { never } from '../../../base/invariant.ts'
import type { PinOutcomeRefusal } from '../../../card/session/pin.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { faultAnswers } from './card.ts'
import { refused, say, type Answers } from './answers.ts'

export function pinAnswers(pin: PinOutcomeRefusal): Answers {
  switch (pin.kind) {
    case 'wrong-pin':
      return wrongPin(pin.triesLeft)
    case 'pin-locked':
      return lockedAnswers()
    case 'pin-unusable':
      return refused({
        what: say(
          `卡的密码功能不可用（状态字${pin.statusWord}）`,
          `the card has no PIN that works (status word ${pin.statusWord})`
        ),
        mend: MEND.serviceWindow,
        today: TODAY.payAndClaim
      })
    case 'pin-length-refused':
      return refused({
        what: say('卡不接受这个位数的密码', 'the card refuses a PIN of this length'),
        mend: say(
          '请持卡人核对密码位数后再输（有的地方新卡六位、旧卡四位）',
          'the holder checks how many digits it has (in some places six on new cards, four on old ones)'
        ),
        today: NOTHING_CHARGED
      })
    case 'pin-perhaps-changed':
      return refused({
        what: say('卡在修改密码时没有应答：新密码可能已经生效', 'the card fell silent while its PIN was changed: the new one may count already'),
        mend: say(
          '请重新插卡，先试新密码；提示密码错误的，再用原密码（计错一次）',
          'put it in again and try the new PIN first; if that is wrong, the old one still counts (one try is used up)'
        ),
        today: NOTHING_CHARGED
      })
    case 'session-ended':
    case 'reader-fault':
    case 'psam':
    case 'card-blocked':
    case 'pin-not-verified':
    case 'card-refused':
    case 'malformed-answer':
      return faultAnswers(pin)
    default:
      return never(pin)
  }
}

function wrongPin(triesLeft: number): Answers {
  if (triesLeft === 0) return lockedAnswers(say('密码错误，密码已锁定', 'wrong PIN, and now it is locked'))
  return {
    ...refused({
      what:
        triesLeft === 1
          ? say('密码错误，只剩最后1次，再错将锁定', 'wrong PIN, 1 try left: another wrong one locks it')
          : say(`密码错误，还可输入${triesLeft}次`, `wrong PIN, ${triesLeft} tries left`),
      mend: say(
        '请持卡人再输一次；忘记密码的不要再试，带社保卡和身份证到社保服务窗口重置（有的地方在发卡银行）',
        'the holder tries again; who has forgotten it stops here and has it reset at the social-security service window with card and ID (in some places at the issuing bank)'
      ),
      today: NOTHING_CHARGED
    }),
    triesLeft
  }
}

/** The card counts, not the terminal: nobody here can free it. */
export const lockedAnswers = (what = say('密码已锁定', 'the PIN is locked')): Answers => ({
  ...refused({ what, mend: MEND.serviceWindow, today: TODAY.payAndClaim }),
  triesLeft: 0
})

export const firstPinAnswers = (): Answers =>
  refused({
    what: say('密码仍是发卡时的初始密码', 'the PIN is still the one the card was issued with'),
    mend: say('请持卡人在本机修改密码', 'the holder changes it first, at this terminal'),
    today: TODAY.once
  })
