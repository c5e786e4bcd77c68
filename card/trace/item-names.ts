/** What the data items are called (S37 tables 9 and 42-52; v1.00 after XJ). A tag alone says nothing: the file decides. */

import { HOLDER_ITEM, ISSUER_ITEM, MEDICAL_ITEM, OFFLINE_ITEM, V1_ACCOUNT_ITEM } from '../identifier/data-item.ts'
import type { CardDirectory } from './place.ts'
import { hexByte } from './traced-command.ts'
import { say, type Words } from './words.ts'

type Items = Readonly<Record<number, Words>>

const ISSUER: Items = {
  [ISSUER_ITEM.IDENTIFICATION_CODE]: say('卡的识别码', 'identification code'),
  [ISSUER_ITEM.CARD_CLASS]: say('卡的类别', 'card class'),
  [ISSUER_ITEM.VERSION]: say('规范版本', 'version'),
  [ISSUER_ITEM.INITIALISER]: say('初始化机构编号', 'initialising body'),
  [ISSUER_ITEM.ISSUE_DATE]: say('发卡日期', 'issue date'),
  [ISSUER_ITEM.EXPIRY_DATE]: say('卡有效期', 'expiry date'),
  [ISSUER_ITEM.CARD_NUMBER]: say('卡号', 'card number')
}

const HOLDER: Items = {
  [HOLDER_ITEM.SOCIAL_SECURITY_NUMBER]: say('社会保障号码', 'social security number'),
  [HOLDER_ITEM.NAME]: say('姓名', 'name'),
  [HOLDER_ITEM.NAME_CONTINUED]: say('姓名扩展', 'name, continued'),
  [HOLDER_ITEM.SEX]: say('性别', 'sex'),
  [HOLDER_ITEM.ETHNIC_GROUP]: say('民族', 'ethnic group'),
  [HOLDER_ITEM.BIRTHPLACE]: say('出生地', 'birthplace'),
  [HOLDER_ITEM.BIRTH_DATE]: say('出生日期', 'birth date')
}

const MEDICAL: Items = {
  [MEDICAL_ITEM.INSURANCE_TYPE]: say('险种类型及标识', 'insurance type and flags'),
  [MEDICAL_ITEM.INSURED_REGION]: say('参保地区划', 'insured region'),
  [MEDICAL_ITEM.HEALTH_RECORD]: say('健康档案编号', 'health record number'),
  [MEDICAL_ITEM.PERSON_CLASS]: say('人员类别', 'person class'),
  [MEDICAL_ITEM.ACCOUNT_OPENED]: say('个人账户建立日期', 'account opened'),
  [MEDICAL_ITEM.ACCOUNT_NUMBER]: say('个人账号', 'account number'),
  [MEDICAL_ITEM.MEDICAL_CERTIFICATE]: say('医疗证号', 'medical certificate'),
  [MEDICAL_ITEM.USE_MODE]: say('用卡方式', 'use mode'),
  0x83: say('定点医疗机构代码1', 'designated institution 1'),
  0x86: say('定点医疗机构代码2', 'designated institution 2'),
  0x89: say('定点医疗机构代码3', 'designated institution 3'),
  0x7d: say('工伤协议机构1', 'work-injury institution 1'),
  0x7e: say('工伤协议机构2', 'work-injury institution 2'),
  0x7f: say('工伤协议机构3', 'work-injury institution 3'),
  0x8d: say('生育定点机构1', 'maternity institution 1'),
  0x8e: say('生育定点机构2', 'maternity institution 2')
}

/** Where the first generation keeps something else than the later ones. */
const MEDICAL_V1: Items = {
  ...MEDICAL,
  0x81: say('定点医疗机构名称1', 'designated institution 1, name'),
  0x84: say('定点医疗机构名称2', 'designated institution 2, name'),
  0x87: say('定点医疗机构名称3', 'designated institution 3, name')
}

const OFFLINE: Items = {
  [OFFLINE_ITEM.ALLOWED]: say('准许脱网标识', 'offline allowed'),
  [OFFLINE_ITEM.AMOUNT]: say('脱网累计金额', 'offline amount'),
  [OFFLINE_ITEM.COUNT]: say('脱网累计次数', 'offline count')
}

const ACCOUNT_V1: Items = {
  [V1_ACCOUNT_ITEM.BALANCE]: say('个人账户余额', 'balance'),
  [V1_ACCOUNT_ITEM.YEARLY_OWN_PAYMENT]: say('年度个人自付累计', "year's own payment"),
  [V1_ACCOUNT_ITEM.YEARLY_POOLED_PAYMENT]: say('年度统筹支付累计', "year's pooled payment")
}

/** By directory and short file identifier, of the later generations and of the first. */
const FILES: Readonly<Record<string, readonly [later: Items, first: Items]>> = {
  SSSE05: [ISSUER, ISSUER],
  SSSE06: [HOLDER, HOLDER],
  DF0405: [MEDICAL, MEDICAL_V1],
  DF0406: [OFFLINE, ACCOUNT_V1]
}

/** An item that no source names is called by its tag. */
export function itemText(
  { directory, isFirstGeneration }: { readonly directory: CardDirectory; readonly isFirstGeneration: boolean },
  file: number | undefined,
  tag: number
): Words {
  const items = file === undefined ? undefined : FILES[`${directory}${hexByte(file & 0xff)}`]
  const name = items?.[isFirstGeneration ? 1 : 0][tag]
  const label = hexByte(tag)
  return name === undefined ? say(`数据项${label}`, `item ${label}`) : say(`${name.zh}（${label}）`, `${name.en} (${label})`)
}
