import { ok } from '../../../base/result.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { itemFacts } from '../../../settlement/catalogue/item-facts.ts'
import { ceilingOn, classOn, prePayOn } from '../../../settlement/catalogue/item-on-day.ts'
import type { CatalogueItem } from '../../../settlement/catalogue/item-schema.ts'
import { describePeriod, periodOf } from '../../../settlement/catalogue/period.ts'
import { dataFolder, dayOption, withCatalogue } from '../catalogue-place.ts'
import type { Command } from '../command.ts'

const SYNOPSIS = '--data DIR CODE [--on YYYY-MM-DD]'
const LEVELS = [1, 2, 3] as const
const INSUTYPES = ['310', '390'] as const
const CLASS_NAMES = { '01': 'A 甲', '02': 'B 乙', '03': 'C 丙', '04': 'payable C 可支付丙' } as const

export const catalogueShowCommand: Command = {
  name: 'catalogue show',
  synopsis: SYNOPSIS,
  summary: 'an item and what holds of it on a day: class, ceilings by level, pre-self-pay by insurance; exit code 1: no such code (查目录项目)',
  options: { data: { type: 'string' }, on: { type: 'string' } },
  positionals: ['CODE'],
  run: (input, terminal) => {
    const data = dataFolder(input, `catalogue show ${SYNOPSIS}`)
    if (!data.ok) return data
    const on = dayOption(input, terminal)
    if (!on.ok) return on
    const [code = ''] = input.positionals
    return withCatalogue(data.value, terminal, (catalogue) => {
      const { version } = catalogue
      const item = catalogue.get(code, on.value)
      if (item === undefined) return ok({ text: `"${code}" is not in the catalogue ${version} 目录中无此编码`, json: { code, version, found: false }, exitCode: 1 })
      const holds = held(item, on.value)
      return ok({ text: textOf(item, on.value, holds), json: { version, on: on.value, found: true, holds, item } })
    })
  }
}

interface Held {
  /** null: the insurance catalogue does not hold it on that day. */
  readonly chrgitm_lv: string | null
  readonly ceilings: readonly { readonly level: number; readonly pric_uplmt_amt: string | null }[]
  readonly pre_pay: readonly { readonly insutype: string; readonly selfpay_prop: string | null }[]
}

const held = (item: CatalogueItem, on: BusinessDate): Held => ({
  chrgitm_lv: classOn(item, on) ?? null,
  ceilings: LEVELS.map((level) => ({ level, pric_uplmt_amt: ceilingOn(item, { on, level }) ?? null })),
  pre_pay: INSUTYPES.map((insutype) => ({ insutype, selfpay_prop: prePayOn(item, { on, insutype }) ?? null }))
})

function textOf(item: CatalogueItem, on: BusinessDate, holds: Held): string {
  const { kind, needsPrescription, isRestricted, isNegotiated, isDualChannel, isForChildren, chargeClass, atc } = itemFacts(item, on)
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['name 名称', item.name],
    ['kind 类别', kind],
    ['class 等级', chargeClass === undefined ? `not held on ${on} 当日不在医保目录` : CLASS_NAMES[chargeClass]],
    ['period 有效期', describePeriod(periodOf(item))],
    ['price 单价', item.pric],
    ['ceiling 限价', holds.ceilings.map(({ level, pric_uplmt_amt }) => `level ${level}: ${pric_uplmt_amt ?? '-'}`).join(', ')],
    ['pre-pay 先行自付', holds.pre_pay.map(({ insutype, selfpay_prop }) => `${insutype}: ${selfpay_prop ?? '-'}`).join(', ')],
    ['pack 规格', [item.spec, item.unit, item.units_per_pack === undefined ? undefined : `${item.units_per_pack} ${item.min_unit ?? ''}`].filter((part) => part !== undefined).join(' ')],
    ['generic 通用名', item.generic],
    ['ATC', atc],
    ['barcode 条码', item.barcode],
    ['trace codes begin 追溯码前缀', item.drug_id],
    ['own code 院内码', item.medins_list_codg],
    ['prescription 处方', needsPrescription === undefined ? 'not known 未知' : needsPrescription ? 'needed 处方药' : 'OTC 非处方药'],
    ['flags 标志', [isRestricted && 'restricted 限制用药', isNegotiated && 'negotiated 谈判', isDualChannel && 'dual channel 双通道', isForChildren && 'children only 儿童', item.vali_flag === '0' && 'void 已停用'].filter((flag) => flag !== false).join(', ')],
    ['restriction 限制', item.restriction]
  ]
  return [item.med_list_codg, ...rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`  ${name}: ${value}`]))].join('\n')
}
