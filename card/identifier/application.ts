/** Names of the applications on card and PSAM (S37 tables 1 and 2; PSG). */

import { fromHex } from '../bytes/hex.ts'

/** SSSE 社会保障系统环境: the text "sx1.sh.社会保障" in GB18030. */
export const AID_SSSE = fromHex('7378312E73682EC9E7BBE1B1A3D5CF')

export const AID = {
  /** DF01 公共应用 public */
  DF01: fromHex('D15600000500'),
  /** DF02 就业与失业 employment */
  DF02: fromHex('D15600000501'),
  /** DF03 社会保险1 social insurance 1 */
  DF03: fromHex('D15600000502'),
  /** DF04 社会保险2 medical insurance */
  DF04: fromHex('D15600000503'),
  /** DF07 人事与人才 personnel */
  DF07: fromHex('D15600000504'),
  /** The PSAM's purchase application */
  PSAM: fromHex('D15600000590')
} as const

/** File identifiers of the directories (S37 table 1). DF05 生命与健康 and DF06 社会救助 have no AID. */
export const DF = {
  SSSE: 0xddf1,
  SSSE_ALIAS: 0x3f00,
  DF01: 0xdf01,
  DF02: 0xdf02,
  DF03: 0xdf03,
  DF04: 0xdf04,
  DF05: 0xdf05,
  DF06: 0xdf06,
  DF07: 0xdf07,
  /** On a PSAM the purchase application also answers to DF01. */
  PSAM: 0xdf01
} as const
