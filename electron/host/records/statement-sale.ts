/** What a statement says of a pharmacy's sale beside its amounts, read from the claim that the ledger holds: prescription, packs, why own pay. */

import { z } from 'zod'
import { jsonFromUtf8 } from '../../../base/utf8.ts'
import type { StatementSale, StatementSaleLine } from '../../contract/settlement-view.ts'
import type { Text } from '../../contract/text.ts'
import { isPharmacyCode } from '../patient.ts'
import { replacedVisit } from './replaced-visit.ts'

const optional = z.string().optional().catch(undefined)

const lineSchema = z.object({
  feedetl_sn: optional,
  hosp_appr_flag: optional,
  chrgitm_lv: optional,
  prd_days: optional,
  sin_dos_dscr: optional,
  used_frqu_dscr: optional,
  return_of: optional,
  drug_trac_info: z.array(z.object({ drug_trac_codg: z.string(), trdn_flag: z.enum(['0', '1']) })).catch([])
})

const claimSchema = z.object({
  rx: z.object({ rxno: z.string(), kind: z.enum(['paper', 'electronic']).catch('paper'), issued_on: optional, rxfixmedins_code: optional }).optional().catch(undefined),
  lines: z.array(lineSchema).catch([])
})

export interface SaleOfRecord {
  readonly sale: StatementSale | null
  readonly lines: ReadonlyMap<string, StatementSaleLine>
}

const NO_SALE: SaleOfRecord = { sale: null, lines: new Map() }

export interface SaleSources {
  readonly institution: string
  readonly visitNo: string
  readonly claim: Uint8Array
  /** Why no fund paid, by line, in the words of the day of the sale. */
  readonly ownPay: Readonly<Record<string, Text>>
}

export function saleOfRecord({ institution, claim, ownPay, visitNo }: SaleSources): SaleOfRecord {
  if (!isPharmacyCode(institution)) return NO_SALE
  const document = claimSchema.safeParse(jsonFromUtf8(claim))
  if (!document.success) return { sale: { rx: null, replaces: replacedVisit(visitNo) }, lines: new Map() }
  const { rx, lines } = document.data
  const rxView = rx === undefined ? null : { number: rx.rxno, kind: rx.kind, issuedOn: rx.issued_on ?? '', institution: rx.rxfixmedins_code ?? '' }
  return {
    sale: { rx: rxView, replaces: replacedVisit(visitNo) },
    lines: new Map(lines.map((line, index) => [line.feedetl_sn ?? String(index + 1), saleLine(line, ownPay[line.feedetl_sn ?? String(index + 1)])]))
  }
}

function saleLine(line: z.output<typeof lineSchema>, why: Text | undefined): StatementSaleLine {
  return {
    packs: line.drug_trac_info.map(({ drug_trac_codg, trdn_flag }) => ({ traceCode: drug_trac_codg, isSplit: trdn_flag === '1' })),
    dose: line.sin_dos_dscr ?? null,
    frequency: line.used_frqu_dscr ?? null,
    days: line.prd_days ?? null,
    ownPayReason: why ?? (line.hosp_appr_flag === '2' || line.chrgitm_lv === '03' ? OWN_PAY : null),
    returnOf: line.return_of ?? null
  }
}

const OWN_PAY: Text = { zh: '自费', en: 'own pay' }
