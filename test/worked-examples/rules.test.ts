/** The shipped rule documents: they fit together, and every value that was not published is marked as what it is. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { date } from '../../settlement/calendar/business-date.ts'
import { choosePolicy } from '../../settlement/policy/choose-policy.ts'
import { checkTogether } from '../../settlement/rules/check-together.ts'
import { chooseRules } from '../../settlement/rules/choose-rules.ts'
import { parseRules } from '../../settlement/rules/parse-rules.ts'
import type { RuleDocument } from '../../settlement/rules/rules-schema.ts'
import { describeProblem } from '../../settlement/wire/input-problem.ts'
import { parsedPolicy, region } from './bill.ts'

const folder = (name: string) => new URL(`../../fixtures/${name}/`, import.meta.url)
const files = (name: string): string[] => readdirSync(folder(name)).filter((file) => file.endsWith('.json'))
const json = (name: string, file: string): { region: string; id: string } => JSON.parse(readFileSync(new URL(file, folder(name)), 'utf8'))

function rulesOf(file: string): RuleDocument {
  const parsed = parseRules(json('rules', file))
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.map(describeProblem).join('; ')}`)
  return parsed.value
}

const RULES = files('rules').map(rulesOf)
const POLICIES = files('regions').map((file) => parsedPolicy(region(file.replace('.json', ''))))
const DAY = date('2026-03-15')

describe('the shipped rules', () => {
  it('fit together: bases, periods, groups', () => {
    expect(checkTogether(RULES)).toEqual([])
  })

  it.each(files('rules'))('%s is named after its division and is chosen there', (file) => {
    const document = json('rules', file)
    const chosen = chooseRules(RULES, { region: document.region, date: DAY })
    expect(file.startsWith(document.region)).toBe(true)
    expect(chosen.ok && chosen.value.identity.id).toBe(document.id)
  })

  it('a place without rules of its own has those of its province, else of the country', () => {
    const idAt = (place: string) => {
      const chosen = chooseRules(RULES, { region: place, date: DAY })
      return chosen.ok && chosen.value.identity.id
    }
    expect([idAt('510501'), idAt('511300'), idAt('321000')]).toEqual(['luzhou', 'sichuan', 'national'])
  })
})

describe('the shipped policies', () => {
  it.each(POLICIES.map((policy) => [`${policy.region} ${policy.version} ${policy.insutype.join()}`, policy] as const))('%s is the one of its first day', (_, policy) => {
    for (const insutype of policy.insutype) {
      const chosen = choosePolicy(POLICIES, { region: policy.region, insutype, date: date(policy.effective.from) })
      expect(chosen).toEqual({ ok: true, value: policy })
    }
  })
})

interface Stated {
  readonly path: string
  readonly source: string
  readonly certainty: string
}

/** A policy states one text, a rule one in each language. */
const inEnglish = (source: unknown): string => (typeof source === 'object' && source !== null && 'en' in source ? String(source.en) : String(source))

/** Everything with a source, at whatever depth. */
function stated(value: unknown, path: string): Stated[] {
  if (typeof value !== 'object' || value === null) return []
  const here = 'source' in value && 'certainty' in value ? [{ path, source: inEnglish(value.source), certainty: String(value.certainty) }] : []
  return [...here, ...Object.entries(value).flatMap(([name, inner]) => stated(inner, `${path}.${name}`))]
}

const SURE: ReadonlySet<string> = new Set(['published', 'reproduced'])
/** What a source says of itself when it is no publication of this value. */
const UNSURE = /inferred|deduced|not published|not known|not in the notice|pattern|carried|single source|does not name|not named|aggregator|data set/i

describe('every value that is not published is marked', () => {
  it.each(['regions', 'rules'])('in fixtures/%s', (name) => {
    const values = files(name).flatMap((file) => stated(json(name, file), file))
    expect(values.length).toBeGreaterThan(50)
    expect(values.filter(({ certainty }) => certainty === 'not stated')).toEqual([])
    expect(values.filter(({ source, certainty }) => SURE.has(certainty) && UNSURE.test(source))).toEqual([])
    // And the other way: what lies in the test region alone is made up.
    expect(values.filter(({ certainty, path }) => certainty === 'fictitious' && !path.startsWith('999999'))).toEqual([])
  })
})
