/** Serves the same page and the same host to a browser on this machine, until it is told to end. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DIST, FIXTURES, HOST_BUILT, projectVersion } from '../build/project.ts'
import { openDoor, type Door, type DoorOptions } from '../door/server.ts'
import { builtFiles } from '../page/built-files.ts'
import { nodeHost } from '../supervisor/node-host.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { systemTimer } from '../supervisor/timer.ts'
import { openBrowser } from './open-browser.ts'
import type { StartOptions } from './options.ts'

/** The exit code: 0, or 4 where the address cannot be had. */
export async function runDoor({ data, address, port, openBrowser: wantsBrowser }: StartOptions): Promise<number> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const supervisor = new Supervisor(
    nodeHost({ node: process.execPath, entry: HOST_BUILT, data, fixtures: FIXTURES, version: projectVersion(), environment: process.env, compiled: join(data, 'window', 'compiled') }),
    systemTimer
  )
  const door = await doorOrReason({ address, port, files: builtFiles(join(DIST, 'renderer')), supervisor })
  if (typeof door === 'string') {
    process.stderr.write(`caresettle: --port "${port}": the door cannot stand there: ${door}\n`)
    return 4
  }
  supervisor.start()
  const offer = (): void => {
    const url = door.newUrl()
    process.stdout.write(`open ${url}\n`)
    if (lines !== undefined) process.stdout.write('     只能用一次，回车换新的 works once; Enter gives a new one\n')
    if (wantsBrowser) openBrowser(url)
  }
  // A browser that was closed has lost its session: Enter gives a new address to whoever sits at this terminal, and a signal where there is none.
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined
  lines?.on('line', offer)
  process.on('SIGUSR2', offer)
  // Before the address is told: whoever has read it may ask for the end at once.
  const toldToEnd = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end())
    lines?.on('SIGINT', () => end())
  })
  offer()
  await toldToEnd
  lines?.close()
  await door.close()
  await supervisor.stop()
  return 0
}

async function doorOrReason(options: DoorOptions): Promise<Door | string> {
  try {
    return await openDoor(options)
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen') return cause.message
    throw cause
  }
}
