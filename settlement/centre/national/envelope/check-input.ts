/** The input of a call against the field rules of its transaction: the first field that breaks one is named. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { fieldProblem } from '../profile/field-rule.ts'
import type { NodeRule, Profile } from '../profile/profile.ts'
import { badField, type NationalRefusal } from '../refusal.ts'
import { CheckedInput, Fields } from './fields.ts'

type Document = Readonly<Record<string, unknown>>

/** Rows of one list; the length of the input bounds them too. */
const ROWS_MAX = 2000

export function checkInput(profile: Profile, infno: string, input: Document): Result<CheckedInput, NationalRefusal> {
  const rules = profile.nodes.get(infno) ?? []
  const nodes = new Map<string, readonly Fields[]>()
  for (const rule of rules) {
    const found = rule.isList ? listOf(rule, input) : nodeOf(rule, rules, input)
    if (!found.ok) return found
    for (const fields of found.value) {
      for (const [field, fieldRule] of rule.fields) {
        const problem = fieldProblem(fields.document, field, fieldRule, profile.codes, fields.path)
        if (problem !== undefined) return refuse({ kind: 'field', ...problem })
      }
    }
    nodes.set(rule.name, found.value)
  }
  return ok(new CheckedInput(nodes))
}

/** Where a transaction has one node its fields may also stand in `data`, or in the input itself. */
function nodeOf(rule: NodeRule, rules: readonly NodeRule[], input: Document): Result<readonly Fields[], NationalRefusal> {
  const isOnly = rules.length === 1
  const name = [...rule.names, ...(isOnly ? ['data'] : [])].find((each) => Object.hasOwn(input, each))
  if (name === undefined) {
    const needsNothing = [...rule.fields.values()].every(({ needed }) => !needed)
    const isFlat = isOnly && (needsNothing || [...rule.fields.keys()].some((field) => Object.hasOwn(input, field)))
    return isFlat ? ok([new Fields(input, '')]) : refuse(badField(`input.${rule.name}`, undefined, 'this node is required 缺少输入节点'))
  }
  // Some senders wrap a single node into a list of one.
  const value = input[name]
  const document: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return isDocument(document) ? ok([new Fields(document, '')]) : refuse(badField(`input.${name}`, value, 'must be an object 须为对象'))
}

function listOf(rule: NodeRule, input: Document): Result<readonly Fields[], NationalRefusal> {
  const name = rule.names.find((each) => Object.hasOwn(input, each))
  const value = name === undefined ? undefined : input[name]
  if (name === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0)) {
    return rule.mayLack ? ok([]) : refuse(badField(`input.${rule.name}`, value, 'must be a list with at least one row 至少一行'))
  }
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (rows.length > ROWS_MAX) return refuse(badField(`input.${name}`, `${rows.length} rows`, `at most ${ROWS_MAX} rows 最多${ROWS_MAX}行`))
  const fields: Fields[] = []
  for (const [index, row] of rows.entries()) {
    if (!isDocument(row)) return refuse(badField(`input.${name}[${index}]`, row, 'must be an object 须为对象'))
    fields.push(new Fields(row, `${name}[${index}].`))
  }
  return ok(fields)
}

export const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)
