/**
 * Which groups an item belongs to. Prefixes are looked up by length, so that a thousand codes cost as much as ten; the
 * groups that contain groups are worked out once, when the rules are compiled.
 */

import type { ItemFacts } from '../eligibility/question.ts'
import { UNKNOWN_ITEM } from '../eligibility/unknown-item.ts'
import type { Group, ItemFlag } from './group-schema.ts'

const NONE: ReadonlySet<string> = new Set()

export class GroupIndex {
  readonly #byCode: PrefixTable
  readonly #byAtc: PrefixTable
  readonly #byKind = new Map<string, string[]>()
  readonly #byFlag = new Map<ItemFlag, string[]>()
  /** Groups in an order in which those that a group is made of come before it. */
  readonly #made: readonly { readonly name: string; readonly of: readonly string[]; readonly except: readonly string[] }[]
  readonly names: ReadonlySet<string>
  /** Groups that an item may be in, or out of, by its ATC class. */
  readonly byClass: ReadonlySet<string>

  /** The groups must not form a circle. */
  constructor(groups: ReadonlyMap<string, Group>) {
    this.names = new Set(groups.keys())
    this.#byCode = new PrefixTable([...groups].map(([name, { codes = [] }]) => [name, codes]))
    this.#byAtc = new PrefixTable([...groups].map(([name, { atc = [] }]) => [name, atc]))
    for (const [name, { kinds = [], flags = [] }] of groups) {
      for (const kind of kinds) addTo(this.#byKind, kind, name)
      for (const flag of flags) addTo(this.#byFlag, flag, name)
    }
    this.#made = inOrder(groups)
      .map((name) => ({ name, of: groups.get(name)?.groups ?? [], except: groups.get(name)?.except ?? [] }))
      .filter(({ of, except }) => of.length > 0 || except.length > 0)
    this.byClass = this.#askingClass(groups)
  }

  #askingClass(groups: ReadonlyMap<string, Group>): ReadonlySet<string> {
    const asking = new Set([...groups].flatMap(([name, { atc = [] }]) => (atc.length === 0 ? [] : [name])))
    for (const { name, of, except } of this.#made) if ([...of, ...except].some((part) => asking.has(part))) asking.add(name)
    return asking
  }

  groupsOf(item: ItemFacts): ReadonlySet<string> {
    const found = new Set<string>()
    this.#byCode.collect(item.code, found)
    if (item.atc !== undefined) this.#byAtc.collect(item.atc, found)
    for (const name of this.#byKind.get(item.kind) ?? []) found.add(name)
    for (const [flag, names] of this.#byFlag) if (hasFlag(item, flag)) for (const name of names) found.add(name)
    for (const { name, of, except } of this.#made) {
      if (of.some((part) => found.has(part))) found.add(name)
      if (except.some((part) => found.has(part))) found.delete(name)
    }
    return found.size === 0 ? NONE : found
  }

  /** Of what was dispensed earlier only the codes are known: kinds and flags do not match. */
  groupsOfCode(code: string, atc: string | undefined): ReadonlySet<string> {
    return this.groupsOf({ ...UNKNOWN_ITEM, code, atc })
  }
}

function hasFlag(item: ItemFacts, flag: ItemFlag): boolean {
  switch (flag) {
    case 'prescription':
      return item.needsPrescription === true
    case 'restricted':
      return item.isRestricted
    case 'negotiated':
      return item.isNegotiated
    case 'dual-channel':
      return item.isDualChannel
    case 'children':
      return item.isForChildren
    default:
      return flag satisfies never
  }
}

function addTo<Key>(map: Map<Key, string[]>, key: Key, name: string): void {
  const names = map.get(key)
  if (names === undefined) map.set(key, [name])
  else names.push(name)
}

class PrefixTable {
  readonly #byLength = new Map<number, Map<string, string[]>>()

  constructor(entries: readonly (readonly [string, readonly string[]])[]) {
    for (const [name, prefixes] of entries) {
      for (const prefix of prefixes) {
        const table = this.#byLength.get(prefix.length) ?? new Map<string, string[]>()
        this.#byLength.set(prefix.length, table)
        addTo(table, prefix, name)
      }
    }
  }

  collect(text: string, found: Set<string>): void {
    for (const [length, table] of this.#byLength) {
      if (length > text.length) continue
      for (const name of table.get(text.slice(0, length)) ?? []) found.add(name)
    }
  }
}

function inOrder(groups: ReadonlyMap<string, Group>): string[] {
  const order: string[] = []
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const group = groups.get(name)
    for (const part of [...(group?.groups ?? []), ...(group?.except ?? [])]) visit(part)
    order.push(name)
  }
  for (const name of groups.keys()) visit(name)
  return order
}
