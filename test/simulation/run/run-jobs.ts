/** Shares seeds out over processes, one a core: each tells an outcome a line. The seeds of job 2 of 2 are the second half. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SeedOutcome } from './outcome.ts'
import type { SimOptions } from './sim-options.ts'

const SIM = join(import.meta.dirname, '..', 'sim.ts')

/** `take` answers whether to go on. */
export async function runJobs(options: SimOptions, take: (outcome: SeedOutcome) => boolean): Promise<void> {
  const { from, runs, jobs } = options
  const share = Math.ceil(runs / jobs)
  const children = Array.from({ length: Math.ceil(runs / share) }, (_, job) => {
    const first = from + job * share
    return startJob(options, first, Math.min(share, from + runs - first))
  })
  await Promise.all(
    children.map(async ({ child, ended }) => {
      for await (const line of createInterface({ input: child.stdout })) {
        const outcome: SeedOutcome = JSON.parse(line)
        if (!take(outcome)) for (const { child: each } of children) each.kill('SIGKILL')
      }
      const code = await ended
      if (code !== 0 && code !== 1 && code !== null) throw new Error(`a job ended with ${code}`)
    })
  )
}

function startJob({ canary, untilFailure }: SimOptions, from: number, runs: number) {
  const planted = canary === undefined ? [] : ['--canary', canary]
  const given = ['--json', '--from', String(from), '--runs', String(runs), ...planted, ...(untilFailure ? ['--until-failure'] : [])]
  const child = spawn(process.execPath, [SIM, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) }
}
