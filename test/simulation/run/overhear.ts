/** What a program says on its console is a log like any other: somebody keeps it. It is passed on all the same. */

import { format } from 'node:util'

const WAYS = ['log', 'info', 'warn', 'error', 'debug'] as const

/** Until what it returns is called. */
export function overhear(heard: (line: string) => void): () => void {
  const own = Object.fromEntries(WAYS.map((way) => [way, console[way]])) as Pick<Console, (typeof WAYS)[number]>
  for (const way of WAYS) {
    console[way] = (...words: unknown[]) => {
      heard(format(...words))
      own[way](...words)
    }
  }
  return () => void Object.assign(console, own)
}
