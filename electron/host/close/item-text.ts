/** An open item of a report in words, and whose turn it is. */

import type { ReportItem } from '../../../settlement/close/report-schema.ts'
import type { Text } from '../../contract/text.ts'
import { reasonText } from '../records/confirmation-view.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { say } from '../refusal/answers.ts'
import { never } from '../../../base/invariant.ts'
import { notReachedText } from './not-reached-text.ts'
import { parkedReasonText } from './parked-reason-text.ts'

export function itemText(item: ReportItem): Text {
  const { kind, code, id, amount, since, facts } = item
  const fact = (name: string): string => facts[name] ?? ''
  const at = since === null ? '' : readableTime(since)
  const sum = amount ?? ''
  switch (kind) {
    case 'centre-not-asked':
      return code === 'not-connected'
        ? say('本机未接入医保中心，中心一栏无法核对', 'no centre is connected, so nothing could be compared with it')
        : notReachedText(fact('reason'), fact('detail'))
    case 'unsynced':
      return say(`未确认${fact('count')}笔，自${at}`, `not confirmed by the centre: ${fact('count')}, the oldest of ${at}`)
    case 'parked':
      return parkedReasonText(code, id ?? '')
    case 'in-doubt':
      return code === 'load'
        ? say(`圈存${id}自${at}起存疑：不知道${sum}元是否已写入卡`, `load ${id} is in doubt since ${at}: ${sum} may have been put onto the card`)
        : say(`结算${id}自${at}起存疑：卡上可能已扣${sum}元；已收的现金也未入账`, `settlement ${id} is in doubt since ${at}: the card may have been charged ${sum}; cash that was taken for it is not booked either`)
    case 'owed-to-card':
      return owedText(item, say('持卡人带卡来时，打开记录圈存到卡', 'when the holder brings it, open the record and load it'))
    case 'adjusted':
      return adjustedText(id ?? '', code, sum)
    case 'only-here':
      return code === 'refund-at-centre'
        ? say(`退费${id}（${sum}元）中心没有，只有原结算`, `the centre has the settlement of refund ${id} (${sum}) and not the refund`)
        : say(`${id}（${sum}元）中心没有`, `the centre does not have ${id} (${sum})`)
    case 'only-centre':
      return onlyCentreText(item)
    case 'amounts-differ':
      return say(
        `${id}的金额与中心不同：${differences(facts).zh}`,
        `the amounts of ${id} are others at the centre: ${differences(facts).en}`
      )
    case 'card':
      return cardText(item)
    case 'totals-differ':
      return say(`${fact('day')}的累计与逐笔相加不符`, `the running totals of ${fact('day')} are not what its settlements come to`)
    case 'drawer':
      return code === 'short' ? say(`钱箱短款${sum.replace('-', '')}元`, `the drawer is ${sum.replace('-', '')} short`) : say(`钱箱长款${sum}元`, `the drawer is ${sum} over`)
    default:
      return never(kind)
  }
}

/** What is owed to a card of a settlement that the centre never booked: nobody loads it from the record. */
export const grantedFirstText = (item: ReportItem): Text =>
  owedText(
    item,
    say('中心没有入账这笔结算，由中心划入后才能圈存，办法见记录', 'the centre never booked the settlement and grants the amount first, as the record says')
  )

function owedText({ amount, since }: ReportItem, next: Text): Text {
  const [sum, at] = [amount ?? '', since === null ? '' : readableTime(since)]
  return say(
    `应退回卡上账户${sum}元${at === '' ? '' : `，自${at}起`}；${next.zh}`,
    `${sum} is owed to the card${at === '' ? '' : ` since ${at}`}; ${next.en}`
  )
}

function adjustedText(id: string, reason: string, cash: string): Text {
  const { zh, en } = reasonText(reason)
  if (cash === '0.00') return say(`${id}已按中心金额调整（${zh}），现金不变`, `${id} was adjusted to the centre's amounts (${en}); cash stays as it was`)
  const amount = cash.replace('-', '')
  return cash.startsWith('-')
    ? say(`${id}已按中心金额调整（${zh}），应退患者现金${amount}元`, `${id} was adjusted to the centre's amounts (${en}): ${amount} in cash goes back to the patient`)
    : say(`${id}已按中心金额调整（${zh}），患者应补现金${amount}元`, `${id} was adjusted to the centre's amounts (${en}): the patient owes ${amount} in cash`)
}

function onlyCentreText({ code, id, amount }: ReportItem): Text {
  const sum = amount ?? ''
  switch (code) {
    case 'held-here':
      return say(`中心已记${id}（${sum}元），本机这笔还存疑`, `the centre has booked ${id} (${sum}), which is in doubt here`)
    case 'refund-here':
      return say(`中心有退费${id}（${sum}元），本机没有退费`, `the centre has refund ${id} (${sum}) of a settlement that was not refunded here`)
    case 'settlement-at-centre':
      return say(`中心有退费${id}（${sum}元），没有对应的结算`, `the centre has refund ${id} (${sum}) without its settlement`)
    default:
      return say(`只有中心有${id}（${sum}元）`, `only the centre has ${id} (${sum})`)
  }
}

function cardText({ code, id, amount, facts }: ReportItem): Text {
  const sum = amount ?? ''
  const fact = (name: string): string => facts[name] ?? ''
  const card = `****${fact('card')}`
  switch (code) {
    case 'booked-twice':
      return say(`${id}与${fact('other')}用的是卡${card}的同一笔交易（序号${fact('serial')}）`, `${id} and ${fact('other')} stand on one transaction of card ${card} (serial ${fact('serial')})`)
    case 'debit-differs':
      return say(`${id}应扣卡${card}${fact('asked')}元，实扣${sum}元`, `${id} asked card ${card} for ${fact('asked')} and it was charged ${sum}`)
    case 'load-differs':
      return say(`圈存${id}应写入卡${card}${fact('asked')}元，实写${sum}元`, `load ${id} was for ${fact('asked')} and card ${card} got ${sum}`)
    default:
      return say(
        `结算${id}之前卡${card}的余额应不少于${fact('expected')}元，实为${sum}元，期间没有扣款`,
        `before ${id} card ${card} should have had at least ${fact('expected')} and had ${sum}, without a debit in between`
      )
  }
}

const FIELDS: Readonly<Record<string, Text>> = {
  total: say('总额', 'total'),
  fundPaid: say('基金', 'funds'),
  account: say('账户', 'account'),
  cash: say('现金', 'cash')
}

function differences(facts: ReportItem['facts']): Text {
  const named = Object.entries(FIELDS).filter(([field]) => `local.${field}` in facts)
  const words = (language: keyof Text): string[] =>
    named.map(([field, name]) => {
      const [here, there] = [facts[`local.${field}`] ?? '', facts[`record.${field}`] ?? '']
      return language === 'zh' ? `${name.zh}本机${here}、中心${there}` : `${name.en} ${here} here, ${there} there`
    })
  return say(words('zh').join('；'), words('en').join('; '))
}

const CASHIER = say('收费员', 'the cashier')
const CENTRE = say('医保中心', 'the centre')
const NETWORK = say('本院信息科', 'the network staff of this institution')

/** As the item's own words say; what is not here the cashier can do, as going online again. */
const NOT_REACHED: Readonly<Record<string, Text>> = {
  'network-down': NETWORK,
  'clock-skew': NETWORK,
  'centre-down': CENTRE,
  'details-differ': CENTRE,
  'too-many': CENTRE
}

/** Whose turn it is. */
export function itemOwner({ kind, facts }: ReportItem): Text {
  switch (kind) {
    case 'centre-not-asked':
      return NOT_REACHED[facts['reason'] ?? ''] ?? CASHIER
    case 'in-doubt':
    case 'owed-to-card':
      return say('收费员（等持卡人再来）', 'the cashier, when the holder comes back')
    case 'only-centre':
    case 'amounts-differ':
    case 'adjusted':
    case 'parked':
      return say('收费员和医保科', "the cashier and the institution's insurance office")
    case 'card':
    case 'totals-differ':
      return say('维护人员', 'the support staff')
    case 'unsynced':
    case 'only-here':
    case 'drawer':
      return CASHIER
    default:
      return never(kind)
  }
}
