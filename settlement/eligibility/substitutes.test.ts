import { describe, expect, it } from 'vitest'
import { findItem, pack, questionOf, rulesOn, type Asked } from '../../test/support/ask.ts'
import { date } from '../calendar/business-date.ts'
import { substitutes } from './substitutes.ts'

/** Candidates as lines of another question: only the drug and its price matter. */
function better(asked: Asked, candidates: readonly (readonly [name: string, price: string])[]): readonly (readonly [string, string])[] {
  const others = questionOf({ items: candidates.map(([name, pric], index) => pack(name, { pric, feedetl_sn: `c${index}` })) })
  return substitutes(rulesOn('2026-03-10'), questionOf(asked), '1', others.items).map(({ item, verdict }) => [item.item.name, verdict.cover])
}

describe('drugs of the same substance that are better covered', () => {
  it('puts the better cover first, then the cheaper', () => {
    const imported = { items: [pack('氨氯地平进口片')] }
    expect(better(imported, [['氨氯地平分散片', '30.00'], ['氨氯地平片', '12.00'], ['氨氯地平进口片', '99.00']])).toEqual([
      ['氨氯地平片(测试)', 'covered'],
      ['氨氯地平分散片(测试)', 'covered']
    ])
  })

  it('leaves out other substances, and what is no better', () => {
    expect(better({ items: [pack('氨氯地平进口片')] }, [['缬沙坦片', '5.00']])).toEqual([])
    expect(better({}, [['氨氯地平分散片', '1.00']])).toEqual([])
  })

  it('judges it in its place on the bill: a drug of which there is too much already helps nobody', () => {
    const asked = { items: [pack('布洛芬咀嚼片'), pack('萘普生片', { feedetl_sn: 'n' })] }
    expect(better(asked, [['布洛芬片', '5.00']])).toEqual([])
    expect(better({ items: [pack('布洛芬咀嚼片')] }, [['布洛芬片', '5.00']])).toEqual([['布洛芬片(测试)', 'covered']])
  })

  it('knows nothing of a line that is not there', () => {
    expect(substitutes(rulesOn('2026-03-10'), questionOf({}), 'other', [])).toEqual([])
    expect(findItem('nothing', date('2026-03-10'))).toBeUndefined()
  })
})
