/** How many a second: of what answers at once, and of what is waited for. */

import { invariant } from '../../base/invariant.ts'
import { median } from './figure.ts'

/** Keeps every result alive until the next, so that nothing can be optimised away. */
let sink: unknown

/** All inputs again and again for `ms` at least. */
export function perSecond<Input>(inputs: readonly Input[], ms: number, run: (input: Input) => unknown): number {
  const started = performance.now()
  let done = 0
  let elapsed = 0
  while (elapsed < ms) {
    for (const input of inputs) sink = run(input)
    done += inputs.length
    elapsed = performance.now() - started
  }
  invariant(sink !== undefined, 'nothing was computed')
  return (done * 1000) / elapsed
}

export interface InFlight {
  /** How many are asked before the first has answered. */
  readonly inFlight: number
  readonly ms: number
}

const ROUNDS = 5

/** Median of rounds; one before them warms what is asked. */
export async function perSecondInFlight<Input>(
  inputs: readonly Input[],
  { inFlight, ms }: InFlight,
  run: (input: Input) => Promise<unknown>
): Promise<number> {
  const rates: number[] = []
  for (let round = -1; round < ROUNDS; round += 1) {
    const started = performance.now()
    let next = 0
    const worker = async (): Promise<void> => {
      while (performance.now() - started < ms) {
        const input = inputs[next++ % inputs.length]
        if (input !== undefined) sink = await run(input)
      }
    }
    await Promise.all(Array.from({ length: inFlight }, worker))
    if (round >= 0) rates.push((next * 1000) / (performance.now() - started))
  }
  return median(rates)
}

export const rateText = (perSecondRate: number): string => `${Math.round(perSecondRate).toLocaleString('en')}/s`
