import { expect, it } from 'vitest'
import type { CardIdentity } from '../../../card/session/identity.ts'
import { firstBlocking, type CardFindings } from './card-warnings.ts'

const CARD = '999999D15600000500000001E3D8C079'
const findings = (changes: Partial<CardFindings> & { readonly expired?: boolean } = {}): CardFindings => ({
  identity: { identificationCode: CARD, expired: changes.expired ?? true, expiryDate: '2026-01-05' } as CardIdentity,
  register: new Map(),
  isUnknown: false,
  unruled: undefined,
  triesLeft: 6,
  firstPin: false,
  lostBatches: undefined,
  inDoubt: false,
  ...changes
})
const OTHER_REGION = { kind: 'other-region', insuredRegion: '990100', region: '999999' } as const
const kind = (of: CardFindings, excused?: 'card-expired') => firstBlocking(of, excused)?.kind

it('an expired card settles nothing, and may get back what it paid', () => {
  expect([kind(findings()), kind(findings(), 'card-expired')]).toEqual(['card-expired', undefined])
})

it('that it is expired hides no other reason against a load', () => {
  expect(kind(findings({ unruled: OTHER_REGION }), 'card-expired')).toBe('other-region')
  expect(kind(findings({ triesLeft: 0 }), 'card-expired')).toBe('pin-locked')
  expect(kind(findings({ firstPin: true }), 'card-expired')).toBe('first-pin-unchanged')
  expect(kind(findings({ register: new Map([[CARD, { card_id: CARD, lost: 'formal', activated: true }]]) }), 'card-expired')).toBe('card-lost')
})

it('a card that is good and known has nothing against it', () => {
  expect([kind(findings({ expired: false })), kind(findings({ expired: false, inDoubt: true }))]).toEqual([undefined, undefined])
})

it('nothing is done with any card while the ledger is an older copy', () => {
  expect([kind(findings({ expired: false, lostBatches: 2 })), kind(findings({ lostBatches: 2 }), 'card-expired')]).toEqual(['ledger-older', 'ledger-older'])
})
