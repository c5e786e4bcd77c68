/** A terminal's ledger and its centre side by side: what each says was booked, to the fen. */

import { keptLinks } from '../../settlement/centre/record/chain-copy.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { FUNDS, type Amounts } from '../../settlement/calculation/settlement-result.ts'
import type { LedgerReader } from '../../settlement/ledger/ledger.ts'
import { got } from './sync-world.ts'

export interface Booked {
  readonly settlements: number
  readonly corrections: number
  /** fen, by name, of everything booked less what was taken back. */
  readonly sums: Readonly<Record<string, number>>
}

const COLUMNS = {
  total: 'total',
  ownPay: 'own_pay',
  overCeiling: 'over_ceiling',
  prePay: 'pre_pay',
  inScope: 'in_scope',
  deductible: 'deductible',
  fundPaid: 'fund_paid',
  personal: 'personal',
  account: 'account',
  mutualAid: 'mutual_aid',
  cash: 'cash',
  hospital: 'hospital'
} as const satisfies Readonly<Record<Exclude<keyof Amounts, 'funds'>, string>>

const zeros = (): Record<string, number> => Object.fromEntries([...Object.values(COLUMNS), ...FUNDS].map((name) => [name, 0]))

/** What the terminal knows to be booked: confirmed, of record where the centre has said so. */
export function bookedHere(ledger: LedgerReader): Booked {
  const sums = zeros()
  let [settlements, corrections] = [0, 0]
  for (const { confirmation, correctionConfirmation, effective } of got(ledger.settlements({ limit: 100_000 }))) {
    const sign = (confirmation === undefined ? 0 : 1) - (correctionConfirmation === undefined ? 0 : 1)
    if (confirmation !== undefined) settlements += 1
    if (correctionConfirmation !== undefined) corrections += 1
    for (const [name, column] of Object.entries(COLUMNS)) {
      const amount = effective.amounts[name as keyof typeof COLUMNS]
      sums[column] = (sums[column] ?? 0) + sign * amount
    }
    for (const fund of FUNDS) sums[fund] = (sums[fund] ?? 0) + sign * effective.amounts.funds[fund]
  }
  return { settlements, corrections, sums }
}

export async function bookedThere({ db }: CentreDatabase, terminal: string): Promise<Booked> {
  const rows = await db.selectFrom('settlement').selectAll().where('terminal', '=', terminal).execute()
  const sums = zeros()
  for (const row of rows) {
    for (const column of [...Object.values(COLUMNS), ...FUNDS]) sums[column] = (sums[column] ?? 0) + row[column]
  }
  const corrections = rows.filter(({ reverses }) => reverses !== null).length
  return { settlements: rows.length - corrections, corrections, sums }
}

/** Both chains, link by link: sequence, hash, content. */
export const chainHere = (ledger: LedgerReader): readonly string[] =>
  got(ledger.log(0, 1_000_000)).map(({ sequence, hash, content }) => `${sequence} ${hex(hash)} ${hex(content)}`)

export async function chainThere({ db }: CentreDatabase, terminal: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('batch').select('body').where('terminal', '=', terminal).orderBy('number').execute()
  return rows.flatMap(({ body }) => keptLinks(body)).map(({ sequence, hash, content }) => `${sequence} ${hash} ${hex(content)}`)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
