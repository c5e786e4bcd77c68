/**
 * Is what a terminal states what its own claim comes to? The centre has computed the claim again; the first number that is
 * another is named. Where nothing is computed - the person, the place, the kind of visit - the hold must say what its claim says.
 */

import { policyYear } from '../../calendar/business-date.ts'
import type { EntryRefusal } from '../../batch/batch.ts'
import type { Calculation } from '../../calculation/calculation.ts'
import { counterOf } from '../../calculation/year-counters.ts'
import { FUNDS, SINGLE_AMOUNTS, type LineAmounts } from '../../calculation/settlement-result.ts'
import { debitAmounts } from '../../case/debit-amounts.ts'
import type { Hold, LedgerLine } from '../../ledger/fact.ts'
import { formatFen, type Fen } from '../../money/fen.ts'
import type { Policy } from '../../policy/policy-schema.ts'

type Wrong = Extract<EntryRefusal, { readonly kind: 'amounts-wrong' }>

const LINE = ['amount', 'ownPay', 'overCeiling', 'prePay', 'inScope'] as const satisfies readonly (keyof LedgerLine)[]
const DEBIT = ['account', 'own', 'pooled'] as const

export function wrongInStated(hold: Hold, calculation: Calculation, policy: Policy): Wrong | undefined {
  return wrongFacts(hold, calculation, policy) ?? wrongAmounts(hold, calculation) ?? wrongLines(hold, calculation) ?? wrongDebit(hold)
}

const wrong = (field: string, stated: string, computed: string): Wrong => ({ kind: 'amounts-wrong', field, stated, computed })

const wrongMoney = (field: string, stated: Fen, computed: Fen): Wrong | undefined =>
  stated === computed ? undefined : wrong(field, formatFen(stated), formatFen(computed))

function wrongFacts(hold: Hold, { claim }: Calculation, policy: Policy): Wrong | undefined {
  const { facts } = claim
  if (hold.insuranceType !== facts.insutype) return wrong('insuranceType', hold.insuranceType, facts.insutype)
  if (hold.medType !== facts.medType) return wrong('medType', hold.medType, facts.medType)
  if (hold.personType !== facts.psnType) return wrong('personType', hold.personType, facts.psnType)
  const year = policyYear(claim.begins, policy.policy_year_begins)
  return hold.policyYear === year ? undefined : wrong('policyYear', String(hold.policyYear), String(year))
}

function wrongAmounts({ amounts: stated, counters }: Hold, { amounts: computed, counters: moved }: Calculation): Wrong | undefined {
  for (const name of SINGLE_AMOUNTS) {
    if (stated[name] !== computed[name]) return wrongMoney(name, stated[name], computed[name])
  }
  for (const fund of FUNDS) {
    if (stated.funds[fund] !== computed.funds[fund]) return wrongMoney(fund, stated.funds[fund], computed.funds[fund])
  }
  for (const name of [...Object.keys(moved), ...Object.keys(counters)]) {
    const [one, other] = [counterOf(counters, name), counterOf(moved, name)]
    if (one !== other) return wrongMoney(`counters.${name}`, one, other)
  }
  return undefined
}

function wrongLines({ lines: stated }: Hold, { lines: computed }: Calculation): Wrong | undefined {
  if (stated.length !== computed.length) return wrong('lines', String(stated.length), String(computed.length))
  for (const [index, line] of stated.entries()) {
    const other = computed[index]
    if (other === undefined) return undefined
    if (line.lineNo !== other.lineNo) return wrong(`lines[${index}].lineNo`, line.lineNo, other.lineNo)
    const code = other.line.medListCodg ?? ''
    if (line.itemCode !== code) return wrong(`lines[${index}].itemCode`, line.itemCode, code)
    // Nearly every line is right: which amount of it is not, is looked for where one is not.
    if (areSame(line, other)) continue
    for (const name of LINE) {
      if (line[name] !== other[name]) return wrongMoney(`lines[${index}].${name}`, line[name], other[name])
    }
  }
  return undefined
}

const areSame = (one: LineAmounts, other: LineAmounts): boolean =>
  one.amount === other.amount &&
  one.ownPay === other.ownPay &&
  one.overCeiling === other.overCeiling &&
  one.prePay === other.prePay &&
  one.inScope === other.inScope

/** What the card signed is what was settled: its account paid the whole account part, and nobody else's account anything. */
function wrongDebit({ amounts, intent }: Hold): Wrong | undefined {
  const due = debitAmounts(amounts, intent.balanceBefore === undefined ? 'at-centre' : 'on-card')
  for (const name of DEBIT) {
    if (intent.amounts[name] !== due[name]) return wrongMoney(`intent.${name}`, intent.amounts[name], due[name])
  }
  return wrongMoney('account', amounts.account, intent.amounts.account)
}
