/** The rules of the test region with a document of the place on top. */

import { compileRules } from '../../settlement/rules/compile-rules.ts'
import type { CompiledRules } from '../../settlement/rules/compiled-rules.ts'
import { parseRules } from '../../settlement/rules/parse-rules.ts'
import { DOCUMENTS, type Json } from './ask.ts'

/** What every row of a test says of its origin. */
export const source = { source: 'a test', certainty: 'fictitious' } as const

export function rulesWith(extra: Json = {}): CompiledRules {
  const top = parseRules({ id: 'extra', region: '999999', name: { zh: '附加', en: 'Extra' }, version: '1', effective: { from: '2020-01-01' }, based_on: 'test-region', ...extra })
  const compiled = top.ok ? compileRules([...DOCUMENTS, top.value]) : top
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  return compiled.value
}
