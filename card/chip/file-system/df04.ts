/**
 * DF04 社会保险2, medical insurance (S37 tables 7, 9, 42-52; v1.00 after LB002-2000 as field data show it). The amount file
 * that S37 calls internal is the purse's own memory and no file here: no command addresses it.
 */

import { AID, DF } from '../../identifier/application.ts'
import { SPECIAL_SETTLEMENT_RECORD_LENGTH, TRANSACTION_RECORD_LENGTH } from '../../identifier/data-item.ts'
import { cyclic, item, key, records, type ApplicationTable, type FileTable, type KeyRow } from './table.ts'

const KEYS: readonly KeyRow[] = [
  key('STKDF04', 0x82, 'message', 8),
  key('LKDF04', 0x83),
  key('RK1DF04', 0x84),
  key('UK1DF04', 0x85),
  key('UK2DF04', 0x86),
  key('DSK', 0x87, 'reserved'),
  key('DPK', 0x01, 'purchase'),
  key('DPK', 0x02, 'purchase'),
  key('DPK', 0x03, 'purchase'),
  key('DLK', 0x01, 'load'),
  key('DLK', 0x02, 'load'),
  key('DLK', 0x03, 'load'),
  key('DTK', 0x00, 'tac')
]

const medical = (files: readonly FileTable[]): ApplicationTable => ({
  name: 'DF04',
  title: '社会保险2',
  fid: DF.DF04,
  aid: AID.DF04,
  maintenance: 'BK or LKDF04',
  keys: KEYS,
  files
})

/** Written by the purse alone. */
const transactionLog = (count: number): FileTable =>
  cyclic(0xef08, '医疗交易明细', { read: 'PIN', write: 'never' }, { recordLength: TRANSACTION_RECORD_LENGTH, records: count })

const SPECIAL_SETTLEMENTS = cyclic(
  0xef15,
  '特殊医疗结算记录',
  { read: 'PIN or RK1DF04', write: 'UK2DF04' },
  { recordLength: SPECIAL_SETTLEMENT_RECORD_LENGTH, records: 8 }
)

export const DF04_V2 = medical([
  records(0xef05, '医疗保险基本信息', { read: 'PIN or RK1DF04', write: 'UK1DF04' }, [
    item(0x81, 'an', 0x08, '医疗保险险种类型及标识'),
    item(0x84, 'cn', 0x03, '参保地区划'),
    item(0x87, 'an', 0x11, '健康档案编号'),
    item(0x8c, 'cn', 0x01, '人员类别'),
    item(0x80, 'cn', 0x04, '个人账户建立日期'),
    item(0x8b, 'an', 0x1d, '个人账号'),
    item(0x8a, 'an', 0x0f, '医疗证号'),
    item(0x83, 'an', 0x09, '定点医疗机构代码1'),
    item(0x86, 'an', 0x09, '定点医疗机构代码2'),
    item(0x89, 'an', 0x09, '定点医疗机构代码3'),
    item(0x7d, 'an', 0x09, '工伤协议机构1'),
    item(0x7e, 'an', 0x09, '工伤协议机构2'),
    item(0x7f, 'an', 0x09, '工伤协议机构3'),
    item(0x8d, 'an', 0x09, '生育定点机构1'),
    item(0x8e, 'an', 0x09, '生育定点机构2'),
    item(0x8f, 'an', 0x01, '用卡方式')
  ]),
  records(0xef06, '临时脱网结算信息', { read: 'PIN and RK1DF04', write: 'UK2DF04' }, [
    item(0x90, 'an', 0x01, '准许脱网标识'),
    item(0x92, 'cn', 0x04, '脱网累计金额'),
    item(0x93, 'an', 0x02, '脱网累计次数')
  ]),
  transactionLog(30),
  SPECIAL_SETTLEMENTS
])

export const DF04_V1 = medical([
  records(0xef05, '医疗保险基本信息', { read: 'PIN or RK1DF04', write: 'UK1DF04' }, [
    item(0x80, 'cn', 0x04, '个人账户建立日期'),
    item(0x81, 'an', 0x3e, '定点医疗机构名称1'),
    item(0x82, 'an', 0x08),
    item(0x83, 'an', 0x09, '定点医疗机构代码1'),
    item(0x84, 'an', 0x3e, '定点医疗机构名称2'),
    item(0x85, 'an', 0x08),
    item(0x86, 'an', 0x09, '定点医疗机构代码2'),
    item(0x87, 'an', 0x3e, '定点医疗机构名称3'),
    item(0x88, 'an', 0x08),
    item(0x89, 'an', 0x09, '定点医疗机构代码3'),
    item(0x8a, 'an', 0x0f, '医疗证号'),
    item(0x8b, 'an', 0x0a, '个人账号'),
    item(0x8c, 'cn', 0x01, '人员类别'),
    item(0x8f, 'an', 0x01, '用卡方式')
  ]),
  // The right to read is inferred: v1.00 shows the holder's balance, and field programs ask for the PIN alone.
  records(0xef06, '个人账户', { read: 'PIN or RK1DF04', write: 'never' }, [
    item(0x90, 'cn', 0x04, '个人账户余额', { live: 'balance' }),
    item(0x92, 'cn', 0x04, '年度个人自付累计', { live: 'own-payment-total' }),
    item(0x93, 'cn', 0x04, '年度统筹支付累计', { live: 'pooled-payment-total' })
  ]),
  transactionLog(10),
  SPECIAL_SETTLEMENTS
])
