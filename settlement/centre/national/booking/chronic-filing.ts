/** Chronic-disease benefits are for who has filed the disease: valid on the day and, where places were chosen, at this one (5301; 1.12, 5). */

import { filingsOf, isValidOn } from '../../record/people.ts'
import type { Call } from '../transaction/transaction.ts'

/** And every kind of visit that begins so. */
const CHRONIC = '14'

export interface Filed {
  readonly psnNo: string
  readonly medType: string
  /** Empty: any of them. */
  readonly diseCodg: string
  /** yyyy-MM-dd */
  readonly day: string
}

/** False for a chronic-disease visit that no filing covers. */
export async function isFiled({ db, institution }: Call, { psnNo, medType, diseCodg, day }: Filed): Promise<boolean> {
  if (!medType.startsWith(CHRONIC)) return true
  const filings = await filingsOf(db, [psnNo])
  return filings.some(
    (filing) =>
      filing.kind === 'chronic-disease' &&
      (diseCodg === '' || filing.code === diseCodg) &&
      (filing.fixmedins_code === null || filing.fixmedins_code === institution.fixmedins_code) &&
      isValidOn(filing, day)
  )
}

export const NOT_FILED = '无有效门诊慢特病备案'
