import { describe, expect, it } from 'vitest'
import { never } from '../../../base/invariant.ts'
import { cardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD } from '../../../test/chip/sample-card.ts'
import { Chip } from '../chip.ts'
import { VERSIONS, GENERATIONS } from '../file-system/generation.ts'
import { KEY } from '../../identifier/key-reference.ts'
import { MemoryMedium } from '../memory-medium.ts'
import { layoutOf, openImage } from './image.ts'
import { JOURNAL, SYSTEM } from './layout.ts'
import { crc32 } from './crc32.ts'

const image = (): Uint8Array => cardUnderTest(SAMPLE_CARD).medium.snapshot()

const changed = (offset: number, value: number): Uint8Array => {
  const bytes = image()
  bytes[offset] = value
  return bytes
}

describe('a card image', () => {
  it('is opened when it is whole', () => {
    const opened = openImage(image())
    expect(opened.ok && [opened.value.kind, opened.value.generation.version]).toEqual(['social-security', '2.00'])
  })

  it.each([
    ['nothing', new Uint8Array(0), { kind: 'not-a-card-image' }],
    ['some other file', new TextEncoder().encode('{"kind": "social-security", "version": "2.00"}'), { kind: 'not-a-card-image' }],
    ['a truncated one', image().subarray(0, 5000), { kind: 'image-truncated', size: 5000, expected: image().length }],
    ['one that goes on', new Uint8Array([...image(), 0]), { kind: 'image-truncated', size: image().length + 1 }],
    ['another format', changed(9, 2), { kind: 'image-of-other-format', format: 2, expected: 1 }],
    ['a damaged header', changed(11, 2), { kind: 'image-damaged', reason: 'header checksum differs' }],
    ['a damaged journal', changed(JOURNAL.offset, 0x17), { kind: 'image-damaged', reason: 'journal: commit mark is 23' }],
    ['an impossible ATR', changed(SYSTEM.atrLength, 77), { kind: 'image-damaged', reason: 'ATR of 77 bytes' }]
  ])('refuses %s', (_, bytes, error) => {
    expect(openImage(bytes)).toMatchObject({ ok: false, error })
  })

  it('refuses one whose file tables are not ours', () => {
    const bytes = changed(19, 0)
    const header = crc32(bytes.subarray(0, 20))
    bytes.set([header >>> 24, (header >>> 16) & 0xff, (header >>> 8) & 0xff, header & 0xff], 20)
    expect(openImage(bytes)).toEqual({ ok: false, error: { kind: 'image-of-other-layout', version: '2.00' } })
  })

  it('a chip is not made of anything else', () => {
    expect(() => new Chip(new MemoryMedium(new Uint8Array(64)), { bytes: (n) => new Uint8Array(n) })).toThrow('not-a-card-image')
  })
})

describe.each(VERSIONS)('the memory map of version %s', (version) => {
  const layout = layoutOf(GENERATIONS[version])

  it('fits the addresses of the journal', () => expect(layout.size).toBeLessThan(0x10000))

  it('gives every byte to one owner', () => {
    const areas = layout.applications.flatMap((application) => [
      { from: application.state, length: 1 },
      ...application.keys.map(({ offset }) => ({ from: offset, length: 19 })),
      ...application.files.flatMap(({ content }) => {
        switch (content.kind) {
          case 'records':
            return content.records.map(({ offset, length }) => ({ from: offset, length }))
          case 'cyclic':
            return [{ from: content.offset, length: 2 + content.recordLength * content.records }]
          case 'transparent':
            return [{ from: content.offset, length: content.size }]
          default:
            return never(content)
        }
      })
    ])
    let end = areas[0]?.from ?? 0
    for (const { from, length } of areas.toSorted((left, right) => left.from - right.from)) {
      expect(from).toBe(end)
      end = from + length
    }
    expect(end).toBe(layout.size)
  })

  it('numbers its keys as the cross table of 2013-06-19 does', () => {
    for (const { table } of layout.applications) {
      for (const { name, id, length } of table.keys) {
        const known = Object.entries(KEY).find(([key]) => key === name)?.[1]
        const ids = name === 'DPK' || name === 'DLK' ? [1, 2, 3] : [known?.card]
        expect([name, known?.length]).toEqual([name, length])
        expect(ids).toContain(id)
      }
    }
  })

  it('inner items fill their chains exactly', () => {
    for (const { table } of layout.applications) {
      for (const { structure } of table.files) {
        for (const item of structure.kind === 'records' ? structure.items : []) {
          if (item.inner === undefined) continue
          expect(item.inner.reduce((total, inner) => total + 2 + inner.length, 0)).toBe(item.length)
        }
      }
    }
  })
})
