/**
 * A till that settles every now and then, alone and beside its own sync: as in the host one process does both, and sync runs
 * at full speed against a centre in a process of its own. Measured are the commit, and how long a settlement waits for the
 * slice of sync that is under way when it comes.
 */

import { started, next } from './two-processes.ts'

export interface Contended {
  /** Microseconds of each completion. */
  readonly alone: readonly number[]
  readonly beside: readonly number[]
  /** From when a settlement was due until it began. */
  readonly waitsAlone: readonly number[]
  readonly waitsBeside: readonly number[]
}

export async function besideSync({ url, keyPath, till }: { readonly url: string; readonly keyPath: string; readonly till: string }): Promise<Contended> {
  const centre = started(['centre.ts', url])
  const address = await next(centre.lines)
  const paced = started(['paced-till.ts', till, keyPath, address])
  const said: unknown = JSON.parse(await next(paced.lines))
  await paced.ended
  centre.stop()
  await centre.ended
  return { alone: numbersIn(said, 'alone'), beside: numbersIn(said, 'beside'), waitsAlone: numbersIn(said, 'waitsAlone'), waitsBeside: numbersIn(said, 'waitsBeside') }
}

function numbersIn(json: unknown, name: string): number[] {
  const value: unknown = typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined
  if (!Array.isArray(value)) throw new Error(`the paced till says no ${name}`)
  return value.filter((item) => typeof item === 'number')
}
