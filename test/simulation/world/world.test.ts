import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { invariant } from '../../../base/invariant.ts'
import type { TerminalEvent } from '../../../electron/contract/events.ts'
import type { World } from './faces.ts'
import { NO_FAULTS } from './swarm.ts'
import { createWorld } from './world.ts'

const HOUR_MS = 3_600_000

interface Visited {
  readonly hash: string
  readonly account: string
  readonly balance: string
  readonly unconfirmed: number
  readonly events: number
}

/** One patient at one till: card in, PIN, a visit, settled, sent. */
async function oneVisit(world: World): Promise<Omit<Visited, 'hash' | 'events'>> {
  const [till] = world.terminals
  const [card] = world.cards
  invariant(till !== undefined && card !== undefined, 'a till and a card')
  const told: TerminalEvent[] = []
  till.listen((event) => told.push(event))
  const last = <Topic extends TerminalEvent['topic']>(topic: Topic): Extract<TerminalEvent, { topic: Topic }> => {
    const event = told.findLast((one) => one.topic === topic)
    invariant(event !== undefined, `${topic} was told`)
    return event as Extract<TerminalEvent, { topic: Topic }>
  }
  await till.start()
  await world.scheduler.sleep(10_000)
  till.hands.insert(card)
  await world.scheduler.sleep(10_000)
  const { panel } = last('card')
  invariant(panel.state === 'ready', 'the card is read')
  const { presence } = panel.card
  const visit = { ...JSON.parse(readFileSync('fixtures/visits/outpatient-demo.json', 'utf8')), ipt_otp_no: 'MZ-1', begntime: `${world.today} 00:00:00` }
  await till.ask('bill.open-text', { text: JSON.stringify(visit) })
  await till.ask('card.verify-pin', { presence, pin: card.pin, lastTry: false })
  const { bill } = last('bill')
  invariant(bill?.outcome.state === 'computed', 'the bill is computed')
  const settled = await till.ask('settle', { presence, revision: bill.revision, cash: bill.outcome.sums.cash })
  invariant(settled !== 'host-died' && settled.ok, `settled: ${JSON.stringify(settled)}`)
  await till.ask('sync.now', {})
  await world.scheduler.sleep(60_000)
  const { sync } = last('sync')
  await till.stop()
  return { account: settled.value.sums.account, balance: settled.value.balance?.after ?? '', unconfirmed: sync.unconfirmed.count }
}

async function visited(seed: number): Promise<Visited> {
  const world = await createWorld(seed, { hospitalTills: 1, pharmacyTills: 0, cards: 3, days: 1, faults: NO_FAULTS })
  try {
    const done = await world.scheduler.settle(oneVisit(world), HOUR_MS)
    return { ...done, hash: world.log.hash, events: world.scheduler.events }
  } finally {
    world.close()
  }
}

test('a patient pays at a till, and the centre hears of it, all in virtual time', async () => {
  expect(await visited(1)).toMatchObject({ unconfirmed: 0 })
})

test('the same seed is the same world', async () => {
  expect(await visited(1)).toEqual(await visited(1))
})

test('another seed is another world', async () => {
  expect((await visited(1)).hash).not.toBe((await visited(2)).hash)
})
