import { describe, expect, it } from 'vitest'
import { fen, type Fen } from '../money/fen.ts'
import { cardEvidence, type CardEvent } from './card-evidence.ts'

const balance = (text: string): Fen | undefined => (text === '-' ? undefined : fen(Number(text)))

/**
 * One event a line, in fen; "-" is what the card does not tell:
 *
 *   debit: id card serial-before serial-after balance-before balance-after asked
 *   load:  id card balance-before balance-after asked
 */
function events(table: string): CardEvent[] {
  return table.trim().split('\n').map((line): CardEvent => {
    const [kind, id = '', cardId = '', ...numbers] = line.trim().split(/\s+/)
    const [one = '', two = '', three = '', four = '', five = '', proof] = numbers
    return kind === 'load'
      ? { kind: 'load', loadId: id, cardId, balanceBefore: fen(Number(one)), balanceAfter: balance(two), asked: fen(Number(three)) }
      : {
          kind: 'debit',
          settlementId: id,
          cardId,
          serialBefore: Number(one),
          serialAfter: Number(two),
          balanceBefore: balance(three),
          balanceAfter: balance(four),
          asked: fen(Number(five)),
          hasTac: proof !== 'log'
        }
  })
}

describe('what the chips say of a period', () => {
  it('is the sum of their debits and loads, followed from one balance to the next', () => {
    const evidence = cardEvidence(events(`
      debit A card1 41 42 50000 30000 20000
      debit B card2  7  8  1000   900   100
      debit C card1 42 43 30000 25000  5000
      load  L card1       25000 45000 20000
      debit D card1 43 44 45000 44999     1
    `))
    expect(evidence).toEqual({ debits: 4, debited: 25101, withoutTac: 0, loads: 1, loaded: 20000, findings: [] })
  })

  it('names two settlements on one transaction of a card', () => {
    const { findings } = cardEvidence(events('debit A card1 41 42 500 300 200\ndebit B card1 41 42 500 300 200'))
    expect(findings).toContainEqual({ kind: 'booked-twice', cardId: 'card1', serial: 42, settlementId: 'B', other: 'A' })
  })

  it('names a debit of another amount than was asked for', () => {
    const { findings, debited } = cardEvidence(events('debit A card1 41 42 50000 29999 20000'))
    expect(findings).toEqual([{ kind: 'debit-differs', cardId: 'card1', settlementId: 'A', asked: 20000, taken: 20001 }])
    expect(debited).toBe(20001)
  })

  it('names a load of another amount than was asked for', () => {
    expect(cardEvidence(events('load L card1 25000 44999 20000')).findings).toEqual([{ kind: 'load-differs', cardId: 'card1', loadId: 'L', asked: 20000, given: 19999 }])
  })

  it('names a balance that has shrunk without a debit in between', () => {
    const { findings } = cardEvidence(events('debit A card1 41 42 500 300 200\ndebit B card1 42 43 299 199 100'))
    expect(findings).toEqual([{ kind: 'balance-shrunk', cardId: 'card1', settlementId: 'B', expected: 300, found: 299 }])
  })

  it('knows that a load which the balance does not show has shrunk it', () => {
    const { findings } = cardEvidence(events('debit A card1 41 42 500 300 200\nload L card1 300 400 100\ndebit B card1 42 43 300 200 100'))
    expect(findings).toEqual([{ kind: 'balance-shrunk', cardId: 'card1', settlementId: 'B', expected: 400, found: 300 }])
  })

  it.each([
    ['a visit elsewhere leaves a gap in the serials', 'debit A card1 41 42 500 300 200\ndebit B card1 43 44 250 150 100'],
    ['a load elsewhere makes the balance grow', 'debit A card1 41 42 500 300 200\ndebit B card1 42 43 900 800 100'],
    ['an account at the centre has no balance on the card', 'debit A card1 41 42 - - 0\ndebit B card1 42 43 - - 0']
  ])('%s, which is no finding', (_, table) => {
    expect(cardEvidence(events(table)).findings).toEqual([])
  })

  it('counts what only the log of a card proves, at the amount that was asked for', () => {
    const { withoutTac, debited } = cardEvidence(events('debit A card1 41 42 500 - 200 log\ndebit B card1 42 43 300 200 100'))
    expect({ withoutTac, debited }).toEqual({ withoutTac: 1, debited: 300 })
  })
})
