/**
 * A problem of a document in Chinese: place, value and rule, as `describeProblem` says it in English, with the names that
 * fields have at a counter.
 */

import { describeProblem, shownValue, type InputProblem } from '../../../settlement/wire/input-problem.ts'
import { ruleZh } from '../../../settlement/wire/rule-zh.ts'
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
  return `${place}${found}：${ruleZh(problem.rule)}`
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
