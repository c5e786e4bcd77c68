import { describe, expect, it } from 'vitest'
import { MemoryMedium } from './memory-medium.ts'
import { Nonvolatile } from './nonvolatile.ts'
import { attempt } from './retry-counter.ts'

const LEFT_AT = 64

function counterAt(left: number) {
  const medium = new MemoryMedium(new Uint8Array(80))
  medium.write(LEFT_AT, Uint8Array.of(left))
  return { medium, memory: new Nonvolatile(medium, { offset: 0, size: 64 }), counter: { leftAt: LEFT_AT, max: 6 } }
}

describe('a comparison that costs a try', () => {
  it('has cost it, in lasting memory, by the time it is made', () => {
    const { medium, memory, counter } = counterAt(4)
    attempt(memory, counter, () => {
      expect(medium.snapshot()[LEFT_AT]).toBe(3)
      return true
    })
    expect(medium.snapshot()[LEFT_AT]).toBe(6)
  })

  it('leaves the counter down when it was wrong, and writes nothing else', () => {
    const { memory, counter } = counterAt(4)
    expect(attempt(memory, counter, () => false, () => memory.write(70, Uint8Array.of(1)))).toEqual({ right: false, triesLeft: 3 })
    expect([memory.byte(LEFT_AT), memory.byte(70)]).toEqual([3, 0])
  })

  it('is not made when no try is left', () => {
    const { memory, counter } = counterAt(0)
    expect(() => attempt(memory, counter, () => true)).toThrow('no try is left')
  })
})
