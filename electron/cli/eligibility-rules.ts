/** The rules that a question is judged by: the files named, with what they are based on, or else those that the terminal works by. */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import { chooseRules, describeRulesRefusal, type RulesRefusal } from '../../settlement/rules/choose-rules.ts'
import type { CompiledRules } from '../../settlement/rules/compiled-rules.ts'
import type { RuleDocument } from '../../settlement/rules/rules-schema.ts'
import { describeProblem } from '../../settlement/wire/input-problem.ts'
import { readRuleFiles } from '../host/packs/delivered-rules.ts'
import { openShelf } from '../host/packs/open-shelf.ts'
import { asBadInput } from './document.ts'
import { badInput, type Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

export interface RulesWanted {
  /** Files; none: what the terminal was delivered with, and the packs of `data`. */
  readonly named: readonly string[]
  readonly data: string | undefined
  /** 6 digits of where the place stands. */
  readonly region: string
  readonly on: BusinessDate
}

export function rulesWanted({ named, data, region, on }: RulesWanted, terminal: Terminal): Result<CompiledRules, Failure> {
  const chosen = named.length > 0 ? namedRules(named, { region, on }, terminal) : workingRules({ data, region, on }, terminal)
  if (!chosen.ok) return chosen
  return chosen.value.ok ? ok(chosen.value.value) : rulesFailure(chosen.value.error)
}

type Chosen = Result<Result<CompiledRules, RulesRefusal>, Failure>

function namedRules(named: readonly string[], { region, on }: Pick<RulesWanted, 'region' | 'on'>, { fixtures }: Terminal): Chosen {
  const mine = asBadInput(readRuleFiles(fixtures, named))
  if (!mine.ok) return mine
  const delivered = asBadInput(readRuleFiles(fixtures))
  return delivered.ok ? ok(chooseRules([...mine.value, ...basesOf(mine.value, delivered.value)], { region, date: on })) : delivered
}

/** Of what is delivered only what the named documents rest on. */
function basesOf(mine: readonly RuleDocument[], delivered: readonly RuleDocument[]): readonly RuleDocument[] {
  const ids = new Set(mine.map(({ id }) => id))
  const bases = new Map<string, readonly RuleDocument[]>()
  for (const queue = [...mine]; queue.length > 0; ) {
    const base = queue.pop()?.based_on
    if (base === undefined || base === null || ids.has(base) || bases.has(base)) continue
    const versions = delivered.filter(({ id }) => id === base)
    bases.set(base, versions)
    queue.push(...versions)
  }
  return [...bases.values()].flat()
}

function workingRules({ data, region, on }: Pick<RulesWanted, 'data' | 'region' | 'on'>, { fixtures, clock }: Terminal): Chosen {
  const lines: string[] = []
  const shelf = asBadInput(openShelf({ fixtures, data, division: region, today: () => clock().today, warn: (line) => void lines.push(line) }))
  if (!shelf.ok) return shelf
  const [line] = lines
  return line === undefined ? ok(shelf.value.shelf.rulesFor(region, on)) : refuse({ exitCode: 2, kind: 'rules-not-used', message: line })
}

function rulesFailure(refusal: RulesRefusal) {
  const problems = refusal.kind === 'contradictory' ? refusal.problems.map(describeProblem) : []
  const shown = problems.length === 0 ? '' : `: ${problems.slice(0, 3).join('; ')}`
  return badInput(`rules-${refusal.kind}`, `${describeRulesRefusal(refusal)}${shown}`, { refusal })
}
