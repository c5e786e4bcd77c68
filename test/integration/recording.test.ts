/** A recording through the command line: made, played back, and turned into a card. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFileSync, writeFileSync } from 'node:fs'
import { caresettleHere, fixture, temporaryFolder } from '../support/command-line.ts'

const PIN = '246810'
let folder: ReturnType<typeof temporaryFolder>
let card: string

beforeEach(async () => {
  folder = temporaryFolder()
  card = folder.path('a.card')
  expect((await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])).exit).toBe(0)
})
afterEach(() => folder.remove())

const settle = (ledger: string): string[] => ['settle', '--visit', fixture('visits', 'outpatient-demo.json'), '--card', card, '--ledger', folder.path(ledger), '--pin-stdin']
const run = (...words: string[]): ReturnType<typeof caresettleHere> => caresettleHere(words, { stdin: PIN })
const tacOf = (output: string): string | undefined => /TAC ([\dA-F]{8})/.exec(output)?.[1]

describe('a settlement', () => {
  it('that was recorded is played back without card, PSAM and clock: the same TAC', async () => {
    const recording = folder.path('r.jsonl')
    const first = await run(...settle('a.db'), '--record', recording)
    expect(first.exit).toBe(0)
    expect(readFileSync(recording, 'utf8')).not.toContain(PIN)
    const again = await run('replay', recording, ...settle('b.db'))
    expect([again.exit, again.stderr]).toEqual([0, ''])
    expect(tacOf(again.stdout)).toBe(tacOf(first.stdout))
    expect(tacOf(first.stdout)).toBeDefined()
  })

  it('of another visit stops where it differs, and says both sides', async () => {
    const recording = folder.path('r.jsonl')
    expect((await run(...settle('a.db'), '--record', recording)).exit).toBe(0)
    const other = folder.path('other.json')
    const visit = JSON.parse(readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8')) as { lines: object[] }
    writeFileSync(other, JSON.stringify({ ...visit, lines: visit.lines.slice(0, -1) }))
    const { exit, stdout, stderr } = await run('replay', recording, 'settle', '--visit', other, '--card', card, '--ledger', folder.path('c.db'), '--pin-stdin')
    expect([exit, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/differs at exchange \d+ with the card, byte \d+/)
    expect(stdout).toMatch(/recorded 记录: B028.*initialize a settlement/)
    expect(stdout).toMatch(/asked\s+现在: B028.*initialize a settlement/)
  })
})

describe('a card in a recording', () => {
  it('becomes a card that reads the same', async () => {
    const [recording, made, copy] = [folder.path('r.jsonl'), folder.path('made.json'), folder.path('b.card')]
    expect((await run('card', 'show', card, '--pin-stdin', '--record', recording, '--record-holder')).exit).toBe(0)
    expect(await run('card', 'from-recording', recording, '--out', made)).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringContaining('; PIN 123456') })
    expect((await run('card', 'new', '--from', made, '--out', copy)).exit).toBe(0)
    const read = async (path: string, pin: string): Promise<string> => (await caresettleHere(['card', 'show', path, '--pin-stdin'], { stdin: pin })).stdout
    expect(await read(copy, '123456')).toBe(await read(card, PIN))
  })

  it.each([
    ['', 'line 1: is empty'],
    ['{"recording":1}\n', 'no card answers in it'],
    ['{"recording":1}\n{"event":"connect","slot":"card","at":0,"atr":"3B6D"}\n', 'lacks']
  ])('that is not there is said so: %j', async (text, said) => {
    const path = folder.path('bad.jsonl')
    writeFileSync(path, text)
    const { exit, stderr } = await run('card', 'from-recording', path)
    expect(exit).toBe(2)
    expect(stderr).toContain(said)
  })
})

it('a recording is not written over, and one that is not there is not played', async () => {
  const recording = folder.path('r.jsonl')
  writeFileSync(recording, 'kept')
  expect(await run('card', 'show', card, '--record', recording)).toMatchObject({ exit: 2 })
  expect(readFileSync(recording, 'utf8')).toBe('kept')
  expect(await run('card', 'show', card, '--record')).toMatchObject({ exit: 2 })
  expect(await run('replay', folder.path('none.jsonl'), 'card', 'show', card)).toMatchObject({ exit: 2 })
  expect(await run('replay', recording)).toMatchObject({ exit: 2 })
})
