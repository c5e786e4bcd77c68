import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value as got } from '../../../test/contract/ledger-store.contract.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { systemMachine } from '../system-machine.ts'
import { momentOf } from '../system.ts'
import { beginQueue } from './demo-queue.ts'
import { VisitQueue } from './visit-queue.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures')
const VISIT = JSON.parse(readFileSync(join(FIXTURES, 'visits', 'community-chronic.json'), 'utf8')) as { readonly fixmedins_code: string }

let folder: string
let queue: VisitQueue
let ledger: Ledger
let changes: number

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'queue-')), 'queue')
  changes = 0
  const catalogue = parseCatalogue(JSON.parse(readFileSync(join(FIXTURES, 'catalogue', 'demo.json'), 'utf8')))
  if (!catalogue.ok) throw new Error('the fixture catalogue does not parse')
  ledger = writeLedger(memoryStore())
  queue = new VisitQueue({ ...systemMachine(), folder, ledger, catalogue: catalogue.value, changed: () => (changes += 1) })
})
afterEach(() => {
  queue.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function put(file: string, content: unknown, agedMs = 0): void {
  const path = join(folder, file)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const time = Date.now() / 1000 - agedMs / 1000
  utimesSync(path, time, time)
}

const states = (open?: string) => queue.entries(open).map(({ file, state }) => [file, state])

describe('the queue', () => {
  it('shows waiting visits in the order in which they began', () => {
    put('b.json', { ...VISIT, ipt_otp_no: '2', begntime: '2026-03-01 09:00:00' })
    put('a.json', { ...VISIT, ipt_otp_no: '1', begntime: '2026-03-01 10:00:00' })
    queue.rescan()
    expect(states()).toEqual([['b.json', 'waiting'], ['a.json', 'waiting']])
    expect(states('a.json')).toEqual([['b.json', 'waiting'], ['a.json', 'open']])
    expect(changes).toBe(1)
  })

  it('says which of them are in doubt and which are settled; one that was released waits again', () => {
    const { fixmedins_code: institution } = VISIT
    for (const number of [1, 2, 3]) {
      const { settlementId, ...rest } = sale(number)
      put(`${number}.json`, { ...VISIT, ipt_otp_no: `${number}`, begntime: `2026-03-01 0${number}:00:00` })
      got(ledger.hold({ ...rest, settlementId, visit: { institution, visitNo: `${number}` } }))
      if (number === 2) got(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20260301120000' }))
      if (number === 3) got(ledger.release({ settlementId, proof: 'serial-unchanged', releasedAt: '20260301120000' }))
    }
    queue.rescan()
    expect(states()).toEqual(expect.arrayContaining([['1.json', 'in-doubt'], ['2.json', 'settled'], ['3.json', 'waiting']]))
  })

  it('says what a visit comes to', () => {
    put('a.json', VISIT)
    queue.rescan()
    expect(queue.entries(undefined)[0]).toMatchObject({ lines: 2, total: '267.92' })
  })

  it('shows what cannot be read with its reason, and does not let it stop the others', () => {
    put('bad.json', '{ not json', 5_000)
    put('wrong.json', { ...VISIT, begntime: '2026-02-30' }, 5_000)
    put('code.json', { ...VISIT, lines: [{ med_list_codg: 'NOWHERE', cnt: '1' }] }, 5_000)
    put('good.json', VISIT)
    queue.rescan()
    expect(states()).toEqual([['good.json', 'waiting'], ['bad.json', 'unreadable'], ['code.json', 'unreadable'], ['wrong.json', 'unreadable']])
    const [, bad, code, wrong] = queue.entries(undefined)
    expect(bad?.refusal?.what.zh).toBe('不是可读取的就诊单：内容不是完整的JSON')
    expect(bad?.refusal?.what.en).toMatch(/^this is no visit: visit: bad\.json is not JSON/)
    expect(code?.refusal?.what.en).toContain('NOWHERE')
    expect(wrong?.refusal?.what.en).toContain('2026-02-30')
  })

  it('gives a file that is still being written a moment', () => {
    put('half.json', JSON.stringify(VISIT).slice(0, 40))
    queue.rescan()
    expect(states()).toEqual([])
    put('half.json', VISIT)
    queue.rescan()
    expect(states()).toEqual([['half.json', 'waiting']])
  })

  it('opens what is there now, and says so when it has gone', () => {
    put('a.json', VISIT)
    expect(queue.read('a.json').ok).toBe(true)
    renameSync(join(folder, 'a.json'), join(folder, 'a.txt'))
    expect(queue.read('a.json')).toEqual({ ok: false, error: { kind: 'visit-gone', file: 'a.json' } })
    expect(queue.read('../till.json')).toEqual({ ok: false, error: { kind: 'visit-gone', file: '../till.json' } })
  })

  it('sets a settled visit aside without losing it', () => {
    put('a.json', VISIT)
    queue.rescan()
    queue.setAside('a.json')
    expect(states()).toEqual([])
    expect(existsSync(join(folder, 'settled', 'a.json'))).toBe(true)
  })

  it('hears of a new file by itself', async () => {
    queue.start()
    put('a.json', VISIT)
    await expect.poll(() => changes, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(states()).toEqual([['a.json', 'waiting']])
  })
})

describe('a queue to begin with', () => {
  it('is dated today and left alone once it is there', () => {
    const demo = join(folder, '..', 'demo')
    beginQueue(demo, FIXTURES, momentOf(Date.UTC(2026, 10, 26, 1, 0)))
    const visit = (file: string) => JSON.parse(readFileSync(join(demo, file), 'utf8')) as { ipt_otp_no: string; begntime: string }
    expect(visit('01-internal-medicine.json')).toMatchObject({ ipt_otp_no: 'MZ2026112600001', begntime: '2026-11-26 08:20:00' })
    // It is nine in the morning: nobody has come yet who would come at 09:05.
    expect(visit('05-dermatology.json').begntime).toBe('2026-11-26 09:00:00')
    rmSync(join(demo, '01-internal-medicine.json'))
    beginQueue(demo, FIXTURES, momentOf(Date.UTC(2026, 10, 27, 4, 0)))
    expect(existsSync(join(demo, '01-internal-medicine.json'))).toBe(false)
  })
})
