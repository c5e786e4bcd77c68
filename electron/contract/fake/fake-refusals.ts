/** The refusals that the fake gives, worded as the host words them: what is wrong, who can mend it, what can be done today. */

import type { RefusalView } from '../refusal-view.ts'
import type { Text } from '../text.ts'

const WINDOW: Text = { zh: '社保服务窗口,持卡和身份证办理', en: 'the social-security service window, with card and ID' }
export const CLAIM_LATER: Text = { zh: '本次先自费,之后凭票据报销', en: 'pay today and claim later with the invoice' }
const SAME_CARD: Text = { zh: '请把同一张卡插回本机,由持卡人输入密码核实', en: 'put the same card back, and the holder types the PIN' }
const NOT_AGAIN: Text = { zh: '核实之前请勿再次收费', en: 'do not charge again before that' }

interface Words {
  readonly zh: string
  readonly en: string
  readonly mend?: Text
  readonly today?: Text
}

const view = (blame: RefusalView['blame'], kind: string, { zh, en, mend, today }: Words): RefusalView => ({
  kind,
  blame,
  what: { zh, en },
  mend: mend ?? null,
  today: today ?? null
})

const refusal = (kind: string, words: Words): RefusalView => view('refusal', kind, words)
const outside = (kind: string, words: Words): RefusalView => view('outside', kind, words)

export const badInput = (kind: string, zh: string, en: string): RefusalView => view('bad-input', kind, { zh, en })

export const HOST_AWAY = outside('host-away', {
  zh: '结算服务正在重新启动',
  en: 'the settlement service is restarting',
  mend: { zh: '会自动恢复,请稍候', en: 'it comes back by itself; wait a moment' }
})

export const NO_CARD = refusal('no-card', {
  zh: '读卡器中没有卡',
  en: 'there is no card in the reader',
  today: { zh: '请插入社会保障卡', en: 'put the social security card in' }
})

export const CARD_CHANGED = refusal('card-changed', {
  zh: '卡已更换或重新插入',
  en: 'the card was changed or put in again',
  today: { zh: '请核对持卡人后重试', en: 'look at the holder and try again' }
})

export const BILL_STALE = refusal('bill-stale', { zh: '费用单已变动,请按当前内容重试', en: 'the bill has changed: try again with what it says now' })
export const billOfAnother = (name: string): RefusalView =>
  refusal('bill-of-another', { zh: `这张费用单是为${name}做的，现在插着的是另一个人的卡`, en: `this bill was made for ${name}, and the card is another person's` })
export const OTHER_PERSON = refusal('other-person', {
  zh: '就诊单上的姓名与持卡人不一致',
  en: "the visit's patient is not the card's holder (psn_name differs)",
  mend: { zh: '请换成本人的社会保障卡', en: "take the holder's own social security card" }
})
export const BILL_EMPTY = refusal('bill-empty', { zh: '费用单没有项目', en: 'the bill has no line' })
export const NO_BILL = refusal('no-bill', { zh: '没有打开的费用单', en: 'no bill is open' })
export const SETTLING = refusal('settling', { zh: '正在结算,请稍候', en: 'a settlement is under way; wait for it to end' })
export const NOT_SIMULATED = refusal('not-simulated', {
  zh: '现在用的是真实读卡器，请直接插卡、取卡',
  en: 'a real reader serves: put the card in and take it out by hand'
})
export const PIN_ON_PAD = refusal('pin-on-pad', {
  zh: '这台读卡器有密码键盘，密码只能在键盘上输入',
  en: 'this reader has keys of its own: the PIN is typed there and nowhere else'
})
export const NO_PAD = refusal('no-pad', { zh: '这台读卡器没有密码键盘', en: 'this reader has no keys' })
const PAD_AGAIN: Text = { zh: '请持卡人在密码键盘上重新输入，未计次数', en: 'the holder types it again on the pad; no try was counted' }
export const PAD_CANCELLED = refusal('pad-cancelled', { zh: '持卡人在密码键盘上按了取消', en: 'the holder pressed cancel on the pad', mend: PAD_AGAIN })
export const PAD_TIMEOUT = refusal('pad-timeout', { zh: '密码键盘上没有及时输入', en: 'nothing was typed on the pad in time', mend: PAD_AGAIN })
export const NOT_A_PHARMACY = refusal('not-a-pharmacy', { zh: '本窗口不是药店收银台', en: 'this counter is not that of a pharmacy' })
export const NO_SALE = refusal('no-sale', { zh: '打开的不是售药单', en: 'the open bill is no sale' })
export const saleNotReady = (lines: number): RefusalView =>
  refusal('sale-not-ready', {
    zh: `还有${lines}项不能结算`,
    en: `${lines} lines cannot be settled yet`,
    mend: { zh: '请看各项的原因:补处方、补扫追溯码、拆分或改自费', en: 'see the reason of each: prescription, trace code, split or own pay' }
  })
export const PRESCRIPTION_FORGED = refusal('prescription-forged', {
  zh: '电子处方签名不符,不予接受',
  en: "the electronic prescription's signature does not fit: it is refused",
  mend: { zh: '请患者在处方平台重新取得处方', en: 'the patient gets it from the platform again' }
})
export const NO_PRESCRIPTION = refusal('no-prescription', { zh: '没有录入处方', en: 'no prescription was entered' })
export const prescriptionThere = (number: string, other: string): RefusalView =>
  refusal('prescription-there', {
    zh: `本单已有处方${number},一单只凭一张处方:${other}未录入`,
    en: `this sale has prescription ${number} and rests on that one: ${other} was not taken`
  })
export const NOT_LIMITED = refusal('not-limited', { zh: '此项没有可拆分的限量', en: 'this line has no limit to be split at' })
export const RETURN_IN_DOUBT = refusal('settlement-in-doubt', { zh: '存疑结算不能退药', en: 'nothing comes back from a settlement in doubt', mend: SAME_CARD })
export const NO_SALE_RECORD = refusal('not-a-sale', { zh: '该结算不是售药', en: 'this settlement is no sale' })
export const unknownScan = (text: string): RefusalView =>
  badInput('scan-unknown', `“${text.slice(0, 40)}”不是已知的条码、追溯码、编码或处方`, `"${text.slice(0, 40)}" is no known barcode, trace code, item code or prescription`)
export const noLineFor = (code: string): RefusalView =>
  badInput('trace-code-no-line', `账单中没有追溯码${code}对应的药品`, `the bill has no drug that the trace code ${code} belongs to`)
export const traceMalformed = (code: string): RefusalView =>
  badInput('trace-code-malformed', `追溯码“${code.slice(0, 40)}”无效:应为20位数字`, `trace code "${code.slice(0, 40)}" is refused: 20 digits`)
export const traceRepeated = (code: string): RefusalView => badInput('trace-code-repeated', `追溯码${code}本单已扫`, `the trace code ${code} is on this bill already`)
export const notReturnable = (kind: string, field: string, rule: string): RefusalView => badInput(kind, `退药:${field}${rule}`, `return: ${field} ${rule}`)

export const PIN_NOT_GIVEN = refusal('pin-not-given', { zh: '请先输入卡密码', en: 'the PIN is needed first' })

export const PIN_LOCKED: RefusalView = {
  ...refusal('pin-locked', { zh: '密码已锁定', en: 'the PIN is locked', mend: WINDOW, today: CLAIM_LATER }),
  triesLeft: 0
}

export const LAST_TRY: RefusalView = {
  ...refusal('last-try-unconfirmed', {
    zh: '只剩最后一次,再错将锁定',
    en: 'one try is left, and a wrong PIN locks the card',
    today: { zh: '请持卡人确认后再输入', en: 'ask the holder before it is used' }
  }),
  triesLeft: 1
}

export const wrongPin = (triesLeft: number): RefusalView =>
  triesLeft === 0
    ? { ...PIN_LOCKED, kind: 'wrong-pin', what: { zh: '密码错误,密码已锁定', en: 'wrong PIN, and now it is locked' } }
    : {
        ...refusal('wrong-pin', { zh: `密码错误,还可输入${triesLeft}次`, en: `wrong PIN, ${triesLeft} tries left` }),
        triesLeft
      }

export const MUTE_CARD = refusal('mute-card', {
  zh: '卡无应答',
  en: 'the card does not answer',
  mend: { zh: '清洁触点后重试;仍不行请到发卡银行换卡', en: 'clean its contacts; else the issuing bank replaces it' },
  today: CLAIM_LATER
})

export const READER_FAULT = outside('reader-fault', {
  zh: '读卡时通信中断',
  en: 'the answer of the card was lost on the way',
  mend: { zh: '请重新插卡;反复出现请报修', en: 'put the card in again; if it happens again, call support' }
})

export const NOT_SOCIAL_SECURITY = refusal('not-a-social-security-card', {
  zh: '不是社会保障卡',
  en: 'this is not a social security card',
  today: { zh: '请换用社会保障卡', en: 'use the social security card' }
})

export const BLANK_CARD = refusal('blank-card', { zh: '空卡,尚未个人化', en: 'the card is blank: it was never personalised', mend: WINDOW })

export const CARD_EXPIRED = refusal('card-expired', {
  zh: '卡已于2024-12-31过期',
  en: 'the card expired on 2024-12-31',
  mend: { zh: '发卡银行换卡,五个工作日', en: 'the issuing bank replaces it in five working days' },
  today: CLAIM_LATER
})

export const CARD_LOST = refusal('card-lost', {
  zh: '该卡已正式挂失',
  en: 'the card was formally reported lost',
  mend: { zh: '请致电12333', en: 'call 12333' },
  today: CLAIM_LATER
})

export const CARD_NOT_ACTIVATED = refusal('card-not-activated', { zh: '卡尚未激活', en: 'the card is not activated', mend: WINDOW, today: CLAIM_LATER })

export const OTHER_REGION = refusal('other-region', {
  zh: '参保地990100与就医地999999不同,卡上账户只能在本地使用',
  en: 'the card is insured in 990100, this institution lies in 999999: its account works at home only',
  mend: { zh: '参保地经办机构办理异地备案', en: 'the insured place files treatment elsewhere' },
  today: { zh: '现金支付', en: 'pay cash' }
})

export const CARD_PULLED = refusal('session-ended', {
  zh: '卡已离开,未扣款',
  en: 'the card left: nothing was charged',
  today: { zh: '请重新插卡并输入密码', en: 'put the card back and give the PIN again' }
})

export const CASH_DIFFERS = refusal('amounts-changed', { zh: '应收现金与费用单不符,未扣款', en: 'the cash due is not what the bill says: nothing was charged' })

export const inDoubt = (settlementId: string): RefusalView =>
  refusal('in-doubt', { zh: `存疑:${settlementId}可能已扣款`, en: `in doubt: the card may have been charged for ${settlementId}`, mend: SAME_CARD, today: NOT_AGAIN })

export const CARD_IN_DOUBT = refusal('card-in-doubt', {
  zh: '这张卡有一笔存疑的结算或圈存尚未查清',
  en: 'a settlement or a load of this card is still in doubt',
  mend: { zh: '请持卡人输入密码,由卡内记录查清', en: "the holder types the PIN, and the card's own log decides" }
})

export const UNKNOWN_SETTLEMENT = badInput('settlement-unknown', '没有这笔结算', 'there is no such settlement')
export const ALREADY_REFUNDED = refusal('already-refunded', { zh: '该结算已退费', en: 'this settlement was refunded already' })

export const REFUND_IN_DOUBT = refusal('settlement-in-doubt', {
  zh: '存疑结算不能退费',
  en: 'a settlement in doubt cannot be refunded',
  mend: SAME_CARD
})

export const REASON_INVALID = badInput('reason-invalid', '退费原因须为1至200个字符', 'the reason must have 1 to 200 characters')

export const UNREADABLE_VISIT = badInput(
  'visit-invalid',
  '就诊单:lines[2].cnt:"-"不是数量(最多4位小数的正数)',
  'visit: lines[2].cnt: "-" is refused: a positive number with up to 4 places'
)

export const VISIT_NOT_READABLE = badInput('visit-not-readable', '不是可读取的就诊单', 'this is no visit')

export const visitGone = (file: string): RefusalView => badInput('visit-gone', `队列中已没有${file}`, `the queue no longer has ${file}`)
export const lineUnknown = (line: string): RefusalView => badInput('line-unknown', `费用单没有第${line}项`, `the bill has no line ${line}`)

export const notInTray = (card: string): RefusalView =>
  badInput('card-not-insertable', `托盘里没有测试卡${card}`, `the tray has no card ${card}`)

export const noFixturePin = (card: string): RefusalView => refusal('no-fixture-pin', { zh: `${card}没有密码`, en: `${card} has no PIN` })

export const pinMalformed = (pin: string): RefusalView =>
  badInput(/^\d*$/.test(pin) ? 'pin-wrong-length' : 'pin-not-digits', '密码应为4至12位数字,卡未被询问', 'a PIN has 4 to 12 digits; the card was not asked')
export const PIN_UNCHANGED = badInput('pin-unchanged', '新密码与原密码相同', 'the new PIN is the old one')
export const FIRST_PIN_REFUSED = badInput('first-pin-refused', '新密码不能是初始密码', 'the new PIN is the one that cards are issued with')
