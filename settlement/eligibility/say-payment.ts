/** Words for why a fund does not pay an item, or not all of it. */

import type { Saying } from './say-reason.ts'

const SUBSTITUTE = ['可看有无同类的目录内药品', 'See whether a drug of the same substance is covered.'] as const

export const PAYMENT_SAYINGS = {
  'own-pay-chosen': { by: 'patient', what: ['已选择自费', 'It was chosen to be paid by the person.'], mend: ['再按一次即恢复医保支付', 'One key takes the choice back.'] },
  'not-in-catalogue': { by: 'nobody', what: ['不在医保目录内', 'It is not in the insurance catalogue.'], mend: SUBSTITUTE },
  'class-c': { by: 'nobody', what: ['丙类，全部自费', 'Class C: all of it is own pay.'], mend: SUBSTITUTE },
  'not-yet-in-catalogue': { by: 'nobody', what: ['自 {from} 起才纳入医保目录', 'The insurance catalogue holds it from {from} on.'], mend: SUBSTITUTE },
  'no-longer-in-catalogue': { by: 'nobody', what: ['已调出医保目录[（支付至 {until}）]', 'The insurance catalogue no longer holds it[; it was paid through {until}].'], mend: SUBSTITUTE },
  'approval-refused': { by: 'doctor', what: ['限制用药审批未通过[：{restriction}]', 'Its use was not approved[: {restriction}].'], mend: ['请医师说明适应症后重新提交审批', 'The doctor states the indication and asks for approval again.'] },
  'restricted-not-approved': { by: 'doctor', what: ['限制支付，尚未审批[：{restriction}]', 'Payment is restricted and nobody has approved it[: {restriction}].'], mend: ['符合限定条件的，由医师审批', 'Where the condition is met the doctor approves it.'] },
  'wrong-sex': { by: 'doctor', what: ['仅{sex}可支付', 'Paid for {sex} only.'], mend: ['请医师核对用药', 'The doctor checks the drug.'] },
  'wrong-age': { by: 'doctor', what: ['年龄 {age} 岁不在支付范围[（满 {from} 岁）][（未满 {below} 岁）]', 'Not paid at the age of {age}[; from {from} on][; below {below}].'], mend: ['请医师核对用药', 'The doctor checks the drug.'] },
  'children-only': { by: 'doctor', what: ['仅限未满 {below} 岁儿童（现 {age} 岁）', 'Paid for children under {below} only; the person is {age}.'], mend: ['请医师换用适合的药品', 'The doctor chooses another drug.'] },
  'institution-level': { by: 'institution', what: ['在{level}{kind}不予支付[（限{levels}）][（限{kinds}）]', 'Not paid at a {kind} ({level})[; levels that count: {levels}][; kinds that count: {kinds}].'], mend: ['到规定等级或类别的机构使用', 'An institution of the right level or kind gives it.'] },
  'visit-mode': { by: 'doctor', what: ['本次就诊类型（{visit}）不予支付，限{admitted}', 'Not paid in this kind of visit ({visit}); paid in: {admitted}.'], mend: ['按规定的就诊类型使用', 'It is given in the right kind of visit.'] },
  'work-injury-only': { by: 'employer', what: ['仅由工伤保险支付', 'Paid by work-injury insurance only.'], mend: ['属工伤的，由单位申请工伤认定', 'If it is a work injury the employer applies for its recognition.'] },
  'maternity-only': { by: 'service-window', what: ['仅由生育保险支付', 'Paid by maternity insurance only.'], mend: ['以生育就诊类型结算', 'Settle it as a maternity visit.'] },
  'indication-missing': { by: 'doctor', what: ['处方诊断不含限定适应症（{diagnoses}）', 'The prescription has none of the diagnoses that it is paid for ({diagnoses}).'], mend: ['请医师核对诊断', 'The doctor checks the diagnosis.'] },
  'second-line-without-first': { by: 'doctor', what: ['二线用药：{months} 个月内没有一线用药记录[（最近一次 {last}）]', 'A second-line drug, and no first-line drug in the last months ({months})[; the last was on {last}].'], mend: ['先用一线药，或由医师提供用药依据', 'A first-line drug comes first, or the doctor gives evidence of one.'] },
  'course-used-up': { by: 'nobody', what: ['{months} 个月内支付疗程 {limit} {unit}已用完（已用 {used}）', 'The course that is paid (months: {months}; {unit}: {limit}) is used up; used: {used}.'], mend: ['疗程期满后重新计算', 'It counts anew when the period is over.'] },
  'duplicate-therapy': { by: 'doctor', what: ['重复用药：{drugs}（ATC {atc}）', 'One therapy twice on this bill: {drugs} (ATC {atc}).'], mend: ['请医师或药师保留一种，其余转自费或删除', 'Doctor or pharmacist keeps one of them; the other is removed or paid by the person.'], today: ['将其中一种转自费，另一种即可支付', 'Turn one of them into own pay, and the other is paid.'] },
  'dispensed-too-early': { by: 'patient', what: ['上次的药还够用 {left} 天（至 {until}）', 'Days left of the earlier supply: {left}, through {until}.'], mend: ['{from} 起可再次支付', 'It is paid again from {from} on.'], today: ['可自费购买，或 {from} 再来', 'Buy it with own money, or come again on {from}.'] },
  'pieces-not-paid-alone': { by: 'doctor', what: ['该饮片单独使用不予支付', 'These decoction pieces are not paid when used alone.'], mend: ['与其他饮片组成复方时支付', 'They are paid as part of a compound.'] },
  'no-chronic-filing': { by: 'service-window', what: ['没有有效的门诊慢特病备案[（{disease}）]', 'No chronic-disease filing is valid[ ({disease})].'], mend: ['凭病历到经办窗口或定点医院办理认定', 'The service window or a designated hospital files it by the medical record.'], today: ['可按普通门诊结算，或先自付', 'Settle it as an ordinary visit, or pay it today.'] },
  'other-disease': { by: 'doctor', what: ['与病种不符[：{item}不在病种 {disease} 的用药范围][：备案病种为 {filed}]', 'Not of the disease[: {item} is not among the drugs of {disease}][: filed for {filed}].'], mend: ['按备案病种开药', 'The doctor prescribes for the disease that was filed.'], today: ['可按普通门诊结算，或先自付', 'Settle it as an ordinary visit, or pay it today.'] },
  'not-the-designated-place': { by: 'patient', what: ['本机构（{place}）不是选定机构[（{places}）]', 'This place ({place}) is not the one that was chosen[ ({places})].'], mend: ['到选定机构，或申请变更', 'Go to the chosen place, or have it changed.'] },
  'special-drug-not-filed': { by: 'doctor', what: ['没有有效的{filing}', 'A filing is missing: {filing}.'], mend: ['由责任医师提交备案，经办窗口审核', 'The responsible doctor files it, the service window checks it.'] },
  'not-a-dual-channel-place': { by: 'institution', what: ['本店（{place}）不是双通道药店', 'This pharmacy ({place}) is no dual-channel pharmacy.'], mend: ['到双通道定点药店购买', 'Buy it at a dual-channel pharmacy.'] },
  'prescriber-not-designated': { by: 'doctor', what: ['处方 {number} 不是定点医疗机构开具', 'Prescription {number} is not of a designated institution.'], mend: ['请定点医疗机构医师开具', 'A doctor of a designated institution writes one.'] },
  'day-limit-reached': { by: 'nobody', what: ['超过每日限额 {limit} 元（已用 {used} 元，剩 {left} 元）', 'Over the limit of {limit} yuan a day ({used} used, {left} left).'], mend: ['次日重新计算', 'It counts anew tomorrow.'] },
  'month-limit-reached': { by: 'nobody', what: ['超过每月限额 {limit} 元（已用 {used} 元，剩 {left} 元）', 'Over the limit of {limit} yuan a month ({used} used, {left} left).'], mend: ['下月重新计算', 'It counts anew next month.'] },
  'sales-of-day-reached': { by: 'nobody', what: ['今日已结算 {sales} 次，限 {limit} 次', 'Sales settled today: {sales}; allowed: {limit}.'], mend: ['次日再来', 'Come again tomorrow.'] },
  'over-days-of-supply': { by: 'doctor', what: ['用量 {days} 天，医保支付 {limit} 天（{visit}）', 'Days of supply: {days}; a fund pays {limit} ({visit}).'], mend: ['减少数量，或由医师开具慢性病、长期处方', 'Take less, or the doctor writes a prescription for a longer time.'], today: ['{limit} 天以内由医保支付，超出部分自付', 'Days paid: {limit}; the rest is own money.'] },
  'over-sale-limit': { by: 'nobody', what: ['超过单次限额 {limit} 元', 'Over the limit of {limit} yuan a sale.'], mend: ['减少数量', 'Take less.'] },
  'course-limit': { by: 'nobody', what: ['{months} 个月内支付疗程 {limit} {unit}，还剩 {left}', 'A course is paid (months: {months}; {unit}: {limit}); left of it: {left}.'], mend: ['减到剩余量', 'Lower it to what is left.'] },
  'class-b': { by: 'nobody', what: ['乙类，先自付一部分', 'Class B: a part is paid by the person first.'], mend: null },
  'negotiated-drug': { by: 'nobody', what: ['国家谈判药品，按支付标准支付', 'A negotiated drug, paid at its national standard.'], mend: null },
  'dual-channel-drug': { by: 'nobody', what: ['双通道药品', 'A dual-channel drug.'], mend: null },
  'days-unknown': { by: 'pharmacist', what: ['不清楚可用天数[，{limit} 天的限制未作判断]', 'It is not known how many days it lasts[; its limit ({limit}) was not decided].'], mend: ['录入每次用量和频次', 'Enter dose and frequency.'] },
  'history-unknown': { by: 'centre', what: ['不清楚以前的用药，相关规则未作判断', 'Earlier supplies are not known; the rule that needs them was not decided.'], mend: ['联网后再查询', 'Ask the centre when it answers.'] },
  'trace-code-not-required': { by: 'nobody', what: ['此类商品不需扫追溯码[（{until} 前）]', 'It carries no trace code[; until {until}].'], mend: null }
} as const satisfies Readonly<Record<string, Saying>>
