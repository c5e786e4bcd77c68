/** Real processes: what the operating system does to a host, and what is seen of it from here. */

import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { HostState } from '../contract/till-view.ts'
import { nodeHost } from './node-host.ts'
import { Supervisor } from './supervisor.ts'
import { systemTimer, type Timer } from './timer.ts'

const ENTRY = join(import.meta.dirname, '..', '..', 'test', 'support', 'scripted-host.ts')

interface Served {
  readonly pid: number
  readonly arguments: readonly string[]
  readonly killAt: string | null
}

/** Pauses between starts are shortened: nobody learns anything by waiting for them. */
const hasty: Timer = { now: () => systemTimer.now(), after: (ms, run) => systemTimer.after(ms > 5_000 ? ms : ms / 20, run) }

let open: Supervisor | undefined
afterEach(() => open?.stop())

function supervised(orders = '', environment: NodeJS.ProcessEnv = {}) {
  const states: HostState[] = []
  const supervisor = new Supervisor(
    nodeHost({ node: process.execPath, entry: ENTRY, data: '/tmp/data of a test', fixtures: 'fixtures', version: '0.0.1', environment: { ...process.env, ...environment, SCRIPTED_HOST: orders } }),
    hasty
  )
  open = supervisor
  const until = (state: HostState['state']): Promise<HostState> =>
    new Promise((found) => {
      supervisor.listen((event) => {
        if (event.topic === 'host' && event.host.state === state) found(event.host)
      })
    })
  supervisor.listen((event) => {
    if (event.topic === 'host') states.push(event.host)
  })
  supervisor.start()
  const ask = async (): Promise<Served> => {
    const answer = await supervisor.call('terminal.state', {})
    if (!answer.ok) throw new Error(`refused: ${answer.error.what.en}`)
    return answer.value as Served
  }
  return { supervisor, states, until, ask }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a host as a child process', () => {
  it('is told its folders', async () => {
    const { ask } = supervised()
    expect((await ask()).arguments).toEqual(['--data', '/tmp/data of a test', '--fixtures', 'fixtures', '--version', '0.0.1'])
  })

  it('killed with SIGKILL in the middle of a settlement comes back with the same card, and the settlement is answered', async () => {
    const { supervisor, ask, until, states } = supervised('silent-on:settle')
    const { pid } = await ask()
    await supervisor.call('reader.insert', { card: 'test-one' })
    const settled = supervisor.call('settle', { presence: 1, revision: 1, cash: '12.00' })
    const restarting = until('restarting')
    process.kill(pid, 'SIGKILL')
    expect(await settled).toMatchObject({ ok: false, error: { kind: 'host-away', blame: 'outside' } })
    expect(await restarting).toEqual({ state: 'restarting', attempt: 1, reason: 'ended by SIGKILL' })
    await until('ready')
    const back = await ask()
    expect(back.pid).not.toBe(pid)
    expect(back.arguments.slice(-2)).toEqual(['--insert', 'test-one'])
    expect(states.map(({ state }) => state)).toEqual(['starting', 'ready', 'restarting', 'ready'])
  })

  it('that cannot open its ledger ends as failed, with what it said on the way', async () => {
    const { until } = supervised('dies-at-start')
    expect(await until('failed')).toEqual({ state: 'failed', reason: 'ended with exit code 4: Error: the ledger is in use by another program' })
  })

  it('is gone when the program is closed', async () => {
    const { supervisor, ask } = supervised()
    const { pid } = await ask()
    await supervisor.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('whose Node is missing is a failure with a reason, and no crash', async () => {
    const supervisor = new Supervisor(
      nodeHost({ node: '/nowhere/node', entry: ENTRY, data: '/tmp', fixtures: 'fixtures', version: '0.0.1', environment: {} }),
      hasty
    )
    const failed = new Promise<HostState>((found) => {
      supervisor.listen((event) => {
        if (event.topic === 'host' && event.host.state === 'failed') found(event.host)
      })
    })
    supervisor.start()
    expect(await failed).toEqual({ state: 'failed', reason: 'cannot be started: spawn /nowhere/node ENOENT' })
  })
})

describe('a fault that a tester set', () => {
  it('strikes the first host only: the one that comes back is to recover', async () => {
    const { ask, until } = supervised('', { CARESETTLE_KILL_AT: 'held' })
    const first = await ask()
    expect(first.killAt).toBe('held')
    const restarting = until('restarting')
    process.kill(first.pid, 'SIGKILL')
    await restarting
    await until('ready')
    expect((await ask()).killAt).toBeNull()
  })
})
