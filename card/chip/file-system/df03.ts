/** DF03 社会保险1 (S37). Dates whose meaning our sources do not tell apart carry no name of their own. */

import { AID, DF } from '../../identifier/application.ts'
import { chain, item, key, records, type ApplicationTable } from './table.ts'

const READ = 'PIN or RK1DF03'

export const DF03: ApplicationTable = {
  name: 'DF03',
  title: '社会保险1',
  fid: DF.DF03,
  aid: AID.DF03,
  maintenance: 'BK or LKDF03',
  keys: [
    key('STKDF03', 0x82, 'message', 8),
    key('LKDF03', 0x83),
    key('RK1DF03', 0x84),
    key('RK2DF03', 0x85),
    key('UK1DF03', 0x86),
    key('UK2DF03', 0x87),
    key('UK3DF03', 0x88),
    key('UK4DF03', 0x89),
    key('UK5DF03', 0x8a),
    key('UK6DF03', 0x8b),
    key('UK7DF03', 0x8c),
    key('UK8DF03', 0x8d)
  ],
  files: [
    records(0xef05, '失业', { read: 'PIN or RK2DF03', write: 'UK1DF03' }, [
      item(0x61, 'cn', 0x03, '区划'),
      item(0x60, 'cn', 0x04),
      item(0x98, 'cn', 0x04),
      item(0x62, 'cn', 0x04),
      item(0x63, 'an', 0x03, '累计缴费'),
      item(0x64, 'an', 0x03, '有效'),
      item(0x65, 'an', 0x03, '应领月数'),
      item(0x66, 'an', 0x03, '已领')
    ]),
    records(0xef06, '劳动能力鉴定', { read: READ, write: 'UK2DF03' }, [
      item(0x45, 'an', 0x14),
      item(0x46, 'an', 0x02),
      item(0x47, 'an', 0x02),
      item(0x48, 'an', 0x01),
      item(0x49, 'an', 0x01),
      item(0x67, 'cn', 0x04),
      item(0x6b, 'an', 0x3c),
      chain(0x4a, 0x61, 3, '', [
        item(0x13, 'an', 0x02),
        item(0x14, 'an', 0x01),
        item(0x15, 'an', 0x14),
        item(0x16, 'cn', 0x04),
        item(0x17, 'an', 0x3c)
      ])
    ]),
    records(0xef07, '养老', { read: READ, write: 'UK3DF03' }, [
      item(0x70, 'an', 0x03, '险种'),
      item(0x71, 'cn', 0x03, '区划'),
      item(0x6e, 'cn', 0x04),
      item(0x6c, 'cn', 0x04),
      item(0x6f, 'cn', 0x04),
      item(0x73, 'cn', 0x04)
    ]),
    records(0xef15, '工伤', { read: READ, write: 'UK4DF03' }, [
      item(0x7a, 'cn', 0x03),
      item(0x7b, 'cn', 0x04),
      item(0x7c, 'cn', 0x04)
    ]),
    records(0xef16, '生育', { read: READ, write: 'UK5DF03' }, [
      item(0x51, 'cn', 0x03),
      item(0x5f, 'an', 0x01, '未就业配偶')
    ]),
    records(0xef17, '工伤认定', { read: READ, write: 'UK6DF03' }, [
      item(0x3b, 'an', 0x14),
      item(0x3c, 'an', 0x46),
      item(0x3d, 'an', 0x01),
      item(0x3e, 'cn', 0x04),
      item(0x3f, 'an', 0x3c)
    ]),
    records(0xef18, '供养亲属', { read: READ, write: 'UK7DF03' }, [
      item(0x74, 'an', 0x03),
      item(0x75, 'cn', 0x03),
      item(0x76, 'cn', 0x01),
      item(0x77, 'cn', 0x04),
      item(0x78, 'cn', 0x04)
    ]),
    records(0xef19, '参保凭证', { read: READ, write: 'UK8DF03' }, [
      chain(0x79, 0x27, 4, '参保凭证', [
        item(0x18, 'an', 0x03, '险种'),
        item(0x19, 'cn', 0x03, '区划'),
        item(0x1a, 'cn', 0x04, '起'),
        item(0x1b, 'cn', 0x04, '止'),
        item(0x1c, 'cn', 0x04, '金额'),
        item(0x1d, 'an', 0x03, '月数'),
        item(0x1e, 'cn', 0x04, '日期')
      ])
    ])
  ]
}
