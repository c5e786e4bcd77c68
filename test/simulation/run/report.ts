/** Many runs in words: how much was simulated how quickly, what was met, and what was found. */

import type { Failure, SeedOutcome } from './outcome.ts'

export interface Sums {
  runs: number
  events: number
  terminalDays: number
  simulatedMs: number
  cpuMs: number
  readonly hits: Map<string, number>
  readonly failures: { readonly seed: number; readonly failure: Failure }[]
}

export const noSums = (): Sums => ({ runs: 0, events: 0, terminalDays: 0, simulatedMs: 0, cpuMs: 0, hits: new Map(), failures: [] })

export function addOutcome(sums: Sums, outcome: SeedOutcome): void {
  const { seed, events, terminalDays, simulatedMs, cpuMs, hits, failure } = outcome
  sums.runs += 1
  sums.events += events
  sums.terminalDays += terminalDays
  sums.simulatedMs += simulatedMs
  sums.cpuMs += cpuMs
  for (const [name, times] of Object.entries(hits)) sums.hits.set(name, (sums.hits.get(name) ?? 0) + times)
  if (failure !== undefined) sums.failures.push({ seed, failure })
}

const DAY_MS = 86_400_000

/** `times real time`: simulated time of all tills against the processor time of one core. */
export function reportLines(sums: Sums): string[] {
  const { runs, events, terminalDays, cpuMs, failures } = sums
  const perSecond = cpuMs === 0 ? 0 : (terminalDays * 1000) / cpuMs
  const timesReal = Math.round((perSecond * DAY_MS) / 1000)
  return [
    `${runs} runs, ${terminalDays} terminal-days, ${events} events, ${(cpuMs / 1000).toFixed(1)} s of processor time`,
    `${perSecond.toFixed(1)} terminal-days a second and core: ${timesReal} times real time`,
    `${sumOf(sums.hits, 'operation:')} operations, ${sumOf(sums.hits, 'fault:')} faults, ${failures.length} findings`
  ]
}

const sumOf = (hits: ReadonlyMap<string, number>, prefix: string): number =>
  [...hits].reduce((sum, [name, times]) => (name.startsWith(prefix) ? sum + times : sum), 0)

/** Each finding in a line, for whoever has not read them while they came. */
export const findingLines = ({ failures }: Sums): string[] => failures.map(({ seed, failure }) => `  seed ${seed}: ${failure.rule}, ${failure.detail.split('\n')[0] ?? ''}`)

/** How far it is: a run takes seconds, a thousand of them an hour. */
export const progressLine = ({ runs, failures }: Sums, asked: number, seconds: number): string =>
  `${runs} of ${asked} runs, ${failures.length} findings, ${Math.floor(seconds / 60)} min ${seconds % 60} s`

/** Everything that is needed to see it again. */
export function failureLines(seed: number, failure: Failure, { commit, canary }: { readonly commit: string; readonly canary: string | undefined }): string[] {
  return [
    `seed ${seed} at commit ${commit}: ${failure.rule}`,
    `  ${failure.at}  ${failure.detail}`,
    ...failure.options.map((option) => `  ${option}`),
    `  last ${failure.last.length} events:`,
    ...failure.last.map((line) => `    ${line}`),
    `  again: npm run sim -- --seed ${seed}${canary === undefined ? '' : ` --canary ${canary}`}`
  ]
}
