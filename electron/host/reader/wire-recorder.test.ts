/** A till that records: its readers are watched, and a disk that fails costs the recording and nothing else. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fromHex } from '../../../card/bytes/hex.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import { parseRecording } from '../../../card/trace/recording.ts'
import { fixtureCard } from '../../../test/card/terminal.ts'
import { recordReaders } from './wire-recorder.ts'

let folder: string
let warned: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'))
  warned = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SELECT = fromHex('00A404000F7378312E73682EC9E7BBE1B1A3D5CF')

async function select(environment: Readonly<Record<string, string>>): Promise<boolean> {
  const reader = new VirtualReader('counter')
  reader.insert(fixtureCard('in-service-32k').chip)
  const recorded = recordReaders({ environment, started: '20260315093015', now: () => 0, warn: (line) => warned.push(line) })('card', reader)
  const connection = await recorded.connect()
  return connection.ok && (await connection.value.transmit(SELECT)).ok
}

it('records into a file of its own, which a replay can read', async () => {
  expect(await select({ CARESETTLE_RECORD: join(folder, 'new') })).toBe(true)
  const [file = ''] = readdirSync(join(folder, 'new'))
  expect(file).toMatch(/^recording-20260315093015-\d+\.jsonl$/)
  const recording = parseRecording(readFileSync(join(folder, 'new', file), 'utf8'))
  expect(recording.ok && recording.value.events.map(({ event }) => event)).toEqual(['connect', 'exchange'])
  expect(warned).toEqual([])
})

it('records nothing unless it is asked to', async () => {
  expect(await select({})).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

it('a folder that cannot be written ends the recording, and the card is read all the same', async () => {
  writeFileSync(join(folder, 'taken'), '')
  expect(await select({ CARESETTLE_RECORD: join(folder, 'taken') })).toBe(true)
  expect(warned).toHaveLength(1)
  expect(warned[0]).toContain('nothing is recorded any more')
})
