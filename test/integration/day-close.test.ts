/** A day closed from the command line: settle, refund, count, close, open again, and what a script reads of it. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caresettle, caresettleJson, fixture, temporaryFolder, type Run } from '../support/command-line.ts'

const folder = temporaryFolder()
const data = folder.path('data')
const card = folder.path('card')
const ledger = folder.path('data/ledger.db')

interface Shown {
  readonly rows: readonly { readonly row: string; readonly till: string; readonly ledger: string; readonly cards: string | null; readonly centre: null }[]
  readonly items: readonly { readonly item: string; readonly resolution: { readonly resolution: string } | null }[]
  readonly hindrances: readonly string[]
}

const day = (...args: string[]): Run => caresettle(['day', ...args, '--data', data])
const dayJson = (...args: string[]): unknown => caresettleJson(['day', ...args, '--data', data])
const settle = (): { medins_setl_id: string; psn_cash_pay?: string } =>
  caresettleJson(['settle', '--visit', fixture('visits', 'outpatient-demo.json'), '--card', card, '--pin-stdin', '--ledger', ledger], { stdin: '246810\n' }) as { medins_setl_id: string }

beforeAll(() => {
  mkdirSync(data)
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
  settle()
})
afterAll(() => folder.remove())

describe('a day at a till without a centre', () => {
  it('is shown in four books, and says that no centre is connected', () => {
    const shown = dayJson('show') as Shown
    const row = (name: string) => shown.rows.find((one) => one.row === name)
    expect(row('total')).toEqual({ row: 'total', kind: 'money', till: '818.47', ledger: '818.47', cards: null, centre: null })
    expect(row('debited')).toMatchObject({ ledger: '721.37', cards: '721.37' })
    expect(row('cash')).toMatchObject({ till: '0.00', ledger: '0.00' })
    expect(shown.items).toMatchObject([{ item: 'centre-not-asked', code: 'not-connected', resolution: { resolution: 'carry-over', standing: true } }])
    expect(shown.hindrances).toEqual(['drawer-not-counted'])
    expect(day('show').stdout).toContain('未接入 no centre connected')
  })

  it.each([
    ['day', 'show'],
    ['sync', 'status']
  ])('%s %s wants a data folder that is there, and begins none', (...words) => {
    const nowhere = folder.path('nowhere')
    const run = caresettle([...words, '--data', nowhere, '--json'])
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([2, { error: { kind: 'data-folder-missing' } }])
    expect(existsSync(nowhere)).toBe(false)
  })

  it('is shown without a change to its folder, also where there is no ledger yet, and says what begins one', () => {
    const empty = folder.path('empty')
    mkdirSync(empty)
    const run = caresettle(['day', 'show', '--data', empty])
    expect([run.exit, run.stderr]).toEqual([2, `caresettle: ledger: no such file: ${join(empty, 'ledger.db')}; "caresettle settle --ledger" begins one\n`])
    expect(readdirSync(empty)).toEqual([])
  })

  it('needs an amount that is one', () => {
    expect(day('close').exit).toBe(2)
    const wrong = day('close', '--drawer', 'much', '--json')
    expect([wrong.exit, JSON.parse(wrong.stdout)]).toMatchObject([2, { error: { kind: 'amount-malformed' } }])
  })

  it('is not closed with a drawer 5.00 short and no reason: exit code 3 names it', () => {
    const run = day('close', '--drawer', '195.00', '--float', '200.00', '--json')
    expect(run.exit).toBe(3)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { kind: 'close-hindered', items: [{ item: 'drawer', amount: '-5.00' }] } })
    expect(run.stderr).toContain('[drawer] 钱箱短款5.00元')
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('is closed with the reason, signed by a key of its own, and the ledger is sound', () => {
    const closed = dayJson('close', '--drawer', '195.00', '--float', '200.00', '--note', '找零差错') as { close: number; report: { drawer: object; signer: object; items: readonly object[] } }
    expect(closed.close).toBe(3)
    expect(closed.report.drawer).toEqual({
      float: '200.00', cash_in: '0.00', cash_refunded: '0.00', collected: '0.00', expected: '200.00', counted: '195.00', difference: '-5.00'
    })
    expect(closed.report.signer).toMatchObject({ algorithm: 'Ed25519', key: 'local' })
    expect(closed.report.items).toContainEqual(expect.objectContaining({ item: 'drawer', resolution: expect.objectContaining({ resolution: 'book-difference', note: '找零差错' }) }))
    expect(caresettle(['ledger', 'verify', ledger]).exit).toBe(0)
  })

  it('has nothing left to close', () => {
    const run = day('close', '--drawer', '195.00', '--json')
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([3, { error: { kind: 'nothing-to-close' } }])
  })

  it('is opened again only with a reason, and the next close says what has changed', () => {
    expect(day('reopen').exit).toBe(2)
    expect(dayJson('reopen', '--reason', '重新清点')).toMatchObject({ reopen: 4, close: 3, reason: '重新清点' })
    const again = day('reopen', '--reason', '重新清点', '--json')
    expect([again.exit, JSON.parse(again.stdout)]).toMatchObject([2, { error: { kind: 'close-unknown' } }])
    const closed = dayJson('close', '--drawer', '200.00', '--float', '200.00') as { report: { reopened: { close: number; changes: readonly object[] } } }
    expect(closed.report.reopened).toMatchObject({ close: 3, reason: '重新清点' })
    expect(closed.report.reopened.changes).toContainEqual({ field: 'drawer.counted', before: '195.00', after: '200.00' })
  })

  it('is reported as CSV that a spreadsheet reads as UTF-8', () => {
    const file = folder.path('day.csv')
    expect(dayJson('report', '--csv', file)).toMatchObject({ close: 5, reopened: null })
    const bytes = readFileSync(file)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString('utf8').split('\r\n')
    expect(lines[0]).toBe('\uFEFFsection,item,column,value,note,名称,name')
    expect(lines).toContain('rows,total,ledger,818.47,,四方核对 · 总额 · 账本,four books · total · ledger')
    expect(lines).toContain('head,institution,H99999900001,测试第一医院,,表头 · 机构,head · institution')
  })

  it('of an older close is reported by its number, with why it counts no longer', () => {
    expect(dayJson('report', '--close', '3')).toMatchObject({ close: 3, reopened: { reason: '重新清点' }, report: { drawer: { counted: '195.00' } } })
    expect(day('report', '--close', '99').exit).toBe(2)
    expect(day('report', '--close', 'x').exit).toBe(2)
  })
})

describe('a day with a refund that owes the card, and a hold in doubt', () => {
  it('carries the debt over by itself, and the hold only when somebody has taken it over by name', () => {
    const other = folder.path('other')
    mkdirSync(other)
    const book = folder.path('other/ledger.db')
    const args = (visit: string) => ['settle', '--visit', fixture('visits', visit), '--card', card, '--pin-stdin', '--ledger', book]
    const { medins_setl_id: first } = caresettleJson(args('outpatient-demo.json'), { stdin: '246810\n' }) as { medins_setl_id: string }
    expect(caresettle(['ledger', 'refund', book, '--settlement', first, '--reason', '退药']).exit).toBe(0)
    expect(caresettle(args('with-return.json'), { stdin: '246810\n', killAt: 'debited' }).exit).toBe('killed')

    const close = (...more: string[]) => caresettle(['day', 'close', '--data', other, '--drawer', '0.00', ...more, '--json'])
    const refused = close()
    expect(refused.exit).toBe(3)
    const { error } = JSON.parse(refused.stdout) as { error: { items: readonly { item: string; kind: string }[] } }
    expect(error.items.map(({ kind }) => kind)).toEqual(['in-doubt'])
    const item = error.items[0]?.item ?? ''

    expect(close('--hand-over', item).exit).toBe(2)
    const unnamed = close('--hand-over', `${item}=`)
    expect([unnamed.exit, JSON.parse(unnamed.stdout)]).toMatchObject([2, { error: { kind: 'note-missing' } }])

    const closed = close('--hand-over', `${item}=张某：持卡人来时插卡核实`, '--by', '李某')
    expect(closed.exit, closed.stderr).toBe(0)
    const { report } = JSON.parse(closed.stdout) as { report: { items: readonly { kind: string; resolution: object }[] } }
    expect(report.items.map(({ kind, resolution }) => [kind, resolution])).toMatchObject([
      ['centre-not-asked', { resolution: 'carry-over', standing: true }],
      ['in-doubt', { resolution: 'hand-to-person', standing: false, by: '李某', person: '张某', note: '持卡人来时插卡核实' }],
      ['owed-to-card', { resolution: 'carry-over', standing: true }]
    ])
  })
})
