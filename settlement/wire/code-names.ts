/** The national codes that people read, by name (H T383, T393, T401, T403). What a list does not hold is shown as its code. */

export interface CodeName {
  readonly zh: string
  readonly en: string
}

const INSURANCE_TYPES: Readonly<Record<string, CodeName>> = {
  '310': { zh: '职工基本医疗保险', en: "employees' basic insurance" },
  '320': { zh: '公务员医疗补助', en: 'civil-servant supplement' },
  '330': { zh: '大额医疗费用补助', en: 'large-amount supplement' },
  '340': { zh: '离休人员医疗保障', en: 'retired cadres' },
  '350': { zh: '一至六级残疾军人医疗补助', en: 'disabled soldiers' },
  '360': { zh: '老红军医疗保障', en: 'Red Army veterans' },
  '370': { zh: '企业补充医疗保险', en: 'enterprise supplement' },
  '380': { zh: '新型农村合作医疗', en: 'new rural cooperative scheme' },
  '390': { zh: '城乡居民基本医疗保险', en: "residents' basic insurance" },
  '391': { zh: '城镇居民基本医疗保险', en: "urban residents' basic insurance" },
  '392': { zh: '城乡居民大病医疗保险', en: "residents' big-illness insurance" },
  '399': { zh: '其他特殊人员医疗保障', en: 'other special scheme' },
  '410': { zh: '长期照护保险', en: 'long-term care' },
  '510': { zh: '生育保险', en: 'maternity insurance' }
}

/** By prefix: places write two digits or four. */
const PERSON_TYPES: Readonly<Record<string, CodeName>> = {
  '1401': { zh: '新生儿', en: 'newborn' },
  '1402': { zh: '学龄前儿童', en: 'preschool child' },
  '1403': { zh: '中小学生', en: 'pupil' },
  '1404': { zh: '大学生', en: 'student' },
  '1405': { zh: '未成年（未入学）', en: 'minor, not at school' },
  '11': { zh: '在职', en: 'in service' },
  '12': { zh: '退休', en: 'retired' },
  '13': { zh: '离休', en: 'retired cadre' },
  '14': { zh: '居民（未成年）', en: 'resident, minor' },
  '15': { zh: '居民（成年）', en: 'resident, adult' },
  '16': { zh: '居民（老年）', en: 'resident, elderly' },
  '99': { zh: '其他', en: 'other' }
}

const VISIT_TYPES: Readonly<Record<string, CodeName>> = {
  '11': { zh: '普通门诊', en: 'outpatient' },
  '12': { zh: '门诊挂号', en: 'registration' },
  '1301': { zh: '急诊抢救', en: 'emergency rescue' },
  '13': { zh: '急诊', en: 'emergency' },
  '140104': { zh: '门诊慢病', en: 'chronic disease' },
  '140201': { zh: '门诊特病', en: 'special disease' },
  '14': { zh: '门诊慢特病', en: 'chronic or special disease' },
  '18': { zh: '特药购药', en: 'special drug' },
  '21': { zh: '普通住院', en: 'inpatient' },
  '28': { zh: '日间手术', en: 'day surgery' },
  '41': { zh: '定点药店购药', en: 'pharmacy' },
  '51': { zh: '生育门诊', en: 'maternity, outpatient' },
  '52': { zh: '生育住院', en: 'maternity, inpatient' },
  '71': { zh: '家庭病床', en: 'home bed' },
  '99': { zh: '其他', en: 'other' }
}

/** The codes that the lists hold, with two digits or more. */
export const PERSON_TYPE_CODES: readonly string[] = Object.keys(PERSON_TYPES)
export const VISIT_TYPE_CODES: readonly string[] = Object.keys(VISIT_TYPES)

export const insuranceTypeName = (code: string): CodeName => INSURANCE_TYPES[code] ?? { zh: code, en: code }
export const personTypeName = (code: string): CodeName => byPrefix(PERSON_TYPES, code)
export const visitTypeName = (code: string): CodeName => byPrefix(VISIT_TYPES, code)

function byPrefix(names: Readonly<Record<string, CodeName>>, code: string): CodeName {
  for (let length = code.length; length >= 2; length -= 1) {
    const name = names[code.slice(0, length)]
    if (name !== undefined) return name
  }
  return { zh: code, en: code }
}
