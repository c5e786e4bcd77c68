import { describe, expect, it } from 'vitest'
import { PowerLost } from '../ports.ts'
import { MemoryMedium } from './memory-medium.ts'
import { committedEntries, Nonvolatile, type JournalArea } from './nonvolatile.ts'

const JOURNAL: JournalArea = { offset: 0, size: 64 }
const A = 64
const B = 70

const medium = (): MemoryMedium => new MemoryMedium(new Uint8Array(80))

/** Two places written in one unit. */
const writeBoth = (memory: Nonvolatile): void =>
  memory.unit(() => {
    memory.write(A, Uint8Array.of(1, 2, 3))
    memory.write(B, Uint8Array.of(9))
  })

const places = (bytes: Uint8Array): number[] => [...bytes.subarray(A, A + 3), bytes[B] ?? -1]

/** journal length 2 + checksum 4 + two entries with headers | mark | 3 + 1 bytes | mark */
const UNIT_BYTES = 6 + (4 + 3) + (4 + 1) + 1 + 4 + 1

describe('the journal', () => {
  it('puts every write of a unit in its place', () => {
    const eeprom = medium()
    writeBoth(new Nonvolatile(eeprom, JOURNAL))
    expect(places(eeprom.snapshot())).toEqual([1, 2, 3, 9])
    expect(eeprom.written).toBe(UNIT_BYTES)
  })

  it('a cut after any byte leaves all or nothing, also when every recovery is cut again', () => {
    const seen = new Set<string>()
    for (let cut = 0; cut <= UNIT_BYTES; cut++) {
      const eeprom = medium()
      const memory = new Nonvolatile(eeprom, JOURNAL)
      eeprom.cutAfter(cut)
      expect(losesPower(() => writeBoth(memory))).toBe(cut < UNIT_BYTES)
      expect(recoverByteByByte(eeprom)).toBeLessThan(10)
      const found = JSON.stringify(places(eeprom.snapshot()))
      expect(found).toBe(cut <= 18 ? '[0,0,0,0]' : '[1,2,3,9]')
      seen.add(found)
    }
    expect(seen.size).toBe(2)
  })

  it('reads the old bytes until the unit has ended, the new ones then', () => {
    const memory = new Nonvolatile(medium(), JOURNAL)
    memory.unit(() => {
      memory.write(B, Uint8Array.of(5))
      expect(memory.byte(B)).toBe(0)
    })
    expect(memory.byte(B)).toBe(5)
  })

  it('refuses a write outside a unit, outside the memory, and more than it holds', () => {
    const memory = new Nonvolatile(medium(), JOURNAL)
    expect(() => memory.write(A, Uint8Array.of(1))).toThrow('outside a unit')
    expect(() => memory.unit(() => memory.write(79, Uint8Array.of(1, 2)))).toThrow('outside')
    const other = new Nonvolatile(medium(), JOURNAL)
    expect(() => other.unit(() => other.write(0, new Uint8Array(60)))).toThrow('outgrows')
  })

  it('knows a damaged journal', () => {
    const eeprom = medium()
    const memory = new Nonvolatile(eeprom, JOURNAL)
    eeprom.cutAfter(19)
    expect(() => writeBoth(memory)).toThrow('supply cut')
    const image = eeprom.snapshot()
    expect(committedEntries(image, JOURNAL)).toBeInstanceOf(Uint8Array)
    for (const [offset, reason] of [
      [0, 'commit mark'],
      [1, 'length'],
      [3, 'checksum'],
      [12, 'checksum']
    ] as const) {
      const damaged = image.slice()
      damaged[offset] = (damaged[offset] ?? 0) ^ 0x40
      expect(committedEntries(damaged, JOURNAL)).toMatchObject({ kind: 'journal-damaged' })
      expect(JSON.stringify(committedEntries(damaged, JOURNAL))).toContain(reason)
    }
  })
})

function losesPower(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (fault) {
    if (fault instanceof PowerLost) return true
    throw fault
  }
}

/** Power-up after power-up, each one byte further than the last; how many were cut. */
function recoverByteByByte(eeprom: MemoryMedium): number {
  for (let bytes = 0; ; bytes++) {
    eeprom.restorePower()
    eeprom.cutAfter(bytes)
    if (!losesPower(() => new Nonvolatile(eeprom, JOURNAL))) return bytes
  }
}
