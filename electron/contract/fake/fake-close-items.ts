/** What stands in the way of the fake's close, each with the ways out of it. */

import type { CloseItem, CloseResolution, DrawerView } from '../close-view.ts'
import type { Text } from '../text.ts'
import { confirmationOf, fenOf, type Happened } from './fake-close-rows.ts'
import type { World } from './fake-world.ts'

const RESOLUTIONS: Readonly<Record<CloseResolution, { readonly text: Text; readonly needsNote: boolean }>> = {
  'upload-again': { text: { zh: '再次上传', en: 'send it again' }, needsNote: false },
  'book-locally': { text: { zh: '本地补记', en: 'book it here' }, needsNote: true },
  'reverse-at-centre': { text: { zh: '按原报文冲正', en: 'reverse it at the centre by its message number' }, needsNote: true },
  'take-centre-amount': { text: { zh: '以中心金额为准', en: "take the centre's amount" }, needsNote: false },
  'carry-over': { text: { zh: '带入下一日', en: 'carry it over to the next day' }, needsNote: true },
  'hand-to-person': { text: { zh: '交人处理', en: 'hand it to a person' }, needsNote: true },
  'book-difference': { text: { zh: '按长短款登记', en: 'book the drawer as over or short' }, needsNote: true }
}

const CASHIER: Text = { zh: '收费员', en: 'the cashier' }

type Draft = Omit<CloseItem, 'offered' | 'chosen'> & { readonly ways: readonly CloseResolution[]; readonly stands?: CloseResolution }

export function itemsOf(world: World, period: readonly Happened[], drawer: DrawerView): readonly CloseItem[] {
  return [...centreItems(world, period), ...doubtItems(world), ...parkedItems(world), ...owedItems(world), ...adjustedItems(period), ...drawerItems(drawer)].map(
    ({ ways, stands, ...item }) => ({
      ...item,
      offered: ways.map((resolution) => ({ resolution, ...RESOLUTIONS[resolution] })),
      chosen: world.books.chosen.get(item.item) ?? (stands === undefined ? null : { resolution: stands, text: RESOLUTIONS[stands].text, note: '' })
    })
  )
}

function centreItems(world: World, period: readonly Happened[]): Draft[] {
  const common = { settlementId: null, name: '', amount: null, owner: CASHIER }
  if (world.sync.centre === null) {
    return period.length === 0
      ? []
      : [{ item: 'centre-not-asked', kind: 'centre-not-asked', text: { zh: '本机未接入中心,无法核对', en: 'no centre is connected, so nothing could be compared with it' }, ways: ['carry-over'], ...common }]
  }
  const open = period.filter((one) => confirmationOf(one).state === 'provisional').length
  return open === 0
    ? []
    : [{ item: 'unsynced', kind: 'unsynced', text: { zh: `未确认${open}笔`, en: `not confirmed by the centre: ${open}` }, ways: ['upload-again', 'carry-over'], ...common }]
}

const doubtItems = (world: World): Draft[] =>
  world.inDoubt.map(({ settlementId, name, account }) => ({
    item: `in-doubt:${settlementId}`,
    kind: 'in-doubt',
    text: { zh: `${name}的结算存疑`, en: `the settlement of ${name} is in doubt` },
    settlementId,
    name,
    amount: account,
    owner: CASHIER,
    ways: ['carry-over', 'hand-to-person']
  }))

const parkedItems = (world: World): Draft[] =>
  world.sync.parked.map(({ sequence, settlementId, name, total, what, owner }) => ({
    item: `parked:${sequence}`,
    kind: 'parked',
    text: what,
    settlementId,
    name,
    amount: total,
    owner,
    ways: ['upload-again', 'hand-to-person', 'carry-over']
  }))

const owedItems = (world: World): Draft[] =>
  world.statements.flatMap(({ settlementId, holder, refund }): Draft[] =>
    refund === null || fenOf(refund.owedToCard) === 0n
      ? []
      : [
          {
            item: `owed-to-card:${settlementId}`,
            kind: 'owed-to-card',
            text: { zh: `应退回卡上账户${refund.owedToCard}元，自${refund.at}起`, en: `${refund.owedToCard} is owed to the card since ${refund.at}` },
            settlementId,
            name: holder.name,
            amount: refund.owedToCard,
            owner: CASHIER,
            ways: ['carry-over', 'hand-to-person'],
            stands: 'carry-over'
          }
        ]
  )

function adjustedItems(period: readonly Happened[]): Draft[] {
  return period.flatMap((one): Draft[] => {
    const confirmation = confirmationOf(one)
    if (confirmation.state !== 'adjusted') return []
    return [
      {
        item: `amounts-differ:${one.id}`,
        kind: 'amounts-differ',
        text: confirmation.reason,
        settlementId: one.statement.settlementId,
        name: one.statement.holder.name,
        amount: confirmation.due.cash,
        owner: CASHIER,
        ways: ['take-centre-amount', 'hand-to-person']
      }
    ]
  })
}

function drawerItems({ difference }: DrawerView): Draft[] {
  if (difference === null || fenOf(difference) === 0n) return []
  const short = difference.startsWith('-')
  return [
    {
      item: 'drawer',
      kind: 'drawer',
      text: short ? { zh: '钱箱短款', en: 'the drawer is short' } : { zh: '钱箱长款', en: 'the drawer is over' },
      settlementId: null,
      name: '',
      amount: difference,
      owner: CASHIER,
      ways: ['book-difference']
    }
  ]
}
