/** A slip in what is named must show before anything is done: a file, a folder, a ledger, a number, a fault point. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caresettleHere, fixture, temporaryFolder } from '../../test/support/command-line.ts'
import { runCommandLine, systemMachine } from './command-line.ts'

const folder = temporaryFolder()
const card = folder.path('card')
const ledger = folder.path('ledger.db')
const typo = folder.path('typo.db')
const PIN = { stdin: '246810\n' }
const ENTRY = join(import.meta.dirname, 'caresettle.js')
const SETTLE = ['settle', '--visit', fixture('visits', 'outpatient-demo.json'), '--card', card, '--pin-stdin', '--ledger', ledger]

interface Refused {
  readonly exit: number | 'killed'
  readonly kind: string
  readonly message: string
}

async function refusal(...words: readonly string[]): Promise<Refused> {
  const run = await caresettleHere([...words, '--json'], PIN)
  return { exit: run.exit, ...(JSON.parse(run.stdout) as { error: { kind: string; message: string } }).error }
}

const names = (): readonly string[] => readdirSync(folder.path('.')).filter((name) => !name.endsWith('-writer'))

beforeAll(async () => {
  expect((await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])).exit).toBe(0)
  writeFileSync(folder.path('garbage'), 'no JSON')
})
afterAll(() => folder.remove())

describe("a hospital's settlement with a file that nobody needs there", () => {
  it.each(['rules', 'people', 'till'])('--%s that is not there, or is none, is refused with the card as it was', async (option) => {
    const before = readFileSync(card)
    expect(await refusal(...SETTLE, `--${option}`, folder.path('nope'))).toMatchObject({ exit: 2, kind: 'no-such-file', message: `${option}: no such file: ${folder.path('nope')}` })
    expect(await refusal(...SETTLE, `--${option}`, folder.path('garbage'))).toMatchObject({ exit: 2, kind: 'malformed-json', message: expect.stringContaining(`${option}: ${folder.path('garbage')}`) as string })
    expect(readFileSync(card).equals(before)).toBe(true)
    expect(existsSync(ledger)).toBe(false)
  })
})

describe('a ledger that is not there', () => {
  it.each([
    ['recover', ['recover', '--card', card, '--ledger', typo]],
    ['load', ['load', '--card', card, '--ledger', typo, '--settlement', 'X', '--pin-stdin']],
    ['sync', ['sync', '--ledger', typo]],
    ['sync retry', ['sync', 'retry', '--ledger', typo, '--entry', '2']],
    ['ledger restore', ['ledger', 'restore', '--ledger', typo]]
  ])('%s begins none, and says so', async (_, words) => {
    const before = names()
    expect(await refusal(...words)).toMatchObject({ exit: 2, kind: 'ledger-missing', message: `ledger: no such file: ${typo}; "caresettle settle --ledger" begins one` })
    expect(names()).toEqual(before)
  })
})

describe('a file that is to be written into a folder that is not there', () => {
  const nowhere = folder.path('nowhere/file')
  it.each([
    ['--record', ['card', 'show', card, '--record', nowhere]],
    ['--record', [...SETTLE, '--record', nowhere]],
    ['--out', ['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', nowhere]],
    ['--out', ['pack', 'key', '--out', nowhere, '--publisher', 'P']],
    ['--out', ['ledger', 'return', ledger, '--settlement', 'X', '--pack', '1=1', '--reason', '退药', '--out', nowhere]],
    ['--out', ['card', 'from-recording', folder.path('garbage'), '--out', nowhere]],
    ['--csv', ['day', 'report', '--data', folder.path('.'), '--csv', nowhere]],
    ['--trace', ['card', 'publish', card, '--trace', nowhere]],
    ['OUT.zip', ['catalogue', 'generate', '--items', '1', nowhere]]
  ])('%s of %j is refused', async (option, words) => {
    expect(await refusal(...words)).toMatchObject({ exit: 2, kind: 'folder-missing', message: `${option}: "${nowhere}" must lie in a folder that is there` })
    expect(existsSync(ledger)).toBe(false)
  })

  it('is refused as well where it is a folder', async () => {
    expect(await refusal('card', 'show', card, '--record', folder.path('.'))).toMatchObject({ exit: 2 })
    expect(await refusal('card', 'from-recording', 'x', '--out', folder.path('.'))).toMatchObject({ exit: 2, kind: 'not-a-file' })
  })
})

describe('CARESETTLE_KILL_AT', () => {
  it.each(['bogus', 'card-writ#4', 'charged'])('"%s" kills nothing, so nothing is settled', async (target) => {
    let said = ''
    const machine = { ...systemMachine, environment: { CARESETTLE_KILL_AT: target }, readStdin: () => Promise.resolve('246810\n') }
    const exit = await runCommandLine(SETTLE, machine, { out: () => {}, err: (text) => void (said += text) })
    expect([exit, said]).toEqual([2, expect.stringContaining(`CARESETTLE_KILL_AT: "${target}" must be one of pin-verified, `)])
    expect(existsSync(ledger)).toBe(false)
  })
})

describe('a number that nobody gave', () => {
  it('is a slip, whoever asks, and so is a centre that nobody connected', async () => {
    expect((await caresettleHere(SETTLE, PIN)).exit).toBe(0)
    for (const words of [
      ['ledger', 'refund', ledger, '--settlement', 'NOPE', '--reason', '退药'],
      ['ledger', 'return', ledger, '--settlement', 'NOPE', '--pack', '1=1', '--reason', '退药', '--out', folder.path('out.json')],
      ['load', '--card', card, '--ledger', ledger, '--settlement', 'NOPE', '--pin-stdin']
    ])
      expect(await refusal(...words)).toMatchObject({ exit: 2, kind: 'settlement-unknown', message: expect.stringContaining('"NOPE"') as string })
    for (const words of [['sync', '--ledger', ledger], ['load', '--card', card, '--ledger', ledger, '--credit', 'C1', '--pin-stdin']])
      expect(await refusal(...words)).toMatchObject({ exit: 3, kind: 'not-connected', message: expect.stringMatching(/"caresettle sync connect"(?!.*screen)/) as string })
  })
})

describe('a centre', () => {
  it('that cannot listen leaves no database', async () => {
    const failed = await refusal('centre', 'serve', '--db', `sqlite:${folder.path('centre.db')}`, '--host', 'nonexist.invalid')
    expect(failed).toMatchObject({ exit: 4, kind: 'cannot-listen', message: expect.stringContaining('--host nonexist.invalid') as string })
    expect(existsSync(folder.path('centre.db'))).toBe(false)
  })
})

it('a virtual reader that is not installed is a fault outside', async () => {
  expect(await refusal('card', 'publish', card, '--host', '127.0.0.1:1')).toMatchObject({ exit: 4, kind: 'driver-absent', message: expect.stringContaining('127.0.0.1:1') as string })
})

it('a reader that has gone ends the program without a word', async () => {
  const child = spawn(process.execPath, [ENTRY, 'schema', 'catalogue'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [exit] = (await once(child, 'close')) as [number]
  expect([exit, said]).toEqual([0, ''])
})
