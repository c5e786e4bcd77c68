import { describe, expect, it } from 'vitest'
import type { CentreClient } from '../../../test/support/centre-client.ts'
import { enrolledAt, testCentre } from '../../../test/support/test-centre.ts'
import { insertRows } from '../store/insert-rows.ts'
import { callerOf } from './caller.ts'
import { Turns } from './turns.ts'

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
}

describe('what is done for one terminal', () => {
  it('is done one after the other, and for another terminal meanwhile', async () => {
    const turns = new Turns()
    const begun: string[] = []
    let free = (): void => undefined
    const first = turns.take('A', () => new Promise<string>((resolve) => (free = () => resolve('first'))))
    const second = turns.take('A', async () => void begun.push('second of A'))
    await turns.take('B', async () => void begun.push('first of B'))
    expect(begun).toEqual(['first of B'])
    free()
    await second
    expect([await first, begun]).toEqual(['first', ['first of B', 'second of A']])
  })

  it('goes on when what came before has failed, whose failure is its own', async () => {
    const turns = new Turns()
    const first = turns.take('A', () => Promise.reject(new Error('first')))
    const second = turns.take('A', () => Promise.resolve('second'))
    await expect(first).rejects.toThrow('first')
    expect(await second).toBe('second')
    expect(await turns.take('A', () => Promise.resolve('third'))).toBe('third')
  })
})

it('a small batch that a terminal sends behind a large one does not overtake it while both are decompressed', async () => {
  const looked: string[] = []
  const waits = new Map<number, () => void>()
  const centre = await testCentre(undefined, {
    areas: [(app) => app.post('/v1/look', (request) => ({ place: looked.push(`${callerOf(request).terminal.terminal} ${request.received.length}`) }))],
    unpack: (body) => new Promise((resolve) => waits.set(body.length, () => resolve({ bytes: body })))
  })
  await insertRows(centre.ports.database.db, 'institution', [{ fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }])
  const [one, other] = [await enrolledAt(centre, 'H99999900001'), await enrolledAt(centre, 'H99999900001')]
  const send = (client: CentreClient, length: number) =>
    client.ask({ method: 'POST', path: '/v1/look', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'zstd' }, body: Buffer.alloc(length, '1') })
  const large = send(one, 300)
  await settle()
  const small = send(one, 2)
  const third = send(other, 3)
  await settle()
  waits.get(3)?.()
  await third
  // As soon as it has begun, which it must not have.
  waits.get(2)?.()
  await settle()
  waits.get(300)?.()
  await large
  await settle()
  waits.get(2)?.()
  await small
  await centre.close()
  expect(looked).toEqual(['H99999900001-02 3', 'H99999900001-01 300', 'H99999900001-01 2'])
})
