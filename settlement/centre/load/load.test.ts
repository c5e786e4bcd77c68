/** Loads at the centre, on both databases. The card is a fake's word; the real cryptography is card/issuer's and tested there. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeAuthority, loadTacOf } from '../../../test/support/fake-authority.ts'
import { CARD, CARD_ID, ELSEWHERE, offer, OTHER_CARD_ID, OTHER_TERMINAL, seedLoads, SETTLEMENT, TERMINAL } from '../../../test/support/loads.ts'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import { date } from '../../calendar/business-date.ts'
import type { LoadHold, LoadPurpose } from '../../ledger/fact.ts'
import { fen } from '../../money/fen.ts'
import type { LoadEvidence, LoadOffer } from '../../payment/load-device.ts'
import type { CentreDatabase } from '../store/centre-database.ts'
import { voidReleased } from '../intake/close-loads.ts'
import { openCentre } from '../store/open-centre.ts'
import type { CardRow } from '../store/schema.ts'
import { closeLoad } from './close-load.ts'
import { creditsOf, grantCredit } from './credits.ts'
import type { LoadAsk } from './load-request.ts'
import { signLoad } from './sign-load.ts'
import { voidLoad } from './void-load.ts'

const REFUND: LoadPurpose = { kind: 'refund', settlementId: SETTLEMENT }
const BY_CREDIT_ANSWER = 'credit-answer'

let folder: string
let postgres: TestPostgres
let files = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'centre-load-'))
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

const ENGINES = {
  SQLite: () => Promise.resolve(`sqlite:${join(folder, `${(files += 1)}.db`)}`),
  PostgreSQL: () => postgres.url()
} as const

describe.each(Object.entries(ENGINES))('on %s', (_, urlOf) => {
  let database: CentreDatabase
  let now = 0

  const ports = () => ({
    database,
    authority: fakeAuthority,
    clock: () => ({ time: String(20261126100000 + now++), today: date('2026-11-26'), epochMs: 0 }),
    entropy: { bytes: (length: number) => Uint8Array.from({ length }, (__, at) => at + now) }
  })

  beforeEach(async () => {
    now = 0
    const opened = await openCentre(await urlOf())
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    database = opened.value
    await seedLoads(database)
    return () => database.close()
  })

  const ask = (changes: Partial<LoadAsk> = {}): LoadAsk => ({ loadId: 'L1', purpose: REFUND, offer: offer(), ...changes })
  const sign = (asked: LoadAsk = ask(), terminal = TERMINAL) => signLoad(ports(), terminal, asked)
  const kindOf = async (signing: ReturnType<typeof sign>): Promise<string> => {
    const signed = await signing
    return signed.ok ? 'signed' : signed.error.kind
  }
  const reverse = () => database.db.updateTable('settlement').set({ reversed_by: 'S2' }).where('setl_id', '=', 'S1').execute()
  const stateOf = async (loadId = 'L1') => (await database.db.selectFrom('load').select('state').where('load_id', '=', loadId).executeTakeFirst())?.state
  const cardNow = () => database.db.selectFrom('card').select(['balance', 'load_serial']).where('card_id', '=', CARD_ID).executeTakeFirstOrThrow()
  const close = (hold: LoadHold, evidence: LoadEvidence, terminal = TERMINAL) =>
    database.write((transaction) => closeLoad(transaction, fakeAuthority, { terminal, hold, evidence }))

  /** Signed, and the card has taken it. */
  async function loaded(loadId = 'L1', changes: Partial<LoadOffer> = {}, purpose = REFUND) {
    const made = offer(changes)
    const signed = await sign(ask({ loadId, offer: made, purpose }))
    if (!signed.ok) throw new Error(signed.error.kind)
    const { time, mac2 } = signed.value
    return { hold: holdOf({ loadId, made, time, mac2, purpose }), evidence: proofOf(made, time), signed: signed.value }
  }

  describe('a refund', () => {
    it('is signed for what the card paid once the centre has booked that it was taken back', async () => {
      expect(await kindOf(sign())).toBe('correction-not-confirmed')
      await reverse()
      const signed = await sign()
      expect(signed).toMatchObject({ ok: true, value: { time: '20261126100000', mac2: fakeAuthority.signLoad(CARD, offer(), '20261126100000') } })
      expect(signed.ok && signed.value.setlId).toMatch(/^L20261126100000\d{15}$/)
      expect(await stateOf()).toBe('signed')
    })

    it('gets the same answer however often it is asked for', async () => {
      await reverse()
      const first = await sign()
      expect(await sign()).toEqual(first)
      expect(await sign()).toEqual(first)
    })

    it('may be in two parts, and never more than is owed', async () => {
      await reverse()
      const part = await loaded('L1', { amount: fen(15_000) })
      expect(await close(part.hold, part.evidence)).toMatchObject({ ok: true, value: { proof: 'tac' } })
      const next = { loadSerial: 27, balance: fen(65_000) }
      expect(await sign(ask({ loadId: 'L2', offer: offer({ ...next, amount: fen(5001) }) }))).toEqual({
        ok: false,
        error: { kind: 'more-than-owed', settlementId: SETTLEMENT, owed: 5000, asked: 5001 }
      })
      const rest = await loaded('L2', { ...next, amount: fen(5000) })
      await close(rest.hold, rest.evidence)
      expect(await kindOf(sign(ask({ loadId: 'L3', offer: offer({ loadSerial: 28, amount: fen(1) }) })))).toBe('nothing-owed')
      expect(await cardNow()).toEqual({ balance: 70_000, load_serial: 28 })
    })

    it('of a settlement that the centre booked with a smaller account is what the card paid too much', async () => {
      await database.db.updateTable('settlement').set({ account: 12_000, cash: 12_500 }).where('setl_id', '=', 'S1').execute()
      expect(await kindOf(sign(ask({ offer: offer({ amount: fen(8001) }) })))).toBe('correction-not-confirmed')
      expect(await kindOf(sign(ask({ offer: offer({ amount: fen(8000) }) })))).toBe('signed')
    })

    it.each<[string, () => Promise<unknown>, Partial<LoadAsk>, string]>([
      ['a settlement that nobody booked', reverse, { purpose: { kind: 'refund', settlementId: 'P99999900001000009' } }, 'settlement-not-booked'],
      ['another card than paid', reverse, { offer: offer({}, OTHER_CARD_ID) }, 'settlement-of-another'],
      ['a card that was never issued', reverse, { offer: offer({}, '0'.repeat(32)) }, 'card-unknown'],
      ['an offer that the card did not make', reverse, { offer: { ...offer(), mac1: '00000000' } }, 'mac1-wrong'],
      ['an amount that the card did not hear', reverse, { offer: { ...offer(), amount: fen(19_999) } }, 'mac1-wrong'],
      ['a load serial ahead of the record', reverse, { offer: offer({ loadSerial: 27 }) }, 'load-serial-differs'],
      ['a load serial behind the record', reverse, { offer: offer({ loadSerial: 25 }) }, 'load-serial-differs'],
      ['nothing taken back', () => Promise.resolve(), {}, 'correction-not-confirmed']
    ])('%s is refused and leaves nothing behind', async (__, prepare, changes, kind) => {
      await prepare()
      expect(await kindOf(sign(ask(changes)))).toBe(kind)
      expect(await database.db.selectFrom('load').selectAll().execute()).toEqual([])
    })

    it('settled at one terminal is not loaded at another', async () => {
      await reverse()
      expect(await kindOf(sign(ask(), OTHER_TERMINAL))).toBe('settlement-of-another')
    })

    it('is not put onto a card that was reported lost, nor onto one that is not activated', async () => {
      await reverse()
      await setCard({ lost: 'temporary', lost_since: '20261125080000' })
      expect(await sign()).toEqual({ ok: false, error: { kind: 'card-lost', since: '20261125080000' } })
      await setCard({ lost: null, lost_since: null, activated: 0 })
      expect(await kindOf(sign())).toBe('card-not-activated')
    })
  })

  const setCard = (changes: Partial<CardRow>) => database.db.updateTable('card').set(changes).where('card_id', '=', CARD_ID).execute()

  describe('a terminal that died before its CREDIT', () => {
    it('has the load signed anew when the card stands where it stood', async () => {
      await reverse()
      const first = await sign()
      const again = await sign(ask({ offer: offer({ random: '11111111' }) }))
      expect(again).toMatchObject({ ok: true, value: { time: '20261126100001' } })
      expect(again.ok && first.ok && again.value.setlId === first.value.setlId && again.value.mac2 !== first.value.mac2).toBe(true)
      expect(await kindOf(sign(ask({ loadId: 'L2', offer: offer({ random: '22222222' }) })))).toBe('load-open')
    })

    it('is refused when the card has counted on: the first signature may have been used', async () => {
      await reverse()
      await sign()
      const moved = offer({ random: '11111111', loadSerial: 27, balance: fen(70_000) })
      expect(await sign(ask({ offer: moved }))).toEqual({ ok: false, error: { kind: 'load-serial-differs', ofRecord: 26, offered: 27 } })
    })

    it('cannot have another purpose, card or institution under the same number', async () => {
      await reverse()
      await sign()
      expect(await kindOf(sign(ask(), ELSEWHERE))).toBe('load-id-taken')
      expect(await kindOf(sign(ask({ purpose: { kind: 'refund', settlementId: 'P99999900001000009' } })))).toBe('load-id-taken')
      expect(await kindOf(sign(ask({ offer: offer({}, OTHER_CARD_ID) })))).toBe('load-id-taken')
    })
  })

  it('two requests for one card at once: one is signed', async () => {
    await reverse()
    const both = await Promise.all([sign(ask({ loadId: 'L1' })), sign(ask({ loadId: 'L2', offer: offer({ random: '11111111' }) }))])
    expect(both.map((one) => (one.ok ? 'signed' : one.error.kind)).toSorted()).toEqual(['load-open', 'signed'])
    expect(await database.db.selectFrom('load').selectAll().execute()).toHaveLength(1)
  })

  describe('the end of a load', () => {
    it('moves the card of record once, however often the proof comes', async () => {
      await reverse()
      const { hold, evidence, signed } = await loaded()
      expect(await close(hold, evidence)).toEqual({ ok: true, value: { setlId: signed.setlId, proof: 'tac' } })
      expect(await close(hold, evidence)).toEqual({ ok: true, value: { setlId: signed.setlId, proof: 'tac' } })
      expect(await cardNow()).toEqual({ balance: 70_000, load_serial: 27 })
      expect(await kindOf(sign())).toBe('load-ended')
    })

    it('needs the TAC of this load', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      expect(await close(hold, { ...evidence, tac: '00000000' })).toEqual({ ok: false, error: { kind: 'tac-wrong' } })
      expect(await close({ ...hold, intent: { ...hold.intent, amount: fen(19_999) } }, evidence)).toMatchObject({ ok: false, error: { kind: 'tac-wrong' } })
      expect(await stateOf()).toBe('signed')
      expect(await cardNow()).toEqual({ balance: 50_000, load_serial: 26 })
    })

    it('without a TAC is believed for what was signed, and for nothing else', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      const byLog: LoadEvidence = { ...evidence, source: 'transaction-log', tac: undefined }
      expect(await close({ ...hold, intent: { ...hold.intent, time: '20261126110000' } }, byLog)).toMatchObject({ ok: false, error: { kind: 'load-not-signed' } })
      expect(await close(hold, byLog)).toMatchObject({ ok: true, value: { proof: 'log' } })
      expect(await cardNow()).toEqual({ balance: 70_000, load_serial: 27 })
    })

    it('of a load that was never signed is refused', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      expect(await close({ ...hold, loadId: 'L9' }, evidence)).toEqual({ ok: false, error: { kind: 'load-not-signed', loadId: 'L9' } })
    })

    it('is what the card proves, also when the load was signed anew or given up since', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      await sign(ask({ offer: offer({ random: '11111111' }) }))
      await voidLoad(ports(), { terminal: TERMINAL, loadId: 'L1' })
      expect(await close(hold, evidence)).toMatchObject({ ok: true, value: { proof: 'tac' } })
      expect(await stateOf()).toBe('closed')
      expect(await cardNow()).toEqual({ balance: 70_000, load_serial: 27 })
    })
  })

  describe('under the new name of a ledger that was enrolled anew', () => {
    const terminalOf = async () => (await database.db.selectFrom('load').select('terminal').executeTakeFirstOrThrow()).terminal
    /** As intake leaves it when the chain has come under that name. */
    const isNowOf = async (terminal: string) => {
      await database.db.updateTable('batch').set({ terminal }).execute()
      await database.db.updateTable('settlement').set({ terminal }).execute()
    }

    it('what the older name had signed is asked for again, and signed for the card as it stands now', async () => {
      await reverse()
      await sign()
      await isNowOf(OTHER_TERMINAL)
      expect(await kindOf(sign(ask({ offer: offer({ random: '11111111' }) }), OTHER_TERMINAL))).toBe('signed')
      expect(await terminalOf()).toBe(OTHER_TERMINAL)
    })

    it('what the older name had loaded is closed by its proof, moves the card once, and is owed no more', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      await isNowOf(OTHER_TERMINAL)
      const first = await close(hold, evidence)
      expect(first).toMatchObject({ ok: true })
      const again = () => sign(ask({ loadId: 'L2', offer: offer({ random: '11111111', loadSerial: 27, balance: fen(70_000) }) }), OTHER_TERMINAL)
      expect(await kindOf(again())).toBe('nothing-owed')
      expect(await close(hold, evidence, OTHER_TERMINAL)).toEqual(first)
      expect(await terminalOf()).toBe(OTHER_TERMINAL)
      expect(await cardNow()).toEqual({ balance: 70_000, load_serial: 27 })
      expect(await kindOf(again())).toBe('nothing-owed')
    })

    it('its release in the chain gives up what the older name had signed; a release of another institution does not', async () => {
      await reverse()
      await sign()
      const released = [{ sequence: 9, hash: '', content: new Uint8Array(0), fact: { kind: 'load-release', hold: 8, loadId: 'L1', proof: 'balance-unchanged', releasedAt: '20261126100500' } }] as const
      await database.write((transaction) => voidReleased(transaction, ELSEWHERE, released))
      expect(await stateOf()).toBe('signed')
      await database.write((transaction) => voidReleased(transaction, OTHER_TERMINAL, released))
      expect(await stateOf()).toBe('void')
    })
  })

  describe('giving up', () => {
    it('lets what was owed be signed under another number', async () => {
      await reverse()
      await sign()
      expect(await voidLoad(ports(), { terminal: TERMINAL, loadId: 'L1' })).toEqual({ ok: true, value: null })
      expect(await voidLoad(ports(), { terminal: TERMINAL, loadId: 'L1' })).toEqual({ ok: true, value: null })
      expect(await kindOf(sign())).toBe('load-ended')
      expect(await kindOf(sign(ask({ loadId: 'L2', offer: offer({ random: '11111111' }) })))).toBe('signed')
    })

    it('is for the terminal that has it, and not after the proof', async () => {
      await reverse()
      const { hold, evidence } = await loaded()
      expect(await voidLoad(ports(), { terminal: OTHER_TERMINAL, loadId: 'L1' })).toEqual({ ok: false, error: { kind: 'load-unknown' } })
      await close(hold, evidence)
      expect(await voidLoad(ports(), { terminal: TERMINAL, loadId: 'L1' })).toEqual({ ok: false, error: { kind: 'load-ended', state: 'closed' } })
    })
  })

  describe('a credit', () => {
    const granted = async (amount = 30_000): Promise<string> => {
      const credit = await grantCredit(ports(), { cardId: CARD_ID, amount: fen(amount), reason: ' 年度划入 ' })
      if (!credit.ok) throw new Error(credit.error.kind)
      return credit.value
    }
    const stateOfCredit = async () => (await creditsOf(database.db, CARD_ID)).map(({ state }) => state)

    it('waits for its card, is loaded as a whole and once, at any terminal', async () => {
      const creditId = await granted()
      expect(await creditsOf(database.db, CARD_ID)).toMatchObject([{ credit_id: creditId, amount: 30_000, reason: '年度划入', state: 'waiting' }])
      expect(await creditsOf(database.db, OTHER_CARD_ID)).toEqual([])
      const purpose: LoadPurpose = { kind: 'credit', creditId }
      expect(await kindOf(sign(ask({ purpose, offer: offer({ amount: fen(29_999) }) })))).toBe('credit-amount-differs')
      expect(await kindOf(sign(ask({ purpose, offer: offer({ amount: fen(30_000) }, OTHER_CARD_ID) })))).toBe('credit-of-another')
      const { hold, evidence } = await loaded('L1', { amount: fen(30_000) }, purpose)
      expect(await stateOfCredit()).toEqual(['signed'])
      await close(hold, evidence)
      expect(await stateOfCredit()).toEqual([])
      expect(await cardNow()).toEqual({ balance: 80_000, load_serial: 27 })
      expect(await kindOf(sign(ask({ loadId: 'L2', purpose, offer: offer({ amount: fen(30_000), loadSerial: 27, balance: fen(80_000) }) })))).toBe('credit-spent')
    })

    it('waits again when its load came to nothing, and is signed anew like any other', async () => {
      const purpose: LoadPurpose = { kind: 'credit', creditId: await granted() }
      expect(await kindOf(sign(ask({ purpose, offer: offer({ amount: fen(30_000) }) })))).toBe('signed')
      expect(await kindOf(sign(ask({ purpose, offer: offer({ amount: fen(30_000), random: '11111111' }) })))).toBe('signed')
      await voidLoad(ports(), { terminal: TERMINAL, loadId: 'L1' })
      expect(await stateOfCredit()).toEqual(['waiting'])
    })

    it.each([
      ['a card that was never issued', { cardId: '0'.repeat(32), amount: fen(1), reason: 'x' }, 'card-unknown'],
      ['nothing', { cardId: CARD_ID, amount: fen(0), reason: 'x' }, 'amount-invalid'],
      ['a negative amount', { cardId: CARD_ID, amount: fen(-1), reason: 'x' }, 'amount-invalid'],
      ['no reason', { cardId: CARD_ID, amount: fen(1), reason: ' ' }, 'reason-invalid'],
      ['a reason that commands a terminal', { cardId: CARD_ID, amount: fen(1), reason: 'a\u001b[2J' }, 'reason-invalid']
    ])('of %s is not granted', async (__, grant, kind) => {
      const refused = await grantCredit(ports(), grant)
      expect(refused.ok ? 'granted' : refused.error.kind).toBe(kind)
    })

    it('that is none is refused', async () => {
      expect(await kindOf(sign(ask({ purpose: { kind: 'credit', creditId: 'C0' } })))).toBe('credit-unknown')
    })
  })
})

function holdOf(of: { loadId: string; made: LoadOffer; time: string; mac2: string; purpose: LoadPurpose }): LoadHold {
  const { loadId, made, time, mac2, purpose } = of
  const { cardId, loadSerial, balance, amount, terminalNo } = made
  const intent = { cardId, serialBefore: loadSerial, balanceBefore: balance, amount, terminalNo, time, mac2 }
  return { loadId, purpose, intent, heldAt: time }
}

const proofOf = (made: LoadOffer, time: string): LoadEvidence => ({
  source: BY_CREDIT_ANSWER,
  tac: loadTacOf(CARD, made, time),
  serialAfter: made.loadSerial + 1,
  balanceAfter: fen(made.balance + made.amount)
})
