import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorKind, type Answer, type CentreClient } from '../../../test/support/centre-client.ts'
import { seedCentre, terminalName, till } from '../../../test/support/centre-of-tests.ts'
import { centreWindow, intakeCentre, sendBatch } from '../../../test/support/centre-window.ts'
import type { TestCentre } from '../../../test/support/test-centre.ts'
import { testCard } from '../../../test/support/test-till.ts'

let centre: TestCentre

beforeEach(async () => {
  centre = await intakeCentre()
  centre.time = '20260315120000'
  await seedCentre(centre.ports.database, { terminals: [1, 2].map(terminalName), cards: [] })
})
afterEach(() => centre.close())

const window = (number: number): Promise<CentreClient> => centreWindow(centre, number)
const outcome = (answer: Answer): readonly unknown[] => [answer.status, errorKind(answer)]

test('a terminal hears which of its own facts are not booked, and nobody else does', async () => {
  const [first, second, here] = [await window(1), await window(2), till(1)]
  here.settle({ card: testCard(7), time: '20260315090000' })
  expect((await sendBatch(first, here.batch('20260315090500'))).status).toBe(200)
  expect((await first.get('/v1/facts/unbooked/0')).body).toBe('{"facts":[2],"next":null}')
  expect((await first.get('/v1/facts/unbooked/2')).body).toBe('{"facts":[],"next":null}')
  expect((await second.get('/v1/facts/unbooked/0')).body).toBe('{"facts":[],"next":null}')
  expect(outcome(await centre.send({ method: 'GET', path: '/v1/facts/unbooked/0' }))).toEqual([401, 'authorization-malformed'])
})

test.each(['-1', '1.0', '1e1', '01', '00', 'x', '%00', '9'.repeat(16)])('%s is no place in a chain', async (after) => {
  const answer = await (await window(1)).get(`/v1/facts/unbooked/${after}`)
  expect(outcome(answer)).toEqual([400, 'request-malformed'])
  expect(answer.body).toContain('must be the number of a fact, or 0 for before the first')
})
