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

async function resolved(state: Partial<PurseStubState>, options: { pin?: boolean; intent?: DebitIntent; proved?: readonly DebitIntent[] } = {}) {
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
  const resolution = await opened.value.resolveDebit(options.intent ?? INTENT, () => options.proved ?? [])
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
    ['moved by one, codes under the serial before', { serial: 6, proofs: { 5: OUR_CODES } }, 'unresolved: pin-needed'],
    ['moved by one, codes under the serial after', { serial: 6, proofs: { 6: OUR_CODES } }, 'unresolved: pin-needed'],
    ['moved by one, both kept', { serial: 6, proofs: { 5: OTHER_CODES, 6: OUR_CODES } }, 'unresolved: pin-needed'],
    ['moved by one, PROVE missing (6D00)', { serial: 6, proofs: '6D00' }, 'unresolved: pin-needed'],
    ['moved by one, PROVE missing (6E00)', { serial: 6, proofs: '6E00' }, 'unresolved: pin-needed'],
    ['moved by one, PROVE missing (6A81)', { serial: 6, proofs: '6A81' }, 'unresolved: pin-needed'],
    ['moved by one, no codes kept', { serial: 6 }, 'unresolved: pin-needed'],
    ['moved by two, codes of whom', { serial: 7, proofs: { 5: OTHER_CODES, 6: OTHER_CODES } }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, no codes', { serial: '6982' }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, codes under one number', { serial: '6982', proofs: { 5: OUR_CODES } }, 'unresolved: pin-needed'],
    ['serial asks for the PIN, the same codes under both', { serial: '6982', proofs: { 5: OUR_CODES, 6: OUR_CODES } }, 'unresolved: pin-needed'],
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
    ['another under the serial before, and nothing tells when', { serial: 6, proofs: { 5: OTHER_CODES }, log: [record('0005', '20260315100000')] }, 'unresolved: log-shows-another-transaction'],
    ['another under the serial after: it took ours', { serial: 6, proofs: { 6: OTHER_CODES }, log: [record('0006', '20260315100000')] }, 'not debited: serial-taken-by-another'],
    ['others under both: they took ours', { serial: 7, proofs: '6D00', log: [record('0006', '20260315110000'), record('0005', '20260315100000')] }, 'not debited: serial-taken-by-another'],
    ['a load under the same number is no settlement', { serial: 6, proofs: { 5: OUR_CODES }, log: [record('0005', '20260315100000').replace('000532', '000531')] }, 'unresolved: log-does-not-show-it'],
    ['torn before its line was written, the codes of whom', { serial: 6, proofs: { 5: OUR_CODES }, log: [record('0004', '20260101000000')] }, 'unresolved: log-does-not-show-it'],
    ['nothing shows it', { serial: 7, proofs: '6D00', log: [] }, 'unresolved: log-does-not-show-it']
  ])('%s', async (_, state, resolution) => expect(await resolved(state, { pin: true })).toBe(resolution))
})

/** The line of the log is missing, the codes are there: only the balance says whose debit was torn. */
describe('torn before its line was written, where the card keeps a balance', () => {
  const intent = { ...INTENT, balanceBefore: 20_000, amounts: { account: 5000, own: 0, pooled: 0 } }
  const torn = { serial: 6, proofs: { 5: OUR_CODES }, log: [record('0004', '20260101000000')] }

  it('less our amount: ours', async () => {
    expect(await resolved({ ...torn, balance: 15_000 }, { intent, pin: true })).toBe(BY_PROVE)
  })

  it('less another amount: the torn debit of another terminal', async () => {
    expect(await resolved({ ...torn, balance: 19_900 }, { intent, pin: true })).toBe('unresolved: balance-does-not-fit')
  })

  it('two transactions since: nobody can tell', async () => {
    expect(await resolved({ ...torn, serial: 7, balance: 15_000 }, { intent, pin: true })).toBe('unresolved: log-does-not-show-it')
  })
})

/** The line under our serial is another's or older than ours: the balance says which. */
describe('another line under the serial before, where the card keeps a balance', () => {
  const intent = { ...INTENT, balanceBefore: 20_000, amounts: { account: 5000, own: 0, pooled: 0 } }
  const line = '00053251010000000120260315100000000000640000000000000000'
  const state = { serial: 6, proofs: { 5: OTHER_CODES }, log: [line] }

  it('less what the other took: the serial is the other’s', async () => {
    expect(await resolved({ ...state, balance: 19_900 }, { intent, pin: true })).toBe('not debited: serial-taken-by-another')
  })

  it('less our amount: nobody can tell from this line', async () => {
    expect(await resolved({ ...state, balance: 15_000 }, { intent, pin: true })).toBe('unresolved: log-shows-another-transaction')
  })
})

/** Our last debit's line tells whether a card writes the serial before or after into its log: so another's is told from an older one. */
describe('another line under our serial, and a line of a debit that is known', () => {
  const proved = [{ ...INTENT, serialBefore: 2, time: '20260101000000' }]
  const [numberedBefore, numberedAfter] = [record('0002', '20260101000000'), record('0003', '20260101000000')]
  const other = (serial: string): string => record(serial, '20260315100000')

  it.each<[string, Partial<PurseStubState>, string]>([
    ['serials before: the very next is the other’s', { serial: 6, log: [other('0005'), numberedBefore] }, 'not debited: serial-taken-by-another'],
    ['serials before: likewise when more have followed', { serial: 9, log: [other('0008'), other('0005'), numberedBefore] }, 'not debited: serial-taken-by-another'],
    ['serials after: the next is the other’s', { serial: 8, log: [other('0006'), numberedAfter] }, 'not debited: serial-taken-by-another'],
    ['serials after: the line is older than ours, which may be torn', { serial: 6, log: [other('0005'), numberedAfter] }, 'unresolved: log-does-not-show-it'],
    ['serials after: likewise when more have followed', { serial: 7, log: [other('0005'), numberedAfter] }, 'unresolved: log-shows-another-transaction'],
    ['its line is no longer in the log', { serial: 6, log: [other('0005')] }, 'unresolved: log-shows-another-transaction'],
    ['ours', { serial: 6, log: [record('0005'), numberedBefore] }, 'debited by transaction-log -']
  ])('%s', async (_, state, resolution) => expect(await resolved({ proofs: '6D00', ...state }, { pin: true, proved })).toBe(resolution))

  it('older than ours, which was torn: the balance is less our amount', async () => {
    const intent = { ...INTENT, balanceBefore: 20_000, amounts: { account: 5000, own: 0, pooled: 0 } }
    const state = { serial: 6, proofs: { 5: OUR_CODES }, log: [other('0005'), numberedAfter] }
    expect(await resolved({ ...state, balance: 15_000 }, { intent, pin: true, proved })).toBe(BY_PROVE)
    expect(await resolved({ ...state, balance: 19_000 }, { intent, pin: true, proved })).toBe('unresolved: balance-does-not-fit')
  })
})

describe('the serial wraps', () => {
  const intent = { ...INTENT, serialBefore: 0xffff }

  it('from FFFF to 0', async () => {
    expect(await resolved({ serial: 0, proofs: { 0xffff: OUR_CODES }, log: [record('FFFF')] }, { intent, pin: true })).toBe(BY_PROVE)
    expect(await resolved({ serial: 0xffff }, { intent })).toBe(NOT_DEBITED)
  })
})

it('another card is never asked', async () => {
  expect(await resolved({ identificationCode: '510100D15600000500000002E3D8C079' })).toBe('unresolved: other-card')
})
