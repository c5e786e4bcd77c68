/** What a server of `npm run bench:sync` says of itself: where it is, and at its end what it took. */

import type { Server } from 'node:http'
import { countBytes } from './wire-bytes.ts'

/** From the moment that the address is out, until SIGTERM. */
export function tellOf(server: Server, address: string): void {
  const bytes = countBytes(server)
  process.stdout.write(`${address}\n`)
  const begin = process.cpuUsage()
  process.on('SIGTERM', () => {
    const { user, system } = process.cpuUsage(begin)
    process.stdout.write(`${JSON.stringify({ cpuUs: user + system, ...bytes() })}\n`, () => process.exit(0))
  })
}
