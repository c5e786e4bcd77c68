import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorKind, type Answer, type CentreClient } from '../../../test/support/centre-client.ts'
import { seedCentre, terminalName, till } from '../../../test/support/centre-of-tests.ts'
import { centreWindow, intakeCentre, sendBatch } from '../../../test/support/centre-window.ts'
import type { TestCentre } from '../../../test/support/test-centre.ts'
import { testCard, type TestCard } from '../../../test/support/test-till.ts'

let centre: TestCentre
let card: TestCard

beforeEach(async () => {
  centre = await intakeCentre()
  centre.time = '20260315120000'
  card = testCard(1)
  await seedCentre(centre.ports.database, { terminals: [1, 2].map(terminalName), cards: [card] })
})
afterEach(() => centre.close())

const window = (number: number): Promise<CentreClient> => centreWindow(centre, number)
const outcome = (answer: Answer): readonly unknown[] => [answer.status, errorKind(answer)]

test('a terminal hears of its own hold when its serial was used elsewhere, and neither where nor by which settlement', async () => {
  const [first, second, here, there] = [await window(1), await window(2), till(1), till(2)]
  here.append(here.hold({ card, time: '20260315090000' }))
  expect((await sendBatch(first, here.batch('20260315090500'))).status).toBe(200)
  const before = await first.get('/v1/holds/1')
  expect([before.status, before.body]).toEqual([200, '{"sequence":1,"usedAt":null}'])
  there.settle({ card, time: '20260315110000' })
  expect((await sendBatch(second, there.batch('20260315110500'))).status).toBe(200)
  expect((await first.get('/v1/holds/1')).body).toBe('{"sequence":1,"usedAt":"20260315120000"}')
})

test('nobody else hears of it, and of what is no hold there is nothing to hear', async () => {
  const [first, second, here] = [await window(1), await window(2), till(1)]
  here.settle({ card, time: '20260315090000' })
  await sendBatch(first, here.batch('20260315090500'))
  expect(outcome(await second.get('/v1/holds/1'))).toEqual([404, 'hold-unknown'])
  expect(outcome(await first.get('/v1/holds/2'))).toEqual([404, 'hold-unknown'])
  expect(outcome(await first.get('/v1/holds/3'))).toEqual([404, 'hold-unknown'])
  expect(outcome(await centre.send({ method: 'GET', path: '/v1/holds/1' }))).toEqual([401, 'authorization-malformed'])
})

test.each(['0', '-1', '1.0', '1e1', '01', 'x', '%00', '9'.repeat(16)])('number %s is none', async (sequence) => {
  const answer = await (await window(1)).get(`/v1/holds/${sequence}`)
  expect(outcome(answer)).toEqual([400, 'request-malformed'])
  expect(answer.body).toContain('must be the number of a fact, from 1')
})
