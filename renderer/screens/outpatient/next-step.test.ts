import { describe, expect, it } from 'vitest'
import { SAMPLE_BILL, SAMPLE_BILL_NO_CARD, SAMPLE_BILL_VERIFIED, SAMPLE_CARD, SAMPLE_CARD_VERIFIED, SAMPLE_IN_DOUBT } from '../../../electron/contract/fake/sample-views.ts'
import { SAMPLE_QUEUE } from '../../../electron/contract/fake/sample-visits.ts'
import { CARD_EXPIRED, OTHER_PERSON, UNREADABLE_VISIT } from '../../../electron/contract/fake/fake-refusals.ts'
import type { CardView, CardWarning } from '../../../electron/contract/card-view.ts'
import { nextStep, type NextStep, type Standing } from './next-step.ts'

const READY = { state: 'ready' } as const
const withCard = (card: CardView): Standing['panel'] => ({ state: 'ready', card })
const step = (standing: Partial<Standing>): NextStep => nextStep({ host: READY, panel: withCard(SAMPLE_CARD), inDoubt: [], queue: [], bill: SAMPLE_BILL, ...standing })
const warned = (card: CardView, kind: CardWarning['kind']): Standing['panel'] => withCard({ ...card, warnings: [{ kind, blocks: true, refusal: CARD_EXPIRED }] })

describe('what comes next at the counter', () => {
  it('nothing, while the host or the card is not there yet', () => {
    expect(step({ host: { state: 'starting' } }).kind).toBe('wait')
    expect(step({ host: { state: 'restarting', attempt: 1, reason: 'test' } }).kind).toBe('wait')
    expect(step({ host: { state: 'failed', reason: 'test' } }).kind).toBe('no-host')
    expect(step({ panel: { state: 'reading', presence: 1 } }).kind).toBe('wait')
  })

  it('a bill, before anything else', () => {
    expect(step({ panel: { state: 'no-card' }, bill: null }).kind).toBe('pick-bill')
    expect(step({ bill: { ...SAMPLE_BILL, outcome: { state: 'empty' } } }).kind).toBe('add-lines')
    expect(step({ bill: { ...SAMPLE_BILL, outcome: { state: 'empty' }, sale: { openLines: 1 } } })).toEqual({ kind: 'mend-lines', count: 1 })
  })

  it('a card that can pay', () => {
    expect(step({ panel: { state: 'no-card' }, bill: SAMPLE_BILL_NO_CARD }).kind).toBe('insert-card')
    expect(step({ panel: warned(SAMPLE_CARD, 'expired') })).toEqual({ kind: 'card-refused', refusal: CARD_EXPIRED })
    expect(step({ bill: { ...SAMPLE_BILL, outcome: { state: 'refused', refusal: UNREADABLE_VISIT } } })).toEqual({ kind: 'bill-refused', refusal: UNREADABLE_VISIT })
  })

  it('what an older ledger has lost, before any PIN, whatever the card left in doubt', () => {
    const inDoubt = [{ ...SAMPLE_IN_DOUBT, needsPin: true }]
    expect(step({ panel: warned(SAMPLE_CARD, 'ledger-older'), inDoubt })).toEqual({ kind: 'ledger-older' })
    expect(step({ panel: warned(SAMPLE_CARD_VERIFIED, 'ledger-older'), bill: SAMPLE_BILL_VERIFIED })).toEqual({ kind: 'ledger-older' })
  })

  it('whose bill it is, before the PIN of somebody for whom it was not made', () => {
    expect(step({ bill: { ...SAMPLE_BILL, madeFor: '测试二' } })).toEqual({ kind: 'pass-on' })
    expect(step({ panel: withCard(SAMPLE_CARD_VERIFIED), bill: { ...SAMPLE_BILL_VERIFIED, madeFor: '测试二' } })).toEqual({ kind: 'pass-on' })
    expect(step({ panel: { state: 'no-card' }, bill: { ...SAMPLE_BILL_NO_CARD, madeFor: '测试二' } }).kind).toBe('insert-card')
  })

  it('the card of the patient, or the bill of the holder, where the bill names another than the card', () => {
    const bill = { ...SAMPLE_BILL, outcome: { state: 'refused', refusal: OTHER_PERSON } } as const
    const [one, two, nobody] = SAMPLE_QUEUE
    if (one === undefined || two === undefined || nobody === undefined) throw new Error('the sample has no queue')
    const theirs = { kind: 'open-theirs', file: 'MZ2026030500001.json', holder: '测试一', refusal: OTHER_PERSON }
    expect(step({ bill, queue: [nobody, two, one] })).toEqual(theirs)
    const card = { kind: 'their-card', refusal: OTHER_PERSON }
    expect(step({ bill, queue: [nobody, two] })).toEqual(card)
    expect(step({ bill, queue: [{ ...one, state: 'in-doubt' }] })).toEqual(card)
    expect(step({ bill: { ...bill, source: 'opened' }, queue: [one] })).toEqual(card)
  })

  it('the PIN, and after it a new one where the first was never changed', () => {
    expect(step({})).toEqual({ kind: 'enter-pin', presence: 1 })
    expect(step({ panel: warned(SAMPLE_CARD, 'first-pin') }).kind).toBe('enter-pin')
    expect(step({ panel: warned(SAMPLE_CARD_VERIFIED, 'first-pin'), bill: SAMPLE_BILL_VERIFIED })).toEqual({ kind: 'change-pin', presence: 1 })
  })

  it('a hold in doubt stops the settling, but not the PIN that can close it', () => {
    expect(step({ panel: warned(SAMPLE_CARD, 'in-doubt') }).kind).toBe('enter-pin')
    expect(step({ panel: warned(SAMPLE_CARD_VERIFIED, 'in-doubt'), bill: SAMPLE_BILL_VERIFIED }).kind).toBe('card-refused')
  })

  it('the PIN before anything else, where it lets the card prove what it left in doubt', () => {
    const inDoubt = [{ ...SAMPLE_IN_DOUBT, needsPin: true }]
    const doubtful = { ...SAMPLE_CARD, warnings: [{ kind: 'in-doubt', blocks: false, refusal: CARD_EXPIRED }] } as const
    const panel = withCard(doubtful)
    expect(step({ panel, inDoubt, bill: null })).toEqual({ kind: 'prove-pin', presence: 1 })
    expect(step({ panel, inDoubt, bill: { ...SAMPLE_BILL, outcome: { state: 'empty' } } }).kind).toBe('prove-pin')
    // Given already, locked, another card's, of no use: on as ever.
    expect(step({ panel: withCard({ ...doubtful, verified: true }), inDoubt, bill: null }).kind).toBe('pick-bill')
    expect(step({ panel: withCard({ ...doubtful, triesLeft: 0 }), inDoubt, bill: null }).kind).toBe('pick-bill')
    expect(step({ inDoubt, bill: null }).kind).toBe('pick-bill')
    expect(step({ panel, inDoubt: [SAMPLE_IN_DOUBT], bill: null }).kind).toBe('pick-bill')
  })

  it('the settlement, with the cash that is on the screen and no other', () => {
    expect(step({ panel: withCard(SAMPLE_CARD_VERIFIED), bill: SAMPLE_BILL_VERIFIED })).toEqual({ kind: 'settle', presence: 1, revision: 1, cash: '0.00' })
  })

  it('no settlement while the sums do not know the account', () => {
    expect(step({ panel: withCard(SAMPLE_CARD_VERIFIED), bill: SAMPLE_BILL }).kind).toBe('wait')
  })
})
