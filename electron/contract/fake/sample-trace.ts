/** A short dialogue with a card, as the trace tells it. Answers of the fake carry nobody's data. */

import type { TraceLine } from '../reader-view.ts'

type Exchange = Omit<TraceLine, 'number' | 'at' | 'took'>

export const RESET: readonly Exchange[] = [
  {
    slot: 'card',
    command: '00A404000F7378312E73682EC9E7BBE1B1A3D5CF',
    answer: '6F118410737831CAD0B2E1000000000000009000',
    words: { zh: '选择应用 社会保障', en: 'SELECT application "social security"' },
    meaning: { zh: '已选择', en: 'selected' },
    outcome: 'ok'
  },
  {
    slot: 'card',
    command: '00B2080014',
    answer: '****************************************9000',
    words: { zh: '读记录 卡的发卡信息', en: 'READ RECORD issue data of the card' },
    meaning: { zh: '20字节', en: '20 bytes' },
    outcome: 'ok'
  },
  {
    slot: 'psam',
    command: '801A480810999999D15600000500000001074A7519',
    answer: '9000',
    words: { zh: '密钥分散', en: 'derive the key of this card' },
    meaning: { zh: '成功', en: 'done' },
    outcome: 'ok'
  },
  {
    slot: 'card',
    command: '0020000000',
    answer: '63C6',
    words: { zh: '询问剩余密码次数', en: 'VERIFY without data: tries left' },
    meaning: { zh: '还可输入6次', en: '6 tries left' },
    outcome: 'ok'
  }
]

export const VERIFY_OK: Exchange = {
  slot: 'card',
  command: '0020000003******',
  answer: '9000',
  words: { zh: '校验密码', en: 'VERIFY the PIN' },
  meaning: { zh: '密码正确', en: 'the PIN is right' },
  outcome: 'ok'
}

export const verifyRefused = (triesLeft: number): Exchange => ({
  ...VERIFY_OK,
  answer: triesLeft === 0 ? '6983' : `63C${triesLeft.toString(16).toUpperCase()}`,
  meaning: triesLeft === 0 ? { zh: '密码已锁定', en: 'the PIN is locked' } : { zh: `密码错误,还可输入${triesLeft}次`, en: `wrong PIN, ${triesLeft} tries left` },
  outcome: 'refused'
})

export const DEBIT: readonly Exchange[] = [
  {
    slot: 'card',
    command: '8050010211010000011A3100000000999999000001',
    answer: '00043C3100050001F2A19C449000',
    words: { zh: '初始化消费', en: 'INITIALIZE the debit' },
    meaning: { zh: '余额2760.00', en: 'balance 2760.00' },
    outcome: 'ok'
  },
  {
    slot: 'card',
    command: '805401000F00000001202603050945125E03B7A1',
    answer: '4CB35E43605535B49000',
    words: { zh: '消费', en: 'DEBIT' },
    meaning: { zh: 'TAC 4CB35E43', en: 'TAC 4CB35E43' },
    outcome: 'ok'
  }
]

export const LOAD: readonly Exchange[] = [
  {
    slot: 'card',
    command: '805000020B0100000FA0999999000001',
    answer: '00000000000701008AC1F3359000',
    words: { zh: '初始化圈存', en: 'INITIALIZE the load' },
    meaning: { zh: '圈存序号7', en: 'load serial 7' },
    outcome: 'ok'
  },
  {
    slot: 'card',
    command: '805200000B20260305110500B27E019D',
    answer: '6A41C0D29000',
    words: { zh: '圈存', en: 'CREDIT for load' },
    meaning: { zh: 'TAC 6A41C0D2', en: 'TAC 6A41C0D2' },
    outcome: 'ok'
  }
]

export const SILENT: Exchange = {
  slot: 'card',
  command: '805401000F00000001202603050945125E03B7A1',
  answer: '',
  words: { zh: '消费', en: 'DEBIT' },
  meaning: { zh: '没有应答', en: 'no answer came' },
  outcome: 'silent'
}

export const numbered = (exchanges: readonly Exchange[], after: number): readonly TraceLine[] =>
  exchanges.map((exchange, index) => ({ ...exchange, number: after + index + 1, at: (after + index) * 12, took: 0.35 }))

export const SAMPLE_TRACE: readonly TraceLine[] = numbered([...RESET, VERIFY_OK, ...DEBIT], 0)
