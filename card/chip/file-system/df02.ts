/** DF02 就业与失业 (S37). Our sources give the tags, types and lengths of its items, not all their names. */

import { AID, DF } from '../../identifier/application.ts'
import { chain, cyclic, item, key, records, type ApplicationTable } from './table.ts'

const READ = 'PIN or RK1DF02'

export const DF02: ApplicationTable = {
  name: 'DF02',
  title: '就业与失业',
  fid: DF.DF02,
  aid: AID.DF02,
  maintenance: 'BK',
  keys: [
    key('STKDF02', 0x82, 'message', 8),
    key('UK1DF02', 0x83),
    key('UK2DF02', 0x84),
    key('UK3DF02', 0x85),
    key('UK4DF02', 0x86),
    key('UK5DF02', 0x87),
    key('RK1DF02', 0x88),
    key('UK6DF02', 0x89)
  ],
  files: [
    records(0xef05, '', { read: READ, write: 'UK1DF02' }, [
      item(0x42, 'an', 0x03),
      item(0x41, 'an', 0x03),
      chain(0x43, 0x6c, 2, '', [
        item(0x5a, 'an', 0x07),
        item(0x5b, 'an', 0x01),
        item(0x5c, 'an', 0x46),
        item(0x5d, 'cn', 0x04),
        item(0x5e, 'an', 0x10)
      ]),
      chain(0x44, 0x65, 2, '', [
        item(0x33, 'an', 0x03),
        item(0x34, 'an', 0x46),
        item(0x35, 'cn', 0x04),
        item(0x36, 'an', 0x10)
      ])
    ]),
    records(0xef06, '', { read: READ, write: 'UK2DF02' }, [
      item(0x4c, 'cn', 0x04),
      item(0x4b, 'an', 0x05),
      item(0x4d, 'cn', 0x03),
      item(0x60, 'cn', 0x04),
      item(0x4f, 'an', 0x06),
      item(0x50, 'cn', 0x03),
      item(0x3a, 'an', 0x07)
    ]),
    // an 7 | cn 4 | cn 4 | an 46
    cyclic(0xef07, '', { read: READ, write: 'UK3DF02' }, { recordLength: 0x55, records: 4 }),
    records(0xef09, '', { read: READ, write: 'UK4DF02' }, [
      item(0x55, 'an', 0x10),
      item(0x56, 'an', 0x46),
      item(0x96, 'cn', 0x04),
      item(0x97, 'cn', 0x03)
    ]),
    records(0xef15, '', { read: READ, write: 'UK5DF02' }, [
      // The source gives 10 as the value's length; the inner items with their headers take exactly that.
      chain(0x99, 0x10, 4, '', [item(0x10, 'an', 0x03), item(0x11, 'cn', 0x04), item(0x12, 'cn', 0x03)]),
      item(0x0f, 'cn', 0x04),
      item(0x1f, 'cn', 0x03)
    ]),
    // an 3 | cn 4 | cn 4 | cn 4 | cn 3
    cyclic(0xef16, '', { read: READ, write: 'UK6DF02' }, { recordLength: 0x12, records: 4 })
  ]
}
