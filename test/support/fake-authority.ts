/**
 * An issuer for tests of the centre that need no card: codes are the start of a hash over everything that the real ones cover,
 * so a code fits what it was made for and nothing else. `mac1Of` and `tacOf` are what the card would say.
 */

import { createHash } from 'node:crypto'
import type { CardAuthority, IssuedCard, LoadInitialised, SignedDebit } from '../../settlement/centre/ports.ts'

const codeOf = (...covered: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(covered)).digest('hex').slice(0, 8).toUpperCase()

const keyOf = ({ region, cardFactor, algorithm, purse }: IssuedCard): readonly string[] => [region, cardFactor, algorithm, purse]
const covered = ({ balance, amount, loadSerial, terminalNo }: Omit<LoadInitialised, 'mac1'>) => [balance, amount, loadSerial, terminalNo]

export const mac1Of = (card: IssuedCard, load: Omit<LoadInitialised, 'mac1'>): string =>
  codeOf('mac1', keyOf(card), covered(load), load.keyVersion, load.random)

export const loadTacOf = (card: IssuedCard, load: Omit<LoadInitialised, 'mac1'>, time: string): string =>
  codeOf('load', keyOf(card), covered(load), time)

export const debitTacOf = (card: IssuedCard, debit: SignedDebit): string => {
  const { account, own, pooled, terminalNo, terminalSerial, time } = debit
  return codeOf('debit', keyOf(card), account, own, pooled, terminalNo, terminalSerial, time)
}

export const fakeAuthority: CardAuthority = {
  verifyDebit: (card, debit, tac) => debitTacOf(card, debit) === tac.toUpperCase(),
  verifyLoadRequest: (card, load) => mac1Of(card, load) === load.mac1.toUpperCase(),
  signLoad: (card, load, time) => codeOf('mac2', keyOf(card), covered(load), load.random, time),
  verifyLoadTac: (card, load, time, tac) => loadTacOf(card, load, time) === tac.toUpperCase()
}
