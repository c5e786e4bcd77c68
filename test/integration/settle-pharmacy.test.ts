/** `caresettle settle` of a pharmacy's visit: judged as the window would, and never by rules that nobody wrote. */

import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { caresettleHere, fixture, temporaryFolder, type Run } from '../support/command-line.ts'

const folder = temporaryFolder()
const card = folder.path('card')
let ledger = ''
let count = 0

beforeAll(async () => {
  const made = await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])
  expect(made.exit, made.stderr).toBe(0)
})
beforeEach(() => {
  count += 1
  ledger = folder.path(`ledger-${count}.db`)
})
afterAll(() => folder.remove())

const OTC = 'XN02BED017A001010199999'
const PRESCRIPTION_DRUG = 'XC09CAL095A002010199999'

function visitOf(lines: readonly object[], change: object = {}): string {
  const path = folder.path(`visit-${count}-${lines.length}.json`)
  const visit = JSON.parse(readFileSync(fixture('visits', 'pharmacy.json'), 'utf8')) as object
  writeFileSync(path, JSON.stringify({ ...visit, ipt_otp_no: `YD${count}`, begntime: '2026-03-02', prescriber: undefined, lines, ...change }))
  return path
}

const settle = (visit: string, ...more: string[]): Promise<Run> =>
  caresettleHere(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger, '--json', ...more], { stdin: '246810\n' })

const errorOf = ({ stdout }: Run): { readonly kind: string; readonly message: string } =>
  (JSON.parse(stdout) as { error: { kind: string; message: string } }).error

const scanned = (code: string, trace: string) => ({ med_list_codg: code, cnt: '1', drug_trac_info: [{ drug_trac_codg: trace, trdn_flag: '0' }] })

describe("a pharmacy's visit at the command line", () => {
  it('settles as it is where nobody wrote rules for its day, and says so', async () => {
    const run = await settle(fixture('visits', 'pharmacy.json'))
    expect(run.exit, run.stderr).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ not_judged: expect.stringContaining('the rules of 999999 do not cover 2024-03-02') as string })
  })

  it('is refused without a prescription for a drug that needs one, and nothing is charged', async () => {
    const run = await settle(visitOf([scanned(PRESCRIPTION_DRUG, '99900310000000000001')]))
    expect([run.exit, errorOf(run).kind]).toEqual([3, 'prescription-missing'])
    expect(errorOf(run).message).toContain('没有处方')
  })

  it('is refused without the trace code of a pack', async () => {
    const run = await settle(visitOf([{ med_list_codg: OTC, cnt: '1' }]))
    expect([run.exit, errorOf(run).kind]).toEqual([3, 'trace-code-missing'])
  })

  it('sells a pack once: the second sale names the first', async () => {
    const first = await settle(visitOf([scanned(OTC, '83600390000000000077')]))
    expect(first.exit, first.stderr).toBe(0)
    const { medins_setl_id } = JSON.parse(first.stdout) as { medins_setl_id: string }
    count += 1
    const second = await settle(visitOf([scanned(OTC, '83600390000000000077')]))
    expect([second.exit, errorOf(second).kind]).toEqual([3, 'trace-code-sold'])
    expect(second.stderr).toContain(medins_setl_id)
  })

  it('named rules must cover the day', async () => {
    const run = await settle(fixture('visits', 'pharmacy.json'), '--rules', fixture('rules', '999999-test.json'))
    expect([run.exit, errorOf(run).kind]).toEqual([2, 'rules-not-in-force'])
  })
})
