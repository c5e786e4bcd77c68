/** TCP ports for a virtual reader driver. It listens by itself and takes whoever connects for a card: so nobody may knock. */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'

const ATTEMPTS_MAX = 50
const PORTS_FROM = 36_000
const PORTS_UNTIL = 60_000

/** `count` pairs, each named by its first port: the driver takes that and the next. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = []
  for (let attempt = 0; attempt < ATTEMPTS_MAX && found.length < count; attempt++) {
    const port = PORTS_FROM + 2 * Math.floor((Math.random() * (PORTS_UNTIL - PORTS_FROM)) / 2)
    if (!found.includes(port) && (await isFree(port)) && (await isFree(port + 1))) found.push(port)
  }
  if (found.length < count) throw new Error(`no ${count} pairs of free ports after ${ATTEMPTS_MAX} attempts`)
  return found
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })

const LISTENING = '0A'

/** Whether somebody listens on all of them, as the kernel tells it. */
export async function areListening(ports: readonly number[]): Promise<boolean> {
  const table = await readFile('/proc/net/tcp', 'utf8')
  const open = new Set(
    table.split('\n').flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/)
      return state === LISTENING ? [Number.parseInt(local.slice(local.indexOf(':') + 1), 16)] : []
    })
  )
  return ports.every((port) => open.has(port))
}
