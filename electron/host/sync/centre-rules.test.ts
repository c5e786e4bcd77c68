import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../base/result.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { memorySyncStore } from '../../../settlement/store/memory/memory-sync-store.ts'
import type { DownloadKind } from '../../../settlement/sync/link.ts'
import type { SyncStore } from '../../../settlement/sync/sync-store.ts'
import { CentreRules } from './centre-rules.ts'

const TEST_REGION = readFileSync(new URL('../../../fixtures/regions/999999-test.json', import.meta.url), 'utf8')
const [CARD, OTHER] = ['A1'.repeat(16), 'B2'.repeat(16)]

function policyOf(text: string, changes: object = {}): Policy {
  const parsed = parsePolicy({ ...(JSON.parse(text) as object), ...changes })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

let store: SyncStore
let rules: CentreRules
let versions = 0

beforeEach(() => {
  store = memorySyncStore()
  rules = new CentreRules(store, { enrolled_at: '20260301080000' })
})

function give(kind: DownloadKind, document: object, checkedAt = '20260310080000'): void {
  versions += 1
  store.transaction(() => {
    store.putDownload({ kind, version: `${versions}`, etag: `"${versions}"`, document: JSON.stringify(document), fetchedAt: checkedAt, checkedAt })
    return ok(null)
  })
}

describe('what the counter works by when it knows a centre', () => {
  it('is what it was delivered with until the centre has given something', () => {
    const delivered = [policyOf(TEST_REGION)]
    expect(rules.policies(delivered)).toEqual(delivered)
    expect(rules.register(new Map()).size).toBe(0)
    expect(rules.catalogue()).toBeUndefined()
    expect(rules.answers).toEqual({ answeredAt: '20260301080000' })
  })

  it("is the centre's policy in the regions that it speaks of, and the delivered one elsewhere", () => {
    give('policies', { policies: [{ ...(JSON.parse(TEST_REGION) as object), version: '2' }] })
    const elsewhere = policyOf(TEST_REGION, { region: '321000' })
    const found = rules.policies([policyOf(TEST_REGION), elsewhere])
    expect(found.map(({ region, version }) => `${region} ${version}`)).toEqual(['999999 2', '321000 1'])
    expect(rules.policies([])[0]).toBe(found[0])
  })

  it('leaves out a policy that it cannot read, and keeps what it had for that region', () => {
    give('policies', { policies: [{ region: '999999', bands: 'newer' }] })
    expect(rules.policies([policyOf(TEST_REGION)]).map(({ version }) => version)).toEqual(['1'])
  })

  it('is a card that is lost here or there, whichever says so', () => {
    const local = new Map([
      [CARD, { card_id: CARD, activated: false }],
      [OTHER, { card_id: OTHER, lost: 'temporary' as const, activated: true }]
    ])
    give('lost-cards', { cards: [{ card_id: CARD, lost: 'formal', since: '20260302080000' }, { card_id: 'not a card', lost: 'formal' }] })
    expect(rules.register(local)).toEqual(
      new Map([
        [CARD, { card_id: CARD, lost: 'formal', activated: false }],
        [OTHER, { card_id: OTHER, lost: 'temporary', activated: true }]
      ])
    )
  })

  it('is a card that is not activated there or here, whichever says so, lost or not', () => {
    const local = new Map([[OTHER, { card_id: OTHER, lost: 'temporary' as const, activated: true }]])
    give('lost-cards', { cards: [{ card_id: CARD, activated: false }, { card_id: OTHER, activated: false }] })
    expect(rules.register(local)).toEqual(
      new Map([
        [CARD, { card_id: CARD, activated: false }],
        [OTHER, { card_id: OTHER, lost: 'temporary', activated: false }]
      ])
    )
    give('lost-cards', { cards: [{ card_id: CARD, lost: 'formal', activated: false }] })
    expect(rules.register(new Map()).get(CARD)).toEqual({ card_id: CARD, lost: 'formal', activated: false })
  })

  it('takes a row that says neither for a lost card: it is in the list for a reason', () => {
    give('lost-cards', { cards: [{ card_id: CARD }] })
    expect(rules.register(new Map()).get(CARD)).toEqual({ card_id: CARD, lost: 'temporary', activated: true })
  })

  it('takes a way of being lost that it does not know for lost', () => {
    give('lost-cards', { cards: [{ card_id: CARD, lost: 'stolen' }] })
    expect(rules.register(new Map()).get(CARD)?.lost).toBe('temporary')
  })

  it('finds a card again when a later list no longer has it', () => {
    give('lost-cards', { cards: [{ card_id: CARD, lost: 'formal' }] })
    expect(rules.register(new Map()).size).toBe(1)
    give('lost-cards', { cards: [] })
    expect(rules.register(new Map()).size).toBe(0)
  })

  it('knows for which kind of visit a fund was closed to somebody', () => {
    const row = { insutype: '310', fund_pay_type: '310102', begndate: '2026-01-01', enddate: null, trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' }
    give('entitlements', { people: [{ certno: '000000198207307090', entitlements: [{ ...row, med_type: '14' }, { ...row, med_type: null }, { ...row, insutype: '390' }] }] })
    expect(rules.person('000000198207307090', '310')?.entitlements.map(({ med_type }) => med_type)).toEqual(['14', undefined])
  })

  it('knows what many people have from where it stands once, and nothing of a place where nothing stands', () => {
    const pool = { insutype: '310', fund_pay_type: '310102', trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' }
    give('entitlements', {
      entitlements: [pool, { ...pool, fund_pay_type: '330100' }],
      people: [{ certno: '000000198207307090', entitlements: [1] }, { certno: '000000199001010018', entitlements: [] }, { certno: '000000195503120227', entitlements: [0, 7] }]
    })
    const told = (certno: string) => rules.person(certno, '310')?.entitlements.map(({ fund_pay_type }) => fund_pay_type)
    expect(told('000000198207307090')).toEqual(['330100'])
    expect(told('000000199001010018')).toEqual([])
    expect(told('000000195503120227')).toEqual(['310102'])
    expect(told('000000196001010018')).toBeUndefined()
  })

  it('is as old as the oldest list that a settlement asks for', () => {
    give('policies', {}, '20260310080000')
    give('lost-cards', {}, '20260312080000')
    expect(rules.answers).toEqual({ answeredAt: '20260301080000' })
    give('entitlements', {}, '20260309080000')
    expect(rules.answers).toEqual({ answeredAt: '20260309080000' })
  })
})
