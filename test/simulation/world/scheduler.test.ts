import { expect, test } from 'vitest'
import { Scheduler } from './scheduler.ts'

/** 2026-01-01 00:00:00 in China. */
const BEGIN = 1_767_196_800_000

test('what is planned for the same moment happens in the order of planning', async () => {
  const scheduler = new Scheduler(BEGIN)
  const happened: string[] = []
  scheduler.after(20, 'late', () => happened.push('late'))
  scheduler.after(10, 'first', () => happened.push('first'))
  scheduler.after(10, 'second', () => happened.push('second'))
  await scheduler.run(BEGIN + 1_000)
  expect(happened).toEqual(['first', 'second', 'late'])
  expect(scheduler.moment).toEqual({ cardTime: '20260101000001', today: '2026-01-01' })
})

test('promises come to rest before the next event', async () => {
  const scheduler = new Scheduler(BEGIN)
  const happened: string[] = []
  scheduler.after(1, 'work', () => void Promise.resolve().then(() => Promise.resolve()).then(() => happened.push('promise')))
  scheduler.after(1, 'next', () => happened.push('next'))
  await scheduler.run(BEGIN + 1)
  expect(happened).toEqual(['promise', 'next'])
})

test('nothing else happens while something is held', async () => {
  const scheduler = new Scheduler(BEGIN)
  const happened: string[] = []
  scheduler.after(1, 'ask', () => void scheduler.hold(new Promise((resolve) => setTimeout(resolve, 5))).then(() => happened.push('answered')))
  scheduler.after(2, 'next', () => happened.push('next'))
  await scheduler.run(BEGIN + 2)
  expect(happened).toEqual(['answered', 'next'])
})

test('what was taken back does not happen', async () => {
  const scheduler = new Scheduler(BEGIN)
  const cancel = scheduler.after(1, 'never', () => {
    throw new Error('it happened')
  })
  cancel()
  await scheduler.run(BEGIN + 10)
  expect(scheduler.events).toBe(0)
})

test('a run ends with the failure that somebody names', async () => {
  const scheduler = new Scheduler(BEGIN)
  scheduler.after(1, 'found', () => scheduler.fail(new Error('two charges')))
  scheduler.after(2, 'next', () => {
    throw new Error('it went on')
  })
  await expect(scheduler.run(BEGIN + 10)).rejects.toThrow('two charges')
})

test('goes on until a promise is settled, and no longer', async () => {
  const scheduler = new Scheduler(BEGIN)
  await scheduler.settle(scheduler.sleep(500), 1_000)
  expect(scheduler.now).toBe(BEGIN + 500)
  await expect(scheduler.settle(new Promise(() => {}), 1_000)).rejects.toThrow('nothing came of it within 1000 ms')
})
