/**
 * A PC/SC daemon of a test's own: the distribution's pcscd with its virtual reader driver, on its own socket and its own
 * ports, unseen by the machine's daemon and by other tests. It sees a /run of its own (mount namespace), in which its
 * folder is a temporary one; its clients find it by an environment variable that libpcsclite reads.
 *
 *   describeWithDaemon('our card', () => {
 *     let daemon: Daemon
 *     beforeAll(async () => { daemon = await startDaemon() })
 *     afterAll(() => daemon.remove())
 *     ... spawn(tool, { env: daemon.environment }), or process.env of this very process: see `adopt`
 *   })
 */

import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { invariant } from '../../../base/invariant.ts'
import { DRIVER } from './daemon-missing.ts'
import { areListening, freePorts } from './free-ports.ts'
import { namespaceFlags } from './namespace.ts'

export interface DaemonOptions {
  /**
   * Readers by names that differ, each with two slots: "Virtual PCD" becomes "Virtual PCD 00 00" and "Virtual PCD 00 01".
   * Default: one reader named "Virtual PCD".
   */
  readonly readers?: readonly string[]
  /** Put before the daemon's own environment: LD_PRELOAD and the like. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface DaemonSlot {
  /** As programs see it, such as "Virtual PCD 00 01". */
  readonly name: string
  readonly port: number
}

export interface Daemon {
  /** What a client's environment must have so that it speaks to this daemon; process.env included. */
  readonly environment: Readonly<Record<string, string>>
  /** The one variable that does it. */
  readonly socket: { readonly PCSCLITE_CSOCK_NAME: string }
  /** TCP port of the first slot of each reader; the second slot's is one more. */
  readonly ports: readonly number[]
  /** Every slot, in the order of the readers. */
  readonly slots: readonly DaemonSlot[]
  /** All that it has said. */
  log(): string
  pid(): number | undefined
  /** Lets bindings that are loaded into this process find it, too. Before their first call. */
  adopt(): void
  /** As `systemctl start`; the slots take cards when it is done. */
  start(): Promise<void>
  /** As `systemctl stop`. */
  stop(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Ends it and takes its folder away. */
  remove(): Promise<void>
}

export function slotOf({ slots }: Daemon, index: number): DaemonSlot {
  const slot = slots[index]
  invariant(slot !== undefined, `the daemon has no slot ${index}`)
  return slot
}

const READY_MS_MAX = 10_000
const LOOK_MS = 10
const LOG_LENGTH_MAX = 200_000

/** pcscd was built to put its socket into /run/pcscd: here that is our folder. It ends when the test that started it does. */
const IN_OWN_NAMESPACE = 'cd "$1" && mount -t tmpfs tmpfs /run && mkdir /run/pcscd && mount --bind . /run/pcscd && shift && exec setpriv --pdeathsig TERM "$@"'

export async function startDaemon({ readers = ['Virtual PCD'], environment = {} }: DaemonOptions = {}): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), 'pcscd-'))
  const ports = await freePorts(readers.length)
  const entries = readers.map((name, index) => {
    // The driver keeps its slots in variables of its own: two readers of one file would share them.
    const library = join(folder, `driver-${index}.so`)
    copyFileSync(DRIVER, library)
    return readerEntry(name, ports[index] ?? 0, library)
  })
  writeFileSync(join(folder, 'reader.conf'), entries.join('\n'))
  const socket = { PCSCLITE_CSOCK_NAME: join(folder, 'pcscd.comm') }
  let log = ''
  let running: ChildProcess | undefined

  const note = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-LOG_LENGTH_MAX)
  }

  const start = async (): Promise<void> => {
    invariant(running === undefined, 'the daemon runs already')
    const command = ['pcscd', '--foreground', '--info', '--config', join(folder, 'reader.conf')]
    const child = spawn('unshare', [...namespaceFlags(), 'sh', '-c', IN_OWN_NAMESPACE, 'sh', folder, ...command], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    running = child
    for (const stream of [child.stdout, child.stderr]) stream.on('data', note)
    await until(() => areListening(ports.flatMap((port) => [port, port + 1])), () => `pcscd did not come up: ${log}`)
  }

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
    // A daemon that was killed leaves its socket behind, and the next one would take it for another daemon's.
    await Promise.all(['pcscd.comm', 'pcscd.pid'].map((name) => rm(join(folder, name), { force: true })))
  }

  await start()
  return {
    environment: { ...inherited(), ...socket },
    socket,
    ports,
    slots: readers.flatMap((name, index) => [0, 1].map((slot) => ({ name: `${name} 00 0${slot}`, port: (ports[index] ?? 0) + slot }))),
    log: () => log,
    pid: () => running?.pid,
    adopt: () => Object.assign(process.env, socket),
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const readerEntry = (name: string, port: number, library: string): string => `FRIENDLYNAME "${name}"
DEVICENAME /dev/null:${port}
LIBPATH ${library}
CHANNELID ${port}
`

const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

async function until(isSo: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(otherwise())
    await sleep(LOOK_MS)
  }
}
