/**
 * Access rights: the words of the file tables compiled to masks, and the question whether a card in its present state grants
 * one. Keys are numbered by their place in the table of the application that owns them.
 */

import { invariant, never } from '../../base/invariant.ts'
import type { KeyRow } from './file-system/table.ts'

export interface Access {
  /** `any`: one of the conditions is enough. `all`: every one is needed. */
  readonly kind: 'free' | 'never' | 'any' | 'all'
  readonly pin: boolean
  /** Bit n: key n of the SSSE. */
  readonly globalKeys: number
  /** Bit n: key n of the application. */
  readonly localKeys: number
}

/** What the holder and the terminal have proved since the reset. */
export interface Proven {
  readonly pinVerified: boolean
  readonly globalKeys: number
  readonly localKeys: number
}

export interface KeyTables {
  readonly global: readonly KeyRow[]
  readonly local: readonly KeyRow[]
}

const UNCONDITIONAL = { pin: false, globalKeys: 0, localKeys: 0 } as const

/** "free", "never", "PIN", "PIN or RK1DF04", "PIN and RK1DF04". A name that no table holds is a fault of the tables. */
export function compileAccess(right: string, keys: KeyTables): Access {
  if (right === 'free' || right === 'never') return { kind: right, ...UNCONDITIONAL }
  const every = right.includes(' and ')
  let access = { kind: every ? ('all' as const) : ('any' as const), ...UNCONDITIONAL } as Access
  for (const condition of right.split(every ? ' and ' : ' or ')) access = withCondition(access, condition, keys)
  return access
}

function withCondition(access: Access, condition: string, { global, local }: KeyTables): Access {
  if (condition === 'PIN') return { ...access, pin: true }
  const inGlobal = global.findIndex((row) => row.name === condition)
  if (inGlobal !== -1) return { ...access, globalKeys: access.globalKeys | (1 << inGlobal) }
  const inLocal = local.findIndex((row) => row.name === condition)
  invariant(inLocal !== -1, `no key table holds "${condition}"`)
  return { ...access, localKeys: access.localKeys | (1 << inLocal) }
}

export function isGranted(access: Access, proven: Proven): boolean {
  const global = access.globalKeys & proven.globalKeys
  const local = access.localKeys & proven.localKeys
  switch (access.kind) {
    case 'free':
      return true
    case 'never':
      return false
    case 'any':
      return (access.pin && proven.pinVerified) || global !== 0 || local !== 0
    case 'all':
      return (!access.pin || proven.pinVerified) && global === access.globalKeys && local === access.localKeys
    default:
      return never(access.kind)
  }
}
