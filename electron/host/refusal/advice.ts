/**
 * Who can mend it, and what can be done today, in the words of the published service notices (Tai'an FAQ, Ningbo guide and
 * three of other cities). The notices differ by place - who frees a PIN, how long a new card takes, until when a claim is
 * taken - so nothing here states one place's rule as everybody's.
 */

import { say } from './answers.ts'

export const MEND = {
  serviceWindow: say(
    '请持卡人带社保卡和身份证到社保服务窗口办理（有的地方在发卡银行办理）',
    'the holder takes card and ID to the social-security service window (in some places to the issuing bank)'
  ),
  newCard: say(
    '请持卡人带身份证到发卡银行或社保服务窗口换卡，时限以当地为准（有的地方为五个工作日）',
    'the issuing bank or the service window replaces the card against ID; how long it takes is local (in some places five working days)'
  ),
  lostCard: say(
    '请核对持卡人本人；本人请拨打12333，并带身份证到社保服务窗口办理正式挂失、补卡；卡已找到的，凭身份证解除挂失',
    'compare the person with the card; the holder calls 12333 and takes an ID to the service window: formal report and new card, or, if the card was found, the end of the report'
  ),
  theirCard: say('请换成本人的社会保障卡', "take the holder's own social security card"),
  insertAgain: say('请重新插入同一张卡', 'put the same card back'),
  /** What is in doubt the card's log proves, and it opens to the PIN only. */
  insertAndPin: say('请把同一张卡插回本机，由持卡人输入密码核实', 'put the same card back, and the holder types the PIN'),
  insertRightWay: say('请将卡芯片朝上、插到底', 'insert the card with the chip up, as far as it goes'),
  computeAgain: say('请重新读卡，按新的金额再核对一次', 'read the card again and check the new amounts with the patient'),
  network: say('请本院信息科检查网线和路由', 'the network staff of this institution looks at cable and router'),
  centre: say('由医保中心处理，无需报修本机', 'the centre mends it, nothing is wrong with this machine'),
  clock: say('请校准本机时钟', "set this machine's clock"),
  support: say('请联系本机维护人员', 'the support staff of this terminal'),
  rules: say(
    '请联系本机维护人员装入该地区的医保政策；有疑问可拨打12333',
    "the support staff load that place's rules; questions go to 12333"
  ),
  hospital: say('请开单科室或收费处更正后重新打开', 'the department that made the bill, or the cashier, corrects it and opens it again')
} as const

export const TODAY = {
  payAndClaim: say(
    '今天可先全额自费，留好发票、费用清单和处方，之后到参保地医保经办机构报销（期限以当地规定为准，有的地方为开票后六个月）',
    'pay in full today, keep invoice, itemised list and prescription, and claim at the insured place later (the deadline is local, in some places six months from the bill)'
  ),
  otherWindow: say(
    '可换一个窗口结算；也可先全额自费，请医院在发票上写明未能当场结算的原因并盖章，之后报销（办法和期限以当地规定为准）',
    'settle at another window, or pay in full: the hospital writes the reason on the invoice and stamps it, for the claim afterwards (how and until when is local)'
  ),
  payWithoutCard: say(
    '今天可先全额自费、之后报销；住院和门诊慢特病有的地方可凭身份证就医',
    'pay in full today and claim later; in some places an ID serves for inpatient care and chronic diseases'
  ),
  once: say('改好后当场即可结算，本次未扣款', 'it settles at once when that is done; nothing was charged')
} as const

export const NOTHING_CHARGED = say('本次未扣款', 'nothing was charged')
