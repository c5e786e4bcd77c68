/**
 * The rule that a document broke, in Chinese. The rules are written once, in English, with the fields; here stands what each of
 * them is called at a counter or in an office. A rule that is not listed is given as it is.
 */

import { shownValue, type InputProblem } from './input-problem.ts'

/** `bands[0].ratio: "65"不符合要求：...`: place and value as they stand in the document. */
export function describeProblemZh(problem: InputProblem): string {
  const place = problem.path === '' ? '文件' : problem.path
  const found = problem.value === undefined ? '缺失' : `${shownValue(problem) ?? '的值'} 不符合要求`
  return `${place}：${found}：${ruleZh(problem.rule)}`
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
  [/^must be of whole characters$/, () => '须为完整字符'],
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
  [/^must be a national code from/, () => '须为国家代码“1”至“14”'],
  // Policies and rules of eligibility.
  [/^can never apply/, () => '永远不会生效：前面一行没有条件，总是先适用；通用行请放在最后'],
  [/^must be "MM-DD"/, () => '须为每年都有的日期“月-日”，例如“01-01”'],
  [/^must be true, or left out, where the ratio/, () => '按开方机构的比例时须为 true，或不写'],
  [/^must be "prescriber" where pharmacy_follows is/, () => 'pharmacy_follows 为 "prescriber" 时须相同，或删去 pharmacy_follows'],
  [/^must be (\d+) to (\d+)$/, (least = '', most = '') => `须在${least}至${most}之间`],
  [/^must be 4 to 12 digits or/, () => '须为4至12位数字，或 "last-6-of-card-number"'],
  [/^must be 6 digits/, () => '须为6位数字，例如“310102”'],
  [/^must be 64 lower case hexadecimal digits$/, () => '须为64位小写十六进制数字'],
  [/^must be a counter name/, () => '须为累计项名称：小写字母、数字和下划线，例如“act_pay_dedc”'],
  [/^must be a group that this document or one below it defines: (.*)$/, (known = '') => `须为本文件或其依据文件中定义的分组：${known === 'there is none' ? '没有分组' : known}`],
  [/^must be a limit or a list of limits$/, () => '须为一个限额或限额列表'],
  [/^must be a name:/, () => '须为名称：小写字母开头，含小写字母、数字和“-”，最多60个字符'],
  [/^must be a number of days/, () => '须为天数，0至999.99，最多两位小数'],
  [/^must be a reason that eligibility knows/, () => '须为资格判断已有的原因，例如“duplicate-therapy”'],
  [/^must be a text, or \{/, () => '须为文本，或 {"zh": ..., "en": ...}'],
  [/^must be a whole number$/, () => '须为整数'],
  [/^must be an ATC code/, () => '须为ATC编码或其开头，例如“N02A”'],
  [/^must be an object of groups$/, () => '须为分组对象'],
  [/^must be above "from", (.*)$/, (from = '') => `须大于“from”的${from}`],
  [/^must be given where place is "filed"$/, () => 'place 为 "filed" 时必填'],
  [/^must be a section: (.*)$/, (sections = '') => `须为以下章节之一：${sections}`],
  [/^must be the first 2 to 6 digits of a division$/, () => '须为行政区划代码的前2至6位'],
  [/^must be the id of a row of a document below$/, () => '须为依据文件中某一行的 id'],
  [/^must be the id of a row, or "section\.id"$/, () => '须为某一行的 id，或“章节.id”'],
  [/^must be true or false$/, () => '须为 true 或 false'],
  [/^must be unique in (.*)$/, (section = '') => `在${section}中不能重复`],
  [/^must differ from "(.*)", the counter of/, (counter = '') => `不能使用累计项“${counter}”：它已用于累计别的金额`],
  [/^must give "from", "below", or both/, () => '须写明“from”或“below”，都写时“from”须较小'],
  [/^must give "sales" of sales-a-day/, () => 'sales-a-day 须写“sales”，其他须写“amount”'],
  [/^must give either days or months$/, () => '天数与月数须写且只写一个'],
  [/^must give either days or quantity$/, () => '天数与数量须写且只写一个'],
  [/^must give filing, place, or both$/, () => '须写明备案（filing）、地点（place）或两者'],
  [/^must give levels or kinds$/, () => '须写明级别（levels）或机构类别（kinds）'],
  [/^must have a counter of its own, such as "ordinary_paid": the counter (\w+) also holds what (bands\[\d+\]) pays/, (fund = '', band = '') =>
    `须有自己的累计项，例如“ordinary_paid”：累计项 ${fund} 也包含 ${band} 为其他就诊支付的金额，而后者有自己的累计项；共用的限额须写在两段中`],
  [/^must have at least one document$/, () => '至少要有一份文件'],
  [/^must have at least one (limit|member|row|tier)$/, () => '至少要有一个'],
  [/^must have at most (\d+) (rows|keys|members)$/, (count = '') => `最多${count}个`],
  [/^must have at most (\d+) levels$/, (count = '') => `最多${count}层`],
  [/^must lie after "from", (.*)$/, (from = '') => `须晚于“from”的${from}`],
  [/^must name a document that covers (\S+): (.*)$/, (day = '', periods = '') => `须为在${day}有效的文件；现有：${periods.replaceAll(' to ', ' 至 ').replaceAll('further notice', '另行通知')}`],
  [/^must name a document that is there: (.*)$/, (known = '') => `须为已有的文件：${known === 'there is none' ? '一份也没有' : known}`],
  [/^must name at least one value/, () => '至少写一个值；不限制时请删去该字段'],
  [/^must name at least one/, () => '至少写一个'],
  [/^must name codes, atc, kinds, flags or groups$/, () => '须写明 codes、atc、kinds、flags 或 groups'],
  [/^must not be "limits"/, () => '不能为 "limits"：该原因没有金额'],
  [/^must not be the document itself$/, () => '不能是文件自身'],
  [/^must not contain itself/, () => '分组不能循环包含'],
  [/^must not form a circle: (.*)$/, (circle = '') => `不能循环依据：${circle}`],
  [/^must not lead back to (.*?): /, (id = '') => `不能循环依据：又回到${id}`],
  [/^must not lie before "from"(?:, (.*))?$/, (from = '') => `不能早于“from”${from === '' ? '' : `的${from}`}`],
  [/^must not overlap version (.*?), (.*)$/, (version = '', days = '') => `不能与版本${version}（${days.replace(' to ', ' 至 ').replace('further notice', '另行通知')}）的有效期重叠`],
  [/^must rise: /, () => '各档须逐档升高'],
  [/^must say which: (.*)$/, (rows = '') => `须写明是哪一个：${rows}`],
  [/^must stand before medical aid/, () => '须排在医疗救助（maf_pay）之前：医疗救助最后支付'],
  // What a centre says of a claim.
  [/^must be there: an older ledger kept none$/, () => '须有明细：较早的账簿没有保存'],
  [/^must be a claim$/, () => '须为结算明细'],
  [/^must be the number of the hold of this settlement$/, () => '须为本次结算预占记录的序号'],
  [/^must be the terminal's own institution, (.*)$/, (institution = '') => `须为本终端所属机构${institution}`],
  [/^must be the institution of the visit$/, () => '须与就诊机构一致'],
  [/^must leave the year below 1000000000\.00$/, () => '全年累计须小于1000000000.00元'],
  [/^must be computable by the policy: /, () => '所用政策无法计算这笔费用'],
  [/^must be of a person whom the policy rules, as the centre knows them: /, () => '按中心登记的参保信息，不适用所用政策'],
  [/^must not begin or end with a space$/, () => '首尾不能有空格'],
  // Packs.
  [/^must be "(.*)"(; a newer format needs a newer program)?$/, (value = '', newer = '') => `须为“${value}”${newer === '' ? '' : '；更新的格式需要更新的程序'}`],
  [/^must be JSON$/, () => '须为JSON文本'],
  [/^must be UTF-8 text$/, () => '须为UTF-8文本'],
  [/^must be lower case letters, digits and "-"/, () => '须为小写字母、数字和“-”，最多63个字符'],
  [/^must be one to four numbers/, () => '须为一至四个以点分隔的数字，例如“2026.1”'],
  [/^must not be the name of a device$/, () => '不能是设备名'],
  [/^must not be the manifest or its signature$/, () => '不能是清单或其签名'],
  [/^must not be a field$/, () => '不能作为字段名'],
  [/^must be named (by the manifest|once)$/, (how = '') => (how === 'once' ? '只能列出一次' : '须列在清单中')],
  [/^is named by the manifest$/, () => '清单中列有该文件'],
  [/^must be in every pack$/, () => '每个数据包都须有'],
  [/^must stand once in its object$/, () => '同一对象中只能出现一次'],
  [/^must have at most (\d+) bytes$/, (bytes = '') => `不能超过${bytes}字节`],
  [/^must unpack to at most (\d+) bytes$/, (bytes = '') => `解压后不能超过${bytes}字节`],
  [/^must have the (\d+) bytes that the (directory|manifest) states$/, (bytes = '') => `须为所写的${bytes}字节`],
  [/^must be one of the trusted keys: (.*)$/, (keys = '') => `须为受信任的密钥之一：${keys}`],
  [/^no key is trusted yet$/, () => '尚未信任任何密钥'],
  [/^must be the signature of this manifest$/, () => '须为本清单的签名'],
  [/^must be the 16 digits that name a key$/, () => '须为16位密钥编号'],
  [/^must be the base64 of 64 bytes$/, () => '须为64字节的base64'],
  [/^must be base64/, () => '须为base64'],
  [/^must be an Ed25519/, () => '须为Ed25519密钥'],
  [/^must be a private key in PEM/, () => '须为PEM格式的私钥（PKCS #8）'],
  [/^must be folders and a file of letters/, () => '须为由字母、数字和“.”“_”“-”组成的路径，例如“policies/999999-test.json”'],
  [/^must be ([0-9a-z.-]*\d[0-9a-z.-]*(?: [\d.]+)?)$/, (value = '') => `须为 ${value}`],
  [/^must be, or begin, a code of (.*)$/, (held = '') => `须为${held === 'the installed catalogue' ? '已安装目录' : '本数据包目录'}中的编码或其开头`],
  [/^must not rule what the pack (.*) rules$/, (pack = '') => `不能规定数据包 ${pack} 已规定的内容`],
  [/^must not rule what (.*) rules$/, (path = '') => `不能规定 ${path} 已规定的内容`],
  [/^must not be that of another document, (.*): give this one a version of its own$/, (other = '') => `须有自己的版本：该版本属于${other === 'what the terminal was delivered with' ? '随终端交付的文件' : other.replace('the pack ', '数据包 ')}`],
  [/^must be given a new version when its contents change$/, () => '内容变更须使用新版本'],
  [/^must be newer than (.*?);/, (version = '') => `须高于${version}；如确需回退，用 --allow-older`],
  [/^must (begin as a ZIP file does|be a ZIP of the plain kind|be one file without a comment|end with|end at|end before|begin at|lie within|be stored|be deflated|be neither|be a member of a ZIP|be whole|be the (\d+) that)/, () => '须为完整的普通ZIP文件'],
  [/^is not there$/, () => '文件不存在'],
  [/^must be a file$/, () => '须为文件']
]

const TYPES: Readonly<Record<string, string>> = { string: '文本', number: '数字', int: '整数', boolean: '是或否', object: '对象', array: '列表' }

export function ruleZh(rule: string): string {
  for (const [pattern, said] of RULES) {
    const match = pattern.exec(rule)
    if (match !== null) return said(...match.slice(1))
  }
  return rule
}
