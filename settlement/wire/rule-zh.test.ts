import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeProblemZh, ruleZh } from './rule-zh.ts'

const SETTLEMENT = join(import.meta.dirname, '..')

/** The rules that stand in the sources of a folder, with something in the place of what they name. */
const rulesIn = (folder: string): readonly string[] =>
  readdirSync(join(SETTLEMENT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(SETTLEMENT, folder, name), 'utf8').matchAll(/(['`])((?:must |can never apply)(?:(?!\1)[^\n])*)\1/g)])
    .map(([, , text = '']) => text.replaceAll(/\$\{[^}]*\}/g, '7').replaceAll('\\', ''))

describe('every rule of a document has Chinese words', () => {
  it.each(['policy', 'rules', 'pack'])('in settlement/%s', (folder) => {
    const rules = rulesIn(folder)
    expect(rules.length).toBeGreaterThan(20)
    expect(rules.filter((rule) => ruleZh(rule) === rule)).toEqual([])
  })

  it('in settlement/centre/intake', () => {
    const rules = rulesIn('centre/intake')
    expect(rules).toContain("must be the terminal's own institution, 7")
    expect(rules.filter((rule) => ruleZh(rule) === rule)).toEqual([])
  })

  it('with the values that the rule names', () => {
    expect(describeProblemZh({ path: 'based_on', value: 'nowhere', rule: 'must name a document that is there: national, city' })).toBe('based_on："nowhere" 不符合要求：须为已有的文件：national, city')
    expect(describeProblemZh({ path: '', value: undefined, rule: 'this field is required' })).toBe('文件：缺失：必填')
  })
})
