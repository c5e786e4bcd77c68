/**
 * What the national reader functions return: 0, or a negative code that hospital software knows (card.md 8.1). A status word
 * of card or PSAM is passed on negated: 6982 is -27010.
 */

import { never } from '../../../base/invariant.ts'
import type { PinPadFailure } from '../../../card/reader/pin-pad.ts'
import type { CardFault } from '../../../card/session/fault.ts'
import type { DebitRefusal } from '../../../card/session/debit-intent.ts'
import type { OpenRefusal } from '../../../card/session/open-card-session.ts'
import type { PinOutcomeRefusal, UnblockOutcomeRefusal } from '../../../card/session/pin.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import type { Text } from '../../contract/text.ts'

export const RETURN = {
  done: 0,
  wrongCardType: -1,
  noCard: -2,
  cardNotPowered: -3,
  cardMute: -4,
  readerFault: -11,
  notConnected: -12,
  wrongParameter: -14,
  codeMalformed: -20,
  notGenuine: -21,
  otherCard: -22,
  wrongData: -23,
  psamKeyLevel: -24,
  pinCancelled: -31,
  pinTimedOut: -32,
  pinLength: -33,
  pinsDiffer: -34,
  firstPin: -35,
  firstPinRefused: -36,
  wrongPin: -51,
  pinLocked: -52,
  noPsam: -2201,
  psamAlgorithm: -2202,
  /** 9406: whether an earlier debit happened cannot be proved. */
  proofUnavailable: -0x9406
} as const

const WORDS: Readonly<Record<number, Text>> = {
  0: { zh: '成功', en: 'done' },
  [-1]: { zh: '卡类型不正确', en: 'the card is of another type' },
  [-2]: { zh: '无卡', en: 'there is no card' },
  [-3]: { zh: '有卡未上电', en: 'the card has no power' },
  [-4]: { zh: '卡无应答', en: 'the card does not answer' },
  [-11]: { zh: '读卡器连接错误', en: 'the reader does not answer' },
  [-12]: { zh: '未建立连接', en: 'there is no connection to the card' },
  [-14]: { zh: '命令参数错误', en: 'a parameter is wrong' },
  [-20]: { zh: '卡识别码格式错误', en: 'the card identification code is malformed' },
  [-21]: { zh: '内部认证失败，用户卡不合法', en: 'the card is not genuine' },
  [-22]: { zh: '传入数据与卡内不符', en: 'what was passed does not match the card' },
  [-23]: { zh: '传入数据不合法', en: 'what was passed is not lawful' },
  [-24]: { zh: 'PSAM卡密钥级别不够', en: "the PSAM's keys are of too low a level" },
  [-31]: { zh: '用户取消密码输入', en: 'the holder cancelled the PIN' },
  [-32]: { zh: '密码输入操作超时', en: 'the PIN was not entered in time' },
  [-33]: { zh: '输入密码长度错误', en: 'the PIN has a wrong length' },
  [-34]: { zh: '两次输入密码不一致', en: 'the two entries of the PIN differ' },
  [-35]: { zh: '初始密码不能交易', en: 'the PIN is still the one the card was issued with' },
  [-36]: { zh: '不能改为初始密码', en: 'the new PIN may not be the one the card was issued with' },
  [-51]: { zh: '密码校验失败', en: 'the PIN is wrong' },
  [-52]: { zh: '密码已锁定', en: 'the PIN is locked' },
  [-2201]: { zh: '无PSAM卡', en: 'there is no PSAM' },
  [-2202]: { zh: 'PSAM卡算法不支持', en: 'the PSAM does not know the cipher' },
  [-27010]: {
    zh: '卡返回6982：安全状态不满足，须先校验密码（iVerifyPIN），或该文件须用PSAM密钥打开（iAuthType 2）',
    en: 'the card answered 6982: security status not satisfied; the PIN is missing (iVerifyPIN), or the file opens to the key of the PSAM (iAuthType 2)'
  },
  [-37894]: { zh: '上一笔交易的结果无法证明', en: 'what became of an earlier debit cannot be proved' }
}

/** `code` and what it means; a card's status word in hex where it is one. */
export function wordsOf(code: number): Text {
  const known = WORDS[code]
  if (known !== undefined) return known
  const statusWord = (-code).toString(16).toUpperCase().padStart(4, '0')
  return { zh: `卡返回${statusWord}`, en: `the card answered ${statusWord}` }
}

export const codeOfStatusWord = (statusWord: string): number =>
  /^[\dA-F]{4}$/i.test(statusWord) ? -Number.parseInt(statusWord, 16) : RETURN.notConnected

export function codeOfFault(fault: CardFault): number {
  switch (fault.kind) {
    case 'session-ended':
      return fault.cause === 'card-removed' ? RETURN.noCard : fault.cause === 'card-swapped' ? RETURN.otherCard : RETURN.notConnected
    case 'reader-fault':
      return RETURN.cardMute
    case 'malformed-answer':
      return RETURN.cardMute
    case 'pin-not-verified':
      return -0x6982
    case 'psam':
      return fault.reason === 'no-psam' ? RETURN.noPsam : codeOfStatusWord(fault.statusWord)
    case 'card-blocked':
    case 'card-refused':
      return codeOfStatusWord(fault.statusWord)
    default:
      return never(fault)
  }
}

/** Why the card in the reader could not be opened. */
export function codeOfOpening(refusal: OpenRefusal): number {
  switch (refusal.kind) {
    case 'no-card':
      return RETURN.noCard
    case 'mute-card':
      return RETURN.cardMute
    case 'not-a-social-security-card':
    case 'unsupported-version':
      return RETURN.wrongCardType
    case 'blank-card':
      return -0x6a83
    case 'identification-malformed':
      return RETURN.codeMalformed
    case 'application-blocked':
      return codeOfStatusWord(refusal.statusWord)
    case 'not-genuine':
      return RETURN.notGenuine
    case 'reader-fault':
      return RETURN.readerFault
    default:
      return codeOfFault(refusal)
  }
}

export function codeOfPin(refusal: PinOutcomeRefusal): number {
  switch (refusal.kind) {
    case 'wrong-pin':
      return RETURN.wrongPin
    case 'pin-locked':
      return RETURN.pinLocked
    case 'pin-unusable':
      return codeOfStatusWord(refusal.statusWord)
    case 'pin-length-refused':
      return RETURN.pinLength
    case 'pin-perhaps-changed':
      return codeOfFault(refusal.fault)
    default:
      return codeOfFault(refusal)
  }
}

export const codeOfUnblock = (refusal: UnblockOutcomeRefusal): number => (refusal.kind === 'pin-not-locked' ? -0x6985 : codeOfFault(refusal))

export function codeOfDebit(refusal: DebitRefusal): number {
  switch (refusal.kind) {
    case 'insufficient-balance':
      return -0x9401
    case 'key-version-unknown':
      return -0x9403
    case 'terminal-not-authentic':
      return -0x9302
    default:
      return codeOfFault(refusal)
  }
}

function codeOfPad(failure: PinPadFailure): number {
  switch (failure.kind) {
    case 'pad-cancelled':
      return RETURN.pinCancelled
    case 'pad-timeout':
      return RETURN.pinTimedOut
    case 'pad-length':
      return RETURN.pinLength
    case 'pad-entries-differ':
      return RETURN.pinsDiffer
    case 'pad-refused':
      return codeOfStatusWord(failure.statusWord)
    default:
      return never(failure)
  }
}

/** What the counter itself found about the card, before a function was asked. */
export function codeOfCounter(refusal: CounterRefusal | DeskRefusal): number {
  switch (refusal.kind) {
    case 'card-not-opened':
      return codeOfOpening(refusal.refusal)
    case 'card-unreadable':
      return 'statusWord' in refusal.refusal && typeof refusal.refusal.statusWord === 'string' ? codeOfStatusWord(refusal.refusal.statusWord) : RETURN.cardMute
    case 'pin':
      return codeOfPin(refusal.refusal)
    case 'pin-locked':
      return RETURN.pinLocked
    case 'first-pin-unchanged':
      return RETURN.firstPin
    // The card left, or another took its turn.
    case 'no-card':
    case 'card-changed':
      return RETURN.noCard
    case 'pad':
      return codeOfPad(refusal.refusal)
    default:
      return RETURN.notConnected
  }
}
