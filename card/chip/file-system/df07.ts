/** DF07 人事与人才 (S37), and the two applications that have a directory and, in our sources, no files. */

import { AID, DF } from '../../identifier/application.ts'
import { item, key, records, type ApplicationTable } from './table.ts'

export const DF05: ApplicationTable = {
  name: 'DF05',
  title: '生命与健康',
  fid: DF.DF05,
  maintenance: 'BK',
  keys: [],
  files: []
}

export const DF06: ApplicationTable = {
  name: 'DF06',
  title: '社会救助与优待抚恤',
  fid: DF.DF06,
  maintenance: 'BK',
  keys: [],
  files: []
}

export const DF07: ApplicationTable = {
  name: 'DF07',
  title: '人事与人才',
  fid: DF.DF07,
  aid: AID.DF07,
  maintenance: 'BK',
  keys: [
    key('RK1DF07', 0x83),
    key('RK2DF07', 0x84),
    key('RK3DF07', 0x85),
    key('UK1DF07', 0x86),
    key('UK2DF07', 0x87),
    key('UK3DF07', 0x88)
  ],
  files: [
    records(0xef05, '', { read: 'PIN or RK1DF07', write: 'UK1DF07' }, [
      item(0xf0, 'an', 0x02),
      item(0xf1, 'an', 0x01),
      item(0xf2, 'cn', 0x04),
      item(0xf3, 'an', 0x03),
      item(0xf4, 'cn', 0x04)
    ]),
    records(0xef06, '', { read: 'PIN or RK2DF07', write: 'UK2DF07' }, [
      item(0xf5, 'an', 0x03),
      item(0xf6, 'cn', 0x04),
      item(0xf7, 'an', 0x46)
    ]),
    records(0xef07, '', { read: 'PIN or RK3DF07', write: 'UK3DF07' }, [item(0xf8, 'cn', 0x04), item(0xf9, 'an', 0x01)])
  ]
}
