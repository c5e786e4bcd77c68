/** Yuan as a decimal string to fen. The schema has checked the shape; card/ has no other use for money. */

import { invariant } from '../../../base/invariant.ts'

const SHAPE = /^(\d{1,8})(?:\.(\d{1,2}))?$/

export function fenOf(yuan: string): number {
  const match = SHAPE.exec(yuan)
  invariant(match !== null, `"${yuan}" is no amount`)
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

export const amountText = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
