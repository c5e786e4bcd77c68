/**
 * What a card that is back says of the holds it left open: at insertion that nothing was taken, when nothing was;
 * that something was, only after the PIN, for the log that proves it opens to nothing else.
 */

import type { InDoubtView, ResolutionView } from '../settlement-view.ts'
import type { Text } from '../text.ts'
import { tellBill } from './fake-bill.ts'
import { resolveLoad } from './fake-load.ts'
import { tellSync } from './fake-sync.ts'
import { setInDoubt, setQueue, tell, type Doubt, type World } from './fake-world.ts'
import { SETTLED_STATEMENT } from './sample-statements.ts'

export function askCard(world: World, card: string, pin: 'given' | 'not-given'): void {
  const mine = world.inDoubt.flatMap((view) => {
    const doubt = world.doubts.get(view.settlementId)
    return doubt?.card === card ? [{ view, doubt, outcome: outcomeOf(doubt, pin) }] : []
  })
  if (mine.length === 0) return
  for (const { view, doubt, outcome } of mine) {
    if (outcome === 'posted') post(world, card, view, doubt)
    if (outcome === 'released') release(world, view, doubt)
  }
  const waits = new Set(mine.filter(({ outcome }) => outcome === 'in-doubt').map(({ view }) => view.settlementId))
  const closed = new Set(mine.filter(({ outcome }) => outcome !== 'in-doubt').map(({ view }) => view.settlementId))
  tellSync(world)
  const bill = mine.find(({ outcome, doubt }) => outcome === 'released' && doubt.bill !== null)?.doubt.bill ?? null
  tell(world, { topic: 'resolved', resolutions: mine.map(({ view, outcome }) => resolutionOf(view, outcome)) })
  setInDoubt(
    world,
    world.inDoubt.filter(({ settlementId }) => !closed.has(settlementId)).map((view) => ({ ...view, needsPin: waits.has(view.settlementId) }))
  )
  world.bill ??= bill
  tellBill(world)
}

type Outcome = 'posted' | 'released' | 'in-doubt'

function outcomeOf({ wasTaken }: Doubt, pin: 'given' | 'not-given'): Outcome {
  if (!wasTaken) return 'released'
  return pin === 'given' ? 'posted' : 'in-doubt'
}

function post(world: World, card: string, { kind, settlementId }: InDoubtView, { file }: Doubt): void {
  if (kind === 'load') return resolveLoad(world, card, settlementId)
  world.statements = world.statements.map((statement) =>
    statement.settlementId === settlementId ? { ...statement, state: 'settled', proof: SETTLED_STATEMENT.proof } : statement
  )
  setQueue(world, file, 'settled')
}

function release(world: World, { settlementId }: InDoubtView, { file }: Doubt): void {
  world.statements = world.statements.filter((statement) => statement.settlementId !== settlementId)
  setQueue(world, file, 'waiting')
}

const WORDS: Readonly<Record<InDoubtView['kind'], Readonly<Record<Outcome, Text>>>> = {
  settlement: {
    posted: { zh: '卡已扣款,现已补记', en: 'the card had been charged; now posted' },
    released: { zh: '卡没有扣款,已释放,可以重新结算', en: 'the card had not been charged; released' },
    'in-doubt': { zh: '仍存疑:需要持卡人输入密码才能查卡内明细', en: "still in doubt: the card's log needs the holder's PIN" }
  },
  load: {
    posted: { zh: '圈存已写入卡,现已补记', en: 'the card had been loaded; now posted' },
    released: { zh: '卡没有写入圈存,已释放,可以重新圈存', en: 'the card had not been loaded; released' },
    'in-doubt': { zh: '仍存疑:需要持卡人输入密码才能查卡内明细', en: "still in doubt: the card's log needs the holder's PIN" }
  }
}

const resolutionOf = ({ kind, settlementId, name, visitNo, total, account, cash }: InDoubtView, outcome: Outcome): ResolutionView => ({
  kind,
  settlementId,
  name,
  visitNo,
  total,
  account,
  cash,
  outcome,
  text: WORDS[kind][outcome]
})
