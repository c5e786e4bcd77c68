import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FIXTURES } from '../build/project.ts'
import { beginReader } from './begin-reader.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'begin-reader-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

const till = (): Record<string, unknown> => JSON.parse(readFileSync(join(data, 'till.json'), 'utf8')) as Record<string, unknown>

it('begins a new till with the reader, and leaves everything else of it alone', async () => {
  expect(await beginReader(data, FIXTURES, { kind: 'pcsc', card: 'ACR39', psam: 'file' })).toEqual({ ok: true, value: null })
  expect(till()).toMatchObject({ terminal_name: '1号窗口', shuffle_pin: false, reader: { kind: 'pcsc', card: 'ACR39', psam: 'file' } })
})

it('keeps where the PSAM is', async () => {
  await beginReader(data, FIXTURES, { kind: 'pcsc', card: 'ACR39', psam: { reader: 'SAM' } })
  await beginReader(data, FIXTURES, { kind: 'pcsc', psam: 'file' })
  expect(till()['reader']).toEqual({ kind: 'pcsc', psam: { reader: 'SAM' } })
  await beginReader(data, FIXTURES, { kind: 'simulated' })
  expect(till()['reader']).toEqual({ kind: 'simulated' })
})

it.each([
  [{ kind: 'usb' }, 'reader.kind: "usb" is refused: must be "simulated" or "pcsc"'],
  [{ kind: 'pcsc', psam: 'usb' }, 'reader.psam: "usb" is refused: must be "file", or {"reader": "part of the name of the reader that holds it"}'],
  [{ kind: 'pcsc', card: '' }, "reader.card: \"\" is refused: must be part of a reader's name as the system lists it, 1 to 128 characters"],
  [{ kind: 'simulated', card: 'ACR' }, 'reader.card: "ACR" is refused: unknown field; allowed here: kind'],
  ['pcsc', 'reader: "pcsc" is refused: must be {"kind": "simulated"} or {"kind": "pcsc", ...}']
])('a till.json with the reader %j is refused by field, value and rule', async (reader, problem) => {
  const institution = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院' }
  writeFileSync(join(data, 'till.json'), JSON.stringify({ institution, terminal_name: '1', reader }))
  expect(await beginReader(data, FIXTURES, { kind: 'simulated' })).toEqual({ ok: false, error: `--reader: till ${join(data, 'till.json')}: ${problem}` })
})
