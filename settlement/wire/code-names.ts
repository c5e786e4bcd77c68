/**
 * What the codes of the national interface are called at a counter (H T383, T401, T403). Places add digits of their own, so
 * a longer code is called as the longest prefix that has a name, and one that has none by itself.
 */

interface CodeText {
  readonly zh: string
  readonly en: string
}

/** insutype */
const INSUTYPE_TEXTS: Readonly<Record<string, CodeText>> = {
  '310': { zh: '职工基本医疗保险', en: "employees' basic insurance" },
  '320': { zh: '公务员医疗补助', en: 'civil-servant supplement' },
  '330': { zh: '大额医疗费用补助', en: 'large-amount supplement' },
  '340': { zh: '离休人员医疗保障', en: 'retired cadres' },
  '350': { zh: '一至六级残疾军人医疗补助', en: 'disabled soldiers' },
  '360': { zh: '老红军医疗保障', en: 'Red Army veterans' },
  '370': { zh: '企业补充医疗保险', en: 'enterprise supplement' },
  '380': { zh: '新型农村合作医疗', en: 'rural cooperative insurance' },
  '390': { zh: '城乡居民基本医疗保险', en: "residents' basic insurance" },
  '391': { zh: '城镇居民基本医疗保险', en: "town residents' basic insurance" },
  '392': { zh: '城乡居民大病医疗保险', en: "residents' big-illness insurance" },
  '399': { zh: '其他特殊人员医疗保障', en: 'other special insurance' },
  '410': { zh: '长期照护保险', en: 'long-term care' },
  '510': { zh: '生育保险', en: 'maternity insurance' }
}

/** psn_type */
const PERSON_TYPE_TEXTS: Readonly<Record<string, CodeText>> = {
  '11': { zh: '在职', en: 'in service' },
  '12': { zh: '退休', en: 'retired' },
  '13': { zh: '离休', en: 'retired cadre' },
  '14': { zh: '少年儿童及学生', en: 'child or student' },
  '1401': { zh: '新生儿', en: 'newborn' },
  '1402': { zh: '学龄前儿童', en: 'preschool child' },
  '1403': { zh: '中小学生', en: 'pupil' },
  '1404': { zh: '大学生', en: 'student' },
  '1405': { zh: '未入学未成年人', en: 'minor not at school' },
  '15': { zh: '成年居民', en: 'adult resident' },
  '16': { zh: '老年居民', en: 'elderly resident' },
  '99': { zh: '其他人员', en: 'other' }
}

/** med_type */
const VISIT_TYPE_TEXTS: Readonly<Record<string, CodeText>> = {
  '11': { zh: '普通门诊', en: 'outpatient' },
  '12': { zh: '门诊挂号', en: 'registration' },
  '13': { zh: '急诊', en: 'emergency' },
  '1301': { zh: '急诊抢救', en: 'emergency rescue' },
  '14': { zh: '门诊慢特病', en: 'chronic or special disease' },
  '18': { zh: '特殊药品购药', en: 'special drug' },
  '21': { zh: '住院', en: 'inpatient' },
  '28': { zh: '日间手术', en: 'day surgery' },
  '41': { zh: '定点药店购药', en: 'pharmacy' },
  '51': { zh: '生育门诊', en: 'maternity outpatient' },
  '52': { zh: '生育住院', en: 'maternity inpatient' },
  '71': { zh: '家庭病床', en: 'home bed' },
  '99': { zh: '其他门诊', en: 'other' },
  '9901': { zh: '门诊两病', en: 'outpatient, two diseases' },
  '9903': { zh: '意外伤害门诊', en: 'accident' }
}

export const insutypeText = (code: string): CodeText => named(INSUTYPE_TEXTS, code)
export const personTypeText = (code: string): CodeText => named(PERSON_TYPE_TEXTS, code)
export const visitTypeText = (code: string): CodeText => named(VISIT_TYPE_TEXTS, code)

function named(texts: Readonly<Record<string, CodeText>>, code: string): CodeText {
  for (let length = code.length; length >= 2; length -= 1) {
    const prefix = code.slice(0, length)
    const text = Object.hasOwn(texts, prefix) ? texts[prefix] : undefined
    if (text !== undefined) return text
  }
  return { zh: code, en: code }
}
