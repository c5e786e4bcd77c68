/** What `npm run torture` is told on the command line. */

import { parseArgs } from 'node:util'
import { refuse, ok, type Result } from '../../../base/result.ts'

export interface TortureOptions {
  readonly kills: number
  /** Of the choices; the moments at which the machine gets there are its own. */
  readonly seed: number
  readonly db: 'postgres' | 'sqlite'
  /** Hosts; every third is a pharmacy's. */
  readonly tills: number
  /** Where the run's folder is made; undefined: in memory, or the system's temporary folder. */
  readonly folder: string | undefined
  /** The run's folder stays, also when nothing is wrong. */
  readonly keep: boolean
}

export const TORTURE_USAGE = 'npm run torture -- [--kills N] [--seed N] [--db postgres|sqlite] [--tills N] [--folder FOLDER] [--keep]'

const KILLS = 500
const TILLS = 5
const LIMITS = { kills: 100_000, seed: 0xffff_ffff, tills: 12 } as const

/** Refusals are lines that name the option, what was given and what is allowed. */
export function parseTortureOptions(args: readonly string[], anySeed: () => number): Result<TortureOptions, string> {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string' },
        seed: { type: 'string' },
        db: { type: 'string' },
        tills: { type: 'string' },
        folder: { type: 'string' },
        keep: { type: 'boolean' }
      }
    }).values
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return refuse(cause.message)
  }
  const kills = numberOf('--kills', values.kills, { otherwise: KILLS, min: 1, max: LIMITS.kills })
  if (!kills.ok) return kills
  const seed = numberOf('--seed', values.seed, { otherwise: anySeed(), min: 0, max: LIMITS.seed })
  if (!seed.ok) return seed
  const tills = numberOf('--tills', values.tills, { otherwise: TILLS, min: 1, max: LIMITS.tills })
  if (!tills.ok) return tills
  const db = values.db ?? 'postgres'
  if (db !== 'postgres' && db !== 'sqlite') return refuse(`--db: "${db}" must be postgres or sqlite`)
  return ok({ kills: kills.value, seed: seed.value, tills: tills.value, db, folder: values.folder, keep: values.keep ?? false })
}

interface Bounds {
  readonly otherwise: number
  readonly min: number
  readonly max: number
}

function numberOf(option: string, text: string | undefined, { otherwise, min, max }: Bounds): Result<number, string> {
  if (text === undefined) return ok(otherwise)
  const number = Number(text)
  if (/^\d{1,10}$/.test(text) && number >= min && number <= max) return ok(number)
  return refuse(`${option}: "${text}" must be a whole number from ${min} to ${max}`)
}
