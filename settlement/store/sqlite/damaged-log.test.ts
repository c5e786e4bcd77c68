import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { damagedFrame } from './damaged-log.ts'
import { openLedger } from './open-ledger.ts'

const FRAME = 4096 + 24
const HEADER = 32

let folder: string
let path: string
let log: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
  path = join(folder, 'ledger.db')
  log = `${path}-wal`
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Three settlements, the process killed: the log was not moved. `logBytes`: grown before. */
function leave(logBytes = 1): number {
  const ledger = value(openLedger({ path, create: true, logBytes }))
  for (const number of [1, 2, 3]) {
    value(ledger.hold(sale(number)))
    value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
  }
  const left = [readFileSync(path), readFileSync(log)] as const
  ledger.close()
  rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'log-'))
  path = join(folder, 'ledger.db')
  log = `${path}-wal`
  writeFileSync(path, left[0])
  writeFileSync(log, left[1])
  return (left[1].length - HEADER) / FRAME
}

function flip(at: number): void {
  const bytes = readFileSync(log)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(log, bytes)
}

/** The same log as a machine of the other byte order writes it: another magic, and every checksum anew. */
function otherOrder(written: Buffer): Buffer {
  const bytes = Buffer.from(written)
  bytes.writeUInt32BE(bytes.readUInt32BE(0) ^ 1, 0)
  let [first, second] = [0, 0]
  const sum = (from: number, to: number): void => {
    for (let at = from; at < to; at += 8) {
      first = (first + bytes.readUInt32BE(at) + second) >>> 0
      second = (second + bytes.readUInt32BE(at + 4) + first) >>> 0
    }
  }
  const store = (at: number): void => {
    bytes.writeUInt32BE(first, at)
    bytes.writeUInt32BE(second, at + 4)
  }
  sum(0, 24)
  store(24)
  for (let at = HEADER; at < bytes.length; at += FRAME) {
    sum(at, at + 8)
    sum(at + 24, at + FRAME)
    store(at + 16)
  }
  return bytes
}

const fingerprints = (): readonly string[] => [path, log].map((file) => hash('sha256', readFileSync(file)))

/** In the page of frame `number`, from 1. */
const flipIn = (number: number): void => flip(HEADER + (number - 1) * FRAME + 24 + 1000)

const commitsIn = (bytes: Buffer): readonly number[] =>
  Array.from({ length: (bytes.length - HEADER) / FRAME }, (_, index) => index + 1).filter((number) => bytes.readUInt32BE(HEADER + (number - 1) * FRAME + 4) !== 0)

describe('a log whose damage has taken durable commits away', () => {
  it.each([1, 2, 9])('is refused by name when frame %i is broken, and stays as it is', (number) => {
    leave()
    flipIn(number)
    const before = fingerprints()
    const detail = `its write-ahead log is damaged at frame ${number}, and commits follow`
    expect(openLedger({ path, create: false })).toEqual({ ok: false, error: { kind: 'store-failure', cause: 'corrupt', detail } })
    // Refused again: the lock was freed, and nothing was begun anew.
    expect(openLedger({ path, create: true })).toMatchObject({ ok: false, error: { kind: 'store-failure' } })
    expect(fingerprints()).toEqual(before)
  })

  it.each([[0, 'the magic'], [9, 'the page size'], [18, 'the salt'], [25, 'the checksum']])('is known by its header too: byte %i, %s', (at) => {
    leave()
    flip(at)
    expect(damagedFrame(log)).toBe(0)
  })

  it('is known behind a log that was grown', () => {
    leave(2 * 1024 * 1024)
    flipIn(3)
    expect(damagedFrame(log)).toBe(3)
  })

  it('is known when a stretch of the log was never written, and what older rounds left stands there', () => {
    leave(2 * 1024 * 1024)
    const bytes = readFileSync(log)
    bytes.copy(bytes, HEADER + 2 * FRAME, HEADER + 100 * FRAME, HEADER + 105 * FRAME)
    writeFileSync(log, bytes)
    expect(damagedFrame(log)).toBe(3)
  })

  it('is known in a log whose checksums are in the other byte order', () => {
    leave()
    writeFileSync(log, otherOrder(readFileSync(log)))
    expect(damagedFrame(log)).toBeUndefined()
    flipIn(2)
    expect(damagedFrame(log)).toBe(2)
  })
})

describe('what a crash leaves is no damage:', () => {
  it('no log, an empty one, a header alone', () => {
    expect(damagedFrame(log)).toBeUndefined()
    writeFileSync(log, '')
    expect(damagedFrame(log)).toBeUndefined()
    rmSync(log)
    leave()
    truncateSync(log, HEADER)
    expect(damagedFrame(log)).toBeUndefined()
  })

  it('a log cut at any place', () => {
    const frames = leave()
    const whole = readFileSync(log)
    for (let length = whole.length; length > 0; length -= 1499) {
      truncateSync(log, length)
      expect(damagedFrame(log)).toBeUndefined()
    }
    expect(frames).toBeGreaterThan(20)
  })

  it.each([13, 16, 18, 20, 24, 31])('a header torn after %i bytes, when a log that was moved began anew', (kept) => {
    leave()
    const before = readFileSync(log)
    const database = new Database(path)
    database.pragma('wal_checkpoint(PASSIVE)')
    database.exec('CREATE TABLE later (a)')
    const [moved, anew] = [readFileSync(path), readFileSync(log)]
    database.close()
    expect(anew.subarray(0, HEADER).equals(before.subarray(0, HEADER))).toBe(false)
    anew.copy(before, 0, 0, kept)
    writeFileSync(path, moved)
    writeFileSync(log, before)
    expect(damagedFrame(log)).toBeUndefined()
    const ledger = value(openLedger({ path, create: false }))
    expect(value(ledger.head()).sequence).toBe(6)
    ledger.close()
  })

  it('a last transaction of which the disk has kept the end and not the beginning', () => {
    const frames = leave()
    const commits = commitsIn(readFileSync(log))
    const last = (commits.at(-2) ?? 0) + 1
    expect(last).toBeLessThan(frames)
    flipIn(last)
    expect(damagedFrame(log)).toBeUndefined()
    expect(openLedger({ path, create: false }).ok).toBe(true)
  })

  it('a log that was being grown, of which the disk has kept some frames and not others', () => {
    const ledger = value(openLedger({ path, create: true, logBytes: 3_000_000, growth: 'later' }))
    value(ledger.growLog())
    const bytes = readFileSync(log)
    expect(commitsIn(bytes).length).toBeGreaterThan(100)
    bytes.fill(0, HEADER + 40 * FRAME, HEADER + 43 * FRAME)
    const copy = join(folder, 'copy')
    writeFileSync(copy, bytes)
    ledger.close()
    expect(damagedFrame(copy)).toBeUndefined()
  })
})
