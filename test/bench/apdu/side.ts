/** One side of the comparison: a daemon, a card in a process of its own, a client in another; nothing of it in this process. */

import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { slotOf, startDaemon } from '../../pcsc/support/daemon.ts'
import type { Job } from './client.ts'

export interface Side {
  /** Microseconds of each. */
  measure(job: Job): Promise<readonly number[]>
  close(): Promise<void>
}

export interface SideOptions {
  /** Arguments of Node that run the card at this port. */
  readonly card: (port: number) => readonly string[]
  /** Of the daemon, beyond its own. */
  readonly environment?: Readonly<Record<string, string>>
}

const ROOT = join(import.meta.dirname, '..', '..', '..')

export async function openSide({ card, environment = {} }: SideOptions): Promise<Side> {
  const daemon = await startDaemon({ environment })
  const { name, port } = slotOf(daemon, 0)
  const cardProcess = spawn(process.execPath, card(port), { cwd: ROOT, stdio: ['pipe', 'ignore', 'inherit'] })
  const client = fork(join(import.meta.dirname, 'client.ts'), [name], { env: daemon.environment })
  await once(client, 'message')
  return {
    async measure(job) {
      client.send(job)
      const [took] = await once(client, 'message')
      invariant(Array.isArray(took), 'the client answers with its times')
      return took.map(Number)
    },
    async close() {
      await end(client)
      await end(cardProcess)
      await daemon.remove()
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}
