/** What a sale refuses, in the three answers: what is wrong, who can mend it, what can be done today. */

import { never } from '../../../base/invariant.ts'
import type { ReturnRefusal } from '../../../settlement/case/return-packs.ts'
import { describeProblem } from '../../../settlement/wire/input-problem.ts'
import { sayRulesRefusal, type RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'
import { returnRefusalView } from '../refusal/return-packs.ts'
import type { RxRefusal } from './rx-document.ts'

export type SaleRefusal =
  /** A hospital's till sells nothing. */
  | { readonly kind: 'not-a-pharmacy' }
  | { readonly kind: 'no-sale' }
  /** `line` names the file that cannot be used, and why. */
  | { readonly kind: 'not-opened'; readonly line: string }
  /** Of a return the bill is what was sold: nothing of it changes any more. */
  | { readonly kind: 'return-fixed' }
  | { readonly kind: 'scan-unknown'; readonly text: string }
  | { readonly kind: 'item-unknown'; readonly code: string }
  | { readonly kind: 'trace-code-malformed'; readonly code: string }
  | { readonly kind: 'trace-code-repeated'; readonly code: string }
  | { readonly kind: 'trace-code-no-line'; readonly code: string }
  | { readonly kind: 'bad-field'; readonly field: keyof typeof FIELDS; readonly value: string; readonly rule: Text }
  | { readonly kind: 'prescription-gone'; readonly number: string }
  | { readonly kind: 'no-prescription' }
  | { readonly kind: 'prescription-there'; readonly number: string; readonly other: string }
  | { readonly kind: 'not-limited'; readonly line: string }
  | { readonly kind: 'not-a-substitute'; readonly code: string }
  | { readonly kind: 'sale-not-ready'; readonly lines: readonly string[] }
  | { readonly kind: 'not-a-sale'; readonly settlementId: string }
  | { readonly kind: 'return'; readonly refusal: ReturnRefusal }
  | { readonly kind: 'rules'; readonly refusal: RulesRefusal }
  | RxRefusal

const text = (zh: string, en: string): Text => ({ zh, en })
/** As the fields of the screen are called. */
const FIELDS = {
  issuedOn: text('开具日期', 'day of issue'),
  doctor: text('医师', 'doctor'),
  institutionCode: text('机构代码', 'code of the institution'),
  quantity: text('数量', 'quantity'),
  dose: text('每次用量', 'dose'),
  frequency: text('频次', 'frequency'),
  days: text('天数', 'number of days')
} as const

const NOTHING_CHARGED = text('本次未扣款', 'nothing was charged')

type Said = Pick<RefusalView, 'blame' | 'what'> & Partial<Pick<RefusalView, 'kind' | 'mend' | 'today' | 'settlementId' | 'detail'>>

const bad = (zh: string, en: string, mend?: Text): Said => ({ blame: 'bad-input', what: text(zh, en), ...(mend && { mend }) })
/** What is neither barcode nor trace code is taken for the number of a prescription. */
const MISREAD = text(
  '也不是药品条码（13位）或追溯码（20位）：请重新扫描，或输入药名、拼音首字母',
  'nor is it a barcode (13 digits) or a trace code (20): scan it again, or type the name of the drug'
)

const no = (zh: string, en: string, more: Partial<Said> = {}): Said => ({ blame: 'refusal', what: text(zh, en), ...more })

export function saleRefusalView(refusal: SaleRefusal): RefusalView {
  if (refusal.kind === 'return') return returnRefusalView(refusal.refusal)
  const { kind = refusal.kind, mend = null, today = null, ...said } = saidOf(refusal)
  return { kind, mend, today, ...said }
}

const shown = (value: string): string => value.slice(0, 40)

function saidOf(refusal: Exclude<SaleRefusal, { kind: 'return' }>): Said {
  switch (refusal.kind) {
    case 'not-a-pharmacy':
      return no('本窗口不是药店收银台', 'this counter is not that of a pharmacy')
    case 'not-opened':
      return { blame: 'outside', what: text(`售药和待遇查询所用的文件无法使用：${refusal.line}`, refusal.line), mend: text('请修复该文件后重试', 'mend the file and try again'), today: NOTHING_CHARGED }
    case 'no-sale':
      return no('打开的不是售药单', 'the open bill is no sale', { mend: text('请新建售药单', 'begin a sale') })
    case 'return-fixed':
      return no('退药后的账单不能改动', 'the bill of a return cannot be changed', { mend: text('请直接结算；要另外售药请另开一单', 'settle it as it is; sell something else on a bill of its own') })
    case 'scan-unknown':
      return bad(
        `“${shown(refusal.text)}”不是已知的条码、追溯码、编码或处方`,
        `"${shown(refusal.text)}" is no known barcode, trace code, item code or prescription`,
        text('请重新扫描，或按名称查找', 'scan it again, or look it up by name')
      )
    case 'item-unknown':
      return bad(`目录中没有“${shown(refusal.code)}”`, `code "${shown(refusal.code)}" is refused: it is not in the catalogue`)
    case 'no-prescription':
      return no('没有录入处方', 'no prescription was entered')
    case 'prescription-there':
      return no(`本单已有处方${shown(refusal.number)}，一单只凭一张处方：${shown(refusal.other)}未录入`, `this sale has prescription ${shown(refusal.number)} and rests on that one: ${shown(refusal.other)} was not taken`, {
        mend: text('另一张处方的药请另开一单；要换处方，先移除原处方', 'sell what the other one prescribes as a sale of its own; to change over, take the first one away')
      })
    case 'prescription-unreadable':
      return {
        ...bad('不是可读取的电子处方：内容不全或格式不对', 'this is no electronic prescription that can be read: it is incomplete or malformed', text('请重新扫描完整的二维码；仍不行的，请患者在处方平台重新取得', 'scan the whole code again; if that does not help, the patient gets it from the platform again')),
        detail: refusal.problems.map(describeProblem).slice(0, 2).join('; ')
      }
    case 'prescription-forged':
      return no('电子处方签名不符，不予接受', "the electronic prescription's signature does not fit: it is refused", {
        mend: text('请患者在处方平台重新取得处方', 'the patient gets it from the platform again'),
        today: NOTHING_CHARGED
      })
    case 'prescription-gone':
      return bad(`处方平台上没有${shown(refusal.number)}`, `the platform has no prescription ${shown(refusal.number)}`, MISREAD)
    case 'bad-field':
      return badField(refusal)
    case 'not-limited':
      return no(`第${refusal.line}项没有可拆分的限量`, `line ${refusal.line} has no limit to be split at`)
    case 'not-a-substitute':
      return bad(`${shown(refusal.code)}不能替换此药`, `${shown(refusal.code)} is no substitute for this drug`)
    case 'sale-not-ready':
      return notReady(refusal.lines)
    case 'not-a-sale':
      return no('该结算不是售药', 'this settlement is no sale', { mend: text('门诊费用请在记录中整单退费', 'a visit is refunded as a whole, in the records') })
    case 'rules':
      return no(`没有可用的药品支付规则：${sayRulesRefusal(refusal.refusal).zh}`, sayRulesRefusal(refusal.refusal).en, {
        mend: text('请安装本地规则包', 'install the rules of this place')
      })
    case 'trace-code-malformed':
    case 'trace-code-repeated':
    case 'trace-code-no-line':
      return aboutCode(refusal)
    default:
      return never(refusal)
  }
}

function badField({ field, value, rule }: Extract<SaleRefusal, { kind: 'bad-field' }>): Said {
  const { zh, en } = FIELDS[field]
  if (value.trim() === '') return { kind: 'bad-input', ...bad(`没有填写${zh}：${rule.zh}`, `no ${en} was typed: ${rule.en}`) }
  return { kind: 'bad-input', ...bad(`${zh}“${shown(value)}”无效：${rule.zh}`, `${en} "${shown(value)}" is refused: ${rule.en}`) }
}

const notReady = (lines: readonly string[]): Said =>
  no(`第${lines.join('、')}项还不能结算`, `these lines cannot be settled yet: ${lines.join(', ')}`, {
    mend: text('请看各项的原因：补处方、补扫追溯码、拆分或改自费', 'see the reason of each: prescription, trace code, split or own pay'),
    today: NOTHING_CHARGED
  })

function aboutCode(refusal: Extract<SaleRefusal, { kind: 'trace-code-malformed' | 'trace-code-repeated' | 'trace-code-no-line' }>): Said {
  const code = shown(refusal.code)
  switch (refusal.kind) {
    case 'trace-code-malformed':
      return bad(`追溯码“${code}”无效：应为20位数字`, `trace code "${code}" is refused: 20 digits`)
    case 'trace-code-repeated':
      return bad(`追溯码${code}本单已扫`, `the trace code ${code} is on this bill already`)
    case 'trace-code-no-line':
      return bad(`账单中没有追溯码${code}对应的药品`, `the bill has no drug that the trace code ${code} belongs to`, text('请先扫描药品条码', 'scan the barcode of the drug first'))
    default:
      return never(refusal)
  }
}
