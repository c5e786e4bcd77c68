/**
 * Opens the pharmacy's side of a till with a window: its people, its prescriptions, its rules, what its centre told. This module
 * brings the whole of that side with it and is imported by nobody at the start.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { BillRules } from '../bill/bill.ts'
import type { CardRegister } from '../card-register.ts'
import type { Machine } from '../machine.ts'
import type { TillRules } from '../sync/till-rules.ts'
import type { TillSync } from '../sync/till-sync.ts'
import type { TillFile } from '../till-file.ts'
import { eligibilityHere } from './eligibility-here.ts'
import { openEligibilityFiles } from './open-pharmacy.ts'
import { openSale } from './open-sale.ts'
import { Pharmacy } from './pharmacy.ts'
import { SaleDesk } from './sale-desk.ts'
import type { SaleSide } from './sale-door.ts'

export interface SideParts {
  readonly machine: Machine
  /** Folders: of the counter, and of what the terminal is delivered with. */
  readonly data: string
  readonly fixtures: string
  readonly till: TillFile
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly billRules: BillRules
  readonly rules: TillRules
  readonly sync: TillSync
  readonly register: () => CardRegister
}

export function openSaleSide(parts: SideParts): Result<SaleSide, string> {
  const { clock, files: steps } = parts.machine
  const files = openEligibilityFiles(parts.data, parts.fixtures, clock().today, steps)
  if (!files.ok) return refuse(files.error.message)
  const { people, ...platform } = files.value
  const { till, ledger, catalogue, billRules, rules, sync, register } = parts
  const pharmacy = new Pharmacy({
    ...platform,
    till,
    ledger,
    catalogue,
    billRules,
    rulesFor: (region, on) => rules.rulesFor(region, on),
    clock,
    terminal: () => sync.terminal,
    registered: (cardId) => register().get(cardId),
    known: (citizenNumber) => people.get(citizenNumber),
    told: billRules.told ?? (() => undefined)
  })
  // Today's rules are read and put together now, not while somebody holds a scanner; a place without rules is told at the sale.
  pharmacy.salePorts(clock().today)
  return ok({
    openBill: (visit, from) => openSale(pharmacy, visit, from),
    covered: (card, asked) => eligibilityHere(pharmacy, card, asked),
    deskOf: (bills, countersMoved) => new SaleDesk(pharmacy, bills, countersMoved)
  })
}
