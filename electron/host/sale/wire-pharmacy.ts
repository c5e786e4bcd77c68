/** What eligibility is judged by at a till with a window: its rules, its people, what its centre told. */

import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import type { BillRules } from '../bill/bill.ts'
import type { CardRegister } from '../card-register.ts'
import type { TillRules } from '../sync/till-rules.ts'
import type { TillSync } from '../sync/till-sync.ts'
import { systemClock } from '../system.ts'
import type { TillFile } from '../till-file.ts'
import type { EligibilityFiles } from './open-pharmacy.ts'
import { Pharmacy } from './pharmacy.ts'

interface OpenedParts {
  readonly till: TillFile
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly eligibility: EligibilityFiles
}

interface PharmacyParts {
  readonly billRules: BillRules
  readonly rules: TillRules
  readonly sync: TillSync
  readonly register: () => CardRegister
}

export const pharmacyOf = ({ till, ledger, catalogue, eligibility: { people, ...files } }: OpenedParts, { billRules, rules, sync, register }: PharmacyParts): Pharmacy =>
  new Pharmacy({
    ...files,
    till,
    ledger,
    catalogue,
    billRules,
    rulesFor: (region, on) => rules.rulesFor(region, on),
    clock: systemClock,
    terminal: () => sync.terminal,
    registered: (cardId) => register().get(cardId),
    known: (citizenNumber) => people.get(citizenNumber),
    told: (citizenNumber, insutype) => sync.entitlements(citizenNumber, insutype)
  })
