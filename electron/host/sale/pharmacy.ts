/** What stands behind a counter that judges eligibility: rules, catalogue, people, the ledger, the prescription platform. */

import { ok, type Result } from '../../../base/result.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import type { Place } from '../../../settlement/eligibility/question.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { BillRules } from '../bill/bill.ts'
import { institutionDivision } from '../patient.ts'
import type { Clock } from '../system.ts'
import type { TillFile } from '../till-file.ts'
import type { CaseSources } from './sale-case.ts'
import type { SalePorts } from './sale.ts'

export interface PharmacyPorts extends Omit<CaseSources, 'place' | 'ledger'> {
  readonly till: TillFile
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly billRules: BillRules
  readonly rulesFor: (region: string, on: BusinessDate) => Result<CompiledRules, RulesRefusal>
  readonly clock: Clock
  readonly terminal: () => string | undefined
  /** Ed25519 of the prescription platform: SPKI in DER, base64. */
  readonly platformKey: string
  /** Where its prescriptions wait. */
  readonly rxFolder: string
}

export class Pharmacy {
  readonly ports: PharmacyPorts

  constructor(ports: PharmacyPorts) {
    this.ports = ports
  }

  get till(): TillFile {
    return this.ports.till
  }

  get ledger(): Ledger {
    return this.ports.ledger
  }

  get catalogue(): Catalogue {
    return this.ports.catalogue
  }

  get clock(): Clock {
    return this.ports.clock
  }

  get terminal(): () => string | undefined {
    return this.ports.terminal
  }

  get platformKey(): string {
    return this.ports.platformKey
  }

  get rxFolder(): string {
    return this.ports.rxFolder
  }

  /** What a sale of this day stands on. */
  salePorts(on: BusinessDate): Result<SalePorts & { readonly ledger: Ledger }, RulesRefusal> {
    const { till, rulesFor } = this.ports
    const place = placeOf(till)
    const rules = rulesFor(place.region, on)
    return rules.ok ? ok({ ...this.ports, place, placeName: till.institution.fixmedins_name, rules: rules.value, on }) : rules
  }
}

const NOT_RATED = 0

export function placeOf({ institution }: TillFile): Place {
  const { fixmedins_code, level = NOT_RATED, kind } = institution
  return {
    code: fixmedins_code,
    region: institutionDivision(fixmedins_code),
    kind,
    level,
    isPooling: institution.is_pooling,
    isDualChannel: institution.is_dual_channel
  }
}
