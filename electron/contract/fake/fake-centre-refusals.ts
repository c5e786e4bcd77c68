/** The refusals around the centre, the day close and loads, worded as the host words them. */

import type { RefusalView } from '../refusal-view.ts'
import { badInput } from './fake-refusals.ts'
import type { Text } from '../text.ts'

const refusal = (kind: string, what: Text, mend: Text | null = null, today: Text | null = null): RefusalView => ({ kind, blame: 'refusal', what, mend, today })
const outside = (kind: string, what: Text, mend: Text): RefusalView => ({ kind, blame: 'outside', what, mend, today: null })

export const NOT_CONNECTED = refusal(
  'not-connected',
  { zh: '本机尚未接入医保中心', en: 'this terminal is not connected to a centre yet' },
  { zh: '在“同步”页填写中心地址和一次性接入码', en: 'give the address and the one-time code of the centre on the Sync screen' }
)

export const ADDRESS_MALFORMED = badInput('address-malformed', '中心地址应以https://或http://开头', 'the address begins with https:// or http://')
export const CODE_REFUSED = refusal(
  'code-refused',
  { zh: '中心不认这个接入码,或它已用过、已过期', en: 'the centre does not know the code, or it was used, or it is too old' },
  { zh: '请向医保中心要一个新的接入码', en: 'ask the centre for a new one' }
)
export const ALREADY_CONNECTED = refusal('already-connected', { zh: '本机已接入中心', en: 'this terminal is connected already' })
export const PAUSED = refusal('paused', { zh: '已离线,不与中心通信', en: 'this till was set offline' }, { zh: '请先恢复联机', en: 'go online first' })

export const LEDGER_OLDER = refusal(
  'ledger-older',
  { zh: '本机账簿是由旧备份恢复的,医保中心比它多2批,暂停结算;本次未扣款', en: "this till's ledger was put back from an older copy, the centre has 2 batches that are not here, and nothing is settled; nothing was charged" },
  { zh: '请在“同步”页按“取回”', en: 'press Fetch on the Sync screen' }
)

export const OUTAGES: Readonly<Record<'network-down' | 'centre-down', RefusalView>> = {
  'network-down': outside(
    'network-down',
    { zh: '连不上网络', en: 'the network cannot be reached' },
    { zh: '请本院信息科检查网线和路由', en: 'the network staff of this institution looks at cable and router' }
  ),
  'centre-down': outside(
    'centre-down',
    { zh: '中心没有正常应答', en: 'the centre does not answer as a centre does' },
    { zh: '由医保中心处理,无需报修本机', en: 'the centre mends it; nothing is wrong here' }
  )
}

export const NOT_PARKED = refusal('not-parked', { zh: '这一条已不在待处理中', en: 'this entry is not parked any more' })
export const NOTE_MISSING = badInput('note-missing', '请写明交给谁、为什么', 'say whom it goes to, and why')

export const OWED_UNKNOWN = refusal('owed-unknown', { zh: '这张卡没有这笔待圈存', en: 'nothing of that name is owed to this card' })
export const LOAD_NOT_DONE = refusal(
  'session-ended',
  { zh: '卡已离开,未圈存', en: 'the card left: nothing was put on' },
  { zh: '请重新插卡并输入密码', en: 'put the card back and give the PIN again' }
)
export const loadInDoubt = (owed: string): RefusalView =>
  refusal(
    'in-doubt',
    { zh: `存疑:${owed}的圈存可能已写入卡`, en: `in doubt: the load for ${owed} may be on the card` },
    { zh: '请重新插入同一张卡并输入密码', en: 'put the same card back and give its PIN' }
  )

export const closeAmountMalformed = (field: string, value: string): RefusalView =>
  badInput('amount-malformed', `${field}:“${value}”不是金额`, `${field}: "${value}" is no amount`)
export const ITEM_UNKNOWN = refusal('item-unknown', { zh: '这一项已不在差异中', en: 'this item is no difference any more' })
export const RESOLUTION_NOT_OFFERED = badInput('resolution-not-offered', '这一项不能这样处理', 'this item cannot be resolved so')
export const CLOSE_STALE = refusal('close-stale', { zh: '账目刚刚有变动,请核对后再签', en: 'the books have just changed; look again before signing' })
export const CLOSE_HINDERED = refusal('close-hindered', { zh: '还有未完成的步骤', en: 'something still stands in the way' })
export const NOTHING_TO_CLOSE = refusal('nothing-to-close', { zh: '上次日结后没有新的账目', en: 'nothing was booked since the last close' })
export const CLOSE_UNKNOWN = refusal('close-unknown', { zh: '没有这次日结', en: 'there is no such close' })
export const CLOSE_NOT_LAST = refusal('close-not-last', { zh: '只能重开最近一次日结', en: 'only the newest close can be reopened' })
