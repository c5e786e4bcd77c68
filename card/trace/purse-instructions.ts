/**
 * The purse in both its worlds: LB002 (class B0, three amounts) and PBOC (class 80, one amount). Both INITs of a world share
 * an instruction, P1 tells them apart.
 */

import { SW } from '../apdu/status-word.ts'
import type { Described, Description } from './described.ts'
import type { CardPlace } from './place.ts'
import { uintIn, type TracedCommand } from './traced-command.ts'
import { say, type Words } from './words.ts'

const BALANCES: Readonly<Record<number, Words>> = {
  0x01: say('账户余额', 'the balance'),
  0x02: say('年度个人自付累计', "the year's own payment"),
  0x03: say('年度统筹支付累计', "the year's pooled payment")
}

const balanceOf = (what: Words): Described => ({
  words: say(`读${what.zh}`, `get ${what.en}`),
  own: {
    [SW.SECURITY_NOT_SATISFIED]: say('不能读：未验证密码', 'not to be read before the PIN is verified'),
    [SW.FUNCTION_UNSUPPORTED]: say('此应用没有电子钱包', 'no purse in this application'),
    [SW.FILE_NOT_FOUND]: say('此应用没有电子钱包', 'no purse in this application'),
    [SW.INSTRUCTION_UNSUPPORTED]: say('卡的钱包不是这种指令', 'the purse takes other commands'),
    [SW.CLASS_UNSUPPORTED]: say('卡的钱包不是这种指令', 'the purse takes other commands')
  }
})

const lb002Balance: Description<CardPlace> = ({ p2 }) => balanceOf(BALANCES[p2] ?? say(`第${p2}项金额`, `amount ${p2}`))
const pbocBalance: Description<CardPlace> = () => balanceOf(say('账户余额', 'the balance'))

const IS_PURCHASE = 0x01
const AMOUNTS_AT = 1

const INIT_STATUS = {
  [SW.SECURITY_NOT_SATISFIED]: say('未验证密码', 'the PIN has to be verified first'),
  [SW.CONDITIONS_NOT_SATISFIED]: say('卡不允许（联机用卡方式，或应用已锁定）', 'not allowed: an online card, or a blocked application'),
  [SW.INSUFFICIENT_BALANCE]: say('余额不足', 'the balance is too small'),
  [SW.COUNTER_AT_MAXIMUM]: say('卡交易序号已用完', "the card's serial is at its end"),
  [SW.KEY_INDEX_UNKNOWN]: say('卡没有这个版本的密钥', 'the card has no key of this version')
} as const

const initialize =
  (amountCount: 1 | 3): Description<CardPlace> =>
  (command) => {
    const words =
      command.p1 === IS_PURCHASE
        ? withAmounts(say('医疗结算初始化', 'initialize a settlement'), command, amountCount)
        : withAmounts(say('圈存初始化', 'initialize a load'), command, 1)
    return { words, own: INIT_STATUS }
  }

const AMOUNT_NAMES = [say('账户', 'account'), say('自付', 'own'), say('统筹', 'pooled')] as const

/** key index 1 | amounts, 4 each | terminal 6 */
function withAmounts({ zh, en }: Words, command: TracedCommand, count: 1 | 3): Words {
  const amounts = AMOUNT_NAMES.slice(0, count).map((name, index) => {
    const fen = uintIn(command, AMOUNTS_AT + 4 * index, 4)
    return fen === undefined ? undefined : { name, yuan: yuan(fen) }
  })
  if (amounts.includes(undefined)) return say(zh, en)
  const said = amounts.filter((amount) => amount !== undefined)
  return say(
    `${zh}（${said.map(({ name, yuan: text }) => `${name.zh}${text}元`).join('，')}）`,
    `${en} (${said.map(({ name, yuan: text }) => `${name.en} ${text}`).join(', ')})`
  )
}

function yuan(fen: number): string {
  const digits = fen.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** terminal serial 4 | date 4 time 3 | MAC1 4 */
const debit: Description<CardPlace> = (command) => {
  const serial = uintIn(command, 0, 4)
  const which = serial === undefined ? say('', '') : say(`（终端交易序号${serial}）`, ` (terminal serial ${serial})`)
  return {
    words: say(`医疗结算扣款${which.zh}`, `debit${which.en}`),
    own: {
      [SW.OK]: say('已扣款，卡给出MAC2和TAC', 'debited: MAC2 and TAC'),
      [SW.SECURITY_NOT_SATISFIED]: say('未验证密码，没有扣款', 'the PIN was not verified: nothing debited'),
      [SW.INVALID_STATE]: say('没有初始化，没有扣款', 'not initialized: nothing debited'),
      [SW.WRONG_MAC]: say('MAC1错误，没有扣款', 'wrong MAC1: nothing debited'),
      [SW.INSUFFICIENT_BALANCE]: say('余额不足，没有扣款', 'balance too small: nothing debited')
    }
  }
}

const credit: Description<CardPlace> = () => ({
  words: say('圈存入账', 'credit for load'),
  own: {
    [SW.OK]: say('已入账，卡给出TAC', 'credited: TAC'),
    [SW.WRONG_MAC]: say('MAC2错误，没有入账', 'wrong MAC2: nothing credited'),
    [SW.INVALID_STATE]: say('没有初始化，没有入账', 'not initialized: nothing credited')
  }
})

const prove: Description<CardPlace> = (command) => {
  const serial = uintIn(command, 0, 2)
  const which = serial === undefined ? say('', '') : say(`（卡交易序号${serial}）`, ` of serial ${serial}`)
  return {
    words: say(`取交易认证${which.zh}`, `get the transaction proof${which.en}`),
    own: {
      [SW.OK]: say('有该笔交易的MAC和TAC', 'MAC and TAC of that transaction'),
      [SW.INSTRUCTION_UNSUPPORTED]: say('卡没有交易认证功能', 'the card has no transaction proof'),
      [SW.CLASS_UNSUPPORTED]: say('卡没有交易认证功能', 'the card has no transaction proof')
    }
  }
}

/** By CLA INS. */
export const PURSE_INSTRUCTIONS: Readonly<Record<number, Description<CardPlace>>> = {
  0xb026: lb002Balance,
  0xb028: initialize(3),
  0xb02a: credit,
  0xb02c: debit,
  0xb02e: prove,
  0x805c: pbocBalance,
  0x8050: initialize(1),
  0x8052: credit,
  0x8054: debit,
  0x805a: prove
}
