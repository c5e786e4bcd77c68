/** What a card can say after an interrupted load, and what follows. Rows: load serial now, PROVE, log -> resolution. */

import { expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { PurseStub, type PurseStubState } from '../../test/support/purse-stub.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import type { LoadIntent } from './load-intent.ts'
import { openCardSession } from './open-card-session.ts'

const INTENT: LoadIntent = {
  cardId: '510100D15600000500000001E3D8C079',
  serialBefore: 3,
  balanceBefore: 10_000,
  amount: 5000,
  terminalNo: '510100000001',
  time: '20260315093015',
  mac2: '85A28E4A'
}
const OUR_CODES = '85A28E4A428C9B81'
const OTHER_CODES = '1111111122222222'
const PIN_ASKED = '6982'

const record = (serial: string, { time = '20260315093015', type = '31', amount = '00001388' } = {}): string =>
  `${serial}${type}510100000001${time}${amount}0000000000000000`

async function resolved(state: Partial<PurseStubState>, options: { psam?: boolean; intent?: LoadIntent } = {}) {
  const card = new PurseStub({ balance: 15_000, ...state })
  const reader = new VirtualReader('counter')
  reader.insert(card)
  const opened = await openCardSession({
    reader,
    psam: options.psam === false ? undefined : scriptedModule(),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  invariant(opened.ok, 'the stub opens')
  const resolution = await opened.value.resolveLoad(options.intent ?? INTENT)
  expect(card.count('2A')).toBe(0)
  switch (resolution.kind) {
    case 'loaded':
      return `loaded by ${resolution.evidence.source} ${resolution.evidence.tac ?? '-'} ${resolution.evidence.balanceAfter ?? '-'}`
    case 'not-loaded':
      return `not loaded: ${resolution.proof}`
    case 'unresolved':
      return `unresolved: ${resolution.reason}`
    default:
      return resolution
  }
}

const BY_PROVE = 'loaded by transaction-prove 428C9B81 15000'
const BY_LOG = 'loaded by transaction-log - 15000'
const NOT_LOADED = 'not loaded: load-serial-unchanged'

it.each<[string, Partial<PurseStubState>, string]>([
  ['load serial unchanged, no codes', { loadSerial: 3 }, NOT_LOADED],
  ['load serial unchanged, codes of the load before under the same number', { loadSerial: 3, loadProofs: { 3: OTHER_CODES } }, NOT_LOADED],
  ['load serial unchanged, PROVE missing', { loadSerial: 3, loadProofs: '6D00' }, NOT_LOADED],
  ['load serial unchanged, a settlement has its number', { loadSerial: 3, serial: 4, proofs: { 3: OUR_CODES } }, NOT_LOADED],
  ['load serial unchanged and our codes proved', { loadSerial: 3, loadProofs: { 3: OUR_CODES } }, 'unresolved: serial-does-not-fit'],
  ['moved, our codes under the serial before', { loadSerial: 4, loadProofs: { 3: OUR_CODES } }, BY_PROVE],
  ['moved, our codes under the serial after', { loadSerial: 4, loadProofs: { 4: OUR_CODES } }, BY_PROVE],
  ['moved, ours beside those of the load before', { loadSerial: 4, loadProofs: { 3: OTHER_CODES, 4: OUR_CODES } }, BY_PROVE],
  ['moved by two, ours still kept', { loadSerial: 5, loadProofs: { 3: OUR_CODES } }, BY_PROVE],
  ['moved, codes of another load, nothing in the log', { loadSerial: 4, loadProofs: { 3: OTHER_CODES } }, 'unresolved: log-does-not-show-it'],
  ['moved, in the log before the increment', { loadSerial: 4, log: [record('0003')] }, BY_LOG],
  ['moved, in the log after the increment', { loadSerial: 4, log: [record('0004')] }, BY_LOG],
  ['moved, in the log under a settlement', { loadSerial: 4, log: [record('0008', { type: '32' }), record('0003')] }, BY_LOG],
  ['moved, another load took the serial', { loadSerial: 4, log: [record('0003', { time: '20260315100000' })] }, 'unresolved: log-shows-another-transaction'],
  ['moved, another amount', { loadSerial: 4, log: [record('0003', { amount: '00001389' })] }, 'unresolved: log-shows-another-transaction'],
  ['moved, a settlement of the same number is no load', { loadSerial: 4, log: [record('0003', { type: '32' })] }, 'unresolved: log-does-not-show-it'],
  ['the PIN asked for, our codes proved', { loadSerial: PIN_ASKED, loadProofs: { 3: OUR_CODES } }, BY_PROVE],
  ['the PIN asked for, no codes', { loadSerial: PIN_ASKED }, 'unresolved: pin-needed'],
  ['the PIN asked for, codes of another load', { loadSerial: PIN_ASKED, loadProofs: { 3: OTHER_CODES, 4: OTHER_CODES } }, 'unresolved: pin-needed'],
  ['serial unreadable', { loadSerial: '6F00' }, 'unresolved: card-does-not-answer']
])('%s', async (_, state, resolution) => expect(await resolved(state)).toBe(resolution))

it('a balance that has moved on since is not told as that after the load', async () => {
  expect(await resolved({ loadSerial: 4, loadProofs: { 3: OUR_CODES }, balance: 12_000 })).toBe('loaded by transaction-prove 428C9B81 -')
})

it('the MAC2 of the intent counts in either case of its digits', async () => {
  const intent = { ...INTENT, mac2: '85a28e4a' }
  expect(await resolved({ loadSerial: 4, loadProofs: { 3: OUR_CODES } }, { intent })).toBe(BY_PROVE)
})

it('another card is never asked', async () => {
  expect(await resolved({ identificationCode: '510100D15600000500000002E3D8C079' })).toBe('unresolved: other-card')
})

it('a card that cannot prove itself closes nothing', async () => {
  expect(await resolved({ loadSerial: 3 }, { psam: false })).toBe('unresolved: psam-needed')
})
