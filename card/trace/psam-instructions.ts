/** The commands of the PSAM (PSG 5). Its keys are named; what is enciphered with them is not. */

import { SW } from '../apdu/status-word.ts'
import { DF } from '../identifier/application.ts'
import { PSAM_EF } from '../identifier/psam-file.ts'
import type { Described, Description } from './described.ts'
import { isPsamName, psamFileText } from './file-names.ts'
import { psamKeyText } from './key-names.ts'
import type { PsamPlace } from './place.ts'
import { uintIn, type TracedCommand } from './traced-command.ts'
import { say, type Words } from './words.ts'

const BY_NAME = 0x04

const select: Description<PsamPlace> = ({ p1, data }) => {
  if (p1 === BY_NAME) {
    const isPurchase = isPsamName(Uint8Array.from(data, (byte) => byte ?? 0))
    return { words: isPurchase ? PURCHASE_APPLICATION : say('PSAM：按名称选择应用', 'PSAM: select an application by name') }
  }
  const fileId = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
  if (fileId === DF.SSSE_ALIAS) return { words: say('PSAM：选择主目录', 'PSAM: select the main directory') }
  if (fileId === DF.PSAM) return { words: PURCHASE_APPLICATION }
  const { zh, en } = psamFileText(fileId)
  return { words: say(`PSAM：选择文件 ${zh}`, `PSAM: select file ${en}`) }
}

const PURCHASE_APPLICATION = say('PSAM：选择消费应用', 'PSAM: select the purchase application')
const SHORT_ID = 0x80

const readBinary: Description<PsamPlace> = ({ p1 }, { file }) => {
  const fileId = (p1 & SHORT_ID) === 0 ? file : p1 & 0x1f
  const { zh, en } = fileId === undefined ? say('当前文件', 'the current file') : psamFileText(fileId)
  return { words: say(`PSAM：读 ${zh}`, `PSAM: read ${en}`) }
}

const readRecord: Description<PsamPlace> = ({ p1, p2 }, { file }) => {
  const fileId = p2 >> 3 === 0 ? file : p2 >> 3
  const { zh, en } = psamFileText(fileId ?? PSAM_EF.DIRECTORY)
  return { words: say(`PSAM：读 ${zh} 第${p1}条`, `PSAM: read record ${p1} of ${en}`) }
}

const getChallenge: Description<PsamPlace> = ({ le }) => ({
  words: say(`PSAM：取随机数（${le ?? 0}字节）`, `PSAM: get a challenge of ${le ?? 0} bytes`)
})

const WRONG_FACTORS = {
  [SW.WRONG_DATA]: say('分散因子个数不符，换一种再试', 'another number of factors is wanted'),
  [SW.KEY_INDEX_UNKNOWN]: say('PSAM卡中没有这个密钥', 'the PSAM has no such key'),
  [SW.KEY_NOT_FOUND]: say('PSAM卡中没有这个密钥', 'the PSAM has no such key')
} as const

const deliverSessionKey: Description<PsamPlace> = ({ p1, p2 }) => {
  const { zh, en } = psamKeyText(p1, p2)
  return { words: say(`PSAM：用${zh}产生过程密钥`, `PSAM: make a session key from ${en}`), own: WRONG_FACTORS }
}

/** P1: bit 0 set is a MAC, of which the last part gives the code. */
const CIPHER_MODES: Readonly<Record<number, Words>> = {
  0x00: say('PSAM：用过程密钥加密', 'PSAM: encipher with the session key'),
  0x02: say('PSAM：用过程密钥加密（未完）', 'PSAM: encipher with the session key, more follows'),
  0x05: say('PSAM：用过程密钥计算MAC', 'PSAM: make a MAC with the session key'),
  0x07: say('PSAM：计算MAC，第一段', 'PSAM: make a MAC, first part'),
  0x03: say('PSAM：计算MAC，下一段', 'PSAM: make a MAC, next part'),
  0x01: say('PSAM：计算MAC，最后一段', 'PSAM: make a MAC, last part')
}

const cipherData: Description<PsamPlace> = ({ p1 }) => ({
  words: CIPHER_MODES[p1] ?? say('PSAM：通用密钥运算', 'PSAM: work with the session key'),
  own: { [SW.CONDITIONS_NOT_SATISFIED]: say('还没有过程密钥', 'no session key was made') }
})

/** random 4 | serial 2 | amounts ... */
const initSamForPurchase: Description<PsamPlace> = (command) => ({
  words: withSerial(say('PSAM：消费初始化，计算MAC1', 'PSAM: initialize the purchase, make MAC1'), command),
  own: { ...WRONG_FACTORS, [SW.COUNTER_AT_MAXIMUM]: say('终端交易序号已用完', 'no terminal serials are left') }
})

function withSerial({ zh, en }: Words, command: TracedCommand): Words {
  const serial = uintIn(command, 4, 2)
  return serial === undefined ? say(zh, en) : say(`${zh}（卡交易序号${serial}）`, `${en} (card serial ${serial})`)
}

const creditSamForPurchase = (): Described => ({
  words: say('PSAM：校验MAC2', 'PSAM: check MAC2'),
  own: {
    [SW.OK]: say('MAC2正确，卡的应答真实', 'MAC2 is right: the answer is the card\'s'),
    [SW.WRONG_MAC]: say('MAC2错误', 'MAC2 is wrong')
  },
  tries: (left) => say(`MAC2错误，还剩${left}次`, `MAC2 is wrong, ${left} tries left`)
})

/** By CLA INS. */
export const PSAM_INSTRUCTIONS: Readonly<Record<number, Description<PsamPlace>>> = {
  0x00a4: select,
  0x00b0: readBinary,
  0x00b2: readRecord,
  0x0084: getChallenge,
  0xbfde: deliverSessionKey,
  0x80fa: cipherData,
  0x8070: initSamForPurchase,
  0x8072: creditSamForPurchase
}
