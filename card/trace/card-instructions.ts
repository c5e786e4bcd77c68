/** The commands of the social security card but for its purse: files, items, PIN, keys, blocking (P1, P2, ISO 7816-4). */

import { SW } from '../apdu/status-word.ts'
import type { Described, Description } from './described.ts'
import { directoryById, directoryByName, directoryText, fileText } from './file-names.ts'
import { itemText } from './item-names.ts'
import { cardKeyText } from './key-names.ts'
import type { CardPlace } from './place.ts'
import { hexByte, type TracedCommand } from './traced-command.ts'
import { say, type Words } from './words.ts'

const select: Description<CardPlace> = (command, place) => ({
  words: selectedText(command, place),
  own: {
    [SW.FILE_NOT_FOUND]: say('卡上没有这个应用或文件', 'the card has no such application or file'),
    [SW.FUNCTION_UNSUPPORTED]: say('卡上没有这个应用，或卡已锁定', 'no such application, or the card is blocked')
  }
})

const BY_NAME = 0x04

function selectedText({ p1, data }: TracedCommand, place: CardPlace): Words {
  if (p1 === BY_NAME) {
    const directory = directoryByName(Uint8Array.from(data, (byte) => byte ?? 0))
    return directory === undefined ? say('按名称选择应用', 'select an application by name') : selecting(directoryText(directory), '应用')
  }
  const fileId = data.length === 0 ? 0x3f00 : ((data[0] ?? 0) << 8) | (data[1] ?? 0)
  const directory = directoryById(fileId)
  return directory === undefined
    ? selecting(fileText(place.directory, fileId, place.isFirstGeneration), '文件')
    : selecting(directoryText(directory), '应用')
}

const selecting = ({ zh, en }: Words, what: string): Words => say(`选择${what}：${zh}`, `select ${en}`)

/** The file that a command names by its short identifier, or the one selected. */
const addressedFile = (shortId: number, { file }: CardPlace): number | undefined => (shortId === 0 ? file : 0xef00 | shortId)

const BY_TAG = 0x00
const READ_STATUS = {
  [SW.RECORD_NOT_FOUND]: say('卡上没有这一项', 'the card has none'),
  [SW.SECURITY_NOT_SATISFIED]: say('不能读：未验证密码，或未做外部认证', 'not to be read before a PIN or a key is shown')
} as const

function recordText({ p1, p2 }: TracedCommand, place: CardPlace): Words {
  const file = addressedFile(p2 >> 3, place)
  if ((p2 & 0x07) === BY_TAG) return itemText(place, file, p1)
  const where = file === undefined ? say('当前文件', 'the current file') : fileText(place.directory, file, place.isFirstGeneration)
  return say(`${where.zh} 第${p1}条`, `record ${p1} of ${where.en}`)
}

const readRecord: Description<CardPlace> = (command, place) => {
  const { zh, en } = recordText(command, place)
  return { words: say(`读：${zh}`, `read ${en}`), own: READ_STATUS }
}

const updateRecord: Description<CardPlace> = (command, place) => {
  const { data, p1, p2 } = command
  // Some write by number and put the tag into the record only; some say the tag in P1.
  const isByTag = (p2 & 0x07) === BY_TAG
  const { zh, en } = isByTag ? itemText(place, addressedFile(p2 >> 3, place), data[0] ?? p1) : recordText(command, place)
  return { words: say(`写：${zh}`, `write ${en}`), own: { [SW.SECURITY_NOT_SATISFIED]: say('没有写权限', 'not to be written before a key is shown') } }
}

const appendRecord: Description<CardPlace> = ({ p2 }, place) => {
  const file = addressedFile(p2 >> 3, place)
  const where = file === undefined ? say('当前文件', 'the current file') : fileText(place.directory, file, place.isFirstGeneration)
  return { words: say(`追加记录：${where.zh}`, `append a record to ${where.en}`) }
}

const SHORT_ID = 0x80

const binary =
  (zhVerb: string, enVerb: string): Description<CardPlace> =>
  ({ p1, p2, data, le }, place) => {
    const isShort = (p1 & SHORT_ID) !== 0
    const file = addressedFile(isShort ? p1 & 0x1f : 0, place)
    const offset = isShort ? p2 : (p1 << 8) | p2
    const where = file === undefined ? say('当前文件', 'the current file') : fileText(place.directory, file, place.isFirstGeneration)
    const length = data.length === 0 ? (le ?? 0) : data.length
    return { words: say(`${zhVerb}：${where.zh}，从第${offset}字节起${length}字节`, `${enVerb} ${where.en}, ${length} bytes from ${offset}`) }
  }

const triesOfPin = (left: number): Words =>
  left === 0
    ? say('密码错误，密码已锁定', 'wrong PIN, and now it is locked')
    : say(`密码错误，还可输入${left}次`, `wrong PIN, ${left} tries left`)

const PIN_STATUS = {
  [SW.BLOCKED]: say('密码已锁定', 'the PIN is locked'),
  [SW.DATA_INVALID]: say('卡没有密码，或密码数据损坏', 'no PIN, or its data are damaged'),
  [SW.KEY_NOT_FOUND]: say('卡没有密码', 'no PIN'),
  [SW.WRONG_LENGTH]: say('密码位数不对', 'wrong number of digits')
} as const

const verify: Description<CardPlace> = ({ data }) =>
  data.length === 0
    ? {
        words: say('查询密码剩余次数', 'ask for the PIN tries left'),
        own: { ...PIN_STATUS, [SW.OK]: say('密码已验证', 'the PIN was given already') },
        tries: (left) => say(`还可输入${left}次`, `${left} tries left`),
        isQuestion: true
      }
    : { words: say('验证密码', 'verify the PIN'), own: { ...PIN_STATUS, [SW.OK]: say('密码正确', 'the PIN is right') }, tries: triesOfPin }

const changePin = (): Described => ({
  words: say('修改密码', 'change the PIN'),
  own: { ...PIN_STATUS, [SW.OK]: say('密码已修改', 'the PIN is changed') },
  tries: triesOfPin
})

const STORES_NEW_PIN = 0x01

const unblockPin: Description<CardPlace> = ({ p2 }) => ({
  words: p2 === STORES_NEW_PIN ? say('重装密码', 'reload the PIN') : say('解锁密码', 'unblock the PIN'),
  own: {
    [SW.CONDITIONS_NOT_SATISFIED]: say('密码没有锁定，不用解锁', 'the PIN is not locked'),
    [SW.DATA_INVALID]: say('还没有取随机数', 'no challenge was taken'),
    [SW.SECURITY_NOT_SATISFIED]: say('还没有用解锁密钥做外部认证', 'the unblock key has to be shown first'),
    [SW.SECURE_MESSAGING_WRONG]: say('MAC错误', 'wrong MAC')
  }
})

const getChallenge: Description<CardPlace> = ({ le }) => ({ words: say(`取随机数（${le ?? 0}字节）`, `get a challenge of ${le ?? 0} bytes`) })

const internalAuthenticate: Description<CardPlace> = ({ p2 }, { directory }) => {
  const { zh, en } = cardKeyText(directory, p2)
  return {
    words: say(`内部认证：卡用${zh}证明自己`, `internal authentication: the card shows ${en}`),
    own: { [SW.KEY_INDEX_UNKNOWN]: say('没有这个密钥', 'no such key') }
  }
}

const externalAuthenticate: Description<CardPlace> = ({ p2 }, { directory }) => {
  const { zh, en } = cardKeyText(directory, p2)
  return {
    words: say(`外部认证：终端出示${zh}`, `external authentication: the terminal shows ${en}`),
    own: {
      [SW.OK]: say('认证通过', 'accepted'),
      [SW.BLOCKED]: say('此密钥已永久锁定', 'this key is locked for good'),
      [SW.DATA_INVALID]: say('还没有取随机数', 'no challenge was taken'),
      [SW.KEY_INDEX_UNKNOWN]: say('没有这个密钥', 'no such key')
    },
    tries: (left) => say(`认证失败，此密钥还剩${left}次`, `refused, ${left} tries left for this key`)
  }
}

const FOR_GOOD = 0x01

const applicationBlock: Description<CardPlace> = ({ p2 }) => ({
  words: p2 === FOR_GOOD ? say('永久锁定应用', 'block the application for good') : say('锁定应用', 'block the application')
})

const plain =
  (zh: string, en: string): Description<CardPlace> =>
  () => ({ words: say(zh, en) })

/** By CLA INS. */
export const CARD_INSTRUCTIONS: Readonly<Record<number, Description<CardPlace>>> = {
  0x00a4: select,
  0x00b2: readRecord,
  0x00dc: updateRecord,
  0x00e2: appendRecord,
  0x00b0: binary('读', 'read'),
  0x00d6: binary('写', 'write'),
  0x0020: verify,
  0x805e: changePin,
  0x8424: unblockPin,
  0x0084: getChallenge,
  0x0088: internalAuthenticate,
  0x0082: externalAuthenticate,
  0x841e: applicationBlock,
  0x8418: plain('解锁应用', 'unblock the application'),
  0x8416: plain('锁定卡片', 'block the card')
}

export const instructionText = ({ cla, ins }: TracedCommand): Words =>
  say(`未列出的指令${hexByte(cla)}${hexByte(ins)}`, `unknown instruction ${hexByte(cla)}${hexByte(ins)}`)
