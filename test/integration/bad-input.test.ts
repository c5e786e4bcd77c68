/** What people get wrong: one line that names field, value and rule, exit code 2, and nothing half-written. */

import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caresettle, fixture, temporaryFolder } from '../support/command-line.ts'

const folder = temporaryFolder()
const card = folder.path('card')
const ledger = folder.path('ledger.db')
const VISIT = fixture('visits', 'outpatient-demo.json')
const visit = JSON.parse(readFileSync(VISIT, 'utf8')) as { lines: Record<string, unknown>[] } & Record<string, unknown>

beforeAll(() => {
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
})
afterAll(() => folder.remove())

function written(name: string, content: unknown): string {
  const path = folder.path(name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const settle = (changed: { visit?: string; card?: string; ledger?: string; stdin?: string }) =>
  caresettle(
    ['settle', '--visit', changed.visit ?? VISIT, '--card', changed.card ?? card, '--pin-stdin', '--ledger', changed.ledger ?? ledger],
    { stdin: changed.stdin ?? '246810\n' }
  )

const line = (change: Record<string, unknown>): unknown => ({ ...visit, lines: [{ ...visit.lines[0], ...change }] })

describe('a visit that cannot be read', () => {
  it.each([
    ['an unknown field', { ...visit, discount: '5.00' }, ['discount', '5.00', 'unknown field']],
    ['a wrong type', { ...visit, ipt_otp_no: 7 }, ['ipt_otp_no', '7', 'text in quotes']],
    ['a negative price', line({ pric: '-15.00' }), ['lines[0].pric', '-15.00', 'yuan']],
    ['a price as a number', line({ pric: 15 }), ['lines[0].pric', '15', 'string']],
    ['an unknown class', line({ chrgitm_lv: '07' }), ['lines[0].chrgitm_lv', '07', '"01"']],
    ['an unknown visit type', { ...visit, med_type: '88' }, ['med_type', '88', 'visit type']],
    ['a code nobody knows', line({ med_list_codg: 'X000' }), ['lines[0].med_list_codg', 'X000', 'catalogue']],
    ['no lines', { ...visit, lines: [] }, ['lines', '[]', 'at least one']],
    ['a day that is none', { ...visit, begntime: '2024-02-30' }, ['begntime', '2024-02-30', 'YYYY-MM-DD']],
    ['a total that is not the sum', { ...visit, medfee_sumamt: '1.00' }, ['medfee_sumamt', '1.00', 'sum of the lines']],
    ['malformed JSON', '{"ipt_otp_no": ', ['visit', 'not JSON']],
    ['something that is no object', '[]', ['visit', 'object']]
  ])('%s', (name, content, words) => {
    const run = settle({ visit: written(`${name.replaceAll(' ', '-')}.json`, content) })
    expect(run.exit, run.stderr).toBe(2)
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
    for (const word of words) expect(run.stderr).toContain(word)
  })

  it('a missing file is named', () => {
    const run = settle({ visit: folder.path('nowhere.json') })
    expect([run.exit, run.stderr]).toEqual([2, `caresettle: visit: no such file: ${folder.path('nowhere.json')}\n`])
  })
})

describe('a PIN that is none', () => {
  it.each([
    ['letters', '12ab56\n'],
    ['too short', '123\n'],
    ['nothing', '']
  ])('%s', (_, stdin) => {
    const run = settle({ stdin })
    expect(run.exit).toBe(2)
    expect(run.stderr).toContain('PIN')
    if (stdin.length > 1) expect(run.stderr).not.toContain(stdin.trim())
  })

  it('costs no try', () => {
    const shown = JSON.parse(caresettle(['card', 'show', card, '--json']).stdout) as { pin_tries_left: number }
    expect(shown.pin_tries_left).toBe(6)
  })

  it('is not taken from the command line', () => {
    const run = caresettle(['settle', '--visit', VISIT, '--card', card, '--pin', '246810', '--ledger', ledger])
    expect(run.exit).toBe(2)
  })
})

describe('a file that is no card', () => {
  it('a personalisation is told from a card, and the way to make one is named', () => {
    const run = settle({ card: fixture('cards', 'in-service-32k.json') })
    expect(run.exit).toBe(2)
    expect(run.stderr).toContain('card new --from')
  })

  it('a truncated card is refused and stays as it is', () => {
    const torn = written('torn', readFileSync(card).toString('latin1'))
    writeFileSync(torn, readFileSync(card))
    truncateSync(torn, 5000)
    const run = settle({ card: torn })
    expect(run.exit, run.stderr).toBe(2)
    expect(readFileSync(torn)).toHaveLength(5000)
  })

  it('a card is never overwritten by a new one', () => {
    const before = readFileSync(card)
    const run = caresettle(['card', 'new', '--from', fixture('cards', 'child.json'), '--out', card])
    expect([run.exit, readFileSync(card).equals(before)]).toEqual([2, true])
  })

  it('an invalid personalisation makes no file, and its PIN is not repeated', () => {
    const personalisation = JSON.parse(readFileSync(fixture('cards', 'child.json'), 'utf8')) as Record<string, unknown>
    const path = written('bad-card.json', { ...personalisation, pin: { value: '97x531' } })
    const run = caresettle(['card', 'new', '--from', path, '--out', folder.path('bad.card')])
    expect([run.exit, existsSync(folder.path('bad.card'))]).toEqual([2, false])
    expect(run.stderr).toContain('pin.value')
    expect(run.stderr).not.toContain('97x531')
  })
})

describe('a ledger that is none', () => {
  it.each([
    ['a text file', 'hello, this is not a database at all, but long enough to be looked at in every byte of its header ok'],
    ['an empty file', '']
  ])('%s is refused and stays as it is', (name, content) => {
    const path = written(name.replaceAll(' ', '-'), content)
    const run = settle({ ledger: path })
    expect(run.exit, run.stderr).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('a folder, and a folder that is not there', () => {
    mkdirSync(folder.path('folder'))
    expect(settle({ ledger: folder.path('folder') }).exit).toBe(2)
    expect(settle({ ledger: folder.path('missing/ledger.db') }).exit).toBe(2)
  })
})

describe('a command that is none', () => {
  it.each([
    [['frobnicate']],
    [['card', 'eat']],
    [['settle']],
    [['settle', '--visit']],
    [['calculate', '--policy', VISIT]],
    [['schema', 'prescription']],
    [['ledger', 'verify']],
    [['ledger', 'verify', '/nowhere/ledger.db']],
    [['card', 'show', '/nowhere/card']]
  ])('%j', (args) => {
    const run = caresettle(args)
    expect(run.exit).toBe(2)
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(run.stderr).toMatch(/^caresettle: /)
  })
})

it('after all of this nothing was charged and no ledger was begun', () => {
  const shown = caresettle(['card', 'show', card, '--pin-stdin', '--json'], { stdin: '246810\n' })
  expect((JSON.parse(shown.stdout) as { balance: string }).balance).toBe('2760.00')
  expect(existsSync(ledger) ? caresettle(['ledger', 'show', ledger]).stdout : '').not.toContain('H99999900001')
})

it('a misspelt accumulator is refused by name, not passed over', () => {
  const claim = JSON.parse(readFileSync(fixture('claims', 'yangzhou-in-service.json'), 'utf8')) as object
  const path = written('misspelt.json', { ...claim, accumulators: { act_pay_decd: '600.00' } })
  const run = caresettle(['calculate', '--policy', fixture('regions', '321000-yangzhou-2023.json'), '--claim', path])
  expect(run.exit).toBe(2)
  expect(run.stderr).toContain('accumulators.act_pay_decd')
})
