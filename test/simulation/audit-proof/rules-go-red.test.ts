/** Each promise is broken once, in a copy of a small sound world, and the auditor names it. */

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact, FactOf } from '../../../settlement/ledger/fact.ts'
import { fen } from '../../../settlement/money/fen.ts'
import { got, type WorldTerminal } from '../../support/sync-world.ts'
import type { RuleName } from '../auditor/failure.ts'
import { DamagedCopy, keep, openingOfCentre, type Original } from './damaged-copy.ts'
import { openProvingWorld } from './proving-world.ts'

let original: Original
let settled = ''

beforeAll(async () => {
  const proving = await openProvingWorld()
  const { terminals, cards, world, centreFile } = proving
  const [till, other] = terminals
  const [card] = cards
  if (till === undefined || other === undefined || card === undefined) throw new Error('two tills and a card')
  const openings = cards.map((one) => one.image())
  const opening = openingOfCentre(centreFile)
  const refunded = await till.settle(card)
  world.clock.wait(60_000)
  settled = await till.settle(card)
  world.clock.wait(60_000)
  await other.settle(card)
  world.clock.wait(60_000)
  till.refund(refunded)
  await till.pass()
  await other.pass()
  const told = [{ till: 'till-1', kind: 'settled', id: settled, ...amountsOf(till, settled) }] as const
  original = keep(proving, opening, openings, told)
  await proving.close()
})

afterAll(() => rmSync(original.folder, { recursive: true }))

function amountsOf({ ledger }: WorldTerminal, id: string): { readonly account: number; readonly total: number } {
  const { account, total } = got(ledger.settlement(id))?.hold.fact.amounts ?? { account: 0, total: 0 }
  return { account, total }
}

const broken = (damage: (copy: DamagedCopy) => void): Promise<readonly RuleName[]> => {
  const copy = new DamagedCopy(original)
  damage(copy)
  return copy.audit()
}

/** The first of a kind, changed. */
const changed =
  <Kind extends Fact['kind']>(kind: Kind, change: (fact: FactOf<Kind>) => FactOf<Kind>) =>
  (facts: readonly Fact[]): readonly Fact[] => {
    const at = facts.findIndex((fact) => fact.kind === kind)
    return facts.map((fact, index) => (index === at ? change(fact as FactOf<Kind>) : fact))
  }

const imageOf = (name: string): { image: Uint8Array; opening: Uint8Array } => {
  const card = original.cards.find((one) => one.name === name)
  if (card === undefined) throw new Error(`no ${name}`)
  return { image: card.image.slice(), opening: card.opening.slice() }
}

it('a sound world breaks no rule', async () => {
  expect(await broken(() => undefined)).toEqual([])
})

describe('a chain', () => {
  it.each<readonly [string, RuleName, (copy: DamagedCopy) => void]>([
    ['of which a byte was changed', 'hash-chain', (copy) => copy.ledger("UPDATE fact SET content = CAST(content || x'00' AS BLOB) WHERE sequence = 2")],
    ['of which a hash was changed', 'hash-chain', (copy) => copy.ledger('UPDATE fact SET hash = zeroblob(32) WHERE sequence = 2')],
    ['that lacks a fact in the middle', 'sequence', (copy) => copy.ledger('DELETE FROM fact WHERE sequence = 2')],
    ['with a content that nobody writes', 'fact-readable', (copy) => copy.ledger("UPDATE fact SET content = x'0109' WHERE sequence = 1")],
    ['that the centre has other bytes of', 'centre-copy', (copy) => copy.rewrite(changed('posting', (fact) => ({ ...fact, postedAt: '20260315090001' })))],
    ['of which the centre has more', 'centre-copy', (copy) => copy.rewrite((facts) => facts.slice(0, 3))],
    ['in which a hold is posted twice', 'fact-order', (copy) => copy.rewrite((facts) => [...facts, ...facts.filter(({ kind }) => kind === 'posting').slice(0, 1)])],
    ['in which a settlement is taken back twice', 'fact-order', (copy) => copy.rewrite((facts) => [...facts, ...facts.filter(({ kind }) => kind === 'correction')])],
    ['of batches with a hole', 'batch-chain', (copy) => copy.centre("UPDATE batch SET number = 7 WHERE number = 1")],
    ['of a batch that counts as answered and has an unconfirmed fact', 'batch-chain', (copy) => copy.rewrite((facts) => facts.slice(0, -1))]
  ])('%s is found', async (_, rule, damage) => {
    expect(await broken(damage)).toContain(rule)
  })
})

describe('a settlement', () => {
  it.each<readonly [string, RuleName, (copy: DamagedCopy) => void]>([
    ['whose visit is charged a second time', 'visit-once', (copy) => copy.rewrite((facts) => [...facts, ...again(facts, { settlementId: 'X1' })])],
    ['under a number that is used', 'ids-unique', (copy) => copy.rewrite((facts) => [...facts, ...again(facts, { visit: { institution: 'H99999900001', visitNo: 'other' } })])],
    ['that stands in two tills', 'ids-unique', (copy) => copy.doubleTill()],
    ['whose debit is booked at two tills', 'debit-once', (copy) => copy.doubleTill()],
    ['whose sides do not come to the same', 'entries-balance', (copy) => copy.rewrite(changed('hold', (hold) => ({ ...hold, amounts: { ...hold.amounts, cash: fen(hold.amounts.cash + 1) } })))],
    ['that the card has not paid', 'posting-has-debit', (copy) => copy.changeCard('card-1', { image: imageOf('card-1').opening })],
    ['of another time than the card has signed', 'posting-has-debit', (copy) => copy.rewrite(changed('hold', (hold) => ({ ...hold, intent: { ...hold.intent, time: '20260315090009' } })))],
    ['under a TAC that is not the card\'s', 'posting-has-debit', (copy) => copy.rewrite(lastPostingWith({ tac: 'DEADBEEF' }), 'till-2')],
    ['that was told and is in no ledger', 'told-is-durable', (copy) => void (copy.told = [{ till: 'till-1', kind: 'settled', id: 'nowhere', account: 0, total: 0 }])],
    ['that was told with another amount', 'told-is-durable', (copy) => void (copy.told = [{ till: 'till-1', kind: 'settled', id: settled, account: 1, total: 1 }])],
    ['that was printed and is in no ledger', 'told-is-durable', (copy) => writeFileSync(join(copy.folder, 'till-1', 'prints-202603.jsonl'), '{"settlement":"nowhere","time":"20260315120000","format":"a5"}\n')],
    ['that counts in another year', 'accumulators', (copy) => copy.rewrite(changed('hold', (hold) => ({ ...hold, policyYear: 2025 })))],
    ['that adds more to the year than it has paid', 'accumulators', (copy) => copy.rewrite(changed('hold', (hold) => ({ ...hold, counters: { ...hold.counters, hifp_pay: fen(1) } })))]
  ])('%s is found', async (_, rule, damage) => {
    expect(await broken(damage)).toContain(rule)
  })

  const again = (facts: readonly Fact[], change: Partial<FactOf<'hold'>>): readonly Fact[] => {
    const hold = facts.find((fact) => fact.kind === 'hold')
    return hold === undefined ? [] : [{ ...hold, ...change }]
  }

  const lastPostingWith =
    (change: Partial<FactOf<'posting'>['evidence']>) =>
    (facts: readonly Fact[]): readonly Fact[] =>
      facts.map((fact) => (fact.kind === 'posting' ? { ...fact, evidence: { ...fact.evidence, ...change } } : fact))
})

describe('a card', () => {
  const BALANCE_AT = 1107

  it.each<readonly [string, RuleName, (copy: DamagedCopy) => void]>([
    ['with a fen too many', 'card-balance', (copy) => copy.changeCard('card-1', { image: withFenMore() })],
    ['with a fen that no ledger has', 'fen-conserved', (copy) => copy.changeCard('card-1', { image: withFenMore() })],
    ['that was charged without a posting', 'charge-booked', (copy) => copy.rewrite((facts) => facts.filter(({ kind }) => kind !== 'posting' && kind !== 'hold'), 'till-2')],
    ['whose hold was released though it has paid', 'charge-booked', (copy) => copy.rewrite(released, 'till-2')],
    ['whose serial number has fallen', 'card-counters', (copy) => copy.changeCard('card-1', { image: imageOf('card-1').opening, opening: imageOf('card-1').image })],
    ['whose memory no card writes', 'image-readable', (copy) => copy.changeCard('card-1', { image: new Uint8Array(100) })],
    ['onto which was loaded what it has not taken', 'load-once', (copy) => copy.rewrite((facts) => [...facts, ...load(facts, 100)])],
    ['onto which more is loaded than it is owed', 'load-once', (copy) => copy.rewrite((facts) => [...facts, ...load(facts, 99_999_999)])]
  ])('%s is found', async (_, rule, damage) => {
    expect(await broken(damage)).toContain(rule)
  })

  function withFenMore(): Uint8Array {
    const { image } = imageOf('card-1')
    image[BALANCE_AT + 3] = (image[BALANCE_AT + 3] ?? 0) + 1
    return image
  }

  const released = (facts: readonly Fact[]): readonly Fact[] =>
    facts.flatMap((fact): Fact[] => {
      if (fact.kind === 'confirmation') return []
      return fact.kind === 'posting' ? [{ kind: 'release', settlementId: fact.settlementId, hold: fact.hold, proof: 'said so', releasedAt: fact.postedAt }] : [fact]
    })

  function load(facts: readonly Fact[], amount: number): readonly Fact[] {
    const hold = facts.find((fact) => fact.kind === 'hold')
    if (hold === undefined) return []
    const { cardId, terminalNo, time } = hold.intent
    const intent = { cardId, serialBefore: 3, balanceBefore: fen(0), amount: fen(amount), terminalNo, time, mac2: '0A0B0C0D' }
    return [
      { kind: 'load-hold', loadId: 'L1', purpose: { kind: 'refund', settlementId: hold.settlementId }, intent, heldAt: time },
      { kind: 'load-posting', loadId: 'L1', hold: facts.length + 1, evidence: { source: 'credit-answer', tac: '0A0B0C0D', serialAfter: 4, balanceAfter: fen(amount) }, postedAt: time }
    ]
  }
})

describe('running sums', () => {
  it.each<readonly [string, RuleName, (copy: DamagedCopy) => void]>([
    ['what a person has used', 'accumulators', (copy) => copy.ledger("UPDATE accumulator SET counters = x'0400'")],
    ['what an hour comes to', 'hour-totals', (copy) => copy.ledger('UPDATE hour_total SET cash = cash + 1')],
    ['what a card is owed', 'owed-to-card', (copy) => copy.ledger('DELETE FROM owed')],
    ['what a person has used at the centre', 'accumulators', (copy) => copy.centre("UPDATE accumulator SET counters = '{}'")],
    ['the balance of record of a card', 'centre-balance', (copy) => copy.centre('UPDATE card SET balance = balance + 1 WHERE card_ref IN (SELECT card_ref FROM settlement)')],
    ['the serials that cards have used', 'debit-once', (copy) => copy.centre('UPDATE settlement SET card_serial = NULL')]
  ])('%s is told again from the facts', async (_, rule, damage) => {
    expect(await broken(damage)).toContain(rule)
  })
})

describe('the centre', () => {
  it.each<readonly [string, RuleName, (copy: DamagedCopy) => void]>([
    ['books another fen than it was told', 'centre-books', (copy) => copy.centre('UPDATE settlement SET cash = cash + 1, personal = personal + 1, total = total + 1 WHERE reverses IS NULL')],
    ['books what nobody was told of', 'centre-books', (copy) => copy.centre("UPDATE settlement SET setl_id = setl_id || 'X'")],
    ['does not know what a terminal holds for confirmed', 'setl-id', (copy) => copy.centre("DELETE FROM settlement WHERE terminal LIKE '%-02'")],
    ['comes to other totals', 'quiet-totals', (copy) => copy.centre('UPDATE settlement SET fund_paid = fund_paid + 1')],
    ['forgets to say why it has not booked', 'quiet-named', (copy) => copy.rewrite((facts) => facts.slice(0, -1))],
    ['stands elsewhere than at the end of its copy', 'batch-chain', (copy) => copy.centre('UPDATE terminal SET sequence = sequence + 1 WHERE batch > 0')]
  ])('that %s is found', async (_, rule, damage) => {
    expect(await broken(damage)).toContain(rule)
  })
})

describe('after a quiet time', () => {
  it('a hold that its card could close is found', async () => {
    const opened = await broken((copy) => {
      copy.rewrite((facts) => facts.filter(({ kind }) => kind === 'hold'), 'till-2')
    })
    expect(opened).toContain('quiet-holds')
  })

  it('a batch without an answer is found', async () => {
    expect(await broken((copy) => copy.ledger('UPDATE sync_batch SET answered_at = NULL'))).toContain('quiet-outbox')
  })

  it('a fact that was never sent is found', async () => {
    const unsent = await broken((copy) => {
      copy.rewrite((facts) => facts.filter(({ kind }) => kind !== 'confirmation'))
      copy.ledger('DELETE FROM sync_batch')
    })
    expect(unsent).toContain('quiet-outbox')
  })

  it('neither is looked for before', async () => {
    const copy = new DamagedCopy(original)
    copy.isQuiet = false
    copy.ledger('UPDATE sync_batch SET answered_at = NULL')
    expect(await copy.audit()).toEqual([])
  })
})

it('a PIN in any file of a till is found', async () => {
  expect(await broken((copy) => writeFileSync(join(copy.folder, 'till-1', 'host.log'), 'verify: 246810 ok\n'))).toEqual(['nothing-secret'])
})
