/** Words for what stands against handing a drug over: the prescription, trace codes, quantities that the law sets. */

import type { Saying } from './say-reason.ts'

export const HANDING_OVER_SAYINGS = {
  'trace-code-sold': {
    by: 'pharmacist',
    what: ['追溯码 {code} 已售出[（结算 {settlement}，{on}）]', 'Trace code {code} was sold already[ (settlement {settlement}, {on})].'],
    mend: ['换一盒扫码；若属误售，先办理退货', 'Take another pack; if that sale was a mistake, take it back first.'],
    today: ['换一盒未售出的药品', 'Hand over another pack.']
  },
  'trace-code-missing': {
    by: 'pharmacist',
    what: ['须扫追溯码 {wanted} 个，已扫 {found} 个', 'Trace codes wanted: {wanted}; scanned: {found}.'],
    mend: ['逐盒扫描追溯码', 'Scan the code of each pack.'],
    today: ['扫码后即可结算', 'It settles once they are scanned.']
  },
  'prescription-missing': {
    by: 'doctor',
    what: ['没有处方', 'There is no prescription.'],
    mend: ['请定点医疗机构医师开具处方或电子处方', 'A doctor of a designated institution writes one, on paper or electronically.']
  },
  'prescription-withdrawn': {
    by: 'doctor',
    what: ['处方 {number} 已被撤销', 'Prescription {number} was withdrawn.'],
    mend: ['请开方医师重新开具', 'The doctor writes a new one.']
  },
  'prescription-of-later-day': {
    by: 'pharmacist',
    what: ['处方 {number} 的开具日期 {issued} 在今天之后', 'Prescription {number} is dated {issued}, which is still to come.'],
    mend: ['核对开具日期；录错的，更正后即可', 'Look at its date again; a slip is corrected at once.'],
    today: ['日期无误的，到当日再来', 'If the date is right, come back on that day.']
  },
  'prescription-expired': {
    by: 'doctor',
    what: ['处方 {number} 已过有效期[（{issued} 开具，有效至 {until}）]', 'Prescription {number} has run out[ (written {issued}, valid through {until})].'],
    mend: ['请医师重新开具', 'The doctor writes a new one.']
  },
  'prescription-used': {
    by: 'doctor',
    what: ['处方 {number} 已使用', 'Prescription {number} was used already.'],
    mend: ['请医师重新开具', 'The doctor writes a new one.']
  },
  'prescription-not-signed': {
    by: 'institution',
    what: ['处方 {number} 的签名未通过验证', 'The signature of prescription {number} was not verified.'],
    mend: ['重新下载并验签；仍不通过的，联系开方机构', 'Fetch it again and verify; if that fails, ask the institution that wrote it.']
  },
  'prescription-refused-by-pharmacist': {
    by: 'doctor',
    what: ['药师审方未通过（处方 {number}）', 'A pharmacist refused prescription {number}.'],
    mend: ['请医师修改后重新开具', 'The doctor corrects it and writes it anew.']
  },
  'prescription-not-reviewed': {
    by: 'pharmacist',
    what: ['处方 {number} 尚未经药师审核', 'No pharmacist has reviewed prescription {number} yet.'],
    mend: ['请药师审核并签字', 'A pharmacist reviews and signs it.'],
    today: ['审核通过后即可结算', 'It settles once it is reviewed.']
  },
  'prescription-too-many-drugs': {
    by: 'doctor',
    what: ['处方有 {drugs} 种药品，超过 {limit} 种', 'The prescription has {drugs} drugs, more than {limit}.'],
    mend: ['请医师分开开具', 'The doctor writes two.']
  },
  'not-on-prescription': {
    by: 'doctor',
    what: ['处方 {number} 上没有此药', 'The drug is not on prescription {number}.'],
    mend: ['请医师补开，或换成处方所列药品', 'The doctor adds it, or a drug that is on it is taken.']
  },
  'more-than-prescribed': {
    by: 'pharmacist',
    what: ['数量 {quantity} 超过处方量 {prescribed}', '{quantity} is more than the {prescribed} prescribed.'],
    mend: ['减到处方量', 'Lower it to what is prescribed.'],
    today: ['按处方量调配', 'Hand over what is prescribed.']
  },
  'already-dispensed': {
    by: 'doctor',
    what: ['处方 {number} 上的此药已调配', 'This drug of prescription {number} was dispensed already.'],
    mend: ['需要再用的，请医师重新开具', 'If more is needed the doctor writes a new one.']
  },
  'unit-differs': {
    by: 'pharmacist',
    what: ['单位“{unit}”与处方单位“{prescribed}”不一致', 'The unit {unit} is not that of the prescription, {prescribed}.'],
    mend: ['按处方单位录入数量', 'Enter the quantity in the unit of the prescription.'],
    today: ['改单位后即可结算', 'It settles with the right unit.']
  },
  'over-dispensing-days': {
    by: 'doctor',
    what: ['用量 {days} 天，超过规定的 {limit} 天', 'Days of supply: {days}; no more than {limit} may be dispensed.'],
    mend: ['减少数量；确需更长时间的，由医师按规定评估并注明', 'Take less; where longer is needed the doctor assesses it and says why.'],
    today: ['调配 {limit} 天以内的量', 'Days to hand over at most: {limit}.']
  },
  'not-in-long-prescription': {
    by: 'doctor',
    what: ['{item}不得开入长期处方', '{item} may not be on a long prescription.'],
    mend: ['请医师另开普通处方', 'The doctor writes an ordinary prescription for it.']
  },
  'atc-unknown': {
    by: 'pharmacist',
    what: ['不清楚此药的 ATC 分类，按分类的规则（特殊管理药品、重复用药等）未作判断', 'Its ATC class is not known: the rules by class (controlled drugs, doubled therapy and others) were not decided.'],
    mend: ['核对药品类别，并在药品目录中补录 ATC 代码', 'Look what kind of drug it is, and state its ATC code in the catalogue.']
  }
} as const satisfies Readonly<Record<string, Saying>>
