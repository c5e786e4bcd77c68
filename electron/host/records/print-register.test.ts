import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/support/command-line.ts'
import { PrintRegister } from './print-register.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const FIRST = 'H99999900001202603150930150001'
const SECOND = 'H99999900001202603160930150003'
const APRIL = 'H99999900001202604010930150005'

let registers = 0
const newPath = (): string => folder.path(`prints${(registers += 1)}.jsonl`)
const fileOf = (path: string, month = '202603'): string => path.replace('.jsonl', `-${month}.jsonl`)
const print = (settlementId: string, time = '20260315093501') => ({ settlementId, format: 'a5', time }) as const

describe('prints of a statement', () => {
  it('the first is the original, every later one a copy, also after a restart', () => {
    const path = newPath()
    const register = PrintRegister.open(path)
    expect([register.count(FIRST), register.record(print(FIRST)), register.record(print(FIRST)), register.count(FIRST)]).toEqual([0, 0, 1, 2])
    const later = PrintRegister.open(path)
    expect([later.count(FIRST), later.count(SECOND), later.record(print(FIRST))]).toEqual([2, 0, 2])
  })

  it('are one line of JSON each, in the file of the month in which it was settled', () => {
    const path = newPath()
    const register = PrintRegister.open(path)
    register.record(print(FIRST))
    register.record({ settlementId: APRIL, format: '80mm', time: '20260401093501' })
    expect(readFileSync(fileOf(path), 'utf8')).toBe(`{"settlement":"${FIRST}","time":"20260315093501","format":"a5"}\n`)
    expect(JSON.parse(readFileSync(fileOf(path, '202604'), 'utf8'))).toMatchObject({ format: '80mm' })
  })

  it('a torn last line was never answered: it is no print, and the next line is whole', () => {
    const path = newPath()
    PrintRegister.open(path).record(print(FIRST))
    appendFileSync(fileOf(path), '{"settlement":"H9999990000120260315')
    const register = PrintRegister.open(path)
    expect([register.count(FIRST), register.count(SECOND), register.problems]).toEqual([1, 0, []])
    register.record(print(SECOND, '20260316093501'))
    expect(readFileSync(fileOf(path), 'utf8').trimEnd().split('\n').map((line) => Object.keys(JSON.parse(line) as object).length)).toEqual([3, 3])
  })
})

describe('a damaged register', () => {
  it('counts what was made before the damage as printed, and what was made after the next good line as not', () => {
    const path = newPath()
    writeFileSync(fileOf(path), `\0\0\0\0 garbage\n${JSON.stringify({ settlement: FIRST, time: '20260315120000', format: 'a5' })}\n`)
    const register = PrintRegister.open(path)
    const sameMorning = 'H99999900001202603150800000009'
    expect([register.count(FIRST), register.count(sameMorning), register.count(SECOND)]).toEqual([1, 1, 0])
    expect(register.problems).toEqual([`${fileOf(path)}: damaged lines; settlements made before them count as printed`])
    expect(register.record(print(sameMorning))).toBe(1)
  })

  it('that ends in damage makes every statement of the month a copy, and still notes', () => {
    const path = newPath()
    writeFileSync(fileOf(path), `${'x'.repeat(100_000)}\n`)
    const register = PrintRegister.open(path)
    expect([register.count(SECOND), register.count(APRIL), register.record(print(SECOND, '20260316093501'))]).toEqual([1, 0, 1])
    const afterwards = 'H99999900001202603170930150011'
    expect([register.count(afterwards), PrintRegister.open(path).count(afterwards)]).toEqual([0, 0])
  })

  it('that cannot be read or written prints copies and throws nothing', () => {
    const path = newPath()
    mkdirSync(fileOf(path))
    const register = PrintRegister.open(path)
    expect([register.count(FIRST), register.record(print(FIRST))]).toEqual([1, 1])
    expect(register.problems[0]).toContain(fileOf(path))
  })

  it('in a folder that is gone prints copies: an original that nobody noted could be printed twice', () => {
    const register = PrintRegister.open(folder.path('missing/prints.jsonl'))
    expect(register.count(FIRST)).toBe(0)
    expect(register.record(print(FIRST))).toBe(1)
    expect(register.count(FIRST)).toBe(1)
  })
})

it('a register that nobody may write is no reason to throw', () => {
  const path = newPath()
  writeFileSync(fileOf(path), '')
  chmodSync(fileOf(path), 0o400)
  expect(() => PrintRegister.open(path).record(print(FIRST))).not.toThrow()
})
