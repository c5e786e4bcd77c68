/**
 * Reads the fields of one JSON object of a batch, by hand: a centre reads a hundred of them a settlement, and each must say
 * where it stood when it is not what it must be. `Malformed` never leaves this folder: decode-batch.ts makes a value of it.
 */

import { parseFen, type Fen } from '../money/fen.ts'

/** `path` ends in a point or is empty: the field's own name follows it. */
export type Fields = Readonly<Record<string, unknown>>

export class Malformed extends Error {
  override readonly name = 'Malformed'
  readonly field: string
  readonly value: unknown
  readonly rule: string

  constructor(field: string, value: unknown, rule: string) {
    super(rule)
    this.field = field
    this.value = value
    this.rule = rule
  }
}

export const IDENTIFIER_LENGTH_MAX = 64
export const WORDS_LENGTH_MAX = 2_000

const FIRST_PRINTABLE = 0x20
const LAST_PLAIN = 0x7e
/** What canonical text cannot hold. */
const HALF_CHARACTER = /\p{Surrogate}/u

/** An object with no other fields than those. */
export function fieldsOf(value: unknown, path: string, names: ReadonlySet<string>): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(path.slice(0, -1), value, 'must be a JSON object')
  }
  for (const name of Object.keys(value)) {
    if (!names.has(name)) throw new Malformed(`${path}${name.slice(0, IDENTIFIER_LENGTH_MAX)}`, undefined, 'unknown field')
  }
  return value as Fields
}

export function text(fields: Fields, name: string, path: string, length: { readonly min: number; readonly max: number }): string {
  const value = fields[name]
  return readText(value, `${path}${name}`, length)
}

export function readText(value: unknown, field: string, { min, max }: { readonly min: number; readonly max: number }): string {
  if (typeof value !== 'string') throw new Malformed(field, value, requiredOr(value, 'must be text in quotes'))
  if (value.length < min || value.length > max) {
    throw new Malformed(field, value, `must have ${min} to ${max} characters, has ${value.length}`)
  }
  if (!isPlain(value) && HALF_CHARACTER.test(value)) throw new Malformed(field, undefined, 'must not hold half a character')
  return value
}

export const identifier = (fields: Fields, name: string, path: string): string =>
  text(fields, name, path, { min: 1, max: IDENTIFIER_LENGTH_MAX })

export const words = (fields: Fields, name: string, path: string): string =>
  text(fields, name, path, { min: 0, max: WORDS_LENGTH_MAX })

export function integer(fields: Fields, name: string, path: string, least = 0): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value === 0 ? 0 : value
  throw new Malformed(`${path}${name}`, value, requiredOr(value, `must be a whole number from ${least}`))
}

/** 14 digits YYYYMMDDhhmmss. */
export function time(fields: Fields, name: string, path: string): string {
  const value = fields[name]
  if (typeof value === 'string' && TIME.test(value)) return value
  throw new Malformed(`${path}${name}`, value, requiredOr(value, 'must be a time of 14 digits YYYYMMDDhhmmss'))
}

export function matching(fields: Fields, name: string, path: string, pattern: RegExp, rule: string): string {
  const value = fields[name]
  if (typeof value === 'string' && pattern.test(value)) return value
  throw new Malformed(`${path}${name}`, value, requiredOr(value, rule))
}

export function oneOf<Member extends string>(fields: Fields, name: string, path: string, members: readonly Member[]): Member {
  const value = fields[name]
  const member = members.find((known) => known === value)
  if (member !== undefined) return member
  const rule = `must be one of ${members.map((known) => JSON.stringify(known)).join(', ')}`
  throw new Malformed(`${path}${name}`, value, requiredOr(value, rule))
}

/** Yuan as a decimal string; never below zero. */
export function money(fields: Fields, name: string, path: string): Fen {
  return notNegative(fields[name], path, name)
}

export function notNegative(value: unknown, path: string, name: string): Fen {
  const amount = typeof value === 'string' ? parseFen(value) : undefined
  if (amount !== undefined && amount >= 0) return amount
  throw new Malformed(`${path}${name}`, value, requiredOr(value, NOT_NEGATIVE_RULE))
}

/** `place` is only asked for when something is wrong. */
export function signedMoney(value: unknown, place: () => string): Fen {
  const amount = typeof value === 'string' ? parseFen(value) : undefined
  if (amount !== undefined) return amount
  throw new Malformed(place(), value, requiredOr(value, SIGNED_RULE))
}

export const optional = <Value>(fields: Fields, name: string, read: () => Value): Value | undefined =>
  fields[name] === undefined ? undefined : read()

export function list(value: unknown, field: string, lengthMax: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed(field, value, requiredOr(value, 'must be a list'))
  if (value.length > lengthMax) throw new Malformed(field, undefined, `must have at most ${lengthMax} items, has ${value.length}`)
  return value as readonly unknown[]
}

const TIME = /^\d{14}$/
const NOT_NEGATIVE_RULE = 'must be an amount in yuan as a decimal string, such as "12.50", not below zero'
const SIGNED_RULE = 'must be an amount in yuan as a decimal string, such as "12.50"'

const requiredOr = (value: unknown, rule: string): string => (value === undefined ? `is missing: ${rule}` : rule)

/** Nearly every text is a code of plain characters: looked at here, an expression for all of Unicode costs more. */
function isPlain(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index)
    if (code < FIRST_PRINTABLE || code > LAST_PLAIN) return false
  }
  return true
}
