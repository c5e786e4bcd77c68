/** The auditor's reading of a card's memory, beside the chip's own word: at rest, and after the supply was cut at any byte. */

import { describe, expect, it } from 'vitest'
import { Chip } from '../../../card/chip/chip.ts'
import type { MemoryMedium } from '../../../card/chip/memory-medium.ts'
import { GENERATIONS, VERSIONS } from '../../../card/chip/file-system/generation.ts'
import { layoutOf } from '../../../card/chip/image/image.ts'
import { PURSE, SYSTEM } from '../../../card/chip/image/layout.ts'
import { PowerLost } from '../../../card/ports.ts'
import { fromHex, toHex } from '../../../card/bytes/hex.ts'
import { cardUnderTest, ScriptedEntropy } from '../../chip/card-under-test.ts'
import { SAMPLE_CARD } from '../../chip/sample-card.ts'
import { readChip, UnreadableImage } from '../auditor/chip-image.ts'

const VERIFY = '0020000003123456'
const WRONG = '0020000003111111'

const sample = (): MemoryMedium => cardUnderTest(SAMPLE_CARD).medium

describe('a card at rest', () => {
  it('is read as it was personalised', () => {
    const state = readChip(sample().snapshot())
    expect(state).toMatchObject({ balance: 10_000, pinTriesLeft: 6, pinTriesMax: 6, proof: undefined, log: [] })
    expect(toHex(state?.pin ?? new Uint8Array())).toBe('123456')
  })

  it.each(VERSIONS)('has its places where v%s has them', (version) => {
    const { applications, size } = layoutOf(GENERATIONS[version])
    const places = applications.flatMap(({ name, files }) =>
      files.flatMap(({ fid, content }) => {
        if (content.kind === 'cyclic' && fid === 0xef08) return [`log ${content.offset} of ${content.records}`]
        if (content.kind !== 'records' || name !== 'SSSE' || fid !== 0xef05) return []
        return content.records.filter(({ item }) => item.tag === 0x01 || item.tag === 0x07).map(({ offset }) => `item ${offset}`)
      })
    )
    const expected = { '1.00': ['log 11395 of 10', 11703], '2.00': ['log 11298 of 30', 12399], '3.00': ['log 11298 of 30', 12399] } as const
    expect([...places, size]).toEqual(['item 1250', 'item 1303', ...expected[version]])
    expect([SYSTEM.pinTriesMax, SYSTEM.pin, PURSE.loadSerial, PURSE.balance, PURSE.proof, PURSE.end]).toEqual([1091, 1094, 1103, 1107, 1123, 1135])
  })

  it('is refused when no card writes it', () => {
    expect(() => readChip(new Uint8Array(12_399))).toThrow(UnreadableImage)
    const torn = sample().snapshot()
    torn[0x20] = 0x17
    expect(() => readChip(torn)).toThrow('the journal\'s mark is 23')
  })
})

describe('a card whose supply was cut', () => {
  it('has as many tries left as the auditor says, whichever byte was the last', () => {
    const lengths = new Set<number>()
    for (let bytes = 0; bytes < 60; bytes += 1) {
      const medium = sample()
      const chip = new Chip(medium, new ScriptedEntropy())
      chip.powerOn()
      medium.cutAfter(bytes)
      try {
        chip.transmit(fromHex(bytes % 2 === 0 ? WRONG : VERIFY))
      } catch (cause) {
        if (!(cause instanceof PowerLost)) throw cause
      }
      const said = readChip(medium.snapshot())?.pinTriesLeft
      medium.restorePower()
      const again = new Chip(medium, new ScriptedEntropy())
      again.powerOn()
      const answer = toHex(again.transmit(fromHex('0020000000')))
      expect(answer).toBe(`63C${said}`)
      lengths.add(said ?? -1)
    }
    expect(lengths).toEqual(new Set([5, 6]))
  })
})
