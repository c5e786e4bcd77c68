import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { refuse, type Result } from '../../../base/result.ts'
import { date } from '../../../settlement/calendar/business-date.ts'
import { anyRefusalView } from '../desk/desk-refusal.ts'
import { openEligibilityFiles } from './open-pharmacy.ts'
import { SaleDoor, type SaleSide } from './sale-door.ts'

const data = mkdtempSync(join(tmpdir(), 'caresettle-door-'))
afterAll(() => rmSync(data, { recursive: true }))

const SIDE: SaleSide = { openBill: () => refuse({ kind: 'no-bill' }), covered: () => refuse({ kind: 'no-sale' }), deskOf: () => expect.unreachable() }

test('is opened once, however many come at the same time and later', async () => {
  let times = 0
  const door = new SaleDoor(async () => ((times += 1), { ok: true, value: SIDE }))
  const [first, second] = await Promise.all([door.open(), door.open()])
  const third = await door.open()
  expect([first, second, third]).toEqual([1, 2, 3].map(() => ({ ok: true, value: SIDE })))
  expect(times).toBe(1)
})

test('names the damaged file in the words of the start, and opens when it was mended', async () => {
  const path = join(data, 'people.json')
  writeFileSync(path, '{"people": 7}')
  const opened = (): Result<SaleSide, string> => {
    const files = openEligibilityFiles(data, 'fixtures', date('2026-01-05'))
    return files.ok ? { ok: true, value: SIDE } : refuse(files.error.message)
  }
  const door = new SaleDoor(async () => opened())
  const closed = await door.open()
  const view = closed.ok ? undefined : anyRefusalView(closed.error)
  expect(view).toMatchObject({ kind: 'not-opened', blame: 'outside', mend: { en: 'mend the file and try again' } })
  expect(view?.what.en).toBe(`people ${path}: people: 7 is refused: must be a list of people`)
  rmSync(path)
  expect((await door.open()).ok).toBe(true)
})
