/** A server and its client as processes of their own, and what each of them says at its end. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Run {
  readonly perSecond: number
  /** Microseconds of processor time a settlement. */
  readonly clientUs: number
  readonly centreUs: number
  /** Both ways, headers and all, a settlement. */
  readonly bytes: number
}

export interface Ways {
  /** Script of test/bench/sync and its arguments. It says its address first, and counts from `warm`. */
  readonly server: readonly [string, ...string[]]
  /** Says "warm" when it begins to count. */
  readonly client: (address: string) => readonly [string, ...string[]]
  /** How many are counted. */
  readonly count: number
}

export async function between({ server, client, count }: Ways): Promise<Run> {
  const serving = started(server)
  const asking = started(client(await next(serving.lines)))
  const warm = await next(asking.lines)
  if (warm !== 'warm') throw new Error(`a client of the benchmark begins with "${warm}"`)
  serving.warm()
  const measured = await next(asking.lines)
  await asking.ended
  serving.stop()
  const served = await next(serving.lines)
  await serving.ended
  return {
    perSecond: (count * 1000) / numberIn(measured, 'ms'),
    clientUs: numberIn(measured, 'cpuUs') / count,
    centreUs: numberIn(served, 'cpuUs') / count,
    bytes: (numberIn(served, 'received') + numberIn(served, 'sent')) / count
  }
}

export interface Started {
  readonly pid: number
  readonly lines: AsyncIterator<string>
  readonly ended: Promise<unknown>
  warm(): void
  stop(): void
}

/** A script of this folder. */
export function started([script, ...words]: readonly [string, ...string[]]): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.pid === undefined) throw new Error(`${script} did not start`)
  return { pid: child.pid, lines: createInterface(child.stdout)[Symbol.asyncIterator](), ended: once(child, 'exit'), warm: () => child.kill('SIGUSR2'), stop: () => child.kill('SIGTERM') }
}

export async function next(lines: AsyncIterator<string>): Promise<string> {
  const line = await lines.next()
  if (line.done === true) throw new Error('a process of the benchmark ended without a word')
  return line.value
}

/** A number that a process has said in its last line. */
export function numberIn(line: string, name: string): number {
  const json: unknown = JSON.parse(line)
  const value: unknown = typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined
  if (typeof value !== 'number') throw new Error(`"${line}" says no ${name}`)
  return value
}
