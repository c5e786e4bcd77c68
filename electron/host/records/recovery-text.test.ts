import { describe, expect, it } from 'vitest'
import { sale, EVIDENCE } from '../../../test/contract/ledger-fixture.ts'
import type { Recovery } from '../../../settlement/case/recover-holds.ts'
import type { LoadRecovery } from '../../../settlement/case/recover-loads.ts'
import type { LoadHold } from '../../../settlement/ledger/fact.ts'
import { fen } from '../../../settlement/money/fen.ts'
import type { LoadEvidence } from '../../../settlement/payment/load-device.ts'
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
      { kind: 'released', hold, proof: 'serial-taken-by-another' },
      '卡没有扣款，预记录已释放，可以重新结算',
      'the card had not been charged (serial-taken-by-another); released'
    ],
    [
      { kind: 'released', hold, proof: 'serial-used-elsewhere: booked 20230915093000' },
      '医保中心已记有该卡同一交易序号的另一笔结算，证明卡没有扣本笔款，预记录已释放，可以重新结算',
      "the centre has another settlement under the card's serial, so the card had not been charged (serial-used-elsewhere: booked 20230915093000); released"
    ],
    [
      { kind: 'not-recorded', hold, refusal: { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } },
      '已核实，但账簿未能记录，仍存疑：账簿无法读写：磁盘已满',
      'the ledger could not record the proof: the ledger cannot be read or written: the disk is full'
    ]
  ])('%s', (recovery, zh, en) => {
    expect(recoveryText(recovery)).toEqual({ zh, en })
  })

  it('still in doubt says why, and what to do next', () => {
    expect(recoveryText(inDoubt('other-card')).zh).toBe('仍存疑：读卡器里不是当时那张卡；请把同一张卡插回本机，由持卡人输入密码核实')
    expect(recoveryText(inDoubt('pin-needed')).en).toBe(
      "still in doubt: the card's log needs the holder's PIN; put the same card back, and the holder types the PIN"
    )
  })

  it('what nobody has asked yet, or another card was asked, needs the card and its PIN', () => {
    const { en } = nextStep('pin-needed')
    expect([nextStep(undefined).en, nextStep('other-card').en, nextStep('session-ended').en]).toEqual([en, en, en])
    expect(en).toBe('put the same card back, and the holder types the PIN')
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

it('a ledger that failed is told to the command line in the database\'s own words as well', () => {
  const line = recoveryLine({ kind: 'not-recorded', hold, refusal: { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } })
  expect(line).toMatch(/^P99999900001000001 visit V000001: the ledger could not record the proof: .*; SQLITE_FULL$/)
})

describe('what became of a load', () => {
  const load: LoadHold = {
    loadId: 'P99999900001000001-L1',
    purpose: { kind: 'refund', settlementId: 'P99999900001000001' },
    intent: {
      cardId: '9999990000000001',
      serialBefore: 26,
      balanceBefore: fen(30_000),
      amount: fen(20_000),
      terminalNo: '999999000001',
      time: '20230916101502',
      mac2: '85A28E4A'
    },
    heldAt: '20230916101500'
  }
  const evidence: LoadEvidence = { source: 'transaction-prove', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(50_000) }

  it.each<[LoadRecovery, string, string]>([
    [{ kind: 'load-posted', load, evidence }, '圈存已写入卡（依据：卡内交易认证），现已补记', 'the card had been loaded (transaction-prove); now posted'],
    [
      { kind: 'load-released', load, proof: 'load-serial-unchanged' },
      '卡没有写入圈存，已释放，可以重新圈存',
      'the card had not been loaded (load-serial-unchanged); released'
    ],
    [
      { kind: 'load-in-doubt', load, reason: 'pin-needed' },
      '仍存疑：需要持卡人输入密码才能查卡内明细；请把同一张卡插回本机，由持卡人输入密码核实',
      "still in doubt: the card's log needs the holder's PIN; put the same card back, and the holder types the PIN"
    ],
    [
      {
        kind: 'load-not-recorded',
        load,
        refusal: { kind: 'evidence-contradicts', loadId: load.loadId, balanceExpected: fen(50_000), balanceFound: fen(49_999) }
      },
      '已核实，但账簿未能记录，仍存疑：卡上余额应为500.00元，实为499.99元',
      'the ledger could not record the proof: the balance on the card should be 500.00 and is 499.99'
    ]
  ])('%s', (recovery, zh, en) => {
    expect(recoveryText(recovery)).toEqual({ zh, en })
  })

  it('on one line names the load', () => {
    expect(recoveryLine({ kind: 'load-released', load, proof: 'load-serial-unchanged' })).toMatch(/^load P99999900001000001-L1: the card had not been loaded/)
  })
})
