/**
 * Sentences with gaps. `{from}` is the value of that name, in words where it is a code; a part in square brackets is left
 * out when a value in it is not there: "paused[ since {since}]".
 */

export interface Words {
  readonly zh: string
  readonly en: string
}
export type Language = keyof Words
export type Values = Readonly<Record<string, string>>

/** zh, then en. */
export type Sentence = readonly [zh: string, en: string]

export const fill = ([zh, en]: Sentence, values: Values): Words => ({ zh: filled(zh, values, 'zh'), en: filled(en, values, 'en') })

const OPTIONAL = /\[([^\]]*)\]/g
const GAP = /\{(\w+)\}/g

function filled(template: string, values: Values, language: Language): string {
  const whole = template.replace(OPTIONAL, (_, part: string) => ([...part.matchAll(GAP)].every(([, name = '']) => Object.hasOwn(values, name)) ? part : ''))
  return whole.replace(GAP, (_, name: string) => inWords(name, values[name] ?? '', language))
}

/** A list is written with 、 whatever the language; each of it may be a code. */
function inWords(name: string, value: string, language: Language): string {
  const codes = CODES[name]
  const words = value.split('、').map((one) => codes?.[one]?.[language === 'zh' ? 0 : 1] ?? one)
  return words.join(language === 'zh' ? '、' : ', ')
}

const VISITS: Readonly<Record<string, Sentence>> = {
  none: ['无处方', 'without a prescription'],
  ordinary: ['普通门诊', 'ordinary'],
  emergency: ['急诊', 'emergency'],
  chronic: ['慢性病', 'chronic disease'],
  'long-term': ['长期处方', 'long prescription'],
  'reduced-mobility': ['行动不便', 'reduced mobility']
}
const INSTITUTIONS: Readonly<Record<string, Sentence>> = {
  community: ['社区卫生机构', 'community health centre'],
  hospital: ['医院', 'hospital'],
  pharmacy: ['药店', 'pharmacy'],
  clinic: ['诊所', 'clinic'],
  other: ['其他机构', 'other institution']
}
const LEVELS: Readonly<Record<string, Sentence>> = {
  '0': ['未定级', 'unrated'],
  '1': ['一级', 'level 1'],
  '2': ['二级', 'level 2'],
  '3': ['三级', 'level 3']
}
const MED_TYPES: Readonly<Record<string, Sentence>> = {
  '11': ['普通门诊', 'outpatient'],
  '13': ['急诊', 'emergency'],
  '1301': ['急诊抢救', 'emergency rescue'],
  '14': ['门诊慢特病', 'chronic or special disease'],
  '18': ['特药购药', 'special drug'],
  '21': ['住院', 'inpatient'],
  '28': ['日间手术', 'day surgery'],
  '41': ['药店购药', 'pharmacy'],
  '51': ['生育门诊', 'maternity outpatient'],
  '52': ['生育住院', 'maternity inpatient']
}

const CODES: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  sex: { male: ['男性', 'men'], female: ['女性', 'women'] },
  visit: { ...VISITS, ...MED_TYPES },
  admitted: MED_TYPES,
  kind: INSTITUTIONS,
  kinds: INSTITUTIONS,
  level: LEVELS,
  levels: LEVELS,
  filing: {
    'off-site-resident': ['异地长期居住备案', 'long-term residence'],
    referral: ['异地转诊备案', 'referral'],
    'off-site-emergency': ['异地急诊备案', 'emergency'],
    'special-drug': ['特药备案', 'special drug'],
    'dual-channel': ['双通道备案', 'dual channel'],
    'long-term-drug': ['长期用药备案', 'long-term medication']
  },
  fund: {
    pool: ['统筹基金', 'the pooled fund'],
    chronic: ['门诊慢特病待遇', 'the chronic-disease benefit'],
    'special-drug': ['特药待遇', 'the special-drug benefit'],
    maternity: ['生育保险', 'maternity insurance'],
    'work-injury': ['工伤保险', 'work-injury insurance']
  },
  unit: { days: ['天', 'days'], quantity: ['个销售单位', 'units of sale'] },
  fact: {
    gend: ['性别', 'the sex'],
    brdy: ['出生日期', 'the day of birth'],
    rx_flag: ['是否处方药', 'whether it is a prescription drug'],
    rxdetail: ['处方上是否有此药（明细未录入）', 'whether the prescription names the drug (its lines were not entered)'],
    'in-hospital': ['是否在院', 'whether the person is an inpatient'],
    'insurance-began': ['参保开始方式', 'how the participation began'],
    'broken-months': ['断缴月数', 'the months of the break'],
    'missed-years': ['未缴年数', 'the years that were missed'],
    psn_insu_date: ['参保开始日期', 'the first day of participation']
  }
}
