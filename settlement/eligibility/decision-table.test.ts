/**
 * What a pharmacist may check by reading: one row a case, most rules with the day before, the day, and the day after. The
 * usual case, of which each row says what is different: a man of 45 in service, insured here, buys one pack of amlodipine
 * (class A, prescription drug, 7 days), prescribed and reviewed today, scanned, in a pooling pharmacy of the test region,
 * on 10 March 2026, and had nothing before.
 */

import { describe, expect, it } from 'vitest'
import { ask, codeOf, pack, type Asked, type Json } from '../../test/support/ask.ts'
import { REASON_KINDS, type ReasonKind } from './reason.ts'
import type { Cover } from './verdict.ts'

/** What is different; the light of the first line; its reasons, weightiest first. */
type Row = readonly [asked: string, what: Asked, cover: Cover, reasons: readonly ReasonKind[]]

const person = (fields: Json): Asked => ({ person: fields })
const card = (fields: Json): Asked => ({ person: { card: fields } })
const buys = (...items: Json[]): Asked => ({ items })
const electronic = (fields: Json = {}, head: Json = {}): Asked => ({ prescription: { kind: 'electronic', electronic: fields, ...head } })
const listed = (fields: Json): Asked => ({
  prescription: { kind: 'electronic', electronic: {}, rxdetail: [{ med_list_codg: codeOf('氨氯地平片'), drug_genname: '氨氯地平', drug_cnt: '1', ...fields }] }
})
const over = { prescription: null } as const
const had = (name: string, day: string, fields: Json = {}): Json => ({ med_list_codg: codeOf(name), fee_ocur_time: day, cnt: '1', prd_days: 7, ...fields })
const hospital = { place: { fixmedins_code: 'H99999900001', kind: 'hospital', level: 3 }, prescription: null, med_type: '11' } as const

const lost = (report: string, on: string, more: Json = {}): Asked => card({ lost: { report, on }, ...more })

const CARD: readonly Row[] = [
  ['nothing is against it', {}, 'covered', []],
  ['reported lost by phone today', lost('temporary', '2026-03-10'), 'own-money', ['card-lost-temporarily']],
  ['reported by phone, the 15th and last day', lost('temporary', '2026-02-23'), 'own-money', ['card-lost-temporarily']],
  ['reported by phone, the day after the 15th', lost('temporary', '2026-02-22'), 'covered', []],
  ['reported by phone tomorrow', lost('temporary', '2026-03-11'), 'covered', []],
  ['reported by phone, buys by e-cert', lost('temporary', '2026-03-10', { mdtrt_cert_type: '01' }), 'covered', []],
  ['reported lost formally long ago', lost('formal', '2025-01-01'), 'own-money', ['card-lost-formally']],
  ['reported formally, buys by e-cert: stopped here too', lost('formal', '2026-03-10', { mdtrt_cert_type: '01' }), 'own-money', ['card-lost-formally']],
  ['reported formally, buys by ID card', lost('formal', '2026-03-10', { mdtrt_cert_type: '02' }), 'covered', []],
  ['the last day of the card', card({ expires: '2026-03-10' }), 'covered', []],
  ['the day after the last day of the card', card({ expires: '2026-03-09' }), 'own-money', ['card-expired']],
  ['an expired card, buys by e-cert', card({ expires: '2026-03-09', mdtrt_cert_type: '01' }), 'covered', []],
  ['a card that was never activated', card({ activated: false }), 'own-money', ['card-not-activated']]
]

const trt = (fields: Json): Asked => person({ trtinfo: [{ fund_pay_type: '310102', trt_enjymnt_flag: '1', ...fields }] })
const beganOn = (insurance_began: string, psn_insu_date: string, fields: Json = {}): Json => ({ insurance_began, psn_insu_date, ...fields })
const resident = (day: string, fields: Json = {}): Json => beganOn('new', day, { insutype: '390', psn_type: '15', missed_years: 0, ...fields })

const INSURANCE: readonly Row[] = [
  ['not insured', person({ psn_insu_stas: '0' }), 'own-money', ['not-insured']],
  ['insurance terminated', person({ psn_insu_stas: '4' }), 'own-money', ['insurance-ended']],
  ['insurance invalid', person({ psn_insu_stas: '3' }), 'own-money', ['insurance-ended']],
  ['suspended from today', person({ psn_insu_stas: '2', paus_insu_date: '2026-03-10' }), 'own-money', ['insurance-suspended']],
  ['suspended from tomorrow', person({ psn_insu_stas: '2', paus_insu_date: '2026-03-11' }), 'covered', []],
  ['suspended for three months', person({ psn_insu_stas: '2', paus_insu_date: '2025-12-10' }), 'own-money', ['insurance-suspended']],
  ['suspended for three months and a day', person({ psn_insu_stas: '2', paus_insu_date: '2025-12-09' }), 'own-money', ['insurance-suspended', 'break-too-long']],
  ['in arrears from today', person({ arrears_since: '2026-03-10' }), 'own-money', ['in-arrears']],
  ['in arrears from tomorrow', person({ arrears_since: '2026-03-11' }), 'covered', []],
  ['newly employed in January, last day of February', { on: '2026-02-28', person: beganOn('new', '2026-01-20') }, 'own-money', ['waiting-period']],
  ['newly employed in January, first of March', { on: '2026-03-01', person: beganOn('new', '2026-01-20') }, 'covered', []],
  ['self-employed, paid in March, last of March', { on: '2026-03-31', person: beganOn('self-employed', '2026-03-10') }, 'own-money', ['waiting-period']],
  ['self-employed, paid in March, first of April', { on: '2026-04-01', person: beganOn('self-employed', '2026-03-10') }, 'covered', []],
  ['resident, new on 1 January, last day of three months', { on: '2026-03-31', person: resident('2026-01-01') }, 'own-money', ['waiting-period']],
  ['resident, new on 1 January, first of April', { on: '2026-04-01', person: resident('2026-01-01') }, 'covered', []],
  ['resident, one year missed, a month more', { on: '2026-04-30', person: resident('2026-01-01', { missed_years: 1 }) }, 'own-money', ['waiting-period']],
  ['resident, one year missed, first of May', { on: '2026-05-01', person: resident('2026-01-01', { missed_years: 1 }) }, 'covered', []],
  ['resident, four years missed, seven months', { on: '2026-07-31', person: resident('2026-01-01', { missed_years: 4 }) }, 'own-money', ['waiting-period']],
  ['resident, four years missed, first of August', { on: '2026-08-01', person: resident('2026-01-01', { missed_years: 4 }) }, 'covered', []],
  ['resident, nobody knows the missed years', { on: '2026-04-01', person: resident('2026-01-01', { missed_years: null }) }, 'covered', ['status-unknown']],
  ['after a break of three months', person(beganOn('after-break', '2026-03-01', { broken_months: 3 })), 'covered', []],
  ['after a break of four months', person(beganOn('after-break', '2026-03-01', { broken_months: 4 })), 'own-money', ['break-too-long']],
  ['after a break of four months, last day of the wait', { on: '2026-08-31', person: beganOn('after-break', '2026-03-01', { broken_months: 4 }) }, 'own-money', ['break-too-long']],
  ['after a break of four months, half a year on', { on: '2026-09-01', person: beganOn('after-break', '2026-03-01', { broken_months: 4 }) }, 'covered', []],
  ['after a break, nobody knows how long', person(beganOn('after-break', '2026-03-01')), 'covered', ['status-unknown']],
  ['nobody knows how it began, a year ago', person({ insurance_began: null, psn_insu_date: '2025-03-10' }), 'covered', ['status-unknown']],
  ['nobody knows how it began, long ago', person({ insurance_began: null, psn_insu_date: '2020-01-01' }), 'covered', []],
  ['the centre: enjoys the pool', trt({}), 'covered', []],
  ['the centre: does not enjoy the pool', trt({ trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: through today', trt({ enddate: '2026-03-10' }), 'covered', []],
  ['the centre: through yesterday', trt({ enddate: '2026-03-09' }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: from tomorrow', trt({ begndate: '2026-03-11' }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: suspended through yesterday', trt({ trt_enjymnt_flag: '0', enddate: '2026-03-09' }), 'covered', []],
  ['the centre: suspended through today, within a longer entitlement', person({ trtinfo: [{ fund_pay_type: '310102', trt_enjymnt_flag: '1' }, { fund_pay_type: '310102', trt_enjymnt_flag: '0', begndate: '2026-03-01', enddate: '2026-03-10' }] }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: not for chronic visits', trt({ trt_enjymnt_flag: '0', med_type: '14' }), 'covered', []],
  ['the centre: not for this kind of visit', trt({ trt_enjymnt_flag: '0', med_type: '41' }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: for this kind of visit, and for no other', person({ trtinfo: [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }, { fund_pay_type: '310102', med_type: '41', trt_enjymnt_flag: '1' }] }), 'covered', []],
  ['the centre: the outpatient pool, but not the pool', person({ trtinfo: [{ fund_pay_type: '310100', trt_enjymnt_flag: '0' }, { fund_pay_type: '310102', trt_enjymnt_flag: '1' }] }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: the pool, but not the outpatient pool', person({ trtinfo: [{ fund_pay_type: '310100', trt_enjymnt_flag: '1' }, { fund_pay_type: '310102', trt_enjymnt_flag: '0' }] }), 'own-money', ['fund-not-enjoyed']],
  ['the centre: the pool, and nothing of the outpatient pool', trt({ fund_pay_type: '310100' }), 'covered', []],
  ['the centre speaks of another fund', trt({ fund_pay_type: '510100', trt_enjymnt_flag: '0' }), 'covered', []]
]

const elsewhere = (filing?: Json): Asked => person({ insuplc_admdvs: '110101', filings: filing === undefined ? [] : [filing] })

const WHEREABOUTS: readonly Row[] = [
  ['an inpatient', person({ in_hospital: true }), 'own-money', ['in-hospital']],
  ['nobody knows whether an inpatient', person({ in_hospital: null }), 'covered', ['status-unknown']],
  ['insured in another district of the city', person({ insuplc_admdvs: '999901' }), 'covered', []],
  ['insured elsewhere, nothing filed', elsewhere(), 'own-money', ['other-region-not-filed']],
  ['insured elsewhere, an emergency counts as filed', { ...elsewhere(), med_type: '13' }, 'covered', ['other-region-not-filed']],
  ['resident here, filed today', elsewhere({ kind: 'off-site-resident', begndate: '2026-03-10' }), 'covered', ['other-region-filed']],
  ['resident here, filed from tomorrow', elsewhere({ kind: 'off-site-resident', begndate: '2026-03-11' }), 'own-money', ['other-region-not-filed']],
  ['resident filing, last day', elsewhere({ kind: 'off-site-resident', begndate: '2025-01-01', enddate: '2026-03-10' }), 'covered', ['other-region-filed']],
  ['resident filing, day after', elsewhere({ kind: 'off-site-resident', begndate: '2025-01-01', enddate: '2026-03-09' }), 'own-money', ['other-region-not-filed']],
  ['referral without end, last day of six months', elsewhere({ kind: 'referral', begndate: '2025-09-11' }), 'covered', ['other-region-filed']],
  ['referral without end, day after six months', elsewhere({ kind: 'referral', begndate: '2025-09-10' }), 'own-money', ['other-region-not-filed']],
  ['filed for the province', elsewhere({ kind: 'off-site-resident', begndate: '2026-01-01', regions: ['990000'] }), 'covered', ['other-region-filed']],
  ['filed for another province', elsewhere({ kind: 'off-site-resident', begndate: '2026-01-01', regions: ['320000'] }), 'own-money', ['other-region-not-filed']],
  ['a pharmacy outside pooling', { place: { pooling: false } }, 'own-money', ['not-a-pooling-place']]
]

const six = ['氨氯地平片', '萘普生片', '硝苯地平控释片', '氢氯噻嗪片', '二甲双胍片', '阿托伐他汀片'].map((name) => ({ drug_genname: name.replace('片', ''), med_list_codg: codeOf(name), drug_cnt: '1' }))
const sold = (trdn_flag: string): Json => ({ drug_trac_codg: '99-1', setl_id: 'S1', on: '2026-03-01', trdn_flag })
const scanned = (trdn_flag: string): Json => ({ drugtracinfo: [{ drug_trac_codg: '99-1', trdn_flag }] })
const morphine = (days: number): Asked => ({ items: [pack('吗啡缓释片', { prd_days: days })], prescription: { visit: 'chronic' } })

const PRESCRIPTION: readonly Row[] = [
  ['a prescription drug without prescription', over, 'forbidden', ['prescription-missing']],
  ['the same as own pay: still by prescription', { ...over, ...buys(pack('氨氯地平片', { own_pay: true })) }, 'forbidden', ['prescription-missing', 'own-pay-chosen']],
  ['an over-the-counter drug without prescription', { ...over, ...buys(pack('布洛芬片')) }, 'covered', []],
  ['nobody knows whether it needs one', { ...over, ...buys(pack('限制用药靶向片', { hosp_appr_flag: '1', prd_days: null })) }, 'covered', ['status-unknown', 'class-b', 'days-unknown']],
  ['paper, the third day', { prescription: { prsc_time: '2026-03-08' } }, 'covered', []],
  ['paper, the fourth day', { prescription: { prsc_time: '2026-03-07' } }, 'forbidden', ['prescription-expired']],
  ['paper, of today', { prescription: { prsc_time: '2026-03-10' } }, 'covered', []],
  ['paper, of tomorrow', { prescription: { prsc_time: '2026-03-11' } }, 'forbidden', ['prescription-of-later-day']],
  ['electronic, of next year', electronic({}, { prsc_time: '2027-01-01 08:00:00', vali_end_time: '2027-01-04 08:00:00' }), 'forbidden', ['prescription-of-later-day']],
  ['paper, its own last day', { prescription: { prsc_time: '2026-03-09', vali_end_time: '2026-03-10' } }, 'covered', []],
  ['paper, the day after its own last day', { prescription: { prsc_time: '2026-03-09', vali_end_time: '2026-03-09' } }, 'forbidden', ['prescription-expired']],
  ['paper, says a week, which it may not', { prescription: { prsc_time: '2026-03-07', vali_end_time: '2026-03-14' } }, 'forbidden', ['prescription-expired']],
  ['electronic, says a week', electronic({}, { prsc_time: '2026-03-07', vali_end_time: '2026-03-10' }), 'covered', []],
  ['electronic, the day after', electronic({}, { prsc_time: '2026-03-03', vali_end_time: '2026-03-09' }), 'forbidden', ['prescription-expired']],
  ['expired at the platform', electronic({ rx_stas_codg: '2' }), 'forbidden', ['prescription-expired']],
  ['withdrawn by the doctor', electronic({ rx_stas_codg: '3' }), 'forbidden', ['prescription-withdrawn']],
  ['used elsewhere', electronic({ rx_used_stas_codg: '2' }), 'forbidden', ['prescription-used']],
  ['the signature was not verified', electronic({ signature_verified: false }), 'forbidden', ['prescription-not-signed']],
  ['a pharmacist refused it', { prescription: { rx_chk_stas_codg: '0' } }, 'forbidden', ['prescription-refused-by-pharmacist']],
  ['nobody has reviewed it yet', { prescription: { rx_chk_stas_codg: null } }, 'covered', ['prescription-not-reviewed']],
  ['expired, but the drug on it needs none', { ...electronic({ rx_stas_codg: '2' }, { rxdetail: [{ drug_genname: '布洛芬', drug_cnt: '1' }] }), ...buys(pack('布洛芬片')) }, 'own-money', ['prescription-expired']],
  ['expired, and the drug is not on it and needs none', { ...electronic({ rx_stas_codg: '2' }, { rxdetail: [{ drug_genname: '氨氯地平', drug_cnt: '1' }] }), ...buys(pack('布洛芬片')) }, 'covered', []],
  ['of an institution outside the insurance', { prescription: { prescriber: { designated: false } } }, 'own-money', ['prescriber-not-designated']],
  ['five drugs on it', { prescription: { rxdetail: six.slice(0, 5) } }, 'covered', []],
  ['six drugs on it', { prescription: { rxdetail: six } }, 'covered', ['prescription-too-many-drugs']],
  ['on it', listed({}), 'covered', []],
  ['on it by substance', listed({ med_list_codg: null }), 'covered', []],
  ['not on it', listed({ med_list_codg: codeOf('萘普生片'), drug_genname: '萘普生' }), 'forbidden', ['not-on-prescription']],
  ['as many as prescribed', { ...listed({ drug_cnt: '2' }), ...buys(pack('氨氯地平片', { cnt: '2' })) }, 'covered', []],
  ['more than prescribed', { ...listed({ drug_cnt: '1' }), ...buys(pack('氨氯地平片', { cnt: '2' })) }, 'forbidden', ['more-than-prescribed']],
  ['dispensed already', listed({ take_drug_flag: '1' }), 'forbidden', ['already-dispensed']],
  ['in the unit of the prescription', { ...listed({ drug_dosunt: '盒' }), ...buys({ ...pack('氨氯地平片'), item: facts({ unit: '盒' }) }) }, 'covered', []],
  ['in another unit', { ...listed({ drug_dosunt: '片' }), ...buys({ ...pack('氨氯地平片'), item: facts({ unit: '盒' }) }) }, 'forbidden', ['unit-differs']],
  ['a narcotic for 7 days', morphine(7), 'covered', []],
  ['a narcotic for 8 days', morphine(8), 'forbidden', ['over-dispensing-days']],
  ['a narcotic, nobody knows the days', { items: [pack('吗啡缓释片', { prd_days: null })] }, 'covered', ['days-unknown']],
  ['a narcotic whose code is cut short, for 7 days', { items: [coded('XN02AA01X', 7)] }, 'covered', []],
  ['a narcotic whose code is cut short, for 8 days', { items: [coded('XN02AA01X', 8)] }, 'forbidden', ['over-dispensing-days', 'over-days-of-supply']],
  ['a code of the place, the class is stated', { items: [coded('OWN-7', 8, { atc: 'N02AA01' })] }, 'forbidden', ['over-dispensing-days', 'over-days-of-supply']],
  ['a code of the place, nobody knows the class', { items: [coded('OWN-7', 7)] }, 'covered', ['atc-unknown']],
  ['a code of the place, four characters of the class', { items: [coded('OWN-7', 7, { atc: 'N02A' })] }, 'covered', ['atc-unknown']],
  ['a patent drug has no class to know', { items: [coded('OWN-7', 7, { kind: 'patent' })] }, 'covered', []],
  ['an antimicrobial on a long prescription', { ...buys(pack('头孢呋辛酯片')), prescription: { visit: 'long-term' } }, 'forbidden', ['not-in-long-prescription']],
  ['a long prescription for 28 days', { ...buys(pack('氨氯地平片', { prd_days: 28 })), prescription: { visit: 'long-term' } }, 'covered', []],
  ['a long prescription for 29 days: by assessment', { ...buys(pack('氨氯地平片', { prd_days: 29 })), prescription: { visit: 'long-term' } }, 'covered', ['over-dispensing-days']],
  ['a long prescription for 84 days', { ...buys(pack('氨氯地平片', { prd_days: 84 })), prescription: { visit: 'long-term' } }, 'covered', ['over-dispensing-days']],
  ['a long prescription for 85 days', { ...buys(pack('氨氯地平片', { prd_days: 85 })), prescription: { visit: 'long-term' } }, 'forbidden', ['over-dispensing-days', 'over-days-of-supply', 'over-dispensing-days']]
]

/** A western drug by a code that is not the national one. */
function coded(med_list_codg: string, prd_days: number, fields: Json = {}): Json {
  return { ...pack('氨氯地平片', { prd_days }), med_list_codg, item: facts({ kind: 'western', atc: null, ...fields }) }
}

function facts(fields: Json): Json {
  return { name: '氨氯地平片(测试)', drug_genname: '氨氯地平', chrgitm_lv: '01', atc: 'C08CA01', rx_flag: '1', ...fields }
}

const unscanned = { drugtracinfo: [] } as const

const TRACE: readonly Row[] = [
  ['not scanned', buys(pack('氨氯地平片', unscanned)), 'covered', ['trace-code-missing']],
  ['one of two scanned', buys(pack('氨氯地平片', { cnt: '2', drugtracinfo: [{ drug_trac_codg: '1' }] })), 'covered', ['trace-code-missing']],
  ['own pay on 31 December 2025: not asked yet', { on: '2025-12-31', ...buys(pack('氨氯地平片', { ...unscanned, own_pay: true })) }, 'own-money', ['own-pay-chosen']],
  ['paid on 31 December 2025: asked', { on: '2025-12-31', ...buys(pack('氨氯地平片', unscanned)) }, 'covered', ['trace-code-missing']],
  ['own pay on 1 January 2026: asked', { on: '2026-01-01', ...buys(pack('氨氯地平片', { ...unscanned, own_pay: true })) }, 'own-money', ['own-pay-chosen', 'trace-code-missing']],
  ['decoction pieces carry none', buys(pack('黄芪饮片', unscanned)), 'covered', ['trace-code-not-required']],
  ['granules carry none', buys(pack('黄芪配方颗粒', unscanned)), 'covered', ['class-b', 'trace-code-not-required']],
  ['stock without code, last day', { on: '2026-12-31', ...buys(pack('复方丹参滴丸', unscanned)) }, 'covered', ['trace-code-not-required']],
  ['stock without code, day after', { on: '2027-01-01', ...buys(pack('复方丹参滴丸', unscanned)) }, 'covered', ['trace-code-missing']],
  ['a pack that was sold', { ...buys(pack('氨氯地平片', scanned('0'))), sold_codes: [sold('0')] }, 'forbidden', ['trace-code-sold']],
  ['a pack that was sold, as own pay', { ...buys(pack('氨氯地平片', { ...scanned('0'), own_pay: true })), sold_codes: [sold('0')] }, 'forbidden', ['trace-code-sold', 'own-pay-chosen']],
  ['a part of a pack of which a part was sold', { ...buys(pack('氨氯地平片', scanned('1'))), sold_codes: [sold('1')] }, 'covered', []],
  ['a part of a pack that was sold whole', { ...buys(pack('氨氯地平片', scanned('1'))), sold_codes: [sold('0')] }, 'forbidden', ['trace-code-sold']],
  ['one pack on two lines', buys(pack('氨氯地平片', scanned('0')), pack('二甲双胍片', scanned('0'))), 'forbidden', ['trace-code-sold']],
  ['parts of one pack on two lines', buys(pack('氨氯地平片', scanned('1')), pack('二甲双胍片', scanned('1'))), 'covered', []]
]

const restricted = (lmt_used_flag: string, hosp_appr_flag: string): Asked => buys({ ...pack('氨氯地平片'), hosp_appr_flag, item: facts({ lmt_used_flag }) })

const CATALOGUE: readonly Row[] = [
  ['the person pays it', buys(pack('氨氯地平片', { own_pay: true })), 'own-money', ['own-pay-chosen']],
  ['class B', buys(pack('氨氯地平分散片')), 'covered', ['class-b']],
  ['class C', buys(pack('氨氯地平进口片')), 'own-money', ['class-c']],
  ['not in the catalogue', { ...over, ...buys(pack('米诺地尔溶液')) }, 'own-money', ['not-in-catalogue']],
  ['no longer registered', buys(pack('停用注册安神片')), 'own-money', ['no-longer-in-catalogue']],
  ['the last day in the catalogue', { on: '2025-12-31', ...buys(pack('吡格列酮片')) }, 'covered', ['class-b']],
  ['the day after the last day', { on: '2026-01-01', ...buys(pack('吡格列酮片')) }, 'own-money', ['no-longer-in-catalogue']],
  ['the day before the first day', { on: '2026-12-31', ...buys(pack('新目录抗凝片')) }, 'own-money', ['not-yet-in-catalogue']],
  ['the first day in the catalogue', { on: '2027-01-01', ...buys(pack('新目录抗凝片')) }, 'covered', ['class-b']],
  ['class A through 2025', { on: '2025-12-31', ...buys(pack('阿仑膦酸钠片')) }, 'covered', []],
  ['class B from 2026', { on: '2026-01-01', ...buys(pack('阿仑膦酸钠片')) }, 'covered', ['class-b']],
  ['restricted, no approval', restricted('1', '0'), 'own-money', ['restricted-not-approved']],
  ['restricted, approved', restricted('1', '1'), 'covered', []],
  ['restricted, refused', restricted('1', '2'), 'own-money', ['approval-refused']],
  ['not restricted, no approval', restricted('0', '0'), 'covered', []],
  ['not restricted, approved', restricted('0', '1'), 'covered', []],
  ['not restricted, refused', restricted('0', '2'), 'own-money', ['approval-refused']],
  ['restricted, approved on the prescription', { ...listed({ hosp_appr_flag: '1' }), ...buys({ ...pack('氨氯地平片'), item: facts({ lmt_used_flag: '1' }) }) }, 'covered', []],
  ['a negotiated drug after the first line', { ...buys(pack('达格列净片')), history: [had('二甲双胍片', '2026-02-01')] }, 'covered', ['class-b', 'negotiated-drug']]
]

const aged = (brdy: string | null, name: string): Asked => ({ person: { brdy }, ...buys(pack(name)) })
const eyes = (codes: readonly string[]): Asked => ({ ...buys(pack('玻璃酸钠滴眼液')), prescription: { diseinfo: codes.map((diag_code) => ({ diag_code, diag_name: '测试' })) } })

const WHOM_AND_WHERE: readonly Row[] = [
  ['for men, a man', buys(pack('非那雄胺片')), 'covered', ['class-b']],
  ['for men, a woman', { person: { gend: '2' }, ...buys(pack('非那雄胺片')) }, 'own-money', ['wrong-sex', 'class-b']],
  ['for men, nobody knows', { person: { gend: '0' }, ...buys(pack('非那雄胺片')) }, 'covered', ['status-unknown', 'class-b']],
  ['for women, a man', buys(pack('黄体酮胶囊')), 'own-money', ['wrong-sex']],
  ['from 65, the day before the birthday', aged('1961-03-11', '多奈哌齐片'), 'own-money', ['wrong-age', 'class-b']],
  ['from 65, the birthday', aged('1961-03-10', '多奈哌齐片'), 'covered', ['class-b']],
  ['from 65, nobody knows the birthday', aged(null, '多奈哌齐片'), 'covered', ['status-unknown', 'class-b']],
  ['a drug for children, the day before 18', aged('2008-03-11', '氨溴索口服溶液儿童型'), 'covered', []],
  ['a drug for children, on the 18th birthday', aged('2008-03-10', '氨溴索口服溶液儿童型'), 'own-money', ['children-only']],
  ['paid for children, the day before 14', aged('2012-03-11', '西替利嗪片'), 'covered', []],
  ['paid for children, on the 14th birthday', aged('2012-03-10', '西替利嗪片'), 'own-money', ['children-only']],
  ['of level 3, in a hospital of level 3', { ...hospital, ...buys(pack('利妥昔单抗注射液', { hosp_appr_flag: '1' })) }, 'covered', ['class-b', 'negotiated-drug', 'dual-channel-drug']],
  ['of level 3, in a hospital of level 2', { ...hospital, place: { ...hospital.place, level: 2 }, ...buys(pack('利妥昔单抗注射液', { hosp_appr_flag: '1' })) }, 'own-money', ['institution-level', 'class-b', 'negotiated-drug', 'dual-channel-drug']],
  ['in emergency, an emergency', { ...hospital, med_type: '1301', ...buys(pack('人血白蛋白', { hosp_appr_flag: '1', prd_days: 3 })) }, 'covered', ['class-b']],
  ['in emergency, an ordinary visit', { ...hospital, ...buys(pack('人血白蛋白', { hosp_appr_flag: '1' })) }, 'own-money', ['visit-mode', 'class-b']],
  ['of maternity, an ordinary visit', { ...hospital, ...buys(pack('缩宫素注射液')) }, 'own-money', ['maternity-only']],
  ['of maternity, a maternity visit', { ...hospital, med_type: '51', ...buys(pack('缩宫素注射液')) }, 'covered', []],
  ['of work injury, an ordinary visit', { ...hospital, ...buys(pack('破伤风人免疫球蛋白')) }, 'own-money', ['work-injury-only', 'class-b']],
  ['of work injury, an accident visit of which the pool pays too', { ...hospital, med_type: '9903', ...buys(pack('破伤风人免疫球蛋白')) }, 'covered', ['work-injury-only', 'class-b']],
  ['by diagnosis, there it is', eyes(['I10', 'H04.1']), 'covered', ['class-b']],
  ['by diagnosis, another', eyes(['I10']), 'own-money', ['indication-missing', 'class-b']],
  ['by diagnosis, none on the prescription', eyes([]), 'covered', ['indication-missing', 'class-b']],
  ['pieces not paid alone, alone', buys(pack('人参饮片')), 'own-money', ['pieces-not-paid-alone', 'trace-code-not-required']],
  ['pieces not paid alone, with others of the kind', buys(pack('人参饮片'), pack('鹿茸饮片')), 'own-money', ['pieces-not-paid-alone', 'trace-code-not-required']],
  ['pieces not paid alone, in a compound', buys(pack('人参饮片'), pack('当归饮片')), 'covered', ['trace-code-not-required']]
]

const after = (day: string, name = '二甲双胍片'): Asked => ({ ...buys(pack('达格列净片')), history: [had(name, day)] })
const course = (days: number, ...history: Json[]): Asked => ({ ...buys(pack('奥司他韦胶囊', { prd_days: days, cnt: '10', drugtracinfo: Array.from({ length: 10 }, (_, index) => ({ drug_trac_codg: `7-${index}` })) })), history })
const flu = (day: string, days: number | null): Json => had('奥司他韦胶囊', day, { prd_days: days })
const again = (day: string, fields: Json = {}): Asked => ({ history: [had('氨氯地平片', day, fields)] })

const HISTORY: readonly Row[] = [
  ['second line, first line six months ago to the day', after('2025-09-10'), 'covered', ['class-b', 'negotiated-drug']],
  ['second line, first line a day longer ago', after('2025-09-09'), 'own-money', ['second-line-without-first', 'class-b', 'negotiated-drug']],
  ['second line, first line in another form', after('2026-01-01', '二甲双胍缓释片'), 'covered', ['class-b', 'negotiated-drug']],
  ['second line, only another drug before', after('2026-01-01', '氨氯地平片'), 'own-money', ['second-line-without-first', 'class-b', 'negotiated-drug']],
  ['second line, nobody knows what was before', { ...buys(pack('达格列净片')), history: null }, 'covered', ['history-unknown', 'class-b', 'negotiated-drug']],
  ['a course within its days', course(7), 'covered', ['class-b']],
  ['a course of which just the days that are asked are left', course(5, flu('2026-01-01', 5)), 'covered', ['class-b']],
  ['a course of which 5 of 10 days are left', course(7, flu('2026-01-01', 5)), 'limited', ['course-limit', 'class-b']],
  ['a course that is used up', course(5, flu('2026-01-01', 10)), 'own-money', ['course-used-up', 'class-b']],
  ['a course, three months ago to the day counts no more', course(7, flu('2025-12-10', 10)), 'covered', ['class-b']],
  ['a course, a day less counts', course(7, flu('2025-12-11', 10)), 'own-money', ['course-used-up', 'class-b']],
  ['a course, nobody knows the days before', course(7, flu('2026-01-01', null)), 'covered', ['class-b', 'days-unknown']],
  ['the earlier supply ran out yesterday', again('2026-03-03'), 'covered', []],
  ['the earlier supply lasts three more days, as is tolerated', again('2026-03-06'), 'covered', []],
  ['the earlier supply lasts four more days', again('2026-03-07'), 'own-money', ['dispensed-too-early']],
  ['the earlier supply was bought with own money', again('2026-03-07', { fund_paid: false }), 'covered', []],
  ['two earlier supplies, one after the other', { history: [had('氨氯地平片', '2026-03-01', { prd_days: 7 }), had('氨氯地平片', '2026-03-02', { prd_days: 7 })] }, 'own-money', ['dispensed-too-early']],
  ['the same substance of another maker', { history: [had('氨氯地平分散片', '2026-03-07', { drug_genname: '氨氯地平' })] }, 'own-money', ['dispensed-too-early']],
  ['nobody knows how long the earlier supply lasts', again('2026-03-07', { prd_days: null }), 'covered', ['days-unknown']],
  ['nobody knows what was before', { history: null }, 'covered', ['history-unknown']]
]

const supplied = (visit: string, days: number | null, place: Json = {}): Asked => ({ place, prescription: { visit }, ...buys(pack('氨氯地平片', { prd_days: days })) })
const otc = (amount: string): Asked => ({ ...over, ...buys(pack('布洛芬片', { pric: amount })) })

const BILL: readonly Row[] = [
  ['an ordinary prescription for 7 days', supplied('ordinary', 7), 'covered', []],
  ['an ordinary prescription for 8 days', supplied('ordinary', 8), 'limited', ['over-days-of-supply']],
  ['an emergency for 3 days', supplied('emergency', 3), 'covered', []],
  ['an emergency for 4 days', supplied('emergency', 4), 'limited', ['over-days-of-supply']],
  ['reduced mobility for 14 days', supplied('reduced-mobility', 14), 'covered', []],
  ['reduced mobility for 15 days', supplied('reduced-mobility', 15), 'limited', ['over-days-of-supply']],
  ['chronic for 30 days', supplied('chronic', 30), 'covered', []],
  ['chronic for 31 days', supplied('chronic', 31), 'limited', ['over-days-of-supply']],
  ['chronic for 60 days at a place of level 1', supplied('chronic', 60, { level: 1 }), 'covered', []],
  ['a hospital visit for 7 days', { ...hospital, ...buys(pack('氨氯地平片')) }, 'covered', []],
  ['a hospital visit for 8 days', { ...hospital, ...buys(pack('氨氯地平片', { prd_days: 8 })) }, 'limited', ['over-days-of-supply']],
  ['an emergency at a hospital for 4 days', { ...hospital, med_type: '13', ...buys(pack('氨氯地平片', { prd_days: 4 })) }, 'limited', ['over-days-of-supply']],
  ['an inpatient for 8 days', { ...hospital, med_type: '21', ...buys(pack('氨氯地平片', { prd_days: 8 })) }, 'covered', []],
  ['nobody knows the days', supplied('ordinary', null), 'covered', ['days-unknown']],
  ['over the counter for 15 days', { ...over, ...buys(pack('布洛芬片', { prd_days: 15 })) }, 'covered', []],
  ['over the counter for 16 days', { ...over, ...buys(pack('布洛芬片', { prd_days: 16 })) }, 'limited', ['over-days-of-supply']],
  ['over the counter beside an emergency prescription for 15 days', { prescription: { visit: 'emergency' }, ...buys(pack('布洛芬片', { prd_days: 15 })) }, 'covered', []],
  ['two drugs of one therapy', buys(pack('缬沙坦片'), pack('缬沙坦胶囊', { prd_days: 7 })), 'own-money', ['duplicate-therapy']],
  ['two drugs of one therapy, the other as own pay', buys(pack('缬沙坦片'), pack('缬沙坦胶囊', { own_pay: true })), 'covered', []],
  ['one drug on two lines is one drug', buys(pack('缬沙坦片', { prd_days: 3 }), pack('缬沙坦片', { prd_days: 4, drugtracinfo: [{ drug_trac_codg: '9' }] })), 'covered', []],
  ['one drug on two lines, 8 days together', buys(pack('缬沙坦片', { prd_days: 4 }), pack('缬沙坦片', { prd_days: 4, drugtracinfo: [{ drug_trac_codg: '9' }] })), 'limited', ['over-days-of-supply']],
  ['four characters in common are two therapies', buys(pack('氨氯地平片'), pack('美托洛尔缓释片')), 'covered', []],
  ['insulins may be doubled here', buys(pack('重组人胰岛素注射液'), pack('甘精胰岛素注射液')), 'covered', []],
  ['a sale over the counter of 200 yuan', otc('200.00'), 'covered', []],
  ['a sale over the counter of 200.01 yuan', otc('200.01'), 'limited', ['over-sale-limit']],
  ['10 yuan left of the day', { used: { today: '490.00' } }, 'covered', []],
  ['9.99 yuan left of the day', { used: { today: '490.01' } }, 'limited', ['day-limit-reached']],
  ['nothing left of the day', { used: { today: '500.00' } }, 'own-money', ['day-limit-reached']],
  ['10 yuan left of the month', { used: { this_month: '1190.00' } }, 'covered', []],
  ['9.99 yuan left of the month: cash here', { used: { this_month: '1190.01' } }, 'own-money', ['month-limit-reached']],
  ['the third sale of the day', { used: { sales_today: 2 } }, 'covered', []],
  ['the fourth sale of the day', { used: { sales_today: 3 } }, 'own-money', ['sales-of-day-reached']]
]

const chronic = (filing: Json | undefined, name = '氨氯地平片', dise_codg = 'M03900'): Asked => ({
  med_type: '14',
  dise_codg,
  prescription: { visit: 'chronic' },
  person: { filings: filing === undefined ? [] : [{ kind: 'chronic', begndate: '2025-01-01', dise_codg: 'M03900', ...filing }] },
  ...buys(pack(name))
})
const dual = (filings: readonly Json[], place: Json = { dual_channel: true }): Asked => ({ place, person: { filings }, ...buys(pack('司美格鲁肽注射液')) })
const dualFiling = (fields: Json = {}): Json => ({ kind: 'dual-channel', begndate: '2026-01-01', ...fields })
const marked = ['class-b', 'negotiated-drug', 'dual-channel-drug'] as const

const BENEFITS: readonly Row[] = [
  ['chronic, filed', chronic({}), 'covered', []],
  ['chronic, not filed', chronic(undefined), 'own-money', ['no-chronic-filing']],
  ['chronic, last day of the filing', chronic({ enddate: '2026-03-10' }), 'covered', []],
  ['chronic, day after the filing', chronic({ enddate: '2026-03-09' }), 'own-money', ['no-chronic-filing']],
  ['chronic, two years without end: the last day', chronic({ begndate: '2024-03-11' }), 'covered', []],
  ['chronic, two years without end: the day after', chronic({ begndate: '2024-03-10' }), 'own-money', ['no-chronic-filing']],
  ['chronic, filed for another disease', chronic({ dise_codg: 'M01600' }), 'own-money', ['other-disease']],
  ['chronic, a drug of another disease', chronic({}, '二甲双胍片'), 'own-money', ['other-disease']],
  ['chronic, a disease without a list of drugs', chronic({ dise_codg: 'M07800' }, '二甲双胍片', 'M07800'), 'covered', []],
  ['chronic, this place was chosen', chronic({ places: ['P99999900001'] }), 'covered', []],
  ['chronic, another place was chosen', chronic({ places: ['P99999900002'] }), 'own-money', ['not-the-designated-place']],
  ['dual channel, filed', dual([dualFiling()]), 'covered', marked],
  ['dual channel, not filed', dual([]), 'own-money', ['special-drug-not-filed', ...marked]],
  ['dual channel, filed for another drug', dual([dualFiling({ items: [codeOf('奥希替尼片')] })]), 'own-money', ['special-drug-not-filed', ...marked]],
  ['dual channel, at a pharmacy that is none', dual([dualFiling()], {}), 'own-money', ['not-a-dual-channel-place', ...marked]],
  ['dual channel, filed for another pharmacy', dual([dualFiling({ places: ['P99999900002'] })]), 'own-money', ['not-the-designated-place', ...marked]]
]

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'the card': CARD,
  'the insurance': INSURANCE,
  'where the person is and is insured': WHEREABOUTS,
  'the prescription': PRESCRIPTION,
  'trace codes': TRACE,
  'the catalogue': CATALOGUE,
  'whom and where': WHOM_AND_WHERE,
  'what was before': HISTORY,
  'this bill': BILL,
  'benefits of their own': BENEFITS
}

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  it.each(rows)('%s', (_title, asked, cover, reasons) => {
    const [first] = ask(asked).items
    expect({ cover: first?.cover, reasons: first?.reasons.map(({ kind }) => kind) }).toEqual({ cover, reasons })
  })
})

describe('the table', () => {
  it('reaches every reason there is', () => {
    const reached = new Set(Object.values(TABLE).flatMap((rows) => rows.flatMap(([, , , reasons]) => reasons)))
    expect(REASON_KINDS.filter((kind) => !reached.has(kind))).toEqual([])
  })
})
