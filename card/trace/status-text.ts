/**
 * What an answer means: its status word in general (P1, P2, ISO 7816-4 5.6), and where one command means something else by
 * it, what that command means. An answer with a status word nobody listed is given as it is.
 */

import { bytesAvailable, correctLe, formatStatusWord, SW, triesLeft, type StatusWord } from '../apdu/status-word.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import { say, type Words } from './words.ts'

export type Outcome = 'ok' | 'refused' | 'silent'

const GENERAL: Readonly<Record<StatusWord, Words>> = {
  [SW.OK]: say('成功', 'done'),
  [SW.PARTLY_CORRUPT]: say('返回的数据可能有误', 'part of the data may be corrupt'),
  [SW.END_OF_FILE]: say('已到文件末尾', 'end of the file'),
  [SW.FILE_INVALIDATED]: say('应用已被锁定', 'the application is blocked'),
  [SW.AUTHENTICATION_FAILED]: say('认证失败', 'authentication failed'),
  [SW.STATE_UNCHANGED]: say('卡的状态没有改变', 'nothing was changed'),
  [SW.MEMORY_FAILURE]: say('写存储器失败', 'writing the memory failed'),
  [SW.WRONG_LENGTH]: say('长度错误', 'wrong length'),
  [SW.LOGICAL_CHANNEL_UNSUPPORTED]: say('不支持逻辑信道', 'logical channels are not supported'),
  [SW.SECURE_MESSAGING_UNSUPPORTED]: say('不支持安全报文', 'secure messaging is not supported'),
  [SW.NOT_ACCEPTED]: say('不接受此命令', 'the command is not accepted'),
  [SW.INVALID_STATE]: say('命令顺序不对', 'not in this state'),
  [SW.WRONG_FILE_TYPE]: say('文件类型不符', 'wrong type of file'),
  [SW.SECURITY_NOT_SATISFIED]: say('不满足安全状态（未验证密码或未做外部认证）', 'a PIN or a key has to be shown first'),
  [SW.BLOCKED]: say('已锁定', 'locked'),
  [SW.DATA_INVALID]: say('引用的数据无效', 'the data referred to are not valid'),
  [SW.CONDITIONS_NOT_SATISFIED]: say('使用条件不满足', 'conditions of use are not satisfied'),
  [SW.NO_CURRENT_FILE]: say('没有选择文件', 'no file is selected'),
  [SW.SECURE_MESSAGING_MISSING]: say('缺少安全报文数据', 'secure messaging is missing'),
  [SW.SECURE_MESSAGING_WRONG]: say('安全报文数据错误', 'secure messaging is wrong'),
  [SW.WRONG_DATA]: say('数据域参数错误', 'wrong data'),
  [SW.FUNCTION_UNSUPPORTED]: say('不支持此功能，或卡已锁定', 'not supported, or the card is blocked'),
  [SW.FILE_NOT_FOUND]: say('没有这个文件', 'no such file'),
  [SW.RECORD_NOT_FOUND]: say('没有这条记录', 'no such record'),
  [SW.NO_SPACE]: say('空间不足', 'no room'),
  [SW.WRONG_P1_P2]: say('P1、P2参数错误', 'wrong P1 P2'),
  [SW.KEY_NOT_FOUND]: say('没有这个密钥', 'no such key'),
  [SW.OFFSET_OUTSIDE]: say('起始位置超出文件', 'outside the file'),
  [SW.INSTRUCTION_UNSUPPORTED]: say('不支持此指令', 'instruction not supported'),
  [SW.CLASS_UNSUPPORTED]: say('不支持此类别', 'class not supported'),
  [SW.NO_DIAGNOSIS]: say('出错，原因不明', 'failed, no diagnosis'),
  [SW.INSUFFICIENT_BALANCE]: say('余额不足', 'balance too small'),
  [SW.COUNTER_AT_MAXIMUM]: say('交易计数器已到最大值', 'the transaction counter is at its end'),
  [SW.KEY_INDEX_UNKNOWN]: say('不支持此密钥索引', 'key index not supported'),
  [SW.PROOF_UNAVAILABLE]: say('卡内没有该笔交易的认证码', 'no codes of this transaction'),
  [SW.WRONG_MAC]: say('MAC错误', 'wrong MAC'),
  [SW.APPLICATION_LOCKED]: say('应用已永久锁定', 'the application is locked for good')
}

/** What one command means by a word. */
export type CommandStatus = Readonly<Record<StatusWord, Words>>

/** How a command reads 63Cx; undefined where it has no tries. */
export type TriesText = (left: number) => Words

export interface StatusReading {
  readonly own?: CommandStatus
  readonly tries?: TriesText
}

export function meaningOf(sw: StatusWord, { own, tries }: StatusReading = {}): Words {
  const waiting = bytesAvailable(sw)
  if (waiting !== undefined) return say(`已执行，有${waiting}字节应答待取`, `executed, ${waiting} bytes of answer wait`)
  const length = correctLe(sw)
  if (length !== undefined) return say(`长度应为${length}字节，请重发`, `the length is ${length}: ask again`)
  const left = triesLeft(sw)
  if (left !== undefined) return (tries ?? generalTries)(left)
  const word = formatStatusWord(sw)
  const text = own?.[sw] ?? GENERAL[sw]
  return text === undefined ? say(`未列出的状态字${word}`, `unknown status word ${word}`) : text
}

const generalTries: TriesText = (left) => say(`失败，还剩${left}次`, `failed, ${left} tries left`)

/** 61xx and 6Cxx are steps of the talk, 62xx comes with data: none of them refuses anything. */
export function outcomeOf(sw: StatusWord): Exclude<Outcome, 'silent'> {
  const isStep = bytesAvailable(sw) !== undefined || correctLe(sw) !== undefined
  return sw === SW.OK || isStep || sw === SW.PARTLY_CORRUPT || sw === SW.END_OF_FILE ? 'ok' : 'refused'
}

const FAILURES: Readonly<Record<ChannelFailure['kind'], Words>> = {
  'card-removed': say('没有应答：卡已取走', 'no answer: the card is gone'),
  'card-reset': say('未发出：卡被其他程序复位', 'not sent: another program reset the card'),
  'no-answer': say('没有应答', 'no answer'),
  'reader-fault': say('没有应答：读卡器故障', 'no answer: the reader failed')
}

export const silenceText = ({ kind }: ChannelFailure): Words => FAILURES[kind]

export const CUT_SHORT = say('应答不完整，没有状态字', 'cut short: no status word')
