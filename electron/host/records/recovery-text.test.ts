import { describe, expect, it } from 'vitest'
import { sale, EVIDENCE } from '../../../test/contract/ledger-fixture.ts'
import type { Recovery } from '../../../settlement/case/recover-holds.ts'
import { nextStep, recoveryLine, recoveryText } from './recovery-text.ts'

const hold = sale(1)
const inDoubt = (reason: string): Recovery => ({ kind: 'in-doubt', hold, reason })

describe('what became of a hold', () => {
  it.each<[Recovery, string, string]>([
    [{ kind: 'posted', hold, evidence: EVIDENCE }, '卡已扣款（依据：扣款应答），现已补记', 'the card had been charged (debit-answer); now posted'],
    [
      { kind: 'posted', hold, evidence: { ...EVIDENCE, source: 'transaction-log' } },
      '卡已扣款（依据：卡内交易明细），现已补记',
      'the card had been charged (transaction-log); now posted'
    ],
    [
      { kind: 'released', hold, proof: 'serial-unchanged' },
      '卡没有扣款，预记录已释放，可以重新结算',
      'the card had not been charged (serial-unchanged); released'
    ],
    [
      { kind: 'not-recorded', hold, refusal: { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } },
      '已核实，但账簿未能记录，仍存疑：账簿无法读写：磁盘已满（SQLITE_FULL）',
      'the ledger could not record the proof: the ledger: the disk is full (full: SQLITE_FULL)'
    ]
  ])('%s', (recovery, zh, en) => {
    expect(recoveryText(recovery)).toEqual({ zh, en })
  })

  it('still in doubt says why, and what to do next', () => {
    expect(recoveryText(inDoubt('other-card')).zh).toBe('仍存疑：读卡器里不是当时那张卡；请重新插入同一张卡')
    expect(recoveryText(inDoubt('pin-needed')).en).toBe(
      "still in doubt: the card's log needs the holder's PIN; put the same card back, and the holder types the PIN"
    )
  })

  it('a card that cannot prove it is not asked for for ever: the centre decides', () => {
    expect(nextStep('log-does-not-show-it').zh).toBe('卡不能证明，请保留记录，待医保中心对账核实')
  })

  it('on one line names settlement and visit in both languages', () => {
    expect(recoveryLine({ kind: 'released', hold, proof: 'serial-unchanged' })).toBe(
      'P99999900001000001 visit V000001: the card had not been charged (serial-unchanged); released (卡没有扣款，预记录已释放，可以重新结算)'
    )
  })
})
