/** What is covered, and of which a fund pays nothing this time: all of it that counts goes to the deductible. */

import type { Calculation } from '../../../settlement/calculation/calculation.ts'

export const isWithinDeductible = ({ amounts, steps }: Calculation): boolean =>
  amounts.fundPaid === 0 && steps.some((step) => step.kind === 'deductible' && step.paid > 0)
