/** A screen for windows that nobody looks at: an X server of our own where the machine has none. */

import { spawn } from 'node:child_process'

export interface Display {
  readonly name: string
  close(): void
}

const READY_MS_MAX = 10_000
const NOT_FOUND = 127

/**
 * It picks a free number by itself and writes it to the fourth pipe. The shell around it waits for its own input to end, which
 * happens however this process ends: no test that was killed leaves a server behind.
 */
const SERVER = `
command -v Xvfb >/dev/null || exit ${NOT_FOUND}
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp &
read -r _
kill "$!"
`

/** The machine's own screen, or a new Xvfb; neither is a fault of the machine that a test must not pass over. */
export async function openDisplay(): Promise<Display> {
  const { DISPLAY } = process.env
  if (process.platform !== 'linux') return { name: '', close: () => {} }
  if (DISPLAY !== undefined && DISPLAY !== '') return { name: DISPLAY, close: () => {} }
  const server = spawn('sh', ['-c', SERVER], { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string>((found, failed) => {
    const late = setTimeout(() => failed(new Error(`Xvfb gave no display within ${READY_MS_MAX} ms`)), READY_MS_MAX)
    server.on('error', failed)
    server.on('exit', (code) => {
      clearTimeout(late)
      failed(new Error(code === NOT_FOUND ? 'no DISPLAY, and no Xvfb: apt-get install xvfb' : `Xvfb ended with ${code}`))
    })
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      clearTimeout(late)
      found(chunk.toString().trim())
    })
  })
  return { name: `:${number}`, close: () => server.stdin?.end() }
}
