/**
 * What a caller is told while nobody can answer. Two cases must not be mixed up: a request that was never handed over did
 * nothing; one that was handed over and got no answer may have done everything. Imports nothing: the preload and the
 * browser's side of the door say the same words.
 */

import type { RefusalView } from '../contract/refusal-view.ts'
import type { RequestName } from '../contract/requests.ts'
import type { Text } from '../contract/text.ts'

/** lost: handed over, no answer. away: not handed over. failed: not handed over, and the host does not come back. */
export type Absence = 'lost' | 'away' | 'failed'

interface Words {
  readonly what: Text
  readonly mend: Text
  readonly today: Text
}

export const hostAway = (name: RequestName, absence: Absence): RefusalView => ({
  kind: 'host-away',
  blame: 'outside',
  ...wordsFor(name, absence)
})

function wordsFor(name: RequestName, absence: Absence): Words {
  if (absence === 'failed') return FAILED
  if (absence === 'away') return AWAY
  return LOST[name] ?? LOST_OTHER
}

const AGAIN_BY_ITSELF: Text = {
  zh: '终端程序正在自动恢复，无需操作',
  en: 'The terminal program comes back by itself: nothing needs to be done'
}

const AWAY: Words = {
  what: { zh: '终端程序暂时中断，本次操作未执行，未扣款', en: 'The terminal program is away for a moment: this was not done, and nothing was charged' },
  mend: AGAIN_BY_ITSELF,
  today: { zh: '请稍候几秒再试', en: 'Wait a few seconds and try again' }
}

const FAILED: Words = {
  what: { zh: '终端程序无法启动，本次操作未执行，未扣款', en: 'The terminal program does not start: this was not done, and nothing was charged' },
  mend: { zh: '请关闭并重新打开本程序；仍不行请联系技术支持', en: 'Close this program and open it again; if that does not help, call technical support' },
  today: {
    zh: '患者可先自费结算；请在发票背面注明不能刷卡的原因并盖章，之后凭票到医保经办机构报销',
    en: 'The patient pays in full today; write the reason on the back of the invoice, stamp it, and the claim is made at the bureau'
  }
}

const LOST_OTHER: Words = {
  what: { zh: '终端程序在处理中断开，未给出结果', en: 'The terminal program broke off before it answered' },
  mend: AGAIN_BY_ITSELF,
  today: { zh: '恢复后请先核对屏幕上的内容，再继续', en: 'When it is back, look at what the screen shows before you go on' }
}

const PIN_LOST: Words = {
  what: {
    zh: '校验密码时终端程序中断，卡是否已记一次尝试正在从卡上查明',
    en: 'The terminal program broke off while the PIN was checked: whether the card counted a try is being found out from the card'
  },
  mend: { zh: '请把同一张卡留在读卡器中；程序恢复后会显示剩余次数', en: 'Leave the same card in the reader; the tries left are shown when the program is back' },
  today: { zh: '请看清剩余次数后再输入密码；切勿重复收费', en: 'Look at the tries left before the PIN is entered again; do not charge again' }
}

const CHANGE_LOST: Words = {
  what: {
    zh: '修改密码时终端程序中断，新密码是否生效尚不清楚',
    en: 'The terminal program broke off while the PIN was changed: which PIN the card has now is not known'
  },
  mend: { zh: '程序恢复后请持卡人先试新密码，再试旧密码', en: 'When it is back the holder tries the new PIN first, then the old one' },
  today: { zh: '请先看清剩余次数', en: 'Look at the tries left first' }
}

const LOST: Partial<Readonly<Record<RequestName, Words>>> = {
  'settle': {
    what: {
      zh: '结算途中终端程序中断，是否已扣款正在从卡上查明',
      en: 'The terminal program broke off during the settlement: whether the card was charged is being found out from the card'
    },
    mend: { zh: '请把同一张卡留在读卡器中；程序恢复后自动查明', en: 'Leave the same card in the reader; it is found out as soon as the program is back' },
    today: { zh: '切勿重复收费；查明之前不要收取现金', en: 'Do not charge again; take no cash before the outcome is known' }
  },
  'card.verify-pin': PIN_LOST,
  'card.verify-pin-on-pad': PIN_LOST,
  'card.change-pin': CHANGE_LOST,
  'card.change-pin-on-pad': CHANGE_LOST,
  'records.refund': {
    what: { zh: '退费时终端程序中断，是否已入账尚不清楚', en: 'The terminal program broke off during the refund: whether it was booked is not known' },
    mend: { zh: '程序恢复后请在记录中查看该笔结算的状态', en: 'When it is back, look up the settlement in the records: its state tells' },
    today: { zh: '状态显示已退费之前不要退还现金', en: 'Hand back no cash before the record says refunded' }
  }
}
