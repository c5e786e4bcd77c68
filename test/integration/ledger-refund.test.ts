/** A settlement taken back from the command line: what is due, once, and by exit codes a script can read. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'

const folder = temporaryFolder()
const card = folder.path('card')
const ledger = folder.path('ledger.db')
let settlement = ''

beforeAll(() => {
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
  const args = ['settle', '--visit', fixture('visits', 'outpatient-demo.json'), '--card', card, '--pin-stdin', '--ledger', ledger]
  settlement = (caresettleJson(args, { stdin: '246810\n' }) as { medins_setl_id: string }).medins_setl_id
})
afterAll(() => folder.remove())

const refund = (...args: string[]) => caresettle(['ledger', 'refund', ledger, '--json', ...args])
const errorKind = (run: { readonly stdout: string }): string => (JSON.parse(run.stdout) as { error: { kind: string } }).error.kind

describe('a refund', () => {
  it.each([
    ['of a settlement nobody made', ['--settlement', 'H99999900001202603150930150001', '--reason', '退药'], 2, 'settlement-unknown'],
    ['without a settlement', ['--reason', '退药'], 2, 'missing-option'],
    ['without a reason', ['--settlement', 'X'], 2, 'missing-option']
  ])('%s is bad input', (_, args, exit, kind) => {
    const run = refund(...args)
    expect([run.exit, errorKind(run)]).toEqual([exit, kind])
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('with a reason of 201 characters is bad input that names the bound', () => {
    const run = refund('--settlement', settlement, '--reason', '退'.repeat(201))
    expect([run.exit, errorKind(run)]).toEqual([2, 'reason-invalid'])
    expect(run.stderr).toMatch(/must have 1 to 200 characters.*its length is 201/)
  })

  it('takes 97.10 off the fund and owes 721.37 to the card; a second one is refused', () => {
    const run = refund('--settlement', settlement, '--reason', '退药')
    expect(run.exit, run.stderr).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      medins_setl_id: settlement,
      reason: '退药',
      cash: '0.00',
      fund_pay_sumamt: '97.10',
      owed_to_card: '721.37'
    })
    const again = refund('--settlement', settlement, '--reason', '退药')
    expect([again.exit, errorKind(again)]).toEqual([3, 'already-refunded'])
    expect(caresettle(['ledger', 'verify', ledger]).exit).toBe(0)
  })
})
