/** What windows were told, as the auditor wants to find it again. Amounts are fen. */

export interface Told {
  readonly till: string
  readonly kind: 'settled' | 'refunded' | 'loaded'
  readonly id: string
  readonly account: number
  readonly total: number
}

/** "12.30" -> 1230; the window speaks in yuan. */
export function fenOf(yuan: string): number {
  const [, sign = '', whole = '0', cents = '00'] = /^(-?)(\d+)\.(\d{2})$/.exec(yuan) ?? []
  return Number(`${sign}${whole}${cents}`)
}
