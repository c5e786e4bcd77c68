/**
 * A problem of a document in Chinese: place, value and rule, as `describeProblem` says it in English. The rules are written
 * once, in English, with the fields; here stands what each of them is called at a counter. A rule that is not listed is
 * given as it is.
 */

import { describeProblem, shownValue, type InputProblem } from '../../../settlement/wire/input-problem.ts'
import type { Text } from '../../contract/text.ts'
import { say } from './answers.ts'

const PROBLEMS_SHOWN_MAX = 5

/** The first few, and how many there are besides. */
export function problemsText(problems: readonly InputProblem[]): Text {
  const shown = problems.slice(0, PROBLEMS_SHOWN_MAX)
  const more = problems.length - shown.length
  const { zh, en } = say(shown.map(problemZh).join('；'), shown.map(describeProblem).join('; '))
  return more === 0 ? say(zh, en) : say(`${zh}；另有${more}处`, `${en}; and ${more} more problems`)
}

function problemZh(problem: InputProblem): string {
  const place = placeZh(problem.path)
  const found = problem.value === undefined ? '缺失' : `${shownValue(problem) ?? '的值'}不符合要求`
  return `${place}${found}：${ruleZh(problem)}`
}

const FIELDS: Readonly<Record<string, string>> = {
  acct_used_flag: '个人账户使用标志',
  age: '年龄',
  atddr_no: '医生编号',
  begntime: '就诊时间',
  brdy: '出生日期',
  certno: '证件号码',
  chrgitm_lv: '收费项目等级',
  cnt: '数量',
  cvlserv_flag: '公务员标志',
  dept_code: '科室编码',
  dept_name: '科室名称',
  det_item_fee_sumamt: '明细金额',
  dise_codg: '病种编码',
  dise_name: '病种名称',
  dr_name: '医生姓名',
  feedetl_sn: '明细流水号',
  fixmedins_code: '医疗机构编号',
  fixmedins_name: '医疗机构名称',
  hosp_appr_flag: '医院审批标志',
  hosp_lv: '医院等级',
  institution: '医疗机构',
  insuplc_admdvs: '参保地区划',
  insured: '参保信息',
  insutype: '险种',
  ipt_otp_no: '就诊号',
  kind: '机构类别',
  level: '机构级别',
  lines: '费用明细',
  lmt_used_flag: '限制使用标志',
  mdtrt_id: '就诊ID',
  med_chrgitm_type: '收费项目类别',
  med_list_codg: '医保目录编码',
  med_type: '医疗类别',
  medfee_sumamt: '医疗费总额',
  name: '项目名称',
  note: '备注',
  patient: '就诊人',
  prescriber: '开方机构',
  pric: '单价',
  pric_uplmt_amt: '定价上限',
  psn_idet_type: '人员身份类别',
  psn_insu_stas: '参保状态',
  psn_name: '姓名',
  psn_no: '人员编号',
  psn_type: '人员类别',
  retired_on: '退休日期',
  selfpay_prop: '自付比例',
  tags: '附加标记'
}

/** "lines[2].pric" is the third line's price. */
function placeZh(path: string): string {
  if (path === '') return '就诊单'
  const named = path.replace(/[\w$-]+/g, (name) => (/^\d+$/.test(name) ? name : (FIELDS[name] ?? name)))
  return named
    .replace(/^费用明细\[(\d+)\]\.?/, (_, index: string) => `第${Number.parseInt(index, 10) + 1}项`)
    .replace(/\[(\d+)\]/g, (_, index: string) => `第${Number.parseInt(index, 10) + 1}个`)
    .replaceAll('.', '的')
}

type Said = (...parts: string[]) => string

/** What the English rule begins with, or all of it; the groups of the pattern are its values. */
const RULES: readonly (readonly [RegExp, Said])[] = [
  [/^this field is required$/, () => '必填'],
  [/^unknown field; allowed here: (.*)$/, (allowed = '') => `没有这个字段，可用字段：${allowed}`],
  [/^must be text in quotes$/, () => '须为加引号的文本'],
  [/^must be of type (\w+)$/, (type = '') => `类型须为${TYPES[type] ?? type}`],
  [/^must be one of (.*?)(: a number, without quotes)?$/, (values = '', bare = '') => `只能是${values}${bare === '' ? '' : '（数字，不加引号）'}`],
  [/^must not be empty$/, () => '不能为空'],
  [/^must have at most (\d+) characters$/, (count = '') => `最多${count}个字符`],
  [/^must have at most (\d+) lines$/, (count = '') => `最多${count}项`],
  [/^must have at least one line$/, () => '至少要有一项'],
  [/^must not contain control characters$/, () => '不能含控制字符'],
  [/^must be a list/, () => '须为列表'],
  [/^must be a line$/, () => '须为一项费用明细'],
  [/^must be a decimal string in quotes/, () => '须为加引号的小数，例如“1500.00”'],
  [/^must be an amount in yuan as a decimal string from/, () => '金额须在0.00至1000000000.00元之间，最多两位小数'],
  [/^must be an amount in yuan as a decimal string, at most 2 places/, () => '金额最多两位小数，可为负数，不超过1000000000.00元'],
  [/^must be a share/, () => '比例须在0至1之间，最多四位小数，例如“0.65”表示65%'],
  [/^must be a unit price/, () => '单价须在0至1000000000元之间，最多六位小数'],
  [/^must be a quantity/, () => '数量不能为0，最多四位小数，不超过100000000；退货写负数'],
  [/^must be a day of the calendar/, () => '须为日历中的日期，写作“2026-03-15”，不早于1900年'],
  [/^must be a day "YYYY-MM-DD" or a time/, () => '须为日期“2026-03-15”或时间“2026-03-15 09:30:00”的写法'],
  [/^must be the 6 digits of an administrative division/, () => '须为6位行政区划代码'],
  [/^must be H or P and 11 digits/, () => '须为字母H或P加11位数字'],
  [/^must be a person type/, () => '须为人员类别代码：11在职、12退休、13离休、14未成年、15成年居民、16老年居民、99其他'],
  [/^must be a visit type/, () => '须为医疗类别代码：11普通门诊、12挂号、13急诊、14慢特病、18特药、41药店等'],
  [/^must be a charge type from/, () => '须为“01”至“14”'],
  [/^must be a code of the catalogue/, () => '须为本机构目录中的编码，或在该项写明收费项目等级'],
  [/^the catalogue has no price for (.*); the line must carry it$/, (code = '') => `目录中${code}没有价格，该项须写明单价`],
  [/^must be unique among the lines of the claim$/, () => '不能与其他明细重复'],
  [/^must have the sign of cnt$/, () => '正负号须与数量一致'],
  [/^must be within 0\.01 of pric x cnt, (.*)$/, (product = '') => `与单价×数量（${product}元）相差不能超过0.01元`],
  [/^price x quantity must be at most (.*)$/, (max = '') => `单价×数量不能超过${max}元`],
  [/^must add up to at most (.*)$/, (max = '') => `合计不能超过${max}元`],
  [/^must be the sum of the lines, (.*)$/, (total = '') => `须等于各项之和${total}元`],
  [/^must not lie after begntime, (.*)$/, (begins = '') => `不能晚于就诊时间${begins}`],
  [/^must be a whole number of years$/, () => '须为整岁'],
  [/^must be at least (\d+)$/, (least = '') => `不能小于${least}`],
  [/^must be at most (\d+)$/, (most = '') => `不能大于${most}`],
  [/^must agree with hosp_lv "(.*)", which is level (.*)$/, (code = '', level = '') => `须与医院等级“${code}”（${level}级）一致`],
  [/^must be a national code from/, () => '须为国家代码“1”至“14”']
]

const TYPES: Readonly<Record<string, string>> = { string: '文本', number: '数字', int: '整数', boolean: '是或否', object: '对象', array: '列表' }

function ruleZh({ rule }: InputProblem): string {
  for (const [pattern, said] of RULES) {
    const match = pattern.exec(rule)
    if (match !== null) return said(...match.slice(1))
  }
  return rule
}
