import { describe, expect, it } from 'vitest'
import { DOWNLOAD_KINDS } from '../../../settlement/sync/link.ts'
import { versionOfList } from './list-shape.ts'

const CARD = '999999D15600000500000001E3D8C079'
const LISTS = {
  policies: { version: '7', policies: [{ region: '999999', version: '1' }] },
  catalogue: { version: '7', catalogue: { items: [] } },
  'lost-cards': { version: '7', cards: [{ card_id: CARD, lost: 'formal', since: '2026-03-15' }] },
  entitlements: { version: '7', people: [{ certno: '000000198207307090', entitlements: [] }] }
} as const

describe('a list of the centre', () => {
  it.each(DOWNLOAD_KINDS)('of %s is known by its own shape: none of the others passes for it', (kind) => {
    const taken = DOWNLOAD_KINDS.filter((other) => versionOfList(kind, LISTS[other]).ok)
    expect(taken).toEqual([kind])
    expect(versionOfList(kind, LISTS[kind])).toEqual({ ok: true, value: '7' })
  })

  it('may be empty: nobody has lost a card', () => {
    expect(versionOfList('lost-cards', { version: '8', cards: [] })).toEqual({ ok: true, value: '8' })
  })

  it.each([
    [{ version: '1', cards: [{ card_id: '00' }] }, 'no list of lost-cards: cards[0].card_id: "00" is refused: must be 32 hex digits'],
    [{ version: '1', cards: [null] }, 'no list of lost-cards: cards[0]: null is refused: must be of type object'],
    [{ version: '1' }, 'no list of lost-cards: cards: missing: this field is required'],
    [{ cards: [] }, 'no list of lost-cards: version: missing: this field is required']
  ])('that is none says where: %j', (json, error) => {
    expect(versionOfList('lost-cards', json)).toEqual({ ok: false, error })
  })
})
