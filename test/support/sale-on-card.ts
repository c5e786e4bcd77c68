/** A pharmacy's sales on one card, computed by the calculation and written by the ledger as a till does it, without a till. */

import { readFileSync } from 'node:fs'
import { calculate } from '../../settlement/calculation/calculate.ts'
import { parseCatalogue } from '../../settlement/catalogue/parse-catalogue.ts'
import { debitAmounts } from '../../settlement/case/debit-amounts.ts'
import type { Hold } from '../../settlement/ledger/fact.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { ledgerLineOf } from '../../settlement/ledger/ledger-line.ts'
import { fen, type Fen } from '../../settlement/money/fen.ts'
import { compilePolicy } from '../../settlement/policy/compile-policy.ts'
import { composeStatedClaim } from '../../settlement/visit/compose-claim.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { value } from '../contract/ledger-store.contract.ts'
import { parsedPolicy, region } from '../worked-examples/bill.ts'

const POLICY = compilePolicy(parsedPolicy(region('510500-luzhou-2023')))
const CATALOGUE = value(parseCatalogue(JSON.parse(readFileSync(new URL('../../fixtures/catalogue/demo.json', import.meta.url), 'utf8'))))

export interface BuyersCard {
  readonly personNo: string
  readonly cardId: string
  /** fen */
  balance: Fen
  serial: number
}

/** What the till would hold before it debits: the year as the ledger has it, the account as the card has it. */
export function holdOf(ledger: Ledger, card: BuyersCard, visit: Visit, settlementId: string, heldAt: string): Hold {
  const key = { personNo: card.personNo, insuranceType: '310', policyYear: 2023 }
  const account = { currentYear: card.balance, pastYears: fen(0), mutualAid: [] }
  const { certno: _certno, psn_name: _name, psn_type = '12', ...facts } = visit.insured ?? {}
  const person = { certno: card.personNo, ...facts, insutype: '310', psn_type } as const
  const counters = value(ledger.counters(key))
  const { claim, stated } = value(composeStatedClaim({ visit, person, account, counters, catalogue: CATALOGUE }))
  const calculation = value(calculate(POLICY, claim))
  return {
    ...key,
    settlementId,
    visit: { institution: visit.fixmedins_code, visitNo: visit.ipt_otp_no },
    medType: claim.facts.medType,
    personType: claim.facts.psnType,
    policy: { id: '510500', version: '2023.9' },
    amounts: calculation.amounts,
    lines: calculation.lines.map(ledgerLineOf),
    counters: calculation.counters,
    claim: new TextEncoder().encode(JSON.stringify(stated)),
    result: new Uint8Array(0),
    heldAt,
    intent: {
      cardId: card.cardId,
      serialBefore: card.serial,
      balanceBefore: card.balance,
      terminalNo: '999999000001',
      terminalSerial: card.serial,
      time: heldAt,
      amounts: debitAmounts(calculation.amounts, 'on-card')
    }
  }
}

/** Debits the card and posts the hold. */
export function payFrom(ledger: Ledger, card: BuyersCard, { settlementId, intent, heldAt }: Hold): void {
  card.balance = fen(card.balance - intent.amounts.account)
  card.serial += 1
  const evidence = { source: 'debit-answer', tac: 'a1b2c3d4', mac2: '01020304', serialAfter: card.serial, balanceAfter: card.balance } as const
  value(ledger.post({ settlementId, evidence, postedAt: heldAt }))
}

export function settleOn(ledger: Ledger, card: BuyersCard, visit: Visit, settlementId: string, heldAt: string): Hold {
  const hold = holdOf(ledger, card, visit, settlementId, heldAt)
  value(ledger.hold(hold))
  payFrom(ledger, card, hold)
  return hold
}
