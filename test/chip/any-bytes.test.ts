/** Whatever bytes arrive, the card answers a status word, never with more than 256 bytes of data, and stays a card. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { openImage } from '../../card/chip/image/image.ts'
import { cardUnderTest } from './card-under-test.ts'
import { SAMPLE_CARD } from './sample-card.ts'

/** Class and instruction of every command, and of two that do not exist. */
const COMMANDS = '00A4 00B2 00DC 00E2 00B0 00D6 0084 0088 0082 0020 805E 8424 841E 8418 8416 B026 B028 B02A B02C B02E 00C0 0012 A0A4'
const FILES = ['00A4000002EF05', '00A4000002EF06', '00A4000002EF08', '00A4000002EF15', '00A4000002DF04', '00A40000023F00']

const byte = fc.oneof(fc.constantFrom(0x00, 0x01, 0x04, 0x05), fc.integer({ min: 0, max: 255 }))
const nearly = fc
  .tuple(fc.constantFrom(...COMMANDS.split(' ').map(fromHex)), byte, byte, fc.uint8Array({ maxLength: 32 }), fc.boolean())
  .map(([command, p1, p2, data, le]) =>
    Uint8Array.of(...command, p1, p2, ...(data.length > 0 ? [data.length, ...data] : []), ...(le ? [0] : []))
  )
const anything = fc.oneof(nearly, nearly, fc.constantFrom(...FILES.map(fromHex)), fc.uint8Array({ maxLength: 300 }))

it.each(['1.00', '2.00', '3.00'])('a card of version %s answers anything', (version) => {
  const words = new Set<string>()
  fc.assert(
    fc.property(fc.array(anything, { minLength: 20, maxLength: 60 }), (commands) => {
      const json = { ...SAMPLE_CARD, version, ...(version === '1.00' ? { offline: undefined } : {}) }
      const card = cardUnderTest(json)
      card.send('0020000003123456')
      for (const command of commands) {
        const answer = card.chip.transmit(command)
        expect(answer.length).toBeGreaterThanOrEqual(2)
        expect(answer.length).toBeLessThanOrEqual(258)
        words.add(toHex(answer.subarray(-2)))
      }
      expect(openImage(card.medium.snapshot())).toMatchObject({ ok: true })
    }),
    { numRuns: 150, seed: 7 }
  )
  expect([...words]).toEqual(expect.arrayContaining(['9000', '6700', '6D00', '6E00', '6A86', '6A82', '6982', '6981', '6985']))
})
