/** What a server of `npm run bench:sync` says of itself: where it is, and at its end what it took. */

import type { Server } from 'node:http'
import { countBytes } from './wire-bytes.ts'

/** From SIGUSR2, when both sides are warm, until SIGTERM. */
export function tellOf(server: Server, address: string): void {
  const bytes = countBytes(server)
  process.stdout.write(`${address}\n`)
  let [cpu, wire] = [process.cpuUsage(), bytes()]
  process.on('SIGUSR2', () => {
    ;[cpu, wire] = [process.cpuUsage(), bytes()]
  })
  process.on('SIGTERM', () => {
    const { user, system } = process.cpuUsage(cpu)
    const { received, sent } = bytes()
    const said = { cpuUs: user + system, received: received - wire.received, sent: sent - wire.sent }
    process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0))
  })
}
