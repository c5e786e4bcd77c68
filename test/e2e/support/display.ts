/** A screen for windows that nobody looks at: an X server of our own where the machine has none. */

import { spawn } from 'node:child_process'

export interface Display {
  readonly name: string
  close(): void
}

const READY_MS_MAX = 10_000

/** The machine's own screen, or a new Xvfb; neither is a fault of the machine that a test must not pass over. */
export async function openDisplay(): Promise<Display> {
  const { DISPLAY } = process.env
  if (process.platform !== 'linux') return { name: '', close: () => {} }
  if (DISPLAY !== undefined && DISPLAY !== '') return { name: DISPLAY, close: () => {} }
  // It picks a free number by itself and writes it to the fourth pipe.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe']
  })
  const number = await new Promise<string>((found, failed) => {
    const late = setTimeout(() => failed(new Error(`Xvfb gave no display within ${READY_MS_MAX} ms`)), READY_MS_MAX)
    server.on('error', (error) => failed(new Error(`no DISPLAY, and Xvfb cannot be started (apt-get install xvfb): ${error.message}`)))
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      clearTimeout(late)
      found(chunk.toString().trim())
    })
  })
  return { name: `:${number}`, close: () => server.kill('SIGKILL') }
}
