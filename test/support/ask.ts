/**
 * Questions for tests, said by what is different about them: a man in service from the place itself buys what is asked,
 * prescribed and reviewed today, scanned, in a pooling pharmacy, with nothing dispensed before.
 */

import { readFileSync } from 'node:fs'
import { date } from '../../settlement/calendar/business-date.ts'
import { itemFacts } from '../../settlement/catalogue/item-facts.ts'
import { parseCatalogue } from '../../settlement/catalogue/parse-catalogue.ts'
import { judge } from '../../settlement/eligibility/judge.ts'
import { parseQuestion, type FindItem } from '../../settlement/eligibility/parse-question.ts'
import type { Question } from '../../settlement/eligibility/question.ts'
import type { Verdict } from '../../settlement/eligibility/verdict.ts'
import type { CompiledRules } from '../../settlement/rules/compiled-rules.ts'
import { chooseRules } from '../../settlement/rules/choose-rules.ts'
import { parseRules } from '../../settlement/rules/parse-rules.ts'
import type { RuleDocument } from '../../settlement/rules/rules-schema.ts'

export const TODAY = '2026-03-10'

export type Json = { readonly [name: string]: unknown }

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export function rulesOf(name: string): RuleDocument {
  const parsed = parseRules(read(`fixtures/rules/${name}.json`))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

export const DOCUMENTS: readonly RuleDocument[] = [rulesOf('000000-national-2026'), rulesOf('999999-test')]

export function rulesOn(on: string, region = '999999', documents = DOCUMENTS): CompiledRules {
  const chosen = chooseRules(documents, { region, date: date(on) })
  if (!chosen.ok) throw new Error(JSON.stringify(chosen.error))
  return chosen.value
}

const catalogue = parseCatalogue(read('fixtures/catalogue/demo.json'))
if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.error))
const items = catalogue.value

export const findItem: FindItem = (code, on) => {
  const item = items.get(code, on)
  return item === undefined ? undefined : itemFacts(item, on)
}

const codes = new Map<string, string>()
for (const { med_list_codg: code, name } of (read('fixtures/catalogue/demo.json') as { items: { med_list_codg: string; name: string }[] }).items) {
  codes.set(name.replace('(测试)', ''), code)
}

export function codeOf(name: string): string {
  const code = codes.get(name)
  if (code === undefined) throw new Error(`the test catalogue has no ${name}`)
  return code
}

/** A line of so many packs, each scanned, that lasts so many days. */
export function pack(name: string, more: Json = {}): Json {
  const code = codeOf(name)
  const count = typeof more['cnt'] === 'string' ? Math.ceil(Math.max(0, parseInt(more['cnt'], 10))) : 1
  return {
    med_list_codg: code,
    cnt: '1',
    pric: '10.00',
    prd_days: 7,
    drugtracinfo: Array.from({ length: count }, (_, index) => ({ drug_trac_codg: `${code}-${index + 1}` })),
    ...more
  }
}

export const DEFAULT_DRUG = '氨氯地平片'

/** What is different; objects are merged, lists and null replace. */
export interface Asked {
  readonly on?: string
  readonly person?: Json
  readonly place?: Json
  readonly prescription?: Json | null
  readonly items?: readonly Json[]
  readonly [name: string]: unknown
}

export function questionOf(asked: Asked): Question {
  const on = asked.on ?? TODAY
  const parsed = parseQuestion(merged(usual(on), asked), findItem)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

export const ask = (asked: Asked, rules = rulesOn(asked.on ?? TODAY)): Verdict => judge(rules, questionOf(asked))

const usual = (on: string): Json => ({
  on,
  person: {
    psn_type: '11',
    insutype: '310',
    gend: '1',
    brdy: '1980-05-01',
    insuplc_admdvs: '999999',
    psn_insu_stas: '1',
    insurance_began: 'continuous',
    in_hospital: false,
    card: {}
  },
  place: { fixmedins_code: 'P99999900001', admdvs: '999999', kind: 'pharmacy', level: 0, pooling: true, dual_channel: false },
  med_type: '41',
  prescription: {
    kind: 'paper',
    hi_rxno: 'R1',
    prsc_time: on,
    prescriber: { dr_name: '测试医生', fixmedins_code: 'H99999900001', fixmedins_name: '测试医院', level: 2 },
    visit: 'ordinary',
    rx_chk_stas_codg: '1'
  },
  items: [pack(DEFAULT_DRUG)],
  history: []
})

function merged(base: Json, change: Json): Json {
  const result: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(change)) {
    const below = base[name]
    result[name] = isObject(below) && isObject(value) ? merged(below, value) : value
  }
  return result
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
