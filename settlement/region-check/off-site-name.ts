/** What a filing of care elsewhere is called. */

import type { OffSiteFiling } from '../policy/policy-parts.ts'
import type { Words } from './finding.ts'

const NAMES: Readonly<Record<OffSiteFiling, Words>> = {
  resident: { zh: '长期异地居住备案', en: 'filed residents elsewhere' },
  referral: { zh: '转诊备案', en: 'referred' },
  emergency: { zh: '异地急诊', en: 'emergency elsewhere' },
  unfiled: { zh: '未备案', en: 'nothing filed' }
}

export const offSiteName = (filing: OffSiteFiling): Words => NAMES[filing]
