/** Single packs taken back from the command line: the bill of what stays is a visit like any other. */

import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const [card, ledger, sale, rest] = ['card', 'ledger.db', 'sale.json', 'rest.json'].map((name) => folder.path(name)) as [string, string, string, string]

const settle = (visit: string) =>
  caresettleJson(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger], { stdin: '246810\n' }) as { readonly medins_setl_id: string }

it('one of three packs comes back: 15.80 less is settled, and the codes that came back are of no sale', () => {
  const visit = JSON.parse(readFileSync(fixture('visits', 'pharmacy.json'), 'utf8')) as { begntime: string; lines: unknown[] }
  const codes = ['A', 'B', 'C'].map((code) => ({ drug_trac_codg: `ZSM-${code}`, trdn_flag: '0' }))
  const lines = [{ med_list_codg: 'ZA04CAB0099010199999', cnt: '3', prd_days: '9', drug_trac_info: codes }]
  writeFileSync(sale, JSON.stringify({ ...visit, lines }))
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'retired-32k.json'), '--out', card]).exit).toBe(0)
  const { medins_setl_id: sold } = settle(sale)
  const words = ['ledger', 'return', ledger, '--settlement', sold, '--reason', '退一盒', '--out', rest]
  const unscanned = caresettle([...words, '--pack', '1=1', '--json'])
  expect([unscanned.exit, (JSON.parse(unscanned.stdout) as { error: { kind: string } }).error.kind]).toEqual([2, 'codes-missing'])
  expect(caresettleJson([...words, '--pack', '1=1=ZSM-B'])).toMatchObject({ medins_setl_id: sold, owed_to_card: '47.40', visit: { ipt_otp_no: 'YD2024030200001-R1', file: rest } })
  settle(rest)
  const shown = caresettleJson(['ledger', 'show', ledger]) as { readonly settlements: readonly Readonly<Record<string, unknown>>[] }
  expect(shown.settlements.map(({ ipt_otp_no, medfee_sumamt }) => [ipt_otp_no, medfee_sumamt])).toEqual([['YD2024030200001-R1', '31.60'], ['YD2024030200001', '47.40']])
  expect(caresettle(['ledger', 'verify', ledger]).exit).toBe(0)
})
