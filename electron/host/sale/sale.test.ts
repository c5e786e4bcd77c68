import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { invariant } from '../../../base/invariant.ts'
import type { Result } from '../../../base/result.ts'
import { date } from '../../../settlement/calendar/business-date.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import { chooseRules } from '../../../settlement/rules/choose-rules.ts'
import { parseRules } from '../../../settlement/rules/parse-rules.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { newVisit } from '../bill/new-visit.ts'
import { parseTill } from '../till-file.ts'
import { datedText } from '../files/dated-text.ts'
import { NO_PEOPLE, parsePeople } from './people-file.ts'
import { paperPrescription } from './prescription.ts'
import { placeOf } from './pharmacy.ts'
import { Sale } from './sale.ts'
import { NEW_LINE } from './sale-line.ts'

const text = (path: string): string => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8')
const fixture = (path: string): unknown => JSON.parse(text(path))

function got<Value>(result: Result<Value, unknown>): Value {
  invariant(result.ok, JSON.stringify(result))
  return result.value
}

const ON = date('2026-11-27')
const CATALOGUE = got(parseCatalogue(fixture('catalogue/demo.json')))
const RULES = got(chooseRules(['000000-national-2026', '999999-test'].map((name) => got(parseRules(fixture(`rules/${name}.json`)))), { region: '999999', date: ON }))
const TILL = got(parseTill(fixture('till/pharmacy.json')))
const IBUPROFEN = 'XM01AEB090A001010199999'
const VALSARTAN = 'XC09CAL095A002010199999'

function begin(): Sale {
  const ledger = writeLedger(memoryStore())
  const billRules = { ledger, catalogue: CATALOGUE, policies: [got(parsePolicy(fixture('regions/999999-test.json')))] }
  const ports = {
    ledger,
    catalogue: CATALOGUE,
    billRules,
    rules: RULES,
    on: ON,
    place: placeOf(TILL),
    placeName: '测试大药房',
    registered: () => undefined,
    known: (citizenNumber: string) => NO_PEOPLE.get(citizenNumber),
    told: () => undefined
  }
  return got(Sale.open(ports, newVisit(TILL, { cardTime: '20261127093015', today: ON }, 'YD1')))
}

const flags = (sale: Sale) => sale.lines.map(({ med_list_codg, hosp_appr_flag }) => [med_list_codg, hosp_appr_flag])

describe('a sale', () => {
  it('charges as own pay what the verdict says no fund pays, and takes it back when the verdict does', () => {
    const sale = begin()
    got(sale.addLine('T000000101', '10'))
    expect(flags(sale)).toEqual([['T000000101', '2']])
    const change = got(sale.addLine('T000000104', '10'))
    // Ginseng is paid in a prescription with other pieces, and not alone: both lines have changed.
    expect(change.changed.map(({ line }) => line)).toEqual(['1', '2'])
    expect(flags(sale)).toEqual([['T000000101', '0'], ['T000000104', '0']])
  })

  it('carries packs, days and prescription into the claim', () => {
    const sale = begin()
    got(sale.addLine(VALSARTAN, '1'))
    const paper = { kind: 'paper', number: 'C9', issuedOn: ON, doctor: '测试医生', institutionCode: 'H99999900001', institution: '测试第一医院', level: 2, visit: 'chronic', diagnoses: [], review: 'passed' } as const
    sale.prescribe(got(paperPrescription({ ...paper, diagnoses: [] }, ON)))
    const [line] = sale.lines
    invariant(line !== undefined, 'the sale has no line')
    got(sale.edit([{ line, sale: { ...NEW_LINE, dose: '1', frequency: '11', packs: [{ traceCode: '83600100000000000001', isSplit: false }] } }]))
    expect(sale.visit).toMatchObject({
      rx: { rxno: 'C9', kind: 'paper', rx_circ_flag: '1', rxfixmedins_code: 'H99999900001', issued_on: '2026-11-27' },
      prescriber: { level: 2, kind: 'hospital' },
      lines: [{ rxno: 'C9', prd_days: '28', sin_dos_dscr: '1片', used_frqu_dscr: '11', drug_trac_info: [{ drug_trac_codg: '83600100000000000001', trdn_flag: '0' }] }]
    })
    expect(sale.openLines).toEqual([])
    sale.prescribe(undefined)
    expect(sale.visit.rx).toBeUndefined()
    expect(sale.openLines).toEqual(['1'])
  })

  it('days that were said of one pack are as many more of two', () => {
    const sale = begin()
    got(sale.addLine(IBUPROFEN, '1'))
    const [line] = sale.lines
    invariant(line !== undefined, 'the sale has no line')
    got(sale.edit([{ line, sale: { ...NEW_LINE, days: '6' } }]))
    expect(got(sale.addLine(IBUPROFEN, '1')).changed).toMatchObject([{ quantity: '2', sale: { days: '12' } }])
  })

  it('a key press on 500 lines tells the window of that line alone', () => {
    const sale = begin()
    const codes = [...CATALOGUE.rows()].filter(({ kind, pric }) => kind !== undefined && pric !== undefined).map(({ med_list_codg }) => med_list_codg)
    const put = Array.from({ length: 500 }, (_, index) => ({
      line: { med_list_codg: codes[index % codes.length] ?? IBUPROFEN, cnt: '1', hosp_appr_flag: '0' as const, feedetl_sn: String(index + 1) },
      sale: NEW_LINE
    }))
    expect(got(sale.edit(put)).changed).toHaveLength(500)
    const line = sale.line('250')
    invariant(line !== undefined, 'the sale has no line 250')
    const { changed } = got(sale.edit([{ line: { ...line, cnt: '2' }, sale: NEW_LINE }]))
    expect(changed.map((view) => [view.line, view.quantity])).toEqual([['250', '2']])
  })
})

describe('what the fixtures say of people', () => {
  it('is of the day on which a folder begins', () => {
    const people = got(parsePeople(JSON.parse(datedText(text('people/people.json'), ON))))
    expect(people.get('00000019781108057X')?.insurance.arrears_since).toBe('2026-09-18')
    expect(people.size).toBe(14)
  })
})
