/** A holder whose card has something open at a till comes back to it: card in, PIN, and the card says what became of it. */

import type { Outcome } from '../operation.ts'
import type { ComeBackPlan } from './plan.ts'
import { proveOpen } from './take-money.ts'
import type { Undertaking } from './undertaking.ts'

export async function comeBack(op: Undertaking<ComeBackPlan>): Promise<Outcome> {
  const proved = await proveOpen(op)
  if (!proved.ok) return proved.error
  return proved.value ? { kind: 'done' } : { kind: 'in-doubt', request: 'card' }
}
