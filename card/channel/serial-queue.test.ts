import { describe, expect, it } from 'vitest'
import { ok } from '../../base/result.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import type { CardChannel } from './card-channel.ts'
import { serialChannel, SerialQueue, WAITING_MAX } from './serial-queue.ts'

describe('a serial queue', () => {
  it('runs one task at a time, in the order asked', async () => {
    const queue = new SerialQueue()
    const story: string[] = []
    const task = (name: string, turns: number) => async () => {
      story.push(`${name} begins`)
      for (let i = 0; i < turns; i++) await Promise.resolve()
      story.push(`${name} ends`)
    }
    await Promise.all([queue.run(task('A', 5)), queue.run(task('B', 1)), queue.run(task('C', 3))])
    expect(story).toEqual(['A begins', 'A ends', 'B begins', 'B ends', 'C begins', 'C ends'])
  })

  it('a task that throws tells its caller and lets the next one run', async () => {
    const queue = new SerialQueue()
    const broken = queue.run(() => Promise.reject(new Error('broken')))
    const next = queue.run(() => Promise.resolve('ran'))
    await expect(broken).rejects.toThrow('broken')
    expect(await next).toEqual({ ok: true, value: 'ran' })
  })

  it('refuses what waits beyond the bound, and takes more when there is room again', async () => {
    const queue = new SerialQueue()
    const all = Array.from({ length: WAITING_MAX }, () => queue.run(() => Promise.resolve(1)))
    expect(await queue.run(() => Promise.resolve(1))).toEqual({ ok: false, error: { kind: 'queue-full', waiting: 64 } })
    await Promise.all(all)
    expect(await queue.run(() => Promise.resolve(2))).toEqual({ ok: true, value: 2 })
  })
})

describe('a serial channel', () => {
  it('never has two commands under way', async () => {
    let underWay = 0
    let most = 0
    const slow: CardChannel = {
      async transmit(command) {
        underWay += 1
        most = Math.max(most, underWay)
        await Promise.resolve()
        underWay -= 1
        return ok(command)
      }
    }
    const channel = serialChannel(slow)
    const answers = await Promise.all(['01', '02', '03'].map((hex) => channel.transmit(fromHex(hex))))
    expect(most).toBe(1)
    expect(answers.map((answer) => (answer.ok ? toHex(answer.value) : ''))).toEqual(['01', '02', '03'])
  })
})
