import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CentreClient, errorKind, jsonAsk, type Answer } from '../../../test/support/centre-client.ts'
import { fakeAuthority } from '../../../test/support/fake-authority.ts'
import { CARD_ID, offer, seedLoads, SETTLEMENT, TERMINAL } from '../../../test/support/loads.ts'
import { testCentre, type TestCentre } from '../../../test/support/test-centre.ts'
import { fen } from '../../money/fen.ts'
import { grantCredit } from './credits.ts'
import { writeOffer } from './load-request.ts'
import { registerLoads } from './routes.ts'

let centre: TestCentre
let terminal: CentreClient

beforeEach(async () => {
  centre = await testCentre(undefined, { areas: [(app, ports) => registerLoads(app, { ...ports, authority: fakeAuthority })] })
  const { db } = centre.ports.database
  await seedLoads(centre.ports.database)
  terminal = new CentreClient(centre.send, () => centre.time)
  await db.updateTable('terminal').set({ public_key: terminal.publicKey }).where('terminal', '=', TERMINAL).execute()
  await db.updateTable('settlement').set({ reversed_by: 'S2' }).execute()
})
afterEach(() => centre.close())

const ask = (changes: object = {}): object => ({
  loadId: `${SETTLEMENT}-L1`,
  purpose: { kind: 'refund', settlementId: SETTLEMENT },
  offer: writeOffer(offer()),
  ...changes
})
const outcome = (answer: Answer): readonly unknown[] => [answer.status, errorKind(answer)]
const message = ({ body }: Answer): string => (JSON.parse(body) as { error: { message: string } }).error.message

describe('POST /v1/loads', () => {
  test('signs for an enrolled terminal', async () => {
    const answer = await terminal.post('/v1/loads', ask())
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ time: centre.time, mac2: expect.stringMatching(/^[0-9A-F]{8}$/), setlId: expect.stringMatching(/^L\d{29}$/) })
    expect((await terminal.post('/v1/loads', ask())).body).toBe(answer.body)
  })

  test('for nobody else', async () => {
    expect(outcome(await centre.send(jsonAsk('/v1/loads', ask())))).toEqual([401, 'authorization-malformed'])
    const stranger = new CentreClient(centre.send, () => centre.time)
    expect(outcome(await stranger.post('/v1/loads', ask()))).toEqual([401, 'signature-wrong'])
    expect(await centre.ports.database.db.selectFrom('load').selectAll().execute()).toEqual([])
  })

  test.each<[string, object, string]>([
    ['no purpose', { purpose: undefined }, 'purpose'],
    ['a purpose that is none', { purpose: { kind: 'gift', settlementId: SETTLEMENT } }, 'purpose'],
    ['an amount as a number', { offer: { ...writeOffer(offer()), amount: 200 } }, 'offer.amount'],
    ['a negative amount', { offer: { ...writeOffer(offer()), amount: '-1.00' } }, 'offer.amount'],
    ['no amount', { offer: { ...writeOffer(offer()), amount: '0.00' } }, 'offer.amount'],
    ['more than a card holds', { offer: { ...writeOffer(offer()), balance: '42949672.96' } }, 'offer.balance'],
    ["a card's last serial", { offer: { ...writeOffer(offer()), loadSerial: 65_535 } }, 'offer.loadSerial'],
    ['half a serial', { offer: { ...writeOffer(offer()), loadSerial: 26.5 } }, 'offer.loadSerial'],
    ['a card that is no number', { offer: { ...writeOffer(offer()), cardId: 'x' } }, 'offer.cardId'],
    ['a load id that commands a terminal', { loadId: 'a\u001b[2J' }, 'loadId'],
    ['a field that nobody knows', { note: 'x' }, 'note']
  ])('%s is bad input, named by its field', async (_, changes, field) => {
    const answer = await terminal.post('/v1/loads', ask(changes))
    expect(outcome(answer)).toEqual([400, 'request-malformed'])
    expect(message(answer)).toContain(field)
    expect(await centre.ports.database.db.selectFrom('load').selectAll().execute()).toEqual([])
  })

  test.each<[string, object, number, string]>([
    ['another load serial', { offer: writeOffer(offer({ loadSerial: 27 })) }, 409, 'load-serial-differs'],
    ['a MAC1 of nobody', { offer: { ...writeOffer(offer()), mac1: '00000000' } }, 403, 'mac1-wrong'],
    ['a card of nobody', { offer: writeOffer(offer({}, '0'.repeat(32))) }, 404, 'card-unknown'],
    ['more than is owed', { offer: writeOffer(offer({ amount: fen(20_001) })) }, 409, 'more-than-owed'],
    ['a credit of nobody', { purpose: { kind: 'credit', creditId: 'C1' } }, 404, 'credit-unknown']
  ])('%s is refused with its kind', async (_, changes, status, kind) => {
    expect(outcome(await terminal.post('/v1/loads', ask(changes)))).toEqual([status, kind])
  })

  test('amounts in a refusal are yuan', async () => {
    const answer = await terminal.post('/v1/loads', ask({ offer: writeOffer(offer({ amount: fen(20_001) })) }))
    expect(JSON.parse(answer.body)).toMatchObject({ error: { owed: '200.00', asked: '200.01' } })
  })
})

test('POST /v1/loads/void gives a load up, as often as it is asked', async () => {
  await terminal.post('/v1/loads', ask())
  const loadId = `${SETTLEMENT}-L1`
  for (let times = 0; times < 2; times++) {
    expect(JSON.parse((await terminal.post('/v1/loads/void', { loadId })).body)).toEqual({ loadId, state: 'void' })
  }
  expect(outcome(await terminal.post('/v1/loads', ask()))).toEqual([409, 'load-ended'])
  expect(outcome(await terminal.post('/v1/loads/void', { loadId: 'L9' }))).toEqual([404, 'load-unknown'])
  expect(outcome(await terminal.post('/v1/loads/void', {}))).toEqual([400, 'request-malformed'])
})

test('GET /v1/credits tells what waits for a card', async () => {
  const credit = await grantCredit(centre.ports, { cardId: CARD_ID.toLowerCase(), amount: fen(30_000), reason: '年度划入' })
  const creditId = credit.ok ? credit.value : ''
  expect(JSON.parse((await terminal.get(`/v1/credits?cardId=${CARD_ID}`)).body)).toEqual({
    credits: [{ creditId, amount: '300.00', reason: '年度划入', state: 'waiting' }]
  })
  expect(outcome(await terminal.get('/v1/credits'))).toEqual([400, 'request-malformed'])
  expect(outcome(await terminal.get('/v1/credits?cardId=1'))).toEqual([400, 'request-malformed'])
  expect(outcome(await centre.send({ method: 'GET', path: `/v1/credits?cardId=${CARD_ID}` }))).toEqual([401, 'authorization-malformed'])
})
