/** SSSE 社会保障系统环境 (S37 tables 3 and 9; keys from the key cross table of 2013-06-19). */

import { AID_SSSE, DF } from '../../identifier/application.ts'
import { item, key, records, transparent, type ApplicationTable, type Item } from './table.ts'

interface Variant {
  /** v1.00 has no item 4E. */
  readonly continuedName: boolean
  /** v3.00 asks for external authentication under RKSSSE before it names its holder. */
  readonly holderRead: 'free' | 'RKSSSE'
}

const holderItems = (continuedName: boolean): readonly Item[] => [
  item(0x08, 'an', 0x12, '社会保障号码'),
  item(0x09, 'an', 0x1e, '姓名'),
  ...(continuedName ? [item(0x4e, 'an', 0x14, '姓名扩展')] : []),
  item(0x0a, 'an', 0x01, '性别'),
  item(0x0b, 'cn', 0x01, '民族'),
  item(0x0c, 'cn', 0x03, '出生地'),
  item(0x0d, 'cn', 0x04, '出生日期')
]

const ssse = ({ continuedName, holderRead }: Variant): ApplicationTable => ({
  name: 'SSSE',
  title: '社会保障系统环境',
  fid: DF.SSSE,
  aid: AID_SSSE,
  maintenance: 'BK',
  keys: [
    key('IRK', 0x00, 'internal'),
    key('STK', 0x02, 'message', 8),
    key('UKSSSE', 0x04),
    key('BK', 0x05),
    key('PUK', 0x06),
    key('RKSSSE', 0x0a)
  ],
  files: [
    records(0xef05, '发卡机构数据', { read: 'free', write: 'UKSSSE' }, [
      item(0x01, 'cn', 0x10, '卡的识别码'),
      item(0x02, 'an', 0x01, '卡的类别'),
      item(0x03, 'an', 0x04, '规范版本'),
      item(0x04, 'cn', 0x0c, '初始化机构编号'),
      item(0x05, 'cn', 0x04, '发卡日期'),
      item(0x06, 'cn', 0x04, '卡有效期'),
      item(0x07, 'an', 0x09, '卡号', { read: holderRead })
    ]),
    records(0xef06, '持卡人基本信息', { read: holderRead, write: 'UKSSSE' }, holderItems(continuedName)),
    transparent(0xef07, '指纹', { read: 'RKSSSE', write: 'UKSSSE' }, 0x300),
    transparent(0xef08, '数字相片', { read: 'RKSSSE', write: 'UKSSSE' }, 0x1000)
  ]
})

export const SSSE_V1 = ssse({ continuedName: false, holderRead: 'free' })
export const SSSE_V2 = ssse({ continuedName: true, holderRead: 'free' })
export const SSSE_V3 = ssse({ continuedName: true, holderRead: 'RKSSSE' })
