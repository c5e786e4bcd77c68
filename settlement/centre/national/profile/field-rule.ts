/**
 * One field of the national interface as its tables describe it, in a short text:
 *
 *   "C30 Y"                    text of at most 30 characters, must be sent
 *   "N16,2"                    number of at most 16 digits, 2 of them behind the point
 *   "N4,0+"                    the same, not below zero
 *   "C6 Y =med_type"           one of the code list med_type
 *   "C32 if mdtrt_cert_type=03"    must be sent when another field has that value
 *   "D", "DT"                  day yyyy-MM-dd; the same or yyyy-MM-dd HH:mm:ss
 *   "any"                      not looked at here
 *
 * An empty number is "0" and any other empty value "" (H 4.4): null is no value, "" is no number.
 */

import { invariant } from '../../../../base/invariant.ts'
import { parseDate } from '../../../calendar/business-date.ts'
import { fen, FEN_MAX, formatFen } from '../../../money/fen.ts'

export interface FieldRule {
  readonly type: 'text' | 'number' | 'day' | 'time' | 'any'
  /** Characters of a text, digits of a number. */
  readonly length: number
  /** Of a number. */
  readonly places: number
  /** A number below zero is none. */
  readonly isCount: boolean
  readonly needed: boolean
  readonly neededIf: { readonly field: string; readonly value: string } | undefined
  /** Name of a code list. */
  readonly list: string | undefined
}

/** Exact codes, or the beginning of codes with "*" behind: places have more of those, all of them digits. */
export type CodeList = Readonly<Record<string, string>>

export interface FieldProblem {
  readonly field: string
  readonly value: unknown
  readonly rule: string
}

const RULE = /^(?:(C)(\d+)|(N)(\d+),(\d+)(\+)?|(DT)|(D)|(any))( Y)?(?: =([a-z_]+))?(?: if ([A-Za-z_]+)=(\w+))?$/

export const isFieldRule = (text: string): boolean => RULE.test(text)

export function fieldRule(text: string): FieldRule {
  const match = RULE.exec(text)
  invariant(match !== null, `"${text}" is no field rule`)
  const [, characters, length, number, digits, places, counted, time, day, , needed, list, field, value] = match
  return {
    type: characters !== undefined ? 'text' : number !== undefined ? 'number' : time !== undefined ? 'time' : day !== undefined ? 'day' : 'any',
    length: Number.parseInt(length ?? digits ?? '0', 10),
    places: Number.parseInt(places ?? '0', 10),
    isCount: counted !== undefined,
    needed: needed !== undefined,
    neededIf: field === undefined || value === undefined ? undefined : { field, value },
    list
  }
}

/** `document`: the object that the field is in. `path` names it to the sender. */
export function fieldProblem(
  document: Readonly<Record<string, unknown>>,
  field: string,
  rule: FieldRule,
  lists: Readonly<Record<string, CodeList>>,
  path: string
): FieldProblem | undefined {
  const value = Object.hasOwn(document, field) ? document[field] : undefined
  const problem = (text: string): FieldProblem => ({ field: `${path}${field}`, value, rule: text })
  const { neededIf } = rule
  const isNeeded = rule.needed || (neededIf !== undefined && textOf(document[neededIf.field]) === neededIf.value)
  if (value === undefined || value === '') {
    if (rule.type === 'number' && value === '') return problem('an empty number is sent as "0" 数值为空时传"0"')
    return isNeeded ? problem('must not be empty 不能为空') : undefined
  }
  if (rule.type === 'any') return undefined
  if (value === null) return problem('null is no value; empty is "", "0" for numbers 空值传""，数值传"0"')
  const text = textOf(value)
  if (text === undefined) return problem('must be text or a number of at most 15 digits 须为字符串或不超过15位的数值')
  const shape = shapeProblem(text, rule)
  if (shape !== undefined) return problem(shape)
  const list = rule.list === undefined ? undefined : lists[rule.list]
  if (list === undefined || isListed(text, list)) return undefined
  return problem(`must be one of 须为 ${Object.keys(list).toSorted().join(' ')}`)
}

/** Numbers may come as numbers, as long as their text says what was sent: of 18 digits the last would be others. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' && isExact(value) ? String(value) : undefined
}

const isExact = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER

/** What has two places is money, and N16,2 has room for more of it than is counted (money/fen.ts). */
const AMOUNT_PLACES = 2

const TIME = /^\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/

function shapeProblem(text: string, rule: FieldRule): string | undefined {
  switch (rule.type) {
    case 'text':
      if (Array.from(text).length > rule.length) return `at most ${rule.length} characters 最多${rule.length}个字符`
      return /\p{Cc}/u.test(text.replaceAll(/[\r\n\t]/g, '')) ? 'must not contain control characters 不能含控制字符' : undefined
    case 'number':
      if (!isNumber(text, rule)) return `must be a number N${rule.length},${rule.places} 须为数值`
      if (rule.isCount && Number(text) < 0) return 'must not be below zero 不能为负数'
      return rule.places === AMOUNT_PLACES && Math.round(Math.abs(Number(text)) * 100) > FEN_MAX ? `is more than this centre counts, ${formatFen(fen(FEN_MAX))} 超出可处理金额` : undefined
    case 'day':
      return parseDate(text) === undefined ? 'must be a day of the calendar yyyy-MM-dd 须为日期' : undefined
    case 'time':
      return TIME.test(text) && parseDate(text.slice(0, 10)) !== undefined ? undefined : 'must be a time of the calendar yyyy-MM-dd HH:mm:ss, or yyyy-MM-dd 须为日期时间'
    case 'any':
      return undefined
    default:
      return rule.type satisfies never
  }
}

function isNumber(text: string, { length, places }: FieldRule): boolean {
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return false
  const [, whole = '', fraction = ''] = match
  // Zeros behind the last counted place say nothing.
  const counted = fraction.replace(/0+$/, '')
  return counted.length <= places && whole.replace(/^0+(?=\d)/, '').length <= length - places
}

export const isListed = (code: string, list: CodeList): boolean =>
  Object.keys(list).some((entry) => (entry.endsWith('*') ? code.startsWith(entry.slice(0, -1)) && /^\d+$/.test(code) : code === entry))
