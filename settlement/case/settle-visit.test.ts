import { describe, expect, it } from 'vitest'
import { ok, refuse } from '../../base/result.ts'
import { FUNDS, type Amounts, type Fund } from '../calculation/settlement-result.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { fen, ZERO, type Fen } from '../money/fen.ts'
import type { DebitEvidence, DebitIntent, DebitOutcome, PaymentDevice, Resolution } from '../payment/payment-device.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { debitAmounts } from './debit-amounts.ts'
import { recoverHolds } from './recover-holds.ts'
import { settleVisit, type SettleStep, type VisitToSettle } from './settle-visit.ts'

/** W01 Yangzhou: 1500.00 in scope, deductible 600.00, fund 585.00, the account pays the remaining 915.00. */
const AMOUNTS: Amounts = {
  total: fen(150_000),
  ownPay: ZERO,
  overCeiling: ZERO,
  prePay: ZERO,
  inScope: fen(150_000),
  deductible: fen(60_000),
  funds: Object.fromEntries(FUNDS.map((fund) => [fund, fund === 'hifp_pay' ? fen(58_500) : ZERO])) as Record<Fund, Fen>,
  fundPaid: fen(58_500),
  personal: fen(91_500),
  account: fen(91_500),
  mutualAid: ZERO,
  cash: ZERO,
  hospital: ZERO
}

const TIME = '20260315093015'

const visitNo = (number: string, settlementId = `S-${number}`): Omit<VisitToSettle, 'yearBefore'> => ({
  settlementId,
  visit: { institution: 'H99999900001', visitNo: number },
  personNo: '000000199001010018',
  insuranceType: '310',
  policyYear: 2026,
  medType: '11',
  personType: '12',
  policy: { id: '999999', version: 'test' },
  amounts: AMOUNTS,
  lines: [
    {
      lineNo: '1',
      itemCode: 'X000000000000000000000T',
      itemName: '测试药一',
      amount: fen(150_000),
      ownPay: ZERO,
      overCeiling: ZERO,
      prePay: ZERO,
      inScope: fen(150_000)
    }
  ],
  counters: { act_pay_dedc: fen(60_000), hifp_pay: fen(58_500) },
  claim: new TextEncoder().encode('{"psn_type":"12"}'),
  result: new Uint8Array(0),
  heldAt: TIME,
  debit: debitAmounts(AMOUNTS, 'on-card')
})

const evidence = (serialAfter: number, balanceAfter: Fen): DebitEvidence => ({
  source: 'debit-answer',
  tac: 'AF80675D',
  mac2: '5C338336',
  serialAfter,
  balanceAfter
})

/** A card with 2760.00 and serial 5 whose debit ends as scripted. */
function card(script: { debit?: DebitOutcome; resolve?: Resolution; refusesToStart?: boolean }): PaymentDevice & { debits: number } {
  const device = {
    debits: 0,
    initialise: (amounts: Parameters<PaymentDevice['initialise']>[0], time: string) =>
      Promise.resolve(
        script.refusesToStart === true
          ? refuse({ kind: 'pin-not-verified' } as const)
          : ok({
              cardId: '999999D15600000500000001E3D8C079',
              serialBefore: 5,
              balanceBefore: fen(276_000),
              terminalNo: '999999000001',
              terminalSerial: 18,
              time,
              amounts
            })
      ),
    debit: () => {
      device.debits += 1
      return Promise.resolve(script.debit ?? { kind: 'debited' as const, evidence: evidence(6, fen(184_500)) })
    },
    resolve: () => Promise.resolve(script.resolve ?? { kind: 'unresolved' as const, reason: 'no-card' })
  }
  return device
}

/** The same of another card. */
const renamed = (intent: Awaited<ReturnType<PaymentDevice['initialise']>>): typeof intent =>
  intent.ok ? ok({ ...intent.value, cardId: '999999D15600000500000002E3D8C079' }) : intent

const ledgerOf = (): Ledger => writeLedger(memoryStore())

function openVisits(ledger: Ledger): string[] {
  const open = ledger.openHolds()
  return open.ok ? open.value.map(({ fact }) => fact.visit.visitNo) : ['unreadable']
}

function settle(ledger: Ledger, device: PaymentDevice, visit = visitNo('1'), steps: SettleStep[] = []) {
  const year = ledger.counters(visit)
  return settleVisit({ ledger, device, reached: (step) => steps.push(step) }, { ...visit, yearBefore: year.ok ? year.value : {} })
}

describe('settling a visit', () => {
  it('holds before the card is asked and posts with its evidence', async () => {
    const ledger = ledgerOf()
    const steps: SettleStep[] = []
    const settled = await settle(ledger, card({}), visitNo('1'), steps)
    expect(steps).toEqual(['initialised', 'held', 'debited', 'posted'])
    expect(settled.ok && settled.value.evidence.tac).toBe('AF80675D')
    expect(ledger.counters(visitNo('1'))).toEqual(ok({ act_pay_dedc: 60_000, hifp_pay: 58_500 }))
    expect(openVisits(ledger)).toEqual([])
  })

  it('a card that refuses the debit leaves nothing but a released hold, and the visit may be tried again', async () => {
    const ledger = ledgerOf()
    const refusal = { kind: 'insufficient-balance', balance: fen(100), asked: fen(91_500) } as const
    expect(await settle(ledger, card({ debit: { kind: 'not-debited', refusal } }))).toEqual(refuse({ kind: 'device', refusal }))
    expect(openVisits(ledger)).toEqual([])
    expect((await settle(ledger, card({}), visitNo('1', 'S-2'))).ok).toBe(true)
  })

  it('a card that refuses to start leaves no trace at all', async () => {
    const ledger = ledgerOf()
    const result = await settle(ledger, card({ refusesToStart: true }))
    expect(result).toEqual(refuse({ kind: 'device', refusal: { kind: 'pin-not-verified' } }))
    expect(ledger.holdByVisit(visitNo('1').visit)).toEqual(ok(undefined))
  })

  it('a year that moves while the card is asked leaves no hold, and the card uncharged', async () => {
    const ledger = ledgerOf()
    const device = card({})
    const asked: PaymentDevice = {
      ...device,
      initialise: async (...request) => {
        await settle(ledger, card({}), visitNo('2'))
        return device.initialise(...request)
      }
    }
    expect(await settle(ledger, asked)).toEqual(refuse({ kind: 'year-moved' }))
    expect([ledger.holdByVisit(visitNo('1').visit), device.debits]).toEqual([ok(undefined), 0])
  })

  it('no answer to the debit is in doubt: not settled, not free, and not debited again', async () => {
    const ledger = ledgerOf()
    const device = card({ debit: { kind: 'unknown', cause: 'card-removed' } })
    expect(await settle(ledger, device)).toEqual(
      refuse({ kind: 'in-doubt', settlementId: 'S-1', cause: 'card-removed' })
    )
    expect(openVisits(ledger)).toEqual(['1'])
    const again = await settle(ledger, device, visitNo('1', 'S-2'))
    expect(again.ok ? '' : again.error.kind === 'ledger' && again.error.refusal.kind).toBe('visit-in-doubt')
    expect(device.debits).toBe(1)
  })

  it('a visit settles once', async () => {
    const ledger = ledgerOf()
    const device = card({})
    await settle(ledger, device)
    const again = await settle(ledger, device, visitNo('1', 'S-2'))
    expect(again.ok ? '' : again.error.kind === 'ledger' && again.error.refusal.kind).toBe('visit-already-settled')
    expect(device.debits).toBe(1)
  })
})

describe('recovering holds', () => {
  const inDoubt = async (): Promise<Ledger> => {
    const ledger = ledgerOf()
    await settle(ledger, card({ debit: { kind: 'unknown', cause: 'no-answer' } }))
    return ledger
  }

  it('posts when the card proves the debit', async () => {
    const ledger = await inDoubt()
    const proof = evidence(6, fen(184_500))
    const recovered = await recoverHolds(ledger, card({ resolve: { kind: 'debited', evidence: proof } }), TIME)
    expect(recovered.ok && recovered.value.map(({ kind }) => kind)).toEqual(['posted'])
    expect(openVisits(ledger)).toEqual([])
    expect(ledger.counters(visitNo('1'))).toEqual(ok({ act_pay_dedc: 60_000, hifp_pay: 58_500 }))
  })

  it('releases when the card proves that nothing happened, and charges no counter', async () => {
    const ledger = await inDoubt()
    const recovered = await recoverHolds(ledger, card({ resolve: { kind: 'not-debited', proof: 'serial still 5' } }), TIME)
    expect(recovered.ok && recovered.value.map(({ kind }) => kind)).toEqual(['released'])
    expect(ledger.counters(visitNo('1'))).toEqual(ok({}))
  })

  it('tells the device which debits of that card this ledger has posted, and of no other card', async () => {
    const ledger = ledgerOf()
    const other = { ...card({}), initialise: async (...asked: Parameters<PaymentDevice['initialise']>) => renamed(await card({}).initialise(...asked)) }
    await settle(ledger, card({}), visitNo('1'))
    await settle(ledger, other, visitNo('2'))
    await settle(ledger, card({ debit: { kind: 'unknown', cause: 'no-answer' } }), visitNo('3'))
    const told: (readonly DebitIntent[])[] = []
    const asked: PaymentDevice = {
      ...card({}),
      resolve: (_, proved) => {
        told.push(proved())
        return Promise.resolve({ kind: 'unresolved', reason: 'log-does-not-show-it' })
      }
    }
    await recoverHolds(ledger, asked, TIME)
    expect(told.map((proved) => proved.map(({ cardId, serialBefore }) => [cardId, serialBefore]))).toEqual([[['999999D15600000500000001E3D8C079', 5]]])
  })

  it('what the centre has released while the card was asked is released', async () => {
    const ledger = await inDoubt()
    const asked: PaymentDevice = {
      ...card({}),
      resolve: () => {
        ledger.release({ settlementId: visitNo('1').settlementId, proof: 'serial-used-elsewhere: booked 20260315100500', releasedAt: TIME })
        return Promise.resolve({ kind: 'not-debited', proof: 'serial-taken-by-another' })
      }
    }
    const recovered = await recoverHolds(ledger, asked, TIME)
    expect(recovered.ok && recovered.value).toMatchObject([{ kind: 'released', proof: 'serial-taken-by-another' }])
    expect(openVisits(ledger)).toEqual([])
  })

  it('keeps the hold and its reason without proof', async () => {
    const ledger = await inDoubt()
    const recovered = await recoverHolds(ledger, card({ resolve: { kind: 'unresolved', reason: 'another card' } }), TIME)
    expect(recovered.ok && recovered.value).toMatchObject([{ kind: 'in-doubt', reason: 'another card' }])
    expect(openVisits(ledger)).toEqual(['1'])
  })
})

describe('the three amounts that the card signs', () => {
  it('account on the card: what the purse pays, own payment within scope, funds', () => {
    expect(debitAmounts(AMOUNTS, 'on-card')).toEqual({ account: 91_500, own: 91_500, pooled: 58_500 })
  })

  it('account at the centre: nothing, the whole bill, account and funds', () => {
    expect(debitAmounts(AMOUNTS, 'at-centre')).toEqual({ account: 0, own: 150_000, pooled: 150_000 })
  })

  it('mutual aid comes from another account, not from this purse', () => {
    const amounts: Amounts = { ...AMOUNTS, mutualAid: fen(1_500) }
    expect(debitAmounts(amounts, 'on-card').account).toBe(90_000)
  })
})
