/** Words for what stands against the person, the card and the place. */

import type { Saying } from './say-reason.ts'

const TO_CLAIM = ['今天先自付并保留发票，事后到经办窗口申请报销', 'Pay today, keep the invoice, claim at the service window afterwards.'] as const

export const PERSON_SAYINGS = {
  'card-lost-formally': {
    by: 'service-window',
    what: ['该卡已于 {reported} 正式挂失', 'The card was formally reported lost on {reported}.'],
    mend: ['携身份证到社保服务窗口补卡（约五个工作日）；卡已找回的，凭身份证解挂', 'The service window replaces it against the ID card, within about five working days; a card that was found is freed there too.'],
    today: ['可改用医保电子凭证；否则先付现金，领卡后凭发票报销', 'Use the e-certificate where it still serves; otherwise pay cash and claim when the new card is there.']
  },
  'card-lost-temporarily': {
    by: 'patient',
    what: ['该卡已于 {reported} 临时挂失[，有效至 {until}]', 'The card was reported lost for the time being on {reported}[; the report holds through {until}].'],
    mend: ['拨打 12333 取消挂失；确已遗失的，到窗口正式挂失并补卡', 'Call 12333 to lift the report; if the card is gone, report it formally at the window, which also starts the replacement.'],
    today: ['可改用医保电子凭证；否则先付现金，事后报销', 'Use the e-certificate where it still serves; otherwise pay cash and claim afterwards.']
  },
  'card-not-activated': {
    by: 'service-window',
    what: ['该卡尚未启用', 'The card was never activated.'],
    mend: ['持卡和身份证到社保服务窗口或发卡银行启用', 'The service window or the issuing bank activates it against card and ID card.'],
    today: ['可改用医保电子凭证；否则先付现金，事后报销', 'Use the e-certificate; otherwise pay cash and claim afterwards.']
  },
  'card-expired': {
    by: 'bank',
    what: ['该卡有效期至 {expired}，已过期', 'The card ran out on {expired}.'],
    mend: ['凭身份证到发卡银行或社保服务窗口换卡（约五个工作日）', 'The issuing bank or the service window replaces it against the ID card, within about five working days.'],
    today: ['可改用医保电子凭证；否则先付现金，事后报销', 'Use the e-certificate; otherwise pay cash and claim afterwards.']
  },
  'not-insured': {
    by: 'patient',
    what: ['此人未参加该险种', 'The person does not take part in this insurance.'],
    mend: ['通过单位或到社区、经办窗口参保登记', 'The employer, the community or the service window registers for it.']
  },
  'insurance-ended': {
    by: 'patient',
    what: ['医保关系无效或已终止', 'The insurance is invalid or has ended.'],
    mend: ['到经办窗口办理续保或转移', 'The service window renews or transfers it.']
  },
  'insurance-suspended': {
    by: 'employer',
    what: ['参保已暂停[（自 {since} 起）]', 'The insurance is suspended[ since {since}].'],
    mend: ['由单位或社区补缴后恢复；不明之处拨打 12333', 'The employer or the community pays what is missing; questions to 12333.'],
    today: TO_CLAIM
  },
  'in-arrears': {
    by: 'employer',
    what: ['自 {since} 起欠缴医保费', 'Premiums are owed since {since}.'],
    mend: ['由单位（或本人到社区）补缴', 'The employer pays what is owed, or the person through the community.'],
    today: TO_CLAIM
  },
  'break-too-long': {
    by: 'patient',
    what: ['参保中断过长[（中断 {broken} 个月）][（自 {since} 起，超过 {months} 个月）][，待遇自 {from} 起享受]', 'The insurance was interrupted for too long[ (months: {broken})][ (since {since}; months allowed: {months})][; benefits begin on {from}].'],
    mend: ['到经办窗口咨询能否补缴缩短等待期', 'The service window says whether paying for the gap shortens the wait.']
  },
  'waiting-period': {
    by: 'nobody',
    what: ['仍在待遇等待期内，自 {from} 起享受', 'Still in the waiting period; benefits begin on {from}.'],
    mend: ['等待期满自动享受', 'It ends by itself.']
  },
  'fund-not-enjoyed': {
    by: 'centre',
    what: ['医保中心答复：不享受{fund}[（{why}）]', 'The centre says that {fund} is not open to this person[: {why}].'],
    mend: ['拨打 12333 或到经办窗口查询原因', '12333 or the service window knows why.']
  },
  'in-hospital': {
    by: 'institution',
    what: ['此人正在住院，门诊待遇暂停', 'The person is an inpatient; outpatient benefits rest meanwhile.'],
    mend: ['由住院医院开药，或办理出院后再结算', 'The hospital dispenses, or discharges first.']
  },
  'other-region-not-filed': {
    by: 'patient',
    what: ['参保地 {insured} 与就医地 {place} 不同，且无有效备案', 'Insured in {insured}, asked in {place}, and no filing is valid.'],
    mend: ['通过医保服务平台或参保地窗口办理异地就医备案', 'File for care elsewhere, online or at the window of the place of insurance.'],
    today: ['今天先自付并保留发票，补备案后回参保地申请报销', 'Pay today, keep the invoice, and claim at the place of insurance after filing.']
  },
  'other-region-filed': {
    by: 'nobody',
    what: ['异地参保（{insured}），按{filing}结算', 'Insured elsewhere ({insured}); settled by its filing: {filing}.'],
    mend: null
  },
  'status-unknown': {
    by: 'centre',
    what: ['不清楚{fact}，相关规则未作判断', 'Not known: {fact}. The rule that needs it was not decided.'],
    mend: ['核对证件，或联网后再查询', 'Look at the papers, or ask the centre when it answers.']
  },
  'not-a-pooling-place': {
    by: 'institution',
    what: ['本店未纳入门诊统筹', 'This pharmacy takes no part in outpatient pooling.'],
    mend: ['请到门诊统筹定点药店', 'Go to a pharmacy that takes part.']
  }
} as const satisfies Readonly<Record<string, Saying>>
