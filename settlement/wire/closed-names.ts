/** Why funds are closed to a person, in words: the names of the eligibility reasons that a claim's fund_closed may carry. */

import type { CodeName } from './code-names.ts'

const NAMES: Readonly<Record<string, CodeName>> = {
  'card-lost-formally': { zh: '社保卡已正式挂失', en: 'the card is reported lost' },
  'card-lost-temporarily': { zh: '社保卡已临时挂失', en: 'the card is reported lost for the time being' },
  'card-not-activated': { zh: '社保卡未激活', en: 'the card is not activated' },
  'card-expired': { zh: '社保卡已过有效期', en: 'the card has expired' },
  'not-insured': { zh: '未参保', en: 'not insured' },
  'insurance-ended': { zh: '参保已终止', en: 'the insurance has ended' },
  'insurance-suspended': { zh: '暂停参保', en: 'the insurance is suspended' },
  'in-arrears': { zh: '欠缴医保费', en: 'premiums are owed' },
  'break-too-long': { zh: '中断缴费超过规定月数', en: 'the break in payment was too long' },
  'waiting-period': { zh: '待遇等待期内', en: 'within the waiting period' },
  'fund-not-enjoyed': { zh: '不享受该项待遇', en: 'not entitled to this benefit' },
  'in-hospital': { zh: '住院期间', en: 'in hospital' },
  'other-region-not-filed': { zh: '异地就医未备案', en: 'insured elsewhere, nothing filed' },
  'status-unknown': { zh: '参保状态未知', en: 'the insurance status is not known' },
  'not-a-pooling-place': { zh: '本机构未开通门诊统筹', en: 'the place takes no part in outpatient pooling' },
  'prescription-missing': { zh: '无处方', en: 'no prescription' }
}

/** A reason without a name here is shown as it stands. */
export const closedName = (reason: string): CodeName => NAMES[reason] ?? { zh: reason, en: reason }

/** psn_insu_stas of an insurance that is not in force. */
const STATUSES: Readonly<Record<string, string>> = { '0': 'not-insured', '2': 'insurance-suspended', '3': 'insurance-ended', '4': 'insurance-ended' }

export const notInForceName = (status: string): CodeName => closedName(STATUSES[status] ?? 'status-unknown')
