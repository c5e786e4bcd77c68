import { describe, expect, it } from 'vitest'
import { concat, writeUint } from '../../bytes/bytes.ts'
import { fromHex } from '../../bytes/hex.ts'
import { never } from '../../../base/invariant.ts'
import { cardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD } from '../../../test/chip/sample-card.ts'
import { Chip } from '../chip.ts'
import { VERSIONS, GENERATIONS } from '../file-system/generation.ts'
import { KEY } from '../../identifier/key-reference.ts'
import { MemoryMedium } from '../memory-medium.ts'
import { layoutOf, openImage } from './image.ts'
import { JOURNAL, PURSE, SYSTEM } from './layout.ts'
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
    ['another format', changed(9, 1), { kind: 'image-of-other-format', format: 1, expected: 2 }],
    ['a damaged header', changed(11, 2), { kind: 'image-damaged', reason: 'header checksum differs' }],
    ['a damaged journal', changed(JOURNAL.offset, 0x17), { kind: 'image-damaged', reason: 'journal: commit mark is 23' }],
    ['an impossible ATR', changed(SYSTEM.atrLength, 77), { kind: 'image-damaged', reason: 'checksum of what personalisation fixed differs' }]
  ])('refuses %s', (_, bytes, error) => {
    expect(openImage(bytes)).toMatchObject({ ok: false, error })
  })

  it('refuses one whose file tables are not ours', () => {
    const bytes = changed(19, 0)
    bytes.set(writeUint(crc32(bytes.subarray(0, 28)), 4), 28)
    expect(openImage(bytes)).toEqual({ ok: false, error: { kind: 'image-of-other-layout', version: '2.00' } })
  })

  const medical = layoutOf(GENERATIONS['2.00']).applications.find(({ name }) => name === 'DF04')
  const file = (fid: number): number => {
    const content = medical?.files.find((candidate) => candidate.fid === fid)?.content
    return content?.kind === 'cyclic' ? content.offset : Number.NaN
  }
  const keyOf = (name: string): number => medical?.keys.find((key) => key.name === name)?.offset ?? Number.NaN
  const FIXED = 'checksum of what personalisation fixed differs'

  it.each([
    ['length of DPK', keyOf('DPK') + 2, 0x11, FIXED],
    ['byte of DTK', keyOf('DTK') + 3, 0x00, FIXED],
    ['limit of tries of RK1DF04', keyOf('RK1DF04'), 14, FIXED],
    ['purse profile', SYSTEM.purseProfile, 0xff, FIXED],
    ['mode of use', SYSTEM.useMode, 0, FIXED],
    ['PIN limit', SYSTEM.pinTriesMax, 15, FIXED],
    ['day the payment year begins', PURSE.yearStart, 0x02, FIXED],
    ['card block state', SYSTEM.cardBlocked, 2, 'card block state is 2'],
    ['PIN counter', SYSTEM.pinTriesLeft, 7, 'PIN has 7 tries left of 6'],
    ['counter of PIN UNBLOCK', SYSTEM.unblockTriesLeft, 4, 'PIN UNBLOCK has 4 tries left of 3'],
    ['PIN length', SYSTEM.pinLength, 7, 'a PIN of 7 bytes'],
    ['PIN', SYSTEM.pin, 0xab, 'the PIN is no PIN'],
    ['payment year', PURSE.year, 0x2a, 'payment year is no 4 digits'],
    ['proof state', PURSE.proof, 3, 'transaction proof state is 3'],
    ['application state', medical?.state ?? Number.NaN, 3, 'DF04: application state is 3'],
    ['key counter', keyOf('RK1DF04') + 1, 16, 'DF04: key RK1DF04 has 16 tries left of 15'],
    ['newest log line', file(0xef08), 30, 'DF04: EF08 points at a record it has not'],
    ['number of log lines', file(0xef08) + 1, 31, 'DF04: EF08 points at a record it has not'],
    ['number of special settlements', file(0xef15) + 1, 2, 'DF04: EF15 points at a record it has not']
  ])('refuses a changed %s', (_, offset, value, reason) => {
    expect(openImage(changed(offset, value))).toEqual({ ok: false, error: { kind: 'image-damaged', reason } })
  })

  it.each([
    ['address', 'FFFF0001AA'],
    ['length', '00000002AA'],
    ['header', '0000AA']
  ])('refuses a committed unit whose entry has no %s in this memory', (_, hex) => {
    const entries = fromHex(hex)
    const bytes = image()
    bytes.set(concat(fromHex('A5'), writeUint(entries.length, 2), writeUint(crc32(entries), 4), entries), JOURNAL.offset)
    const reason = 'journal: an entry leaves the memory'
    expect(openImage(bytes)).toEqual({ ok: false, error: { kind: 'image-damaged', reason } })
  })

  it('refuses a balance of more digits than version 1.00 shows', () => {
    const { offline: _, ...first } = SAMPLE_CARD
    const bytes = cardUnderTest({ ...first, version: '1.00' }).medium.snapshot()
    bytes.set(writeUint(100_000_000, 4), PURSE.balance)
    const reason = 'balance of 100000000 fen; version 1.00 holds 99999999'
    expect(openImage(bytes)).toEqual({ ok: false, error: { kind: 'image-damaged', reason } })
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
