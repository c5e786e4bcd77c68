import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE } from '../crypto/cipher-suite.ts'
import { KEY_NAMES } from '../identifier/key-reference.ts'
import { Key } from '../secret/key.ts'
import { cardKey, cityKey, masterKey, parseIssuerKeys, provinceKey, type IssuerKeys } from './issuer-keys.ts'

const document = (): { issuer: string; keys: Record<string, unknown> } =>
  JSON.parse(readFileSync('fixtures/keys/test-issuer.json', 'utf8'))

function testIssuer(): IssuerKeys {
  const parsed = parseIssuerKeys(document())
  if (!parsed.ok) throw new Error(parsed.error.problem)
  return parsed.value
}

const card = { region: '510100', cardFactor: fromHex('8660510100000001'), suite: DES_SUITE }

describe('issuer keys', () => {
  const issuer = testIssuer()

  it('lead from the national key by province and city to the card', () => {
    expect(masterKey(issuer, 'DPK').equals(new Key('DPK', fromHex('404142434445464748494A4B4C4D4E4F')))).toBe(true)
    expect(provinceKey(issuer, 'DPK', card).equals(new Key('DPK', fromHex('77D1ED05D6FEE5D4FED5299AEC75BF88')))).toBe(true)
    expect(cityKey(issuer, 'DPK', card).equals(new Key('DPK', fromHex('CC05890EBF3BDC5569F66FA77A747F37')))).toBe(true)
    expect(cardKey(issuer, 'DPK', card).equals(new Key('DPK', fromHex('1BC07407C9E4668EAAD1EA4CC2FE6A58')))).toBe(true)
  })

  it('the 8-byte STK passes by the province', () => {
    expect(provinceKey(issuer, 'STK', card)).toBe(masterKey(issuer, 'STK'))
    expect(cardKey(issuer, 'STK', card).equals(new Key('STK', fromHex('FB0BD0637C609CAD')))).toBe(true)
  })

  it('give every card a key of its own', () => {
    const other = { ...card, cardFactor: fromHex('8660510100000002') }
    for (const name of KEY_NAMES) expect(cardKey(issuer, name, card).equals(cardKey(issuer, name, other))).toBe(false)
  })

  it('reach a card under the SM4 stand-in too', () => {
    for (const name of KEY_NAMES) expect(cardKey(issuer, name, { ...card, suite: SM4_STAND_IN_SUITE }).length).toBe(16)
  })

  it('differ from one another in the test file', () => {
    const found = KEY_NAMES.flatMap((left, i) =>
      KEY_NAMES.slice(i + 1).filter((right) => issuer.keys[left].equals(issuer.keys[right])).map((right) => `${left} = ${right}`)
    )
    expect(found).toEqual([])
  })
})

describe('a key file', () => {
  const problem = (change: (json: ReturnType<typeof document>) => void): unknown => {
    const json = document()
    change(json)
    const parsed = parseIssuerKeys(json)
    return parsed.ok ? 'accepted' : parsed.error
  }

  it.each([
    ['a missing key', (json: ReturnType<typeof document>) => void delete json.keys['IRK'], 'keys.IRK', /expected string/],
    ['a key too short', (json: ReturnType<typeof document>) => void (json.keys['DPK'] = '4041'), 'keys.DPK', /32 hexadecimal digits/],
    ['a long STK', (json: ReturnType<typeof document>) => void (json.keys['STK'] = 'A0'.repeat(16)), 'keys.STK', /16 hexadecimal digits/],
    ['no hexadecimal', (json: ReturnType<typeof document>) => void (json.keys['DTK'] = 'G0'.repeat(16)), 'keys.DTK', /32 hexadecimal digits/],
    ['an unknown key', (json: ReturnType<typeof document>) => void (json.keys['UK9DF09'] = '00'), 'keys', /UK9DF09/],
    ['no issuer', (json: ReturnType<typeof document>) => void (json.issuer = ''), 'issuer', /./]
  ])('with %s is refused, naming the field', (_, change, field, text) => {
    expect(problem(change)).toEqual({ kind: 'issuer-keys-invalid', field, problem: expect.stringMatching(text) })
  })

  it('that is no object at all is refused', () => {
    expect(parseIssuerKeys('keys').ok).toBe(false)
  })

  it('is never repeated in a refusal', () => {
    const secret = '5A'.repeat(15)
    expect(JSON.stringify(problem((json) => void (json.keys['DPK'] = secret)))).not.toContain(secret)
  })
})
