import { describe, expect, it } from 'vitest'
import type { Stepped } from '../../../settlement/sync/sync.ts'
import { SyncRunner } from './sync-runner.ts'

interface Timer {
  readonly ms: number
  readonly work: () => void
  cancelled: boolean
}

function running(outcomes: readonly (Stepped | Error)[]) {
  const timers: Timer[] = []
  const told: string[] = []
  const failures: unknown[] = []
  let steps = 0
  const runner = new SyncRunner({
    step: async () => {
      const outcome = outcomes[steps] ?? { kind: 'idle' }
      steps += 1
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    stepped: ({ kind }) => told.push(kind),
    failed: (cause) => failures.push(cause),
    later: (ms, work) => {
      const timer = { ms, work, cancelled: false }
      timers.push(timer)
      return () => (timer.cancelled = true)
    }
  })
  const due = (): readonly Timer[] => timers.filter(({ cancelled }) => !cancelled)
  const turn = async (): Promise<void> => {
    const next = due().at(-1)
    if (next === undefined) return
    next.cancelled = true
    next.work()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { runner, told, failures, due, turn, steps: () => steps }
}

describe('the runner of sync', () => {
  it('goes on at once while there is work, and looks again after a second when there is none', async () => {
    const { runner, told, due, turn } = running([{ kind: 'worked' }, { kind: 'worked' }, { kind: 'idle' }])
    runner.start()
    await turn()
    expect(due().map(({ ms }) => ms)).toEqual([0])
    await turn()
    await turn()
    expect(told).toEqual(['worked', 'worked', 'idle'])
    expect(due().map(({ ms }) => ms)).toEqual([1_000])
  })

  it('looks less and less often while nothing happens, and anew after a second when something did', async () => {
    const { runner, due, turn } = running([])
    runner.start()
    const pauses: (number | undefined)[] = []
    for (let look = 0; look < 6; look += 1) {
      await turn()
      pauses.push(due()[0]?.ms)
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000])
    runner.wake()
    await turn()
    expect(due()[0]?.ms).toBe(1_000)
  })

  it('looks every second while it waits for the centre', async () => {
    const { runner, due, turn } = running([1, 2, 3].map((untilMs) => ({ kind: 'waiting', untilMs })))
    runner.start()
    for (let look = 0; look < 3; look += 1) await turn()
    expect(due()[0]?.ms).toBe(1_000)
  })

  it('looks at once when something has changed, and never takes two steps at a time', async () => {
    const { runner, due, turn, steps } = running([{ kind: 'idle' }])
    runner.start()
    await turn()
    runner.wake()
    expect(due().map(({ ms }) => ms)).toEqual([0])
    due()[0]?.work()
    due()[0]?.work()
    runner.wake()
    expect(steps()).toBe(2)
    await new Promise((resolve) => setImmediate(resolve))
    expect(due().at(-1)?.ms).toBe(0)
  })

  it('stops for good', async () => {
    const { runner, due, turn, steps } = running([{ kind: 'worked' }])
    runner.start()
    runner.stop()
    await turn()
    runner.wake()
    expect(due()).toEqual([])
    expect(steps()).toBe(0)
  })

  it('hands a fault of the program on, and does nothing more', async () => {
    const fault = new Error('broken')
    const { runner, failures, due, turn } = running([fault])
    runner.start()
    await turn()
    expect(failures).toEqual([fault])
    expect(due()).toEqual([])
  })
})
