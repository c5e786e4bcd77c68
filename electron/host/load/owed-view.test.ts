import { expect, it } from 'vitest'
import { loadBack, loadEvidence, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { fen } from '../../../settlement/money/fen.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { owedViews } from './owed-view.ts'

it('a credit that was loaded here is offered no more, also while the centre has not been told', () => {
  const ledger = writeLedger(memoryStore())
  const credits = ['C1', 'C2'].map((creditId) => ({ creditId, amount: fen(5_000), reason: '年度划入' }))
  const offered = (): readonly string[] => value(owedViews(ledger, sale(1).intent.cardId, credits)).map(({ owed }) => owed)
  expect(offered()).toEqual(['C1', 'C2'])
  value(ledger.holdLoad({ ...loadBack(1, 5_000, 'C1-L1'), purpose: { kind: 'credit', creditId: 'C1' } }))
  expect(offered()).toEqual(['C1', 'C2'])
  value(ledger.postLoad({ loadId: 'C1-L1', evidence: loadEvidence(5_000), postedAt: '20230917090005' }))
  expect(offered()).toEqual(['C2'])
})
