/** What a disk that lied has taken must be said. */

import { expect, it } from 'vitest'
import type { CentreChain } from '../auditor/centre-chains.ts'
import { CentreChains } from '../auditor/centre-chains.ts'
import { Findings } from '../auditor/failure.ts'
import { checkLossNamed, linkIn } from '../auditor/rules/loss.ts'
import { WorldBooks } from '../auditor/world-books.ts'

const START = '0'.repeat(64)

/** A terminal of three facts that has one of them left, or all, at a centre that holds three. */
function said({ own, link, hasOlderBooks = true }: { readonly own: readonly string[]; readonly link: string; readonly hasOlderBooks?: boolean }): readonly string[] {
  const findings = new Findings('gather')
  const books = new WorldBooks(findings)
  const terminal = Object.assign(books.terminal('hospital-1'), { hasOlderBooks, link })
  terminal.book.hashes.push(...own)
  books.centre = new CentreChains(findings)
  books.centre.chains.set('H1', { terminal: 'H1', hashes: [START, 'a', 'b', 'c'] } as unknown as CentreChain)
  checkLossNamed(terminal, books)
  return findings.failures.map(({ detail }) => detail)
}

it('a till whose centre knows more than it does says so on its screen', () => {
  expect(said({ own: ['a'], link: 'refused' })).toEqual([])
  expect(said({ own: ['a'], link: 'up' })).toEqual(['hospital-1: the centre has 3 facts of it that are not its own since a disk lied, and its link says up'])
})

it('a till that has gone on with other facts says so too', () => {
  expect(said({ own: ['a', 'x', 'y', 'z'], link: 'up' })).toHaveLength(1)
  expect(said({ own: ['a', 'x', 'y', 'z'], link: 'refused' })).toEqual([])
})

it('a till that has lost nothing its centre knows need say nothing, and one whose disk was true is judged elsewhere', () => {
  expect(said({ own: ['a', 'b', 'c', 'd'], link: 'up' })).toEqual([])
  expect(said({ own: ['a', 'b', 'c', 'd'], link: 'refused' })).toEqual(['hospital-1: a disk has lied and it has all 3 facts that the centre has of it, and does not find back to it'])
  expect(said({ own: ['a'], link: 'up', hasOlderBooks: false })).toEqual([])
})

it('reads the state of the link from what the window is told', () => {
  expect(linkIn({ topic: 'sync', sync: { link: 'centre-down' } })).toBe('centre-down')
  expect(linkIn({ topic: 'card', panel: {} })).toBeUndefined()
})
