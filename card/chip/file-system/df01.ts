/** DF01 公共应用 (S37). */

import { AID, DF } from '../../identifier/application.ts'
import { chain, item, key, records, transparent, type ApplicationTable, type FileTable } from './table.ts'

const READ = 'PIN or RK1DF01'
const RESERVED_SIZE = 0x128

const reserved = (fid: number, write: string): FileTable => transparent(fid, '预留', { read: 'free', write }, RESERVED_SIZE)

export const DF01: ApplicationTable = {
  name: 'DF01',
  title: '公共应用',
  fid: DF.DF01,
  aid: AID.DF01,
  maintenance: 'BK',
  keys: [
    key('STKDF01', 0x82, 'message', 8),
    key('UK1DF01', 0x83),
    key('UK2DF01', 0x84),
    key('UK3DF01', 0x85),
    key('UK4DF01', 0x86),
    key('UK5DF01', 0x87),
    key('RK1DF01', 0x88),
    key('UK6DF01', 0x89),
    key('UK7DF01', 0x8a),
    key('UK8DF01', 0x8b),
    key('UK9DF01', 0x8c),
    key('UKADF01', 0x8d),
    key('UKBDF01', 0x8e)
  ],
  files: [
    records(0xef05, '户籍', { read: READ, write: 'UK1DF01' }, [
      item(0x20, 'an', 0x02, '户口类别'),
      item(0x21, 'an', 0x50, '地址'),
      item(0x0e, 'cn', 0x03, '区划')
    ]),
    records(0xef06, '常住地', { read: READ, write: 'UK4DF01' }, [
      item(0x23, 'an', 0x50, '地址'),
      item(0x24, 'cn', 0x03, '区划'),
      item(0x28, 'an', 0x0f, '电话'),
      item(0x2c, 'an', 0x32, '联系人'),
      item(0x2d, 'an', 0x0f, '联系人电话')
    ]),
    records(0xef07, '个人状况', { read: READ, write: 'UK2DF01' }, [item(0x29, 'an', 0x01, '就业或离退休状态')]),
    records(0xef08, '婚姻', { read: READ, write: 'UK3DF01' }, [item(0x2b, 'an', 0x01, '婚姻状况')]),
    records(0xef09, '身份及单位', { read: READ, write: 'UK2DF01' }, [
      item(0x2e, 'an', 0x46, '单位名称'),
      item(0x30, 'an', 0x09, '单位代码'),
      item(0x32, 'an', 0x02, '人员身份类别')
    ]),
    records(0xef0a, '国籍政治', { read: READ, write: 'UK5DF01' }, [
      item(0x37, 'an', 0x03, '国籍'),
      item(0x38, 'an', 0x02, '政治面貌'),
      item(0x39, 'cn', 0x04, '参加党派日期')
    ]),
    records(0xef15, '学历', { read: READ, write: 'UK6DF01' }, [
      item(0x2a, 'cn', 0x01, '学历'),
      chain(0x40, 0x34, 3, '学位记录', [
        item(0x57, 'an', 0x03, '学位'),
        item(0x58, 'cn', 0x03, '专业'),
        item(0x59, 'an', 0x28, '学校')
      ])
    ]),
    reserved(0xef16, 'UK7DF01'),
    reserved(0xef17, 'UK8DF01'),
    reserved(0xef18, 'UK9DF01'),
    reserved(0xef19, 'UKADF01'),
    reserved(0xef1a, 'UKBDF01')
  ]
}
