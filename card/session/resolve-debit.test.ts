/** What a card can say afterwards, and what follows from it. Rows: serial now, PROVE, log, PIN -> resolution. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { PurseStub, type PurseStubState } from '../../test/support/purse-stub.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import { Pin } from '../secret/pin.ts'
import type { DebitIntent } from './debit-intent.ts'
import { openCardSession } from './open-card-session.ts'

const INTENT: DebitIntent = {
  cardId: '510100D15600000500000001E3D8C079',
  serialBefore: 5,
  balanceBefore: undefined,
  terminalNo: '510100000001',
  terminalSerial: 0x12,
  time: '20260315093015',
  amounts: { account: 0, own: 12850, pooled: 10000 }
}
const OUR_CODES = '5C338336AF80675D'
const OTHER_CODES = '1111111122222222'
const record = (serial: string, time = '20260315093015'): string =>
  `${serial}32510100000001${time}000000000000323200002710`

async function resolved(state: Partial<PurseStubState>, options: { pin?: boolean; intent?: DebitIntent } = {}) {
  const card = new PurseStub(state)
  const reader = new VirtualReader('counter')
  reader.insert(card)
  const opened = await openCardSession({
    reader,
    psam: scriptedModule(),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  invariant(opened.ok, 'the stub opens')
  const parsed = Pin.parse('123456')
  invariant(parsed.ok, 'digits')
  if (options.pin === true) await opened.value.verifyPin(parsed.value)
  const resolution = await opened.value.resolveDebit(options.intent ?? INTENT)
  expect(card.count('2C')).toBe(0)
  switch (resolution.kind) {
    case 'debited':
      return `debited by ${resolution.evidence.source} ${resolution.evidence.tac ?? '-'}`
    case 'not-debited':
      return `not debited: ${resolution.proof}`
    case 'unresolved':
      return `unresolved: ${resolution.reason}`
    default:
      return resolution
  }
}

const BY_PROVE = 'debited by transaction-prove AF80675D'
const NOT_DEBITED = 'not debited: serial-unchanged'

describe('without the PIN', () => {
  it.each<[string, Partial<PurseStubState>, string]>([
    ['serial unchanged, no codes', { serial: 5 }, NOT_DEBITED],
    ['serial unchanged, codes of the transaction before under the same number', { serial: 5, proofs: { 5: OTHER_CODES } }, NOT_DEBITED],
    ['moved by one, codes under the serial before', { serial: 6, proofs: { 5: OUR_CODES } }, BY_PROVE],
    ['moved by one, codes under the serial after', { serial: 6, proofs: { 6: OUR_CODES } }, BY_PROVE],
    ['moved by one, both kept: the later ones are ours', { serial: 6, proofs: { 5: OTHER_CODES, 6: OUR_CODES } }, BY_PROVE],
    ['moved by one, PROVE missing (6D00)', { serial: 6, proofs: '6D00' }, 'unresolved: pin-needed'],
    ['moved by one, PROVE missing (6E00)', { serial: 6, proofs: '6E00' }, 'unresolved: pin-needed'],
    ['moved by one, PROVE missing (6A81)', { serial: 6, proofs: '6A81' }, 'unresolved: pin-needed'],
    ['moved by one, no codes kept', { serial: 6 }, 'unresolved: pin-needed'],
    ['moved by two, codes of whom', { serial: 7, proofs: { 5: OTHER_CODES, 6: OTHER_CODES } }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, no codes', { serial: '6982' }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, codes under one number', { serial: '6982', proofs: { 5: OUR_CODES } }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, the same codes under both', { serial: '6982', proofs: { 5: OUR_CODES, 6: OUR_CODES } }, BY_PROVE],
    ['serial unreadable', { serial: '6F00' }, 'unresolved: card-does-not-answer']
  ])('%s', async (_, state, resolution) => expect(await resolved(state)).toBe(resolution))
})

describe('with the PIN', () => {
  it.each<[string, Partial<PurseStubState>, string]>([
    ['serial unchanged', { serial: 5, log: [record('0004', '20260101000000')] }, NOT_DEBITED],
    ['in the log before the increment, PROVE missing', { serial: 6, proofs: '6D00', log: [record('0005')] }, 'debited by transaction-log -'],
    ['in the log after the increment, PROVE missing', { serial: 6, proofs: '6D00', log: [record('0006')] }, 'debited by transaction-log -'],
    ['in the log, with its codes', { serial: 6, proofs: { 5: OUR_CODES }, log: [record('0005')] }, BY_PROVE],
    ['in the log, codes of a neighbour not taken', { serial: 7, proofs: { 6: OTHER_CODES }, log: [record('0006', '20260315100000'), record('0005')] }, 'debited by transaction-log -'],
    ['another took the serial', { serial: 6, proofs: { 5: OTHER_CODES }, log: [record('0005', '20260315100000')] }, 'unresolved: log-shows-another-transaction'],
    ['torn before its line was written, the codes are there', { serial: 6, proofs: { 5: OUR_CODES }, log: [record('0004', '20260101000000')] }, BY_PROVE],
    ['nothing shows it', { serial: 7, proofs: '6D00', log: [] }, 'unresolved: log-does-not-show-it']
  ])('%s', async (_, state, resolution) => expect(await resolved(state, { pin: true })).toBe(resolution))
})

describe('the balance where the card keeps one', () => {
  const intent = { ...INTENT, balanceBefore: 20_000, amounts: { account: 5000, own: 0, pooled: 0 } }

  it('fits: proved', async () => {
    expect(await resolved({ serial: 6, proofs: { 5: OUR_CODES }, balance: 15_000 }, { intent })).toBe(BY_PROVE)
  })

  it('does not fit: codes alone are not believed', async () => {
    expect(await resolved({ serial: 6, proofs: { 5: OUR_CODES }, balance: 20_000 }, { intent })).toBe('unresolved: balance-does-not-fit')
  })
})

describe('the serial wraps', () => {
  const intent = { ...INTENT, serialBefore: 0xffff }

  it('from FFFF to 0', async () => {
    expect(await resolved({ serial: 0, proofs: { 0xffff: OUR_CODES } }, { intent })).toBe(BY_PROVE)
    expect(await resolved({ serial: 0xffff }, { intent })).toBe(NOT_DEBITED)
  })
})

it('another card is never asked', async () => {
  expect(await resolved({ identificationCode: '510100D15600000500000002E3D8C079' })).toBe('unresolved: other-card')
})
