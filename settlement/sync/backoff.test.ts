import { describe, expect, it } from 'vitest'
import { waitMs } from './backoff.ts'

const always = (byte: number) => ({ bytes: (length: number) => new Uint8Array(length).fill(byte) })
const waits = (byte: number): number[] => Array.from({ length: 13 }, (_, index) => waitMs(index + 1, always(byte)) / 1_000)

describe('the wait after a try that came to nothing', () => {
  it('doubles from a second to a minute, and after twelve tries there is a rest of ten', () => {
    expect(waits(0)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 600, 1])
  })

  it('is shortened by chance, by half at most, so that terminals do not come back in step', () => {
    expect(waits(255).slice(0, 3)).toEqual([0.502, 1.004, 2.008])
    expect(waits(128).slice(0, 3)).toEqual([0.75, 1.5, 3])
  })

  it('is what the centre asks for, when that is longer and no more than ten minutes', () => {
    expect(waitMs(1, always(0), 30_000)).toBe(30_000)
    expect(waitMs(6, always(0), 30_000)).toBe(32_000)
    expect(waitMs(1, always(0), 86_400_000)).toBe(600_000)
  })
})
